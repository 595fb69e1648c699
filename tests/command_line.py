"""Runs `avvik …` as a person does: a process of its own, against the test's servers."""

import os
import subprocess
import sys


def avvik(*words, given=None, **environment):
    """Return the finished process; its words are in `stdout` and `stderr`."""
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )
