"""Quantities are read as people write them."""

import pytest

from kg.quantities import in_base, quantities


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("about 30 dollars", 30, "USD"),
        ("USD 1,400 in all", 1400, "USD"),
        ("it cost $40 each", 40, "USD"),
        ("forty euros", 40, "EUR"),
        ("£2.5 million", 2_500_000, "GBP"),
        ("a 180 dollar scarf", 180, "USD"),
        ("half a percent of the shares", 0.5, "share"),
        ("a discount of 25 %", 25, "share"),
        ("six times since January", 6, "times"),
        ("for four hours", 4 / 24, "time"),
        ("within 5 working days", 7, "time"),
        ("two weeks later", 14, "time"),
        ("the next morning", 1, "time"),
        ("three litres of oil", 3, "volume"),
        ("12 kilometres", 12_000, "length"),
    ],
)
def test_one_quantity(text: str, value: float, dimension: str) -> None:
    """Value in the base unit, dimension, and the place of the words."""
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert found.dimension == dimension
    assert text[found.start :].startswith(found.text)


def test_the_time_between_two_days_that_are_named() -> None:
    """Weekdays and months count from the first to the last that the text names."""
    assert quantities("declined on Tuesday and registered on Friday")[0].value == 3
    assert quantities("paid in March, entered in May")[0].value == pytest.approx(60.8)
    assert quantities("we met on Monday") == ()


def test_what_is_no_quantity() -> None:
    """Numbers without a unit, words that only look like one, and clause numbers."""
    assert quantities("clause 3.2 of version 4, may she come at ten? Everyone") == ()


def test_a_unit_nobody_knows_is_its_own_dimension() -> None:
    """So that a limit in barns is only met by barns."""
    assert in_base(3, "barn") == (3, "barn")
    assert in_base(2, "week") == (14, "time")
