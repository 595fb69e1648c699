"""Measurements of the whole product, not a part of it. `make bench` and `make chaos`."""
