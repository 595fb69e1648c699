"""What the law asks, row by row, written out by hand from the rulebook and compared."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from events import (
    AnswerWay,
    DeadlineSet,
    Harm,
    OwnerType,
    Role,
    Track,
)
from tests.lives import corpus
from tests.samples import (
    MONDAY,
    answer,
    approve,
    ask_more,
    assess,
    cause,
    classify,
    close,
    complain,
    draft,
    drop,
    erase,
    grave,
    lived,
    measure,
    merge,
    of,
    open_ivo,
    pass_on,
    played,
    policy,
    receive,
    receive_message,
    refused,
    reopen,
    report_misconduct,
    start,
    submit,
    submitted,
)
from workflows import CASE_TYPES, Incomplete, fold
from workflows.law import ROWS, Confidence, Measured, NoSuchLaw, law_on
from workflows.law.base import NEW_ACT
from workflows.rules.calendar import ZONE
from workflows.rules.duties import DUTIES

SOL, LSS, HSL = Track
OWN, PRIVATE = OwnerType
OLD_DAY, NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)


def local(*parts):
    return datetime(*parts, tzinfo=ZONE)


LAST_OLD, FIRST_NEW = local(2025, 6, 30, 23, 59), local(2025, 7, 1, 0, 0)

# The rows, by hand: the section map and the rulebook.

LEX_SARAH = {
    # id: (to 30 June 2025, from 1 July 2025, LSS), each with the statute's own word
    "R01": (
        ("14 kap. 3 § SoL (2001:453)", "genast"),
        ("27 kap. 2 § SoL (2025:400)", "genast"),
        ("24 b § LSS", "genast"),
    ),
    "R02": (
        ("14 kap. 6 § SoL (2001:453)", "utan dröjsmål"),
        ("27 kap. 5 § SoL (2025:400)", "genast"),
        ("24 e § LSS", "utan dröjsmål"),
    ),
    "R03": (
        ("14 kap. 6 § SoL (2001:453)", "utan dröjsmål"),
        ("27 kap. 5 § SoL (2025:400)", "genast"),
        ("24 e § LSS", "utan dröjsmål"),
    ),
    "R04": (
        ("14 kap. 5 § SoL (2001:453)", None),
        ("27 kap. 4 § SoL (2025:400)", None),
        ("24 d § LSS", None),
    ),
    "R05": (
        ("14 kap. 7 § SoL (2001:453)", "snarast"),
        ("27 kap. 6 § SoL (2025:400)", "snarast"),
        ("24 f § LSS", "snarast"),
    ),
    "R06": (("SOSFS 2011:5 6 kap.", None),) * 3,
    "R07": (
        ("14 kap. 7 § SoL (2001:453)", None),
        ("27 kap. 6 § SoL (2025:400)", None),
        ("24 f § LSS", None),
    ),
    "R08": (("Lokalt mål i policyn", None),) * 3,
    "R09": (
        ("13 kap. SoL (2001:453)", None),
        ("28 kap. 5 och 8 §§ SoL (2025:400)", None),
        ("25-26 p §§ LSS", None),
    ),
    "R11": (
        ("7 kap. 6 § SoL (2001:453)", None),
        ("17 kap. 10 § SoL (2025:400)", None),
        ("23 g § LSS (tidigare 23 e §)", None),
    ),
    "R12": (("Arkivlagen och kommunens informationshanteringsplan", None),) * 3,
    "OSL": (("5 kap. 1 och 2 §§ OSL (2009:400)", "så snart"),) * 3,
}
OTHERS = {
    # id: (to 30 June 2025, from 1 July 2025), on which tracks
    "own": (("Lokalt mål i policyn; ingen lagstadgad tid är funnen", None),) * 2,
    "R20": (("Lokalt mål i policyn; ingen lagstadgad tid är funnen", None),) * 2,
    "R21": (("Lokalt mål i policyn; ingen lagstadgad tid är funnen", None),) * 2,
    "R22": (("3 kap. 8 b § PSL (2010:659)", "snarast"),) * 2,
    "R23": (("11 § FL (2017:900)", None),) * 2,
    "R27": (("3 kap. 5 § PSL (2010:659)", "snarast"),) * 2,
    "R28": (("3 kap. 8 § PSL (2010:659)", "snarast"),) * 2,
    "R29": (("3 kap. 3 a § AML (1977:1160), 2 § AMF", "utan dröjsmål"),) * 2,
    "R30": (
        ("14 kap. 1 § SoL (2001:453)", "genast"),
        ("19 kap. 1 § SoL (2025:400)", "genast"),
    ),
    "R33": (("Artikel 33 i dataskyddsförordningen (GDPR)", None),) * 2,
}
ONLY_PRIVATE, ONLY_BOARD = {"R04", "R07", "R11"}, {"R12"}
HEALTH = {"R22", "R27", "R28"}
SURE = {
    "R06": Confidence.OLD_PAGE,
    "R08": Confidence.LOCAL,
    "R12": Confidence.UNVERIFIED,
    "R20": Confidence.LOCAL,
    "R21": Confidence.LOCAL,
    "R23": Confidence.UNVERIFIED,
    "R33": Confidence.UNVERIFIED,
    "OSL": Confidence.UNVERIFIED,
    "own": Confidence.LOCAL,
}
"""How sure the rulebook is; the others are read in the statute's own text."""


