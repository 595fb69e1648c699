"""Leads a report of misconduct through the API, as SAS, the registrar and the decider do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from events import Role
from tests.people import Person, Town, days
from workflows.terms.points import TO_INVESTIGATE

DETAILS = {
    "sender": {
        "name": "Socialnämnden",
        "municipality": "Norrvik",
        "org_number": "212000-0000",
        "address": "Storgatan 1",
        "postal_code": "999 99",
        "town": "Norrvik",
        "contact": {"name": "Ingrid Malm", "title": "SAS", "phone": "070-174 06 10"},
    },
    "operation": {"address": "Solvägen 2", "municipality": "Norrvik", "kind": "Hemtjänst"},
    "began": "2026-11-20T07:30:00+01:00",
    "signer_name": "Per Åkesson",
    "signer_title": "Socialchef",
}
"""What a pack asks for that no case knows."""


@dataclass(frozen=True)
class Cast:
    """Who decides, and who registers."""

    decider: Person
    registrar: Person


async def employed(town: Town) -> Cast:
    return Cast(await town.somebody(Role.DECISION_MAKER), await town.somebody(Role.REGISTRAR))


async def investigated(town: Town, cast: Cast, case_id: UUID) -> None:
    """Register, receive, begin, document every point, and answer the questions."""
    await cast.registrar.done(
        case_id, "register", registry_number="SN 2026/12", registered_on=days(0)
    )
    await town.sas.done(case_id, "receive-lex-sarah", protection="Larmet återlämnades.")
    await town.sas.done(case_id, "start-investigation")
    for point in TO_INVESTIGATE:
        await town.sas.done(
            case_id,
            "add-note",
            nature="fact",
            words=f"Om {point}.",
            source="Samtal med personalen",
            point=point,
        )
    for question in ("individual_informed", "noted_in_file", "police_report"):
        await town.sas.done(
            case_id, "answer-question", question=question, yes=True, reason="Samma dag."
        )


async def decided(town: Town, cast: Cast, case_id: UUID, outcome: str) -> dict[str, Any]:
    """Take the position and decide, two persons; return the case."""
    said = {"outcome": outcome, "reason": "Livsfara."}
    await town.sas.done(case_id, "take-position", **said)
    return await cast.decider.done(
        case_id, "decide-lex-sarah", **said, delegation="Delegation 4.2"
    )


async def serious(town: Town, cast: Cast, **report: Any) -> tuple[UUID, UUID]:
    """Lead a report to a serious decision; return the case and its registered notification."""
    case_id = await town.cim.case(lex_sarah=True, harm="serious", **report)
    await investigated(town, cast, case_id)
    case = await decided(town, cast, case_id, "serious_misconduct")
    [ivo] = case["links"]
    await cast.registrar.done(
        ivo, "register", registry_number="SN 2026/13", registered_on=days(0)
    )
    return case_id, UUID(ivo)


async def drafted(town: Town, ivo: UUID, **details: Any) -> dict[str, Any]:
    """Make the next version of the pack."""
    answer = await town.sas.ask("POST", f"cases/{ivo}/pack", json=details)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def followed_up(town: Town, case_id: UUID) -> None:
    """Judge how grave it was, find the cause, keep a promise against it, and look at it."""
    cause, measure = uuid4(), uuid4()
    await town.sas.done(case_id, "confirm-classification", category="larm_telefoni")
    await town.sas.done(
        case_id, "assess-severity", consequence=4, likelihood=2, reason="Kunde ha dött."
    )
    await town.sas.done(
        case_id, "add-cause", cause_id=cause, area="procedurer_rutiner", words="Ingen rutin."
    )
    await town.sas.done(
        case_id,
        "add-measure",
        measure_id=measure,
        causes=[cause],
        kind="rutin",
        words="En rutin skrivs.",
        expected_effect="Inget larm tas tillbaka.",
        owner=town.alice.account_id,
        due_on=days(3),
        follow_up_on=days(10),
    )
    await town.alice.done(case_id, "complete-measure", measure_id=measure)
    await town.sas.done(
        case_id, "follow-up-measure", measure_id=measure, effect=True, words="Inga fler."
    )
    await town.sas.done(case_id, "verify-measures", words="Rutinen finns och följs.")
