"""Issues and revokes the tokens of other systems, and writes down who did."""

from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from infra import clock
from infra.people import accounts as people
from infra.people import admin_changes, substitutes
from infra.people import tokens as keys
from services.administration.accounts import must_exist
from services.administration.refused import ChangeRefused
from workflows.access import may


async def issue(session: AsyncSession, account_id: UUID, name: str, by: UUID) -> str:
    """Make a token that lives until it is revoked, and return it, the only time it is seen.

    Raises `ChangeRefused` for an account that may read cases: a token is as good as being
    that person.
    """
    await must_exist(session, account_id)
    if await reads_cases(session, account_id):
        said = "Kontot kan läsa ärenden. Utfärda bara token för konton som rapporterar."
        raise ChangeRefused("reads_cases", said)
    token_id = uuid4()
    token = await keys.issue(session, account_id, name, token_id=token_id)
    after = {"token": str(token_id)}
    await admin_changes.record(session, by, "token.issued", account_id, {}, after)
    return token


async def reads_cases(session: AsyncSession, account_id: UUID) -> bool:
    """Tell whether somebody may read cases, by a role of their own or by standing in."""
    held = {role for role, _ in await people.memberships(session, account_id)}
    return may("read-case", held) or any(
        it.substitute_id == account_id for it in await substitutes.known(session, clock.today())
    )


async def revoke(session: AsyncSession, token_id: UUID, by: UUID) -> None:
    """End a token; one that has ended already, or never was, stays as it is."""
    account_id = await keys.revoke(session, token_id)
    if account_id is not None:
        before = {"token": str(token_id)}
        await admin_changes.record(session, by, "token.revoked", account_id, before, {})