def owners(rule):
    if rule in ONLY_PRIVATE:
        return {PRIVATE}
    return {OWN} if rule in ONLY_BOARD else {OWN, PRIVATE}


def test_every_row_is_in_the_tables_of_this_test():
    assert {row.id for row in ROWS} == LEX_SARAH.keys() | OTHERS.keys()


@pytest.mark.parametrize("owner", OwnerType)
@pytest.mark.parametrize("rule", LEX_SARAH)
def test_lex_sarah_is_cited_by_act_and_day(rule, owner):
    if owner not in owners(rule):
        for day, track in product((OLD_DAY, NEW_DAY), (SOL, LSS)):
            with pytest.raises(NoSuchLaw):
                law_on(rule, day, track, owner)
        return
    old, new, lss = LEX_SARAH[rule]
    found = [
        law_on(rule, day, track, owner)
        for day, track in [(OLD_DAY, SOL), (NEW_DAY, SOL), (OLD_DAY, LSS), (NEW_DAY, LSS)]
    ]

    assert [(row.basis, row.word) for row in found] == [old, new, lss, lss]
    assert {row.confidence for row in found} == {SURE.get(rule, Confidence.VERIFIED)}


@pytest.mark.parametrize("rule", OTHERS)
def test_what_is_not_lex_sarah_is_cited_by_its_day(rule):
    tracks = {HSL} if rule in HEALTH else set(Track)
    old, new = OTHERS[rule]
    for track, owner in product(Track, OwnerType):
        if track not in tracks:
            with pytest.raises(NoSuchLaw):
                law_on(rule, NEW_DAY, track, owner)
            continue
        found = [law_on(rule, day, track, owner) for day in (OLD_DAY, NEW_DAY)]
        assert [(row.basis, row.word) for row in found] == [old, new]
        assert {row.confidence for row in found} == {SURE.get(rule, Confidence.VERIFIED)}


def test_only_four_rows_state_a_time_and_these_are_they():
    stated = {row.id: (row.hours, row.months, row.years) for row in ROWS}

    assert {rule: time for rule, time in stated.items() if any(time)} == {
        "R06": (None, 2, None),
        "R11": (None, None, 5),
        "R33": (72, None, None),
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} {row.basis}")
def test_every_row_says_on_what_ground_and_who_answers_for_it(row):
    assert row.asks
    assert row.asks[0].islower() or row.asks.startswith("IVO")
    assert not row.asks.endswith(".")
    assert row.basis
    assert row.source
    assert row.confidence in Confidence
    assert row.responsible in set(Role) - {Role.ADMIN, Role.BOARD}
    assert row.tracks
    assert row.owners
    assert row.word is None or row.word in {"genast", "snarast", "utan dröjsmål", "så snart"}
    assert row.overdue == "" or row.overdue.endswith(".")
    assert row.valid_to is None or row.valid_from < row.valid_to


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} {row.basis}")
def test_a_row_names_as_its_source_the_act_that_it_cites(row):
    for act in ("2001:453", "2025:400", "1977:1160", "2010:659", "2009:400", "2017:900"):
        if act in row.basis:
            assert act in row.source
    if row.basis.endswith("LSS"):
        assert "1993:387" in row.source


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} {row.basis}")
def test_the_old_act_ends_where_the_new_begins(row):
    if "2001:453" in row.basis:
        assert row.valid_to == NEW_ACT == date(2025, 7, 1)
    if "2025:400" in row.basis:
        assert (row.valid_from, row.valid_to) == (NEW_ACT, None)


