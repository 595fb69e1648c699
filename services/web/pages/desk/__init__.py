"""Pages for the desk: the queue, the case, and every step in it."""
