"""The lines that operations depend on, word for word; and what no line ever says."""

import subprocess
import sys
from types import SimpleNamespace
from uuid import uuid4

import orjson
import pytest
from structlog.testing import capture_logs

from infra import clock, settings
from infra.db import transaction
from infra.stream.handler import GiveUp
from infra.stream.streams import ensure
from services.execute import Given, execute_many
from services.handlers import HANDLERS
from services.intake.accept import Report
from services.intake.form import ReportForm
from services.intake.group import accept_together
from services.notify.deliver import deliver
from services.notify.undeliverable import Undeliverable
from services.web.admission import Admission
from tests.product import ROOT
from tests.stream_support import Seen, relaying, so, working, written
from tests.test_mail import a_notice_waits
from workflows import Refusal
from workflows.commands import Close, StartInvestigation

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def of(lines, event):
    """The lines about an event."""
    return [line for line in lines if line["event"] == event]


async def _reported(text="Ingen kom."):
    form = ReportForm(unit="solrosen", text=text)
    [accepted] = await accept_together(
        [Report(uuid4(), form, clock.now(), "system:test", TRACE)]
    )
    return accepted.case_id


async def test_a_command_is_one_line_of_ids_and_codes(database):
    with capture_logs() as lines:
        case_id = await _reported()
    [line] = of(lines, "case.executed")
    facts = line.pop("facts")
    assert line == {
        "event": "case.executed",
        "log_level": "info",
        "case_id": str(case_id),
        "command": "SubmitReport",
        "by": "system:test",
        "trace": TRACE,
    }
    assert facts[0] == "case.report_received"


async def test_a_refused_command_is_a_line_too_and_no_alarm(database):
    case_id = await _reported()
    by = {"at": clock.now(), "by": str(uuid4())}
    batch = [Given(case_id, it(**by), TRACE) for it in (Close, StartInvestigation)]
    with capture_logs() as lines:
        async with transaction() as session:
            answers = await execute_many(session, batch)
    executed = of(lines, "case.executed")
    assert [isinstance(it, Refusal) for it in answers] == ["refused" in it for it in executed]
    assert executed[0]["refused"] in {"incomplete", "not_allowed"}
    assert {line["log_level"] for line in executed} == {"info"}


async def test_a_given_up_fact_is_an_error_with_its_ids(database, stream):
    seen = Seen()
    seen.error = GiveUp("poison")
    with capture_logs() as lines:
        await ensure(stream)
        async with relaying(stream), working(seen.handler):
            seen.poison = set(await written())
            [line] = await so(lambda: of(lines, "handler.quarantined"))
    [event_id] = seen.poison
    assert line["log_level"] == "error"
    assert line["event_id"] == str(event_id)
    assert line["tries"] == 1
    assert {"case_id", "exc_info"} < line.keys()


async def test_a_closed_door_is_a_warning_with_how_much_waits(database, stream, monkeypatch):
    monkeypatch.setenv("AVVIK_BACKLOG_LIMIT", "3")
    settings.settings.cache_clear()
    admission = Admission(
        SimpleNamespace(client=stream), tuple(it.consumer() for it in HANDLERS)
    )
    await written(cases=4)
    with capture_logs() as lines:
        await admission.look()
        await admission.look()
        async with transaction() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE event SET sent_at = now()")
        await admission.look()
    assert lines == [
        {"event": "admission.closed", "log_level": "warning", "waiting": 4},
        {"event": "admission.opened", "log_level": "warning", "waiting": 0},
    ]


class _Nowhere:
    async def send(self, *_):
        raise Undeliverable("recipient_refused")


async def test_a_notice_that_cannot_arrive_is_a_warning(database, monkeypatch):
    monkeypatch.setenv("AVVIK_SMTP_URL", "smtp://127.0.0.1:1")
    settings.settings.cache_clear()
    case_id = await a_notice_waits()
    with capture_logs() as lines:
        await deliver(_Nowhere())
    [line] = of(lines, "notice.undeliverable")
    assert isinstance(line.pop("notice"), int)
    assert len(line.pop("trace")) == 32
    assert line == {
        "event": "notice.undeliverable",
        "log_level": "warning",
        "reason": "recipient_refused",
        "case_id": str(case_id),
    }
    assert of(lines, "case.executed")[0]["command"] == "ReportUndeliverable"


FAILING = {
    "our own line": "structlog.get_logger().error('web.fault', exc_info=ValueError(MARK))",
    "a library's line": "logging.getLogger('uvicorn').error('%s', MARK)",
    "a library's fault": """
try:
    raise ValueError(MARK)
except ValueError:
    logging.getLogger('uvicorn').exception('Exception in ASGI application')
""",
    "a task nobody waited for": """
async def fails(words):
    raise ValueError(words)
async def main():
    asyncio.get_running_loop().call_soon(lambda words: 1 / 0, MARK)
    task = asyncio.create_task(fails(MARK))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
uvloop.run(main())
""",
    "what nobody foresaw": "raise ExceptionGroup(MARK, [ValueError(MARK)])",
}


@pytest.mark.parametrize("failing", FAILING.values(), ids=FAILING.keys())
def test_no_line_says_what_an_error_said(failing, tmp_path):
    """Each line is JSON and tells where it went wrong, never in whose words."""
    program = (
        "import asyncio, logging, structlog, uvloop\nfrom infra import log\n"
        f"MARK = 'xyz' + 'zy'\nlog.configure('test')\n{failing}"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "xyzzy" not in ran.stdout + ran.stderr
    lines = [orjson.loads(line) for line in ran.stderr.splitlines()]
    assert lines
    assert all(line["process"] == "test" and line["level"] for line in lines)
    if "Error" in failing or "1 / 0" in failing:
        assert {line["error"] for line in lines} <= {"ValueError", "ZeroDivisionError"}
