"""Every command a person can give, as a form made from the command itself."""
