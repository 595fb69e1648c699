"""From plain values to a PDF that a screen reader can read and an archive can keep.

The values go in as data and come out as text: nothing a person has written is ever read as
markup. The same values give the same bytes. PDF/UA-1 is for people and PDF/A-2a for the
archive; PDF/A-4 can not be had together with UA-1.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

_HERE: Final = Path(__file__).parent / "templates"
_LOCK: Final = Lock()
_SHARP: Final = 110
"""Dots per inch at which a page is read on a screen: A4 becomes 909 by 1 286."""


class NotTypeset(Exception):  # noqa: N818 - what has happened, in the words of the house
    """The document could not be made. It is our fault, never that of who wrote the text."""


def pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """Return the document as a tagged PDF. It blocks: some hundredths of a second.

    Raises `NotTypeset`; the next document is made as if nothing had happened.
    """
    return _made(template, _inputs(values), format="pdf", pdf_standards=["ua-1", "a-2a"])


def picture(document: bytes, page: int) -> bytes:
    """Return a page of a PDF of ours, counted from one, as a PNG. It blocks: some tenths.

    One at a time, so that no more than one page is in memory. Raises `NotTypeset`.
    """
    # As numbers, for a template is given text only, and nothing of it may lie in a file.
    told = {"file": json.dumps(list(document)), "page": str(page)}
    return _made("page", told, format="png", ppi=_SHARP)


def _made(template: str, inputs: dict[str, str], **how: Any) -> bytes:
    with _LOCK:
        try:
            made = _compiler(template).compile(sys_inputs=inputs, **how)
        except typst.TypstError:
            # Its message quotes what people have written, and that is not for any log.
            raise NotTypeset(template) from None
        except BaseException as broken:
            # A panic in the library is no Exception: let through, it would end the process.
            if type(broken).__name__ != "PanicException":
                raise
            _compiler.cache_clear()
            raise NotTypeset(template) from None
    if not isinstance(made, bytes):
        raise NotTypeset(template)
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    # One for each template and kept: every new compiler takes an id, and a process has only
    # 65 535 of them. Not for two threads at once, hence the lock.
    return typst.Compiler(_HERE / f"{template}.typ", root=_HERE, ignore_system_fonts=True)


def _inputs(values: Mapping[str, Any]) -> dict[str, str]:
    return {"values": json.dumps(values, ensure_ascii=True)}
