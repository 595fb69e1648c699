"""Complaints, and our own targets, for which no statute sets a time. R20-R23."""

from typing import Final

from events import Role
from workflows.law.base import EVERY, HSL, OURS, Confidence, LawRow

_BOT: Final = "Botkyrka kommun, rutin för synpunkter och klagomål 2024-10-25 (en kommuns egen)"
_FL: Final = "Förvaltningslag (2017:900), riksdagen.se"

COMPLAINTS: Final = (
    LawRow(
        id=OURS,
        asks="det görs inom den tid som kommunen själv har valt",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        responsible=Role.UNIT_MANAGER,
        overdue="Eskaleras enligt policyns stege.",
        source="SOSFS 2011:9 5 kap. (ej bekräftat att den gäller i dag)",
        confidence=Confidence.LOCAL,
    ),
    LawRow(
        id="R20",
        asks="ett klagomål bekräftas (eget mål, ingen lagstadgad tid är funnen)",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        responsible=Role.UNIT_MANAGER,
        overdue="Påminnelse till enhetschefen.",
        source=_BOT,
        confidence=Confidence.LOCAL,
    ),
    LawRow(
        id="R21",
        asks="ett klagomål besvaras (eget mål, ingen lagstadgad tid är funnen)",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        responsible=Role.UNIT_MANAGER,
        overdue="Den som hört av sig får veta att svaret dröjer.",
        source=_BOT,
        confidence=Confidence.LOCAL,
    ),
    LawRow(
        id="R22",
        asks="klagomål på hälso- och sjukvård besvaras",
        basis="3 kap. 8 b § PSL (2010:659)",
        tracks=HSL,
        word="snarast",
        responsible=Role.MAS,
        overdue="Eskaleras.",
        source="Patientsäkerhetslag (2010:659), riksdagen.se",
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R23",
        asks="en part får veta att ett ärende blir väsentligt försenat "
        "(osäkert om det gäller klagomål)",
        basis="11 § FL (2017:900)",
        tracks=EVERY,
        responsible=Role.UNIT_MANAGER,
        overdue="",
        source=_FL,
        confidence=Confidence.UNVERIFIED,
    ),
)
