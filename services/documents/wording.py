"""How the documents say days, moments, answers and what nobody has told."""

from datetime import date, datetime
from typing import Final

from events import LexSarahOutcome, Nature, OwnerType, Track
from services.documents.content import (
    Content,
    Event,
    Operation,
    Person,
    Protection,
    Sender,
    When,
)
from services.documents.glyphs import in_one_line, showable
from workflows.rules.calendar import MONTHS, ZONE
from workflows.terms.labels import OUTCOMES

UNKNOWN: Final = "Uppgift saknas"
NATURES: Final = {Nature.FACT: "Faktisk omständighet", Nature.ASSESSMENT: "Bedömning"}
LAWS: Final[dict[Track | None, str]] = {Track.SOL: "Socialtjänstlagen (SoL)", Track.LSS: "LSS"}
"""The acts that have lex Sarah."""
OWNERS: Final[dict[OwnerType | None, str]] = {
    OwnerType.IN_HOUSE: "Kommunen",
    OwnerType.PRIVATE: "Enskild verksamhet",
}


def given(text: str | None) -> bool:
    """Tell whether there is anything to read."""
    return text is not None and bool(showable(text))


def line(text: str | None) -> str:
    """Return a short value, or say that it is not known."""
    return (in_one_line(text) if text else "") or UNKNOWN


def prose(text: str | None) -> str:
    """Return a long value with its line breaks, or say that it is not known."""
    return (showable(text) if text else "") or UNKNOWN


def day(at: When | None) -> str:
    """Say a day: `3 november 2026`."""
    if at is None:
        return UNKNOWN
    local = at.astimezone(ZONE).date() if isinstance(at, datetime) else at
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(at: When | None) -> str:
    """Say the time of day, where it is known: `14.10`."""
    return f"{at.astimezone(ZONE):%H.%M}" if isinstance(at, datetime) else UNKNOWN


def moment(at: When | None) -> str:
    """Say a day, and the time of day where it is known: `3 november 2026 kl. 14.10`."""
    return f"{day(at)} kl. {clock(at)}" if isinstance(at, datetime) else day(at)


def period(event: Event) -> str:
    """Say when something happened: a moment, or from one to another."""
    began = moment(event.began)
    return began if event.ended is None else f"{began} till {moment(event.ended)}"


def in_order(protections: tuple[Protection, ...]) -> list[Protection]:
    """Sort what was done at once by when it was done; the undated last."""

    def when(it: Protection) -> tuple[bool, date, str]:
        at = it.at.astimezone(ZONE) if isinstance(it.at, datetime) else it.at
        on = at.date() if isinstance(at, datetime) else at
        return on is None, on or date.max, clock(at) if isinstance(at, datetime) else ""

    return sorted(protections, key=when)


def yes_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer is the whole question
    """Say Ja, Nej, or that nobody has answered."""
    return UNKNOWN if answer is None else "Ja" if answer else "Nej"


def person(who: Person | None) -> str:
    """Say a name with its title."""
    return UNKNOWN if who is None else f"{line(who.name)}, {line(who.title)}"


def joined(*parts: str | None) -> str:
    """Return the parts that are known with commas between, or say that nothing is."""
    return ", ".join(in_one_line(it) for it in parts if it and given(it)) or UNKNOWN


def sender_name(sender: Sender) -> str:
    """Say who sends: a board with its municipality, or the provider."""
    ours = sender.owner is OwnerType.IN_HOUSE
    if ours and given(sender.name) and given(sender.municipality):
        return f"{line(sender.name)} i {line(sender.municipality)}"
    return line(sender.name)


def place(operation: Operation) -> str:
    """Say where it happened in one line."""
    return joined(operation.name, operation.address, operation.municipality)


def outcome(code: str | None) -> str:
    """Say one of the five outcomes in words."""
    return UNKNOWN if code is None else OUTCOMES[LexSarahOutcome(code)]


def closed_outcome(content: Content) -> str | None:
    """Return the outcome that stands: the decision's, or else the position's."""
    if content.decision is not None:
        return content.decision.outcome
    return None if content.position is None else content.position.outcome


def lawful(content: Content) -> list[str]:
    """List the provisions; one that nobody has verified says so."""
    return [
        line(it.text) + ("" if it.verified else " (inte bekräftat)") for it in content.citations
    ]


def dated(on: date) -> tuple[int, int, int]:
    """Return a day in numbers, as the typesetter wants it."""
    return on.year, on.month, on.day
