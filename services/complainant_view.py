"""What is read and written under a receipt code: one's own words, ours, and how far it is.

Whoever holds the code has no account. They never see who of us wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

import events as e
from events import AnswerWay, Envelope, Event, Phase, opened
from infra import clock, store
from infra.db import transaction
from infra.people import access_log, receipt_codes
from infra.people.access_log import Reading
from infra.vault import words as vault
from infra.vault.words import Words
from services.execute import Given, execute
from services.report_steps import STEP_KEYS
from services.texts import texts
from services.trace import new_trace
from workflows import CaseState, IdTaken, fold
from workflows.commands import ReceiveMessage
from workflows.state import ENDED

BY: Final = "system:answers"
ERASED: Final = "Texten är raderad."
_FIRST_WORD: Final = "acknowledge"
_ANSWER: Final = ("answer_complainant", "answer_reporter")
"""The clocks behind what we promise."""
Kind = Literal["acknowledgement", "message", "answer"]
From = Literal["you", "us"]


class Message(BaseModel):
    """Something said between whoever told us and us; `at` is when."""

    model_config = ConfigDict(populate_by_name=True)

    sender: From = Field(alias="from")
    at: datetime
    text: str
    kind: Kind


class Answers(BaseModel):
    """How far it has come, in plain words, and everything said so far, the oldest first.

    `answer_by` is when we mean to have answered; None once we have, or when that has passed.
    """

    number: str
    step: str
    phase: Phase
    received_at: datetime
    answer_by: datetime | None
    text: str
    may_write: bool
    messages: list[Message]


@dataclass(frozen=True, slots=True)
class _Case:
    """The case behind a code."""

    case_id: UUID
    history: Sequence[Envelope]
    facts: Sequence[Event]
    state: CaseState


class _Said(NamedTuple):
    at: datetime
    words: UUID
    sender: From
    kind: Kind


async def read_under(code: str) -> Answers | None:
    """Return what a code lets one read, None where it leads nowhere; the reading is logged."""
    found = await receipt_codes.find(code)
    if found is None:
        return None
    async with transaction() as session:
        case = await _case(session, found)
        if case is None:
            return None
        reading = Reading(None, "answers.read", new_trace(), case.case_id, case.state.unit)
        await access_log.record(session, reading)
        return await _answers(session, case)


async def write_under(code: str, message_id: UUID, text: str) -> bool | None:
    """Take in a message; False where it was here already, None where the code leads nowhere.

    Raises `IdTaken` for other words under the same id.
    """
    found = await receipt_codes.find(code)
    if found is None:
        return None
    async with transaction() as session:
        case = await _case(session, found, to_write=True)
        if case is None:
            return None
        item = Words(
            case.case_id, uuid5(message_id, f"{case.case_id}"), "receive-message.words", text
        )
        command = ReceiveMessage(
            at=clock.now(), by=BY, message_id=message_id, words=item.item_id
        )
        after = await execute(session, Given(case.case_id, command, new_trace()))
        if after.sequence == case.state.sequence:
            kept = await vault.read(session, case.case_id, [item.item_id])
            if kept.get(item.item_id) != text:
                raise IdTaken("Det finns redan en text under det id:t. Välj ett nytt id.")
            return False
        await vault.keep_many(session, [item])
        return True


async def first_word_by(case_id: UUID) -> datetime | None:
    """Return when whoever told us hears from us for the first time, at the latest."""
    async with transaction() as session:
        history = (await store.load(session, [case_id])).get(case_id, [])
    return _due(fold(opened(envelope) for envelope in history), _FIRST_WORD)


def _due(state: CaseState, *codes: str) -> datetime | None:
    """Return when the first of these clocks is due: None if it rests, or is late already."""
    running = [state.clocks[code, None] for code in codes if (code, None) in state.clocks]
    return next(
        (it.due_at for it in running if it.due_at >= clock.now() and not it.paused_until), None
    )


async def _case(
    session: AsyncSession, found: receipt_codes.Found, *, to_write: bool = False
) -> _Case | None:
    """Load the case a code leads to; None when it has ended and so has the code's life."""
    loaded = await store.load(session, [found.case_id], to_write=to_write)
    history = loaded.get(found.case_id, [])
    facts = [opened(envelope) for envelope in history]
    state = fold(facts)
    ran_out = found.expires_at < clock.now() and state.phase in ENDED
    return None if not history or ran_out else _Case(found.case_id, history, facts, state)


async def _answers(session: AsyncSession, case: _Case) -> Answers:
    first = case.facts[0]
    told = first.story if isinstance(first, e.ReportReceived) else case.case_id
    said = list(_said(case))
    words = await vault.read(session, case.case_id, [told, *(it.words for it in said)])
    return Answers(
        number=case.state.number,
        step=texts(None)(STEP_KEYS[case.state.phase]),
        phase=case.state.phase,
        received_at=case.state.received_at or case.history[0].at,
        answer_by=_due(case.state, *_ANSWER),
        text=words.get(told) or ERASED,
        may_write=not case.state.erased,
        messages=[
            Message(
                sender=it.sender, at=it.at, text=words.get(it.words) or ERASED, kind=it.kind
            )
            for it in said
        ],
    )


def _said(case: _Case) -> Iterator[_Said]:
    """Pick what is between us and whoever holds the code.

    In a deviation that is the anonymous reporter: what was said to a relative who complained
    about the same thing is not theirs to read.
    """
    complains = case.state.case_type == "complaint"
    for envelope, fact in zip(case.history, case.facts, strict=True):
        match fact:
            case e.ReporterAnswered():
                yield _Said(envelope.at, fact.words, "us", "answer")
            case e.ComplainantAnswered() if complains:
                yield _Said(envelope.at, fact.words, "us", "answer")
            case e.ComplaintAcknowledged():
                yield _Said(envelope.at, fact.words, "us", "acknowledgement")
            case e.MessageSent() if complains or fact.way is AnswerWay.CODE:
                yield _Said(envelope.at, fact.words, "us", "message")
            case e.MessageReceived() if complains or fact.way is AnswerWay.CODE:
                yield _Said(envelope.at, fact.words, "you", "message")
            case _:
                pass
