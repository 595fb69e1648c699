"""The administrator's pages: who and where, what the municipality chose, and how it all is."""

from services.web.pages.admin import (
    absences,
    changes,
    notices,
    overview,
    people,
    person,
    person_tokens,
    policies,
    policy_upload,
    quarantine,
    readings,
    texts,
    units,
)

PARTS = (
    *(overview, units, people, person, person_tokens, absences, policies, policy_upload),
    *(texts, quarantine, notices, readings, changes),
)
