"""A receipt code: shown once, read however it is typed, worthless to who has the database."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from infra import clock
from infra.db import transaction
from infra.people import receipt_codes
from infra.vault import fingerprints
from tests.people import count, rows

SHOWN = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


async def test_a_code_is_eighty_bits_in_four_groups_that_cannot_be_misread(database):
    codes = [await receipt_codes.issue(uuid4()) for _ in range(5)]
    assert all(SHOWN.fullmatch(code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert 32**16 == 2**80
    assert len(receipt_codes._SYMBOLS) == 32


async def test_a_code_is_read_however_it_is_typed(database, monkeypatch):
    case_id = uuid4()
    monkeypatch.setattr(receipt_codes.secrets, "choice", _picks("0110ABCD0123WXYZ"))
    assert await receipt_codes.issue(case_id) == "0110-ABCD-0123-WXYZ"
    for typed in (
        "0110-ABCD-0123-WXYZ",
        "0110abcd0123wxyz",
        "  oilo abcd – OL23\twxyz ",
        "OIlo-abcd-0i23-WXYZ",
    ):
        found = await receipt_codes.find(typed)
        assert found is not None, typed
        assert found.case_id == case_id


def _picks(symbols):
    left = iter(symbols)
    return lambda _: next(left)


@pytest.mark.parametrize(
    "typed", ["", "-", "0110-ABCD-0123", "x" * 10_000, "\x00", "\ud800", "åäö", "U" * 16]
)
async def test_what_is_no_code_leads_nowhere_and_is_no_fault(database, typed):
    await receipt_codes.issue(uuid4())
    assert await receipt_codes.find(typed) is None


async def test_right_wrong_and_misspelt_are_stretched_alike(database, monkeypatch):
    code = await receipt_codes.issue(uuid4())
    stretched = []
    real = receipt_codes.passwords.stretched

    async def counted(secret, salt):
        stretched.append(len(salt))
        return await real(secret, salt)

    monkeypatch.setattr(receipt_codes.passwords, "stretched", counted)
    for typed in (code, "7K3M-Q9TX-2FHW-D8NP", "hej", ""):
        await receipt_codes.find(typed)
    assert stretched == [16] * 4


async def test_only_a_slow_salted_digest_is_kept(database):
    code = await receipt_codes.issue(uuid4())
    plain = code.replace("-", "").encode()
    [row] = await rows("SELECT digest, to_jsonb(r)::text FROM receipt_code r")
    assert len(row[0]) == 32
    assert code not in row[1]
    assert plain.hex() not in row[1]
    fingerprints.forget()  # another process of the installation finds it all the same
    assert await receipt_codes.find(code)
    async with transaction() as session:
        await session.execute(text("DELETE FROM secret"))
    fingerprints.forget()
    assert await receipt_codes.find(code) is None  # worthless without the installation's secret


async def test_a_new_code_replaces_the_earlier_one_of_the_case(database):
    case_id, other = uuid4(), uuid4()
    first, elses = await receipt_codes.issue(case_id), await receipt_codes.issue(other)
    second = await receipt_codes.issue(case_id)
    assert await receipt_codes.find(first) is None
    assert (await receipt_codes.find(second)).case_id == case_id
    assert (await receipt_codes.find(elses)).case_id == other
    assert await count("receipt_code") == 2


async def test_a_word_lets_the_code_live_on_and_an_old_word_takes_nothing_away(database):
    case_id = uuid4()
    code = await receipt_codes.issue(case_id)
    until = (await receipt_codes.find(code)).expires_at
    assert until - clock.now() > timedelta(days=364)
    ahead, behind = until + timedelta(days=1), clock.now() - timedelta(days=9)
    async with transaction() as session:
        await receipt_codes.extend(session, {case_id: ahead, uuid4(): ahead})
    assert (await receipt_codes.find(code)).expires_at == ahead + receipt_codes.LIVES
    async with transaction() as session:
        await receipt_codes.extend(session, {case_id: behind})
    assert (await receipt_codes.find(code)).expires_at == ahead + receipt_codes.LIVES


async def test_a_forgotten_case_has_no_code(database):
    case_id = uuid4()
    code = await receipt_codes.issue(case_id)
    async with transaction() as session:
        await receipt_codes.forget_case(session, case_id)
    assert await receipt_codes.find(code) is None
