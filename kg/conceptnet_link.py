"""Which ConceptNet term a concept of the policy is: by label, number, lemma or alias, and in which sense.

ConceptNet writes a term in lower case with underscores (``/c/en/trade_secret``), often with part of speech and sense
behind it (``/c/en/gift/n/wn/possession``). The part of speech follows from the concept's kind; among several senses
the one whose neighbourhood is nearest to what the policy says of the concept is taken.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.conceptnet_index import term_of
from kg.conceptnet_reader import Assertion
from kg.mentions import names
from kg.model import Concept, Ontology
from kg.retrieval import Embed
from kg.words import IRREGULAR_VERBS, content, singular

ALIAS = 0.85
CLOSE = 0.02
"""Two senses whose scores differ by less are ambiguous: a person should look."""


@dataclass(frozen=True, slots=True)
class Link:
    """A concept and the term it is. ``score`` is in [0, 1]; ``sense`` is what follows the term in the URI, or empty;
    ``ambiguous`` names the other senses that were as near.
    """

    concept_id: str
    term: str
    score: float
    reason: str
    sense: str = ""
    ambiguous: tuple[str, ...] = ()

    @property
    def uri(self) -> str:
        return f"{self.term}/{self.sense}" if self.sense else self.term


def candidates(concept: Concept, language: str = "en") -> Iterator[tuple[str, float, str]]:
    """Terms that ``concept`` may be, as (URI, score, reason), best first, each once."""
    seen: set[str] = set()
    forms: list[tuple[str, float, str]] = []
    for place, name in enumerate(names(concept)):
        words = name.split()
        factor, source = (1.0, "label") if place == 0 else (ALIAS, "alias")
        forms.append(("_".join(words), factor, source))
        forms.append(("_".join([*words[:-1], singular(words[-1])]), factor * 0.97, f"singular of the {source}"))
        forms.append(("_".join(singular(word) for word in words), factor * 0.95, f"singulars of the {source}"))
        # Verbs lead an action ("accepting gifts"); elsewhere -ing and -ed forms are nouns and adjectives of their own.
        firsts = _base_forms(words[0]) if concept.kind == "action" else ()
        rest = [singular(word) for word in words[1:]]
        forms.extend(("_".join([first, *rest]), factor * 0.93, f"lemma of the {source}") for first in firsts)
        stems = ["_".join(_base_forms(word)[0] if len(word) > 5 else singular(word) for word in words)]
        forms.extend((stem, factor * 0.8, f"stems of the {source}") for stem in stems if len(words) > 1)
    for form, score, reason in sorted(forms, key=lambda entry: -entry[1]):
        if form and form not in seen:
            seen.add(form)
            yield f"/c/{language}/{form}", round(score, 3), reason


def _base_forms(word: str) -> tuple[str, ...]:
    """What a verb form may be a form of; the index decides which exists."""
    if word in IRREGULAR_VERBS:
        return (IRREGULAR_VERBS[word],)
    for suffix in ("ing", "ed"):
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= 3:
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            final = f"{stem[:-1]}y" if stem.endswith("i") else stem
            return tuple(dict.fromkeys((stem, f"{stem}e", single, final)))
    return (singular(word),)


def best_links(concepts: Sequence[Concept], known: frozenset[str], language: str) -> dict[str, Link]:
    """Concept id -> its best candidate among the ``known`` terms; concepts without one are left out."""
    found: dict[str, Link] = {}
    for concept in concepts:
        for term, score, reason in candidates(concept, language):
            if term in known:
                found[concept.id] = Link(concept.id, term, score, reason)
                break
    return found


def with_senses(
    ontology: Ontology, links: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]], embed: Embed | None
) -> dict[str, Link]:
    """``links`` with the sense that fits the policy best, where ConceptNet parts a term into senses."""
    contexts = _contexts(ontology)
    texts: list[str] = []
    choices: list[tuple[Link, list[str], int]] = []
    for link in links.values():
        kind = ontology.concept_by_id[link.concept_id].kind
        groups = _sense_texts(link.term, edges.get(link.term, ()), kind)
        if len(groups) > 1:
            choices.append((link, list(groups), len(texts)))
            texts.extend((contexts.get(link.concept_id, link.term), *groups.values()))
    scores = _similarities(texts, embed)
    found = dict(links)
    for link, senses, first in choices:
        ranked = sorted(((scores(first, first + 1 + place), sense) for place, sense in enumerate(senses)), reverse=True)
        (best, sense), rest = ranked[0], ranked[1:]
        if best <= 0:
            continue
        near = tuple(other for score, other in rest if best - score < CLOSE)
        reason = f"{link.reason}; sense {sense or 'any'} by context {best:.2f}"
        found[link.concept_id] = Link(link.concept_id, link.term, link.score, reason, sense, near)
    return found


def sense_of(uri: str) -> str:
    """``/c/en/gift/n/wn/possession`` -> ``n/wn/possession``."""
    return uri[len(term_of(uri)) :].strip("/")


def fits(uri: str, link: Link, kind: str) -> bool:
    """Whether an edge at ``uri`` speaks of the link's sense: no contradiction in part of speech or sense."""
    sense = sense_of(uri)
    if not sense:
        return True
    if sense.split("/")[0] not in _parts(kind):
        return False
    return not link.sense or sense.startswith(link.sense) or link.sense.startswith(sense)


def _parts(kind: str) -> tuple[str, ...]:
    return {"action": ("v",), "quality": ("a", "r", "n")}.get(kind, ("n",))


def _sense_texts(term: str, edges: Sequence[Assertion], kind: str) -> dict[str, str]:
    """Sense -> the words of its neighbours, for the senses that the kind allows."""
    groups: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        own, other = (edge.start, edge.end) if term_of(edge.start) == term else (edge.end, edge.start)
        sense = sense_of(own)
        if sense.count("/") and sense.split("/")[0] in _parts(kind):
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


class _similarities:  # noqa: N801  (called like a function)
    """Similarity of two of the texts by place: cosine of embeddings, or the overlap of content words."""

    def __init__(self, texts: Sequence[str], embed: Embed | None) -> None:
        self._vectors = embed(texts) if embed and texts else None
        self._words = [frozenset(content(text)) for text in texts] if embed is None else []

    def __call__(self, first: int, second: int) -> float:
        if self._vectors is not None:
            return float(self._vectors[first] @ self._vectors[second])
        words, others = self._words[first], self._words[second]
        return len(words & others) / max(1, len(others))
