"""Envelopes and tickets: who can open them, for how long, and what happens to a damaged one."""

import asyncio
from base64 import b64decode
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from infra import clock
from infra.db import transaction
from infra.people import tickets
from infra.tables import EnvelopeKey
from infra.vault import envelopes
from infra.vault.envelopes import EnvelopeBroken, PublicKey, newest, open_envelope, renew
from infra.vault.rotation import in_use, rotate
from services.intake.envelope import EnvelopeBody, by_our_clock, opened
from services.intake.form import ReportForm
from tests.conftest import NEW_KEY, OLD_KEY
from tests.people import STORY, count
from tests.sealing import sealed, written

JPEG = b"\xff\xd8\xff" + bytes(300)


async def body(report_id, **given):
    return EnvelopeBody.model_validate(await sealed(report_id, written(), **given))


async def test_what_a_phone_locked_opens_here_with_its_photos(database):
    report_id = uuid4()
    told = await opened(await body(report_id, ticket="t", photos=[JPEG, b"2"]), str(report_id))

    assert told.form.text == STORY
    assert told.form.source == "phone"
    assert told.ticket == "t"
    assert told.photos == [JPEG, b"2"]


async def test_processes_that_make_the_first_key_at_once_agree_on_it(database):
    made = await asyncio.gather(*(renew() for _ in range(4)))

    assert len({it.public for it in made}) == 1
    assert await count("envelope_key") == 1
    assert await newest() == made[0]


async def test_the_newest_key_is_handed_out_and_the_old_ones_still_open(database):
    first = await newest()
    report_id = uuid4()
    old = await body(report_id)

    second = await renew()

    assert await newest() == second != first
    assert old.kid == first.kid
    assert (await opened(old, str(report_id))).form.text == STORY
    assert await count("envelope_key") == 2


async def test_the_private_half_lies_sealed_and_moves_to_a_new_master_key(database, use_keys):
    use_keys(OLD_KEY)
    report_id = uuid4()
    old = await body(report_id)
    async with transaction() as session:
        [row] = (await session.scalars(select(EnvelopeKey))).all()
        assert row.sealed.startswith(b"\x01\x03old")
        assert b"PRIVATE" not in row.sealed

    use_keys(NEW_KEY, OLD_KEY)
    async with transaction() as session:
        assert await rotate(session, 10) == 1
        assert await in_use(session) == {"new": 1}
    use_keys(NEW_KEY)

    assert (await opened(old, str(report_id))).form.text == STORY


def _changed(one):
    return one[:-1] + bytes([one[-1] ^ 1])


DAMAGE = {
    "another key's name": {"kid": "k9"},
    "a changed key": {"key": _changed},
    "no key": {"key": b""},
    "a changed text": {"data": _changed},
    "another iv": {"iv": bytes(12)},
    "a short iv": {"iv": b"1"},
    "no text": {"data": b""},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_envelope_is_told_apart_and_never_opened(database, damage):
    report_id = uuid4()
    whole = await body(report_id)
    changes = {
        name: how(getattr(whole, name)) if callable(how) else how
        for name, how in damage.items()
    }
    with pytest.raises(EnvelopeBroken):
        await opened(whole.model_copy(update=changes), str(report_id))


async def test_an_envelope_is_bound_to_its_id_and_each_photo_to_its_place(database):
    report_id = uuid4()
    whole = await body(report_id, photos=[b"1", b"2"])
    with pytest.raises(EnvelopeBroken):
        await opened(whole, str(uuid4()))
    swapped = whole.model_copy(update={"photos": whole.photos[::-1]})
    with pytest.raises(EnvelopeBroken):
        await opened(swapped, str(report_id))


async def test_what_is_no_report_is_broken_and_a_bad_report_says_what_is_wrong(database):
    report_id = uuid4()
    for content in (b"", b"\xff\xfe", b"{", b"hej"):
        nonsense = EnvelopeBody.model_validate(await sealed(report_id, {}, content=content))
        with pytest.raises(EnvelopeBroken):
            await opened(nonsense, str(report_id))
    bad = EnvelopeBody.model_validate(await sealed(report_id, {"unit": "solrosen"}))
    with pytest.raises(ValidationError):
        await opened(bad, str(report_id))


async def test_a_parsed_key_is_not_taken_for_one_that_was_made_anew(database):
    lock = await newest()
    assert isinstance(lock, PublicKey)
    envelopes.forget()
    assert await newest() == lock
    with pytest.raises(EnvelopeBroken):
        await open_envelope(envelopes.Envelope("", b"", []), "")


def test_a_ticket_says_whose_it_is_for_thirty_days_and_names_nobody(use_keys):
    use_keys(OLD_KEY)
    somebody, now = uuid4(), clock.now()
    ticket = tickets.issue(somebody, now)

    assert tickets.holder(ticket, now) == somebody
    assert tickets.holder(ticket, now + timedelta(days=29)) == somebody
    assert tickets.holder(ticket, now + timedelta(days=31)) is None
    assert somebody.bytes not in b64decode(ticket, altchars=b"-_")
    assert tickets.issue(somebody, now) != ticket


def test_a_ticket_outlives_a_new_master_key_and_ends_with_its_own(use_keys):
    use_keys(OLD_KEY)
    somebody, now = uuid4(), clock.now()
    ticket = tickets.issue(somebody, now)

    use_keys(NEW_KEY, OLD_KEY)
    assert tickets.holder(ticket, now) == somebody
    use_keys(NEW_KEY)
    assert tickets.holder(ticket, now) is None


@pytest.mark.parametrize("forged", ["", "x", "AAAA", "å", "AQNvbGQ=", "A" * 5000])
def test_what_is_no_ticket_is_nobodys(use_keys, forged):
    use_keys(OLD_KEY)
    assert tickets.holder(forged, clock.now()) is None


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=400)])
def test_a_phone_whose_clock_is_ahead_tells_how_long_before_writing_it_happened(ahead):
    now = clock.now()
    written_at = now + ahead
    form = ReportForm(
        unit="solrosen",
        text=STORY,
        occurred_at=written_at - timedelta(hours=2),
        written_at=written_at,
    )
    assert by_our_clock(form, now) == now - timedelta(hours=2)
    assert by_our_clock(form, written_at) is None
