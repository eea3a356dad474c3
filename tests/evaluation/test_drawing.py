"""Pictures keep their proportions and their words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.drawing import Cell, Group, Mark, Series, curve, squarify, strip, tag, treemap, unnamed
from evaluation.drawing.curve import ticks
from evaluation.drawing.intervals import place
from evaluation.drawing.svg import fitted

sizes = st.lists(st.floats(0.5, 1000), min_size=1, max_size=60)


@given(sizes)
def test_treemap_areas_are_in_proportion_and_fill_the_box(values: list[float]) -> None:
    """Every box lies within the frame, its area is its share, and the areas add up (so none overlap)."""
    boxes = squarify(values, (0.0, 0.0, 400.0, 300.0))
    assert len(boxes) == len(values)
    scale = 400 * 300 / sum(values)
    for value, (x, y, width, height) in zip(values, boxes, strict=True):
        assert width * height == pytest.approx(value * scale, rel=1e-6)
        assert -1e-6 <= x <= x + width <= 400 + 1e-6
        assert -1e-6 <= y <= y + height <= 300 + 1e-6


def test_squarified_boxes_are_near_squares() -> None:
    """The example of Bruls, Huizing and van Wijk (2000): 6 6 4 3 2 2 1 in a box of 6 by 4."""
    boxes = squarify([6, 6, 4, 3, 2, 2, 1], (0.0, 0.0, 6.0, 4.0))
    assert boxes[0] == pytest.approx((0, 0, 3, 2))
    assert boxes[1] == pytest.approx((0, 2, 3, 2))
    assert boxes[2] == pytest.approx((3, 0, 12 / 7, 7 / 3))
    assert max(max(w / h, h / w) for _, _, w, h in boxes) < 3
    assert squarify([], (0, 0, 1, 1)) == []


def test_a_treemap_names_what_fits_and_tells_the_rest_in_tips() -> None:
    """Cells keep their words as titles; colours follow the ratio; a group of nothing is left out."""
    cells = (Cell("1.1", 30, 1.0, "all of it"), Cell("1.2", 20, 0.5, "half of it"), Cell("1.3", 1, 0.0, "none of it"))
    drawn = treemap("m", [Group("Gifts", "60 %", cells), Group("Empty", "", ())], (300, 200), "Coverage", "words")
    assert all(words in drawn for words in ("all of it", "half of it", "none of it", "Gifts", "q4", "q2", "q0"))
    assert "Empty" not in drawn


def test_every_group_of_a_treemap_can_be_named() -> None:
    """A name takes one line, or two, or a smaller size; a group without room bears a number, and the list says whose."""
    names = ("Who this code is for and why", "Gifts and hospitality of every kind", "Conflicts of interest", "Records")
    groups = [Group(name, "50 %", (Cell("1", 40 - 10 * place, 0.5, ""),)) for place, name in enumerate(names)]
    wide = treemap("m", groups, (900, 300), "Coverage", "words")
    assert all(name in " ".join(re.findall(r'class="t-group"[^>]*>([^<]+)<', wide)) for name in names)
    assert wide.count(">50 %</text>") == len(names)
    assert unnamed(groups, (900, 300)) == []
    narrow = treemap("m", groups, (240, 260), "Coverage", "words")
    listed = unnamed(groups, (240, 260))
    assert listed
    for number, name in listed:
        assert not number or f">{number}</text>" in narrow
        assert f">{name}</text>" not in narrow
    lines = re.findall(r'class="t-group"[^>]*>([^<]+)<', narrow)
    missing = {name for _, name in listed}
    assert all(name in missing or name.split()[0] in " ".join(lines) for name in names)
    assert sum(number != "" for number, _ in unnamed(groups, (40, 40))) == 0


def test_a_title_gives_way_to_its_percentage() -> None:
    """A name that fills its line takes a second one or is cut, and the note is still told."""
    cells = (Cell("1", 3, 0.6, ""),)
    name = "Gifts and hospitality of every kind"
    for size in ((240.0, 200.0), (180.0, 90.0), (215.0, 60.0)):
        drawn = treemap("m", [Group(name, "60 %", cells)], size, "Coverage", "words")
        assert ">60 %</text>" in drawn, size
        assert "Gifts" in "".join(re.findall(r'class="t-group"[^>]*>([^<]+)<', drawn))


def test_a_cell_of_nothing_is_crossed_out() -> None:
    """So that no colour is needed to see it."""
    cells = (Cell("1", 2, 0.0, "none"), Cell("2", 2, 0.1, "some"))
    assert treemap("m", [Group("Gifts", "", cells)], (300, 200), "t", "w").count('class="crossed"') == 1


def test_markup_in_labels_is_escaped() -> None:
    """Labels come from documents."""
    assert tag("text", "<b>", class_="a&b") == '<text class="a&amp;b">&lt;b&gt;</text>'


@given(st.floats(0.001, 1e6), st.integers(2, 8))
def test_ticks_are_round_and_reach_the_top(top: float, about: int) -> None:
    """From zero past the greatest value, not many more than asked."""
    values = ticks(top, about)
    assert values[0] == 0
    assert values[-1] >= top * 0.999
    assert len(values) <= about + 2


def test_a_curve_describes_itself_in_words() -> None:
    """First and last value of each line; nothing recorded is said, not drawn."""
    drawn = curve("c", [Series("training", ((1.0, 3.0), (9.0, 0.5)), "train")], (300, 200), ("step", "loss"), "Loss")
    assert "training from 3.00 at 1 to 0.50 at 9." in drawn
    assert "nothing was recorded" in curve("c", [], (300, 200), ("step", "loss"), "Loss")


def test_a_strip_places_values_in_percent_and_reads_aloud() -> None:
    """Values beyond the scale lie at its end; no mark means no case."""
    assert (place(0), place(1), place(2)) == ("3.00%", "97.00%", "97.00%")
    assert place(0, (-1, 1)) == "50.00%"
    drawn = strip([Mark(0.5, 0.4, 0.6, "aligned", "half")], 0.8)
    assert 'aria-label="half"' in drawn
    assert "no case" in strip([])


def test_labels_are_cut_at_words() -> None:
    """Half a word misleads, and so does a first word that many share; no room gives no label."""
    assert fitted("Gifts and hospitality", 400, 12) == "Gifts and hospitality"
    assert fitted("Gifts and hospitality", 80, 12) == "Gifts and …"
    assert fitted("GitHub Terms for Additional Products", 70, 12) == ""
    assert fitted("Gifts", 5, 12) == ""
