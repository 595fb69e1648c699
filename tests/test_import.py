"""A municipality brings its years from another system."""

import json
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from events import OwnerType
from infra import store
from infra.clock import now
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.execute import Given, execute
from services.handlers.project import project
from services.projections.statistics import CaseCount
from services.trace import new_trace
from tests.command_line import avvik
from tests.lex_sarah_support import bench_of
from tests.people import followed, problem, settled
from tests.stream_support import scalar
from workflows import Unknown
from workflows.commands import ImportHistory
from workflows.rules.calendar import local_day

# Counts of a real yearly report, as made-up rows: what the report must be able to show again.
YEAR_2020 = {
    "utebliven_insats": 152,
    "omsorg": 79,
    "otrygghet": 14,
    "information": 12,
    "dokumentation": 9,
    "bemotande": 7,
    "handlaggning": 4,
    "sekretess": 4,
    "larm_telefoni": 3,
    "vardesaker": 1,
    None: 22,
}
COMPLAINTS_2020 = 21
# What it was, as decided; and apart from that, whether IVO was notified.
LEX_SARAH_2020 = [
    ("Fall från duschstol.", "misconduct", True),
    ("Brister i en familjehemsplacering.", "misconduct", True),
    ("Trygghetslarmet hämtades tillbaka.", "misconduct", True),
    ("Trygghetslarmen svek vid bytet av plattform.", "misconduct", False),
    ("Placeringen drog ut på tiden.", "misconduct", True),
    ("Fick inte sin omsorg på morgonen.", "misconduct", False),
    ("Ingen kontroll när den boende larmade.", "misconduct", False),
]


@pytest.fixture
async def units(database):
    async with transaction() as session:
        for code in ("solrosen", "bjorken"):
            await keep_unit(
                session, UnitData(code, code.title(), "home_care", OwnerType.IN_HOUSE)
            )


def written(tmp_path, rows, name="rows.jsonl"):
    file = tmp_path / name
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def row(n, **changed):
    return {
        "id": f"old-{n}",
        "kind": "deviation",
        "reported_at": "2020-03-02",
        "unit": "solrosen",
    } | changed


def whole_year():
    """Every report of 2020, each kind numbered from one as another system would."""
    deviations = [category for category, count in YEAR_2020.items() for _ in range(count)]
    closed = {"closed_at": "2020-12-01"}
    return [
        *(row(n, category=it, **closed) for n, it in enumerate(deviations, start=1)),
        *(row(n, kind="complaint", **closed) for n in range(1, COMPLAINTS_2020 + 1)),
        *(
            row(n, kind="lex_sarah", text=event, outcome=outcome, ivo_notified=ivo, **closed)
            for n, (event, outcome, ivo) in enumerate(LEX_SARAH_2020, start=1)
        ),
    ]


async def test_a_year_brought_in_is_counted_as_it_was(units, tmp_path):
    done = avvik("import", written(tmp_path, whole_year()))

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "335 mottagna, 0 fanns redan, 0 nekade."
    assert avvik("rebuild").returncode == 0
    told = json.loads(avvik("report", "--year", "2020", "--json").stdout)
    assert told["deviations"] == told["closed"] == 307
    counted = {it["category"]: it["count"] for it in told["by_category"]}
    assert counted.pop("oklassad") == 22
    assert counted == {category: n for category, n in YEAR_2020.items() if category}
    assert all(it["of"] == 307 for it in told["by_category"])
    assert told["by_category"][0]["percent"] == 49.5
    complaints, lex_sarah = told["complaints"], told["lex_sarah"]
    assert complaints["count"] == complaints["closed"] == 21
    assert complaints["by_kind"][0] == {
        "kind": "inte_angivet",
        "label": "Inte angivet än",
        "count": 21,
        "of": 21,
        "percent": 100.0,
    }
    assert lex_sarah["count"] == lex_sarah["closed"] == 7
    assert {it["outcome"]: it["count"] for it in lex_sarah["by_outcome"] if it["count"]} == {
        "misconduct": 7
    }
    assert lex_sarah["notified_to_ivo"] == {"count": 4, "of": 7, "percent": 57.1}
    assert lex_sarah["raised_from_case"]["count"] == 0
    # Nobody is behind an imported report, so nothing is said of who reported.
    assert lex_sarah["reported_by_managers"] == {"count": 0, "of": 0, "percent": None}
    assert told["ivo_notifications"]["count"] == 0

    table = avvik("report", "--year", "2020").stdout
    for line in (
        r"Avvikelser: 307",
        r"Utebliven insats +152 av 307 +49\.5 %",
        r"Oklassad +22 av 307 +7\.2 %",
        r"Synpunkter och klagomål: 21",
        r"Lex Sarah: 7",
        r"Missförhållande +7 av 7 +100\.0 %",
        r"Anmälda till IVO +4 av 7 +57\.1 %",
    ):
        assert re.search(f"^{line}$", table, re.MULTILINE), (line, table)


