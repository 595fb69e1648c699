"""The words for correcting, pausing, passing on, joining, closing and reopening."""

from typing import Final

from services.web.pages.steps.row import Ask, Step

_WHY: Final = Ask("Varför?", empty="Skriv varför.", rows=3)
_ROUTE: Final = {
    "route": Ask("Vart hör det?", empty="Välj vart det hör."),
    "receiver": Ask(
        "Vem tar emot?",
        hint="Namn eller funktion hos mottagaren.",
        empty="Skriv vem som tar emot.",
        rows=1,
    ),
    "reason": _WHY,
    "secrecy": Ask(
        "Varför får uppgifterna lämnas?",
        hint="Behövs när uppgifterna lämnar socialtjänsten. Listan är inte granskad av jurist.",
        choices="passing_secrecy",
    ),
}

STEPS: Final = {
    "correct-report": Step(
        button="Spara rättelsen",
        title="Rätta rapporten",
        done="Rapporten är rättad. Det gamla syns i historiken.",
        intro="Fyll bara i det som ska ändras. Det som rapportören skrev ändras aldrig.",
        asks={
            "unit": Ask("Enhet där det hände", choices="units"),
            "occurred_at": Ask("När hände det?"),
            "harm": Ask("Blev någon skadad?"),
            "reason": Ask("Varför rättas det?", empty="Skriv varför.", rows=3),
        },
    ),
    "pause-deadline": Step(
        button="Skjut upp",
        title="Skjut upp en tid",
        done="Tiden är uppskjuten.",
        intro="En tid som lagen sätter går inte att skjuta upp.",
        asks={
            "code": Ask("Vilken tid?", empty="Välj en tid.", choices="clocks"),
            "until": Ask("Till och med", empty="Ange en dag."),
            "reason": _WHY,
        },
    ),
    "reroute": Step(
        button="Lämna vidare",
        title="Det här är inte en avvikelse hos oss",
        done="Ärendet är lämnat vidare.",
        intro="Ärendet avslutas här. Klockan går tills mottagaren har bekräftat.",
        asks=_ROUTE,
    ),
    "pass-on": Step(
        button="Meddela",
        title="Meddela någon annan också",
        done="Det är antecknat. Klockan går tills mottagaren har bekräftat.",
        intro="Ärendet fortsätter här.",
        asks=_ROUTE,
    ),
    "confirm-receipt": Step(
        button="Spara",
        title="Mottagaren har ärendet",
        done="Det är antecknat att det kom fram.",
        asks={
            "route_id": Ask("Vilken mottagare?", empty="Välj en mottagare."),
            "words": Ask("Hur vet vi det?", empty="Skriv hur vi vet det.", rows=2),
        },
    ),
    "merge": Step(
        button="Sammanför",
        title="Sammanför med ett annat ärende",
        done="Ärendet hanteras i det andra ärendet.",
        intro=(
            "För två rapporter om samma händelse. Inget raderas. "
            "Båda som rapporterade får svar."
        ),
        asks={
            "into": Ask(
                "Ärendets nummer",
                hint="Till exempel A-2026-00012.",
                empty="Skriv numret på det andra ärendet.",
            ),
            "reason": _WHY,
        },
    ),
    "link": Step(
        button="Koppla ihop",
        title="Koppla ihop med ett annat ärende",
        done="Ärendena är kopplade.",
        asks={
            "other": Ask(
                "Ärendets nummer",
                hint="Till exempel A-2026-00012.",
                empty="Skriv numret på det andra ärendet.",
            ),
            "kind": Ask("Hur hör de ihop?", empty="Välj hur.", choices="link_kind"),
        },
    ),
    "close": Step(
        button="Avsluta ärendet",
        title="Avsluta ärendet",
        done="Ärendet är avslutat.",
    ),
    "reopen": Step(
        button="Öppna igen",
        title="Öppna ärendet igen",
        done="Ärendet är öppet igen.",
        asks={"reason": _WHY},
    ),
}
