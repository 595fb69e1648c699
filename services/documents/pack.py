"""The pack for IVO: all the files that go, and a list by which anybody can check them.

We never send it. The same content and attachments give the same bytes.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from infra.vault.file_types import ENDINGS, FileType, file_type
from services.documents.complete import UNSENDABLE
from services.documents.content import Attachment, Content
from services.documents.decision import decision_pdf
from services.documents.field_sheet import field_sheet_pdf
from services.documents.form import LATER
from services.documents.investigation import investigation_pdf

SHEET: Final = "1-anmalan-faltblad.pdf"
INVESTIGATION: Final = "2-utredning.pdf"
DECISION: Final = "3-beslut.pdf"
MANIFEST: Final = "manifest.json"
_LONGEST: Final = 60
_READ_WRITE: Final = 0o600 << 16
_UNIX: Final = 3


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of the pack, under the name it has there."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The checksum, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Pack:
    """The files in order, the list of them, and all of it as one zip."""

    files: tuple[PackFile, ...]
    manifest: bytes
    zip: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest: what the two persons approve. It covers every file."""
        return hashlib.sha256(self.manifest).hexdigest()


def build(content: Content, attachments: Sequence[Attachment]) -> Pack:
    """Make the pack. It can be made while things are missing; `missing` tells which.

    A file that IVO does not take is not in it; sheet and manifest name it with the reason.
    """
    taken, left_out = _sorted_out(attachments)
    case = replace(content, numbers=content.case or content.numbers)
    documents = [
        *([_document(INVESTIGATION, investigation_pdf(case))] if content.concluded else []),
        *([_document(DECISION, decision_pdf(case))] if content.decision else []),
    ]
    named = [(it.name, WHAT.get(it.name, "Bilaga")) for it in (*documents, *taken)]
    sheet = field_sheet_pdf(content, [(SHEET, WHAT[SHEET]), *named], left_out)
    files = (_document(SHEET, sheet), *documents, *taken)
    manifest = _manifest(content, files, left_out)
    return Pack(files, manifest, _zipped(files, manifest))


WHAT: Final = {
    SHEET: "Fältblad. Stöd för dig som fyller i formuläret.",
    INVESTIGATION: "Utredningen",
    DECISION: "Beslutet",
}
"""What our own documents in the pack are."""


def _document(name: str, content: bytes) -> PackFile:
    return PackFile(name, FileType.PDF, content)


def _sorted_out(
    attachments: Sequence[Attachment],
) -> tuple[list[PackFile], list[tuple[str, str]]]:
    """Part the files that IVO takes, renamed in order, from those it does not, with why."""
    taken: list[PackFile] = []
    left_out = []
    for it in attachments:
        found = file_type(it.content)
        if found is None:
            left_out.append((it.name, UNSENDABLE))
        else:
            name = f"bilaga-{len(taken) + 1:02}-{_slug(it.name)}{ENDINGS[found][0]}"
            taken.append(PackFile(name, found, it.content))
    return taken, left_out


def _slug(name: str) -> str:
    """Return a name safe in every file system: a to z, digits and hyphens, no ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    apart = unicodedata.normalize("NFKD", stem.lower())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST].strip("-") or "fil"


def _manifest(
    content: Content, files: Sequence[PackFile], left_out: Sequence[tuple[str, str]]
) -> bytes:
    listed = {
        "number": content.numbers.ours,
        "registry_number": content.numbers.registry,
        "version": content.version,
        "made": content.made.isoformat(),
        "investigation": "Utredningen bifogas." if content.concluded else LATER,
        "files": [
            {
                "name": it.name,
                "size": len(it.content),
                "media_type": it.media_type,
                "sha256": it.sha256,
            }
            for it in files
        ],
        "left_out": [{"name": name, "why": why} for name, why in left_out],
    }
    return json.dumps(listed, indent=2).encode() + b"\n"


def _zipped(files: Sequence[PackFile], manifest: bytes) -> bytes:
    buffer = io.BytesIO()
    # Stored, not packed: the files are packed already, and another zlib packs otherwise.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [*((it.name, it.content) for it in files), (MANIFEST, manifest)]:
            entry = zipfile.ZipInfo(name)  # dated 1980: no clock is asked
            entry.create_system = _UNIX
            entry.external_attr = _READ_WRITE
            archive.writestr(entry, content)
    return buffer.getvalue()
