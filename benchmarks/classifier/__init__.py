"""How good the classifier is, what each part adds, how robust and how fast it is."""
