"""What the five outcomes of a lex Sarah investigation mean, and the class of each.

After older pages of Socialstyrelsen and Järfälla kommun; not confirmed for today.
"""

from typing import Final

from events import LexSarahOutcome
from workflows.terms.labels import OUTCOMES

MEANINGS: Final[dict[LexSarahOutcome, str]] = {
    LexSarahOutcome.NONE: "Det som hände är inte ett missförhållande.",
    LexSarahOutcome.TANGIBLE_RISK: "En uppenbar och konkret risk för ett missförhållande.",
    LexSarahOutcome.MISCONDUCT: (
        "Något som gjordes, eller inte gjordes, har varit ett hot mot enskildas "
        "liv, säkerhet eller hälsa eller fått följder för dem."
    ),
    LexSarahOutcome.TANGIBLE_RISK_SERIOUS: (
        "En uppenbar och konkret risk för ett allvarligt missförhållande. Det anmäls till IVO."
    ),
    LexSarahOutcome.SERIOUS_MISCONDUCT: (
        "Ett missförhållande där hotet eller följderna är allvarliga. Det anmäls till IVO."
    ),
}
FINDINGS: Final = {
    "none": "Inget missförhållande",
    "tangible_risk": "Påtaglig risk",
    "misconduct": "Missförhållande",
}
"""The class alone, whatever the severity."""

EXPLAINED: Final = {it: f"{label}. {MEANINGS[it]}" for it, label in OUTCOMES.items()}
"""Each outcome as somebody chooses it: its words, and what they mean."""
