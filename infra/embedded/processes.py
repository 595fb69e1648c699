"""Ends processes that are not our children, by who they are and never by name."""

import signal
import time
from collections.abc import Callable, Iterable

import psutil

from infra.embedded.program import Endings

_LOOK_AGAIN = 0.02


def alive(process: psutil.Process) -> bool:
    """Tell whether it still runs; a zombie nobody reaps, as in many containers, does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def matching(fits: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    """Return the living processes that fit; those we may not look into do not."""
    found = []
    for process in psutil.process_iter():
        try:
            if fits(process) and alive(process):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def end(processes: Iterable[psutil.Process], endings: Endings) -> None:
    """Send the signals in turn, each with its patience, until none is left."""
    left = list(processes)
    for number, patience in endings:
        for process in left:
            _send(process, number)
        left = wait(left, patience)


def wait(processes: list[psutil.Process], patience: float) -> list[psutil.Process]:
    """Return those that have not ended by themselves in the given seconds."""
    deadline = time.monotonic() + patience
    while (left := [one for one in processes if alive(one)]) and time.monotonic() < deadline:
        time.sleep(_LOOK_AGAIN)
    return left


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)  # psutil checks that the id was not given to another
    except psutil.NoSuchProcess:
        return
