"""The world outside: database, broker, vault, clock, settings, log. Knows events, not workflows."""
