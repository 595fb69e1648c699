"""Finds a Chromium, or installs Debian's where we may: `python -m tests.browser.find_chromium`.

Uses the standard library only, so that it can run while the rest is being installed.
"""

import os
import shutil
import subprocess
import sys
from typing import Final

NAMES: Final = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
# DejaVu draws Swedish and Arabic, Liberation is what pages get that ask for Arial.
PACKAGES: Final = ("chromium", "fonts-dejavu-core", "fonts-liberation")
HOW: Final = "Install Debian's chromium as root, or name one in TEST_CHROMIUM"


def found() -> str | None:
    """Return the program that TEST_CHROMIUM names, else the first there is, else None."""
    named = os.environ.get("TEST_CHROMIUM")
    there = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((path for path in there if path and _answers(path)), None)


def required() -> bool:
    """Tell whether a missing Chromium is an error: BROWSER_TESTS=required."""
    return os.environ.get("BROWSER_TESTS") == "required"


def _answers(path: str) -> bool:
    # Some systems have a stub of that name which only says that it must be installed.
    asked = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    return asked.returncode == 0


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "-qq", "--no-install-recommends", *PACKAGES)
    for command in (("apt-get", "update", "-qq"), install):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, check=False, timeout=600
        )
        if done.returncode:
            sys.stderr.write(f"{' '.join(command)} ended with {done.returncode}\n")
            return


def _main() -> int:
    may = os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("TEST_CHROMIUM")
    if may and not found():
        sys.stderr.write("No Chromium here: installing Debian's.\n")
        _install()
    if found():
        return 0
    sys.stderr.write(f"No Chromium: the browser tests can't run. {HOW}.\n")
    return 1 if required() else 0


if __name__ == "__main__":
    sys.exit(_main())
