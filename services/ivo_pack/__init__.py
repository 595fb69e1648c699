"""Makes the pack for IVO out of a lex Sarah case, and keeps every version of it."""
