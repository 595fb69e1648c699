from datetime import UTC, datetime
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.base import Envelope
from events.cloudevent import Unreadable, decode, encode, event_name, pack, subject

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcåäö", max_size=8), inner)
    ),
    max_leaves=8,
)
envelopes = st.builds(
    Envelope,
    event_id=st.uuids(),
    case_id=st.uuids(),
    case_type=st.sampled_from(["deviation", "lex_sarah"]),
    sequence=st.integers(1, 10**12),
    type=st.sampled_from(["case.report_received", "case.v2.odd.v3"]),
    version=st.integers(1, 99),
    at=st.datetimes(timezones=st.just(UTC)),
    by=st.sampled_from(["system:timer", str(uuid4())]),
    trace=st.sampled_from(["", "0af7651916cd43dd8448eb211c80319c"]),
    body=st.dictionaries(st.text("abc_", min_size=1), json_values),
    chain=st.sampled_from(["", "ab" * 32]),
)
CASE = UUID("0198f0aa-0000-7000-8000-000000000001")


def fact(**other):
    return Envelope(
        **{
            "event_id": UUID("0198f0aa-0000-7000-8000-0000000000ff"),
            "case_id": CASE,
            "case_type": "deviation",
            "sequence": 3,
            "type": "case.report_received",
            "version": 1,
            "at": datetime(2026, 8, 1, 12, 0, 0, 123456, tzinfo=UTC),
            "by": "system:intake",
            "trace": "0af7651916cd43dd8448eb211c80319c",
            "body": {"unit": "u1"},
            "chain": "ab" * 32,
        }
        | other
    )


@given(envelopes)
def test_a_fact_survives_the_journey_unchanged(envelope):
    assert decode(encode(envelope)) == envelope


def test_a_fact_is_a_cloud_event():
    written = orjson.loads(encode(fact()))

    assert written["specversion"] == "1.0"
    assert written["source"] == "/avvik"
    assert written["type"] == "se.avvik.case.report_received.v1"
    assert written["subject"] == str(CASE)
    assert written["time"] == "2026-08-01T12:00:00.123456+00:00"
    assert written["sequence"] == "0000000003"
    assert written["traceparent"] == "00-0af7651916cd43dd8448eb211c80319c-80000000000000ff-01"
    assert all(name.isalnum() and name.islower() and len(name) <= 20 for name in written)


def test_a_fact_without_trace_or_chain_has_no_empty_attributes():
    assert {"traceparent", "chain"}.isdisjoint(orjson.loads(encode(fact(trace="", chain=""))))


def test_a_body_that_is_json_already_goes_in_as_it_is():
    fields = fact().model_dump()
    fields["body"] = orjson.Fragment(b'{"unit": "u1"}')

    assert decode(pack(**fields)) == fact()


def test_attributes_of_others_are_passed_over():
    written = orjson.loads(encode(fact())) | {"somebodyselse": "x"}

    assert decode(orjson.dumps(written)) == fact()


@pytest.mark.parametrize("written", [b"", b"null", b"{}", b"\xff", b'{"specversion":"0.3"}'])
def test_what_is_not_a_fact_is_refused_without_quoting_it(written):
    with pytest.raises(Unreadable) as refused:
        decode(written)

    assert refused.value.__cause__ is None


def test_the_subject_has_four_words():
    assert subject(fact()) == f"case.deviation.{CASE}.report_received"
    assert subject(fact(type="case.a.b", case_type="x.y")) == f"case.x-y.{CASE}.a-b"
    assert event_name("notice.sent") == "sent"
