"""What should I do next: the open cases somebody reaches, in the order of their urgency."""

from services.queue.count import EVERYTHING, MOST, Counts, counted, newer
from services.queue.ended import last_ended
from services.queue.only import MINE, ONLY
from services.queue.page import BadCursor, QueueItem, QueuePage, page, these
from services.queue.wanted import Wanted

__all__ = [
    "EVERYTHING",
    "MINE",
    "MOST",
    "ONLY",
    "BadCursor",
    "Counts",
    "QueueItem",
    "QueuePage",
    "Wanted",
    "counted",
    "last_ended",
    "newer",
    "page",
    "these",
]
