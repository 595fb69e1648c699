"""Measures and torments the product; never part of it."""
