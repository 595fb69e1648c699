"""What people write is found in the vault and nowhere else, whatever way it came or failed."""

import re
from datetime import timedelta
from itertools import count
from uuid import uuid4

import asyncpg
import orjson

from events import OwnerType
from infra import clock
from infra.db import address
from infra.stream.streams import STREAMS
from services.command_forms import form_of
from services.demo.municipality import PEOPLE, UNITS
from tests.mail_server import mail_server
from tests.misconduct import DETAILS
from tests.product import product
from tests.stream_support import scalar, so
from workflows.access import COMMANDS
from workflows.terms.points import TO_INVESTIGATE

MARK = "xyzzy"
"""In every word that a person writes in this test, with a number to tell them apart."""
ADDRESS = "203.0.113.77"
"""Where those who say no name come from, as a proxy tells it."""
_numbers = count(1)

DAY = clock.now().date()
CAUSE, OTHER_CAUSE, MEASURE, OTHER_MEASURE = (str(uuid4()) for _ in range(4))
A_CAUSE = {"area": "kommunikation_information"}
A_MEASURE = {
    "causes": [CAUSE],
    "kind": "arbetssatt",
    "due_on": str(DAY + timedelta(days=3)),
    "follow_up_on": str(DAY + timedelta(days=20)),
}


LATER = str(DAY + timedelta(days=3))
PRIVATE_UNIT = next(it.code for it in UNITS if it.owner_type is OwnerType.PRIVATE)


def said(what: str) -> str:
    """Something a person wrote."""
    return f"{what} {MARK}{next(_numbers)}"


async def test_what_people_write_is_found_in_the_vault_only(
    database, stream, servers_dir, tmp_path
):
    with mail_server() as mails:
        async with product(tmp_path, smtp_url=mails.url) as it:
            answers = await _everything(it, stream)
            await _all_is_handled(stream)
            metrics = (await it.client.get("/metrics")).text
            assert it.stop() == dict.fromkeys(it.processes, 0)
            logs = {name: it.log(name).read_bytes() for name in it.processes}
    places = {
        "answers": answers.encode(),
        "metrics": metrics.encode(),
        "mails": b"".join(mails.raw),
        **{f"log of {name}": text for name, text in logs.items()},
        **{
            f"log of {file.stem}": file.read_bytes() for file in (servers_dir / "log").iterdir()
        },
        **await _streams(stream),
        **await _tables(),
    }
    # That something was looked through: what is known to be there is found.
    assert b"Hemtj\xc3\xa4nsten Solrosen" in places["unit"]
    assert b"case.executed" in places["log of web"]
    assert b"case.report_received" in places["CASES"]
    assert mails.raw
    for word in (MARK, re.escape(ADDRESS)):
        found = {place: _around(text, word) for place, text in places.items()}
        assert {place: text for place, text in found.items() if text} == {}
    _nobody_is_named(places)


def _nobody_is_named(places: dict[str, bytes]) -> None:
    names = {person.name for person in PEOPLE}
    addresses = {f"{person.login}@norrvik.example" for person in PEOPLE}
    for place, text in places.items():
        known = names | (addresses if place != "mails" else set())
        assert {name for name in known if name.encode() in text} == set(), place


def _around(text: bytes, word: str) -> list[bytes]:
    pattern = re.compile(b".{0,60}" + word.encode() + b".{0,20}", re.IGNORECASE | re.DOTALL)
    return pattern.findall(text)


async def _everything(it, stream) -> str:
    """Tell, ask, upload and mistype, by every way in; return what was answered to mistakes."""
    case = await _reports(it)
    refusals = [*await _bad_reports(it), *await _logins(it), *await _from_outside(it)]
    await _from_another_system(stream)
    await _a_whole_life(it, case)
    refusals += await _bad_commands(it, case)
    await _a_file(it, case)
    refusals += await _accounts(it)
    refusals += await _faults(it)
    return "\n".join(refusals)


async def _file(it, body, *, who="medarbetare", report_id=None):
    return await it.client.put(
        f"/api/v1/reports/{report_id or uuid4()}", headers=it.as_(who), json=body
    )


