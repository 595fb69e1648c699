"""How far misconduct has come, over all cases: counted from states, never from words."""
