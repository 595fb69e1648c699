"""Which policy is valid: the municipality's own documents, or the default shipped with us."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock, policy_files
from infra.people import admin_changes
from workflows import Policy
from workflows.rules.calendar import local_day
from workflows.rules.policy_check import BadPolicy, checked

_FRESH: Final = timedelta(seconds=5)
"""How long a process may act on a policy after another one was loaded."""
_BY_CODE: Final = ("targets", "notices")
"""The tables whose rows the program names: a later version of it may ask for more of them."""

_known: list[Policy] = []
_looked_at: datetime | None = None


def default() -> Policy:
    """Return the policy shipped with the product."""
    return checked(policy_files.read_file(policy_files.DEFAULT))


async def all_policies(session: AsyncSession) -> list[Policy]:
    """Return every policy, the one valid last first; read again every few seconds.

    The shipped default comes last: it is valid until the first of the municipality's own is.
    What an older version of the program did not ask for is taken from the default.
    """
    global _known, _looked_at  # noqa: PLW0603 - one cache for the process
    now = clock.now()
    if _looked_at is None or now - _looked_at > _FRESH:
        shipped = policy_files.read_file(policy_files.DEFAULT)
        found = await policy_files.stored(session)
        _known = [checked(it) for it in (*(_completed(it, shipped) for it in found), shipped)]
        _looked_at = now
    return _known


def valid_at(policies: Sequence[Policy], at: datetime) -> Policy:
    """Return the policy valid on the local day of a moment; before the first one, the first."""
    day = local_day(at)
    return next((it for it in policies if it.valid_from <= day), policies[-1])


async def policy_on(session: AsyncSession, at: datetime) -> Policy:
    """Return the policy valid at a moment, as `valid_at` says."""
    return valid_at(await all_policies(session), at)


def forget() -> None:
    """Read the policies anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None


def from_file(file: Path) -> tuple[Policy, dict[str, Any]]:
    """Return the policy in a file, as `from_bytes` does."""
    return _whole(policy_files.read_file(file))


def from_bytes(raw: bytes) -> tuple[Policy, dict[str, Any]]:
    """Return the policy that a file holds, and the document itself.

    A new policy says everything itself: raises `BadPolicy` with all that is wrong or missing,
    or `UnreadablePolicy`.
    """
    return _whole(policy_files.read(raw))


def _whole(document: dict[str, Any]) -> tuple[Policy, dict[str, Any]]:
    absent = _absent(document, policy_files.read_file(policy_files.DEFAULT))
    tables = [f"{it[0]} saknas." for it in absent if len(it) == 1]
    try:
        policy = checked(document)
    except BadPolicy as bad:
        raise BadPolicy([*dict.fromkeys([*tables, *bad.faults])]) from bad
    if tables:
        raise BadPolicy(tables)
    return policy, document


async def borrowed(session: AsyncSession, version: int) -> list[str]:
    """Name the parts of a stored version that come from the shipped default."""
    shipped = policy_files.read_file(policy_files.DEFAULT)
    return [
        ".".join(path)
        for document in await policy_files.stored(session)
        if document["version"] == version
        for path in _absent(document, shipped)
    ]


class VersionTaken(Exception):  # noqa: N818 - an answer to the operator
    """A policy with that version is stored already; a policy never changes."""


async def load(
    session: AsyncSession,
    policy: Policy,
    document: dict[str, object],
    by: UUID | None = None,
) -> date:
    """Store a new policy version and return its first day, or raise `VersionTaken`.

    Who did is written down; without `by` it is the command line.
    """
    if not await policy_files.keep(session, policy.version, policy.valid_from, document):
        raise VersionTaken(f"Version {policy.version} finns redan. Höj numret.")
    after = {"valid_from": str(policy.valid_from)}
    await admin_changes.record(session, by, "policy.loaded", policy.version, {}, after)
    forget()
    return policy.valid_from


def _absent(document: Mapping[str, Any], shipped: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """List the tables that a document lacks, and the rows of those the program names.

    What a policy may do without is not lacking: no quiet hours means that none are quiet.
    """
    optional = {name for name, it in Policy.model_fields.items() if it.default is None}
    tables = [
        name
        for name, it in shipped.items()
        if _is_table(it) and name not in document and name not in optional
    ]
    rows = [
        (table, code)
        for table in _BY_CODE
        if isinstance(document.get(table), dict)
        for code in shipped[table].keys() - document[table].keys()
    ]
    return sorted([*((name,) for name in tables), *rows])


def _is_table(value: object) -> bool:
    rows = value if isinstance(value, list) else [value]
    return bool(rows) and all(isinstance(it, dict) for it in rows)


def _completed(document: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with everything absent put in from the shipped one."""
    whole = {name: {**it} if isinstance(it, Mapping) else it for name, it in document.items()}
    for path in _absent(document, shipped):
        if len(path) == 1:
            whole[path[0]] = shipped[path[0]]
        else:
            whole[path[0]][path[1]] = shipped[path[0]][path[1]]
    return whole
