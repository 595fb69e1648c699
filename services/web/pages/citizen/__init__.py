"""Pages for whoever is outside: telling us something, reading the answer, and around that."""
