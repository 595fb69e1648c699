"""The work phone: a report that can't vanish, with or without a network."""

from services.web.pages.phone import envelopes, form, install, who

PARTS = (form, who, envelopes, install)
