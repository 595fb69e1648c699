"""The vault: words go in encrypted, come out unchanged, and can be made to disappear."""

import asyncio
from base64 import b64encode
from random import sample
from uuid import uuid4

import pytest
from sqlalchemy import (
    LargeBinary,
    Text,
    cast,
    func,
    literal_column,
    select,
    table,
    text,
    update,
)

from infra import driver
from infra.db import transaction
from infra.tables import Account, Base, Quarantined, VaultItem, VaultKey
from infra.vault.case_keys import CaseErased, keys_of
from infra.vault.fingerprints import fingerprints
from infra.vault.keyring import SealBroken, keyring
from infra.vault.rotation import SEALED, in_use, rotate, still_under
from infra.vault.words import Words, erase_case, erase_item, keep_many, read, read_many

OLD_KEY = "old:" + b64encode(bytes(range(32))).decode()
NEW_KEY = "new:" + b64encode(bytes(range(32, 64))).decode()
MARK = "Greta föll vid sängen"


def words(case_id=None, text_=MARK, kind="story"):
    return Words(case_id or uuid4(), uuid4(), kind, text_)


async def everything(session):
    """Return every row of every table as text, and as the text of its bytes."""
    rows = []
    for name in Base.metadata.tables:
        every = select(cast(literal_column(f'"{name}"'), Text)).select_from(table(name))
        rows += (await session.scalars(every)).all()
    return "\n".join(rows)


def traces_of(mark, dump):
    return [form for form in (mark, mark.encode().hex()) if form in dump]


async def test_words_come_back_and_the_database_never_saw_them(database):
    kept = [words(), words(text_="")]
    async with transaction() as session:
        await keep_many(session, kept)
    async with transaction() as session:
        refs = [(item.case_id, item.item_id) for item in kept]
        assert await read_many(session, refs) == {item.item_id: item.text for item in kept}
        dump = await everything(session)
        assert str(kept[0].item_id) in dump
        assert not traces_of(MARK, dump)
    assert MARK not in repr(kept[0])


async def test_words_are_read_only_under_their_own_case(session):
    one, other = words(), words()
    await keep_many(session, [one, other])

    assert await read(session, other.case_id, [one.item_id, uuid4()]) == {}
    assert await read_many(session, []) == {}


@pytest.mark.parametrize("change", ["kind", "item", "case", "bytes"])
async def test_a_row_that_was_changed_or_moved_does_not_open(session, change):
    one = words()
    other = words(one.case_id if change == "item" else None)
    await keep_many(session, [one, other])
    sealed = select(VaultItem.sealed).where(VaultItem.item_id == other.item_id)
    values = {
        "kind": {"kind": "answer"},
        "item": {"sealed": sealed.scalar_subquery()},
        "case": {"case_id": other.case_id},
        "bytes": {"sealed": b"x" * 60},
    }[change]
    await session.execute(
        update(VaultItem).where(VaultItem.item_id == one.item_id).values(**values)
    )
    case_id = other.case_id if change == "case" else one.case_id

    with pytest.raises(SealBroken):
        await read(session, case_id, [one.item_id])


async def test_a_data_key_does_not_open_under_another_case(session):
    one, other = words(), words()
    await keep_many(session, [one, other])
    wrapped = select(VaultKey.wrapped).where(VaultKey.case_id == other.case_id)
    await session.execute(
        update(VaultKey)
        .where(VaultKey.case_id == one.case_id)
        .values(wrapped=wrapped.scalar_subquery())
    )

    with pytest.raises(SealBroken):
        await read(session, one.case_id, [one.item_id])


async def test_sixty_four_new_cases_cost_two_statements(session, monkeypatch):
    batch = [item for _ in range(64) for item in [words()]]
    batch += [words(item.case_id, "beror Greta", "about") for item in batch]
    await session.execute(text("SELECT 1"))
    statements = []

    def counted(do):
        async def count(session, query, *values):
            statements.append(query)
            return await do(session, query, *values)

        return count

    for name in ("fetch", "execute"):
        monkeypatch.setattr(driver, name, counted(getattr(driver, name)))
    await keep_many(session, batch)
    assert len(statements) == 2
    await keep_many(session, [words(item.case_id) for item in batch])
    assert len(statements) == 5
    assert await session.scalar(select(func.count()).select_from(VaultItem)) == 256


async def test_sending_again_changes_nothing(session):
    first = words()
    again = Words(first.case_id, first.item_id, "story", "något annat")
    await keep_many(session, [first])
    await keep_many(session, [again, again])
    await keep_many(session, [])

    assert await read(session, first.case_id, [first.item_id]) == {first.item_id: MARK}