@pytest.mark.parametrize("rule", sorted({row.id for row in ROWS}))
def test_the_rows_of_a_duty_neither_overlap_nor_leave_a_hole(rule):
    days = [date(2001, 1, 1), OLD_DAY - timedelta(days=1), OLD_DAY, NEW_DAY]
    days += [NEW_DAY + timedelta(days=1), date(2026, 1, 1), date(2028, 2, 29), date(2100, 1, 1)]
    edges = {row.valid_to for row in ROWS} | {row.valid_from for row in ROWS}
    days += [day for day in edges - {None} if day.year > 2000]
    for track, owner in product(Track, OwnerType):
        here = [
            it for it in ROWS if it.id == rule and track in it.tracks and owner in it.owners
        ]
        for day in days:
            assert len([it for it in here if it.in_force(day)]) == (1 if here else 0)


def test_a_row_counts_from_its_first_day_to_the_day_before_its_last():
    [old] = [
        row for row in ROWS if row.basis == "27 kap. 5 § SoL (2025:400)" and row.id == "R02"
    ]

    assert old.in_force(NEW_DAY)
    assert not old.in_force(OLD_DAY)


def test_only_what_is_sure_or_our_own_is_shown_without_a_warning():
    assert {it for it in Confidence if not it.warning} == {
        Confidence.VERIFIED,
        Confidence.LOCAL,
    }
    assert Confidence.UNVERIFIED.warning == "ej bekräftat"
    assert "ska bekräftas" in Confidence.OLD_PAGE.warning


# Every duty: on which row it rests, and by when on an ordinary Monday.

DUTY = {
    # code: (rule, when it is due if it starts on Monday 2 March 2026 at 9)
    "triage": ("own", local(2026, 3, 4, 23, 59)),
    "read_at_once": ("own", local(2026, 3, 2, 13, 0)),
    "answer_reporter": ("own", local(2026, 3, 16, 23, 59)),
    "sas_position": ("own", local(2026, 3, 4, 23, 59)),
    "investigate": ("own", local(2026, 3, 30, 23, 59)),
    "acknowledge": ("R20", local(2026, 3, 4, 23, 59)),
    "answer_complainant": ("R21", local(2026, 3, 16, 23, 59)),
    "read_message": ("own", local(2026, 3, 4, 23, 59)),
    "protect": ("R02", local(2026, 3, 2, 13, 0)),
    "start_investigation": ("R03", local(2026, 3, 3, 23, 59)),
    "register": ("OSL", local(2026, 3, 3, 23, 59)),
    "inform_board_report": ("R04", local(2026, 3, 4, 23, 59)),
    "lex_sarah_investigation": ("R08", local(2026, 4, 1, 23, 59)),
    "notify_ivo": ("R05", local(2026, 3, 4, 23, 59)),
    "supply_investigation": ("R06", local(2026, 5, 2, 23, 59)),
    "inform_board_notification": ("R07", local(2026, 3, 4, 23, 59)),
    "answer_ivo": ("R09", local(2026, 3, 20, 23, 59)),
    "destroy_documents": ("R11", local(2031, 3, 2, 23, 59)),
    "reach_receiver": ("own", local(2026, 3, 3, 23, 59)),
    "measure_due": ("own", local(2026, 3, 16, 23, 59)),
    "measure_effect": ("own", local(2026, 4, 20, 23, 59)),
    "finish": ("own", local(2026, 8, 29, 23, 59)),
    "finish_reopened": ("own", local(2026, 3, 30, 23, 59)),
}
WORDED = {"protect", "start_investigation", "register", "notify_ivo"}
STATUTORY = {"supply_investigation", "answer_ivo", "destroy_documents"}


