"""Who gets in, as what, for how long, and what a guesser learns."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Text, cast, func, literal_column, select, table, update

from events import OwnerType
from events.vocabulary import Role
from infra.db import transaction
from infra.people import accounts as people
from infra.people import identity, passwords, tokens
from infra.people.accounts import PersonRefused, Recipient
from infra.people.identity import actor_of_token, forget_actors
from infra.people.logins import MOST_FAILURES, LoginRefused, Why, login
from infra.people.recent import Recent
from infra.people.units import UnitData, keep_unit, unit_of, units
from infra.tables import Account, ApiToken, LoginFailure

GOOD = "rätt häst batteri"


@pytest.fixture(autouse=True)
def forgetful():
    forget_actors()
    yield
    forget_actors()


async def settle(session):
    """Add two units and Ada, who can log in."""
    for code in ("solrosen", "bjorken"):
        await keep_unit(session, UnitData(code, code.title(), "home_care", OwnerType.IN_HOUSE))
    return await people.create_account(
        session, "Ada", "Ada Lovelace", email="ada@example.org", title="chef", password=GOOD
    )


async def try_login(name="ada", password=GOOD):
    async with transaction() as session:
        return await login(session, name, password)


async def test_a_token_tells_who_and_as_what(session):
    ada = await settle(session)
    await people.grant(session, ada, Role.UNIT_MANAGER, "solrosen")
    await people.grant(session, ada, Role.UNIT_MANAGER, "bjorken")
    await people.grant(session, ada, Role.SAS)
    await people.grant(session, ada, Role.SAS, "solrosen")
    token = await tokens.issue(session, ada, "test")

    actor = await actor_of_token(session, token)
    assert (actor.account_id, actor.login) == (ada, "ada")
    assert actor.units(Role.UNIT_MANAGER) == {"solrosen", "bjorken"}
    assert actor.units(Role.SAS) is None
    assert actor.units(Role.MAS) == frozenset()
    assert actor.has(Role.SAS)
    assert not actor.has(Role.MAS)
    assert actor.has_in(Role.SAS, "anywhere")
    assert not actor.has_in(Role.UNIT_MANAGER, "anywhere")
    with pytest.raises(TypeError):
        actor.roles[Role.ADMIN] = None


async def test_someone_without_a_role_is_still_somebody(session):
    token = await tokens.issue(session, await settle(session), "test")

    assert (await actor_of_token(session, token)).roles == {}


@pytest.mark.parametrize("wrong", ["", "avk_", "avk_" + "a" * 43, "Bearer avk_x", "avk_\ud800"])
async def test_a_wrong_token_is_nobody(session, wrong):
    assert await actor_of_token(session, wrong) is None


async def test_a_token_is_long_and_random_and_only_its_digest_is_kept(session):
    ada = await settle(session)
    made = {await tokens.issue(session, ada, "test") for _ in range(3)}

    assert len(made) == 3
    assert {len(token) for token in made} == {47}
    kept = set(await session.scalars(select(ApiToken.digest)))
    assert kept == {tokens.digest_of(token) for token in made}


@pytest.mark.parametrize("end", ["revoke", "revoke_this", "revoke_all", "expire", "close"])
async def test_a_token_that_has_ended_opens_nothing(session, end):
    ada = await settle(session)
    token = await tokens.issue(session, ada, "test", lives=timedelta(hours=1))
    assert await actor_of_token(session, token) is not None
    (listed,) = await tokens.tokens_of(session, ada)
    if end == "revoke":
        await tokens.revoke(session, listed.token_id)
    elif end == "revoke_this":
        await tokens.revoke_this(session, token)
    elif end == "revoke_all":
        await tokens.revoke_all(session, ada)
    elif end == "expire":
        await session.execute(update(ApiToken).values(expires_at=func.now()))
    else:
        await session.execute(update(Account).values(active=False))

    assert await actor_of_token(session, token) is not None, "remembered"
    forget_actors()
    assert await actor_of_token(session, token) is None


async def test_a_revoked_token_is_remembered_five_seconds_and_no_more(session, monkeypatch):
    ada = await settle(session)
    token = await tokens.issue(session, ada, "test")
    clock = [1000.0]
    monkeypatch.setattr("infra.people.recent.time.monotonic", lambda: clock[0])
    await actor_of_token(session, token)
    await tokens.revoke_all(session, ada)

    clock[0] += identity.REMEMBERED_SECONDS - 0.1
    assert await actor_of_token(session, token) is not None
    clock[0] += 0.2
    assert await actor_of_token(session, token) is None


def test_the_memory_never_outgrows_its_limit():
    recent = Recent(2, 60)
    for key in "aba":
        recent.put(key, key)
    recent.put("c", "c")

    assert [recent.get(key) for key in "abc"] == ["a", None, "c"]


async def test_the_right_password_gives_a_token_for_twelve_hours(database):
    async with transaction() as session:
        ada = await settle(session)
    token = await try_login(" ADA ")
    async with transaction() as session:
        assert (await actor_of_token(session, token)).account_id == ada
        (listed,) = await tokens.tokens_of(session, ada)
        assert listed.expires_at - listed.created_at == timedelta(hours=12)


async def test_expired_logins_are_swept_at_the_next_one(database):
    async with transaction() as session:
        ada = await settle(session)
    await try_login()
    async with transaction() as session:
        await session.execute(
            update(ApiToken).values(expires_at=func.now() - timedelta(seconds=1))
        )
    await try_login()
    async with transaction() as session:
        assert len(await tokens.tokens_of(session, ada)) == 1


async def test_five_failures_close_a_login_until_the_first_is_old(database):
    async with transaction() as session:
        await settle(session)
    for _ in range(MOST_FAILURES):
        refused = await try_login(password="fel")
        assert refused == LoginRefused(Why.WRONG, "Fel användarnamn eller lösenord.")
    refused = await try_login()
    assert refused.code is Why.TOO_MANY
    assert refused.message == "För många försök. Vänta 15 minuter och försök igen."
    assert 890 < refused.retry_after <= 900

    async with transaction() as session:
        oldest = select(func.min(LoginFailure.failure_id)).scalar_subquery()
        await session.execute(
            update(LoginFailure)
            .where(LoginFailure.failure_id == oldest)
            .values(at=func.now() - timedelta(minutes=16))
        )
    assert isinstance(await try_login(), str)
    async with transaction() as session:
        left = select(func.count()).select_from(LoginFailure)
        assert await session.scalar(left) == 0


async def test_an_unknown_login_is_closed_the_same_way(database):
    answers = [await try_login("nobody", "fel") for _ in range(MOST_FAILURES + 1)]

    assert [answer.code for answer in answers] == [Why.WRONG] * 5 + [Why.TOO_MANY]


async def test_guesses_at_the_same_time_are_not_let_past_the_count(database):
    async with transaction() as session:
        await settle(session)
    tried = []
    real = passwords.matches

    async def matches(kept, password):
        tried.append(password)
        return await real(kept, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "matches", matches)
        for _ in range(4):
            await asyncio.gather(*(try_login(password=f"gissning {n}") for n in range(12)))
    assert len(tried) <= MOST_FAILURES


@pytest.mark.parametrize("kind", ["unknown", "closed", "without", "wrong"])
async def test_every_no_costs_one_whole_verification_and_says_the_same(
    database, monkeypatch, kind
):
    async with transaction() as session:
        ada = await settle(session)
        if kind == "closed":
            await people.change_account(session, ada, active=False)
        if kind == "without":
            await people.change_account(session, ada, password=None)
    verified = []
    real = passwords._verified
    monkeypatch.setattr(
        passwords, "_verified", lambda *given: verified.append(given) or real(*given)
    )
    answer = await try_login("nobody" if kind == "unknown" else "ada", "fel lösenord helt")

    assert answer == LoginRefused(Why.WRONG, "Fel användarnamn eller lösenord.")
    assert [kept is None for kept, _ in verified] == [kind != "wrong"]


async def test_an_unknown_login_costs_the_same_work_as_a_known_one(database, monkeypatch):
    kept, hasher, work = await passwords.hashed(GOOD), passwords._HASHER, []

    class Counting:
        hash = hasher.hash

        def verify(self, hashed, password):
            work.append(hashed.split("$")[3])  # the parameters say how much work it is
            return hasher.verify(hashed, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for of in (kept, None):
        assert not await passwords.matches(of, "fel")

    assert len(work) == 2
    assert len(set(work)) == 1
    assert not await passwords.matches(None, "nobody chose this")


async def test_a_hash_with_old_parameters_is_renewed_at_login(database):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=1024).hash("kort")
    async with transaction() as session:
        ada = await settle(session)
        await session.execute(update(Account).values(password_hash=weak))
    assert isinstance(await try_login(password="kort"), str)
    async with transaction() as session:
        kept = (await session.get_one(Account, ada)).password_hash
    assert kept != weak
    assert not passwords.is_outdated(kept)
    assert isinstance(await try_login(password="kort"), str)


@pytest.mark.parametrize("name", ["\x00", "\ud800", "", "a" * 10_000, "'; DROP TABLE account"])
async def test_an_odd_login_is_only_wrong(database, name):
    assert (await try_login(name, "\ud800\x00")).code is Why.WRONG


async def test_a_ring_is_a_ring_however_it_is_typed(database):
    async with transaction() as session:
        await people.create_account(session, "åsa", "Åsa", password="lösenord på åtta")
    assert isinstance(await try_login("A\u030asa", "lo\u0308senord pa\u030a a\u030atta"), str)


@pytest.mark.parametrize("password", ["kort", "x" * 201])
async def test_a_password_must_have_a_sensible_length(session, password):
    with pytest.raises(passwords.PasswordRefused, match="mellan 12 och 200"):
        await people.create_account(session, "bo", "Bo", password=password)


async def test_a_new_password_ends_all_tokens(session):
    ada = await settle(session)
    token = await tokens.issue(session, ada, "test")
    await people.change_account(session, ada, password="ett helt nytt ord")

    assert await actor_of_token(session, token) is None


async def test_a_login_is_taken_once(session):
    await settle(session)
    for taken in ("ADA", " "):
        with pytest.raises(PersonRefused):
            await people.create_account(session, taken, "Ada Byron")


async def test_names_and_addresses_are_sealed_and_can_be_shown(session):
    ada = await settle(session)
    await people.change_account(session, ada, name="Ada Byron", title="SAS")
    unknown = uuid4()

    assert await people.display_names(session, [ada, unknown]) == {ada: "Ada Byron"}
    (person,) = await people.accounts(session)
    assert (person.name, person.email, person.title) == ("Ada Byron", "ada@example.org", "SAS")
    assert "Byron" not in repr(person)
    every = select(cast(literal_column("account"), Text)).select_from(table("account"))
    dump = "".join(await session.scalars(every))
    for mark in ("Byron", "Lovelace", "example.org"):
        assert mark not in dump
        assert mark.encode().hex() not in dump


async def test_a_closed_account_is_listed_only_when_asked_for(session):
    ada = await settle(session)
    await people.change_account(session, ada, active=False)

    assert await people.accounts(session) == []
    assert [person.active for person in await people.accounts(session, closed=True)] == [False]


async def test_notices_go_to_those_who_have_the_role_for_the_unit(session):
    ada = await settle(session)
    bo = await people.create_account(session, "bo", "Bo")
    closed = await people.create_account(session, "cim", "Cim")
    elsewhere = await people.create_account(session, "dag", "Dag")
    for account_id in (ada, bo, closed):
        await people.grant(session, account_id, Role.SAS, "solrosen")
    await people.grant(session, ada, Role.SAS)
    await people.grant(session, elsewhere, Role.SAS, "bjorken")
    await people.change_account(session, closed, active=False)

    told = await people.recipients(session, Role.SAS, "solrosen")
    assert sorted(told) == sorted([Recipient(ada, "ada@example.org"), Recipient(bo, None)])
    assert await people.recipients(session, Role.MAS, "solrosen") == []


async def test_a_role_is_given_once_and_where_it_may_be_held(session):
    ada = await settle(session)
    for unit in (None, None, "solrosen"):
        await people.grant(session, ada, Role.SAS, unit)
    assert await people.memberships(session, ada) == [(Role.SAS, "solrosen"), (Role.SAS, None)]
    await people.withdraw(session, ada, Role.SAS)
    assert await people.memberships(session, ada) == [(Role.SAS, "solrosen")]
    with pytest.raises(PersonRefused, match="alltid en enhet"):
        await people.grant(session, ada, Role.STAFF)
    with pytest.raises(PersonRefused, match="finns inte"):
        await people.grant(session, ada, Role.STAFF, "nowhere")


async def test_a_unit_is_changed_and_closed_but_stays(session):
    await settle(session)
    closed = UnitData(
        "solrosen", "Solrosen", "home_care", OwnerType.PRIVATE, "Vård AB", "0700", active=False
    )
    await keep_unit(session, closed)

    assert [unit.code for unit in await units(session)] == ["bjorken"]
    assert len(await units(session, closed=True)) == 2
    assert await unit_of(session, "solrosen") == closed
    assert await unit_of(session, "nowhere") is None
