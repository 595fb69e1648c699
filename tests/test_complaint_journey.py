"""A complaint all the way: from somebody without a login to the answer, with every process."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import orjson

from infra import clock
from tests.mail_server import mail_server
from tests.outsiders import case_of, read, seen, tell, write
from tests.people import Person, problem
from tests.product import product
from tests.stream_support import scalar, so

MARK = "xyzzy"
STORY = f"Ingen kom i natt. Mamma ramlade och blöder kraftigt, hon heter {MARK}1."
MAIL = f"{MARK}2@exempel.se"
SENTENCE = "Du har fått svar från Norrvik. Använd din kod för att läsa svaret."


def said(what: str) -> str:
    """Something a person wrote."""
    return f"{what} {MARK}"


class Journey:
    """The daughter who complains, and those at Norrvik who handle it."""

    def __init__(self, it, mails) -> None:
        self.it = it
        self.mails = mails
        self.daughter = Person(it.client, "", uuid4(), "")
        self.people = {
            login: Person(it.client, login, uuid4(), token)
            for login, token in it.tokens.items()
        }
        self.manager = self.people["chef"]

    async def whole(self) -> None:
        await self.told()
        await self.acknowledged()
        await self.wrote_both_ways()
        await self.raised_lex_sarah()
        await self.answered()
        await self.ended()

    async def told(self) -> None:
        answer = await tell(
            self.daughter,
            text=STORY,
            wish=said("Att någon kommer."),
            complainant=said("Dottern"),
            about=said("Mamman"),
            answer_way="email",
            contact=MAIL,
            occurred_at=(clock.now() - timedelta(hours=9)).isoformat(),
            headers={"X-Forwarded-For": "192.0.2.99"},
        )
        assert answer.status_code == 201, answer.text
        receipt = answer.json()
        assert receipt["danger"] is True
        assert "070-174 06 01" in receipt["says"]
        self.number, self.code = receipt["number"], receipt["code"]
        self.case_id = await case_of(self.number)

        async def suggested():
            items = (await self.manager.get("queue", kind="complaint")).json()["items"]
            return items[0] if items and items[0]["suggested_category"] else None

        item = await so(suggested)
        assert item["number"] == self.number
        await so(lambda: self.noticed(self.manager, "received_serious"))  # words of danger

    async def acknowledged(self) -> None:
        words = said("Tack, vi läser det i dag.")
        case = await self.give("acknowledge", words=words, way="email")
        assert case["phase"] == "acknowledged"
        assert "acknowledge" not in {it["code"] for it in case["deadlines"]}
        await so(lambda: len(self.mails.messages) and self.mailed() == 1)
        shown = await seen(self.daughter, self.code)
        assert shown["step"] == "Vi har läst det du skrev"
        assert [it["text"] for it in shown["messages"]] == [words]

    async def wrote_both_ways(self) -> None:
        await self.give("send-message", words=said("Vilken natt?"), way="code")
        await so(lambda: self.mailed() == 2)
        wrote = await write(self.daughter, self.code, said("Natten till i dag."))
        assert wrote.status_code == 201
        await so(lambda: self.noticed(self.manager, "message"))
        case = (await self.manager.get(f"cases/{self.case_id}")).json()
        assert "read_message" in {it["code"] for it in case["deadlines"]}
        await self.give("send-message", words=said("Tack."), way="code")
        await so(lambda: self.mailed() == 3)

    async def raised_lex_sarah(self) -> None:
        await self.give("raise-lex-sarah", reason=said("Hon kunde ha dött."))
        items = (await self.people["sas"].get("queue", kind="lex_sarah")).json()["items"]
        [child] = items
        assert child["number"].startswith("L")
        case = (await self.manager.get(f"cases/{self.case_id}")).json()
        assert case["links"] == [child["case_id"]]
        assert case["kind"] == "complaint"  # it stays one, and is answered as one

    async def answered(self) -> None:
        assert await self.missing() == {"not_allowed"}  # not before an answer
        answer = {"words": said("Nattpatrullen har fått en ny rutin."), "way": "email"}
        no = await self.manager.give(self.case_id, "answer-complainant", **answer)
        assert "secrecy" in problem(no, 409, "incomplete")["missing"]
        case = await self.give("answer-complainant", secrecy="general_only", **answer)
        assert case["phase"] == "answered"
        await so(lambda: self.mailed() == 4)
        shown = await seen(self.daughter, self.code)
        assert shown["step"] == "Du har fått svar"
        assert [(it["from"], it["kind"]) for it in shown["messages"]] == [
            ("us", "acknowledgement"),
            ("us", "message"),
            ("you", "message"),
            ("us", "message"),
            ("us", "answer"),
        ]

    async def ended(self) -> None:
        assert await self.missing() == {"complaint_kind"}
        await self.give("set-complaint-kind", kind="complaint")
        assert await self.missing() == set()
        assert (await seen(self.daughter, self.code))["step"] == "Klar"

    async def give(self, command, **fields):
        return await self.manager.done(self.case_id, command, **fields)

    async def missing(self) -> set[str]:
        """Try to close; return what hinders, nothing when it is done."""
        answer = await self.manager.give(self.case_id, "close")
        if answer.status_code == httpx.codes.OK:
            return set()
        refused = answer.json()
        return {it["code"] for it in refused.get("missing", [])} or {refused["code"]}

    async def noticed(self, person, code) -> bool:
        notices = (await person.get("notices")).json()
        return code in {it["code"] for it in notices if it["case_id"] == str(self.case_id)}

    def mailed(self) -> int:
        mine = [it for it in self.mails.messages if it["To"] == MAIL]
        for mail in mine:
            assert (mail["Subject"], mail.get_content()) == (SENTENCE, f"{SENTENCE}\r\n")
        return len(mine)


async def test_a_complaint_goes_all_the_way_and_names_nobody(
    database, stream, servers_dir, tmp_path
):
    with mail_server() as mails:
        async with product(tmp_path, smtp_url=mails.url) as it:
            journey = Journey(it, mails)
            await journey.whole()
            await _praise(journey)
            await so(lambda: scalar("SELECT count(*) = 0 FROM event WHERE sent_at IS NULL"))
            facts = await _facts(stream, journey.case_id)
            assert it.stop() == dict.fromkeys(it.processes, 0)
            logs = b"".join(it.log(name).read_bytes() for name in it.processes)
    names = [subject.rpartition(".")[2] for subject, _ in facts]
    assert names[0] == "report_received"
    assert {"complaint_acknowledged", "message_received", "lex_sarah_raised", "closed"} <= {
        *names
    }
    assert b"case.executed" in logs
    for held in (*(data for _, data in facts), logs):
        for secret in (MARK, "ramlade", journey.code, "192.0.2.99"):
            assert secret.encode() not in held, secret


async def _praise(journey) -> None:
    """Praise needs no investigation: it is called so, thanked for and closed."""
    answer = await tell(journey.daughter, text="Maja är så snäll.", relation="individual")
    receipt = answer.json()
    case_id = await case_of(receipt["number"])
    await journey.manager.done(case_id, "set-complaint-kind", kind="praise")
    no = await journey.manager.give(case_id, "close")
    problem(no, 409)
    await journey.manager.done(
        case_id, "answer-complainant", words="Tack, vi hälsar Maja.", way="code"
    )
    closed = await journey.manager.done(case_id, "close")
    assert closed["phase"] == "closed"
    shown = (await read(journey.daughter, receipt["code"])).json()
    assert shown["messages"][-1]["text"] == "Tack, vi hälsar Maja."


async def _facts(stream, case_id: UUID) -> list[tuple[str, bytes]]:
    jetstream = stream.jetstream()
    state = (await jetstream.stream_info("CASES")).state
    found = []
    for number in range(state.first_seq, state.last_seq + 1):
        message = await jetstream.get_msg("CASES", number)
        if message.subject.startswith(f"case.complaint.{case_id}."):
            assert orjson.loads(message.data)["subject"] == str(case_id)
            found.append((message.subject, message.data + str(message.headers).encode()))
    return found
