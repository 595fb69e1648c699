"""The five outcomes of a lex Sarah investigation, and which of them go to IVO."""

from typing import Final

from workflows.terms.codes import IMPORT_OUTCOMES

_MISCONDUCT: Final = (
    "tangible_risk",
    "misconduct",
    "tangible_risk_serious",
    "serious_misconduct",
)
OUTCOMES: Final = {
    "none": "Inget missförhållande",
    **{code: IMPORT_OUTCOMES[code] for code in _MISCONDUCT},
}
"""From nothing to the gravest."""

SERIOUS: Final = frozenset({"tangible_risk_serious", "serious_misconduct"})
"""SoL 27 kap. 6 § and LSS 24 f §: these are notified to IVO."""