def begun(code, at=MONDAY, law=SOL, owner=PRIVATE, **sent):
    """Return the clock of a duty whose starting fact happens at a moment."""
    now = {"at": at}
    unit = {"law": law, "owner_type": owner}
    report = now | unit | {"received_at": at}
    told = submit(**report)
    reported = report_misconduct(**report)
    opened = open_ivo(**now, **unit, required_at=at)
    second = str(UUID(int=99))
    sending = (opened, draft(**now), approve(**now), approve(**now, by=second))
    sending += (submitted(**now, **({"submitted_at": at} | sent)),)
    triaged = (told, classify(**now), assess(**now))
    found = (*triaged, start(**now), cause(**now))
    days = {"due_on": date(2026, 3, 16), "follow_up_on": date(2026, 4, 20)}
    promised = (*found, measure(**now, **days))
    closed = (*triaged, answer(**now), close(**now))
    life = {
        "triage": (told,),
        "read_at_once": (submit(**report, harm=Harm.SERIOUS),),
        "answer_reporter": (told,),
        "sas_position": (told, grave(**now)),
        "investigate": triaged,
        "acknowledge": (complain(**report),),
        "answer_complainant": (complain(**report),),
        "read_message": (
            complain(**report, answer_way=AnswerWay.CODE),
            receive_message(**now),
        ),
        "protect": (reported,),
        "start_investigation": (reported,),
        "register": (reported,),
        "inform_board_report": (reported,),
        "lex_sarah_investigation": (reported,),
        "notify_ivo": (opened,),
        "supply_investigation": sending,
        "inform_board_notification": sending,
        "answer_ivo": (*sending, ask_more(**now)),
        "destroy_documents": (opened, drop(**now)),
        "reach_receiver": (told, pass_on(**now)),
        "measure_due": promised,
        "measure_effect": promised,
        "finish": triaged,
        "finish_reopened": (*closed, reopen(**now)),
    }[code]
    [fact] = [it for it in of(DeadlineSet, lived(*life)) if it.code == code]
    return fact


def test_every_duty_is_in_the_table():
    assert {duty.code: duty.law for duty in DUTIES} == {
        code: rule for code, (rule, _) in DUTY.items()
    }
    assert {duty.code for duty in DUTIES if duty.statutory} == STATUTORY
    for duty in DUTIES:
        assert duty.case_types <= CASE_TYPES.keys()
        assert duty.case_types
        assert duty.stops


def expected(code, track, day):
    rule = DUTY[code][0]
    if rule in LEX_SARAH:
        old, new, lss = LEX_SARAH[rule]
        return lss if track is LSS else new if day >= NEW_DAY else old
    return OTHERS[rule][day >= NEW_DAY]


@pytest.mark.parametrize("owner", OwnerType)
@pytest.mark.parametrize("track", [SOL, LSS])
@pytest.mark.parametrize("code", DUTY)
def test_a_clock_quotes_the_row_of_its_act_and_owner(code, track, owner):
    rule, end = DUTY[code]
    if owner not in owners(rule):
        with pytest.raises(ValueError, match="not enough values"):
            begun(code, law=track, owner=owner)
        return
    fact = begun(code, law=track, owner=owner)
    basis, word = expected(code, track, date(2026, 3, 2))

    assert (fact.basis, fact.legal_word) == (basis, word)
    assert fact.rule == rule.lower()
    assert fact.confidence == SURE.get(rule, Confidence.VERIFIED)
    assert fact.due_at == end
    assert fact.statutory is (code in STATUTORY)
    assert (fact.legal_word is not None) is (code in WORDED)
    assert fact.policy_version == 1
    assert fact.source
    assert fact.responsible


@pytest.mark.parametrize("track", [SOL, LSS])
@pytest.mark.parametrize(
    "code", [it for it in DUTY if it not in ("answer_ivo", "measure_due", "measure_effect")]
)
@pytest.mark.parametrize("at", [LAST_OLD, FIRST_NEW], ids=["30 June 23.59", "1 July 00.00"])
def test_the_act_is_that_of_the_day_of_the_step(code, track, at):
    fact = begun(code, at=at, law=track)

    assert (fact.basis, fact.legal_word) == expected(code, track, at.date())


@pytest.mark.parametrize(
    ("at", "basis"),
    [
        (datetime(2025, 6, 30, 21, 59, tzinfo=UTC), "14 kap. 6 § SoL (2001:453)"),
        (datetime(2025, 6, 30, 22, 0, tzinfo=UTC), "27 kap. 5 § SoL (2025:400)"),
    ],
)
def test_the_day_is_the_local_one(at, basis):
    assert begun("protect", at=at).basis == basis


def test_what_happened_before_and_is_reported_after_follows_the_new_act():
    given = report_misconduct(
        at=FIRST_NEW, received_at=FIRST_NEW, occurred_at=local(2025, 6, 1, 12)
    )
    found = {it.code: it for it in of(DeadlineSet, lived(given))}

    assert found["protect"].basis == "27 kap. 5 § SoL (2025:400)"
    assert found["protect"].legal_word == "genast"


