"""A report came in, was corrected, or was brought from another system."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events.base import Code, Event, Number, Score, Words
from events.vocabulary import (
    AnswerWay,
    Harm,
    OwnerType,
    Phase,
    Relation,
    Role,
    Source,
    Track,
)


class ReportReceived(Event):
    """Someone told us that something went wrong.

    Three clocks are kept apart: `occurred_at` (the event in the world), `written_at` (the
    device) and `received_at` (our server; for an import, the other system's). `reporter` is
    absent when the report is anonymous. `twin_of` names the case that had the same report
    id with other content.
    `urgent` says that the reporter ticked "Ja, allvarligt": it can raise, never lower.
    `law` and `owner_type` are the unit's at the time: they choose the law's rows. `came_from`
    is the case this one follows from, and `recused` who was shut out of that. `relation`,
    `answer_way` and `contact` are those of somebody who complains, `language` the one they want
    to be answered in: in the vault, since in a small unit it may tell who it is.
    `reporter_role` is what a lex Sarah reporter was at work that day: it shows whether those
    who see it report it, or their managers.
    """

    type: ClassVar[str] = "case.report_received"
    enters: ClassVar[Phase | None] = Phase.RECEIVED

    case_type: Code
    report_id: UUID
    number: Number
    received_at: AwareDatetime
    unit: Code
    reported_by_unit: Code | None = None
    hint: Code | None = None
    harm: Harm = Harm.UNKNOWN
    source: Source = Source.SYSTEM
    occurred_at: AwareDatetime | None = None
    written_at: AwareDatetime | None = None
    reporter: UUID | None = None
    story: Words
    about: Words | None = None
    complainant: Words | None = None
    twin_of: UUID | None = None
    urgent: bool = False
    law: Track = Track.SOL
    owner_type: OwnerType = OwnerType.IN_HOUSE
    came_from: UUID | None = None
    recused: tuple[UUID, ...] = ()
    relation: Relation | None = None
    answer_way: AnswerWay | None = None
    contact: Words | None = None
    wish: Words | None = None
    reporter_role: Role | None = None
    language: Words | None = None


class LexSarahReported(ReportReceived):
    """Someone did the duty to report misconduct, or a tangible risk of it (SoL 27:2, LSS 24 b).

    `reporter` is always there: a lex Sarah report has a name.
    """

    type: ClassVar[str] = "case.lex_sarah_reported"
    enters: ClassVar[Phase | None] = Phase.REPORTED


class ReportCorrected(Event):
    """What the report said about place, time or harm was wrong, and is now put right.

    With another unit come the act it works under and whose it is.
    """

    type: ClassVar[str] = "case.report_corrected"

    unit: Code | None = None
    occurred_at: AwareDatetime | None = None
    harm: Harm | None = None
    reason: Words
    law: Track | None = None
    owner_type: OwnerType | None = None


class HistoryImported(Event):
    """The case was handled in another system; this is what that system said became of it.

    The gates of closing were never asked here: an imported ending is told as such.
    """

    type: ClassVar[str] = "case.history_imported"

    category: Code | None = None
    consequence: Score | None = None
    likelihood: Score | None = None
    outcome: Code | None = None
    ivo_notified: bool | None = None
    closed_at: AwareDatetime | None = None
