"""A phone's envelope, opened: the report in it, who wrote it, and the photos."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import (
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from events import Source
from infra.vault.envelopes import Envelope, EnvelopeBroken, Locked, open_envelope
from services.intake.form import ReportForm

MOST_PHOTOS: Final = 3
_Short = Annotated[str, StringConstraints(max_length=100)]


class LockedPart(BaseModel):
    """Something locked under the envelope's key (AES-256-GCM), in base64."""

    model_config = ConfigDict(extra="forbid")

    iv: Base64Bytes
    data: Base64Bytes


class EnvelopeBody(LockedPart):
    """An envelope as a phone sends it.

    `key` is locked with our public key `kid`; `data` is the report, bound to its id, and each
    photo to the id and its place. `claim` says: whoever is logged in here wrote it.
    """

    kid: _Short
    key: Base64Bytes
    photos: list[LockedPart] = Field(default=[], max_length=MOST_PHOTOS)
    claim: bool = False


class InEnvelope(BaseModel):
    """What a phone has locked: the report, and the ticket of who wrote it, if anybody said."""

    form: ReportForm
    ticket: Annotated[str, StringConstraints(max_length=1000)] | None = None


class Opened(BaseModel):
    """The content of an envelope, checked, with its photos."""

    form: ReportForm
    ticket: str | None
    photos: list[bytes] = Field(repr=False)


async def opened(body: EnvelopeBody, bound_to: str) -> Opened:
    """Open an envelope.

    Raises `EnvelopeBroken`, or `ValidationError` for a report that nobody could have written on
    our page: it checks the same before it locks.
    """
    parts = [Locked("", body.iv, body.data)]
    parts += [Locked(f" {n}", it.iv, it.data) for n, it in enumerate(body.photos, start=1)]
    told, *photos = await open_envelope(Envelope(body.kid, body.key, parts), bound_to)
    try:
        inside = InEnvelope.model_validate_json(told)
    except ValidationError as error:
        if any(it["type"] == "json_invalid" for it in error.errors(include_input=False)):
            raise EnvelopeBroken("no report in it") from None
        raise
    form = inside.form.model_copy(update={"source": Source.PHONE})
    return Opened(form=form, ticket=inside.ticket, photos=photos)


def by_our_clock(form: ReportForm, now: datetime) -> datetime | None:
    """Return when it happened where the phone's clock is ahead of ours, None where it is not.

    A report is never refused for its phone's clock: it happened as long before it was written
    as the phone says, and it was written no later than now.
    """
    if form.occurred_at is None or form.occurred_at <= now:
        return None
    written = form.written_at or form.occurred_at
    try:
        return min(now, now - (written - form.occurred_at))
    except OverflowError:  # millennia apart: nothing in it tells when
        return now
