"""One report all the way through the real processes, and the proof that its history held."""

import asyncio
import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import nats
import psutil
import pytest
from jsonschema import Draft202012Validator

from events.cloudevent import CONTENT_TYPE
from tests.households import REPOSITORY, environment
from tests.people import Person, days, problem
from tests.stream_support import so

STORY = (
    "Kvällsbesöket blev inte av och ingen upptäckte det förrän nattpatrullen kom. Kunden hade "
    "ramlat och låg på golvet."
)


@contextmanager
def _demo(data_dir):
    with (
        (data_dir / "journey.log").open("ab") as log,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "services.cli", "demo", "--json", "--port", "0"),
                *("--data-dir", str(data_dir)),
            ],
            cwd=REPOSITORY,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout
            yield process, json.loads(process.stdout.readline())
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


def _avvik(data_dir, *words):
    record = json.loads((data_dir / "run.json").read_text())
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *words],
        cwd=REPOSITORY,
        env=environment(AVVIK_DATABASE_URL=record["database_url"]),
        capture_output=True,
        text=True,
        check=False,
    )


class Journey:
    """The people of Norrvik and the case they meet around."""

    def __init__(self, client: httpx.AsyncClient, users: list[dict[str, str]]) -> None:
        self.people = {
            it["login"]: Person(client, it["login"], uuid4(), it["token"]) for it in users
        }
        self.staff = self.people["medarbetare"]
        self.manager = self.people["chef"]
        self.operations = self.people["verksamhetschef"]
        self.sas = self.people["sas"]
        self.case_id = uuid4()

    async def whole(self) -> None:
        for person in self.people.values():
            person.account_id = UUID((await person.get("me")).json()["account_id"])
        status_url = await self.reported()
        await self.judged()
        await self.worked_on()
        answer = (await self.staff.get(status_url)).json()
        assert (answer["phase"], answer["step"]) == ("closed", "Klar")
        assert answer["answer"] == "Tack. Vi har ändrat hur rutter lämnas över."
        assert answer["text"] == STORY
        await so(lambda: self.told(self.staff, "answered"))

    async def reported(self) -> str:
        form = {"unit": "solrosen", "text": STORY, "harm": "minor", "source": "phone"}
        answer = await self.staff.ask("PUT", f"reports/{self.case_id}", json=form)
        assert answer.status_code == 201, answer.text
        receipt = answer.json()
        assert receipt["case_id"] == str(self.case_id)

        async def suggested() -> dict[str, Any] | None:
            items = (await self.manager.get("queue", limit=200)).json()["items"]
            [mine] = [it for it in items if it["case_id"] == str(self.case_id)]
            return mine if mine["suggested_category"] else None

        item = await so(suggested)
        assert item["number"] == receipt["number"]
        assert item["suggested_category"] in ("utebliven_insats", "omsorg")
        assert datetime.fromisoformat(item["due_at"]) > datetime.now().astimezone()
        other = (await self.people["chef2"].get("queue", limit=200)).json()["items"]
        assert str(self.case_id) not in {it["case_id"] for it in other}
        problem(await self.people["chef2"].get(f"cases/{self.case_id}"), 403)
        seen = await self.seen()
        assert {it["code"] for it in seen["deadlines"]} == {"triage", "answer_reporter"}
        assert all(it["explains"].endswith(".") for it in seen["deadlines"])
        assert seen["suggestion"]["evidence"]
        await so(lambda: self.told(self.manager, "received"))
        return str(receipt["status_url"])

    async def judged(self) -> None:
        problem(await self.manager.give(self.case_id, "close"), 409, "not_allowed")
        await self.manager.done(
            self.case_id,
            "confirm-classification",
            category="utebliven_insats",
            subtype="ej_utford",
        )
        seen = await self.manager.done(
            self.case_id,
            "assess-severity",
            consequence=3,
            likelihood=3,
            reason="Hon låg på golvet i fem timmar.",
        )
        assert (seen["phase"], seen["value"]) == ("triaged", 9)
        assert "sas_position_required" in seen["flags"]
        assert "sas_position" in {it["code"] for it in seen["deadlines"]}
        await so(lambda: self.told(self.operations, "escalated"))
        await so(lambda: self.told(self.sas, "escalated"))
        types = [it["type"] for it in (await self.seen())["timeline"]]
        assert types.count("case.escalated") == 2
        assert await self.remain("sas_position", "measures", "reporter_answer", "investigation")

    async def worked_on(self) -> None:
        done, case_id = self.manager.done, self.case_id
        problem(
            await self.manager.give(case_id, "take-sas-position", lex_sarah=False, reason="x"),
            403,
        )
        await self.sas.done(
            case_id, "take-sas-position", lex_sarah=False, reason="Ingen påtaglig risk kvar."
        )
        assert not await self.remain("sas_position")
        await done(case_id, "start-investigation")
        told = await self.manager.give(case_id, "conclude-investigation", summary="För tidigt.")
        problem(told, 409, "incomplete")
        cause, measure = uuid4(), uuid4()
        await done(
            case_id,
            "add-cause",
            cause_id=cause,
            area="kommunikation_information",
            words="Rutten lades om utan överlämning.",
        )
        assert await self.remain("cause_measure", "investigation")
        await done(
            case_id,
            "add-measure",
            measure_id=measure,
            causes=[cause],
            kind="arbetssatt",
            words="Ändrade rutter läses upp.",
            expected_effect="Inga missade besök.",
            owner=self.manager.account_id,
            due_on=days(0),
            follow_up_on=days(14),
        )
        assert not await self.remain("cause_measure", "measures")
        assert await self.remain("measures_done", "measures_followed_up")
        await done(case_id, "conclude-investigation", summary="Ingen fick veta om ändringen.")
        assert not await self.remain("investigation")
        await done(case_id, "complete-measure", measure_id=measure)
        assert not await self.remain("measures_done")
        look = {"measure_id": measure, "effect": True, "words": "Inga fler missade besök."}
        await done(case_id, "follow-up-measure", **look)
        assert not await self.remain("measures_followed_up")
        assert await self.remain("joint_follow_up")
        await self.operations.done(case_id, "follow-up-measure", **look)
        assert not await self.remain("joint_follow_up")
        assert (await self.missing()) == {"reporter_answer"}
        await done(
            case_id, "answer-reporter", words="Tack. Vi har ändrat hur rutter lämnas över."
        )
        assert (await done(case_id, "close"))["phase"] == "closed"
        assert (await self.seen())["deadlines"] == []

    async def seen(self) -> dict[str, Any]:
        return dict((await self.manager.get(f"cases/{self.case_id}")).json())

    async def told(self, person: Person, code: str) -> bool:
        notices = (await person.get("notices")).json()
        mine = [it for it in notices if it["case_id"] == str(self.case_id)]
        assert not [it for it in mine if "ramlat" in it["words"]]
        return code in {it["code"] for it in mine}

    async def missing(self) -> set[str]:
        answer = await self.manager.give(self.case_id, "close")
        refused = problem(answer, 409, "incomplete")
        for gate in refused["missing"]:
            assert gate["says"] in refused["detail"]
        return {gate["code"] for gate in refused["missing"]}

    async def remain(self, *codes: str) -> bool:
        """Tell whether all of these still hinder closing; all or none, never some."""
        missing = await self.missing()
        found = [code in missing for code in codes]
        assert all(found) or not any(found), (codes, missing)
        return all(found)


