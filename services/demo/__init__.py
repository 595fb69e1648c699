"""The invented municipality of Norrvik: units, people and cases to look at."""
