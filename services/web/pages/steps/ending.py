"""The words for correcting, pausing, passing on, joining, closing and reopening."""

from collections.abc import Mapping
from typing import Final

from services.web.pages.steps.row import Ask, Step
from workflows.rules.routing import ROUTING

_WHY: Final = Ask("Varför?", empty="Skriv varför.", rows=3)
_RECEIVER: Final = Ask(
    "Vem tar emot?",
    hint="Namn eller funktion hos mottagaren.",
    empty="Skriv vem som tar emot.",
    rows=1,
)
_SECRECY: Final = Ask(
    "Varför får uppgifterna lämnas?",
    hint="Uppgifterna lämnar socialtjänsten. Listan är inte granskad av jurist.",
    empty="Välj varför uppgifterna får lämnas.",
    choices="passing_secrecy",
    needed=True,
    within="route",
    opened_by=frozenset(str(it) for it, rule in ROUTING.items() if rule.secrecy),
)


def _route(choices: str) -> Mapping[str, Ask]:
    return {
        "route": Ask("Vart hör det?", empty="Välj vart det hör.", choices=choices),
        "receiver": _RECEIVER,
        "reason": _WHY,
        "secrecy": _SECRECY,
    }


STEPS: Final = {
    "correct-report": Step(
        button="Spara rättelsen",
        link="Rätta rapporten",
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
        link="Skjut upp en tid",
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
        link="Lämna vidare, det är inte vår avvikelse",
        title="Det här är inte en avvikelse hos oss",
        done="Ärendet är lämnat vidare.",
        intro="Ärendet avslutas här. Klockan går tills mottagaren har bekräftat.",
        asks=_route("route"),
    ),
    "pass-on": Step(
        button="Meddela",
        link="Meddela någon annan också",
        title="Meddela någon annan också",
        done="Det är antecknat. Klockan går tills mottagaren har bekräftat.",
        intro="Ärendet fortsätter här.",
        asks=_route("receiving_route"),
    ),
    "confirm-receipt": Step(
        button="Spara",
        link="Mottagaren har bekräftat",
        title="Mottagaren har ärendet",
        done="Det är antecknat att det kom fram.",
        asks={
            "route_id": Ask("Vilken mottagare?", empty="Välj en mottagare."),
            "words": Ask("Hur vet vi det?", empty="Skriv hur vi vet det.", rows=2),
        },
    ),
    "merge": Step(
        button="Sammanför",
        link="Sammanför med ett annat ärende",
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
        link="Koppla ihop med ett annat",
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
