"""The page of samples: what stands on it, drawn the same way for the same seed, and nothing of it is markup."""

from dataclasses import replace

from markdown_it import MarkdownIt

from generation.samples_page import chosen, page, shown
from kg.model import Message, Sample
from tests.generation.fixtures import policy

ONTOLOGY = policy()
RULE = ONTOLOGY.rules[0]


def sample(number: int, kind: str = "scenario", question: str = "May I accept a gift?") -> Sample:
    return Sample(f"s{number:02}", kind, "rules", "f", question, "Yes.", None, (RULE.id,), (RULE.clause_id,))


SAMPLES = (*(sample(number) for number in range(12)), sample(12, "rule_qa"))


def test_the_draw_is_by_kind_and_seed() -> None:
    """So many of each kind, all where there are fewer, whatever the order they come in."""
    found = chosen(SAMPLES, 5, 1)
    assert {kind: len(mine) for kind, mine in found.items()} == {"rule_qa": 1, "scenario": 5}
    assert chosen(SAMPLES[::-1], 5, 1) == found
    assert chosen(SAMPLES, 5, 2) != found
    assert list(chosen(SAMPLES, 5, 1, ("rule_qa",))) == ["rule_qa"]


def test_a_sample_is_told_with_its_clause_and_its_rule() -> None:
    """A seed that names clauses alone is told with their rules; later turns stand with it."""
    (told,) = shown(ONTOLOGY, (sample(1),))
    assert (told["clauses"], told["rules"]) == (["1.0"], [RULE.text])
    (seed,) = shown(ONTOLOGY, (replace(sample(1), rule_ids=()),))
    assert seed["rules"] == [RULE.text]
    chat = tuple(Message(role, "x") for role in ("system", "user", "assistant", "user", "assistant"))
    (dialogue,) = shown(ONTOLOGY, (replace(sample(1), messages=chat),))
    assert dialogue["turns"] == [["user", "x"], ["assistant", "x"]]


def test_the_page_renders_as_one_list_a_kind() -> None:
    """Twelve points of twelve samples, each with answer and rule under it; a question cannot make markup."""
    nasty = "1. <img src=x onerror=alert(1)> [a](javascript:alert(1)) # *b*\n\n# Heading | `c`"
    text = page(
        ONTOLOGY, (*SAMPLES[1:], sample(0, question=nasty)), count=12, seed=0, quality={"Figures": [["a"], [1]]}
    )
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<h2>scenario: 12 of 12</h2>" in html
    assert html.count("<ol>") == 2
    assert html.count("<strong>Answer</strong>") == 13
    assert html.count("<em>Clause 1.0</em>") == 13
    assert "<h2>Figures</h2>" in html
    assert not any(bad in html for bad in ("<img", "<a ", "<h1>Heading", "<code>c", "<em>b"))
