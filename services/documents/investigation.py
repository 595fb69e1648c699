"""The investigation, as a document: the nine points with every note, and what they led to."""

from typing import Any, Final

from events import Question
from services.documents import wording as say
from services.documents.content import Content, Measure, Questions
from services.documents.typeset import pdf
from workflows.terms.codes import CAUSE_AREAS
from workflows.terms.labels import QUESTIONS
from workflows.terms.points import POINTS

SECRECY: Final = "Handlingen kan innehålla uppgifter som omfattas av sekretess."
_OPEN: Final = "Utredningen är inte avslutad."
_NO_MEASURE: Final = "Ingen åtgärd är kopplad till orsaken."
_NO_CAUSE: Final = "Ingen orsak är kopplad till åtgärden."


def investigation_pdf(content: Content) -> bytes:
    """Return "Utredning enligt lex Sarah". An unfinished one says that it is not finished."""
    return pdf("investigation", values(content))


def head(content: Content, title: str) -> dict[str, Any]:
    """Return what every document of a case has in common."""
    organisation = say.sender_name(content.sender)
    return {
        "title": title,
        "number": say.line(content.numbers.ours),
        "organisation": organisation,
        "author": organisation if say.given(content.sender.name) else (),
        "made": say.dated(content.made),
        "unknown": say.UNKNOWN,
        "secrecy": SECRECY,
        "law": say.lawful(content),
    }


def values(content: Content) -> dict[str, Any]:
    """Return the investigation as the template reads it."""
    return head(content, "Utredning enligt lex Sarah") | {
        "facts": _facts(content),
        "points": [
            {"label": label, "notes": _notes(content, code)} for code, label in POINTS.items()
        ],
        "causes": _causes(content),
        "protections": [
            {"text": say.prose(it.text), "at": say.moment(it.at)}
            for it in say.in_order(content.protections)
        ],
        "questions": _questions(content.questions),
        "open": _OPEN,
        "position": content.position
        and {
            "outcome": say.outcome(content.position.outcome),
            "reasons": say.prose(content.position.reasons),
            "by": say.person(content.position.by),
            "at": say.moment(content.position.at),
        },
    }


def _facts(content: Content) -> list[tuple[str, str]]:
    numbers, operation = content.numbers, content.operation
    return [
        ("Nummer", say.line(numbers.ours)),
        ("Diarienummer", say.line(numbers.registry)),
        *([("Kommer från ärende", say.line(numbers.parent))] if numbers.parent else []),
        *([("IVO:s diarienummer", say.line(numbers.ivo))] if numbers.ivo else []),
        ("Verksamhet", say.place(operation)),
        ("Typ av verksamhet", say.line(operation.kind)),
        ("Lag", say.line(say.LAWS.get(operation.law))),
        ("Drivs av", say.line(say.OWNERS.get(operation.owner))),
        ("Händelsen inträffade", say.period(content.event)),
        ("Rapporten kom in", say.day(content.reported)),
        ("Utredningen började", say.day(content.started)),
        ("Utredningen avslutad", say.day(content.concluded) if content.concluded else _OPEN),
        ("Bedömning", say.outcome(content.position.outcome if content.position else None)),
        ("Handlingens datum", say.day(content.made)),
    ]


def _notes(content: Content, point: str) -> list[dict[str, str]]:
    written = [it for it in content.notes if it.point == point]
    return [
        {
            "nature": say.NATURES[it.nature],
            "at": say.moment(it.at),
            "text": say.prose(it.text),
            "source": say.line(it.source),
            "author": say.person(it.author),
        }
        for it in sorted(written, key=lambda it: it.at)
    ]


def _causes(content: Content) -> list[dict[str, str]]:
    """Give a row for each cause with each of its measures; what has no partner says so."""
    rows = []
    for cause in content.causes:
        area = f"\n({CAUSE_AREAS[cause.area]})" if cause.area else ""
        words = say.prose(cause.text) + area
        against = [it for it in content.measures if cause.key in it.causes]
        rows += [_row(words, it) for it in against]
        if not against:
            rows.append({"cause": words, "measure": _NO_MEASURE, "follow": "–"})
    known = {it.key for it in content.causes}
    rows += [_row(_NO_CAUSE, it) for it in content.measures if known.isdisjoint(it.causes)]
    return rows


def _row(cause: str, measure: Measure) -> dict[str, str]:
    return {"cause": cause, "measure": say.prose(measure.text), "follow": follow(measure)}


def follow(measure: Measure) -> str:
    """Say who answers for a measure, when it is or was to be done, and what came of it."""
    time = f"Klar senast: {say.day(measure.due)}"
    if measure.done is not None:
        time = f"Utförd: {say.day(measure.done)}"
    parts = [f"Ansvarig: {say.line(measure.owner_title)}", time]
    if measure.done is not None or say.given(measure.effect):
        parts.append(f"Effekt: {say.line(measure.effect)}")
    return "\n".join(parts)


def _questions(asked: Questions) -> list[dict[str, str]]:
    informed = say.yes_no(asked.individual_informed)
    if say.given(asked.individual_informed_why):
        informed += "\n" + say.prose(asked.individual_informed_why)
    answers = {
        Question.INDIVIDUAL_INFORMED: informed,
        Question.REPRESENTATIVE_INFORMED: say.yes_no(asked.representative_informed),
        Question.NOTED_IN_FILE: say.yes_no(asked.in_personal_file),
        Question.POLICE_REPORT: say.yes_no(asked.police_report),
    }
    return [{"question": says, "answer": answers[it]} for it, says in QUESTIONS.items()]
