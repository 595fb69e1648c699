"""E-mail over SMTP: one fixed sentence, the same as its subject, and nothing else."""

from email.message import EmailMessage
from email.utils import formatdate
from typing import Final
from urllib.parse import unquote

import aiosmtplib

from infra.faults import CannotStart
from infra.settings import settings
from services.notify.undeliverable import Undeliverable

_SECONDS: Final = 20.0
_PERMANENT: Final = 500
_PORTS: Final = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Mail:
    """Sends through the server in `AVVIK_SMTP_URL`."""

    async def send(self, to: str, words: str, notice_id: int) -> None:
        """Deliver to one address; a refusal of it for good (5xx) raises `Undeliverable`.

        A refusal of ourselves (login, sender, STARTTLS) is the operator's to mend: tried later.
        """
        url = settings().smtp_url
        if url is None:
            raise CannotStart("AVVIK_SMTP_URL saknas.")
        message = EmailMessage()
        message["From"] = settings().mail_from
        message["To"] = to
        message["Subject"] = words
        message["Date"] = formatdate()
        # The same id at every try, so that a mailbox can drop the second copy.
        message["Message-ID"] = f"<notice-{notice_id}@{settings().mail_from.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{words}\n")
        try:
            await aiosmtplib.send(
                message,
                hostname=url.host,
                port=url.port or _PORTS[url.scheme],
                username=url.username and unquote(url.username),
                password=url.password and unquote(url.password),
                use_tls=url.scheme == "smtps",
                start_tls=url.scheme == "smtp+starttls",
                timeout=_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(it.code >= _PERMANENT for it in error.recipients):
                raise Undeliverable("recipient_refused") from error
            raise
        except aiosmtplib.SMTPDataError as error:
            if error.code >= _PERMANENT:
                raise Undeliverable(f"smtp_{error.code}") from error
            raise
