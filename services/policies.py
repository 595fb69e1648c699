"""Which policy is valid: the municipality's own documents, or the default shipped with us."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock, policy_files
from workflows import Policy
from workflows.rules.calendar import local_day
from workflows.rules.policy_check import checked

_FRESH: Final = timedelta(seconds=5)
"""How long a process may act on a policy after another one was loaded."""

_known: list[Policy] = []
_looked_at: datetime | None = None


def default() -> Policy:
    """Return the policy shipped with the product."""
    return checked(policy_files.read_file(policy_files.DEFAULT))


async def all_policies(session: AsyncSession) -> list[Policy]:
    """Return every policy, the one valid last first; read again every few seconds."""
    global _known, _looked_at  # noqa: PLW0603 - one cache for the process
    now = clock.now()
    if _looked_at is None or now - _looked_at > _FRESH:
        found = [checked(document) for document in await policy_files.stored(session)]
        _known = found or [default()]
        _looked_at = now
    return _known


async def policy_on(session: AsyncSession, at: datetime) -> Policy:
    """Return the policy valid on the local day of a moment; before the first one, the first."""
    policies = await all_policies(session)
    day = local_day(at)
    return next((it for it in policies if it.valid_from <= day), policies[-1])


def forget() -> None:
    """Read the policies anew at the next use."""
    global _looked_at  # noqa: PLW0603 - one cache for the process
    _looked_at = None


class VersionTaken(Exception):  # noqa: N818 - an answer to the operator
    """A policy with that version is stored already; a policy never changes."""


async def load(session: AsyncSession, policy: Policy, document: dict[str, object]) -> date:
    """Store a new policy version and return its first day, or raise `VersionTaken`."""
    if not await policy_files.keep(session, policy.version, policy.valid_from, document):
        raise VersionTaken(f"Version {policy.version} finns redan. Höj numret.")
    forget()
    return policy.valid_from
