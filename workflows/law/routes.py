"""What must be told to somebody else, and how soon. R27-R30, R33."""

from typing import Final

from events import Role
from workflows.law.base import EVERY, HSL, NEW_ACT, Confidence, LawRow, Measured
from workflows.law.lex_sarah import SOL01, SOL25

_PSL: Final = "Patientsäkerhetslag (2010:659), riksdagen.se"

ROUTES: Final = (
    LawRow(
        id="R27",
        asks="det som lett eller hade kunnat leda till en allvarlig vårdskada anmäls till IVO "
        "av vårdgivaren (lex Maria)",
        basis="3 kap. 5 § PSL (2010:659)",
        tracks=HSL,
        word="snarast",
        responsible=Role.MAS,
        overdue="Eskaleras.",
        source=_PSL,
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R28",
        asks="patienten informeras om en vårdskada",
        basis="3 kap. 8 § PSL (2010:659)",
        tracks=HSL,
        word="snarast",
        responsible=Role.MAS,
        overdue="Eskaleras.",
        source=_PSL,
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R29",
        asks="arbetsgivaren underrättar Arbetsmiljöverket om dödsfall, svårare personskada "
        "eller allvarligt tillbud",
        basis="3 kap. 3 a § AML (1977:1160), 2 § AMF",
        tracks=EVERY,
        word="utan dröjsmål",
        responsible=Role.OPERATIONS_MANAGER,
        overdue="HR och skyddsombud meddelas.",
        source="Arbetsmiljölag (1977:1160), riksdagen.se; av.se",
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R30",
        asks="misstanke om att ett barn far illa anmäls till socialnämnden",
        basis="14 kap. 1 § SoL (2001:453)",
        valid_to=NEW_ACT,
        tracks=EVERY,
        word="genast",
        responsible=Role.UNIT_MANAGER,
        overdue="Eskaleras genast.",
        source=SOL01,
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R30",
        asks="misstanke om att ett barn far illa anmäls till socialnämnden",
        basis="19 kap. 1 § SoL (2025:400)",
        valid_from=NEW_ACT,
        tracks=EVERY,
        word="genast",
        responsible=Role.UNIT_MANAGER,
        overdue="Eskaleras genast.",
        source=SOL25,
        confidence=Confidence.VERIFIED,
    ),
    LawRow(
        id="R33",
        asks="en personuppgiftsincident anmäls till IMY inom 72 timmar",
        basis="Artikel 33 i dataskyddsförordningen (GDPR)",
        tracks=EVERY,
        hours=72,
        measured=Measured.WALL,
        responsible=Role.OPERATIONS_MANAGER,
        overdue="Dataskyddsombudet meddelas.",
        source="Ur minnet; ej kontrollerat mot texten",
        confidence=Confidence.UNVERIFIED,
    ),
)
