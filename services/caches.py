"""What a process remembers of the database for a few seconds, and how to make it forget."""

from infra.people.identity import forget_actors
from infra.vault import envelopes, fingerprints
from services import policies
from services.classifier import active, duplicates
from services.intake import units
from services.notify import plan


def forget() -> None:
    """Forget everything remembered: at a test's end, or when the database became another."""
    forget_actors()
    policies.forget()
    units.forget()
    fingerprints.forget()
    envelopes.forget()
    plan.forget()
    active.forget()
    duplicates.known.forget()
