"""Which of a term's senses a policy means: the one whose neighbours are nearest to what the policy says of the concept.

Word sense disambiguation by the overlap of context and gloss (Lesk, SIGDOC 1986), with embeddings in place of words
where there are any. Two senses that are about as near are a question to a person, not a guess.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.conceptnet_link import Link, PendingLink, parts_of_speech, sense_of
from kg.conceptnet_reader import Assertion, term_of
from kg.model import Ontology
from kg.retrieval import Embed
from kg.words import content

SHOWN = 5
"""Candidates that a person is shown at most."""
CLEAR = 0.1
"""The margin from which a choice is as sure as the match of the words."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A link with several senses: texts ``first`` and following are the context, then each sense's."""

    link: Link
    senses: tuple[str, ...]
    first: int


def settle(
    ontology: Ontology, links: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]], margin: float,
    embed: Embed | None,
) -> tuple[dict[str, Link], tuple[PendingLink, ...]]:  # fmt: skip
    """``links`` with the sense that fits the policy best, and those where the next best is nearer than ``margin``.

    A link that names a sense already stays as it is. ``score`` falls to half of the words' score as the margin falls
    to nothing.
    """
    choices, texts = _choices(ontology, links, edges)
    similarity = _Similarity(texts, embed)
    found, pending = dict(links), []
    for choice in choices:
        ranked = sorted(
            ((similarity(choice.first, choice.first + 1 + place), sense) for place, sense in enumerate(choice.senses)),
            key=lambda entry: (-entry[0], entry[1]),
        )
        id_ = choice.link.concept_id
        readings = tuple(_reading(choice.link, sense, score, ranked[0][0]) for score, sense in ranked)
        lead = _lead(ranked)
        if lead < margin or ranked[0][0] <= 0:
            del found[id_]
            label = ontology.concept_by_id[id_].label
            anything = dataclasses.replace(readings[-1], sense="", reason=f"{choice.link.reason}; any sense")
            pending.append(PendingLink(id_, label, (*readings[:SHOWN], anything), _doubt(ranked, lead)))
        else:
            sure = min(1.0, 0.5 + 0.5 * lead / CLEAR)
            found[id_] = dataclasses.replace(readings[0], score=round(choice.link.score * sure, 3))
    return found, tuple(pending)


def _choices(
    ontology: Ontology, links: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]]
) -> tuple[list[_Choice], list[str]]:
    """The links with more than one sense, and the texts to compare."""
    contexts = _contexts(ontology)
    choices: list[_Choice] = []
    texts: list[str] = []
    for link in links.values():
        if link.sense:
            continue
        groups = _sense_texts(link.term, edges.get(link.term, ()), ontology.concept_by_id[link.concept_id].kind)
        if len(groups) > 1:
            choices.append(_Choice(link, tuple(groups), len(texts)))
            texts.extend((contexts[link.concept_id], *groups.values()))
    return choices, texts


def _reading(link: Link, sense: str, score: float, best: float) -> Link:
    """One sense of a link as a candidate; its score is that of the words, less what it is farther than the best."""
    reason = f"{link.reason}; sense {sense} by context {score:.2f}"
    worth = max(0.0, link.score * (1 - (best - score)) * 0.5)
    return Link(link.concept_id, link.term, round(worth, 3), reason, sense)


def _lead(ranked: Sequence[tuple[float, str]]) -> float:
    """How much nearer the first is than the next that tells another meaning.

    WordNet (wn) and Wiktionary (wikt) each part a word into senses, so a sense of the one is no rival to the other's.
    """
    (best, first), *rest = ranked
    rivals = [score for score, sense in rest if sense.split("/")[1] == first.split("/")[1]]
    return best - max(rivals) if rivals else CLEAR


def _doubt(ranked: Sequence[tuple[float, str]], lead: float) -> str:
    if ranked[0][0] <= 0:
        return f"nothing in the policy tells its {len(ranked)} senses apart"
    return f"{len(ranked)} senses; the nearest two differ by {lead:.3f}"


def _sense_texts(term: str, edges: Sequence[Assertion], kind: str) -> dict[str, str]:
    """Sense -> the words of its neighbours, for the senses that the kind allows."""
    groups: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        own, other = (edge.start, edge.end) if term_of(edge.start) == term else (edge.end, edge.start)
        sense = sense_of(own)
        if sense.count("/") and sense.split("/")[0] in parts_of_speech(kind):
            words = [sense.split("/")[-1].replace("_", " "), term_of(other).split("/")[-1].replace("_", " ")]
            groups[sense].extend(word for word in words if word not in groups[sense])
    return {sense: ", ".join(words[:12]) for sense, words in sorted(groups.items())}


def _contexts(ontology: Ontology) -> dict[str, str]:
    """Concept id -> its label, definition and the first three rules that mention it."""
    rules: dict[str, list[str]] = defaultdict(list)
    for mention in ontology.rule_concepts:
        if mention.rule_id in ontology.rule_by_id and len(rules[mention.concept_id]) < 3:
            rules[mention.concept_id].append(ontology.rule_by_id[mention.rule_id].text)
    return {
        concept.id: ". ".join(part for part in (concept.label, concept.definition, *rules[concept.id]) if part)
        for concept in ontology.concepts
    }


class _Similarity:
    """Similarity of two of the texts by place: cosine of embeddings, or the overlap of content words."""

    def __init__(self, texts: Sequence[str], embed: Embed | None) -> None:
        self._vectors = embed(texts) if embed and texts else None
        self._words = [frozenset(content(text)) for text in texts] if embed is None else []

    def __call__(self, first: int, second: int) -> float:
        if self._vectors is not None:
            return float(self._vectors[first] @ self._vectors[second])
        words, others = self._words[first], self._words[second]
        return len(words & others) / max(1, len(others))
