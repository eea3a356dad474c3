"""Verb forms, articles and clauses of the writers."""

import pytest

from generation.clauses import parse_clause, state
from generation.grammar import inflect_verb_phrase, one_of, sentence, verb_form


@pytest.mark.parametrize(
    ("phrase", "form", "verbs", "expected"),
    [
        ("comply with the law", "past", 2, "complied with the law"),
        ("obtain and keep a receipt", "ing", 3, "obtaining and keeping a receipt"),
        ("be honest", "past", 1, "was honest"),
        ("promptly report an accident", "pp", 1, "promptly reported an accident"),
    ],
)
def test_inflection_reaches_every_verb_of_the_action(phrase: str, form: str, verbs: int, expected: str) -> None:
    """The head verb and those coordinated with it change their form, nothing else does."""
    assert inflect_verb_phrase(phrase, form, verbs) == expected


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("gifts from a supplier", "a gift from a supplier"),
        ("accidents", "an accident"),
        ("confidential information", "confidential information"),
        ("any gift", "a gift"),
        ("gifts and meals", "gifts and meals"),
        ("their account", "their account"),
    ],
)
def test_one_of_makes_an_instance_of_a_bare_plural_only(plural: str, single: str) -> None:
    """Bare countable plurals become one instance; mass nouns, lists and determined phrases stay."""
    assert one_of(plural) == single


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("the gift exceeds USD 100", "the gift did not exceed USD 100"),
        ("the supplier is bidding", "the supplier was not bidding"),
        ("there is any conflict", "there was no conflict"),
        ("they travel abroad", "they did not travel abroad"),
        ("the work does not compete", "the work competed"),
        ("the manager has approved it", "the manager had not approved it"),
    ],
)
def test_a_clause_is_denied_in_the_past(text: str, denied: str) -> None:
    """A condition turns into the statement that it did not hold."""
    clause = parse_clause(text)
    assert clause is not None
    assert state(clause, holds=False) == denied


def test_what_the_dictionary_cannot_split_is_left_whole() -> None:
    """An unclear clause gives None rather than a wrong guess."""
    assert parse_clause("necessary") is None


def test_a_sentence_has_a_capital_and_one_full_stop() -> None:
    """Loose ends are trimmed."""
    assert sentence(" the box ,") == "The box."
    assert verb_form("write", "pp") == "written"
