"""`avvik account`: the first administrator, and a lost password."""

import sys
from collections.abc import Awaitable, Callable

import click

from events import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people.accounts import PersonRefused
from infra.people.passwords import PasswordRefused
from services.administration import accounts
from services.administration.forms import AccountChange, Grant, NewAccount
from services.cli.installation import in_installation

_PASSWORD = click.password_option(
    prompt="Lösenord", confirmation_prompt="En gång till", help="Frågas efter om det utelämnas."
)


@click.group("account")
def command() -> None:
    """Lägg till en person, eller ge ett nytt lösenord."""


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Personens namn; lagras krypterat.")
@click.option("--role", type=click.Choice([str(it) for it in Role]), required=True)
@click.option("--unit", help="Enhetens kod; utan den gäller rollen alla enheter.")
@click.option("--title", default="", help="Titel.")
@_PASSWORD
def add(login: str, name: str, role: str, unit: str | None, title: str, password: str) -> None:
    """Lägg till en person som kan logga in."""

    async def work() -> None:
        async with transaction() as session:
            # Not validated: whoever has the command line has the database.
            new = NewAccount.model_construct(
                login=login, name=name, title=title, password=password
            )
            account_id = await accounts.add(session, new, None)
            given = Grant.model_construct(role=Role(role), unit=unit)
            await accounts.grant(session, account_id, given, None)

    _answered(work)
    click.echo(f"{login} kan logga in.")


@command.command("password")
@click.argument("login")
@_PASSWORD
def change(login: str, password: str) -> None:
    """Ge en person ett nytt lösenord; alla inloggningar avslutas."""

    async def work() -> None:
        async with transaction() as session:
            found = [it for it in await people.accounts(session) if it.login == login]
            if not found:
                raise PersonRefused(f"{login} finns inte.")
            change_to = AccountChange(password=password)
            await accounts.change(session, found[0].account_id, change_to, None)

    _answered(work)
    click.echo(f"{login} har ett nytt lösenord.")


def _answered(work: Callable[[], Awaitable[None]]) -> None:
    try:
        in_installation("account", work)
    except (PersonRefused, PasswordRefused) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
