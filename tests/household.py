"""The real supervisor and servers with invented programs: household.py DATA_DIR [PROGRAM]."""

import asyncio
import sys
from pathlib import Path

from infra import log
from infra.embedded.program import Program
from infra.faults import CannotStart
from services import supervisor

HERE = Path(__file__).parent
SLEEP = "import time; time.sleep(3600)"


def program(name: str, *words: str) -> Program:
    return Program(name, (sys.executable, *words))


PROGRAMS = {
    "web": program("web", str(HERE / "fake_web.py")),
    "relay": program("relay", "-c", SLEEP),
    "silent": program("web", "-c", SLEEP),
    "refuser": program("refuser", "-c", "raise SystemExit(2)"),
}


async def tell(running: supervisor.Running) -> None:
    sys.stdout.write(f"{running.url}\n")
    sys.stdout.flush()


async def main(data_dir: str, *names: str) -> None:
    # A web that never answers: otherwise it may be ready before the refuser has refused.
    web = "silent" if "refuser" in names else "web"
    await supervisor.run(
        port=0,
        host="127.0.0.1",
        data_dir=Path(data_dir),
        on_ready=tell,
        programs=tuple(PROGRAMS[name] for name in (*names, web, "relay")),
        migrate=program("migrate", str(HERE / "fake_migrate.py")),
    )


if __name__ == "__main__":
    log.configure("supervisor")
    try:
        asyncio.run(main(*sys.argv[1:]))
    except CannotStart as fault:
        sys.exit(str(fault))