def test_what_was_reported_before_and_is_found_serious_after_is_notified_by_the_new_act():
    old = {"at": LAST_OLD, "received_at": LAST_OLD}
    [first] = [
        it for it in of(DeadlineSet, lived(report_misconduct(**old))) if it.code == "protect"
    ]
    later = begun("notify_ivo", at=FIRST_NEW)

    assert first.basis == "14 kap. 6 § SoL (2001:453)"
    assert later.basis == "27 kap. 6 § SoL (2025:400)"


def test_a_clock_of_the_old_act_keeps_its_words_when_the_act_changes():
    state = played(report_misconduct(at=LAST_OLD, received_at=LAST_OLD))
    before = state.clocks["protect", None]
    after = fold(lived(report_misconduct(at=LAST_OLD, received_at=LAST_OLD)))

    assert after.clocks["protect", None] == before


# The two months to IVO (R06), counted by the calendar from when it was sent.


@pytest.mark.parametrize(
    ("sent", "end"),
    [
        (local(2025, 12, 31, 12), local(2026, 2, 28, 23, 59)),
        (local(2025, 12, 31, 23, 59), local(2026, 2, 28, 23, 59)),
        (local(2026, 1, 1, 0, 0), local(2026, 3, 1, 23, 59)),
        (local(2027, 12, 31, 12), local(2028, 2, 29, 23, 59)),  # a leap year
        (local(2027, 12, 29, 12), local(2028, 2, 29, 23, 59)),
        (local(2027, 12, 28, 12), local(2028, 2, 28, 23, 59)),
        (local(2026, 12, 30, 12), local(2027, 2, 28, 23, 59)),
        (local(2028, 2, 29, 12), local(2028, 4, 29, 23, 59)),
        (local(2025, 11, 30, 12), local(2026, 1, 30, 23, 59)),
        (local(2026, 7, 31, 12), local(2026, 9, 30, 23, 59)),
        (local(2026, 1, 29, 12), datetime(2026, 3, 29, 21, 59, tzinfo=UTC)),  # to summer time
        (local(2026, 8, 25, 12), datetime(2026, 10, 25, 22, 59, tzinfo=UTC)),  # and back
        (local(2026, 2, 3, 12), local(2026, 4, 3, 23, 59)),  # Good Friday: not moved
        (local(2026, 4, 20, 12), local(2026, 6, 20, 23, 59)),  # Midsummer Day: not moved
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), local(2026, 3, 1, 23, 59)),
    ],
)
def test_the_investigation_is_due_two_months_after_the_notification(sent, end):
    fact = begun("supply_investigation", at=sent)

    assert fact.due_at == end
    assert fact.statutory


def test_the_two_months_count_from_when_it_was_sent_and_not_from_when_that_was_told():
    told, sent = local(2026, 3, 5, 12), local(2026, 3, 2, 23, 30)
    life = (
        open_ivo(at=MONDAY),
        draft(at=MONDAY),
        approve(at=MONDAY),
        approve(at=MONDAY, by=str(UUID(int=99))),
        submitted(at=told, submitted_at=sent),
    )
    [fact] = [it for it in of(DeadlineSet, lived(*life)) if it.code == "supply_investigation"]

    assert fact.due_at == local(2026, 5, 2, 23, 59)
    assert "två månader från 2026-03-02" in fact.explains


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_no_policy_moves_the_two_months(year):
    under = policy().model_copy(
        update={
            "targets": {
                code: it.model_copy(update={"working_days": None, "days": 1, "hours": None})
                for code, it in policy().targets.items()
            }
        }
    )
    at = local(year, 3, 2, 9)
    life = (
        open_ivo(at=at, required_at=at),
        draft(at=at),
        approve(at=at),
        approve(at=at, by=str(UUID(int=99))),
        submitted(at=at, submitted_at=at),
    )
    found = {it.code: it.due_at for it in of(DeadlineSet, lived(*life, under=under))}

    assert found["supply_investigation"] == local(year, 5, 2, 23, 59)
    assert found["notify_ivo"] == local(year, 3, 3, 23, 59)


def test_what_was_sent_with_its_investigation_has_no_two_months():
    life = (
        open_ivo(),
        draft(with_investigation=True),
        approve(),
        approve(by=str(UUID(int=99))),
    )
    facts = lived(*life, submitted())

    assert "supply_investigation" not in {it.code for it in of(DeadlineSet, facts)}
    assert ("finish", None) in fold(facts).clocks


