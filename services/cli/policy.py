"""`avvik policy`: check, load, show, compare and try the municipality's choices."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import click
import orjson

from infra import clock
from infra.db import snapshot, transaction
from infra.policy_files import UnreadablePolicy
from services import policies
from services.cli import policy_report
from services.cli.installation import in_installation
from services.policies import VersionTaken, valid_at
from services.policy_trial import Tally, dry_run
from workflows import Policy
from workflows.rules.calendar import local_day
from workflows.rules.policy_check import BadPolicy
from workflows.rules.policy_diff import cells, changes, in_words

_FILE = click.argument("file", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Skriv JSON, för program.")
_REFUSED: Final = 1
_TROUBLE: Final = 2


@click.group("policy")
def command() -> None:
    """Kontrollera, ladda, visa, jämför och prova policyn."""


@command.command("check")
@_FILE
def check(file: Path) -> None:
    """Kontrollera en policyfil utan att använda den."""
    policy, _ = _read(file)
    click.echo(f"Policyn går att använda: version {policy.version} från {policy.valid_from}.")


@command.command("load")
@_FILE
def load(file: Path) -> None:
    """Ladda en policy. Den gäller från sin dag; gamla ärenden ändras inte."""
    policy, document = _read(file)
    now = clock.now()

    async def work() -> Policy:
        async with transaction() as session:
            await policies.load(session, policy, document)
            return await policies.policy_on(session, now)

    try:
        valid = in_installation("policy", work)
    except VersionTaken as taken:
        _stop([str(taken)], _REFUSED)
    click.echo(f"Version {policy.version} gäller från {policy.valid_from}.")
    if policy.valid_from >= local_day(now):
        return
    click.echo(
        f"Varning: dagen {policy.valid_from} har varit. Det som redan är bedömt ändras inte.",
        err=True,
    )
    if valid.version != policy.version:
        click.echo(
            f"Varning: version {valid.version}, från {valid.valid_from}, gäller fortfarande.",
            err=True,
        )


@command.command("show")
def show() -> None:
    """Visa policyn som gäller i dag, som JSON.

    Det som den laddade policyn saknar kommer ur programmets egen, och sägs på stderr.
    """

    async def work() -> tuple[Policy, list[str]]:
        async with transaction() as session:
            valid = await policies.policy_on(session, clock.now())
            return valid, await policies.borrowed(session, valid.version)

    valid, parts = in_installation("policy", work)
    click.echo(valid.model_dump_json(indent=2))
    if parts:
        click.echo(f"Ur programmets egen policy: {', '.join(parts)}.", err=True)


@command.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@_JSON
def diff(old: str | None, new: str | None, *, as_json: bool) -> None:
    """Visa vad som skiljer två policyer. OLD och NEW är filer eller versionsnummer.

    Med en: dagens mot den. Utan: dagens mot nästa som ska gälla, annars den högsta versionen.

    Svarar 0 när de är lika, 1 när de skiljer sig, 2 när något inte gick att läsa.
    """
    before, after = _pair([it for it in (old, new) if it is not None])
    found = changes(before, after)
    if as_json:
        told = {
            "old": before.version,
            "new": after.version,
            "equal": not found,
            "changes": found,
            "cells": cells(before, after),
            "says": in_words(before, after),
        }
        click.echo(orjson.dumps(told).decode())
    elif not found:
        click.echo(f"Ingen skillnad: version {before.version} och version {after.version}.")
    else:
        for heading, lines in in_words(before, after).items():
            click.echo("\n".join([heading, *(f"  {line}" for line in lines)]))
    sys.exit(bool(found))


def _day(_context: click.Context, _option: click.Parameter, told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise click.BadParameter("skriv dagen som 2026-01-31.") from None


@command.command("dry-run")
@_FILE
@click.option("--since", required=True, callback=_day, help="Första dagen, som 2026-01-31.")
@_JSON
def dry_run_(file: Path, since: date, *, as_json: bool) -> None:
    """Prova en policy på ärenden som varit, och visa vad som hade blivit annorlunda.

    Ingenting skrivs och inget ärende ändras. JSON är en rad för varje ärende som hade ändrats
    och sist en rad med summan.
    """
    candidate, _ = _read(file)
    until = local_day(clock.now())

    async def work() -> Tally:
        tally = Tally()
        async with snapshot() as session:
            async for replay in dry_run(session, candidate, since):
                tally.add(replay)
                if replay.moved:
                    click.echo(policy_report.case(replay, as_json=as_json))
        return tally

    tally = in_installation("policy", work)
    click.echo(policy_report.summary(tally, since, until, as_json=as_json))


def _pair(named: Sequence[str]) -> tuple[Policy, Policy]:
    """Return the two policies that `diff` is about, asking the installation if it must."""
    files = {it: _read(Path(it), _TROUBLE)[0] for it in named if not it.isdecimal()}
    if len(named) == 2 and files.keys() >= set(named):  # noqa: PLR2004 - both are files
        return files[named[0]], files[named[1]]

    async def work() -> list[Policy]:
        async with transaction() as session:
            return list(await policies.all_policies(session))

    stored = in_installation("policy", work)
    now = clock.now()
    today = valid_at(stored, now)
    chosen = [files.get(it) or _version(stored, it) for it in named]
    match chosen:
        case [first, second]:
            return first, second
        case [only]:
            return today, only
        case _:
            coming = [it for it in stored if it.valid_from > local_day(now)]
            newest = max(stored, key=lambda it: it.version)
            return today, coming[-1] if coming else newest


def _version(stored: Sequence[Policy], told: str) -> Policy:
    policy = next((it for it in stored if it.version == int(told)), None)
    if policy is None:
        known = ", ".join(str(it) for it in sorted({it.version for it in stored}))
        _stop([f"Version {told} finns inte. Det finns: {known}."], _TROUBLE)
    return policy


def _read(file: Path, code: int = _REFUSED) -> tuple[Policy, dict[str, Any]]:
    try:
        return policies.from_file(file)
    except UnreadablePolicy as error:
        _stop([str(error)], code)
    except BadPolicy as bad:
        _stop(bad.faults, code)


def _stop(says: Sequence[str], code: int) -> NoReturn:
    for line in says:
        click.echo(line, err=True)
    sys.exit(code)
