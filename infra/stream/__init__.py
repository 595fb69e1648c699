"""The stream: its definitions, its connection, and how facts go out and come in."""
