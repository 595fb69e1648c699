"""The form a fact has on the stream: CloudEvents 1.0, structured JSON mode."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from events.base import Code, Envelope

SOURCE: Final = "/avvik"
CONTENT_TYPE: Final = "application/cloudevents+json"
_FAMILY: Final = "se.avvik."


class Unreadable(ValueError):  # noqa: N818 - an answer, not a crash
    """These bytes are not one of our facts. Never says what they are: they may hold a story."""


class CloudEvent(BaseModel):
    """A fact as every consumer sees it. Attributes we do not know are passed over.

    `subject` is the case. The extensions are `casetype`, `sequence` (the registered extension:
    a string that sorts as the number does), `actor`, `traceparent` (W3C) and `chain`.
    """

    model_config = ConfigDict(frozen=True)

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str = SOURCE
    type: Annotated[str, StringConstraints(pattern=r"^se\.avvik\..+\.v[0-9]+$")]
    subject: UUID
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    casetype: Code
    sequence: Annotated[str, StringConstraints(pattern=r"^[0-9]{10,}$")]
    actor: str
    traceparent: Annotated[str, StringConstraints(pattern=r"^00-[^-]+-[^-]+-01$")] | None = None
    chain: str = ""
    data: dict[str, object]


def pack(
    *,
    event_id: UUID,
    case_id: UUID,
    case_type: str,
    sequence: int,
    type: str,  # noqa: A002 - the envelope's own word
    version: int,
    at: datetime,
    by: str,
    trace: str,
    chain: str,
    body: dict[str, object] | orjson.Fragment,
) -> bytes:
    """Write a fact from its parts; a body that already is JSON goes in as it is."""
    written: dict[str, object] = {
        "specversion": "1.0",
        "id": str(event_id),  # a driver's own UUID class is no UUID to orjson
        "source": SOURCE,
        "type": f"{_FAMILY}{type}.v{version}",
        "subject": str(case_id),
        "time": at,
        "datacontenttype": "application/json",
        "casetype": case_type,
        "sequence": f"{sequence:010d}",
        "actor": by,
        "data": body,
    }
    # An attribute without a value is left out: the spec knows no empty ones.
    if trace:
        written["traceparent"] = f"00-{trace}-{event_id.hex[16:]}-01"
    if chain:
        written["chain"] = chain
    return orjson.dumps(written)


def encode(envelope: Envelope) -> bytes:
    """Write a fact; `decode` gives the same envelope back."""
    return pack(
        event_id=envelope.event_id,
        case_id=envelope.case_id,
        case_type=envelope.case_type,
        sequence=envelope.sequence,
        type=envelope.type,
        version=envelope.version,
        at=envelope.at,
        by=envelope.by,
        trace=envelope.trace,
        chain=envelope.chain,
        body=envelope.body,
    )


def decode(written: bytes) -> Envelope:
    """Read a fact, or raise `Unreadable`."""
    try:
        read = CloudEvent.model_validate_json(written)
        kind, _, version = read.type.removeprefix(_FAMILY).rpartition(".v")
        # Checked just now, attribute by attribute.
        return Envelope.trusted(
            event_id=read.id,
            case_id=read.subject,
            case_type=read.casetype,
            sequence=int(read.sequence),
            type=kind,
            version=int(version),
            at=read.time,
            by=read.actor,
            trace=read.traceparent.split("-")[1] if read.traceparent else "",
            body=read.data,
            chain=read.chain,
        )
    except ValidationError:
        # Not chained: the error quotes what it could not read.
        raise Unreadable("not a fact of ours") from None


def event_name(kind: str) -> str:
    """Return the last token of the subject: what comes after `case.` in the stored name."""
    return (kind.partition(".")[2] or kind).replace(".", "-")


def subject_of(case_type: str, case_id: UUID, kind: str) -> str:
    """Return where a fact is published; always four tokens, so that filters can count on it."""
    return f"case.{case_type.replace('.', '-')}.{case_id}.{event_name(kind)}"


def subject(envelope: Envelope) -> str:
    """Return where this fact is published: `case.<case type>.<case id>.<event>`."""
    return subject_of(envelope.case_type, envelope.case_id, envelope.type)
