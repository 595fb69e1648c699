"""Envelopes as a phone makes them."""

import os
from base64 import b64encode
from functools import cache
from uuid import uuid4

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy.dialects.postgresql import insert

from infra import clock
from infra.db import transaction
from infra.tables import EnvelopeKey
from infra.vault import envelopes
from infra.vault.envelopes import PublicKey, newest
from infra.vault.keyring import keyring
from tests.people import STORY, rows

OURS = {"Sec-Fetch-Site": "same-origin"}
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


_pair = cache(envelopes._make)
"""Made once a process: it takes a second, and the database of every test is new."""


async def a_lock() -> PublicKey:
    """Return the key that phones lock with, laid into an empty database."""
    public, private = _pair()
    async with transaction() as session:
        kept = {
            "kid": "k1",
            "public": public,
            "sealed": keyring().seal(private, envelopes._context("k1")),
            "created_at": clock.now(),
        }
        await session.execute(insert(EnvelopeKey).values(kept).on_conflict_do_nothing())
    return await newest()


async def sealed(report_id, form, *, ticket=None, photos=(), lock=None, content=None):
    """Lock a report for the municipality; return what is sent."""
    lock = lock or await a_lock()
    own = AESGCM.generate_key(256)

    def part(plain, name):
        iv = os.urandom(12)
        data = AESGCM(own).encrypt(iv, plain, f"{report_id}{name}".encode())
        return {"iv": b64encode(iv).decode(), "data": b64encode(data).decode()}

    inside = {"form": form} | ({"ticket": ticket} if ticket else {})
    key = load_der_public_key(lock.public).encrypt(own, _OAEP)
    return {
        "kid": lock.kid,
        "key": b64encode(key).decode(),
        **part(orjson.dumps(inside) if content is None else content, ""),
        "photos": [part(it, f" {n}") for n, it in enumerate(photos, start=1)],
    }


def written(**form):
    """Return a report as the phone's page writes it."""
    return {"unit": "solrosen", "text": STORY, "harm": "near_miss", "category": "larm"} | form


async def send(town, body, report_id=None, *, anonymous=False, token="", headers=None):
    """Send an envelope as a page of ours does, with the session of whoever has the phone."""
    cookie = {"Cookie": f"avvik={token}"} if token else {}
    path = f"/kuvert/{'anonym/' if anonymous else ''}{report_id or uuid4()}"
    return await town.client.post(path, json=body, headers=OURS | cookie | (headers or {}))


async def reporter_of(case_id):
    """Return whose report a case began with, None for nobody's."""
    query = "SELECT body->>'reporter' FROM event WHERE case_id = :id AND sequence = 1"
    [[by]] = await rows(query, id=case_id)
    return by
