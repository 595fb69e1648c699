"""Words that wait for a yes from somebody who may give it, before they are put to use."""

from collections.abc import Mapping
from typing import Final

_LAWYER: Final = "kommunens jurist"
_SAS: Final = "SAS"
_SAFETY: Final = "kommunens jurist och den som svarar för säkerheten"

UNVERIFIED: Final[Mapping[str, str]] = {
    "lex.skyldighet": _LAWYER,
    "lex.kryss.sas": _SAS,
    "lex.namn": _SAS,
    "lex.vad.1": _SAS,
    "lex.vad.2": _SAS,
    "lex.vad.3": _SAS,
    "rapport.3.info.lex": _SAS,
    "kvitto.lex.1": _SAS,
    "kvitto.lex.2": _SAS,
    "klagomal.paverkar.inte": _LAWYER,
    "klagomal.svar.anhorig": _LAWYER,
    "klagomal.offentlig": _LAWYER,
    "klagomal.offentlig.mer": _LAWYER,
    "klagomal.anonym.info": "den som sköter servern (inget framför Avvik får spara adresser)",
    "rapport.akut": _SAFETY,
    "klagomal.akut": _SAFETY,
    "klagomal.fara": _SAFETY,
}
"""By key: who must say yes."""

UNREVIEWED: Final[Mapping[str, str]] = {"en": "en översättare som kan vårdens ord"}
"""By language: who must read it through. Wrong words here cost safety."""
