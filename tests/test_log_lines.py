"""Lines are whole, however many processes write at once, and quote no error."""

import subprocess
import sys

import orjson

from tests.households import environment

SPOKEN = """
import asyncio, logging, sys
from infra import log

class Counting:
    def __init__(self): self.writes = []
    def write(self, text): self.writes.append(text)
    def flush(self): pass

counting = sys.stderr = Counting()
log.configure("test")
try:
    raise ValueError("hemligt ord")
except ValueError as error:
    log.structlog.get_logger().error("ours.failed", exc_info=error)
    logging.getLogger("uvicorn.error").exception("Failed for %s\\nfuture: %r", "hemligt", error)
for text in counting.writes:
    print(text, end="")
print(len(counting.writes))
"""


def test_no_line_quotes_an_error_and_each_is_written_whole():
    done = subprocess.run(
        [sys.executable, "-c", SPOKEN],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    ours, library, writes = done.stdout.splitlines()
    assert "hemligt" not in done.stdout
    assert orjson.loads(ours)["error"] == "ValueError"
    said = orjson.loads(library)
    assert said["library"] == "uvicorn.error"
    assert said["error"] == "ValueError"
    assert said["process"] == "test"
    assert int(writes) == 2  # two processes on one stderr do not cut each other's lines
