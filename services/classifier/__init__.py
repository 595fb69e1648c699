"""The classifier at work: which model is used, and which reports tell of the same event."""