# The day in IVO's letter (R09), and the five years (R11).


@pytest.mark.parametrize(
    "day", [date(2026, 3, 2), date(2026, 4, 3), date(2026, 3, 29), date(2028, 2, 29)]
)
def test_ivos_letter_names_the_day_and_nothing_moves_it(day):
    life = (open_ivo(), draft(), approve(), approve(by=str(UUID(int=99))), submitted())
    facts = lived(*life, ask_more(answer_by=day, at=MONDAY + timedelta(hours=3)))
    [fact] = [it for it in of(DeadlineSet, facts) if it.code == "answer_ivo"]

    assert fact.due_at == local(day.year, day.month, day.day, 23, 59)
    assert fact.explains.endswith("dagen i brevet (28 kap. 5 och 8 §§ SoL (2025:400)).")


@pytest.mark.parametrize(
    ("closed", "end"),
    [
        (local(2028, 2, 29, 12), local(2033, 2, 28, 23, 59)),
        (local(2028, 2, 28, 12), local(2033, 2, 28, 23, 59)),
        (local(2028, 3, 1, 12), local(2033, 3, 1, 23, 59)),
        (local(2027, 2, 28, 12), local(2032, 2, 28, 23, 59)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), local(2033, 2, 28, 23, 59)),
        (datetime(2028, 2, 29, 23, 30, tzinfo=UTC), local(2033, 3, 1, 23, 59)),
        (local(2025, 6, 30, 23, 59), local(2030, 6, 30, 23, 59)),
    ],
)
def test_a_private_provider_keeps_the_documents_five_years(closed, end):
    fact = begun("destroy_documents", at=closed)

    assert fact.due_at == end
    assert fact.explains.startswith("Bevara till ")


def test_documents_are_not_destroyed_in_advance():
    kept = (report_misconduct(owner_type=PRIVATE), receive(), merge(at=local(2028, 2, 29, 12)))
    early, due = local(2033, 2, 27, 23, 59), local(2033, 2, 28, 0, 0)

    said = refused(*kept, erase(at=early), kind=Incomplete, says="bevaras till 2033-02-28")
    assert said.detail["missing"] == ["destroy_documents"]
    refused(*kept, erase(at=early, ground="granted_request"), kind=Incomplete)
    refused(*kept, erase(at=early, ground="mistake"), kind=Incomplete)
    assert played(*kept, erase(at=due)).erased
    assert ("destroy_documents", None) not in played(*kept, erase(at=due)).clocks


def test_the_boards_own_documents_have_no_clock_of_ours():
    ended = played(report_misconduct(owner_type=OWN), receive(), merge())

    assert ("destroy_documents", None) not in ended.clocks
    assert (
        law_on("R12", NEW_DAY, SOL, OWN).overdue == "Ingenting raderas automatiskt utan beslut."
    )


def test_a_case_opened_again_keeps_its_documents_anew_when_it_ends_again():
    ended = (report_misconduct(owner_type=PRIVATE), receive(), merge())
    opened = (*ended, reopen())
    again = (*opened, merge(at=MONDAY + timedelta(days=30)))

    assert ("destroy_documents", None) not in played(*opened).clocks
    assert played(*again).clocks["destroy_documents", None].due_at == local(2031, 4, 1, 23, 59)


# Hours are time that passes; working days are days when people are at work.


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (local(2026, 3, 29, 0, 30), local(2026, 3, 29, 5, 30)),  # 02-03 is not
        (local(2026, 10, 25, 0, 30), local(2026, 10, 25, 3, 30)),  # 02-03 is twice
        (local(2026, 12, 24, 22, 0), local(2026, 12, 25, 2, 0)),  # Christmas night counts
    ],
)
def test_protection_is_due_in_hours_that_pass(at, end):
    fact = begun("protect", at=at)

    assert fact.due_at.astimezone(UTC) == end.astimezone(UTC)
    assert fact.due_at.astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (local(2026, 4, 1, 12), local(2026, 4, 7, 23, 59)),  # over Easter
        (local(2026, 4, 2, 12), local(2026, 4, 8, 23, 59)),
        (local(2026, 6, 17, 12), local(2026, 6, 22, 23, 59)),  # over midsummer
        (local(2027, 12, 23, 12), local(2027, 12, 28, 23, 59)),  # over Christmas
        (local(2027, 12, 30, 12), local(2028, 1, 4, 23, 59)),  # and New Year
        (
            local(2026, 5, 13, 12),
            local(2026, 5, 18, 23, 59),
        ),  # the day after Ascension is worked
        (local(2028, 2, 28, 12), local(2028, 3, 1, 23, 59)),  # 29 February
        (local(2026, 3, 27, 12), local(2026, 3, 31, 23, 59)),  # over the night to summer time
        (local(2026, 10, 23, 12), local(2026, 10, 27, 23, 59)),  # and back
    ],
)
@pytest.mark.parametrize("code", ["inform_board_report", "notify_ivo", "acknowledge"])
def test_two_working_days_are_days_when_people_are_at_work(code, at, end):
    assert begun(code, at=at).due_at == end


