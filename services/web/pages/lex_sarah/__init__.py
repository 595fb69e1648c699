"""Pages for misconduct: the board, the investigation, and the notification to IVO."""

from typing import Final

from services.web.pages.lex_sarah import board, pack, saved

PARTS: Final = (board, pack, saved)
"""Each with a router of its own."""
