"""Small pure functions that draw the report's pictures as SVG: values in, markup out, colours from the style sheet.

Every picture carries a title and a description for those who do not see it, and stands beside a table of its values.
"""

from evaluation.drawing.curve import Series, curve
from evaluation.drawing.intervals import Mark, axis, strip
from evaluation.drawing.svg import tag
from evaluation.drawing.treemap import Cell, Group, squarify, treemap, unnamed

__all__ = ["Cell", "Group", "Mark", "Series", "axis", "curve", "squarify", "strip", "tag", "treemap", "unnamed"]
