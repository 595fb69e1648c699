"""Every step of every kind of case, taken through its page by whoever may."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events import OwnerType, Role
from infra.db import transaction
from infra.people.units import keep_unit
from services.command_forms import form_of
from services.web.pages.desk.possible import GROUPS
from services.web.pages.desk.ways import CLOCKS, GATES
from services.web.pages.steps.catalogue import STEPS
from services.web.pages.steps.choices import CHOICES
from services.web.pages.steps.fields import Kind, kind_of
from tests.lex_sarah_support import bench_of
from tests.page_forms import by_step, desk
from tests.people import UNITS, days
from workflows import CASE_TYPES
from workflows.access import COMMANDS
from workflows.rules.duties import DUTIES
from workflows.rules.gates import GATES as ALL_GATES
from workflows.terms.points import TO_INVESTIGATE

NO_STEP_STOPS = {
    "finish",
    "finish_reopened",
    "destroy_documents",
    "notify_ivo",
    "lex_sarah_investigation",
}
"""Clocks that whole chains of steps stop."""


@pytest.mark.parametrize("action", COMMANDS)
def test_every_command_has_words_for_the_step_and_each_field_it_draws(action):
    step, form = STEPS[action], form_of(COMMANDS[action])
    for words in (step.button, step.title, step.done, step.leads):
        assert words
    for name, info in form.model.model_fields.items():
        ask = step.asks.get(name)
        kind = kind_of(name, info.annotation, form, ask) if ask else None
        if ask is None:
            hidden = name in form.fresh or name == "about"
            assert hidden, (action, name)
            continue
        assert ask.label, (action, name)
        if info.is_required() and kind is not Kind.HIDDEN:
            assert ask.empty, (action, name)
        if kind in (Kind.CHOICE, Kind.MANY):
            assert (ask.choices or name) in CHOICES
    assert set(step.asks) <= set(form.model.model_fields)


def test_every_command_stands_in_one_group_and_every_gate_has_a_way():
    grouped = [step for steps in GROUPS.values() for step in steps]
    assert sorted(grouped) == sorted(COMMANDS)
    assert set(STEPS) == set(COMMANDS)
    assert set(GATES) == {it.code for it in ALL_GATES}
    assert {it.code for it in DUTIES} == CLOCKS.keys() | NO_STEP_STOPS


def steps_of(kind):
    """Return every step that a kind of case has in some phase."""
    flow = CASE_TYPES[kind].flow.values()
    return {
        name
        for name, command in COMMANDS.items()
        if any(command in allowed for allowed in flow)
    }


MISSED = "utebliven_insats"
DEVIATION, LEX_SARAH = steps_of("deviation"), steps_of("lex_sarah")
"""What kinds share is given once; each kind's own in its own life."""


class Through:
    """A case led through its pages; remembers which steps were taken."""

    def __init__(self, case_id, kind):
        self.case_id = case_id
        self.taken = set()
        self.opened = set()
        self.whole = steps_of(kind)

    async def by(self, person, step, query="", /, **given):
        """Take a step through its page; whatever else the page leads to must open."""
        await self._all_open(person)
        await desk(person).step(self.case_id, step, query, **given)
        self.taken.add(step)
        return await self.seen(person)

    async def seen(self, person):
        """Read the case as the API tells it; nothing where it is read no further."""
        answer = await person.get(f"cases/{self.case_id}")
        return answer.json() if answer.is_success else {}

    async def _all_open(self, person):
        """Open each step that the page leads to, the first time it does."""
        shown = await desk(person).page(f"/arende/{self.case_id}")
        mine = [it for it in shown.links if it.startswith(f"/arende/{self.case_id}/")]
        for step, links in by_step(mine).items():
            if step in self.opened:
                continue
            self.opened.add(step)
            form = (await desk(person).page(links[0])).form(f"/{step}")
            for one in form.fields.values():
                choosing = one.kind in ("select", "radio", "checkbox")
                assert one.options or not choosing, (step, one.name)