async def test_an_erased_case_is_empty_and_takes_nothing_more(database):
    gone, stays = words(), words()
    async with transaction() as session:
        await keep_many(session, [gone, stays])
    async with transaction() as session:
        await erase_case(session, gone.case_id)
        await erase_case(session, gone.case_id)
    async with transaction() as session:
        refs = [(item.case_id, item.item_id) for item in (gone, stays)]
        assert await read_many(session, refs) == {gone.item_id: None, stays.item_id: MARK}
        row = await session.get_one(VaultKey, gone.case_id)
        assert (row.key_id, row.wrapped) == (None, None)
        assert row.erased_at is not None
        with pytest.raises(CaseErased) as refused:
            await keep_many(session, [words(stays.case_id), words(gone.case_id), words()])
        assert refused.value.case_ids == {gone.case_id}


async def test_a_case_can_be_erased_before_its_first_words(session):
    case_id = uuid4()
    await erase_case(session, case_id)

    with pytest.raises(CaseErased):
        await keep_many(session, [words(case_id)])


async def test_an_erasure_waits_for_words_on_their_way_and_takes_them_too(database):
    first = words()
    late = words(first.case_id)
    async with transaction() as session:
        await keep_many(session, [first])

    async def erase():
        async with transaction() as session:
            await erase_case(session, first.case_id)

    async with transaction() as session:
        await keep_many(session, [late])
        erasing = asyncio.create_task(erase())
        await asyncio.sleep(0.2)
        assert not erasing.done()
    await erasing
    async with transaction() as session:
        assert await read(session, first.case_id, [late.item_id]) == {late.item_id: None}


async def test_those_who_open_the_same_cases_at_once_share_keys_and_never_deadlock(database):
    async def opened(cases):
        async with transaction() as session:
            return await keys_of(session, cases)

    for _ in range(6):
        cases = [uuid4() for _ in range(200)]
        first, *others = await asyncio.gather(*(opened(sample(cases, 200)) for _ in range(4)))
        assert all(first == other for other in others)


async def test_one_item_can_be_erased_and_stays_erased(session):
    one = words()
    other = words(one.case_id)
    await keep_many(session, [one, other])
    await erase_item(session, one.item_id)
    await keep_many(session, [one])

    expected = {one.item_id: None, other.item_id: MARK}
    assert await read(session, one.case_id, [one.item_id, other.item_id]) == expected


async def test_rotation_moves_everything_and_then_the_old_key_may_go(session, use_keys):
    use_keys(OLD_KEY)
    kept = [words() for _ in range(5)]
    erased = words()
    await keep_many(session, [*kept, erased])
    await erase_case(session, erased.case_id)
    digest = (await fingerprints(session)).digest("report", b"x")
    session.add(
        Account(
            account_id=uuid4(), login="ada", title="",
            sealed_name=keyring().seal(b"Ada", b"n"), sealed_email=keyring().seal(b"a@b", b"e"),
        )
    )  # fmt: skip
    session.add(
        Quarantined(consumer="c", reason="r", tries=1, sealed=keyring().seal(b"msg", b"q"))
    )
    session.add(Quarantined(consumer="c", reason="r", tries=1))
    await session.flush()
    assert await rotate(session, 100) == 0
    assert await in_use(session) == {"old": 9}

    use_keys(NEW_KEY, OLD_KEY)
    assert await rotate(session, 3) == 3
    assert await still_under(session, "old") == 6
    assert await rotate(session, 4) == 4
    assert await rotate(session, 4) == 2
    assert await rotate(session, 4) == 0
    assert await in_use(session) == {"new": 9}

    use_keys(NEW_KEY)
    refs = [(item.case_id, item.item_id) for item in kept]
    assert set((await read_many(session, refs)).values()) == {MARK}
    assert (await fingerprints(session)).digest("report", b"x") == digest
    session.expire_all()
    account = (await session.scalars(select(Account))).one()
    assert keyring().open(account.sealed_name, b"n") == b"Ada"


def test_every_sealed_column_is_rotated_or_hangs_under_a_case_key():
    forgotten = {
        (each.name, column.name)
        for each in Base.metadata.tables.values()
        for column in each.columns
        if isinstance(column.type, LargeBinary) and column.name.startswith("sealed")
        if not any(key.column.table.name == "vault_key" for key in each.foreign_keys)
    } - set(SEALED)

    assert not forgotten


async def test_a_fingerprint_tells_contents_and_purposes_apart(session):
    prints = await fingerprints(session)
    same = await fingerprints(session)

    assert prints.digest("report", b"x") == same.digest("report", b"x")
    assert len({prints.digest(p, d) for p in ("report", "mail") for d in (b"x", b"y")}) == 4
    assert "_secret" not in repr(prints)


async def test_two_processes_that_start_at_once_agree_on_the_secret(database):
    async def load():
        async with transaction() as session:
            return (await fingerprints(session)).digest("report", b"x")

    assert len(set(await asyncio.gather(*(load() for _ in range(5))))) == 1
