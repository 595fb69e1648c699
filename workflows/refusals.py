"""Why a command was turned down. A refusal is an answer, not a fault."""

from typing import ClassVar

from events import Phase
from workflows.terms.labels import PHASES


class Refusal(Exception):  # noqa: N818 - a refusal is not an error
    """The case says no, and says why in Swedish words a member of staff can act on."""

    code: ClassVar[str]

    def __init__(self, message: str, **detail: object) -> None:
        super().__init__(message)
        self.detail = detail


class NotAllowed(Refusal):
    """The case stands where this cannot be done."""

    code = "not_allowed"

    def __init__(self, what: str, phase: Phase) -> None:
        super().__init__(
            f"Det går inte att {what} när ärendet är {PHASES[phase]}.", phase=phase
        )


class Begun(Refusal):
    """History came for a case that people here already work on."""

    code = "begun"

    def __init__(self) -> None:
        super().__init__("Ärendet är redan påbörjat här. Historiken förs inte in.")


class Incomplete(Refusal):
    """Something must be finished first; `missing` lists what, in words and codes."""

    code = "incomplete"


class Unknown(Refusal):
    """The command points at something that is not in the case, or not on the list."""

    code = "unknown"


class NotYours(Refusal):
    """The one who asks has stepped aside from the case."""

    code = "recused"


class IdTaken(Refusal):
    """The id that the client chose stands for something else already."""

    code = "id_taken"


class UnknownCase(Refusal):
    """There is no case with that id."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__("Ärendet finns inte.")
