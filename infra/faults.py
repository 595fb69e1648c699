"""What stops a start: said in one plain Swedish sentence, exit code 2."""


class CannotStart(Exception):  # noqa: N818 - a sentence to the operator, not a crash
    """The installation cannot run as asked; the message tells a person what to do about it."""
