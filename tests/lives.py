"""Whole lives of cases: each next command is drawn from what the flow table allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, get_args
from uuid import UUID

from hypothesis import strategies as st

from events import (
    AnswerWay,
    BoardNews,
    ComplaintKind,
    Event,
    Harm,
    LexSarahOutcome,
    LinkKind,
    Nature,
    OwnerType,
    Phase,
    Question,
    Relation,
    Role,
    Route,
    SentHow,
    Track,
)
from tests import samples
from workflows import CASE_TYPES, CaseState, Refusal, commands, decide, evolve
from workflows.case_types import CaseType
from workflows.rules.calendar import local_day
from workflows.rules.duties import DUTIES
from workflows.terms.categories import CATEGORIES
from workflows.terms.points import TO_INVESTIGATE

Choose = Callable[[Sequence[Any]], Any]
"""Picks one of several; a `Random` does."""

BEGINS = (
    datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 22, 59, tzinfo=UTC),  # the night before summer time
    datetime(2026, 6, 18, 21, 59, tzinfo=UTC),  # 23.59 the day before midsummer eve
    datetime(2027, 12, 23, 23, 1, tzinfo=UTC),  # just after midnight on Christmas Eve
)
PAUSES = (timedelta(minutes=1), timedelta(hours=5), timedelta(days=1), timedelta(days=9))
PEOPLE = (samples.ANNA, samples.BO, samples.CIM, samples.DISA, samples.EVA)
ROLES = (None, *Role, Role.SAS, Role.SAS, Role.DECISION_MAKER)
IDS = tuple(UUID(int=number) for number in (101, 102, 103))
SYSTEM = frozenset(get_args(commands.BySystem))
ENDED = frozenset({Phase.CLOSED, Phase.REROUTED, Phase.MERGED})
AWAY = frozenset({commands.Merge, commands.Reroute, commands.WithdrawNotification})
RARE = (SYSTEM - {commands.DraftPack}) | {
    commands.CorrectReport,
    commands.HandOver,
    commands.Link,
    commands.Merge,
    commands.PassOn,
    commands.PauseDeadline,
    commands.RaiseLexSarah,
    commands.RecordMessage,
    commands.Recuse,
    commands.RequireIvoNotification,
    commands.Reroute,
    commands.SendMessage,
    commands.WithdrawCause,
    commands.WithdrawMeasure,
    commands.WithdrawNotification,
}
"""Asked seldom, or every life would end before it began."""


@dataclass
class Step:
    """One command, the case before it, and what became of it."""

    command: commands.Command
    before: CaseState
    facts: list[Event] = field(default_factory=list)
    refusal: Refusal | None = None


@dataclass(repr=False)
class Life:
    """All steps of a case, its facts, and the case as it became."""

    steps: list[Step] = field(default_factory=list)
    state: CaseState = field(default_factory=CaseState)

    def __repr__(self) -> str:
        """List the commands: what failed is readable in a test's report."""
        return " > ".join(
            f"{type(it.command).__name__}{'' if it.facts else '(-)'}" for it in self.steps
        )

    def _repr_pretty_(self, printer, _) -> None:
        """Say the same to Hypothesis, which would otherwise write out every field."""
        printer.text(repr(self))

    @property
    def history(self) -> list[Event]:
        return [fact for step in self.steps for fact in step.facts]

    @property
    def moments(self) -> list[tuple[CaseState, Event, CaseState]]:
        """Every fact with the case before and after it."""
        told, state = [], CaseState()
        for fact in self.history:
            after = evolve(state, fact)
            told.append((state, fact, after))
            state = after
        return told


def live(choose: Choose, kind: CaseType, length: int) -> Life:
    """Live a case for so many commands, drawing each from the row of the phase it is in."""
    life, at = Life(), choose(BEGINS)
    ever = sorted(frozenset().union(*kind.flow.values()), key=lambda it: it.__name__)
    rare = RARE | {choose(ever) for _ in range(5)}  # what these people tend to forget
    for _ in range(length):
        at += choose(PAUSES)
        row = sorted(kind.flow[life.state.phase], key=lambda it: it.__name__)
        usual = [it for it in row if it not in rare and not _done(life.state, it)]
        wide = [it for it in row if it not in AWAY]
        ask = choose(usual if usual and choose(range(3)) else wide)
        turns = [it for it in row if it in AWAY]
        if turns and not choose(range(40)):
            ask = choose(turns)
        if commands.ImportHistory in row and len(life.steps) == 1 and not choose(range(12)):
            ask = commands.ImportHistory
        if commands.WithdrawCause in row and not choose(range(50)):
            ask = commands.WithdrawCause
        given = {"at": at, "by": str(choose(PEOPLE)), "role": choose(ROLES)}
        if ask is commands.DecideLexSarah and choose(range(4)):
            given |= {"by": str(samples.DISA), "role": Role.DECISION_MAKER}
        if ask in SYSTEM or ask is commands.OpenIvoNotification:
            given = {"at": at, "by": "system:test"}
        command = ask(**given, **_details(choose, kind, life.state, ask, at))
        step = Step(command, life.state)
        life.steps.append(step)
        try:
            step.facts = decide(life.state, command, samples.policy())
        except Refusal as refusal:
            step.refusal = refusal
            continue
        for fact in step.facts:
            life.state = evolve(life.state, fact)
    return life


