"""Which concepts a text mentions, and which elements of the ontology a sample truly exercises.

A concept is mentioned where one of its names occurs as whole words, up to inflection; the words of an action may stand a
little apart ("accept gift" in "accept a small gift"). Matching is longest first;
inside a longer match only the name that ends where it ends counts too, for the head of a noun phrase names a kind of
the same thing: "business gift" mentions *gift*, "gift card" does not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.model import Concept, Exercise, Ontology, Rule, Sample
from kg.words import STOP_WORDS, singular, tokens, verb_key

DETERMINERS = frozenset({"a", "an", "the", "any", "all", "our", "your", "their", "its"})
BEFORE, AFTER = 5, 7
"""How many words the object of an action may stand before (passive) or after its verb."""
SUBSTITUTES = frozenset({"IsA", "Synonym", "SimilarTo", "FormOf", "InstanceOf", "MannerOf", "DefinedAs", "RelatedTo"})
"""Relations along which a writer may put one word for another (a watch for a gift)."""


class Trie:
    """Token sequences with what they stand for; one dictionary lookup per token of the text."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    def add(self, words: Sequence[str], value: str) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node.setdefault("", []).append(value)  # type: ignore[attr-defined]

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Every ``(start, end, values)`` with ``words[start:end]`` in the trie."""
        root = self._root
        for start, word in enumerate(words):
            node = root.get(word)
            end = start + 1
            while node is not None:
                if "" in node:  # type: ignore[operator]
                    yield start, end, node[""]  # type: ignore[index]
                if end == len(words):
                    break
                node = node.get(words[end])  # type: ignore[attr-defined]
                end += 1


def names(concept: Concept) -> tuple[str, ...]:
    """Label and aliases, each once, without a leading determiner, in lower case."""
    found: dict[str, None] = {}
    for name in (concept.label, *concept.aliases):
        words = tokens(name)
        if len(words) > 1 and words[0] in DETERMINERS:
            words = words[1:]
        # An alias of function words alone ("it") would be found everywhere; a label is what it is.
        if words and (not found or not all(word in STOP_WORDS for word in words)):
            found[" ".join(words)] = None
    return tuple(found)


class Mentions:
    """One matcher for the names of many concepts. Immutable after construction; ``find`` is linear in the text."""

    __slots__ = ("_nouns", "_order", "_phrases", "_verbs")

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._nouns, self._verbs = Trie(), Trie()
        self._order: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for concept in concepts:
            self._order[concept.id] = len(self._order)
            trie, key = (self._verbs, verb_key) if concept.kind == "action" else (self._nouns, singular)
            for name in dict.fromkeys(tuple(key(word) for word in name.split()) for name in names(concept)):
                trie.add(name, concept.id)
                if concept.kind == "action" and len(name) > 1:
                    self._phrases[name[0]].append((name[1:], concept.id))

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the concepts that ``text`` mentions, each once, in the order of the constructor."""
        words = tokens(text)
        found = {id_ for _, _, ids in self.spans(words) for id_ in ids}
        found.update(self._acts(words))
        return tuple(sorted(found, key=self._order.__getitem__))

    def _acts(self, words: Sequence[str]) -> Iterator[str]:
        """Actions of several words that stand apart: "accept gift" in "accept a small gift" and "gifts are accepted"."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[verb_key(word)].append(place)
        for verb in places.keys() & self._phrases.keys():
            for rest, id_ in self._phrases[verb]:
                if all(word in places for word in rest) and any(
                    all(any(-BEFORE <= other - place <= AFTER for other in places[word]) for word in rest)
                    for place in places[verb]
                ):
                    yield id_

    def spans(self, words: Sequence[str]) -> list[tuple[int, int, list[str]]]:
        """``(first token, end token, concept ids)`` of each match in ``words`` (lower-case tokens of a text)."""
        kept: list[tuple[int, int, list[str]]] = []
        for trie, key in ((self._nouns, singular), (self._verbs, verb_key)):
            kept.extend(_longest(list(trie.matches([key(word) for word in words]))))
        return kept


def _longest(matches: list[tuple[int, int, list[str]]]) -> Iterator[tuple[int, int, list[str]]]:
    """Leave out a match inside a longer one, unless it is the longer one's head (ends with it)."""
    reach = dict[int, int]()
    for start, end, _ in matches:
        reach[start] = max(end, reach.get(start, 0))
    cover_end = 0
    farthest: dict[int, int] = {}
    for start in sorted(reach):
        farthest[start] = cover_end
        cover_end = max(cover_end, reach[start])
    for start, end, ids in matches:
        inside_same_start = end < reach[start]
        inside_earlier = end < farthest[start]
        if not inside_same_start and not inside_earlier:
            yield start, end, ids


