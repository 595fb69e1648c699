"""A row of the lexicon: words that mean much the same, what they speak for, and where from.

How a stem is written: `ramla` begins a word; `~larm` stands anywhere in one (compounds); `=ton`
is the whole word; `kom inte` are words that follow each other, with at most two between;
`personal+slog` stand in the same sentence in any order. Letters are compared without case and
without the marks of å, ä and ö, as people type them.
"""

from dataclasses import dataclass
from typing import Final

HERRLJUNGA: Final = "Herrljunga kommun, kvalitetsberättelse 2020, 5.3.1-5.3.3"
JARFALLA: Final = "Järfälla kommun, Vad ska rapporteras (lex Sarah)"
FORM: Final = "Blankett Rapport om missförhållande, typer av övergrepp och brister"
SOCIAL_ACT: Final = "Socialtjänstlag (2025:400) 27 kap. 2 §: missförhållande, påtaglig risk"
SUPERVISION: Final = "IVO, statistik om lex Sarah: typer av händelser"
OURS: Final = "Våra egna exempel: ord som personal, anhöriga och utredare använder"


@dataclass(frozen=True, slots=True)
class Concept:
    """What some words have in common.

    `label` is the category or route that they speak for by themselves, `weight` how strongly
    (1 weakly, 3 almost alone); a concept without a label only tells who, where or when.
    """

    code: str
    stems: tuple[str, ...]
    label: str | None = None
    weight: float = 0.0
    source: str = OURS


def concept(
    code: str,
    stems: str,
    label: str | None = None,
    weight: float = 0.0,
    source: str = OURS,
) -> Concept:
    """Return a row; `stems` are written with commas between."""
    return Concept(
        code, tuple(it.strip() for it in stems.split(",") if it.strip()), label, weight, source
    )
