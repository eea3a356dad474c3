"""Doubtful links to ConceptNet as questions to a person, and a person's decisions as links."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kg.conceptnet_link import PendingLink
from kg.review import ReviewItem, Status, review_item

LINK = "conceptnet_link"
"""The kind of these items."""
NO_DECISIONS: Mapping[str, str] = MappingProxyType({})


def decided_links(items: Iterable[ReviewItem]) -> Mapping[str, str]:
    """A person's decisions as :func:`kg.conceptnet_enrich.enrich` takes them: concept id -> the URI that was chosen,
    or an empty text where none of the candidates is meant.
    """
    decisions = [item for item in items if item.kind == LINK and item.status is not Status.PENDING]
    decided = {
        # Asked again with other candidates, the later answer counts.
        item.subject: item.choice if item.status is Status.ACCEPTED else ""
        for item in sorted(decisions, key=lambda item: (item.decided_at, item.id))
    }
    return MappingProxyType(dict(sorted(decided.items())))


def link_questions(pending: Sequence[PendingLink]) -> tuple[ReviewItem, ...]:
    """Each pending link as an item; the evidence names every candidate with its score and reason."""
    return tuple(_item(one) for one in pending)


def _item(pending: PendingLink) -> ReviewItem:
    best = pending.candidates[0]
    question = f"which of ConceptNet's senses is {pending.label!r}?"
    uris = [candidate.uri for candidate in pending.candidates]
    item = review_item(LINK, pending.concept_id, uris, best.score, pending.reason, question)
    evidence = (f"{one.uri} ({one.score:.2f}): {one.reason}" for one in pending.candidates)
    return dataclasses.replace(item, evidence=tuple(evidence))
