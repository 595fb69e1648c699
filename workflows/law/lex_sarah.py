"""Lex Sarah: SoL 27 kap. (before 1 July 2025: 14 kap. SoL 2001:453), LSS 24 b-f §§, R01-R12.

R10 (telling staff of their duty) is about no single case and has no row.
"""

from typing import Any, Final

from events import Role
from workflows.law.base import (
    BOARD,
    LSS,
    NEW_ACT,
    PRIVATE,
    SOCIAL,
    SOL,
    Confidence,
    LawRow,
    Measured,
)

SOL25: Final = "Socialtjänstlag (2025:400), riksdagen.se"
SOL01: Final = "Socialtjänstlag (2001:453), upphävd, riksdagen.se"
LSS_TEXT: Final = "Lag (1993:387) om stöd och service, riksdagen.se"
SOS_ANM: Final = "Socialstyrelsen, sidan om vem som anmäler enligt lex Sarah (äldre sida)"
_V, _OLD, _LOCAL = Confidence.VERIFIED, Confidence.OLD_PAGE, Confidence.LOCAL


def _three(
    id: str,  # noqa: A002 - the rulebook's own word
    asks: str,
    old: tuple[str, str | None],
    new: tuple[str, str | None],
    lss: tuple[str, str | None],
    **common: Any,
) -> tuple[LawRow, ...]:
    """Write the three wordings of a duty: old act, new act, LSS; each a basis and its word."""
    shared: dict[str, Any] = {"id": id, "asks": asks, "confidence": _V, **common}
    rows: tuple[tuple[tuple[str, str | None], dict[str, Any]], ...] = (
        (old, {"tracks": SOL, "valid_to": NEW_ACT, "source": SOL01}),
        (new, {"tracks": SOL, "valid_from": NEW_ACT, "source": SOL25}),
        (lss, {"tracks": LSS, "source": LSS_TEXT}),
    )
    return tuple(
        LawRow(**{**shared, **row, "basis": basis, "word": word}) for (basis, word), row in rows
    )


LEX_SARAH: Final[tuple[LawRow, ...]] = (
    *_three(
        "R01",
        "den som märker eller får veta om ett missförhållande rapporterar det",
        ("14 kap. 3 § SoL (2001:453)", "genast"),
        ("27 kap. 2 § SoL (2025:400)", "genast"),
        ("24 b § LSS", "genast"),
        responsible=Role.STAFF,
        overdue="Dröjsmålet visas. En sen rapport stoppas aldrig.",
    ),
    *_three(
        "R02",
        "missförhållandet avhjälps eller undanröjs",
        ("14 kap. 6 § SoL (2001:453)", "utan dröjsmål"),
        ("27 kap. 5 § SoL (2025:400)", "genast"),
        ("24 e § LSS", "utan dröjsmål"),
        responsible=Role.SAS,
        overdue="Eskaleras till verksamhetschefen.",
    ),
    *_three(
        "R03",
        "rapporten dokumenteras och utreds",
        ("14 kap. 6 § SoL (2001:453)", "utan dröjsmål"),
        ("27 kap. 5 § SoL (2025:400)", "genast"),
        ("24 e § LSS", "utan dröjsmål"),
        responsible=Role.SAS,
        overdue="Eskaleras till SAS.",
    ),
    *_three(
        "R04",
        "en enskild utförare informerar nämnden om rapporten",
        ("14 kap. 5 § SoL (2001:453)", None),
        ("27 kap. 4 § SoL (2025:400)", None),
        ("24 d § LSS", None),
        owners=PRIVATE,
        responsible=Role.UNIT_MANAGER,
        overdue="Påminnelse, och uppföljning av avtalet.",
    ),
    *_three(
        "R05",
        "ett allvarligt missförhållande anmäls till IVO",
        ("14 kap. 7 § SoL (2001:453)", "snarast"),
        ("27 kap. 6 § SoL (2025:400)", "snarast"),
        ("24 f § LSS", "snarast"),
        responsible=Role.DECISION_MAKER,
        overdue="Förvaltningschef och nämndens presidium meddelas.",
    ),
    LawRow(
        id="R06",
        asks="utredningen lämnas till IVO så snart den är klar, "
        "senast två månader efter anmälan",
        basis="SOSFS 2011:5 6 kap.",
        months=2,
        measured=Measured.CALENDAR,
        responsible=Role.SAS,
        overdue="Kontakta IVO, begär anstånd och skriv en anteckning.",
        source=SOS_ANM,
        confidence=_OLD,
    ),
    *_three(
        "R07",
        "en enskild utförare informerar nämnden om anmälan till IVO",
        ("14 kap. 7 § SoL (2001:453)", None),
        ("27 kap. 6 § SoL (2025:400)", None),
        ("24 f § LSS", None),
        owners=PRIVATE,
        responsible=Role.UNIT_MANAGER,
        overdue="Påminnelse.",
    ),
    LawRow(
        id="R08",
        asks="lex Sarah-utredningen blir klar (eget mål, ingen lagstadgad tid)",
        basis="Lokalt mål i policyn",
        responsible=Role.SAS,
        overdue="SAS går igenom ärendet.",
        source="Förslag, ej hämtat ur någon källa",
        confidence=_LOCAL,
    ),
    *_three(
        "R09",
        "IVO:s begäran besvaras senast den dag som brevet anger",
        ("13 kap. SoL (2001:453)", None),
        ("28 kap. 5 och 8 §§ SoL (2025:400)", None),
        ("25-26 p §§ LSS", None),
        measured=Measured.LETTER,
        responsible=Role.SAS,
        overdue="Risk för vite. Eskaleras.",
    ),
    *_three(
        "R11",
        "en enskild utförare bevarar handlingarna i fem år och sedan förstör dem",
        ("7 kap. 6 § SoL (2001:453)", None),
        ("17 kap. 10 § SoL (2025:400)", None),
        ("23 g § LSS (tidigare 23 e §)", None),
        owners=PRIVATE,
        years=5,
        measured=Measured.CALENDAR,
        responsible=Role.UNIT_MANAGER,
        overdue="Förstör handlingarna. Förstöring i förtid stoppas.",
    ),
    LawRow(
        id="R12",
        asks="nämndens lex Sarah-handlingar bevaras enligt informationshanteringsplanen",
        basis="Arkivlagen och kommunens informationshanteringsplan",
        tracks=SOCIAL,
        owners=BOARD,
        responsible=Role.REGISTRAR,
        overdue="Ingenting raderas automatiskt utan beslut.",
        source="Slutsats: SoL 16 kap. har ingen gallringsregel för lex Sarah",
        confidence=Confidence.UNVERIFIED,
    ),
    LawRow(
        id="OSL",
        asks="handlingen registreras så snart den har kommit in eller upprättats",
        basis="5 kap. 1 och 2 §§ OSL (2009:400)",
        word="så snart",
        responsible=Role.REGISTRAR,
        overdue="Påminnelse till registratorn.",
        source="Offentlighets- och sekretesslag (2009:400), riksdagen.se",
        confidence=Confidence.UNVERIFIED,
    ),
)
