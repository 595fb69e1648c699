"""What a case would answer to a command, asked without giving it."""

from workflows.commands import Command
from workflows.decide import decide
from workflows.policy import Policy
from workflows.refusals import Refusal
from workflows.state import CaseState


def refusal_of(state: CaseState, command: Command, policy: Policy) -> Refusal | None:
    """Return the refusal that a command would meet now; None where it would be taken.

    It is the decision itself that answers, so that what is foretold is what happens.
    """
    try:
        decide(state, command, policy)
    except Refusal as refusal:
        return refusal
    return None