async def test_a_deviation_is_led_through_every_step_by_its_pages(town):
    alice, sas, olga = town.alice, town.sas, town.olga
    other, third = await town.cim.case(), await town.cim.case()
    number = (await alice.get(f"cases/{other}")).json()["number"]
    case_id = await town.cim.case(
        text="Hon föll i badrummet. Ingen kom.", complainant="Eva", harm="serious"
    )
    case = Through(case_id, "deviation")
    take = case.by

    await take(alice, "assign", owner=[alice.account_id])
    await take(alice, "correct-report", harm="minor")
    await take(alice, "confirm-classification", category=MISSED, subtype="ej_utford")
    await take(alice, "assess-severity", cell="3x3", tracks=["sol", "hsl"])
    await take(sas, "take-sas-position", lex_sarah="nej")
    await take(alice, "raise-lex-sarah")
    await take(alice, "pause-deadline", until=days(3))
    await take(alice, "start-investigation")
    await take(alice, "add-note")
    note = (await case.seen(alice))["notes"][0]["note_id"]
    found = await take(alice, "add-note", corrects=note)
    assert found["notes"][1]["corrects"] == note
    await take(alice, "add-cause", words="Fel från början.")
    wrong = (await case.seen(sas))["causes"][0]["cause_id"]
    await take(alice, "withdraw-cause", f"?cause_id={wrong}")
    found = await take(alice, "add-cause", words="Ingen rutin.")
    cause = found["causes"][0]["cause_id"]
    await take(alice, "add-measure", f"?causes={cause}", owner=[town.cim.account_id])
    found = await take(alice, "add-measure", f"?causes={cause}", words="En till.")
    first, second = (it["measure_id"] for it in found["measures"])
    await take(alice, "withdraw-measure", f"?measure_id={second}")
    await take(alice, "conclude-investigation")
    await take(alice, "complete-measure", f"?measure_id={first}")
    await take(olga, "follow-up-measure", f"?measure_id={first}", effect="ja")
    await take(alice, "pass-on", route="work_environment")
    route = (await case.seen(sas))["passed_on"][0]["route_id"]
    await take(alice, "confirm-receipt", f"?route_id={route}")
    await take(alice, "link", other=number, kind="pattern")
    await take(alice, "send-message", way="phone")
    await take(alice, "record-message", way="phone")
    await take(alice, "register", registry_number="SN 2026/77")
    await take(alice, "answer-reporter", "?start=1")
    await take(alice, "answer-complainant", way="phone")
    done = await take(alice, "close")
    assert done["phase"] == "closed"
    await take(alice, "reopen")
    await take(alice, "waive-answer", whose="complainant", ground="declined")
    await take(olga, "recuse", person=[town.cim.account_id])
    await take(alice, "hand-over", owner=[olga.account_id])

    for step, given in (("merge", {"into": number}), ("reroute", {"route": "not_a_deviation"})):
        one = Through(third if step == "reroute" else await town.cim.case(), "deviation")
        await one.by(alice, step, **given)
        case.taken.add(step)
    assert case.taken == case.whole


async def test_a_complaint_is_led_through_every_step_by_its_pages(town):
    alice = town.alice
    registrar = await town.somebody(Role.REGISTRAR)
    told = {
        "unit": "solrosen",
        "text": "Min mor får vänta.",
        "relation": "relative",
        "answer_way": "code",
    }
    answer = await town.nobody.ask("PUT", f"complaints/{uuid4()}", json=told)
    assert answer.status_code == 201, answer.text
    [found] = (await town.sas.get("queue", kind="complaint")).json()["items"]
    case = Through(found["case_id"], "complaint")
    take = case.by

    await take(registrar, "set-complaint-kind", kind="complaint")
    await take(registrar, "acknowledge", way="code")
    await take(alice, "start-investigation")
    await take(alice, "send-message", way="code")
    await take(alice, "record-message", way="phone")
    done = await take(alice, "answer-complainant", way="code", secrecy="general_only")
    assert done["phase"] == "answered"
    done = await take(alice, "close")
    assert done["phase"] == "closed"
    assert case.whole - DEVIATION <= case.taken


async def test_a_lex_sarah_case_is_led_through_every_step_by_its_pages(town):
    async with transaction() as session:  # a private provider also tells the board
        await keep_unit(session, replace(UNITS[0], owner_type=OwnerType.PRIVATE))
    bench = await bench_of(town)
    case = Through(await bench.report(town.cim), "lex_sarah")
    sas, take = town.sas, case.by

    await take(sas, "receive-lex-sarah")
    await take(bench.registrar, "register", registry_number="SN 2026/123")
    await take(sas, "start-investigation")
    for point in TO_INVESTIGATE:
        await take(sas, "add-note", f"?point={point}")
    await take(sas, "confirm-classification")
    await take(sas, "assess-severity", cell="2x2")
    await take(sas, "add-cause")
    await take(sas, "add-measure", owner=[town.alice.account_id])
    await take(sas, "require-ivo-notification")
    await take(sas, "take-position", outcome="misconduct")
    await take(bench.decider, "decide-lex-sarah", outcome="misconduct")
    for question in ("individual_informed", "noted_in_file", "police_report"):
        await take(sas, "answer-question", f"?question={question}", yes="ja")
    await take(town.alice, "complete-measure")
    await take(sas, "follow-up-measure", effect="ja")
    await take(sas, "verify-measures")
    await take(sas, "answer-reporter")
    await take(bench.manager, "inform-board", news="report")
    assert await bench.lacking(case.case_id) == {"ivo_notified"}
    assert case.whole - DEVIATION <= case.taken


async def test_a_notification_is_led_through_every_step_by_its_pages(town):
    bench = await bench_of(town)
    parent = await bench.report(town.cim)
    await bench.lead(parent, until="receive")
    case = Through(await bench.require_ivo(parent), "ivo_notification")
    sas, take = town.sas, case.by
    await bench.draft(case.case_id)

    await take(bench.decider, "approve-pack")
    await take(sas, "approve-pack")
    await take(sas, "submit-notification", how="e_service", ivo_number="")
    await take(sas, "register-ivo-number", ivo_number="3.1.1-00001/2026")
    await take(sas, "supply-investigation", how="post")
    await take(sas, "request-supplement")
    await take(sas, "answer-supplement", how="post")
    await take(bench.registrar, "register", registry_number="SN 2026/9")
    await take(sas, "register-ivo-decision", decision="closed", decided_on=days(0))
    done = await take(sas, "close")
    assert done["phase"] == "closed"
    await take(sas, "reopen")

    other = await bench.report(town.cim)
    await bench.lead(other, until="receive")
    dropped = Through(await bench.require_ivo(other), "ivo_notification")
    await dropped.by(bench.decider, "withdraw-notification")
    assert case.whole - DEVIATION - LEX_SARAH <= case.taken | dropped.taken
