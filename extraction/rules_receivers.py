"""Verbs with a receiver before their object: "provide X with Y", "give X the Y", "obtain from X the Y"."""

from typing import TYPE_CHECKING

from extraction.lexicon import PARTY_NOUNS
from extraction.rules_phrases import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token


def beyond_receiver(verb: "Token", start: int, stop: int) -> int:
    """As in "obtain from X the Y", "provide X with Y", "inform X of Y": where the phrase that counts begins."""
    doc = verb.doc
    if lemma(verb) in {"provide", "supply", "furnish", "equip"}:
        preposition = next((t for t in doc[start + 1 : min(start + 8, stop)] if t.lower_ == "with"), None)
        between = doc[start : preposition.i] if preposition is not None else None
        if (
            preposition is not None
            and between is not None
            and len(between) <= 6
            and not any(t.text == "," or t.tag_ in {"VB", "VBG", "VBN"} for t in between)
        ):
            return min(int(preposition.i) + 1, stop)
    given = _beyond_dative(verb, start, stop)
    if given > start:
        return given
    if lemma(verb) in {
        "provide",
        "give",
        "send",
        "offer",
        "show",
        "grant",
        "pay",
        "charge",
        "tell",
        "hand",
        "lend",
        "promise",
    }:
        chunks = list(doc[start:stop].noun_chunks)
        if (
            len(chunks) > 1
            and chunks[0].start == start
            and chunks[0].end == chunks[1].start
            and chunks[1][0].pos_ in {"DET", "PRON"}
            and chunks[1][0].tag_ != "WDT"
        ):
            return int(chunks[1].start)
    if doc[start : start + 4].text.lower() in {"to the data subject", "to a data subject"} and start + 4 < stop:
        return start + 4  # "subject" is read as a verb
    if doc[start].lower_ == "to" and doc[start].tag_ != "TO":
        commas = (i for i in range(start + 2, stop - 2) if doc[i].text == ",")
        listed = next((i for i in commas if doc[i + 1 : i + 3].text.lower() == "the following"), -1)
        if listed > 0:
            return listed + 1  # "disclose to X or to Y, the following data"
    if doc[start].pos_ == "ADP" and doc[start].dep_ == "prep":
        party = next((t for t in doc[start + 1 : start + 4] if t.lower_ in PARTY_NOUNS), None)
        compound = party is not None and party.i + 1 < stop and party.nbor().lower_ in PARTY_NOUNS  # "business partner"
        if (
            party is not None
            and not compound
            and party.i + 1 < stop
            and party.head == party.nbor()
            and party.nbor().pos_ == "NOUN"
        ):
            return int(party.i) + 1  # "obtain from the controller restriction of processing"
        nouns = list(doc[start:stop].noun_chunks)
        if len(nouns) > 1 and doc[nouns[0].end].lower_ in {"concerned", "involved", "affected"}:
            return int(nouns[1].start)  # "submit to the bodies concerned a draft"
        later = next(
            (c for c in verb.rights if c.dep_ in {"dobj", "ccomp", "xcomp"} and start < c.left_edge.i < stop), None
        )
        if later is not None and later.pos_ == "NOUN" and later.dep_ == "xcomp":  # "to the plan sponsor | data"
            later = next((c for c in later.rights if c.dep_ == "dobj"), later)
        if later is not None:
            return int(later.left_edge.i)
        if len(nouns) > 1 and nouns[0].end == nouns[1].start:
            return int(nouns[1].start)
        split = len(nouns) > 1 and nouns[0].end + 1 == nouns[1].start and nouns[0].start == start + 1
        if split and doc[nouns[0].end].tag_ in {"VBD", "VBN"}:  # "disclose to X protected data"
            return int(nouns[0].end)
        lost = (
            t
            for t in doc[start + 3 : stop - 1]
            if t.tag_ in {"VBN", "VBD"} and t.nbor(-1).pos_ in {"NOUN", "ADJ", "PROPN"}
        )
        return next((int(t.i) for t in lost if _modifies(t)), start)
    return start


def _modifies(participle: "Token") -> bool:
    """As in "to a clerk having custody of a ward protected data": what the parser takes for a verb is of the noun behind it."""
    thing = next((child for child in participle.rights if child.dep_ == "dobj"), None)
    return thing is not None and thing.left_edge.i <= participle.i + 1 and thing.left_edge.pos_ in {"NOUN", "ADJ"}


_ASKING = frozenset({"ask", "tell", "show", "teach"})


def _beyond_dative(verb: "Token", start: int, stop: int) -> int:
    """As in "provide us your name", "pay Acme any fee", "ask them what they accept": where the thing begins; else ``start``."""
    receiver = verb.doc[start]
    whom = next((c for c in verb.rights if c.left_edge.i == start and c.dep_ in {"dative", "dobj"}), None)
    if lemma(verb) in {"inform", "notify", "advise", "warn", "remind"}:
        return start  # who is told is what counts
    if whom is None or whom.pos_ not in {"PRON", "PROPN", "NOUN"} or whom.i + 1 >= stop:
        return start
    asked = verb.doc[whom.i + 1]
    if receiver.tag_ == "PRP" and lemma(verb) in _ASKING and asked.tag_ in {"WP", "WRB", "WDT"}:
        return int(asked.i)
    thing = next((c for c in verb.rights if c.dep_ == "dobj" and c.i > whom.i), None)
    handed = whom.dep_ == "dative" and thing is not None and thing.left_edge.i == whom.right_edge.i + 1
    if not handed or thing is None or thing.left_edge.i >= stop:
        return start
    opens = thing.left_edge.pos_ in {"DET", "NUM"} or thing.left_edge.tag_ == "PRP$"
    return int(thing.left_edge.i) if whom.pos_ != "NOUN" or opens else start  # "tell the company physician"
