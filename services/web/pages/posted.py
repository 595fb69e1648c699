"""What a browser's form held when it was sent."""

from collections.abc import Iterable
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

MOST_FIELDS: Final = 400
_SECRET: Final = frozenset({"password", "current", "chosen"})
"""Passwords: taken as they are, and never given back in a page."""


class Posted:
    """The fields of a form: trimmed, with the line ends that everything else here has."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [
            (name, value if name in _SECRET else _trimmed(value)) for name, value in pairs
        ]

    def one(self, name: str) -> str:
        """Return a field's value, empty where it was not filled in."""
        return next((value for key, value in self._pairs if key == name), "")

    def many(self, name: str) -> list[str]:
        """Return every value of a field that may be ticked more than once."""
        return [value for key, value in self._pairs if key == name and value]

    def has(self, name: str) -> bool:
        """Tell whether a box was ticked or a button pressed."""
        return any(key == name for key, _ in self._pairs)

    def pairs(self) -> list[tuple[str, str]]:
        """Return everything but passwords, to be kept while somebody logs in again."""
        return [(name, value) for name, value in self._pairs if name not in _SECRET]


async def posted(request: Request) -> Posted:
    """Read the form. Files are not part of it: they are read where they belong."""
    form: FormData = await request.form(max_fields=MOST_FIELDS, max_files=20)
    read = Posted(
        (name, value) for name, value in form.multi_items() if not isinstance(value, UploadFile)
    )
    request.state.posted = read  # so that a page which says no can give it back
    return read


def _trimmed(value: str) -> str:
    # Half a letter can be neither kept nor shown.
    whole = value.encode("utf-8", "replace").decode()
    return whole.replace("\r\n", "\n").strip("\n\r\t ")
