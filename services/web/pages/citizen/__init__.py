"""The citizen's pages: telling us something, reading the answer, and how usable we are."""

from services.web.pages.citizen import accessibility, ask, paper, read, receipt, type_in

PARTS = (ask, receipt, read, paper, accessibility, type_in)
