"""Complaints, and our own targets, for which no statute sets a time. R20-R23."""

from typing import Final

from events import Role
from workflows.law.base import EVERY, HSL, OURS, Confidence, LawRow, Measured

_BOT: Final = "Botkyrka kommun, rutin för synpunkter och klagomål 2024-10-25 (en kommuns egen)"
_FL: Final = "Förvaltningslag (2017:900), riksdagen.se"

COMPLAINTS: Final = (
    LawRow(
        id=OURS,
        asks="det görs inom den tid som kommunen själv har valt",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        measured=Measured.WORKING_DAYS,
        responsible=Role.UNIT_MANAGER,
        overdue="Eskaleras enligt policyns stege.",
        source="SOSFS 2011:9 5 kap. (paragrafnummer ej bekräftat)",
        confidence=Confidence.LOCAL,
    ),
    LawRow(
        id="R20",
        asks="ett klagomål bekräftas inom två arbetsdagar (förslag efter en kommuns rutin)",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        measured=Measured.WORKING_DAYS,
        responsible=Role.UNIT_MANAGER,
        overdue="Påminnelse till enhetschefen.",
        source=_BOT,
        confidence=Confidence.LOCAL,
    ),
    LawRow(
        id="R21",
        asks="ett klagomål besvaras inom tio arbetsdagar (förslag efter en kommuns rutin)",
        basis="Lokalt mål i policyn; ingen lagstadgad tid är funnen",
        tracks=EVERY,
        measured=Measured.WORKING_DAYS,
        responsible=Role.UNIT_MANAGER,
        overdue="Den som klagat får veta att svaret dröjer.",
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
        asks="en part får veta att ett ärende väsentligt försenas (gäller den oftast inte här)",
        basis="11 § FL (2017:900)",
        tracks=EVERY,
        responsible=Role.UNIT_MANAGER,
        overdue="",
        source=_FL,
        confidence=Confidence.UNVERIFIED,
    ),
)
