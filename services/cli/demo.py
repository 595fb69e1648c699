"""`avvik demo`: the product with an invented municipality, on this machine, until Ctrl-C."""

import asyncio
import json
import os
from pathlib import Path

import click

from infra import db, log
from infra.faults import CannotStart
from infra.settings import settings
from infra.vault import keyring
from services import caches, supervisor
from services.demo.seed import DemoUser, NotEmpty, ensure_demo


@click.command("demo")
@click.option("--port", type=click.IntRange(0, 65535), help="Webbens port; 0 väljer en ledig.")
@click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Datakatalogen."
)
@click.option("--json", "as_json", is_flag=True, help="Skriv en JSON-rad när allt är igång.")
def command(port: int | None, data_dir: Path | None, *, as_json: bool) -> None:
    """Kör Avvik med den påhittade kommunen Norrvik; avsluta med Ctrl-C."""
    chosen = settings()
    log.configure("supervisor")

    async def ready(running: supervisor.Running) -> None:
        _use(running)
        try:
            users = await ensure_demo(running.data_dir)
        except NotEmpty:
            raise CannotStart(
                "Databasen har redan enheter som inte är demons. Välj en annan --data-dir."
            ) from None
        finally:
            await db.dispose()
        _tell(running, users, as_json=as_json)

    asyncio.run(
        supervisor.run(
            port=chosen.port if port is None else port,
            host=chosen.host,
            data_dir=data_dir or chosen.data_dir,
            on_ready=ready,
        )
    )


def _use(running: supervisor.Running) -> None:
    """Let this process use the servers that were just started."""
    os.environ["AVVIK_DATABASE_URL"] = running.database_url
    os.environ["AVVIK_NATS_URL"] = running.nats_url
    if running.master_key_file is not None:
        os.environ["AVVIK_MASTER_KEY_FILE"] = str(running.master_key_file)
    settings.cache_clear()
    keyring.keyring.cache_clear()
    caches.forget()


def _tell(running: supervisor.Running, users: list[DemoUser], *, as_json: bool) -> None:
    if as_json:
        told = {
            "url": running.url,
            "nats_url": running.nats_url,
            "users": [user.told() for user in users],
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    print(f"\nAvvik är igång: {running.url}\n")
    print(f"{'Användare':<18}{'Lösenord':<20}{'Roll':<22}Enhet")
    for user in users:
        print(f"{user.login:<18}{user.password:<20}{user.role:<22}{user.unit or 'alla'}")
    print("\nAvsluta med Ctrl-C.", flush=True)
