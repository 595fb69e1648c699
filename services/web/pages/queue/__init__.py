"""The list of what waits to be done, for everybody who reads a queue."""