def _done(state: CaseState, ask: type) -> bool:
    """Tell whether people are usually content with having done this once, or well enough."""
    complains = state.has_complainant or state.case_type == "complaint"
    lex, ivo, unjudged = state.lex_sarah, state.ivo, state.measures.values()
    done = {
        commands.AddCause: state.causes,
        commands.AddMeasure: state.measures,
        commands.AddNote: set(TO_INVESTIGATE) <= lex.points
        if state.case_type == "lex_sarah"
        else state.notes,
        commands.AnswerComplainant: state.complainant_told or not complains,
        commands.AnswerReporter: state.reporter_told,
        commands.AnswerQuestion: lex.answered == set(Question),
        commands.AnswerSupplement: not ivo.requests,
        commands.Assign: state.owner,
        commands.AssessSeverity: state.assessed,
        commands.CompleteMeasure: not state.open_measures,
        commands.ConfirmClassification: state.category,
        commands.InformBoard: not state.private or len(lex.board_told) == len(BoardNews),
        commands.ConfirmReceipt: not any(it.awaited for it in state.passed_on.values()),
        commands.DraftPack: ivo.version_number and not ivo.missing,
        commands.FollowUpMeasure: all(it.effect is not None for it in unjudged),
        commands.Register: state.registry_number,
        commands.RegisterIvoNumber: ivo.ivo_number,
        commands.RequestSupplement: ivo.requests | ivo.answered,
        commands.SetComplaintKind: state.complaint.kind,
        commands.TakePosition: not set(TO_INVESTIGATE) <= lex.points,
        commands.VerifyMeasures: state.open_measures or lex.verified,
        commands.WaiveAnswer: state.reporter_told and (state.complainant_told or not complains),
    }
    return bool(done.get(ask))


