"""The parts of the supervisor: a lock, a record of who runs, a child kept alive, checks."""