def test_thirty_days_count_every_day():
    at = local(2026, 3, 20, 12)  # over Easter and the night to summer time

    assert begun("lex_sarah_investigation", at=at).due_at == local(2026, 4, 19, 23, 59)


# What a clock says of itself


def sentences():
    for code in DUTY:
        for track in (SOL, LSS):
            for at in (LAST_OLD, FIRST_NEW, MONDAY):
                if at is MONDAY or code not in ("answer_ivo", "measure_due", "measure_effect"):
                    yield begun(code, at=at, law=track)
    for life in corpus():
        yield from of(DeadlineSet, life.history)


def test_every_clock_explains_itself_in_one_swedish_sentence():
    for fact in sentences():
        said = fact.explains
        bare = said
        for short in ("kl. ", "kap. "):
            bare = bare.replace(short, "")
        assert said.startswith(("Senast ", "Bevara till "))
        assert said.endswith(".")
        assert not said.endswith("..")
        assert ". " not in bare
        assert len(said) <= 400
        assert "None" not in said


def test_what_is_not_sure_says_so_in_its_sentence():
    warned = set()
    for fact in sentences():
        warning = Confidence(fact.confidence).warning
        cited = fact.statutory or fact.legal_word is not None
        if cited:
            assert (warning in fact.explains) if warning else True
            assert fact.basis in fact.explains
        if cited and warning:
            warned.add(fact.code)

    assert warned == {"register", "supply_investigation"}


def test_the_laws_word_is_told_beside_the_target_and_never_as_its_time():
    for fact in sentences():
        if fact.legal_word is not None:
            assert f"; lagen säger {fact.legal_word} ({fact.basis}" in fact.explains
            assert "enligt policyn, version 1" in fact.explains.split("; lagen säger")[0]
            assert not fact.statutory
        else:
            assert "lagen säger" not in fact.explains
        if fact.statutory:
            assert "policyn" not in fact.explains


def test_the_whole_sentence_of_a_few():
    assert begun("protect").explains == (
        "Senast måndag 2 mars 2026 kl. 13.00 ska du ta emot rapporten och skydda den enskilde: "
        "4 timmar på klockan enligt policyn, version 1; lagen säger genast "
        "(27 kap. 5 § SoL (2025:400))."
    )
    assert begun("protect", law=LSS).explains.endswith(
        "lagen säger utan dröjsmål (24 e § LSS)."
    )
    assert begun("supply_investigation").explains == (
        "Senast lördag 2 maj 2026 kl. 23.59: två månader från 2026-03-02 enligt "
        "SOSFS 2011:5 6 kap., källan är äldre än dagens lag och ska bekräftas."
    )
    assert begun("destroy_documents").explains == (
        "Bevara till söndag 2 mars 2031 kl. 23.59: fem år från 2026-03-02 enligt "
        "17 kap. 10 § SoL (2025:400)."
    )
    assert begun("acknowledge").explains == (
        "Senast onsdag 4 mars 2026 kl. 23.59 ska du bekräfta att synpunkten har kommit fram: "
        "2 arbetsdagar enligt policyn, version 1."
    )


def test_a_duty_is_timed_by_a_letter_a_policy_or_the_law():
    letters = {duty.code for duty in DUTIES if duty.day}
    targets = policy().targets.keys()

    assert letters == {"answer_ivo", "measure_due", "measure_effect"}
    assert targets == DUTY.keys() - letters - STATUTORY
    for duty in DUTIES:
        if duty.statutory and not duty.day:
            rows = [row for row in ROWS if row.id == duty.law]
            assert all(row.months or row.years for row in rows)
            assert all(row.measured is Measured.CALENDAR for row in rows)
