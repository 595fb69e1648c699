"""What was promised to the senders, and what the torment has come to."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Tally:
    """Counts of one run; `promised` holds every report somebody said yes to."""

    promised: dict[UUID, UUID | None] = field(default_factory=dict)
    """The case each report was told; None over the stream, which tells no case."""
    serious: set[UUID] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    """How often each status or failure was met."""
    again: int = 0
    broken: list[str] = field(default_factory=list)
    """Promises that changed between one sending and the next, and other wrong answers."""
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def kills(self) -> int:
        """Return how often something was killed."""
        return self.killed.total()

    def promise(self, report_id: UUID, case_id: UUID | None, *, serious: bool) -> None:
        """Note a yes; a second one must name the same case."""
        before = self.promised.setdefault(report_id, case_id)
        if case_id and before and before != case_id:
            self.broken.append(f"report {report_id} was told {before}, then {case_id}")
        if serious:
            self.serious.add(report_id)

    def told(self) -> str:
        """Say it in one line."""
        killed = " ".join(f"{name} {count}" for name, count in sorted(self.killed.items()))
        met = " ".join(f"{name} {count}" for name, count in sorted(self.answers.items()))
        return (
            f"{self.kills} kills ({killed}), {len(self.promised)} acknowledged,"
            f" {self.again} sent again; {met}"
        )