def mentioned(concept: Concept, text: str) -> bool:
    """Whether ``text`` names ``concept``. For many concepts or texts build one :class:`Mentions`."""
    return bool(Mentions((concept,)).find(text))


def verify_links(ontology: Ontology, samples: Iterable[Sample]) -> tuple[Exercise, ...]:
    """The links of ``samples`` that hold, in the order of the samples.

    A concept by mention in question or answer; a relation when both of its concepts are mentioned; a rule when the
    writer named it (``Sample.rule_ids``) and what it is about occurs: at least one content word of its action
    and half of those of its object, or a concept that may stand for them by :data:`SUBSTITUTES`. ``score`` is 1
    for concepts and relations, and for a rule the share of its content words that occur.
    """
    mentions = Mentions(ontology.concepts)
    edges = _edges(ontology)
    check = _rule_check(ontology)
    links: list[Exercise] = []
    for sample in samples:
        text = f"{sample.question}\n{sample.answer}"
        found = mentions.find(text)
        here = set(found)
        links.extend(Exercise(sample.id, "concept", id_, "mention", 1.0) for id_ in found)
        links.extend(Exercise(sample.id, "relation", id_, "both ends", 1.0) for id_ in _joined(found, edges))
        words = {key for word in tokens(text) for key in _keys(word)}
        named = [ontology.rule_by_id[id_] for id_ in dict.fromkeys(sample.rule_ids) if id_ in ontology.rule_by_id]
        links.extend(
            Exercise(sample.id, "rule", rule.id, "construction and words", round(score, 3))
            for rule in named
            if (score := check(rule, words, here)) > 0
        )
    return tuple(links)


def _edges(ontology: Ontology) -> dict[str, dict[str, list[str]]]:
    """Source id -> target id -> relation ids; loops are left out, one mention cannot prove them."""
    edges: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for relation in ontology.relations:
        if relation.source_id != relation.target_id:
            edges[relation.source_id][relation.target_id].append(relation.id)
    return edges


def _joined(found: Sequence[str], edges: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    for source in found:
        if source in edges:
            targets = edges[source]
            for target in found:
                if target in targets:
                    yield from targets[target]


def _keys(word: str) -> tuple[str, ...]:
    """Keys under which a word of a sample may meet a word of a rule; the prefix joins ``accept`` and ``acceptance``."""
    key = verb_key(word)
    return (key, key[:6] + "-") if len(key) >= 6 else (key,)


def _rule_check(ontology: Ontology) -> Callable[[Rule, set[str], set[str]], float]:
    """A function (rule, keys of the sample, concepts of the sample) -> score, 0 when the rule does not occur."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for relation in ontology.relations:
        if relation.type in SUBSTITUTES and relation.polarity > 0:
            neighbours[relation.source_id].add(relation.target_id)
            neighbours[relation.target_id].add(relation.source_id)
    fields: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}

    def prepare(rule: Rule) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        """Per filled field its content words and the concepts that may stand for them."""
        texts = {"action": rule.action, "object": rule.object}
        if not any(tokens(text) for text in texts.values()):
            texts = {"actor": rule.actor}
        prepared = []
        for role, text in texts.items():
            words = tuple(dict.fromkeys(word for word in tokens(text) if word not in STOP_WORDS))
            own = {link.concept_id for link in ontology.concepts_of_rule.get(rule.id, ()) if link.role == role}
            if words:
                prepared.append((words, frozenset(own.union(*(neighbours[id_] for id_ in own)))))
        return prepared

    def check(rule: Rule, here: set[str], concepts: set[str]) -> float:
        if rule.id not in fields:
            fields[rule.id] = prepare(rule)
        prepared = fields[rule.id]
        shares = []
        for words, substitutes in prepared:
            share = sum(any(key in here for key in _keys(word)) for word in words) / len(words)
            shares.append(1.0 if not concepts.isdisjoint(substitutes) else share)
        if not shares:
            return 1.0
        return sum(shares) / len(shares) if min(shares) > 0 and max(shares) >= 0.5 else 0.0

    return check
