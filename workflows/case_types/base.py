"""What a case type is: a name, its numbers' letters, and which commands fit which phase."""

from collections.abc import Mapping
from dataclasses import dataclass

from events import Phase, ReportReceived
from workflows.commands import Command


@dataclass(frozen=True, slots=True)
class CaseType:
    """One kind of case and the flow it follows; `begins` is the fact that a report becomes."""

    name: str
    label: str
    prefix: str
    flow: Mapping[Phase, frozenset[type[Command]]]
    begins: type[ReportReceived] = ReportReceived

    def allows(self, phase: Phase, command: Command) -> bool:
        """Tell whether this command may be given while the case stands in `phase`."""
        return type(command) in self.flow.get(phase, frozenset())
