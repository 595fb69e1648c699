"""Facts, their envelope, and nothing that can do anything."""
