"""What the timer and the ladder make true."""

from events import (
    DeadlineMissed,
    DeadlineReminded,
    Event,
    LadderClimbed,
    NoticeUndeliverable,
)
from workflows.commands import (
    ClimbLadder,
    MissDeadline,
    RemindDeadline,
    ReportUndeliverable,
)
from workflows.policy import Policy
from workflows.rules.ladder import SPEAKS_TO, next_told
from workflows.state import CaseState


def reminded(state: CaseState, command: RemindDeadline) -> list[Event]:
    """Remind once, and only of a clock that runs and is not yet missed."""
    clock = state.clocks.get((command.code, command.about))
    if clock is None or clock.reminded or clock.missed:
        return []
    return [DeadlineReminded(code=command.code, about=command.about)]


def missed(state: CaseState, command: MissDeadline) -> list[Event]:
    """Record a miss once; a duty met in the meantime is none."""
    clock = state.clocks.get((command.code, command.about))
    if clock is None or clock.missed or clock.due_at > command.at:
        return []
    return [DeadlineMissed(code=command.code, about=command.about)]


def climbed(state: CaseState, command: ClimbLadder, policy: Policy) -> list[Event]:
    """Tell the next rung, in order and once each, while the duty is still undone."""
    clock = state.clocks.get((command.code, command.about))
    rungs = policy.ladder.rungs
    if clock is None or not clock.missed:
        return []
    if command.rung != clock.rung + 1 or command.rung >= len(rungs):
        return []
    last = command.rung == len(rungs) - 1
    step = rungs[command.rung]
    return [
        LadderClimbed(
            code=command.code,
            about=command.about,
            rung=command.rung,
            step=step,
            to=SPEAKS_TO[step],
            policy_version=policy.version,
            next_at=None if last else next_told(command.code, command.at, policy),
        )
    ]


def undeliverable(command: ReportUndeliverable) -> list[Event]:
    """Say that nobody in a role could be told."""
    return [NoticeUndeliverable(notice=command.notice, to=command.to)]
