"""Policy documents as files and as rows; what they mean is for others to say."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from infra.tables import PolicyDocument

DEFAULT: Final = Path(__file__).parent / "policies" / "default.toml"


class UnreadablePolicy(Exception):  # noqa: N818 - says what to mend
    """The file is not a TOML document; the message says where it breaks."""


def read_file(path: Path) -> dict[str, Any]:
    """Return a policy document from a TOML file, or raise `UnreadablePolicy`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadablePolicy(f"Filen {path} går inte att läsa: {error}") from error


async def stored(session: AsyncSession) -> list[dict[str, Any]]:
    """Return every policy document, the one valid last first."""
    rows = await session.scalars(
        select(PolicyDocument.document).order_by(
            PolicyDocument.valid_from.desc(), PolicyDocument.version.desc()
        )
    )
    return list(rows)


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
