"""Kills the product at random while reports come in, then looks whether anything is missing."""
