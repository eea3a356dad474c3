"""How a sentence names a concept: with an article, as an act in progress, or as it stands."""

from generation.grammar import inflect_verb_phrase, readings, with_article
from generation.substitutes import countable
from kg.model import Concept


def name_of(concept: Concept) -> str:
    """The label as a sentence takes it: "a watch", "the Ethics Office", "lowering price", "overtime"."""
    label = concept.label
    if label[:1].isupper():
        return f"the {label}" if concept.kind == "body" else label
    words = label.split()
    if concept.kind == "action":
        return inflect_verb_phrase(label, "ing") if len(words) > 1 and _is_verb(words[0]) else label
    if concept.kind == "quality" or not countable(label):
        return label
    return with_article(label)


def _is_verb(word: str) -> bool:
    return readings(word).get("VERB") == word and not word.endswith(("ed", "ing"))
