"""Links of samples that nobody's construction vouches for: data that this project did not write.

Concepts and relations are read as everywhere. A rule is found by its words alone, so the check is stricter than that
of a writer's claim: within two neighbouring sentences stand the rule's verb, most of the words of its action and
object (at least two), and its actor; what may stand for a word does not count. Candidates come from an index by the
rarest word of each rule, not from all pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.coverage_fields import RuleCheck, Spoken, occurring
from kg.coverage_links import SENTENCE, Reader, mention_links
from kg.coverage_spoken import spoken_text
from kg.mentions import IDIOM
from kg.model import Exercise, Modality, Ontology, Rule, Sample
from kg.words import STOP_WORDS, tokens, verb_key

FOUND = "words"
"""How a rule was proved that nobody named: ``words: actor action object``, the fields that occur."""
LEAST_SHARE, LEAST_WORDS = 0.75, 2
FEW, SPAN = 4, 6
"""A rule of fewer words must stand within one sentence, all of them within so many words."""


def find_links(ontology: Ontology, samples: Iterable[Sample]) -> tuple[Exercise, ...]:
    """The links of ``samples`` by their words alone, in the order of the samples; ``Sample.rule_ids`` is not read."""
    reader = Reader(ontology)
    rules = _RuleIndex(ontology)
    links: list[Exercise] = []
    for sample in samples:
        text = spoken_text(sample)
        found, joined = reader.read(text)
        stated = rules.read(text)
        links.extend(mention_links(sample, found, reader.proved(joined, stated)))
        links.extend(
            Exercise(sample.id, "rule", id_, f"{FOUND}: {' '.join(fields)}", score)
            for id_, (score, fields) in stated.items()
        )
    return tuple(links)


class _RuleIndex:
    """The rules of an ontology by the rarest word of their action and object."""

    def __init__(self, ontology: Ontology) -> None:
        self._check = RuleCheck(ontology)
        self._core: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        cores = {rule.id: _core(rule) for rule in ontology.rules}
        spread = Counter(verb_key(word) for _, words in cores.values() for word in words)
        self._place = {rule.id: place for place, rule in enumerate(ontology.rules)}
        for rule in ontology.rules:
            verb, words = cores[rule.id]
            if len(words) >= LEAST_WORDS:
                self._core[rule.id] = verb, words
                rarest = sorted({verb_key(word) for word in words}, key=lambda key: (spread[key], key))
                # A rule may be told without a quarter of its words: so many keys lead to it.
                for key in rarest[: 1 + int(len(rarest) * (1 - LEAST_SHARE))]:
                    self._rules[key].append(rule)

    def read(self, text: str) -> dict[str, tuple[float, tuple[str, ...]]]:
        """Rule id -> (score, fields found), in the order of the ontology."""
        best: dict[str, tuple[float, tuple[str, ...]]] = {}
        for window, whole in _windows(text):
            spoken = Spoken.of(window)
            reached = {rule.id: rule for key in spoken.words if key in self._rules for rule in self._rules[key]}
            for rule in reached.values():
                verb, words = self._core[rule.id]
                share = occurring(words, spoken.words) / len(words)
                if share < LEAST_SHARE or (verb and not occurring([verb], spoken.words)):
                    continue
                if len(words) < FEW and (not whole or not _together(words, window)):
                    continue
                evidence = self._check.evidence(rule, spoken)
                if evidence.score > 0 and share > best.get(rule.id, (0.0, ()))[0]:
                    best[rule.id] = round(share, 3), evidence.fields
        return dict(sorted(best.items(), key=lambda pair: self._place[pair[0]]))


def _core(rule: Rule) -> tuple[str, tuple[str, ...]]:
    """The verb of a rule, and the content words of its action and object without figures that are there to be varied."""
    limits = {word for limit in rule.thresholds for word in tokens(limit.text)}
    action, object_ = (
        [word for word in tokens(text) if word not in STOP_WORDS | limits] for text in (rule.action, rule.object)
    )
    if rule.modality is Modality.DEFINITION:
        term = [word for word in tokens(rule.actor) if word not in STOP_WORDS]
        return "", tuple(dict.fromkeys(term + object_))
    return action[0] if action else "", tuple(dict.fromkeys(action + object_))


def _windows(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence alone (True), and each with the next (False)."""
    sentences = [part for part in SENTENCE.split(IDIOM.sub(" ", text)) if part and part.strip()]
    for one in sentences:
        yield one, True
    for one, other in pairwise(sentences):
        yield f"{one} {other}", False


def _together(words: Iterable[str], sentence: str) -> bool:
    """Whether all of ``words`` stand within :data:`SPAN` words of the sentence, in the forms of their own keys."""
    said = [verb_key(word) for word in tokens(sentence)]
    wanted = {verb_key(word) for word in words}
    return any(wanted <= set(said[start : start + SPAN]) for start in range(max(1, len(said) - SPAN + 1)))
