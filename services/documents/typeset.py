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


def pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """Return the document as a tagged PDF. It blocks: some hundredths of a second."""
    with _LOCK:
        made = _compiler(template).compile(
            sys_inputs=_inputs(values), format="pdf", pdf_standards=["ua-1", "a-2a"]
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no document")
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    # One for each template and kept: every new compiler takes an id, and a process has only
    # 65 535 of them. Not for two threads at once, hence the lock.
    return typst.Compiler(_HERE / f"{template}.typ", root=_HERE, ignore_system_fonts=True)


def _inputs(values: Mapping[str, Any]) -> dict[str, str]:
    return {"values": json.dumps(values, ensure_ascii=True)}
