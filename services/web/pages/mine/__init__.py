"""What staff get back, and the ways in: own reports, own measures, units, the unit's sheet."""
