"""A paragraph of the policy in short: its rules, and nothing of what stands around them.

The summary is extractive: the sentences that state a rule, in their order, without the asides that add no rule ("however
slight", "so that we hold no more than we need"). A paragraph of which nothing can be left out gets none; what a sentence says
of conditions and exceptions stays, for a summary that drops them says something else.
"""

import random
import re
from collections.abc import Iterator

from generation.drafts import Draft
from generation.grammar import sentence
from generation.prompting import as_data
from generation.quotations import points_back, sentences
from kg.model import Clause, Ontology, Rule

_ASKS = (
    "Please summarise this paragraph: “{text}”", "What does this paragraph come down to? “{text}”", "In short, what does this say? “{text}”",
    "Sum this up in a sentence or two: “{text}”", "Can you give me the gist of this? “{text}”",
)  # fmt: skip
_ANSWERS = ("{clause} in short: {told}", "It comes down to this ({clause}): {told}")
_LEAST, _MOST = 25, 80
"""Words of a paragraph that is worth a summary and still fits into a question."""
_ASKED = re.compile(r"Q: |Short version|Scenario\b|Example\b")
_SHORTER, _ENOUGH = 0.92, 0.35
"""The largest and the least share of the paragraph's words that its summary may have: two sentences of nine are no summary."""
_ASIDES = re.compile(
    r",? so that (?:we|they|it|nobody|everyone|everybody|the)\b[^.;:]*(?=[.;]|$)|, (?:whatever|however|no matter|wherever|regardless of)\b[^,.;]*(?:,|(?=[.;]|$))|"
    r",? (?:even if|even where|not even|even when)\b[^,.;]*(?:, and (?:even|not)\b[^,.;]*)?(?:,|(?=[.;]|$))| \([^()]*\)"
)
"""What a sentence says besides: its purpose, and that something makes no difference."""


def summaries(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """A summary of each clause that says more than its rules do."""
    for clause in ontology.clauses:
        rules = [rule for rule in ontology.rules_of_clause.get(clause.id, ()) if rule.id in ontology.rule_by_id]
        text = _plainly(clause)
        if not rules or not clause.number or _ASKED.match(text) or not _LEAST <= len(text.split()) <= _MOST:
            continue
        told = _told(clause, rules)
        if told and _ENOUGH <= len(told.split()) / len(text.split()) <= _SHORTER:
            answer = rng.choice(_ANSWERS).format(clause=f"clause {clause.number}", told=told)
            yield Draft(
                "summary", rng.choice(_ASKS).format(text=text), sentence(answer), None, tuple(rule.id for rule in rules),
                (clause.id,), rules[0].family, "paragraphs/summary",
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
