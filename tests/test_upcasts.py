"""Facts of the past, read by the program of today."""

from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from pydantic import ValidationError

from events import CATALOGUE, CaseClosed, Envelope, Event, opened
from events.upcasts import UPCASTS, NoUpcast, upcast
from tests.samples import CLOSED, lived

STEPS = {
    ("case.moved", 1): lambda body: {**body, "unit": body["place"]},
    ("case.moved", 2): lambda body: {"unit": body["unit"], "floor": 0},
    ("case.other", 1): lambda _: {},
}


class CaseMoved(Event):
    """An invented fact that has changed shape twice."""

    type: ClassVar[str] = "case.moved"
    version: ClassVar[int] = 3

    unit: str
    floor: int


def envelope(**changed):
    given = {
        "event_id": UUID(int=1),
        "case_id": UUID(int=2),
        "case_type": "deviation",
        "sequence": 1,
        "type": "case.moved",
        "version": 1,
        "at": datetime(2026, 3, 2, tzinfo=UTC),
        "by": "system:test",
        "trace": "",
        "body": {"place": "solrosen"},
    }
    return Envelope(**given | changed)


def test_an_old_body_is_carried_forward_one_step_at_a_time():
    old = {"place": "solrosen"}

    assert upcast("case.moved", 1, 3, old, STEPS) == {"unit": "solrosen", "floor": 0}
    assert upcast("case.moved", 1, 2, old, STEPS) == {"unit": "solrosen", "place": "solrosen"}
    assert upcast("case.moved", 2, 3, {"unit": "b"}, STEPS) == {"unit": "b", "floor": 0}
    assert old == {"place": "solrosen"}


def test_a_body_of_today_is_left_as_it_is():
    assert upcast("case.moved", 3, 3, {"unit": "b", "floor": 2}, {}) == {
        "unit": "b",
        "floor": 2,
    }


@pytest.mark.parametrize(
    ("name", "found", "wanted"), [("case.moved", 1, 4), ("case.gone", 1, 2)]
)
def test_a_missing_step_stops_the_reading(name, found, wanted):
    with pytest.raises(NoUpcast, match="has no way from"):
        upcast(name, found, wanted, {"place": "solrosen"}, STEPS)


def test_a_fact_newer_than_the_program_stops_the_reading():
    with pytest.raises(NoUpcast, match="newer than this program, which knows v2"):
        upcast("case.moved", 3, 2, {}, STEPS)


def test_an_old_fact_is_opened_as_the_newest_version_of_its_class(monkeypatch):
    monkeypatch.setitem(CATALOGUE, "case.moved", CaseMoved)
    for key, step in STEPS.items():
        monkeypatch.setitem(UPCASTS, key, step)

    assert opened(envelope()) == CaseMoved(unit="solrosen", floor=0)
    assert opened(envelope(version=2, body={"unit": "b"})) == CaseMoved(unit="b", floor=0)
    today = envelope(version=3, body={"unit": "b", "floor": 4})
    assert opened(today) == CaseMoved(unit="b", floor=4)


def test_a_newer_fact_is_not_opened_as_an_older_one():
    with pytest.raises(NoUpcast):
        opened(envelope(type="case.closed", version=CaseClosed.version + 1, body={}))


def test_a_fact_with_a_field_nobody_knows_is_not_opened():
    with pytest.raises(ValidationError):
        opened(envelope(type="case.closed", body={"surprise": 1}))


def test_a_fact_of_an_unknown_kind_is_not_opened():
    with pytest.raises(KeyError):
        opened(envelope(type="case.never_heard_of"))


def test_every_version_there_has_been_can_be_carried_forward():
    for name, cls in CATALOGUE.items():
        assert all((name, version) in UPCASTS for version in range(1, cls.version)), name
    assert {name for name, _ in UPCASTS} <= CATALOGUE.keys()


def test_facts_of_today_are_opened_as_they_were_written():
    for fact in lived(*CLOSED):
        body = fact.model_dump(mode="json")
        assert opened(envelope(type=fact.type, version=fact.version, body=body)) == fact
