"""The words for working with a case: owner, notes, causes, measures and their effect."""

from typing import Any, Final

from services.web.pages.steps.row import Ask, Step

_WHY_BACK: Final = Ask("Varför tas den tillbaka?", empty="Skriv varför.", rows=3)
_WHO: Final = Ask("Vem tar över?", empty="Välj en person.", choices="others")


def _has_points(scene: Any) -> bool:
    return scene.case.lex_sarah is not None


def _has_notes(scene: Any) -> bool:
    return bool(scene.case.notes)


STEPS: Final = {
    "assign": Step(
        button="Spara",
        link="Välj ansvarig",
        title="Vem är ansvarig?",
        done="Ärendet har en ansvarig.",
        asks={"owner": Ask("Ansvarig", empty="Välj en person.")},
    ),
    "hand-over": Step(
        button="Lämna över",
        link="Lämna över för jäv",
        title="Lämna över ärendet",
        done="Ärendet är överlämnat. Du deltar inte mer i det.",
        intro=(
            "Är du själv inblandad, eller står du någon inblandad nära? Då är du jävig "
            "och ska lämna över. Det går inte att ångra."
        ),
        asks={
            "owner": _WHO,
            "reason": Ask("Varför lämnar du över?", empty="Skriv varför."),
        },
    ),
    "recuse": Step(
        button="Anteckna jäv",
        link="Stäng ute någon som är jävig",
        title="Stäng ute någon som är jävig",
        done="Personen deltar inte mer i ärendet.",
        intro="Personen kan inte längre läsa eller göra något i ärendet.",
        asks={
            "person": Ask("Vem är jävig?", empty="Välj en person.", choices="others"),
            "reason": Ask("Varför?", empty="Skriv varför."),
        },
    ),
    "start-investigation": Step(
        button="Börja utreda",
        title="Börja utreda",
        done="Utredningen har börjat.",
        intro="Finns det ingen ansvarig blir det du.",
    ),
    "conclude-investigation": Step(
        button="Slutför utredningen",
        link="Slutför utredningen",
        title="Slutför utredningen",
        done="Utredningen är klar.",
        asks={
            "summary": Ask(
                "Vad hände, och varför?",
                hint="Skriv så att någon som inte var där förstår.",
                empty="Skriv vad som hände och varför.",
                rows=8,
            ),
        },
    ),
    "add-note": Step(
        button="Spara anteckningen",
        link="Skriv en anteckning",
        title="Skriv en anteckning",
        done="Anteckningen är sparad.",
        intro="En anteckning går inte att ändra. Blev det fel skriver du en ny som rättar den.",
        asks={
            "nature": Ask("Är det ett faktum eller en bedömning?", empty="Välj ett av dem."),
            "words": Ask("Anteckning", empty="Skriv anteckningen.", rows=6),
            "source": Ask(
                "Källa",
                hint="Vem sa det, eller var står det? Till exempel: samtal med en kollega.",
                empty="Skriv varifrån uppgiften kommer.",
                rows=1,
            ),
            "point": Ask("Vilken punkt i utredningen?", wanted=_has_points),
            "corrects": Ask("Rättar den en tidigare anteckning?", wanted=_has_notes),
        },
    ),
    "add-cause": Step(
        button="Lägg till orsaken",
        link="Lägg till en orsak",
        title="Lägg till en orsak",
        done="Orsaken är tillagd.",
        intro="Leta efter varför det kunde hända, inte efter vem som gjorde fel.",
        asks={
            "area": Ask("Område", empty="Välj ett område."),
            "words": Ask("Varför kunde det hända?", empty="Skriv orsaken."),
        },
    ),
    "withdraw-cause": Step(
        button="Ta tillbaka orsaken",
        link="Ta tillbaka en orsak",
        title="Ta tillbaka en orsak",
        done="Orsaken är borttagen. Det syns i historiken.",
        asks={"cause_id": Ask("Orsak", empty="Välj en orsak."), "reason": _WHY_BACK},
    ),
    "add-measure": Step(
        button="Lägg till åtgärden",
        link="Lägg till en åtgärd",
        title="Lägg till en åtgärd",
        done="Åtgärden är tillagd.",
        asks={
            "causes": Ask("Vilka orsaker svarar den på?", empty="Välj minst en orsak."),
            "kind": Ask(
                "Sorts åtgärd",
                hint="De starkaste står först.",
                empty="Välj en sorts åtgärd.",
            ),
            "words": Ask("Vad ska göras?", empty="Skriv vad som ska göras."),
            "expected_effect": Ask(
                "Vad ska det leda till?",
                hint="Så att det går att se om den hjälpte.",
                empty="Skriv vad åtgärden ska leda till.",
                rows=3,
            ),
            "owner": Ask("Vem gör det?", empty="Välj en person."),
            "due_on": Ask("Klar senast", empty="Ange en dag."),
            "follow_up_on": Ask("Följs upp", empty="Ange en dag."),
        },
    ),
    "complete-measure": Step(
        button="Åtgärden är genomförd",
        link="En åtgärd är genomförd",
        title="Åtgärden är genomförd",
        done="Åtgärden är markerad som genomförd.",
        asks={"measure_id": Ask("Åtgärd", empty="Välj en åtgärd.", choices="open_measures")},
    ),
    "withdraw-measure": Step(
        button="Ta tillbaka åtgärden",
        link="Ta tillbaka en åtgärd",
        title="Ta tillbaka en åtgärd",
        done="Åtgärden är borttagen. Det syns i historiken.",
        asks={
            "measure_id": Ask("Åtgärd", empty="Välj en åtgärd.", choices="unjudged_measures"),
            "reason": _WHY_BACK,
        },
    ),
    "follow-up-measure": Step(
        button="Spara uppföljningen",
        link="Följ upp en åtgärd",
        title="Hjälpte åtgärden?",
        done="Uppföljningen är sparad.",
        asks={
            "measure_id": Ask("Åtgärd", empty="Välj en åtgärd.", choices="kept_measures"),
            "effect": Ask("Gav den effekt?", empty="Svara ja eller nej."),
            "words": Ask("Vad hände?", empty="Skriv vad som hände."),
            "together_with": Ask("Följdes den upp tillsammans med någon?"),
        },
    ),
}
