from types import SimpleNamespace
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import text

from events import OwnerType
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.intake import subscriber

pytestmark = pytest.mark.usefixtures("database")


class Message:
    """A message as the intake sees it, that remembers how it was answered."""

    def __init__(self, **fields):
        self.data = orjson.dumps({"id": str(uuid4()), "unit": "solrosen", "text": "x"} | fields)
        self.headers = None
        self.metadata = SimpleNamespace(num_delivered=1)
        self.answers = []
        self.is_acked = False
        self._client = self

    async def ack(self):
        self.answers.append("ack")

    async def term(self):
        self.answers.append("term")

    async def flush(self, timeout):
        """Nothing is on its way."""


@pytest.fixture
async def transactions(monkeypatch):
    async with transaction() as session:
        unit = UnitData("solrosen", "Solrosen", "home_care", OwnerType.IN_HOUSE)
        await keep_unit(session, unit)
    sizes = []
    accept = subscriber.accept_together

    async def counted(reports):
        sizes.append(len(reports))
        return await accept(reports)

    monkeypatch.setattr(subscriber, "accept_together", counted)
    return sizes


async def cases():
    async with transaction() as session:
        return await session.scalar(text("SELECT count(*) FROM case_head"))


async def test_a_batch_is_taken_in_by_one_transaction(transactions):
    messages = [Message() for _ in range(5)]
    await subscriber.take(messages)
    assert [message.answers for message in messages] == [["ack"]] * 5
    assert transactions == [5]
    # As when the worker was killed before it could answer.
    await subscriber.take(messages)
    assert await cases() == 5


async def test_one_that_is_refused_holds_up_nobody(transactions):
    messages = [Message(), Message(unit="nowhere"), Message()]
    await subscriber.take(messages)
    assert [message.answers for message in messages] == [["ack"], ["term"], ["ack"]]
    assert await cases() == 2
    async with transaction() as session:
        assert await session.scalar(text("SELECT reason FROM quarantine")) == "unknown_unit"
