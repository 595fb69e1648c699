"""How the tables that are truth came about, step by step."""
