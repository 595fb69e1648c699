"""What kind of thing it was, how grave, and who must know."""

from events import (
    CaseEscalated,
    CaseTriaged,
    ClassificationConfirmed,
    ClassificationSuggested,
    Event,
    Phase,
    SasPositionTaken,
    SeverityAssessed,
)
from workflows.commands import (
    AssessSeverity,
    ConfirmClassification,
    Escalate,
    SuggestClassification,
    TakeSasPosition,
)
from workflows.policy import Policy
from workflows.refusals import Unknown
from workflows.rules.escalation import outcomes
from workflows.state import ENDED, CaseState
from workflows.terms.categories import CATEGORIES


def suggested(state: CaseState, command: SuggestClassification) -> list[Event]:
    """Put a suggestion beside the case, once for each model.

    After a person has said what it is, only words of danger are still worth telling.
    """
    same = state.suggestion is not None and state.suggestion.model == command.model
    if same or (state.category is not None and not command.immediate_danger):
        return []
    return [
        ClassificationSuggested(
            model=command.model,
            category=command.category,
            subtype=command.subtype,
            route=command.suggested_route,
            confidence=command.confidence,
            evidence=command.evidence,
            immediate_danger=command.immediate_danger,
            possible_lex_sarah=command.possible_lex_sarah,
            kind=command.kind,
            alternatives=command.alternatives,
            subtype_confidence=command.subtype_confidence,
            route_confidence=command.route_confidence,
            kind_confidence=command.kind_confidence,
            lex_sarah_confidence=command.lex_sarah_confidence,
            possible_duplicates=command.possible_duplicates,
        )
    ]


def confirmed(state: CaseState, command: ConfirmClassification, policy: Policy) -> list[Event]:
    """Set the category. Refuses what is not on the list, and a sub-type of another category."""
    category = CATEGORIES.get(command.category)
    if category is None or category.code in policy.categories_off:
        raise Unknown(
            "Kategorin finns inte på listan.",
            field="category",
            choices=sorted(CATEGORIES.keys() - policy.categories_off),
        )
    subtypes = [code for code, _ in category.subtypes]
    if command.subtype is not None and command.subtype not in subtypes:
        raise Unknown("Undertypen hör inte till kategorin.", field="subtype", choices=subtypes)
    if (state.category, state.subtype) == (command.category, command.subtype):
        return []
    suggestion = state.suggestion.label if state.suggestion else None
    fact = ClassificationConfirmed(
        category=command.category,
        subtype=command.subtype,
        agreed=None if suggestion is None else suggestion == command.category,
    )
    return [fact, *_triaged(state, category=True)]


def assessed(state: CaseState, command: AssessSeverity, policy: Policy) -> list[Event]:
    """Set the severity and freeze what the policy makes of it."""
    if not command.tracks:
        raise Unknown("Ange minst en lag: sol, lss eller hsl.", field="tracks")
    value = command.consequence * command.likelihood
    fact = SeverityAssessed(
        consequence=command.consequence,
        likelihood=command.likelihood,
        value=value,
        tracks=command.tracks,
        label=policy.matrix.label(value),
        reason=command.reason,
        outcomes=outcomes(policy, command.consequence, command.likelihood, command.tracks),
    )
    return [fact, *_triaged(state, severity=True)]


def _triaged(
    state: CaseState, *, category: bool = False, severity: bool = False
) -> list[Event]:
    both = (category or state.category is not None) and (severity or state.assessed)
    waits = state.phase is Phase.RECEIVED and state.case_type == "deviation"
    return [CaseTriaged()] if both and waits else []


def escalated(state: CaseState, command: Escalate) -> list[Event]:
    """Tell the roles a rule names, once for each rule; what ended elsewhere alarms nobody."""
    history = state.imported and state.phase in ENDED
    if command.rule in state.escalated or history:
        return []
    return [
        CaseEscalated(
            rule=command.rule,
            policy_version=command.policy_version,
            why=command.why,
            to=command.to,
            at_once=command.at_once,
            on_call=command.on_call,
        )
    ]


def position_taken(command: TakeSasPosition) -> list[Event]:
    """Record SAS's position and reason; it may change, and every position stays in the log."""
    return [SasPositionTaken(lex_sarah=command.lex_sarah, reason=command.reason)]
