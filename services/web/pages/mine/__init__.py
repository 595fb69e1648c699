"""What staff get back, and the ways in: own reports, own measures, units, the unit's sheet."""

from services.web.pages.mine import choose_unit, measures, reports, sheet

PARTS = (reports, choose_unit, sheet, measures)
