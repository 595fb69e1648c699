"""Pages for the administrator: units, people, policy and health, and never a case."""
