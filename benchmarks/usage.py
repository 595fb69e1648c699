"""What processes cost: CPU time and memory of whole trees."""

import psutil


def trees(roots: list[int]) -> list[psutil.Process]:
    """Return these processes and all that descends from them."""
    found: dict[int, psutil.Process] = {}
    for pid in roots:
        root = psutil.Process(pid)
        for one in (root, *root.children(recursive=True)):
            found[one.pid] = one
    return list(found.values())


def cpu_seconds(roots: list[int]) -> dict[str, float]:
    """Return the CPU time so far by what runs, children that have ended included."""
    spent: dict[str, float] = {}
    for one in trees(roots):
        try:
            times, name = one.cpu_times(), _name(one)
        except psutil.NoSuchProcess:
            continue
        own = times.user + times.system + times.children_user + times.children_system
        spent[name] = spent.get(name, 0.0) + own
    return spent


def memory_mb(roots: list[int]) -> float:
    """Return resident memory in MB; pages that processes share are counted once (PSS)."""
    total = 0
    for one in trees(roots):
        try:
            total += one.memory_full_info().pss
        except (psutil.NoSuchProcess, AttributeError):
            continue
    return total / 1e6


def _name(one: psutil.Process) -> str:
    if one.name() in {"postgres", "nats-server"}:
        return one.name()
    words = one.cmdline()
    return words[-1] if "services.cli" in words else " ".join(words[-2:])[-20:]