async def test_each_kind_gets_its_own_numbers_and_no_reporter(units, tmp_path):
    rows = [row(1), row(1, kind="complaint"), row(1, kind="lex_sarah")]

    assert "3 mottagna" in avvik("import", written(tmp_path, rows)).stdout

    assert await scalar("SELECT count(*) FROM read.case_index WHERE 'twin' = ANY(flags)") == 0
    told = await seen("SELECT case_type, phase, left(number, 3), reporter FROM read.case_index")
    assert {tuple(it) for it in told} == {
        ("deviation", "received", "A-2", None),
        ("complaint", "received", "S-2", None),
        ("lex_sarah", "reported", "LS-", None),
    }


async def test_one_id_of_two_kinds_is_two_reports(units, tmp_path):
    same = str(uuid4())
    rows = [row(1, id=same), row(1, id=same, kind="lex_sarah")]

    assert "2 mottagna, 0 fanns redan" in avvik("import", written(tmp_path, rows)).stdout
    kinds = await seen("SELECT case_type FROM read.case_index ORDER BY case_type")
    assert [it.case_type for it in kinds] == ["deviation", "lex_sarah"]


async def test_an_open_lex_sarah_case_is_on_the_clock_by_the_law_of_today(units, tmp_path):
    rows = [
        row(1, kind="lex_sarah", outcome="serious_misconduct", ivo_notified=False),
        row(2, kind="lex_sarah", closed_at="2020-06-01"),
    ]

    avvik("import", written(tmp_path, rows))

    phases = await seen("SELECT phase FROM read.case_index ORDER BY phase")
    assert [it.phase for it in phases] == ["closed", "reported"]
    [today] = await seen("SELECT now() AS now")
    clocks = {
        it.body["code"]: it.body
        for it in await seen("SELECT body FROM event WHERE type = 'case.deadline_set'")
    }
    assert set(clocks) == {
        *("protect", "start_investigation", "register", "lex_sarah_investigation")
    }
    protect = clocks["protect"]
    assert (protect["legal_word"], protect["basis"]) == ("genast", "27 kap. 5 § SoL (2025:400)")
    due = datetime.fromisoformat(protect["due_at"])
    assert timedelta(hours=3) < due - today.now < timedelta(hours=5)


async def test_an_imported_lex_sarah_case_can_be_opened_and_ended_again(town, tmp_path):
    avvik("import", written(tmp_path, [row(1, kind="lex_sarah", closed_at="2020-06-01")]))
    [case] = await seen("SELECT case_id FROM read.case_index")
    bench = await bench_of(town)

    await town.sas.done(case.case_id, "reopen", reason="En ny uppgift har kommit fram.")

    problem(await town.sas.give(case.case_id, "close"), 409, "not_allowed")
    assert {"decision", "nine_points", "registered"} <= await bench.lacking(case.case_id)
    await bench.register(case.case_id)
    await bench.investigate(case.case_id, begun=True)
    await bench.lead(case.case_id, since="take_position", until="verify")
    await town.sas.done(
        case.case_id, "waive-answer", whose="reporter", ground="unreachable", reason="Okänd."
    )
    await bench.close(case.case_id)


@pytest.mark.parametrize(
    ("lex_sarah", "history", "says"),
    [
        (True, {"outcome": "measures"}, "Utfallet finns inte."),
        (False, {"ivo_notified": True}, "Bara ett lex Sarah-ärende"),
    ],
)
async def test_no_way_in_takes_an_ending_that_the_kind_has_not(town, lex_sarah, history, says):
    case_id = await town.cim.case(lex_sarah=lex_sarah)
    told = ImportHistory(at=now(), by="system:import", **history)

    with pytest.raises(Unknown, match=says):
        async with transaction() as session:
            await execute(session, Given(case_id, told, new_trace()))


async def test_a_private_providers_imported_papers_are_kept_for_five_years(units, tmp_path):
    async with transaction() as session:
        await keep_unit(
            session, UnitData("vide", "Vide", "home_care", OwnerType.PRIVATE, provider="Vide")
        )
    recent = str(local_day(now()) - timedelta(days=400))
    rows = [row(1, kind="lex_sarah", unit="vide", reported_at=recent, closed_at=recent)]
    avvik("import", written(tmp_path, rows))
    number = await scalar("SELECT number FROM read.case_index")

    done = avvik("erase", number, "--ground", "retention", "--yes")

    assert done.returncode == 1
    assert "Handlingarna ska bevaras till" in done.stderr


