"""Shorter lists: areas of cause, kinds of measure, grounds not to answer, ways to answer."""

from typing import Final

from events import LexSarahOutcome

CAUSE_AREAS: Final = {
    "kommunikation_information": "Kommunikation och information",
    "omgivning_organisation": "Omgivning och organisation",
    "procedurer_rutiner": "Procedurer, rutiner och riktlinjer",
    "teknik_utrustning": "Teknik och utrustning",
    "utbildning_kompetens": "Utbildning och kompetens",
}
"""The usual Swedish five of händelseanalys; the list itself is only partly confirmed."""

MEASURE_KINDS: Final = {
    "undanroja": "Ta bort risken",
    "teknik": "Ändra teknik eller utrustning",
    "arbetssatt": "Ändra arbetssätt",
    "rutin": "Ny eller ändrad rutin",
    "bemanning": "Bemanning eller schema",
    "utbildning": "Utbildning eller introduktion",
    "information": "Information eller samtal",
}
"""The strongest first: removing a risk beats reminding people of it."""

WAIVER_GROUNDS: Final = {
    "anonymous": "Rapporten är anonym",
    "declined": "Personen vill inte ha svar",
    "unreachable": "Personen går inte att nå",
    "secrecy": "Sekretess hindrar ett svar",
}

ERASURE_GROUNDS: Final = {
    "retention": "Gallringsfristen har gått ut",
    "granted_request": "Den enskildes begäran om radering är beviljad",
    "mistake": "Uppgifterna skulle inte ha skrivits",
}

ANSWER_WAYS: Final = {
    "phone": "Per telefon",
    "letter": "Med brev",
    "meeting": "Vid ett möte",
    "email": "Med e-post",
    "code": "Under koden",
}

ANSWER_SECRECY: Final = {
    "consent": "Den enskilde har samtyckt",
    "representative": "Mottagaren är ombud, god man eller vårdnadshavare",
    "general_only": "Nej, bara ett allmänt svar",
}
"""May we answer somebody else about the individual? (OSL 26:1, 12:2-3)"""

PASSING_SECRECY: Final = {
    "consent": "Den enskilde har samtyckt (12 kap. 2 § OSL)",
    "no_harm": "Det står klart att ingen lider men (26 kap. 1 § OSL)",
    "necessary": "Nödvändigt för vår egen verksamhet (10 kap. 2 § OSL)",
    "duty": "Uppgiftsskyldighet enligt lag (10 kap. 28 § OSL)",
    "nobody": "Uppgifterna rör ingen enskild",
}
"""On which ground it may leave the social services; a lawyer must confirm the list."""

IVO_DECISIONS: Final = {
    "closed": "Avslutar ärendet",
    "supervision": "Inleder tillsyn",
    "order": "Förelägger om åtgärder",
    "other": "Annat beslut",
}

IMPORT_OUTCOMES: Final = {
    "none": "Ingen åtgärd",
    "measures": "Åtgärder vidtagna",
    "misconduct": "Missförhållande",
    "tangible_risk": "Påtaglig risk för missförhållande",
    "serious_misconduct": "Allvarligt missförhållande",
    "tangible_risk_serious": "Påtaglig risk för allvarligt missförhållande",
    "not_a_deviation": "Inte en avvikelse",
}
"""What another system may have made of a deviation or a complaint."""


def import_outcomes(case_type: str) -> frozenset[str]:
    """Return what may have become of a kind of case in another system.

    Of a lex Sarah case it is one of the law's five. That it went to IVO is a fact of its own.
    """
    return frozenset(LexSarahOutcome if case_type == "lex_sarah" else IMPORT_OUTCOMES)
