"""The world outside: database, broker, vault, clock, log. Knows events, not workflows."""
