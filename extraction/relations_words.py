"""Relations read from the words themselves: head nouns (a customer gift is a gift) and patterns between two terms.

The patterns are those of Hearst (1992).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extraction.concepts import concept_id
from extraction.concepts_terms import Mention
from kg.model import Ontology, Provenance

_PRIVATIVE = re.compile(
    r"(?:anti|non|counter|pseudo|ex|quasi|would-be)-|"
    r"(?:former|fake|alleged|suspected|purported|counterfeit|forged|prospective|would-be|aspiring|simulated|mock|virtual) "
)
"""A former official is no official, and a suspected breach may be none."""


def head_nouns(ontology: Ontology) -> Iterator[tuple[str, str, Provenance]]:
    """Ids of the narrower and of the broader concept, and the source.

    A "customer gift" is a "gift": the longest known ending of a label is the broader term.
    """
    nouns = {c.label.lower(): c for c in ontology.concepts if c.id == concept_id(c.label)}
    for label, concept in nouns.items():
        words = label.split()
        if _PRIVATIVE.match(label):
            continue
        for start in range(1, len(words)):
            broader = nouns.get(" ".join(words[start:]))
            if broader is not None and broader.label.islower() >= concept.label.split()[-1].islower():
                origin = concept.provenance[0] if concept.provenance else broader.provenance[0]
                origin = Provenance(origin.source, origin.ref, "head noun", origin.span)
                yield concept.id, broader.id, origin
                break


_GAP = {
    "such as": re.compile(r"^,?\s*(?:such as|including|for example|e\.g\.)\s+(?:an? |the |any )?$", re.IGNORECASE),
    "list": re.compile(r"^,?\s*(?:,|and|or|, and|, or)\s+(?:an? |the |any )?$", re.IGNORECASE),
    "other": re.compile(r"^,?\s*(?:and|or)\s+(?:any |all )?other\s+$", re.IGNORECASE),
    "part": re.compile(r"^\s+(?:is|are) (?:a )?part of (?:the |our |an? )?$", re.IGNORECASE),
    "member": re.compile(r"^\s+(?:is|are) (?:a )?members? of (?:the |our |an? )?$", re.IGNORECASE),
}


_ONE = re.compile(r"\b(?:our|your|their|its|his|her|my|the|this|that|each|every)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""As in "events beyond our control such as strikes": a thing that is one already has no kinds."""


def patterns(text: str, found: Sequence[Mention]) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of neighbouring terms whose words between say how they relate."""
    places = [(mention.begin, mention.begin + len(mention.surface), mention) for mention in found]
    for index, ((start, end, left), (begin, stop, right)) in enumerate(pairwise(places)):
        gap = text[end:begin]
        one_thing = not left.surface.endswith("s") and (left.proper or _ONE.search(text[:start]))
        if _GAP["such as"].match(gap) and not one_thing:
            yield concept_id(right.label), "IsA", concept_id(left.label), text[start:stop]
            for (_, before, _), (after, until, more) in pairwise(places[index + 1 :]):
                if not _GAP["list"].match(text[before:after]):
                    break
                yield concept_id(more.label), "IsA", concept_id(left.label), text[start:until]
        elif _GAP["other"].match(gap):
            yield concept_id(left.label), "IsA", concept_id(right.label), text[start:stop]
        elif _GAP["part"].match(gap) or _GAP["member"].match(gap):
            yield concept_id(left.label), "PartOf", concept_id(right.label), text[start:stop]
