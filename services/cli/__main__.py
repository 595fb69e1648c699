"""Lets `python -m services.cli` do what `avvik` does."""

from services.cli import main

main()
