"""Every way to reach a person. A new one is a file and a line here."""

from typing import Final, Protocol

from services.notify.channels import mail


class Channel(Protocol):
    """A way to reach a person."""

    async def send(self, to: str, words: str, notice_id: int) -> None:
        """Deliver, or raise `Undeliverable` (never again) or anything else (try later)."""


CHANNELS: Final[dict[str, Channel]] = {"mail": mail.Mail()}
