"""The texts of phone and citizen pages: each family in every language, and what waits."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from services.texts import LANGUAGES, SWEDISH, UNREVIEWED, UNVERIFIED, keys, texts, untranslated
from services.web.pages.admin.administrator import Administrator
from services.web.pages.admin.draw import admin_page
from services.web.problem import Problem

router = APIRouter(include_in_schema=False)

AT: Final = "/admin/texter"
_OTHERS: Final = [it for code, it in LANGUAGES.items() if code != SWEDISH]


_TITLES: Final = {
    "sida": "Alla sidor",
    "rapport": "Rapportera",
    "typ": "Vad det gäller",
    "falt": "Fält i rapporten",
    "skada": "Om någon blev skadad",
    "nar": "När det hände",
    "dag": "Dagar och månader",
    "knapp": "Knappar",
    "fel": "Fel",
    "kvitto": "Kvitto",
    "nat": "Utan nät",
    "utkast": "Utkast",
    "lex": "Lex Sarah",
    "person": "Byt person",
    "qr": "QR-kod",
    "mina": "Mina rapporter",
    "status": "Hur långt rapporten har kommit",
    "klagomal": "Synpunkter och klagomål",
    "roll": "Vem du är",
    "svar": "Läs svar",
    "kod": "Koden",
    "papper": "Blankett",
    "sprak": "Språk",
    "tillganglighet": "Tillgänglighet",
    "sms": "Sms",
    "epost": "E-post",
    "push": "Notiser",
}
"""What a family of keys is about; one that is not here is shown by its own name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text: the Swedish, its translations by language, and who must still say yes."""

    key: str
    swedish: str
    translated: dict[str, str | None]
    waits_for: str


@router.get(AT)
async def show_families(request: Request, _: Administrator) -> Response:
    """Show the families with what each lacks, and every text that waits for a yes."""
    missing = {it.code: set(untranslated(it.code)) for it in _OTHERS}
    families: dict[str, list[str]] = {}
    for key in keys():
        families.setdefault(_family(key), []).append(key)
    return admin_page(
        request,
        "admin/texts.html",
        at=AT,
        families=[
            (name, len(found), {code: len(it & set(found)) for code, it in missing.items()})
            for name, found in families.items()
        ],
        titles=_TITLES,
        others=_OTHERS,
        unreviewed=UNREVIEWED,
        waiting=[(key, texts(SWEDISH).swedish(key), who) for key, who in UNVERIFIED.items()],
    )


@router.get(AT + "/{family}")
async def show_family(family: str, request: Request, _: Administrator) -> Response:
    """Show the texts of a family, Swedish beside each language."""
    rows = [
        Row(
            key,
            texts(SWEDISH).swedish(key),
            {it.code: texts(it.code).own(key) for it in _OTHERS},
            UNVERIFIED.get(key, ""),
        )
        for key in keys()
        if _family(key) == family
    ]
    if not rows:
        raise Problem(404, "not_found", "Texterna finns inte.")
    return admin_page(
        request,
        "admin/text_family.html",
        at=AT,
        title=_TITLES.get(family, family),
        rows=rows,
        others=_OTHERS,
        unreviewed=UNREVIEWED,
    )


def _family(key: str) -> str:
    return key.partition(".")[0]
