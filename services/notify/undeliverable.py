"""What a channel says when trying again will not help."""


class Undeliverable(Exception):  # noqa: N818 - an answer of the channel
    """This will not get there, however often it is tried; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
