"""The list of what waits to be done, for everybody who reads a queue."""

from services.web.pages.queue import chosen, keep, listing, live

PARTS = (listing, keep, chosen, live)
