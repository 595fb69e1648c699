"""Pages for misconduct: the board, the investigation, and the notification to IVO."""
