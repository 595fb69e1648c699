"""An administrator's change that can't be made, in words."""

from typing import Literal

Code = Literal["not_found", "oneself", "reads_cases", "taken"]


class ChangeRefused(Exception):  # noqa: N818 - an answer
    """A no; `code` says why for the machine, the message for the person."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
