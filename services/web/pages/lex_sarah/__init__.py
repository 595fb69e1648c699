"""Pages for misconduct: the board, the investigation, and the notification to IVO."""

from services.web.pages.lex_sarah import board, pack, saved

PARTS = (board, pack, saved)