def _report(**more):
    return {"unit": "solrosen", "text": said("Ingen kom. Hon heter"), "harm": "serious", **more}


async def _reports(it) -> str:
    whole = _report(about=said("Född 1934"), complainant=said("Dottern"))
    first = await _file(it, whole)
    assert first.status_code == 201
    case: str = first.json()["case_id"]
    twin = await _file(it, _report(), report_id=case)
    assert twin.json()["case_id"] != case
    assert (await _file(it, _report(anonymous=True))).status_code == 201
    assert (await _file(it, _report(lex_sarah=True))).status_code == 201
    read = await it.client.get(f"/api/v1/cases/{case}", headers=it.as_("chef"))
    assert all(whole[field] in read.text for field in ("text", "about", "complainant"))
    return case


async def _bad_reports(it) -> list[str]:
    bodies = [
        _report(unit=f"{MARK}-1"),
        _report(harm=said("mycket")),
        _report(category=f"{MARK}.2"),
        _report(occurred_at=said("igår")),
        _report(text={"hon": said("heter")}),
        _report(text=said("x" * 20_000)),
        _report(text=said("nul\x00")),
        _report(source=said("telefon")),
        _report(extra=said("Karin")),
        _report(lex_sarah=True, anonymous=True),
        [said("en lista")],
    ]
    told = [await _file(it, body) for body in bodies]
    told += [
        await it.client.put(
            f"/api/v1/reports/{uuid4()}", headers=it.as_("medarbetare"), content=raw
        )
        for raw in (f'{{"text": "{MARK}'.encode(), f'{{"text": "å {MARK}"}}'.encode("latin-1"))
    ]
    told.append(await _file(it, _report(), report_id=f"{MARK}3"))
    assert {answer.status_code for answer in told} == {400, 422}
    return [answer.text for answer in told]


async def _logins(it) -> list[str]:
    told = [
        await it.client.post("/api/v1/login", json={"login": login, "password": said("lösen")})
        for login in (said("karin"), "chef", said("nul\x00"), {"namn": said("karin")})
    ]
    assert {answer.status_code for answer in told} == {401, 422}
    return [answer.text for answer in told]


def _complaint(**more):
    told = {"text": said("Ingen kom till mamma"), "answer_way": "code"}
    return {"unit": "solrosen", "relation": "relative", **told, **more}


async def _from_outside(it) -> list[str]:
    """Complain, read and write under the code, and mistype, from an address, without login."""
    outside = {"X-Forwarded-For": ADDRESS}

    async def tell(body, headers=outside):
        path = f"/api/v1/complaints/{uuid4()}"
        return await it.client.put(path, headers=headers, json=body)

    async def ask(path, **body):
        return await it.client.post(f"/api/v1/answers{path}", headers=outside, json=body)

    names = {"complainant": said("Dottern"), "about": said("Mamman"), "wish": said("Att någon")}
    whole = _complaint(**names, language=said("arabiska"))
    code = (await tell(whole)).json()["code"]
    phoned = _complaint(**names, answer_way="phone", contact=said("070"), source="call")
    assert (await tell(phoned, it.as_("medarbetare"))).status_code == 201
    read = await ask("", code=code)
    assert read.json()["text"] == whole["text"]
    message = str(uuid4())
    wrote = await ask("/messages", code=code, id=message, text=said("Mer"))
    assert wrote.status_code == 201
    told = [
        await tell(_complaint(relation=said("granne"))),
        await tell(_complaint(contact=said("070"))),
        await tell(_complaint(answer_way="email", contact=said("ingen adress"))),
        await tell(_complaint(extra=said("Karin"))),
        await tell(_complaint(text=said("x" * 20_000))),
        await ask("", code=f"{MARK}-1"),
        await ask("", kod=said("kod")),
        await ask("/messages", code=code, id=message, text=said("Annat")),
        await ask("/messages", code=code, id=said("id"), text=said("Annat")),
    ]
    assert {answer.status_code for answer in told} == {404, 409, 422}
    return [answer.text for answer in told]


