"""Keys of words."""

import pytest

from kg.words import content, scan, singular, tokens, verb_key


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("gifts", "gift"), ("policies", "policy"), ("businesses", "business"), ("boxes", "box"), ("bosses", "boss"),
        ("people", "person"), ("business", "business"), ("analysis", "analysis"), ("premises", "premises"),
        ("lies", "lie"), ("status", "status"), ("expenses", "expense"), ("invoices", "invoice"),
    ],
)  # fmt: skip
def test_singular(plural: str, expected: str) -> None:
    """Regular and irregular plurals fall on their singular, and singulars stay."""
    assert singular(plural) == expected


@pytest.mark.parametrize(
    "forms",
    ["accept accepts accepted accepting", "disclose discloses disclosed disclosing", "give gave given giving gives",
     "plan plans planned planning", "rely relies relied relying", "pass passes passed passing", "pay paid pays paying",
     "sell sold selling sells", "call called calling calls", "exceed exceeds exceeded", "agree agrees agreed agreeing",
     "omit omits omitted", "use uses used using"],
)  # fmt: skip
def test_forms_of_a_verb_share_a_key(forms: str) -> None:
    """All inflected forms of a verb have one key."""
    assert len({verb_key(form) for form in forms.split()}) == 1


def test_derivation_is_kept_apart() -> None:
    """Words that differ by derivation, and so in meaning, have different keys."""
    assert len({verb_key(word) for word in ("competitor", "competition", "compete")}) == 3


def test_tokens_and_places() -> None:
    """Tokens are lower case without possessive; their places point into the text."""
    text = "The supplier’s gift-card, worth 1.5"
    assert tokens(text) == ["the", "supplier", "gift", "card", "worth", "1.5"]
    assert [text[token.start : token.end] for token in scan(text)][3] == "card"
    assert content("You must not accept the gift") == ["accept", "gift"]


@pytest.mark.parametrize(
    "text", ["sent in May", "since 5 May", "on May 5", "by the 2nd May", "in April or May", "May 2026"]
)
def test_the_month_of_may_carries_meaning(text: str) -> None:
    """A month is no function word; the verb of the same letters is."""
    assert "may" in content(text)


@pytest.mark.parametrize("text", ["May I leave in 5 days?", "Staff may leave. May guests?", "you MAY and must"])
def test_the_verb_may_is_a_function_word(text: str) -> None:
    """What asks for leave is left out, also with a capital."""
    assert "may" not in content(text)
