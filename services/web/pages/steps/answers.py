"""The words for telling back: the reporter, and those who wrote to us from outside."""

from typing import Any, Final

from events import Relation
from services.web.pages.steps.row import Ask, Step

_WAY: Final = Ask("Hur?", empty="Välj hur.", choices="answer_way")


def _about_another(scene: Any) -> bool:
    """Ask for the ground only where somebody else than the individual gets the answer."""
    told = scene.case.complaint
    return told is not None and told.relation not in (None, Relation.INDIVIDUAL)


STEPS: Final = {
    "answer-reporter": Step(
        button="Skicka svaret",
        link="Svara den som rapporterade",
        title="Svara den som rapporterade",
        done="Svaret är skickat.",
        intro="Personen läser svaret under Mina rapporter, eller med sin kod.",
        asks={"words": Ask("Svar", empty="Skriv ett svar.", rows=6)},
    ),
    "answer-complainant": Step(
        button="Spara svaret",
        link="Svara den som hörde av sig",
        title="Svara den som hörde av sig",
        done="Svaret är sparat.",
        intro="Svaret går att läsa med koden. Annars antecknar du här vad du svarade.",
        asks={
            "words": Ask("Svar", empty="Skriv vad du svarar.", rows=6),
            "way": Ask("Hur fick personen svaret?", empty="Välj hur.", choices="told_way"),
            "secrecy": Ask(
                "Får vi svara om den enskilde?",
                hint="Någon annan än den enskilde får svaret.",
                empty="Svara på om vi får svara om den enskilde.",
                needed=True,
                wanted=_about_another,
            ),
        },
    ),
    "waive-answer": Step(
        button="Spara skälet",
        link="Det går inte att svara",
        title="Varför ges inget svar?",
        done="Skälet är sparat.",
        asks={
            "whose": Ask("Vem får inget svar?", empty="Välj vem."),
            "ground": Ask("Skäl", empty="Välj ett skäl."),
            "reason": Ask("Förklara", empty="Skriv varför.", rows=3),
        },
    ),
    "acknowledge": Step(
        button="Skicka bekräftelsen",
        link="Bekräfta att det har kommit fram",
        title="Bekräfta att det kommit fram",
        done="Bekräftelsen är sparad.",
        asks={
            "words": Ask(
                "Meddelande",
                hint="Skriv vad som händer nu och när personen får svar.",
                empty="Skriv ett meddelande.",
            ),
            "way": _WAY,
        },
    ),
    "set-complaint-kind": Step(
        button="Spara",
        link="Bestäm vad det är",
        title="Vad är det?",
        done="Det är sparat.",
        asks={"kind": Ask("Det är", empty="Välj ett av dem.", choices="complaint_kind")},
    ),
    "send-message": Step(
        button="Skicka",
        link="Skriv ett meddelande",
        title="Skriv till den som hörde av sig",
        done="Meddelandet är sparat.",
        asks={"words": Ask("Meddelande", empty="Skriv ett meddelande."), "way": _WAY},
    ),
    "record-message": Step(
        button="Spara meddelandet",
        link="Skriv in vad personen har sagt",
        title="Skriv in ett meddelande",
        done="Meddelandet är sparat.",
        intro="För det som någon sagt på telefon, skrivit i ett brev eller mejlat.",
        asks={
            "words": Ask("Vad sa personen?", empty="Skriv vad personen sa."),
            "way": Ask("Hur kom det in?", empty="Välj hur.", choices="heard_way"),
        },
    ),
}