async def _from_another_system(stream) -> None:
    messages = [
        _report(id=str(uuid4()), about=said("Född 1934")),
        _report(id=str(uuid4()), unit=f"{MARK}-4"),
        _report(id=said("id")),
        _report(id=str(uuid4()), kind=said("klagomål")),
        {**_report(id=str(uuid4())), said("Karin"): 1},
        [said("en lista")],
    ]
    raw = [*map(orjson.dumps, messages), MARK.encode(), b"\xff" + MARK.encode()]
    for message in raw:
        await stream.jetstream().publish("intake.report", message)
    before = await scalar("SELECT count(*) FROM quarantine")
    await so(lambda: _refused(before + len(raw) - 1))


async def _refused(many) -> bool:
    return await scalar("SELECT count(*) FROM quarantine WHERE sealed IS NOT NULL") == many


async def _a_whole_life(it, case) -> None:
    """Give every command there is, and see that every text in it was taken."""
    chef = (await it.client.get("/api/v1/me", headers=it.as_("chef"))).json()["account_id"]
    rerouted, merged, waived = [
        (await _file(it, _report(complainant=said("Sonen")))).json()["case_id"]
        for _ in range(3)
    ]
    promise = {**A_MEASURE, "owner": chef}
    life = [
        (case, "chef", "confirm-classification", {"category": "utebliven_insats"}),
        (case, "chef", "assess-severity", {"consequence": 4, "likelihood": 2}),
        (case, "sas", "take-sas-position", {"lex_sarah": False}),
        (case, "chef", "assign", {"owner": chef}),
        (case, "chef", "raise-lex-sarah", {}),
        (case, "chef", "pause-deadline", {"code": "investigate", "until": LATER}),
        (case, "chef", "pass-on", {"route": "work_environment", "route_id": CAUSE}),
        (case, "chef", "confirm-receipt", {"route_id": CAUSE}),
        (case, "chef", "send-message", {"way": "phone"}),
        (case, "chef", "record-message", {"way": "phone"}),
        (waived, "verksamhetschef", "recuse", {"person": str(uuid4())}),
        (case, "chef", "start-investigation", {}),
        (case, "chef", "correct-report", {"harm": "minor"}),
        (case, "chef", "add-note", {"nature": "fact"}),
        (case, "chef", "add-cause", {"cause_id": CAUSE, **A_CAUSE}),
        (case, "chef", "add-cause", {"cause_id": OTHER_CAUSE, **A_CAUSE}),
        (case, "chef", "withdraw-cause", {"cause_id": OTHER_CAUSE}),
        (case, "chef", "add-measure", {"measure_id": MEASURE, **promise}),
        (case, "chef", "add-measure", {"measure_id": OTHER_MEASURE, **promise}),
        (case, "chef", "withdraw-measure", {"measure_id": OTHER_MEASURE}),
        (case, "chef", "conclude-investigation", {}),
        (case, "chef", "complete-measure", {"measure_id": MEASURE}),
        (
            case,
            "verksamhetschef",
            "follow-up-measure",
            {"measure_id": MEASURE, "effect": True, "together_with": "unit_manager"},
        ),
        (case, "chef", "answer-reporter", {}),
        (case, "chef", "answer-complainant", {"way": "phone"}),
        (case, "chef", "link", {"other": rerouted, "kind": "pattern"}),
        (case, "chef", "close", {}),
        (case, "chef", "reopen", {}),
        (waived, "chef", "waive-answer", {"whose": "complainant", "ground": "declined"}),
        (rerouted, "chef", "answer-reporter", {}),
        (rerouted, "chef", "answer-complainant", {"way": "letter"}),
        (rerouted, "chef", "assess-severity", {"consequence": 2, "likelihood": 1}),
        (rerouted, "chef", "reroute", {"route": "health_care", "secrecy": "consent"}),
        (merged, "chef", "assess-severity", {"consequence": 2, "likelihood": 1}),
        (merged, "chef", "merge", {"into": waived}),
        (waived, "verksamhetschef", "hand-over", {"owner": chef}),
    ]
    for where, who, action, given in life:
        answer = await _give(it, where, who, action, {**given, **_words(action)})
        # Whoever has handed over may no longer read the case, not even in the answer.
        done = 204 if action == "hand-over" else 200
        assert answer.status_code == done, (action, answer.text)
    assert await scalar("SELECT 1 FROM event WHERE type = 'case.handed_over'")
    given = {action for _, _, action, _ in life} | await _misconduct(it)
    assert set(COMMANDS) - given == OF_COMPLAINTS


