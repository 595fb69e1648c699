"""`avvik export`: every case as a JSON line, without a word that anybody wrote."""

from typing import Any

import click
import orjson
from sqlalchemy import select

from infra.db import transaction
from services.cli.installation import in_installation
from services.counts import year_of
from services.projections.case_index import CaseRow
from services.projections.statistics import CaseCount


@click.command("export")
@click.option(
    "--year", type=click.IntRange(1900, 2999), help="Bara ärenden som kom in det året."
)
def command(year: int | None) -> None:
    """Skriv ut alla ärenden som JSON Lines: siffror och koder, inga texter och inga namn."""

    async def work() -> None:
        query = (
            select(CaseCount, CaseRow.number)
            .join(CaseRow, CaseRow.case_id == CaseCount.case_id)
            .order_by(CaseCount.received_at)
        )
        if year is not None:
            start, end = year_of(year)
            query = query.where(CaseCount.received_at >= start, CaseCount.received_at < end)
        async with transaction() as session:
            async for row, number in await session.stream(query):
                click.echo(orjson.dumps(_told(row, number)).decode())

    in_installation("export", work)


def _told(row: CaseCount, number: str) -> dict[str, Any]:
    return {
        "id": str(row.case_id),
        "number": number,
        "kind": row.case_type,
        "reported_at": row.received_at,
        "unit": row.unit,
        "reported_by_unit": row.reported_by_unit,
        "phase": row.phase,
        "category": row.category,
        "subtype": row.subtype,
        "consequence": row.consequence,
        "likelihood": row.likelihood,
        "complaint_kind": row.complaint_kind,
        "outcome": row.outcome,
        "ivo_notified": row.ivo_notified,
        "routes": row.routes,
        "triaged_at": row.triaged_at,
        "answered_at": row.answered_at,
        "closed_at": row.closed_at,
    }
