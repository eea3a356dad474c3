"""A paragraph of the policy in short, or two that follow one another: its rules, and nothing of what stands around them.

The summary is extractive: the sentences that state a rule, in their order, without the asides that add no rule ("however
slight", "so that we hold no more than we need"). A paragraph of which nothing can be left out gets none; what a sentence says
of conditions and exceptions stays, for a summary that drops them says something else.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generation.drafts import Draft
from generation.grammar import sentence
from generation.prompting import as_data
from generation.quotations import points_back, sentences
from kg.model import Clause, Ontology, Rule

_ASKS = (
    "Please summarise this paragraph: “{text}”", "What does this paragraph come down to? “{text}”", "In short, what does this say? “{text}”",
    "Sum this up in a sentence or two: “{text}”", "Can you give me the gist of this? “{text}”",
)  # fmt: skip
_ASKS_OF_TWO = (
    "Please summarise these two paragraphs: “{text}”", "In short, what do these paragraphs say? “{text}”", "Can you give me the gist of this? “{text}”",
)  # fmt: skip
_ANSWERS = ("{clause} in short: {told}", "It comes down to this ({clause}): {told}")
_LEAST, _MOST, _MOST_OF_TWO = 25, 80, 110
"""Words of a paragraph, or of two, that are worth a summary and still fit into a question."""
_ASKED = re.compile(r"Q: |Short version|Scenario\b|Example\b")
_SHORTER, _ENOUGH = 0.92, 0.35
"""The largest and the least share of the paragraph's words that its summary may have: two sentences of nine are no summary."""
_ASIDES = re.compile(
    r",? so that (?:we|they|it|nobody|everyone|everybody|the)\b[^.;:]*(?=[.;]|$)|, (?:whatever|however|no matter|wherever|regardless of)\b[^,.;]*(?:,|(?=[.;]|$))|"
    r",? (?:even if|even where|not even|even when)\b[^,.;]*(?:, and (?:even|not)\b[^,.;]*)?(?:,|(?=[.;]|$))| \([^()]*\)"
)
"""What a sentence says besides: its purpose, and that something makes no difference."""


def summaries(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """A summary of each clause, and of each two that follow one another in a chapter, that say more than their rules do."""
    clauses = [clause for clause in ontology.clauses if clause.number and not _ASKED.match(_plainly(clause))]
    for clause in clauses:
        rules = _rules(clause, ontology)
        told = _told(clause, rules) if rules else ""
        if told:
            yield from _summary((clause,), told, rules, rng)
    for pair in pairwise(clauses):
        own = [_rules(clause, ontology) for clause in pair]
        if _chapter(pair[0]) != _chapter(pair[1]) or not all(own):
            continue
        parts = [_told(clause, rules) or _plainly(clause) for clause, rules in zip(pair, own, strict=True)]
        if all(_kept(part, clause) >= _ENOUGH for part, clause in zip(parts, pair, strict=True)):
            yield from _summary(pair, " ".join(parts), [rule for rules in own for rule in rules], rng)


def _kept(told: str, *clauses: Clause) -> float:
    """The share of the words of ``clauses`` that is left."""
    return len(told.split()) / sum(len(_plainly(clause).split()) for clause in clauses)


def _chapter(clause: Clause) -> tuple[str, str]:
    return clause.document_id, clause.number.rpartition(".")[0]


def _rules(clause: Clause, ontology: Ontology) -> list[Rule]:
    return [rule for rule in ontology.rules_of_clause.get(clause.id, ()) if rule.id in ontology.rule_by_id]


def _summary(clauses: Sequence[Clause], told: str, rules: Sequence[Rule], rng: random.Random) -> Iterator[Draft]:
    """The draft for ``clauses``, where they are long enough and ``told`` is shorter than they are."""
    text, several = " ".join(map(_plainly, clauses)), len(clauses) > 1
    most = _MOST_OF_TWO if several else _MOST
    if not _LEAST <= len(text.split()) <= most or not _ENOUGH <= _kept(told, *clauses) <= _SHORTER:
        return
    numbers = list(dict.fromkeys(clause.number for clause in clauses))
    answer = rng.choice(_ANSWERS).format(clause=f"clause{'s' * (len(numbers) > 1)} {' and '.join(numbers)}", told=told)
    ask = rng.choice(_ASKS_OF_TWO if several else _ASKS).format(text=text)
    yield Draft(
        "summary", ask, sentence(answer), None, tuple(dict.fromkeys(rule.id for rule in rules)),
        tuple(clause.id for clause in clauses), rules[0].family, "paragraphs/summary",
    )  # fmt: skip


_SAYS = re.compile(
    r"\d|\b(?:must|may|shall|should|can|cannot|will|need|only|unless|except|always|never|no|none|nobody|any|all|each|every|counts?|means?|"
    r"applies|apply|prevails?|ends?|decides?|includes?|constitutes?|prohibited|forbidden|required|allowed|binds?|waives?|limits?|nothing|prohibits|if)\b",
    re.IGNORECASE,
)
"""What a sentence has that says more than how things are: it stays in the summary though no rule was read from it."""


def _plainly(clause: Clause) -> str:
    return re.sub(r"[“”\"*_#>|]+", "", as_data(clause.text))


def _told(clause: Clause, rules: list[Rule]) -> str:
    """The sentences of the rules without asides; empty where one of them is missing or leans on what is left out."""
    stated = [part for part in sentences(clause) if any(_same(part, rule) for rule in rules)]
    if not stated or not all(any(_same(part, rule) for part in stated) for rule in rules):
        return ""
    own = [part for part in sentences(clause) if part in stated or _SAYS.search(part)]
    kept = [_without_asides(re.sub(r"[“”\"]", "", part)) for part in own]
    whole = sentences(clause)
    leaning = [
        part
        for part in own
        if points_back(part) and (whole.index(part) == 0 or whole[whole.index(part) - 1] not in own)
    ]
    return "" if leaning else " ".join(map(sentence, kept))


def _same(part: str, rule: Rule) -> bool:
    """Whether a sentence is the rule's: the beginning of either stands in the other."""
    said = " ".join(rule.text.split())
    return said[:40] in part or part[:40] in said


def _without_asides(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s+([,.;])", r"\1", _ASIDES.sub(" ", text))).strip()
