"""Policy documents as files and as rows; what they mean is for others to say."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import PolicyDocument

DEFAULT: Final = Path(__file__).parent / "policies" / "default.toml"


_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SAYS: Final = (
    ("Expected '='", "ett likhetstecken saknas efter namnet."),
    ("Expected newline", "något står efter värdet. Börja en ny rad."),
    ("Expected ']", "en hakparentes runt rubriken är inte sluten."),
    ("Expected '", "en text i tre citattecken är inte sluten."),
    ('Expected "', "en text i tre citattecken är inte sluten."),
    ("Unterminated string", "en text saknar sitt sista citattecken."),
    (
        "Illegal character",
        "en text är inte sluten, eller har ett otillåtet tecken.",
    ),
    ("Found invalid character", "ett tecken är inte tillåtet här."),
    ("Unclosed array", "en lista är inte sluten. Sätt ] sist och komma mellan värdena."),
    ("Unclosed inline table", "en klammer är inte sluten. Sätt } sist och komma emellan."),
    ("Invalid value", "värdet går inte att läsa. Sätt citattecken runt text."),
    ("Invalid date", "dagen finns inte."),
    ("Invalid initial character", "ett namn saknas eller har ett tecken som inte går."),
    ("Invalid statement", "raden är varken en rubrik eller ett namn med värde."),
    ("Cannot", "namnet eller rubriken finns redan."),
    ("Duplicate", "namnet finns redan inom klamrarna."),
    ("Unescaped", "ett omvänt snedstreck måste skrivas två gånger."),
)
"""The parser's words, by how they begin, and what to say instead."""


class UnreadablePolicy(Exception):  # noqa: N818 - says what to mend
    """The file is not a TOML document; the message says where it breaks."""


def read_file(path: Path) -> dict[str, Any]:
    """Return a policy document from a TOML file, or raise `UnreadablePolicy`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadablePolicy(f"Filen {path} finns inte.") from error
    except OSError as error:
        raise UnreadablePolicy(f"Filen {path} går inte att läsa.") from error
    return read(raw)


def read(raw: bytes) -> dict[str, Any]:
    """Return the policy document in what a TOML file holds, or raise `UnreadablePolicy`."""
    try:
        return tomllib.loads(raw.decode())
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadablePolicy(f"Rad {line}: tecknen är inte UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadablePolicy(_in_swedish(str(error))) from error


def _in_swedish(told: str) -> str:
    place = _PLACE.search(told)
    where = f"Rad {place[1]}" if place and place[1] else "Filens slut"
    says = (words for begins, words in _SAYS if told.startswith(begins))
    return f"{where}: {next(says, 'raden går inte att läsa som TOML.')}"


async def stored(session: AsyncSession) -> list[dict[str, Any]]:
    """Return every policy document, the one valid last first."""
    rows = await session.scalars(
        select(PolicyDocument.document).order_by(
            PolicyDocument.valid_from.desc(), PolicyDocument.version.desc()
        )
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored version: when it was loaded, and from which day it is valid."""

    version: int
    valid_from: date
    loaded_at: datetime


async def loaded(session: AsyncSession) -> list[Loaded]:
    """List the stored versions, the one valid last first."""
    rows = await session.execute(
        select(
            PolicyDocument.version, PolicyDocument.valid_from, PolicyDocument.loaded_at
        ).order_by(PolicyDocument.valid_from.desc(), PolicyDocument.version.desc())
    )
    return [Loaded(*row) for row in rows]


async def document_of(session: AsyncSession, version: int) -> dict[str, Any] | None:
    """Return the document of a stored version; None where there is none."""
    found: dict[str, Any] | None = await session.scalar(
        select(PolicyDocument.document).where(PolicyDocument.version == version)
    )
    return found


async def keep(
    session: AsyncSession, version: int, valid_from: date, document: Mapping[str, Any]
) -> bool:
    """Store a version; False when that version is stored already (it never changes)."""
    row = await session.scalar(
        insert(PolicyDocument)
        .values(
            version=version,
            valid_from=valid_from,
            document=orjson.loads(orjson.dumps(document)),
        )
        .on_conflict_do_nothing()
        .returning(PolicyDocument.version)
    )
    return row is not None
