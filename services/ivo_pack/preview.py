"""A version of the pack as it was kept: its files, and its pages as pictures.

The pictures are drawn from the very files that were approved, never from the case of today.
"""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from infra.vault.packs import KeptPack
from services.documents import DECISION, INVESTIGATION, MANIFEST, SHEET, WHAT, picture

_SAYS: Final = {SHEET: "Fältblad", INVESTIGATION: "Utredning", DECISION: "Beslut"}
"""What is drawn: attachments come from anywhere, and are looked at in a program for it."""
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class FileInPack:
    """A file as the list of the pack has it."""

    name: str
    size: int
    sha256: str
    what: str


@dataclass(frozen=True, slots=True)
class PageInPack:
    """A page: its place among all, the document it is of, and its place there."""

    nth: int
    what: str
    page: int
    of: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to look at; `left_out` are the names IVO does not take, each with why."""

    files: list[FileInPack]
    left_out: list[tuple[str, str]]
    pages: list[PageInPack]


def preview_of(pack: KeptPack) -> Preview:
    """List the files and the pages of a version."""
    with _open(pack) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        pages = [
            (_SAYS[name], page, of)
            for name, of in _lengths(archive)
            for page in range(1, of + 1)
        ]
    return Preview(
        files=[
            FileInPack(it["name"], it["size"], it["sha256"], WHAT.get(it["name"], "Bilaga"))
            for it in manifest["files"]
        ],
        left_out=[(it["name"], it["why"]) for it in manifest["left_out"]],
        pages=[PageInPack(nth, *it) for nth, it in enumerate(pages, start=1)],
    )


def page_of(pack: KeptPack, nth: int) -> bytes | None:
    """Return a page as a PNG, None where the version has none so far on. It blocks."""
    with _open(pack) as archive:
        for name, of in _lengths(archive):
            if nth <= of:
                return picture(archive.read(name), nth)
            nth -= of
    return None


def _lengths(archive: zipfile.ZipFile) -> list[tuple[str, int]]:
    there = set(archive.namelist())
    return [(it, len(_PAGE.findall(archive.read(it)))) for it in _SAYS if it in there]


def _open(pack: KeptPack) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(pack.content))
