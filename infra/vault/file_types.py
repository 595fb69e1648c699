"""What a file is, told by its own bytes and never by its name."""

import io
import zipfile
from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    """What IVO's e-service takes, and so what we take."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    PDF = "application/pdf"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


ENDINGS: Final[dict[FileType, tuple[str, ...]]] = {
    FileType.JPEG: (".jpg", ".jpeg"),
    FileType.PNG: (".png",),
    FileType.GIF: (".gif",),
    FileType.PDF: (".pdf",),
    FileType.XLSX: (".xlsx",),
}
_STARTS: Final = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"%PDF-", FileType.PDF),
)
_ZIP: Final = b"PK\x03\x04"
_XLSX_PARTS: Final = frozenset({"[Content_Types].xml", "xl/workbook.xml"})


def file_type(content: bytes) -> FileType | None:
    """Return what the bytes are, or None for anything we do not take.

    A workbook with macros is not taken, whatever it is called.
    """
    for start, found in _STARTS:
        if content.startswith(start):
            return found
    return FileType.XLSX if content.startswith(_ZIP) and _is_workbook(content) else None


def _is_workbook(content: bytes) -> bool:
    # Only the list of names is read: nothing is unpacked, so nothing can swell.
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):  # all are zipfile's
        return False
    return names >= _XLSX_PARTS and not any(name.endswith("vbaProject.bin") for name in names)


def named_as_it_is(name: str, found: FileType) -> str:
    """Return the claimed name, safe to show and to save, with an ending that is true."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(letter for letter in last if letter.isprintable()).strip(" .")[-150:]
    if clean.lower().endswith(ENDINGS[found]):
        return clean
    return (clean or "bilaga") + ENDINGS[found][0]
