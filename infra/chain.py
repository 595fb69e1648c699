"""Binds each fact of a case to all before it, so that a change anywhere shows."""

from hashlib import sha256

import orjson

from events import Envelope

_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z


def start(envelope: Envelope) -> bytes:
    """Return what the first link of a case hangs on: the case's own id."""
    return sha256(envelope.case_id.bytes).digest()


def link(before: bytes, envelope: Envelope) -> bytes:
    """Return the hash (32 bytes) of a fact and of everything before it in its case."""
    told = [
        str(envelope.event_id),
        str(envelope.case_id),
        envelope.case_type,
        envelope.sequence,
        envelope.type,
        envelope.version,
        envelope.at,
        envelope.by,
        envelope.trace,
        envelope.body,
    ]
    return sha256(before + orjson.dumps(told, option=_CANONICAL)).digest()
