"""`avvik policy`: check, load and show the municipality's choices."""

import sys
from pathlib import Path

import click

from infra import clock, policy_files
from infra.db import transaction
from infra.policy_files import UnreadablePolicy
from services import policies
from services.cli.installation import in_installation
from services.policies import VersionTaken
from workflows import Policy
from workflows.rules.policy_check import BadPolicy, checked

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("policy")
def command() -> None:
    """Kontrollera, ladda och visa policyn."""


@command.command("check")
@_FILE
def check(file: Path) -> None:
    """Kontrollera en policyfil utan att använda den."""
    policy = _read(file)
    click.echo(f"Policyn går att använda: version {policy.version} från {policy.valid_from}.")


@command.command("load")
@_FILE
def load(file: Path) -> None:
    """Ladda en policy. Den gäller från sin dag; gamla ärenden ändras inte."""
    policy = _read(file)

    async def work() -> None:
        async with transaction() as session:
            await policies.load(session, policy, policy_files.read_file(file))

    try:
        in_installation("policy", work)
    except VersionTaken as taken:
        click.echo(str(taken), err=True)
        sys.exit(1)
    click.echo(f"Version {policy.version} gäller från {policy.valid_from}.")


@command.command("show")
def show() -> None:
    """Visa policyn som gäller i dag, som JSON."""

    async def work() -> Policy:
        async with transaction() as session:
            return await policies.policy_on(session, clock.now())

    click.echo(in_installation("policy", work).model_dump_json(indent=2))


def _read(file: Path) -> Policy:
    try:
        return checked(policy_files.read_file(file))
    except UnreadablePolicy as error:
        click.echo(str(error), err=True)
    except BadPolicy as bad:
        for fault in bad.faults:
            click.echo(fault, err=True)
    sys.exit(1)
