"""Which ConceptNet term a concept of the policy is: by label, number, lemma or alias.

ConceptNet writes a term in lower case with underscores (``/c/en/trade_secret``), often with part of speech and sense
behind it (``/c/en/gift/n/wn/possession``). An inflected form that it knows only as a form ("notices") leads on to its
lemma. Which sense is meant is settled by :mod:`kg.conceptnet_senses`.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.conceptnet_reader import Assertion, term_of
from kg.mentions import names
from kg.model import Concept
from kg.words import IRREGULAR_VERBS, singular

ALIAS = 0.85
LEMMA = 0.97


@dataclass(frozen=True, slots=True)
class Link:
    """A concept and the term it is. ``score`` is in [0, 1]; ``sense`` is what follows the term in the URI, or empty."""

    concept_id: str
    term: str
    score: float
    reason: str
    sense: str = ""

    @property
    def uri(self) -> str:
        return f"{self.term}/{self.sense}" if self.sense else self.term


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A concept that may be several things of ConceptNet, best first, none of them near enough to the policy to be
    taken without a person. Until one decides, the concept is not linked.
    """

    concept_id: str
    label: str
    candidates: tuple[Link, ...]
    reason: str


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


def lemmas(links: Mapping[str, Link], edges: Mapping[str, Sequence[Assertion]]) -> dict[str, Link]:
    """Those of ``links`` whose term is above all an inflected form of another, led on to that one."""
    found = {}
    for id_, link in links.items():
        about = edges.get(link.term, ())
        bases = [edge.end for edge in about if edge.relation == "/r/FormOf" and term_of(edge.start) == link.term]
        if len(bases) * 2 > len(about):
            reason = f"lemma of the {link.reason} by FormOf"
            found[id_] = dataclasses.replace(link, term=term_of(bases[0]), score=LEMMA * link.score, reason=reason)
    return found


def chosen(concept_id: str, uri: str) -> Link:
    """The link that a person decided on."""
    return Link(concept_id, term_of(uri), 1.0, "chosen by a person", sense_of(uri))


def sense_of(uri: str) -> str:
    """``/c/en/gift/n/wn/possession`` -> ``n/wn/possession``."""
    return uri[len(term_of(uri)) :].strip("/")


def fits(uri: str, link: Link, kind: str) -> bool:
    """Whether an edge at ``uri`` speaks of the link's sense: no contradiction in part of speech or sense."""
    sense = sense_of(uri)
    if not sense:
        return True
    if sense.split("/")[0] not in parts_of_speech(kind):
        return False
    return not link.sense or sense.startswith(link.sense) or link.sense.startswith(sense)


def parts_of_speech(kind: str) -> tuple[str, ...]:
    """ConceptNet's letters for the parts of speech that a concept of ``kind`` may have."""
    return {"action": ("v",), "quality": ("a", "r", "n")}.get(kind, ("n",))
