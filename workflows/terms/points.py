"""The nine points that a lex Sarah investigation documents, in the order it is read.

After SOSFS 2011:5 5 kap. as a municipal handbook reproduces it; that the regulation is still
in force is not confirmed.
"""

from typing import Final

POINTS: Final = {
    "event_and_consequences": "Vad som hände, och konsekvenserna det fick eller kunde ha fått",
    "how_noticed": "När och hur händelsen uppmärksammades",
    "when_occurred": "När händelsen inträffade",
    "causes": "Orsaker",
    "happened_before": "Om något liknande har hänt förut och i så fall varför det hände igen",
    "can_recur": "Om något liknande kan hända igen",
    "measures_taken": "Åtgärder för att undanröja eller avhjälpa, och när de vidtogs",
    "else_emerged": "Vad som i övrigt kom fram",
    "decision": "Det beslut eller ställningstagande som avslutade utredningen",
}
DECISION: Final = "decision"
"""The ninth point is the position itself."""

TO_INVESTIGATE: Final = tuple(code for code in POINTS if code != DECISION)