OF_COMPLAINTS = {"acknowledge", "set-complaint-kind"}
"""What only a complaint is asked: its own door's tests look for its words."""


async def _misconduct(it) -> set[str]:
    """Lead a report of misconduct of a private provider to IVO; return what was asked."""
    given = set()

    async def done(who, where, action, **fields):
        given.add(action)
        answer = await _give(it, where, who, action, {**_words(action), **fields})
        assert answer.status_code == 200, (action, answer.text)
        return answer.json()

    told = _report(lex_sarah=True, unit=PRIVATE_UNIT)
    case = (await _file(it, told)).json()["case_id"]
    now, today = clock.now().isoformat(), str(DAY)
    number = {"registered_on": today}
    await done("sas", case, "register", registry_number="SN 2026/1", **number)
    await done("sas", case, "receive-lex-sarah")
    await done("sas", case, "inform-board", news="report", informed_at=now)
    seen = await done("sas", case, "require-ivo-notification")
    [first] = seen["links"]
    await done("beslut", first, "withdraw-notification")
    await done("sas", case, "start-investigation")
    for point in TO_INVESTIGATE:
        await done("sas", case, "add-note", nature="fact", point=point)
    outcome = {"outcome": "serious_misconduct"}
    await done("sas", case, "take-position", **outcome)
    seen = await done("beslut", case, "decide-lex-sarah", **outcome)
    [ivo] = [one for one in seen["links"] if one != first]
    for question in ("individual_informed", "noted_in_file", "police_report"):
        await done("sas", case, "answer-question", question=question, yes=True)
    await done("sas", case, "verify-measures")
    await done("sas", ivo, "register", registry_number="SN 2026/2", **number)
    details = DETAILS | {"signer_name": said("Per"), "signer_title": said("chef")}
    made = await it.client.post(
        f"/api/v1/cases/{ivo}/pack", headers=it.as_("sas"), json=details
    )
    assert made.status_code == 201, made.text
    assert made.json()["missing"] == []
    for who in ("sas", "beslut"):
        await done(who, ivo, "approve-pack", version_number=1)
    sent = {"submitted_at": clock.now().isoformat(), "how": "post"}
    await done("sas", ivo, "submit-notification", **sent)
    await done("sas", ivo, "register-ivo-number", ivo_number="8.2-1/2026")
    request = {"request_id": str(uuid4())}
    await done("sas", ivo, "request-supplement", **request, answer_by=today)
    answered = request | {"answered_at": clock.now().isoformat(), "how": "post"}
    await done("sas", ivo, "answer-supplement", **answered)
    await done("sas", ivo, "register-ivo-decision", decided_on=today, decision="closed")
    return given | {"supply-investigation"}  # it has no words, and went with the pack


def _words(action: str) -> dict[str, str]:
    return {name: said(name) for name in form_of(COMMANDS[action]).words}


async def _give(it, case, who, action, body):
    return await it.client.post(
        f"/api/v1/cases/{case}/{action}", headers=it.as_(who), json=body
    )


async def _bad_commands(it, case) -> list[str]:
    told = []
    for action in COMMANDS:
        words = _words(action)
        told += [
            await _give(it, case, "chef", action, {**words, "extra": said("mer")}),
            await _give(it, case, "vikarie", action, words),
            await _give(it, uuid4(), "chef", action, words),
        ]
    told += [
        await _give(it, case, "chef", "add-cause", {"area": f"{MARK}.5", "words": said("ja")}),
        await _give(it, case, "chef", "confirm-classification", {"category": f"{MARK}6"}),
        await _give(it, case, "chef", "add-note", {"nature": said("fakta"), "words": said("")}),
        await _give(it, case, "chef", MARK, {}),
    ]
    assert {answer.status_code for answer in told} <= {403, 404, 409, 422}
    return [answer.text for answer in told]


