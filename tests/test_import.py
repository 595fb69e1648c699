"""A municipality brings its years from another system."""

import json

import pytest
from sqlalchemy import select, text

from events import OwnerType
from infra import store
from infra.db import transaction
from infra.people.units import UnitData, keep_unit
from services.handlers.project import project
from services.projections.statistics import CaseCount
from tests.command_line import avvik
from tests.stream_support import scalar

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
}


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


async def test_a_year_brought_in_is_counted_as_it_was(units, tmp_path):
    rows = [
        row(f"{category}-{n}", category=category, closed_at="2020-12-01")
        for category, count in YEAR_2020.items()
        for n in range(count)
    ]

    done = avvik("import", written(tmp_path, rows))

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "285 mottagna, 0 fanns redan, 0 nekade."
    assert avvik("rebuild").returncode == 0
    told = json.loads(avvik("report", "--year", "2020", "--json").stdout)
    assert told["deviations"] == told["closed"] == 285
    counted = {it["category"]: it["count"] for it in told["by_category"]}
    assert counted == {**YEAR_2020, "oklassad": 0}
    assert all(it["of"] == 285 for it in told["by_category"])


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
        ({"kind": "complaint"}, "bara emot avvikelser"),
        ({"kind": "annat"}, "kind"),
        ({"reported_at": "2020-02-30"}, "Tiden går inte att läsa."),
        ({"reported_at": "2999-01-01"}, "framtiden"),
        ({"closed_at": "2019-01-01"}, "innan det rapporterades"),
        ({"category": "annat"}, "Kategorin finns inte."),
        ({"consequence": 5}, "consequence"),
        ({"outcome": "kanske"}, "Utfallet finns inte."),
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
    avvik("import", written(tmp_path, [row(1, text="HEMLIGT", closed_at="2020-04-01")]))
    avvik("rebuild")

    told = avvik("export").stdout

    assert "HEMLIGT" not in told
    assert json.loads(told)["reported_at"].startswith("2020-03-02")


async def test_the_projector_writes_what_a_rebuild_writes(units, tmp_path):
    avvik("import", written(tmp_path, [row(1, category="omsorg", closed_at="2020-04-01")]))
    avvik("rebuild")
    before = await _counted()
    async with transaction() as session:
        await session.execute(text("DELETE FROM read.case_count"))
        case_id = before[0][0]
        await project(session, (await store.load(session, [case_id]))[case_id])

    assert await _counted() == before


async def _counted():
    async with transaction() as session:
        rows = await session.execute(select(*CaseCount.__table__.columns))
        return [tuple(it) for it in rows]
