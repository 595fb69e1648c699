"""What an inline read model is told: a case before and after some facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from events import Envelope
from workflows import CaseState


@dataclass(frozen=True, slots=True)
class Change:
    """One case, as it was and as it is, and the facts between. At a rebuild it was nothing."""

    case_id: UUID
    before: CaseState
    after: CaseState
    facts: Sequence[Envelope]
