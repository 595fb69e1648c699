"""Shorter lists: areas of cause, kinds of measure, grounds not to answer, ways to answer."""

from typing import Final

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

ANSWER_WAYS: Final = {"phone": "Per telefon", "letter": "Med brev", "meeting": "Vid ett möte"}

IMPORT_OUTCOMES: Final = {
    "none": "Ingen åtgärd",
    "measures": "Åtgärder vidtagna",
    "misconduct": "Missförhållande",
    "tangible_risk": "Påtaglig risk för missförhållande",
    "serious_misconduct": "Allvarligt missförhållande",
    "tangible_risk_serious": "Påtaglig risk för allvarligt missförhållande",
    "not_a_deviation": "Inte en avvikelse",
}
