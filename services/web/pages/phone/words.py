"""The texts that the phone's script says, in the page's language."""

from collections.abc import Mapping
from typing import Final

from services.texts import Texts

_KEYS: Final = (
    *("falt.foto.visa", "falt.foto.tabort", "falt.foto.vantar", "falt.foto.klart"),
    *("falt.foto.borta", "falt.foto.max", "falt.tomt", "nar.svar.tid", "person.din.enhet"),
    *("fel.rubrik", "fel.prefix", "fel.typ", "fel.text", "fel.text.lang", "fel.vem.lang"),
    *("fel.skada", "fel.dag", "fel.datum", "fel.tid", "fel.framtid", "fel.lex.namn"),
    *("fel.foto.typ", "fel.foto.las", "fel.foto", "fel.lagring", "fel.behorighet"),
    *("fel.upptaget", "fel.server"),
    *("kvitto.skickad", "kvitto.nummer", "kvitto.sparad", "kvitto.skickar"),
    *("kvitto.sparad.android", "kvitto.sparad.iphone", "kvitto.sparad.logga.in"),
    *("kvitto.hander.1", "kvitto.igen"),
    *("nat.inget", "nat.wifi", "nat.stopp", "nat.stopp.n", "nat.skickat.1", "nat.skickat.n"),
    *("nat.vantar.1", "nat.vantar.n", "nat.vantar.iphone.1", "nat.vantar.iphone.n"),
    *("nat.vantar.logga.in.1", "nat.vantar.logga.in.n", "nat.gammal.1", "nat.gammal.n"),
    *("person.inloggad", "person.ingen", "person.din.nar", "person.annans"),
    *("rapport.igen", "rapport.igen.tips", "utkast.finns", "utkast.borta"),
)
_IN_SWEDISH: Final = ("rapport.igen.text", "rapport.igen.text.nr")
"""What is written into a report: those who read it read Swedish."""


def for_script(t: Texts) -> Mapping[str, str]:
    """Return them by key, values not filled in."""
    own = t.part(*_KEYS)
    chosen = {key: own[key] for key in _KEYS}
    return chosen | {key: t.swedish(key) for key in _IN_SWEDISH}
