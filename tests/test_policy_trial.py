"""A policy tried on past cases: what would have moved, and that nothing does."""

import copy
import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from uuid import UUID, uuid4

import pytest
import sqlalchemy
from sqlalchemy import text

from events import DeadlineSet, Envelope, Role
from infra import policy_files
from infra.db import snapshot, transaction
from services.execute import Given, execute
from services.policy_trial import Tally, dry_run
from tests.command_line import avvik
from tests.lives import corpus
from tests.samples import (
    MONDAY,
    TO_CLOSE_GRAVE,
    answer,
    assess,
    classify,
    escalate,
    grave,
    history,
    policy,
    sas_says,
    serious,
    submit,
    suggest,
)
from tests.stream_support import scalar
from workflows import CaseState, decide, fold
from workflows.rules.policy_check import checked
from workflows.trial import replayed

TRACE = "0" * 32
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def document(**changed):
    found = copy.deepcopy(policy_files.read_file(policy_files.DEFAULT))
    return found | {"version": 2, "valid_from": date(2030, 1, 1)} | changed


def rules(**changed):
    """Return the candidate's rules, those named changed."""
    return [it | changed.get(it["rule"], {}) for it in document()["escalation"]]


def sooner(code, days):
    targets = document()["targets"]
    targets[code] |= {"working_days": days}
    return document(targets=targets)


def sas_from(value):
    return document(
        escalation=rules(sas_position={"when": [{"value": value}, {"consequence": 4}]})
    )


def stored(steps):
    """Put facts in envelopes: pairs of a command and what it made true."""
    return [
        Envelope(
            event_id=uuid4(),
            case_id=UUID(int=1),
            case_type="deviation",
            sequence=n,
            type=fact.type,
            version=fact.version,
            at=command.at,
            by=command.by,
            trace=TRACE,
            body=fact.model_dump(mode="json"),
        )
        for n, (command, fact) in enumerate(
            ((command, fact) for command, facts in steps for fact in facts), start=1
        )
    ]


def told(*commands):
    """Lead a case by commands, an hour apart unless they say when; return its history."""
    steps, state = [], CaseState()
    for n, make in enumerate(commands):
        command = make(at=MONDAY + timedelta(hours=n)) if isinstance(make, partial) else make
        facts = decide(state, command, policy())
        steps.append((command, facts))
        state = fold(facts, state)
    return stored(steps)


def tried(history, candidate, since=LONG_AGO):
    return replayed(history, since, checked(candidate), lambda _: policy())


def kinds(replay):
    return [(it.move.kind, it.move.more, it.move.role) for it in replay.moved]


def says(replay):
    return [it.move.then for it in replay.moved]


# What does not move


def test_the_policy_in_force_moves_nothing_in_any_life():
    lives = [stored((it.command, it.facts) for it in life.steps) for life in corpus()]

    for facts, life in zip(lives, corpus(), strict=True):
        again = tried(facts, document())
        assert says(again) == [], life
        assert again.was == again.would

    # or the test would say nothing
    assert sum(bool(tried(facts, sas_from(1)).moved) for facts in lives if facts) > 100


def test_what_happened_before_the_day_does_not_move():
    facts = told(submit, classify, partial(assess, consequence=2, likelihood=2), answer)

    assert says(tried(facts, sas_from(4), MONDAY + timedelta(hours=2)))
    assert says(tried(facts, sas_from(4), MONDAY + timedelta(hours=2, minutes=1))) == []


def test_a_case_that_was_closed_when_it_was_brought_here_does_not_move():
    brought = submit(source="import"), history(at=MONDAY, closed_at=MONDAY)

    assert says(tried(told(*brought), sooner("triage", 1))) == []


def test_a_clock_that_an_older_program_did_not_know_is_no_doing_of_the_policy():
    facts = [
        it
        for it in told(submit, classify, assess)
        if not (it.type == DeadlineSet.type and it.body["code"] == "triage")
        and it.type != "case.deadline_met"
    ]

    assert says(tried(facts, document())) == []
    assert {it.move.kind for it in tried(facts, sooner("answer_reporter", 1)).moved} == {
        "deadline"
    }


def test_who_the_log_says_was_told_is_who_was_told():
    """The alarm was sent under a policy that told SAS; nobody knows that policy any more."""
    by_then = escalate(rule="ticked_serious", to=(Role.SAS,), at_once=True)

    assert kinds(tried(told(serious, by_then), document())) == [
        ("told", True, Role.UNIT_MANAGER),
        ("told", False, Role.SAS),
    ]