def _details(  # noqa: C901, PLR0912, PLR0915 - one arm for each command
    choose: Choose, kind: CaseType, state: CaseState, ask: type, at: datetime
) -> dict[str, Any]:
    """Draw what a command says: mostly about what the case has, now and then about nothing."""
    words = samples.WORDS
    anybody = choose(PEOPLE)
    measure = choose((*state.measures, *IDS)) if state.measures else choose(IDS)
    cause = choose((*sorted(state.causes), *IDS[:2]))
    promised = local_day(at) + choose(PAUSES)
    overdue = [key for key, clock in state.clocks.items() if clock.missed]
    some_clock = (*state.clocks, (choose(DUTIES).code, None))
    code, about = choose(overdue if overdue and ask is commands.ClimbLadder else some_clock)
    rung = state.clocks[code, about].rung + 1 if (code, about) in state.clocks else 0
    moment = at - choose((timedelta(), timedelta(), timedelta(minutes=1), timedelta(days=3)))
    match ask.__name__:
        case "SubmitReport":
            return {
                "case_type": kind.name,
                "report_id": IDS[0],
                "number": "A-2026-00001",
                "received_at": at,
                "unit": "solrosen",
                "harm": choose(tuple(Harm)),
                "reporter": samples.CIM
                if kind.name == "lex_sarah" and choose(range(9))
                else choose((None, samples.CIM)),
                "story": words,
                "complainant": choose((None, words)),
                "law": choose((Track.SOL, Track.LSS)),
                "owner_type": choose(tuple(OwnerType)),
                "relation": choose((None, *Relation)),
                "answer_way": choose((None, *AnswerWay)),
            }
        case "OpenIvoNotification":
            return {
                "case_type": kind.name,
                "number": "IVO-2026-00001",
                "came_from": samples.OTHER_CASE,
                "required_at": at,
                "unit": "solrosen",
                "law": choose((Track.SOL, Track.LSS)),
                "owner_type": choose(tuple(OwnerType)),
            }
        case "ImportHistory":
            score = choose((None, 1, 4))
            return {
                "category": choose((None, "omsorg")),
                "consequence": score,
                "likelihood": score,
                "closed_at": choose((None, at)),
            }
        case "SuggestClassification":
            return {
                "model": choose(("words-1", "words-2")),
                "category": choose((None, "omsorg")),
                "possible_lex_sarah": not choose(range(8)),
                "immediate_danger": not choose(range(8)),
            }
        case "ConfirmClassification":
            return {"category": choose(tuple(CATEGORIES))}
        case "AssessSeverity":
            return {
                "consequence": choose((1, 2, 3, 4)),
                "likelihood": choose((1, 2, 3, 4)),
                "tracks": choose(((Track.SOL,), (Track.LSS,), (Track.HSL,), tuple(Track))),
                "reason": words,
            }
        case "Escalate":
            # As the handler would: an alarm tells those whom the policy in force names.
            rule, to = choose(
                (("at_once", (Role.SAS,)), ("danger_words", samples.policy().danger_words.tell))
            )
            said = {"rule": rule, "policy_version": 1, "why": "Genast.", "to": to}
            return said | {"at_once": rule == "danger_words"}
        case "TakeSasPosition":
            return {"lex_sarah": choose((True, False)), "reason": words}
        case "Assign":
            return {"owner": anybody, "of_unit": not choose(range(4))}
        case "HandOver":
            return {"owner": anybody, "reason": words, "of_unit": not choose(range(4))}
        case "Recuse":
            return {"person": anybody, "reason": words}
        case "StartInvestigation":
            return {"of_unit": not choose(range(4))}
        case "ConcludeInvestigation":
            return {"summary": words}
        case "AddNote":
            told = {"nature": choose(tuple(Nature)), "words": words, "source": words}
            if kind.name != "lex_sarah" or not choose(range(6)):
                note = {"note_id": choose(IDS), "corrects": choose((None, *IDS[:1]))}
                return told | note | {"point": choose((None, None, None, "causes", "decision"))}
            left = [it for it in TO_INVESTIGATE if it not in state.lex_sarah.points]
            point = choose(left or TO_INVESTIGATE)
            return told | {"note_id": UUID(int=200 + len(state.notes)), "point": point}
        case "AddAttachment":
            return {"attachment_id": choose(IDS)}
        case "AddCause":
            return {"cause_id": choose(IDS), "area": "procedurer_rutiner", "words": words}
        case "WithdrawCause":
            return {"cause_id": cause, "reason": words}
        case "AddMeasure":
            return {
                "measure_id": choose(IDS),
                "causes": choose((tuple(sorted(state.causes)), (cause,))),
                "kind": "rutin",
                "words": words,
                "expected_effect": words,
                "owner": anybody,
                "due_on": promised,
                "follow_up_on": promised + choose(PAUSES),
            }
        case "CompleteMeasure":
            return {"measure_id": measure}
        case "WithdrawMeasure":
            return {"measure_id": measure, "reason": words}
        case "FollowUpMeasure":
            together = choose((None, Role.STAFF, Role.OPERATIONS_MANAGER))
            judged = {"effect": choose((True, False)), "words": words}
            return judged | {"measure_id": measure, "together_with": together}
        case "AnswerReporter":
            return {"words": words}
        case "AnswerComplainant":
            secrecy = choose((None, "consent", "general_only", "nonsense"))
            return {"words": words, "way": "phone", "secrecy": secrecy}
        case "WaiveAnswer":
            whose = choose(("reporter", "complainant"))
            return {
                "whose": whose,
                "ground": choose(("anonymous", "declined")),
                "reason": words,
            }
        case "CorrectReport":
            return {"harm": choose(tuple(Harm)), "reason": words}
        case "Reroute" | "PassOn":
            return {
                "route": choose(tuple(Route)),
                "route_id": choose(IDS),
                "receiver": words,
                "reason": words,
                "secrecy": choose((None, "consent", "duty")),
            }
        case "ConfirmReceipt":
            return {"route_id": choose((*state.passed_on, choose(IDS))), "words": words}
        case "Merge":
            return {"into": samples.OTHER_CASE, "reason": words}
        case "Link":
            return {"other": choose(IDS), "kind": choose(tuple(LinkKind))}
        case "Reopen":
            return {"reason": words}
        case "RemindDeadline" | "MissDeadline":
            return {"code": code, "about": about}
        case "ClimbLadder":
            return {"code": code, "about": about, "rung": choose((rung, rung, rung + 1, 0))}
        case "ReportUndeliverable":
            return {"notice": "received", "to": choose(tuple(Role))}
        case "EraseWords":
            return {"ground": choose(("retention", "mistake", "unknown"))}
        case "PauseDeadline":
            until = local_day(at) + choose((*PAUSES, timedelta(days=-1), timedelta(days=400)))
            return {"code": code, "about": about, "until": until, "reason": words}
        case "Close":
            return {}
        case "Acknowledge":
            return {"words": words, "way": choose(tuple(AnswerWay))}
        case "SetComplaintKind":
            return {"kind": choose(tuple(ComplaintKind))}
        case "SendMessage" | "RecordMessage":
            ways = tuple(AnswerWay)
            return {"message_id": choose(IDS), "words": words, "way": choose(ways)}
        case "ReceiveMessage":
            return {"message_id": choose(IDS), "words": words}
        case "RaiseLexSarah" | "RequireIvoNotification" | "WithdrawNotification":
            return {"reason": words}
        case "ReceiveLexSarah":
            return {"protection": words}
        case "Register":
            on = local_day(at) + choose((timedelta(), timedelta(days=-1), timedelta(days=1)))
            return {"registry_number": "SN 2026/123", "registered_on": on}
        case "TakePosition":
            return {"outcome": choose(tuple(LexSarahOutcome)), "reason": words}
        case "DecideLexSarah":
            outcome = choose(tuple(LexSarahOutcome))
            return {"outcome": outcome, "reason": words, "delegation": words}
        case "AnswerQuestion":
            left = [it for it in Question if it not in state.lex_sarah.answered]
            asked = choose(left or tuple(Question))
            return {"question": asked, "yes": choose((True, False)), "reason": words}
        case "VerifyMeasures":
            return {"words": words}
        case "InformBoard":
            informed = choose((at, at + timedelta(hours=1)))
            return {"news": choose(tuple(BoardNews)), "informed_at": informed, "words": words}
        case "RecordIvoProgress":
            # What the notification's own case would tell: nothing before it is required.
            steps = ("notified", "investigation_supplied", "decided", "withdrawn")
            sent = state.lex_sarah.ivo_notified
            told = steps[1:3] if sent else (steps[0], steps[3])
            return {"step": choose(told), "happened_at": at}
        case "DraftPack":
            return {
                "digest": samples.DIGEST,
                "missing": choose(((), (), (), ("position",))),
                "with_investigation": choose((True, False)),
            }
        case "ApprovePack":
            version = state.ivo.version_number
            return {"version_number": choose((version, version, version, version + 1))}
        case "SubmitNotification":
            number = choose((None, "3.2.1-12345/2026"))
            sent = {"submitted_at": choose((moment, at + timedelta(hours=1)))}
            return sent | {"how": SentHow.E_SERVICE, "ivo_number": number, "receipt": words}
        case "RegisterIvoNumber":
            return {"ivo_number": choose(("3.2.1-12345/2026", "3.2.1-12346/2026"))}
        case "SupplyInvestigation":
            return {"supplied_at": moment, "how": SentHow.POST}
        case "RequestSupplement":
            by = local_day(at) + choose((*PAUSES, timedelta(days=-30)))
            return {"request_id": choose(IDS), "answer_by": by, "words": words}
        case "AnswerSupplement":
            request = choose((*sorted(state.ivo.requests), choose(IDS)))
            answered = {"request_id": request, "answered_at": moment}
            return answered | {"how": SentHow.POST, "words": words}
        case "RegisterIvoDecision":
            day = local_day(at) + choose((timedelta(), timedelta(days=1)))
            decision = choose(("closed", "supervision", "nonsense"))
            return {"decided_on": day, "decision": decision, "words": words}
        case unknown:
            raise AssertionError(f"tests.lives does not know what {unknown} says")


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Draw a life. A shorter one of the same seed is its beginning, so failing ones shrink."""
    kind = draw(st.sampled_from(tuple(CASE_TYPES.values())))
    seed, length = draw(st.integers(0, 2**32)), draw(st.integers(1, 70))
    return live(Random(seed).choice, kind, length)  # noqa: S311 - a test's dice


@cache
def corpus() -> list[Life]:
    """Live a thousand lives of a fixed seed, to see that the dice reach everything."""
    dice = Random(20260302)  # noqa: S311 - a test's dice
    kinds = list(CASE_TYPES.values())
    return [
        live(dice.choice, kind, 130 if kind.name == "lex_sarah" else 80)
        for _ in range(250)
        for kind in kinds
    ]
