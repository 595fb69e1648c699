"""Makes a new PostgreSQL cluster, all of it or nothing."""

import secrets
import shutil
import subprocess
from pathlib import Path

from infra.embedded import private_file
from infra.embedded.owner import Account
from infra.embedded.pg_binaries import Binaries
from infra.faults import CannotStart

# Nothing else of ours: the server has no use for the keys and addresses we were started with.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}

_BRINGS_ITS_OWN_LOCALE = 17


def make(pgdata: Path, binaries: Binaries, password: str, account: Account | None) -> None:
    """Make it under another name and rename it last: a kill leaves nothing half made."""
    home = pgdata.parent
    for left_over in home.glob("new-*"):
        shutil.rmtree(left_over, ignore_errors=True)  # its initdb may still be writing
    new = home / f"new-{secrets.token_hex(4)}"
    new.mkdir(mode=0o700)
    draft, secret = new / "pgdata", new / "password"
    private_file.write(secret, password)
    if account:
        account.take(new)
    words = ["-D", str(draft), "-U", "postgres", f"--pwfile={secret}", "--auth=scram-sha-256"]
    words += ["--data-checksums", "--no-instructions", *_locale(binaries)]
    _run([binaries.path("initdb"), *words], home, account)
    # In single-user mode, so that a cluster which has its name has its database too.
    single = [binaries.path("postgres"), "--single", "-D", str(draft), "postgres"]
    _run(single, home, account, said="CREATE DATABASE avvik\n")
    draft.rename(pgdata)
    private_file.sync_directory(home)
    shutil.rmtree(new)


def _locale(binaries: Binaries) -> list[str]:
    """Ask for C.UTF-8, from PostgreSQL itself where it has it: libc changes its mind."""
    if binaries.major < _BRINGS_ITS_OWN_LOCALE:
        return ["--encoding=UTF8", "--locale=C.UTF-8"]
    words = "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
    return words.split()


def _run(command: list[str], home: Path, account: Account | None, said: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - programs of a package we installed
        command,
        input=said,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        cwd=home,
        start_new_session=True,  # Ctrl-C is for us; half a second later it is done
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"kod {done.returncode}"])[-1]
        raise CannotStart(f"PostgreSQL kunde inte skapa sin databas: {reason}")
