"""The fixtures of all tests."""

from conftest_local import database, postgres_url, session, use_keys

__all__ = ["database", "postgres_url", "session", "use_keys"]