async def _facts(nats_url, case_id):
    connection = await nats.connect(nats_url)
    try:
        stream = connection.jetstream()
        reader = await stream.subscribe(f"case.*.{case_id}.>", ordered_consumer=True)
        found = []
        while True:
            try:
                found.append(await reader.next_msg(timeout=1))
            except TimeoutError:
                return found
    finally:
        await connection.close()


def _check_fact(message, asyncapi):
    fact = json.loads(message.data)
    name = fact["type"].removeprefix("se.avvik.").rpartition(".v")[0]
    told = asyncapi["components"]["messages"][name]
    assert told["contentType"] == CONTENT_TYPE
    schema = told["payload"] | {"components": asyncapi["components"]}
    Draft202012Validator(schema).validate(fact)
    assert fact["specversion"] == "1.0"
    assert message.headers["Nats-Msg-Id"] == fact["id"]
    assert message.subject == f"case.deviation.{fact['subject']}.{name.partition('.')[2]}"
    for word in ("ramlat", "rutter", "Lindqvist", "golvet"):
        assert word.encode() not in message.data
    return int(fact["sequence"])


async def _tamper(data_dir, case_id):
    """Change a fact as somebody could who owns the database."""
    record = json.loads((data_dir / "run.json").read_text())
    connection = await asyncpg.connect(record["database_url"].replace("+asyncpg", ""))
    change = """
        UPDATE event SET body = jsonb_set(body, '{consequence}', '1')
        WHERE case_id = $1 AND type = 'case.severity_assessed' RETURNING sequence
    """
    try:
        with pytest.raises(asyncpg.PostgresError, match="append-only"):
            await connection.execute(change, case_id)
        await connection.execute("ALTER TABLE event DISABLE TRIGGER append_only")
        sequence = await connection.fetchval(change, case_id)
        await connection.execute("ALTER TABLE event ENABLE ALWAYS TRIGGER append_only")
        return sequence
    finally:
        await connection.close()


async def test_a_report_goes_all_the_way_and_the_history_proves_it(data_dir):
    with _demo(data_dir) as (process, told):
        everyone = psutil.Process(process.pid).children(recursive=True)
        assert len(everyone) > 5
        async with httpx.AsyncClient(base_url=told["url"], timeout=30) as client:
            journey = Journey(client, told["users"])
            await journey.whole()
            asyncapi = (await client.get("/api/asyncapi.json")).json()
            ready = (await client.get("/readyz")).json()
        assert ready["status"] == "ready", ready
        messages = await _facts(told["nats_url"], journey.case_id)
        places = [_check_fact(message, asyncapi) for message in messages]
        assert places == list(range(1, len(places) + 1))
        assert len(places) > 30
        whole = await asyncio.to_thread(_avvik, data_dir, "verify")
        assert (whole.returncode, whole.stderr) == (0, ""), whole
        assert "hel" in whole.stdout
        place = await _tamper(data_dir, journey.case_id)
        broken = await asyncio.to_thread(_avvik, data_dir, "verify")
        assert broken.returncode == 1
        assert f"Ärende {journey.case_id}: kedjan bryts vid faktum {place} " in broken.stdout
        assert "1 fel" in broken.stdout
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 60) == 0
        assert not [it for it in everyone if it.is_running() and it.status() != "zombie"]
        assert not (data_dir / "run.json").exists()
