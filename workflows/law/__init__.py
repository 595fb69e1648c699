"""What the law asks and by when, as rows with source, dates and how sure we are of them."""

from workflows.law.base import OURS, Confidence, LawRow, Measured
from workflows.law.find import ROWS, NoSuchLaw, law_on

__all__ = ["OURS", "ROWS", "Confidence", "LawRow", "Measured", "NoSuchLaw", "law_on"]
