"""Everything that can name a person: words, files and the keys that lock them."""
