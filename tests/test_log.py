import subprocess
import sys

import orjson

from tests.households import environment

SPOKEN = """
import io, logging, sys
from infra import log

class Raw(io.RawIOBase):
    writes = []
    def writable(self): return True
    def write(self, data):
        self.writes.append(bytes(data))
        return len(data)

sys.stderr = io.TextIOWrapper(io.BufferedWriter(Raw()), line_buffering=True)
log.configure("test")
try:
    raise ValueError("hemligt ord")
except ValueError as error:
    log.structlog.get_logger().error("ours.failed", exc_info=error)
    logging.getLogger("uvicorn.error").exception("Failed for %s\\nfuture: %r", "hemligt", error)
for data in Raw.writes:
    print(data.decode(), end="")
print(len(Raw.writes))
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
    assert said["logger"] == "uvicorn.error"
    assert said["says"] == "Failed for %s"
    assert said["error"] == "ValueError"
    assert said["process"] == "test"
    assert int(writes) == 2  # two processes on one stderr do not cut each other's lines
