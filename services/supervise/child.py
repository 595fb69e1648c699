"""Keeps one process alive."""

import asyncio
import signal
from collections.abc import Callable

import structlog

from infra.embedded.program import Program
from infra.faults import CannotStart

_log = structlog.get_logger()

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_SOUND_AFTER = 10.0  # seconds alive before a death counts as the first again
_LARGEST_LOG = 10_000_000
_CANNOT_START = 2
_STDERR = 2  # our own stdout is for the answer to who started us, such as `demo --json`

Noted = Callable[[str, int], None]


class Child:
    """One program, started again with growing pauses whenever it dies."""

    def __init__(self, program: Program, noted: Noted, settled: asyncio.Event) -> None:
        self.name = program.name
        self._program = program
        self._noted = noted
        self._settled = settled
        self._stopping = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self.task = asyncio.create_task(self._keep(), name=program.name)

    async def stop(self) -> None:
        """End the process, politely first; none is started after this."""
        self._stopping.set()
        for number, patience in self._program.endings:
            self._send(number)
            done, _ = await asyncio.wait({self.task}, timeout=patience)
            if done:
                return

    async def _keep(self) -> None:
        clock = asyncio.get_running_loop().time
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            began = clock()
            await self._live_once()
            if clock() - began > _SOUND_AFTER:
                pause = _FIRST_PAUSE
            await _sleep_unless(self._stopping, pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _live_once(self) -> None:
        try:
            await asyncio.to_thread(self._program.before_start)
            self._process = await spawn(self._program)
        except OSError as error:  # no memory, no process ids: it may pass
            _log.warning("process.unstartable", name=self.name, reason=error.strerror)
            return
        pid = self._process.pid
        self._noted(self.name, pid)
        _log.info("process.started", name=self.name, pid=pid)
        if self._stopping.is_set():  # told while we were spawning, with no one to tell
            self._send(self._program.endings[0][0])
        code = await self._process.wait()
        if self._stopping.is_set():
            _log.info("process.stopped", name=self.name, pid=pid, exit_code=code)
            return
        _log.warning("process.died", name=self.name, pid=pid, exit_code=code)
        if code == _CANNOT_START and not self._settled.is_set():
            # It has said why on stderr, and would say so for ever.
            raise CannotStart(f"Avvik startade inte, eftersom {self.name} inte kunde starta.")

    def _send(self, number: signal.Signals) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(number)


async def run_once(program: Program, noted: Noted) -> int:
    """Run the program to its end and return its exit code; ends it when we are cancelled."""
    process = await spawn(program)
    noted(program.name, process.pid)
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def spawn(program: Program) -> asyncio.subprocess.Process:
    """Start the program in a session of its own: Ctrl-C at the desk is for us to pass on."""
    log = None
    if program.log:
        if program.log.exists() and program.log.stat().st_size > _LARGEST_LOG:
            program.log.replace(program.log.with_suffix(".log.1"))
        log = program.log.open("ab")
    try:
        return await asyncio.create_subprocess_exec(
            *program.leashed(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log or _STDERR,
            stderr=log,
            env=program.environment,
            cwd=program.directory,
            start_new_session=True,
        )
    finally:
        if log:
            log.close()


async def _sleep_unless(event: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when the event is set."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