async def test_bringing_the_same_file_again_does_nothing(units, tmp_path):
    file = written(tmp_path, [row(1), row(2, text="Besöket blev inte av.")])

    assert "2 mottagna" in avvik("import", file).stdout
    assert "0 mottagna, 2 fanns redan, 0 nekade" in avvik("import", file).stdout
    assert await scalar("SELECT count(*) FROM case_head") == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"unit": "okand"}, "Enheten okand finns inte."),
        ({"unit": None}, "unit"),
        ({"kind": "annat"}, "Fältet kind ska vara ett av"),
        ({"kind": "ivo_notification"}, "Fältet kind ska vara ett av"),
        ({"reported_at": "2020-02-30"}, "Tiden går inte att läsa."),
        ({"reported_at": "2999-01-01"}, "framtiden"),
        ({"closed_at": "2019-01-01"}, "innan det rapporterades"),
        ({"category": "annat"}, "Kategorin finns inte."),
        ({"consequence": 5}, "consequence"),
        ({"outcome": "kanske"}, "Utfallet finns inte."),
        ({"kind": "lex_sarah", "outcome": "measures"}, "Välj ett av: misconduct, none,"),
        ({"kind": "complaint", "ivo_notified": True}, "Bara ett lex Sarah-ärende anmäls till"),
        ({"kind": "lex_sarah", "ivo_notified": "kanske"}, "ivo_notified ska vara true eller"),
        ({"mood": "sur"}, "mood"),
    ],
)
async def test_a_wrong_row_is_refused_with_its_reason_and_stops_no_other(
    units, tmp_path, changed, says
):
    done = avvik("import", written(tmp_path, [row(1, **changed), row(2)]))

    assert done.returncode == 1
    assert done.stdout.startswith("Rad 1: ")
    assert says in done.stdout
    assert "1 mottagna" in done.stdout


async def test_csv_with_semicolons_and_a_byte_order_mark_is_read(units, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(
        "\ufeffid;kind;reported_at;unit;text;closed_at\n"
        "a;deviation;2020-03-02T07:30;bjorken;Besöket blev inte av åäö;\n"
        '"b";deviation;2020-03-02;bjorken;"med ; i";2020-04-01\n',
        encoding="utf-8",
    )

    assert "2 mottagna" in avvik("import", file).stdout


async def test_what_is_no_text_is_refused_in_one_sentence(units, tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xff\xfe\x00")

    done = avvik("import", file)

    assert done.returncode == 1
    assert "UTF-8" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_closed_case_has_no_clock_and_an_open_one_starts_today(units, tmp_path):
    rows = [row(1, closed_at="2020-04-01"), row(2)]

    avvik("import", written(tmp_path, rows))

    clocks = "SELECT count(*) FROM read.deadline_due d JOIN read.case_index c USING (case_id)"
    assert await scalar(f"{clocks} WHERE c.phase = 'closed'") == 0
    assert await scalar(f"{clocks} WHERE c.phase = 'received' AND d.due_at > now()") == 1


async def test_exporting_tells_what_happened_without_a_word_of_it(units, tmp_path):
    ended = {"outcome": "misconduct", "ivo_notified": True, "closed_at": "2020-04-01"}
    avvik("import", written(tmp_path, [row(1, kind="lex_sarah", text="HEMLIGT", **ended)]))
    avvik("rebuild")

    told = avvik("export").stdout

    assert "HEMLIGT" not in told
    case = json.loads(told)
    assert case["reported_at"].startswith("2020-03-02")
    assert case["closed_at"].startswith("2020-04-01")
    assert (case["kind"], case["outcome"], case["ivo_notified"]) == (
        *("lex_sarah", "misconduct", True),
    )


async def test_the_projector_writes_what_a_rebuild_writes(units, tmp_path):
    avvik("import", written(tmp_path, [row(1, category="omsorg", closed_at="2020-04-01")]))
    avvik("rebuild")
    before = await _counted()
    async with transaction() as session:
        await session.execute(text("DELETE FROM read.case_count"))
        case_id = before[0][0]
        await project(session, (await store.load(session, [case_id]))[case_id])

    assert await _counted() == before


async def seen(query):
    async with transaction() as session:
        return list((await session.execute(text(query))).all())


async def _counted():
    async with transaction() as session:
        rows = await session.execute(select(*CaseCount.__table__.columns))
        return [tuple(it) for it in rows]


async def test_what_ended_long_ago_alarms_nobody(units, stream, tmp_path):
    danger = {"text": "Hon andas inte, vi ringde 112."}
    rows = [row(1, closed_at="2020-04-01", **danger), row(2, **danger)]
    avvik("import", written(tmp_path, rows))

    async with followed(stream):
        await settled()

    told = await seen(
        "SELECT phase FROM event JOIN read.case_index USING (case_id)"
        " WHERE type = 'case.escalated'"
    )
    assert [it.phase for it in told] == ["received"]
