"""The nine points of a lex Sarah investigation.

Source: law.md 1.3, after a municipal handbook that follows SOSFS 2011:5 5 kap. (that the
chapter decides it is confirmed on an older page; the numbering is ours).
"""

from typing import Final

POINTS: Final = {
    "event_and_consequences": "Vad som hände och vilka följder det fick eller kunde ha fått",
    "how_noticed": "När och hur händelsen uppmärksammades",
    "when_occurred": "När händelsen inträffade",
    "causes": "Vilka orsaker som har hittats",
    "happened_before": "Om något liknande har hänt förut, och i så fall varför det hände igen",
    "can_recur": "Om något liknande kan hända igen",
    "measures_taken": "Vilka åtgärder som har vidtagits, och när",
    "else_emerged": "Vad som i övrigt har kommit fram",
    "decision": "Vilket ställningstagande som avslutar utredningen",
}
DECISION: Final = "decision"
"""The ninth point is the position itself."""

TO_INVESTIGATE: Final = tuple(code for code in POINTS if code != DECISION)
