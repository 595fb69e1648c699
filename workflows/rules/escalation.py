"""What the policy's rules say of an assessment or an alarm, and whom it tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from events import (
    CasePassedOn,
    CaseRerouted,
    ClassificationSuggested,
    Event,
    Harm,
    IvoNotificationRequired,
    LexSarahReported,
    Outcome,
    PositionTaken,
    ReportCorrected,
    ReportReceived,
    Role,
    SeverityAssessed,
    Source,
    Track,
)
from workflows.policy import AlarmRule, Policy

TICKED_SERIOUS = "ticked_serious"
DANGER_WORDS = "danger_words"
INVESTIGATION = "investigation"
LEX_SARAH_REPORTED = "lex_sarah_reported"
POSITION_TAKEN = "position_taken"
IVO_REQUIRED = "ivo_required"
PASSED_ON = "to"


def outcomes(
    policy: Policy, consequence: int, likelihood: int, tracks: Sequence[Track]
) -> tuple[Outcome, ...]:
    """List what every rule that is reached asks for, frozen with its reason and version."""
    reached = tuple(
        Outcome(
            rule=rule.rule,
            policy_version=policy.version,
            why=rule.why,
            tell=rule.tell,
            at_once=rule.at_once,
            on_call=rule.on_call,
            sas_position=rule.sas_position,
            measures=rule.measures,
            joint_follow_up=rule.joint_follow_up,
        )
        for rule in policy.escalation
        if set(rule.tracks) & set(tracks)
        and any(floor.reached(consequence, likelihood) for floor in rule.when)
    )
    floor = policy.investigate_from_value
    if consequence * likelihood < floor:
        return reached
    why = f"Värdet är {floor} eller högre: händelsen ska utredas."
    asked = Outcome(
        rule=INVESTIGATION, policy_version=policy.version, why=why, investigation=True
    )
    return (*reached, asked)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to tell because of one rule."""

    rule: str
    policy_version: int
    why: str
    to: tuple[Role, ...]
    at_once: bool
    on_call: bool


def calls(event: Event, policy: Policy) -> list[Call]:
    """List whom a fact asks to be told; the frozen outcome decides where there is one."""
    match event:
        case LexSarahReported(source=Source.IMPORT):
            return []
        case LexSarahReported():
            return [_alarm(LEX_SARAH_REPORTED, policy.lex_sarah_reported, policy)]
        case PositionTaken():
            return [_alarm(POSITION_TAKEN, policy.position_taken, policy)]
        case IvoNotificationRequired():
            return [_alarm(IVO_REQUIRED, policy.ivo_required, policy)]
        case CasePassedOn(tell=Role()) | CaseRerouted(tell=Role()):
            return [_handed(event, policy)]
        case ReportReceived(urgent=True) | ReportCorrected(harm=Harm.SERIOUS):
            return [_alarm(TICKED_SERIOUS, policy.ticked_serious, policy)]
        case ClassificationSuggested(immediate_danger=True):
            return [_alarm(DANGER_WORDS, policy.danger_words, policy)]
        case SeverityAssessed():
            return [
                Call(it.rule, it.policy_version, it.why, it.tell, it.at_once, it.on_call)
                for it in event.outcomes
                if it.tell
            ]
        case _:
            return []


def _handed(event: CasePassedOn | CaseRerouted, policy: Policy) -> Call:
    """Tell our own role that something was passed on to it."""
    told = (event.tell,) if event.tell else ()
    why = event.basis or "Ärendet har lämnats till dig."
    return Call(
        f"{PASSED_ON}.{event.route_id}", policy.version, why, told, event.at_once, on_call=False
    )


def _alarm(rule: str, alarm: AlarmRule, policy: Policy) -> Call:
    return Call(rule, policy.version, alarm.why, alarm.tell, True, alarm.on_call)
