"""Which account PostgreSQL runs under, since it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.faults import CannotStart

# An account of our own is best: what `nobody` owns, every other service run as it can read.
_CANDIDATES = ("avvik", "nobody")


@dataclass(frozen=True)
class Account:
    """An unprivileged user of this machine."""

    name: str
    uid: int
    gid: int

    def reaches(self, directory: Path) -> bool:
        """Ask the kernel, as that user: modes alone do not tell of access lists and mounts."""
        attempt = subprocess.run(  # noqa: S603 - our own words, no shell reads the path
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
        return attempt.returncode == 0

    def take(self, directory: Path) -> None:
        """Own the directory with all that is in it, as after a copy made by root."""
        for parent, _, files in os.walk(directory):
            for path in (parent, *(f"{parent}/{file}" for file in files)):
                if os.lstat(path).st_uid != self.uid:
                    os.chown(path, self.uid, self.gid, follow_symlinks=False)


def unprivileged() -> Account | None:
    """Return the account to step down to, or nothing when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL kan inte köras som root. Skapa ett systemkonto som heter avvik "
        "eller starta Avvik som en vanlig användare."
    )
