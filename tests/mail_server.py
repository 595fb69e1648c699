"""A real SMTP server that keeps what it is given, and refuses what it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from infra.embedded import ports


class Mails:
    """What came in. `answers` are given to the next recipients instead of a yes."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.answers: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.url = ""

    @property
    def messages(self) -> list[EmailMessage]:
        return [_read(raw) for raw in self.raw]

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, to: str, ___: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answers and (said := self.answers.pop(0)):
            return said
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.raw.append(envelope.content)
        return "250 OK"

    def authenticate(self, *given: Any) -> AuthResult:
        proof = given[-1]
        assert isinstance(proof, LoginPassword)
        self.logins.append((proof.login.decode(), proof.password.decode()))
        return AuthResult(success=self.logins[-1] == ("åke@norrvik", "p:ss/ö"), handled=False)


@contextmanager
def mail_server(port: int | None = None, **options: Any) -> Iterator[Mails]:
    """Listen until the block ends; options are those of aiosmtpd's `Controller`."""
    mails = Mails()
    if options.get("auth_required"):
        options["authenticator"] = mails.authenticate
    controller = Controller(
        mails, hostname="127.0.0.1", port=port or ports.free_port(), **options
    )
    controller.start()
    mails.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield mails
    finally:
        controller.stop()


def _read(raw: bytes) -> EmailMessage:
    read = message_from_bytes(raw, policy=default)
    assert isinstance(read, EmailMessage)
    return read
