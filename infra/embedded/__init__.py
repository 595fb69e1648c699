"""The servers Avvik brings along, so that one command is enough to run it."""