# What moves


def test_a_time_moves_to_the_day_the_new_target_gives():
    again = tried(told(submit), sooner("answer_reporter", 5))

    assert says(again) == ["svaret till rapportören: 2026-03-16 → 2026-03-09"]
    assert kinds(again) == [("deadline", True, None)]


def test_a_time_in_hours_is_told_with_its_hour():
    targets = document()["targets"]
    targets["read_at_once"] |= {"hours": 6}

    assert says(tried(told(serious), document(targets=targets))) == [
        "läsningen av en allvarlig rapport: 2026-03-02 kl. 13.00 → 2026-03-02 kl. 15.00"
    ]


def test_a_time_that_was_kept_may_be_one_that_would_not_have_been():
    facts = told(submit(), answer(at=MONDAY + 10 * DAY))

    assert kinds(tried(facts, sooner("answer_reporter", 5))) == [
        ("deadline", True, None),
        ("kept_missed", True, None),
    ]
    late = told(submit(), answer(at=MONDAY + 15 * DAY))
    assert kinds(tried(late, sooner("answer_reporter", 20))) == [
        ("deadline", False, None),
        ("missed_kept", False, None),
    ]


def test_sas_is_asked_where_the_candidate_asks_and_gets_a_time_for_it():
    again = tried(told(submit, partial(assess, consequence=2, likelihood=2)), sas_from(4))

    assert says(again) == [
        "SAS hade behövt ta ställning",
        "SAS hade meddelats",
        "ställningstagandet från SAS: en ny tid, 2026-03-04",
    ]
    assert again.was == {}
    assert again.would == {"sas": "2026-03", "sas_position": "2026-03"}


def test_sas_asked_sooner_is_not_asked_twice():
    facts = told(
        submit(),
        assess(consequence=2, likelihood=2, at=MONDAY + DAY),
        grave(at=MONDAY + 40 * DAY),
    )
    again = tried(facts, sas_from(4))
    first, second = date(2026, 3, 3), date(2026, 4, 11)

    assert [it.move.kind for it in again.moved if it.on == first] == [
        "sas_position",
        "told",
        "deadline_added",
    ]
    assert [it.move.then for it in again.moved if it.on == second] == [
        "ställningstagandet från SAS: 2026-04-14 → 2026-03-05"
    ]
    assert again.was["sas_position"] == "2026-04"
    assert again.would["sas_position"] == "2026-03"


def test_sas_is_asked_again_after_a_no_in_both_plays():
    facts = told(submit, grave, sas_says, partial(assess, consequence=4, likelihood=4))

    assert says(tried(facts, document())) == []


def test_a_laxer_policy_asks_less():
    lax = document(
        escalation=[it for it in rules() if it["rule"] == "sas_position"],
        investigate_from_value=16,
    )

    assert says(tried(told(*TO_CLOSE_GRAVE[:3]), lax)) == [
        "händelsen hade inte behövt utredas",
        "verksamhetschefen hade inte behövt delta i uppföljningen",
        "Verksamhetschef hade inte meddelats",
        "åtgärder som krävs: 1 → 0",
    ]


def test_an_alarm_is_told_to_those_the_candidate_names():
    alarm = document()["danger_words"] | {"tell": ["unit_manager", "sas"], "on_call": True}
    facts = told(submit, partial(suggest, immediate_danger=True))

    assert says(tried(facts, document(danger_words=alarm))) == [
        "jouren hade behövt ringas",
        "SAS hade meddelats genast",
    ]


def test_a_rule_that_tells_at_once_says_so_of_those_who_were_told_anyway():
    at_once = document(escalation=rules(operations_manager={"at_once": True}))

    assert says(tried(told(submit, partial(assess, consequence=2, likelihood=4)), at_once)) == [
        "Verksamhetschef hade meddelats genast"
    ]


def test_another_label_and_a_category_turned_off_are_told():
    matrix = document()["matrix"]
    matrix["bands"][0]["label"] = "Liten"
    new = document(matrix=matrix, categories_off=["omsorg"])

    assert says(tried(told(submit, classify, assess), new)) == [
        "kategorin Omsorg hade inte gått att välja",
        "hade hetat Liten i stället för Låg",
    ]


# On a real log


