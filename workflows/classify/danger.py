"""Words that may mean danger now. Some are wrong: they only make somebody look."""

from collections.abc import Sequence
from typing import Final

from workflows.classify.lexicon import DANGER, HELP_CALLED
from workflows.classify.matching import NEGATIONS, Lexicon, Match
from workflows.classify.reading import Word, read

_LEXICON: Final = Lexicon((DANGER, HELP_CALLED))


def dangers(words: Sequence[Word]) -> list[Match]:
    """Return the words of danger in a text, but for a state that the word before it denies.

    "Inte medvetslös" is denied; "svarade inte, medvetslös" is not. Help that was called counts
    whatever stands before it: "ingen ambulans kom" is no comfort.
    """
    return [
        it
        for it in _LEXICON.find(words)
        if it.concept.code != DANGER.code or not _denied(words, it.words[0])
    ]


def _denied(words: Sequence[Word], first: int) -> bool:
    if first == 0 or words[first - 1].text not in NEGATIONS:
        return False
    return words[first].start - words[first - 1].end == 1  # no comma between


def sounds_dangerous(story: str) -> bool:
    """Tell whether somebody may be in danger now, going by the words of a whole text."""
    return bool(dangers(read(story)))
