"""What the product itself wrote about the torment."""

import signal
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

# Each of these means that something was not mended by itself, or not told as it should be.
_NEVER: Final = frozenset(
    {
        "web.fault",
        "sweep.sent_again",
        "handler.quarantined",
        "handler.not_quarantined",
        "advisory.quarantined",
        "intake.quarantined",
        "intake.refused",
        "stream.letter_refused",
        "stream.closed",
    }
)


def summary(lines: Iterable[dict[str, Any]]) -> list[str]:
    """Count the lines above the everyday, by event."""
    counts = Counter(
        f"{line.get('process', '')} {line.get('event', '')} {line.get('of', '')}"
        for line in lines
        if line.get("level") not in (None, "info", "debug")
    )
    return [f"  {count:6} {what}" for what, count in counts.most_common(40)]


def complaints(lines: Iterable[dict[str, Any]]) -> list[str]:
    """Return what should never be said, and whatever is no line of a log at all."""
    every = list(lines)
    said = Counter(line["event"] for line in every if line.get("event") in _NEVER)
    # What migrate says to the operator is one; the rest would quote what people wrote.
    loose = [
        line for it in every if (line := it.get("unstructured", "")) and "Databasen" not in line
    ]
    told = [f"the log says {event} {count} times" for event, count in said.items()]
    told += [
        f"{line['name']} had to be stopped by force"
        for line in every
        if line.get("event") == "process.stopped" and line.get("exit_code") == -signal.SIGKILL
    ]
    return told + ([f"{len(loose)} loose lines, as: {loose[:3]}"] if loose else [])
