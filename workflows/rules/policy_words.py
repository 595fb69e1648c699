"""What a policy says, in Swedish: its thresholds, its times, its rules, and its matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from events import Role, Track
from workflows.policy import AlarmRule, EscalationRule, Policy, Target
from workflows.terms.labels import ROLES, TRACKS

_FLOORS: Final = {"value": "värde", "consequence": "konsekvens", "likelihood": "sannolikhet"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is told: its number, when it is reached, on which tracks, what it asks."""

    number: int
    when: str
    tracks: str
    asks: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix, and the numbers of the rules that are reached in it.

    A rule that is for some tracks only stands in brackets.
    """

    consequence: int
    likelihood: int
    label: str
    rules: tuple[str, ...]

    @property
    def value(self) -> int:
        """The product that the bands go by."""
        return self.consequence * self.likelihood


def rules(policy: Policy) -> list[Rule]:
    """List the rules that an assessment can reach, the value to investigate from last."""
    found = [
        Rule(number, floors([it.model_dump() for it in rule.when]), *_told(rule))
        for number, rule in enumerate(policy.escalation, start=1)
    ]
    least = floors([{"value": policy.investigate_from_value}])
    return [*found, Rule(len(found) + 1, least, "", ("händelsen ska utredas",), "")]


def matrix(policy: Policy) -> list[list[Cell]]:
    """Return the matrix, the worst consequence first, with the rules that each cell reaches."""
    return [
        [_cell(policy, consequence, likelihood) for likelihood in range(1, 5)]
        for consequence in (4, 3, 2, 1)
    ]


def alarm(rule: AlarmRule) -> str:
    """Say whom an alarm tells."""
    return f"{roles(rule.tell)} meddelas genast{', och jouren rings' if rule.on_call else ''}"


def roles(given: Sequence[Role]) -> str:
    """Name roles in a sentence: `SAS`, `SAS och Enhetschef`."""
    names = [ROLES[it] for it in given]
    return " och ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))


def floors(when: Sequence[Mapping[str, int]]) -> str:
    """Say which numbers must be reached; one row is enough."""
    every = [
        " och ".join(
            f"{_FLOORS.get(name, name)} minst {least}"
            for name, least in floor.items()
            if least != 1
        )
        for floor in when
    ]
    return ", eller ".join(it or "alltid" for it in every)


def span(target: Target) -> str:
    """Say how long a target gives."""
    if target.working_days is not None:
        return count(target.working_days, "arbetsdag", "arbetsdagar")
    if target.days is not None:
        return count(target.days, "dag", "dagar")
    return count(target.hours or 0, "timme", "timmar")


def reminds(target: Target) -> str:
    """Say when somebody is reminded of a target."""
    if target.remind_working_days_before is not None:
        before = target.remind_working_days_before
        return f"{count(before, 'arbetsdag', 'arbetsdagar')} före" if before else "samma dag"
    if target.remind_hours_before is not None:
        return f"{count(target.remind_hours_before, 'timme', 'timmar')} före"
    return "ingen"


def count(number: float, one: str, many: str) -> str:
    """Say a number with its word, a decimal comma where it has decimals."""
    return f"{number:g} {one if number == 1 else many}".replace(".", ",")


def _told(rule: EscalationRule) -> tuple[str, tuple[str, ...], str]:
    every = set(rule.tracks) == set(Track)
    tracks = "" if every else ", ".join(TRACKS[it] for it in rule.tracks)
    asks = [
        f"{roles(rule.tell)} meddelas{' genast' if rule.at_once else ''}" if rule.tell else "",
        "jouren ska ringas" if rule.on_call else "",
        "SAS ska ta ställning till om det är lex Sarah" if rule.sas_position else "",
        "verksamhetschefen deltar i uppföljningen" if rule.joint_follow_up else "",
        f"minst {count(rule.measures, 'åtgärd', 'åtgärder')} krävs" if rule.measures else "",
    ]
    return tracks, tuple(filter(None, asks)), rule.why


def _cell(policy: Policy, consequence: int, likelihood: int) -> Cell:
    reached = [
        str(number) if set(rule.tracks) == set(Track) else f"({number})"
        for number, rule in enumerate(policy.escalation, start=1)
        if any(floor.reached(consequence, likelihood) for floor in rule.when)
    ]
    value = consequence * likelihood
    if value >= policy.investigate_from_value:
        reached.append(str(len(policy.escalation) + 1))
    return Cell(consequence, likelihood, policy.matrix.label(value), tuple(reached))
