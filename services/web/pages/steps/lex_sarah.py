"""The words for lex Sarah: receiving, protecting, deciding, following up."""

from typing import Final

from services.web.pages.steps.row import Ask, Step

_OUTCOME: Final = Ask("Det är", empty="Välj ett av de fem.")
_WHY: Final = Ask("Varför?", empty="Skriv varför.", rows=6)

STEPS: Final = {
    "receive-lex-sarah": Step(
        button="Ta emot rapporten",
        link="Ta emot rapporten",
        title="Ta emot rapporten och skydda den enskilde",
        done="Rapporten är mottagen.",
        asks={
            "protection": Ask(
                "Hur är den enskilde skyddad nu?",
                hint="Vad är gjort, av vem och när?",
                empty="Skriv hur den enskilde är skyddad.",
            ),
        },
    ),
    "register": Step(
        button="Spara",
        link="Diarieför",
        title="Diarieför",
        done="Ärendet är diariefört.",
        asks={
            "registry_number": Ask(
                "Diarienummer",
                hint="Till exempel SN 2026/123.",
                empty="Skriv diarienumret.",
            ),
            "registered_on": Ask("Dag", empty="Ange en dag."),
            "secrecy_mark": Ask(
                "Sekretessmarkering", hint="Skriv bestämmelsen om det är markerat."
            ),
        },
    ),
    "take-position": Step(
        button="Spara ställningstagandet",
        link="Ta ställning",
        title="Vad var det?",
        done="Utredningen är klar och väntar på beslut.",
        intro="Ställningstagandet avslutar utredningen. Någon annan än du beslutar.",
        asks={"outcome": _OUTCOME, "reason": _WHY},
    ),
    "decide-lex-sarah": Step(
        button="Besluta",
        title="Beslut",
        done="Beslutet är fattat.",
        intro="Allvarliga missförhållanden, och påtaglig risk för det, ska anmälas till IVO.",
        asks={
            "outcome": _OUTCOME,
            "reason": _WHY,
            "delegation": Ask(
                "Enligt vilken delegation?",
                hint="Punkten i delegationsordningen.",
                empty="Skriv delegationen.",
                rows=1,
            ),
        },
    ),
    "answer-question": Step(
        button="Spara svaret",
        link="Svara på en fråga",
        title="Svara på en fråga",
        done="Svaret är sparat.",
        asks={
            "question": Ask("Fråga", empty="Välj en fråga."),
            "yes": Ask("Svar", empty="Svara ja eller nej."),
            "reason": Ask("Förklara", empty="Skriv varför eller hur.", rows=3),
        },
    ),
    "verify-measures": Step(
        button="Intyga",
        link="Intyga att åtgärderna är uppföljda",
        title="Åtgärderna är uppföljda",
        done="Det är antecknat att åtgärderna är uppföljda.",
        asks={
            "words": Ask("Vad ledde åtgärderna till?", empty="Skriv vad de ledde till."),
        },
    ),
    "inform-board": Step(
        button="Spara",
        link="Nämnden är informerad",
        title="Nämnden är informerad",
        done="Det är antecknat att nämnden är informerad.",
        asks={
            "news": Ask("Om vad?", empty="Välj vad."),
            "informed_at": Ask("När?", empty="Ange när."),
            "words": Ask("Hur, och vem tog emot?", empty="Skriv hur.", rows=2),
        },
    ),
    "require-ivo-notification": Step(
        button="Anmälan till IVO behövs",
        link="Begär anmälan till IVO",
        title="Behöver det anmälas till IVO redan nu?",
        done="Ett ärende för anmälan till IVO är öppnat.",
        intro=(
            "Anmälan ska göras så snart det står klart att det är allvarligt. "
            "Vänta inte på att utredningen blir klar."
        ),
        asks={"reason": Ask("Varför är det allvarligt?", empty="Skriv varför.")},
    ),
}
