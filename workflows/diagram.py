"""Draws a case type as a Mermaid state diagram, by living small lives and watching the phases.

`python -m workflows.diagram lex_sarah` prints it; nothing in the picture is written by hand.
"""

import sys
from collections.abc import Iterable, Iterator

from events import Phase
from workflows import commands as c
from workflows.case_types import CASE_TYPES, CaseType
from workflows.decide import decide
from workflows.diagram_lives import ASIDE, LIVES, POLICY, opening
from workflows.evolve import evolve, fold
from workflows.refusals import Refusal
from workflows.state import CaseState

Step = tuple[Phase, str, Phase]
"""From where, by which event, to where."""


def steps(kind: CaseType) -> list[Step]:
    """List the steps a case of this kind can take, in the order of the phases."""
    seen: dict[Step, None] = {}
    for life in LIVES[kind.name]:
        state = CaseState()
        for command in (opening(kind), *life):
            for aside in (*ASIDE, command):
                seen.update(dict.fromkeys(_taken(state, aside)))
            state = fold(decide(state, command, POLICY), state)
    order = list(Phase)
    return sorted(seen, key=lambda it: (order.index(it[0]), order.index(it[2]), it[1]))


def _taken(state: CaseState, command: c.Command) -> Iterator[Step]:
    try:
        facts = decide(state, command, POLICY)
    except Refusal:
        return
    for fact in facts:
        before, state = state.phase, evolve(state, fact)
        if state.phase is not before:
            yield before, fact.type.removeprefix("case."), state.phase


def mermaid(kind: CaseType) -> str:
    """Return the picture as it stands between the fences of a Mermaid block."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _arrows(steps(kind)))])


def _arrows(taken: Iterable[Step]) -> Iterator[str]:
    by_ends: dict[tuple[Phase, Phase], list[str]] = {}
    for start, event, end in taken:
        by_ends.setdefault((start, end), []).append(event)
    for (start, end), names in by_ends.items():
        source = "[*]" if start is Phase.NONE else start
        yield f"{source} --> {end}: {', '.join(names)}"


if __name__ == "__main__":
    sys.stdout.write(mermaid(CASE_TYPES[sys.argv[1]]) + "\n")
