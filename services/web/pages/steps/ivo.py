"""The words for the notification to IVO: approving, sending by hand, answering, deciding."""

from typing import Final

from services.web.pages.steps.row import Ask, Step

_HOW: Final = Ask("Hur skickades det?", empty="Välj hur.")

STEPS: Final = {
    "approve-pack": Step(
        button="Godkänn underlaget",
        title="Godkänn underlaget",
        done="Ditt godkännande är sparat.",
        intro=(
            "Två personer ska godkänna samma version. Läs den först: det går inte att ändra "
            "något hos IVO när anmälan är skickad."
        ),
        asks={"version_number": Ask("Version", empty="Ta fram ett underlag först.")},
    ),
    "submit-notification": Step(
        button="Anmälan är skickad",
        link="Anmälan är skickad",
        title="Anmälan är skickad",
        done="Det är antecknat att anmälan är skickad.",
        intro="Avvik skickar inget till IVO. Fyll i det här när du själv har skickat anmälan.",
        asks={
            "submitted_at": Ask("När skickades den?", empty="Ange när."),
            "how": _HOW,
            "ivo_number": Ask("IVO:s nummer", hint="Om du har fått det."),
            "receipt": Ask(
                "Kvittens",
                hint="Vad visar att den kom fram? Klistra in kvittensen.",
                empty="Skriv vad som visar att den kom fram.",
                rows=3,
            ),
        },
    ),
    "withdraw-notification": Step(
        button="Dra tillbaka",
        link="Dra tillbaka anmälan",
        title="Dra tillbaka anmälan",
        done="Anmälan skickas inte.",
        asks={"reason": Ask("Varför?", empty="Skriv varför.")},
    ),
    "register-ivo-number": Step(
        button="Spara",
        link="Skriv in IVO:s nummer",
        title="IVO:s nummer",
        done="Numret är sparat.",
        asks={"ivo_number": Ask("IVO:s nummer", empty="Skriv numret.")},
    ),
    "supply-investigation": Step(
        button="Spara",
        link="Utredningen är skickad",
        title="Utredningen är skickad till IVO",
        done="Det är antecknat att utredningen är skickad.",
        asks={"supplied_at": Ask("När?", empty="Ange när."), "how": _HOW},
    ),
    "request-supplement": Step(
        button="Spara",
        link="IVO vill ha en komplettering",
        title="IVO vill ha en komplettering",
        done="IVO:s begäran är sparad.",
        asks={
            "answer_by": Ask("Svara senast", empty="Ange dagen i IVO:s brev."),
            "words": Ask("Vad vill IVO veta?", empty="Skriv vad IVO vill veta."),
        },
    ),
    "answer-supplement": Step(
        button="Spara",
        link="Kompletteringen är skickad",
        title="Kompletteringen är skickad",
        done="Det är antecknat att kompletteringen är skickad.",
        asks={
            "request_id": Ask("Vilken begäran?", empty="Välj en begäran."),
            "answered_at": Ask("När?", empty="Ange när."),
            "how": _HOW,
            "words": Ask("Vad skickades?", empty="Skriv vad som skickades."),
        },
    ),
    "register-ivo-decision": Step(
        button="Spara",
        link="Skriv in IVO:s beslut",
        title="IVO:s beslut",
        done="IVO:s beslut är sparat.",
        asks={
            "decided_on": Ask("Dag", empty="Ange en dag."),
            "decision": Ask("Beslut", empty="Välj ett beslut.", choices="ivo_decision"),
            "words": Ask("Vad står i beslutet?", empty="Skriv vad som står."),
        },
    ),
}