async def lead(number, *commands):
    """Lead a case in the database; the first command gets the number."""
    case_id = uuid4()
    first, *rest = commands
    start = first(report_id=case_id, number=f"A-2026-{number:05}")
    async with transaction() as session:
        for command in (start, *rest):
            await execute(session, Given(case_id, command, TRACE))


CELLS = list(product(range(1, 5), repeat=2))


@pytest.fixture
async def year(database):
    """Sixteen cases, one in each cell, four a month from January; every other one answered."""
    for n, (consequence, likelihood) in enumerate(CELLS):
        begun = datetime(2026, 1 + n // 4, 5, 8, tzinfo=UTC)
        commands = [
            partial(submit, at=begun, received_at=begun),
            classify(at=begun + DAY / 2),
            assess(consequence=consequence, likelihood=likelihood, at=begun + DAY),
        ]
        if n % 2:
            commands.append(answer(at=begun + 9 * DAY))
        await lead(n + 1, *commands)


async def run(candidate, since=date(2026, 1, 1)):
    """Return the numbers that would have moved, and the tally."""
    tally, moved = Tally(), {}
    async with snapshot() as session:
        async for replay in dry_run(session, checked(candidate), since):
            tally.add(replay)
            if replay.moved:
                moved[replay.number] = replay
    return moved, tally


async def test_the_policy_in_force_moves_no_case_and_nothing_is_written(year):
    counted = "SELECT (SELECT count(*) FROM event) + (SELECT sum(sequence) FROM case_head)"
    before = await scalar(counted)

    moved, tally = await run(document())

    assert (moved, tally.replayed, tally.moved) == ({}, 16, 0)
    assert not tally.kinds
    assert await scalar(counted) == before


async def test_a_snapshot_refuses_to_write(database):
    async with snapshot() as session:
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"):
            await session.execute(text("DELETE FROM policy"))
        await session.rollback()


async def test_a_candidate_that_asks_sas_from_four_lists_exactly_those_cases(year):
    moved, tally = await run(sas_from(4))

    async with transaction() as session:
        newly = await session.scalars(
            text("""
            SELECT r.body->>'number' FROM event a
            JOIN event r ON r.case_id = a.case_id AND r.type = 'case.report_received'
            WHERE a.type = 'case.severity_assessed' AND (a.body->>'value')::int >= 4
              AND NOT jsonb_path_exists(a.body, '$.outcomes[*] ? (@.sas_position == true)')
            """)
        )
    assert moved.keys() == set(newly)
    assert len(moved) == 5
    assert tally.kinds["sas_position", True, None] == 5
    # product.md 4: by consequence, which is by month here. Was 0, 0, 2, 4; now 1, 3, 3, 4.
    asked = {month: came for (month, to), came in tally.came.items() if to == "sas_position"}
    assert asked == {
        "2026-01": [0, 1],
        "2026-02": [0, 3],
        "2026-03": [2, 3],
        "2026-04": [4, 4],
    }


async def test_the_times_that_would_have_been_missed_are_counted(year):
    moved, tally = await run(sooner("answer_reporter", 3))

    assert len(moved) == 16
    assert tally.kinds["deadline", True, None] == 16
    assert tally.count("kept_missed") == 8
    assert tally.count("missed_kept") == 0


async def test_only_cases_that_something_happened_in_since_the_day_are_replayed(year):
    _, tally = await run(sooner("answer_reporter", 3), date(2026, 3, 5))
    _, later = await run(document(), date(2026, 3, 6))

    assert tally.replayed == 8
    assert tally.kinds["deadline", True, None] == 8
    assert later.replayed == 8  # assessed the day after they came
    assert (await run(document(), date(2027, 1, 1)))[1].replayed == 0


async def test_more_cases_than_are_in_memory_at_a_time_are_all_replayed(year, monkeypatch):
    monkeypatch.setattr("services.policy_trial._CASES", 3)

    moved, tally = await run(sas_from(4))

    assert (tally.replayed, len(moved)) == (16, 5)


# From the command line


@pytest.fixture
def candidate(tmp_path):
    """Write the shipped policy to a file, with words of it replaced."""

    def write(*pairs):
        words = policy_files.DEFAULT.read_text(encoding="utf-8")
        for old, new in (("version = 1", "version = 2"), *pairs):
            assert old in words
            words = words.replace(old, new)
        file = tmp_path / "policy.toml"
        file.write_text(words, encoding="utf-8")
        return file

    return write


FROM_FOUR = (
    "when = [{ value = 8, consequence = 3 }, { consequence = 4 }]",
    "when = [{ value = 4 }]",
)


async def test_a_dry_run_lists_cases_and_sums_and_says_what_it_cannot_know(year, candidate):
    done = avvik("policy", "dry-run", candidate(FROM_FOUR), "--since", "2026-01-01")

    assert done.returncode == 0, done.stderr
    assert "A-2026-00004, solrosen\n  2026-01-06 Allvarlighetsgrad: Medel" in done.stdout
    assert "    SAS hade behövt ta ställning.\n" in done.stdout
    assert "Provkört på 16 ärenden från 2026-01-01" in done.stdout
    assert "5 hade blivit annorlunda." in done.stdout
    assert "SAS ska ta ställning: 6 → 11 ärenden" in done.stdout
    assert "  2026-02: 0 → 3\n" in done.stdout
    assert "Det här vet en provkörning inte:" in done.stdout


async def test_a_dry_run_for_programs_is_a_line_a_case_and_then_the_sum(year, candidate):
    done = avvik("policy", "dry-run", candidate(FROM_FOUR), "--since", "2026-01-01", "--json")

    *cases, last = map(json.loads, done.stdout.splitlines())
    assert len(cases) == last["summary"]["moved"] == 5
    assert {it["moved"][0]["kind"] for it in cases} == {"sas_position"}
    assert {it["moved"][0]["fact"] for it in cases} == {"case.severity_assessed"}
    asked = [it for it in last["summary"]["months"] if it["to"] == "sas_position"]
    assert [(it["was"], it["would"]) for it in asked] == [(0, 1), (0, 3), (2, 3), (4, 4)]


async def test_a_dry_run_of_a_day_that_is_none_says_how_to_write_it(database, candidate):
    done = avvik("policy", "dry-run", candidate(), "--since", "i fjol")

    assert done.returncode == 2
    assert "skriv dagen som 2026-01-31." in done.stderr


async def test_two_files_are_compared_as_diff_does(candidate, monkeypatch, tmp_path):
    monkeypatch.setenv("AVVIK_DATA_DIR", str(tmp_path))  # no installation is asked
    monkeypatch.delenv("AVVIK_DATABASE_URL", raising=False)
    new = candidate(("working_days = 10", "working_days = 5"))

    done = avvik("policy", "diff", policy_files.DEFAULT, new)

    assert done.returncode == 1
    assert "  Målet Svara rapportören: 10 arbetsdagar → 5 arbetsdagar.\n" in done.stdout
    assert avvik("policy", "diff", new, new).returncode == 0
    assert avvik("policy", "diff", new, tmp_path / "none.toml").returncode == 2
    found = json.loads(avvik("policy", "diff", policy_files.DEFAULT, new, "--json").stdout)
    assert {"path": ["targets", "answer_reporter", "working_days"], "old": 10, "new": 5} in (
        found["changes"]
    )


async def test_policies_are_compared_by_their_numbers_and_by_what_comes_next(
    database, candidate
):
    coming = candidate(("valid_from = 2020-01-01", "valid_from = 2999-01-01"), FROM_FOUR)
    assert avvik("policy", "diff").returncode == 0

    assert avvik("policy", "load", coming).returncode == 0

    for words in ((), ("2",), ("1", "2"), (coming,)):
        done = avvik("policy", "diff", *words)
        assert done.returncode == 1, done.stderr
        assert "Version: 1 → 2." in done.stdout
    assert avvik("policy", "diff", "2", coming).returncode == 0
    unknown = avvik("policy", "diff", "9")
    assert (unknown.returncode, unknown.stderr) == (
        2,
        "Version 9 finns inte. Det finns: 1, 2.\n",
    )


async def test_a_policy_that_is_to_come_does_not_count_today(database, candidate):
    coming = candidate(("valid_from = 2020-01-01", "valid_from = 2999-01-01"))

    done = avvik("policy", "load", coming)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(avvik("policy", "show").stdout)["version"] == 1


async def test_a_policy_from_a_day_that_has_been_is_loaded_with_a_warning(database, candidate):
    now = candidate(("valid_from = 2020-01-01", "valid_from = 2021-01-01"))
    assert avvik("policy", "load", now).returncode == 0
    older = candidate(("version = 2", "version = 3"))

    done = avvik("policy", "load", older)

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "Varning: dagen 2020-01-01 har varit. Det som redan är bedömt ändras inte.",
        "Varning: version 2, från 2021-01-01, gäller fortfarande.",
    ]
