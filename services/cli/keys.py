"""`avvik keys`: make, change and retire master keys."""

import click

from infra import clock
from infra.db import transaction
from infra.vault.envelopes import renew
from infra.vault.keyring import keyring, new_master_key
from infra.vault.rotation import in_use, rotate
from services.cli.installation import in_installation

_BATCH = 500


@click.group("keys")
def command() -> None:
    """Skapa, byt och avveckla huvudnycklar."""


@command.command("new")
def new() -> None:
    """Skriv ut en ny huvudnyckel. Lägg den först i filen, behåll den gamla under."""
    click.echo(new_master_key(clock.now().date()))


@command.command("rotate")
def change() -> None:
    """Lås om allt under den nyaste huvudnyckeln. Går att avbryta och köra igen."""

    async def work() -> int:
        total = 0
        while True:
            async with transaction() as session:
                done = await rotate(session, _BATCH)
            total += done
            if not done:
                return total

    total = in_installation("keys", work)
    click.echo(f"{total} lås bytta till {keyring().current}.")


@command.command("envelope")
def envelope() -> None:
    """Gör ett nytt nyckelpar för telefonernas kuvert. De gamla finns kvar och öppnar."""
    made = in_installation("keys", renew)
    click.echo(f"Telefonerna låser med {made.kid} när de hämtar sidan nästa gång.")


@command.command("status")
def status() -> None:
    """Visa vilka huvudnycklar som behövs; en som inte behövs kan tas bort."""

    async def work() -> dict[str, int]:
        async with transaction() as session:
            return await in_use(session)

    used = in_installation("keys", work)
    for key_id in keyring().key_ids:
        count = used.pop(key_id, 0)
        says = f"{count} lås" if count else "behövs inte längre"
        click.echo(f"{key_id}: {says}")
    for key_id, count in used.items():
        click.echo(f"{key_id}: {count} lås, men nyckeln saknas här!")