async def _a_file(it, case) -> None:
    put = await it.client.put(
        f"/api/v1/cases/{case}/attachments/{uuid4()}",
        params={"name": f"{said('brev')}.pdf"},
        headers=it.as_("medarbetare"),
        content=b"%PDF-1.4\n" + said("till Karin").encode() + b"\n%%EOF\n",
    )
    assert put.status_code == 201, put.text
    refused = await it.client.put(
        f"/api/v1/cases/{case}/attachments/{uuid4()}",
        params={"name": f"{said('brev')}.exe"},
        headers=it.as_("medarbetare"),
        content=said("MZ").encode(),
    )
    assert refused.status_code == 422
    assert MARK not in refused.text


async def _accounts(it) -> list[str]:
    made = await it.client.post(
        "/api/v1/admin/accounts",
        headers=it.as_("admin"),
        json={"login": "ny", "name": said("Karin"), "email": f"{MARK}@norrvik.example"},
    )
    assert made.status_code == 201
    account = made.json()["account_id"]
    changed = await it.client.patch(
        f"/api/v1/admin/accounts/{account}",
        headers=it.as_("admin"),
        json={"name": said("Karin"), "password": said("ett långt lösenord")},
    )
    assert changed.status_code == 204
    told = [
        await it.client.post("/api/v1/admin/accounts", headers=it.as_("admin"), json=body)
        for body in (
            {"login": "ny", "name": said("Karin")},
            {"login": "ny2", "name": said("Karin"), "email": said("ingen adress")},
            {"login": "ny3", "name": said("Karin"), "password": MARK},
        )
    ]
    assert {answer.status_code for answer in told} == {409, 422}
    return [answer.text for answer in told]


async def _faults(it) -> list[str]:
    """Break what stores the words, and ask for what the database cannot take."""
    connection = await asyncpg.connect(address())
    await connection.execute("ALTER TABLE vault_item RENAME TO away")
    told = [
        await _file(it, _report()),
        await it.client.get("/api/v1/cases", params={"about": MARK}, headers=it.as_("chef")),
    ]
    assert told[0].status_code == 500
    await connection.execute("ALTER TABLE away RENAME TO vault_item")
    await connection.close()
    for query in ({"kind": f"{MARK}\x00"}, {"cursor": MARK}, {"unit": f"{MARK}\x00"}):
        told.append(await it.client.get("/api/v1/queue", params=query, headers=it.as_("sas")))
        assert told[-1].status_code in {200, 403, 422}, (query, told[-1].text)
    assert it.lines("web.fault")
    return [answer.text for answer in told]


async def _all_is_handled(stream) -> None:
    jetstream = stream.jetstream()

    async def still() -> bool:
        if (await jetstream.stream_info("INTAKE")).state.messages:
            return False
        if await scalar("SELECT count(*) FROM event WHERE sent_at IS NULL"):
            return False
        if await scalar("SELECT count(*) FROM notice WHERE state = 'waiting'"):
            return False
        infos = await jetstream.consumers_info("CASES")
        return all(info.num_pending + info.num_ack_pending == 0 for info in infos)

    await so(still, seconds=60)


async def _streams(stream) -> dict[str, bytes]:
    """Every message of every stream, with its headers."""
    jetstream = stream.jetstream()
    held = {}
    for row in STREAMS:
        state = (await jetstream.stream_info(row.name)).state
        assert row.name != "INTAKE" or state.messages == 0
        numbers = range(state.first_seq, state.last_seq + 1) if state.messages else ()
        messages = [await jetstream.get_msg(row.name, number) for number in numbers]
        held[row.name] = b"\n".join(
            (it.data or b"") + str(it.headers).encode() for it in messages
        )
    return held


async def _tables() -> dict[str, bytes]:
    """Every column of every table, in the bytes the database keeps them in."""
    connection = await asyncpg.connect(address())
    rows = await connection.fetch(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    held = {}
    for schema, table in rows:
        parts: list[bytes] = []

        async def keep(part: bytes, parts: list[bytes] = parts) -> None:
            parts.append(part)

        await connection.copy_from_table(
            table, schema_name=schema, output=keep, format="binary"
        )
        held[table] = b"".join(parts)
    await connection.close()
    return held
