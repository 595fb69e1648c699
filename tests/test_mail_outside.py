"""Mail to somebody without an account: one sentence, and an address only while it is sent."""

import pytest
from sqlalchemy import text

from infra import settings, store
from infra.db import transaction
from services.notify.channels import CHANNELS
from services.notify.deliver import deliver
from services.notify.outside import tell as notify_outside
from tests.mail_server import mail_server
from tests.outsiders import MAIL, seen, told
from tests.people import count, rows

SENTENCE = "Du har fått svar från Norrvik. Använd din kod för att läsa svaret."
LOST = "Mejlet till den som hört av sig kom inte fram. Svaret går att läsa under koden."


@pytest.fixture
def mails(monkeypatch):
    with mail_server() as server:
        monkeypatch.setenv("AVVIK_SMTP_URL", server.url)
        settings.settings.cache_clear()
        yield server


async def acknowledged(town, **form):
    """Complain, be acknowledged, and let the handler do its part."""
    receipt = await told(town.nobody, **form)
    await town.alice.done(receipt["case_id"], "acknowledge", words="Vi läser.", way="letter")
    async with transaction() as session:
        history = (await store.load(session, [receipt["case_id"]]))[receipt["case_id"]]
        await notify_outside(session, history)
    return receipt


async def test_an_address_is_opened_only_to_send(town, mails):
    await acknowledged(town, **MAIL)
    [notice] = await rows("SELECT to_jsonb(n)::text, account_id, state FROM notice n")
    assert (notice[1], notice[2]) == (None, "waiting")
    assert MAIL["contact"] not in notice[0]
    assert await deliver(CHANNELS["mail"]) == 1
    [mail] = mails.messages
    assert (mail["To"], mail["Subject"]) == (MAIL["contact"], SENTENCE)
    assert mail.get_content() == f"{SENTENCE}\r\n"
    assert await count("notice", "state = 'sent'") == 1


async def test_the_same_fact_handled_twice_is_one_mail(town, mails):
    receipt = await acknowledged(town, **MAIL)
    async with transaction() as session:
        history = (await store.load(session, [receipt["case_id"]]))[receipt["case_id"]]
        await notify_outside(session, history)
    assert await count("notice") == 1


@pytest.mark.parametrize("way", ["code", "none", "phone"])
async def test_who_did_not_choose_mail_gets_none(town, mails, way):
    contact = {"contact": "070-174 06 99"} if way == "phone" else {}
    await acknowledged(town, answer_way=way, **contact)
    assert await count("notice", "account_id IS NULL") == 0


async def test_a_mail_that_does_not_get_there_is_said_in_the_case(town, mails):
    receipt = await acknowledged(town, **MAIL)
    mails.answers = ["550 no such person"]
    assert await deliver(CHANNELS["mail"]) == 1
    assert await count("notice", "state = 'undeliverable'") == 1
    case = (await town.alice.get(f"cases/{receipt['case_id']}")).json()
    assert LOST in [it["says"] for it in case["timeline"]]
    shown = await seen(town.nobody, receipt["code"])
    assert [it["text"] for it in shown["messages"]] == ["Vi läser."]


async def test_an_erased_address_is_not_mailed_and_nobody_else_is(town, mails):
    await acknowledged(town, **MAIL)
    async with transaction() as session:
        await session.execute(
            text("UPDATE vault_item SET sealed = NULL WHERE kind = 'contact'")
        )
    assert await deliver(CHANNELS["mail"]) == 1
    assert mails.raw == []
    assert await rows("SELECT state, reason FROM notice") == [("undeliverable", "no_address")]
