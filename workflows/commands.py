"""What may be asked of a case. Imperative mood; `at`, `by` and `role` come from the shell.

`says` is the command in Swedish after "Det går inte att …". A field of type `Words` holds the
key of words already kept in the vault; `NewId` is chosen by the client or the shell.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from events import (
    Code,
    Evidence,
    Harm,
    LinkKind,
    Nature,
    Number,
    Role,
    Route,
    Score,
    Source,
    Track,
    Words,
)


@dataclass(frozen=True, slots=True)
class Fresh:
    """Marks an id that is new with the command."""


NewId = Annotated[UUID, Fresh()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every command knows when it was given, by whom, and in which role."""

    says: ClassVar[str]

    at: datetime
    by: str
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport(Asked):
    """Open a case by telling what happened."""

    says: ClassVar[str] = "rapportera"

    case_type: Code
    report_id: UUID
    number: Number
    received_at: datetime
    unit: Code
    reported_by_unit: Code | None = None
    hint: Code | None = None
    harm: Harm = Harm.UNKNOWN
    source: Source = Source.SYSTEM
    occurred_at: datetime | None = None
    written_at: datetime | None = None
    reporter: UUID | None = None
    story: Words
    about: Words | None = None
    complainant: Words | None = None
    twin_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHistory(Asked):
    """Tell what another system made of a case that it handled."""

    says: ClassVar[str] = "föra in historik"

    category: Code | None = None
    consequence: Score | None = None
    likelihood: Score | None = None
    outcome: Code | None = None
    ivo_notified: bool | None = None
    closed_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestClassification(Asked):
    """Put a model's reading of the report beside it."""

    says: ClassVar[str] = "föreslå kategori"

    model: Code
    category: Code | None = None
    subtype: Code | None = None
    suggested_route: Route | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    immediate_danger: bool = False
    possible_lex_sarah: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmClassification(Asked):
    """Say what kind of deviation it was."""

    says: ClassVar[str] = "ange kategori"

    category: Code
    subtype: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessSeverity(Asked):
    """Judge how grave it was or could have been, and how likely it is to happen again."""

    says: ClassVar[str] = "bedöma allvarlighetsgraden"

    consequence: Score
    likelihood: Score
    tracks: tuple[Track, ...] = (Track.SOL,)
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Asked):
    """Tell the roles that a frozen outcome or an alarm names."""

    says: ClassVar[str] = "eskalera"

    rule: Code
    policy_version: int
    why: str
    to: tuple[Role, ...]
    at_once: bool = False
    on_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSasPosition(Asked):
    """Say, as SAS, whether it is to be handled as lex Sarah, and why."""

    says: ClassVar[str] = "ta ställning till lex Sarah"

    lex_sarah: bool
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Asked):
    """Give the case to somebody who answers for it."""

    says: ClassVar[str] = "tilldela ärendet"

    owner: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Asked):
    """Step aside because of jäv, and name who goes on."""

    says: ClassVar[str] = "lämna över ärendet"

    owner: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInvestigation(Asked):
    """Begin to find out what happened."""

    says: ClassVar[str] = "börja utreda"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeInvestigation(Asked):
    """Write down what happened and why."""

    says: ClassVar[str] = "slutföra utredningen"

    summary: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Asked):
    """Write a note that will not change; `corrects` names an earlier one it replaces."""

    says: ClassVar[str] = "skriva en anteckning"

    note_id: NewId
    nature: Nature
    words: Words
    source: Words
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment(Asked):
    """Tell that a file was put to the case; asked by the upload, never on its own."""

    says: ClassVar[str] = "lägga till en fil"

    attachment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCause(Asked):
    """Name a reason why it could happen."""

    says: ClassVar[str] = "lägga till en orsak"

    cause_id: NewId
    area: Code
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCause(Asked):
    """Take a cause back, and say why."""

    says: ClassVar[str] = "ta tillbaka en orsak"

    cause_id: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure(Asked):
    """Promise that somebody does something by a day, and when its effect is judged."""

    says: ClassVar[str] = "lägga till en åtgärd"

    measure_id: NewId
    causes: tuple[UUID, ...]
    kind: Code
    words: Words
    expected_effect: Words
    owner: UUID
    due_on: date
    follow_up_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteMeasure(Asked):
    """Report a promise kept."""

    says: ClassVar[str] = "klarmarkera en åtgärd"

    measure_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMeasure(Asked):
    """Take a promise back, and say why."""

    says: ClassVar[str] = "ta tillbaka en åtgärd"

    measure_id: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMeasure(Asked):
    """Say whether a kept promise had its effect, and what happened."""

    says: ClassVar[str] = "följa upp en åtgärd"

    measure_id: UUID
    effect: bool
    words: Words
    together_with: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReporter(Asked):
    """Tell the reporter what came of it."""

    says: ClassVar[str] = "svara rapportören"

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComplainant(Asked):
    """Record what the one who complained was told, and how."""

    says: ClassVar[str] = "svara den som klagat"

    words: Words
    way: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveAnswer(Asked):
    """Record why somebody gets no answer; `whose` is `reporter` or `complainant`."""

    says: ClassVar[str] = "avstå från att svara"

    whose: Code
    ground: Code
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport(Asked):
    """Put right what the report said about place, time or harm."""

    says: ClassVar[str] = "rätta rapporten"

    unit: Code | None = None
    occurred_at: AwareDatetime | None = None
    harm: Harm | None = None
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reroute(Asked):
    """Pass on what is not a deviation of ours to the one who shall have it."""

    says: ClassVar[str] = "lämna ärendet vidare"

    route: Route
    receiver: Words
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Asked):
    """Let this report go on in the case of the same event."""

    says: ClassVar[str] = "sammanföra ärendet med ett annat"

    into: UUID
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Asked):
    """Tie the case to another that belongs to it."""

    says: ClassVar[str] = "koppla ärendet till ett annat"

    other: UUID
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Asked):
    """End the case."""

    says: ClassVar[str] = "avsluta ärendet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Asked):
    """Take up a closed case again, and say why."""

    says: ClassVar[str] = "öppna ärendet igen"

    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseWords(Asked):
    """Tell that the case's words are thrown away for good; asked by the eraser only."""

    says: ClassVar[str] = "radera texterna"

    ground: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindDeadline(Asked):
    """Say that a time is near; asked by the timer, never by a person."""

    says: ClassVar[str] = "påminna om en tid"

    code: Code
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissDeadline(Asked):
    """Record that time ran out; asked by the timer, never by a person."""

    says: ClassVar[str] = "notera en missad tid"

    code: Code
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimbLadder(Asked):
    """Tell an overdue duty one rung up; `rung` counts from 0 and is told once."""

    says: ClassVar[str] = "eskalera en missad tid"

    code: Code
    about: UUID | None = None
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUndeliverable(Asked):
    """Record that nobody in a role could be reached."""

    says: ClassVar[str] = "notera ett meddelande som inte kom fram"

    notice: Code
    to: Role


BySystem = (
    SuggestClassification
    | Escalate
    | RemindDeadline
    | MissDeadline
    | ClimbLadder
    | ReportUndeliverable
    | ImportHistory
    | AddAttachment
    | EraseWords
)
"""Given by handlers, timer, import, upload, eraser; where moot they have no effect."""

ByPeople = (
    ConfirmClassification
    | AssessSeverity
    | TakeSasPosition
    | Assign
    | HandOver
    | StartInvestigation
    | ConcludeInvestigation
    | AddNote
    | AddCause
    | WithdrawCause
    | AddMeasure
    | CompleteMeasure
    | WithdrawMeasure
    | FollowUpMeasure
    | AnswerReporter
    | AnswerComplainant
    | WaiveAnswer
    | CorrectReport
    | Reroute
    | Merge
    | Link
    | Close
    | Reopen
)
"""Given by a person with a role; each is `POST /api/v1/cases/{case_id}/{kebab-name}`."""

Command = SubmitReport | BySystem | ByPeople
