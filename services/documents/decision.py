"""The decision, a document of its own: what was decided, why, by whom, with what right."""

from typing import Any, Final

from services.documents import wording as say
from services.documents.content import Content, Decision
from services.documents.investigation import head
from services.documents.typeset import pdf
from workflows.terms.labels import OUTCOMES
from workflows.terms.outcomes import MEANINGS

_IVO: Final = {
    True: "Händelsen ska anmälas till Inspektionen för vård och omsorg (IVO).",
    False: "Händelsen anmäls inte till Inspektionen för vård och omsorg (IVO).",
    None: "Om anmälan till Inspektionen för vård och omsorg (IVO): uppgift saknas.",
}
_READING: Final = (
    "Beslutet bygger på utredningen. Det säger hur allvarligt det som hände är, inte vem som "
    "gjorde fel. Syftet är att det inte ska hända igen. Vad som kom fram står i utredningen."
)
_SOURCE: Final = (
    "Förklaringarna följer äldre sidor hos myndigheterna. De är inte bekräftade för i dag."
)


def decision_pdf(content: Content) -> bytes:
    """Return "Beslut". Raises ValueError where nothing is decided."""
    if content.decision is None:
        raise ValueError("there is no decision")
    return pdf("decision", values(content, content.decision))


def values(content: Content, decision: Decision) -> dict[str, Any]:
    """Return the decision as the template reads it."""
    return head(content, "Beslut enligt lex Sarah") | {
        "facts": [
            ("Nummer", say.line(content.numbers.ours)),
            ("Diarienummer", say.line(content.numbers.registry)),
            ("Verksamhet", say.place(content.operation)),
            ("Händelsen inträffade", say.period(content.event)),
            ("Beslutsdatum", say.day(decision.at)),
        ],
        "outcome": say.outcome(decision.outcome),
        "ivo": _IVO[decision.notify_ivo],
        "reasons": say.prose(decision.reasons),
        "decided": [
            ("Beslutsfattare", say.person(decision.by)),
            ("Rätt att besluta enligt", say.line(decision.delegation)),
            ("Beslutat", say.moment(decision.at)),
        ],
        "reading": _READING,
        "meanings": [(label, MEANINGS[code]) for code, label in OUTCOMES.items()],
        "source": _SOURCE,
    }
