"""What a policy asks for at one moment, and in which ways two policies ask differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from events import Outcome, Role
from workflows.terms.labels import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that follows from an assessment or an alarm, whichever rules asked for it."""

    label: str = ""
    told: frozenset[Role] = frozenset()
    at_once: frozenset[Role] = frozenset()
    on_call: bool = False
    sas_position: bool = False
    investigation: bool = False
    joint_follow_up: bool = False
    measures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One difference. `more` is whether the new policy asks for more, None where neither.

    `now` says it of the policies, `then` of a case that the new one would have met.
    """

    kind: str
    more: bool | None
    now: str
    then: str
    role: Role | None = None


_SAYS: Final[dict[str, tuple[str, str, str, str]]] = {
    "told": (
        "{role} meddelas",
        "{role} meddelas inte längre",
        "{role} hade meddelats",
        "{role} hade inte meddelats",
    ),
    "at_once": (
        "{role} meddelas genast",
        "{role} meddelas inte längre genast",
        "{role} hade meddelats genast",
        "{role} hade inte meddelats genast",
    ),
    "on_call": (
        "jouren ska ringas",
        "jouren ska inte längre ringas",
        "jouren hade behövt ringas",
        "jouren hade inte behövt ringas",
    ),
    "sas_position": (
        "SAS ska ta ställning",
        "SAS ska inte längre ta ställning",
        "SAS hade behövt ta ställning",
        "SAS hade inte behövt ta ställning",
    ),
    "investigation": (
        "händelsen ska utredas",
        "händelsen behöver inte längre utredas",
        "händelsen hade behövt utredas",
        "händelsen hade inte behövt utredas",
    ),
    "joint_follow_up": (
        "verksamhetschefen deltar i uppföljningen",
        "verksamhetschefen deltar inte längre i uppföljningen",
        "verksamhetschefen hade deltagit i uppföljningen",
        "verksamhetschefen hade inte behövt delta i uppföljningen",
    ),
}
"""For each kind: what comes and what goes between policies, and the same of a past case."""
_YES_OR_NO: Final = ("sas_position", "on_call", "investigation", "joint_follow_up")


def asked(outcomes: Iterable[Outcome], label: str = "") -> Answer:
    """Put together what rules of a policy ask for."""
    reached = list(outcomes)
    return Answer(
        label=label,
        told=frozenset(role for it in reached for role in it.tell),
        at_once=frozenset(role for it in reached if it.at_once for role in it.tell),
        on_call=any(it.on_call for it in reached),
        sas_position=any(it.sas_position for it in reached),
        investigation=any(it.investigation for it in reached),
        joint_follow_up=any(it.joint_follow_up for it in reached),
        measures=max((it.measures for it in reached), default=0),
    )


def moves(old: Answer, new: Answer) -> Iterator[Move]:
    """Tell what the new answer asks for that the old one did not, and the other way round."""
    for kind in _YES_OR_NO:
        more = getattr(new, kind)
        if more != getattr(old, kind):
            yield _move(kind, more=more)
    for role in Role:
        if (role in old.told) != (role in new.told):
            told = role in new.told
            # Told at all, and at once, is one thing to say.
            kind = "at_once" if told and role in new.at_once else "told"
            yield _move("told", more=told, role=role, like=kind)
        elif role in new.told and (role in old.at_once) != (role in new.at_once):
            yield _move("at_once", more=role in new.at_once, role=role)
    if old.measures != new.measures:
        said = f"åtgärder som krävs: {old.measures} → {new.measures}"
        yield Move(kind="measures", more=new.measures > old.measures, now=said, then=said)
    if old.label != new.label:
        yield Move(
            kind="label",
            more=None,
            now=f"heter {new.label} i stället för {old.label}",
            then=f"hade hetat {new.label} i stället för {old.label}",
        )


def past(kind: str, *, more: bool, role: Role | None = None) -> str:
    """Say of a past case that it would have been asked for, or not, under another policy."""
    return _SAYS[kind][2 if more else 3].format(role=ROLES[role] if role else "")


def _move(kind: str, *, more: bool, role: Role | None = None, like: str = "") -> Move:
    now = _SAYS[like or kind][0 if more else 1].format(role=ROLES[role] if role else "")
    then = past(like or kind, more=more, role=role)
    return Move(kind=kind, more=more, role=role, now=now, then=then)
