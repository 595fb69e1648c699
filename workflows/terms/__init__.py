"""Closed lists with their Swedish words: what people choose among. A row each."""
