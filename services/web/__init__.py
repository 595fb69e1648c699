"""The door: what the phone, the desk and other systems talk to."""
