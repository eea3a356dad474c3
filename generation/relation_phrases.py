"""Relations of the ontology as people ask after them and tell them: "A watch is a kind of gift."

Each type has its own words, from its source and from its target. Number and articles follow the concepts.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generation.concept_names import deed, is_act, is_plural, name_of, spelled
from generation.grammar import readings, sentence, verb_form
from kg.model import Concept

Place = tuple[str, int]
"""A type of relation and the side on which the concept stands: 0 its source, 1 its target."""

_TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "IsA": ("{c} [is] a kind of {bare}", "{l} [is*] [kind*] of {plain}"),
        "InstanceOf": ("{c} [is] an example of {l}", "{l} [is*] [example*] of {c}"),
        "PartOf": ("{c} [is] a part of {l}", "{l} [is*] [part*] of {c}"),
        "HasA": ("{c} [has] {l}", "{c} [belongs] to {l}"),
        "UsedFor": ("{c} [is] commonly used for {l}", "{l} [is*] commonly used for {c}"),
        "AtLocation": ("{c} [is] often found {at}{l}", "{l} [is*] often found {at}{c}"),
        "CapableOf": ("{c} can {do}", "{l} can {does}"),
        "NotCapableOf": ("{c} cannot {do}", "{l} cannot {does}"),
        "Causes": ("{c} can lead to {l}", "{l} can lead to {c}"),
        "HasPrerequisite": ("{c} usually [requires] {l}", "{l} usually [requires*] {c}"),
        "HasSubevent": ("{c} usually [involves] {l}", "{c} [is] usually a step of {l}"),
        "HasProperty": ("{c} can be {bare}", "{l} can be {plain}"),
        "ReceivesAction": ("{c} can be {bare}", "{l} can be {plain}"),
        "CreatedBy": ("{c} [is] made by {l}", "{l} [is*] made by {c}"),
        "MadeOf": ("{c} [is] made of {bare}", "{l} [is*] made of {plain}"),
        "MannerOf": ("{c} [is] a way of {ing}", "{l} [is*] [way*] of {doing}"),
        "Desires": ("{c} usually [wants] {to}", "{l} usually [wants*] {todo}"),
        "NotDesires": ("{c} usually [does] not want {to}", "{l} usually [does*] not want {todo}"),
        "Synonym": ("“{plain}” is another word for {quoted}", "“{plain}” is another word for {quoted}"),
        "SimilarTo": ("{c} [is] similar to {l}", "{c} [is] similar to {l}"),
        "Antonym": ("{plain} is the opposite of {bare}", "{plain} is the opposite of {bare}"),
        "DistinctFrom": ("{c} [is] not the same as {l}", "{c} [is] not the same as {l}"),
    }
)
"""{c} the concept and {l} the other ends with their articles, {plain} and {bare} the same without; a verb in brackets
agrees with the concept, and with the other ends where a star stands in it."""
_OTHERWISE = ("{c} [is] often mentioned together with {l}", "{c} [is] often mentioned together with {l}")

_ASKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "IsA": ("what [is] {c}", "which kinds of {plain} are there"),
        "InstanceOf": ("what [is] {c}", "what is an example of {c}"),
        "PartOf": ("to what [does] {c} belong", "what are the parts of {c}"),
        "HasA": ("what [does] {c} have", "to what [does] {c} belong"),
        "UsedFor": ("what [is] {c} used for", "what is used for {c}"),
        "AtLocation": ("where [is] {c} found", "what is found {at}{c}"),
        "CapableOf": ("what can {c} do", "who can {does}"),
        "NotCapableOf": ("what can {c} not do", "who cannot {does}"),
        "Causes": ("what can {c} cause", "what can lead to {c}"),
        "HasPrerequisite": ("what comes before {c}", "what [does] {c} come before"),
        "HasSubevent": ("what [does] {c} involve", "in what [is] {c} a step"),
        "HasProperty": ("what [is] {c} like", "what can be {plain}"),
        "ReceivesAction": ("what can be done with {c}", "what can be {plain}"),
        "CreatedBy": ("who makes {c}", "what [does] {c} make"),
        "MadeOf": ("what material makes up {c}", "what is made of {plain}"),
        "MannerOf": ("what does one do with {c}", "what are ways of {doing}"),
        "Desires": ("what [does] {c} want", "who wants {todo}"),
        "NotDesires": ("what [does] {c} not want", "who does not want {todo}"),
        "Synonym": ("what is another word for {plain}", "what is another word for {plain}"),
        "SimilarTo": ("what [is] {c} much like", "what [is] {c} much like"),
        "Antonym": ("what is the opposite of {plain}", "what is the opposite of {plain}"),
        "DistinctFrom": ("from what [does] {c} differ", "from what [does] {c} differ"),
    }
)
"""Questions to the same; none ends in a preposition, which would look like a sentence cut short."""
_ASKED_OTHERWISE = ("what is often mentioned together with {c}", "what is often mentioned together with {c}")
_RANK = {name: place for place, name in enumerate(_TOLD)}

_ONE = {
    "is": "is", "has": "has", "does": "does", "belongs": "belongs", "involves": "involves", "wants": "wants",
    "requires": "requires", "kind": "a kind", "example": "an example", "part": "a part", "way": "a way",
}  # fmt: skip
_MANY = {
    "is": "are", "has": "have", "does": "do", "belongs": "belong", "involves": "involve", "wants": "want",
    "requires": "require", "kind": "kinds", "example": "examples", "part": "parts", "way": "ways",
}  # fmt: skip
_AT = frozenset({"border", "airport", "port", "door", "gate", "home", "event", "fair", "meeting", "party", "station", "conference", "dinner"})  # fmt: skip
_ON = frozenset({"desk", "table", "wall", "shelf", "website", "internet", "computer", "road", "street", "ship", "page"})


def rank(place: Place) -> tuple[int, int]:
    """Where a type of relation stands in a paragraph: what a thing is before what it is for."""
    return _RANK.get(place[0], len(_RANK)), place[1]


def tellable(place: Place, concept: Concept, other: Concept) -> bool:
    """Whether the type's own words fit: nobody can "signed contract"."""
    if place[0] in {"CapableOf", "NotCapableOf"}:
        return _verbal((other, concept)[place[1]])
    return True


_OWN_WORDS = frozenset(_TOLD) - {
    "HasA",
    "HasPrerequisite",
    "Desires",
    "NotDesires",
    "NotCapableOf",
    "MannerOf",
    "MadeOf",
    "SimilarTo",
}
"""Types that a glossary tells in words of their own; of the others it says that the terms are related."""


def tells_itself(place: Place) -> bool:
    """Whether a relation of this type has a sentence of its own in a glossary."""
    return place[0] in _OWN_WORDS


def related(concept: Concept, ends: Sequence[Concept]) -> str:
    """One sentence that names terms which have to do with ``concept``."""
    return sentence(f"Terms connected with {_plain(concept)}: {listed([_plain(end) for end in ends])}")


def told(concept: Concept, place: Place, ends: Sequence[Concept]) -> str:
    """One sentence that tells the relations of one type between ``concept`` and ``ends``."""
    fits = all(tellable(place, concept, end) for end in ends)
    pattern = (_TOLD.get(place[0], _OTHERWISE) if fits else _OTHERWISE)[place[1]]
    text = sentence(_filled(pattern, concept, ends))
    if place == ("InstanceOf", 1) and len(ends) > 1:
        text = sentence(
            f"{_filled(pattern, concept, ends[:1])}{''.join(f', and so is {_named(end)}' for end in ends[1:])}"
        )
    return f"“{text[1].upper()}{text[2:]}" if text[0] == "“" else text


def asked(concept: Concept, place: Place, ends: Sequence[Concept]) -> str:
    """The question that :func:`told` answers, without its mark: "what kinds of approval are there"."""
    fits = all(tellable(place, concept, end) for end in ends)
    return _filled((_ASKED.get(place[0], _ASKED_OTHERWISE) if fits else _ASKED_OTHERWISE)[place[1]], concept, ends)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    found = list(dict.fromkeys(names))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _filled(pattern: str, concept: Concept, ends: Sequence[Concept]) -> str:
    several = len({end.label for end in ends}) > 1

    def agree(found: re.Match[str]) -> str:
        word, star = found.group(1), found.group(2)
        noun = word in {"kind", "example", "part", "way"}
        many = (several or (not noun and any(map(is_plural, ends)))) if star else is_plural(concept)
        return (_MANY if many else _ONE)[word]

    text = re.sub(r"\[(\w+)(\*?)\]", agree, pattern)
    if "opposite" in text and any(map(_bare_verb, (concept, *ends))):
        text = text.replace("{plain}", "{doing}").replace("{bare}", "{ing}")
    place = (concept if "{c}" in pattern.partition("{at}")[2] else ends[0]).label.split()[-1].lower()
    return text.format(
        c=_named(concept), plain=_plain(concept), l=listed([_named(end) for end in ends]), bare=listed([_plain(end) for end in ends]),
        quoted=listed([f"“{end.label}”" for end in ends]), at="at " if place in _AT else "on " if place in _ON else "in ",
        do=listed([_base(end) for end in ends]), does=_base(concept), ing=listed([_gerund(end) for end in ends]), doing=_gerund(concept),
        to=listed([_wanted(end) for end in ends]), todo=_wanted(concept),
    )  # fmt: skip


def _named(concept: Concept) -> str:
    """With its article; a country whose name a knowledge base writes small keeps none, and a capital."""
    if any(one.source == "conceptnet" for one in concept.provenance) and concept.kind == "place" and _foreign(concept):
        return concept.label.title()
    return name_of(concept)


def _foreign(concept: Concept) -> bool:
    return concept.label.islower() and not readings(concept.label.split()[-1])


def _plain(concept: Concept) -> str:
    return (
        deed(concept.label, "ing")
        if is_act(concept)
        else _gerund(concept)
        if _bare_verb(concept)
        else spelled(concept.label)
    )


def _bare_verb(concept: Concept) -> bool:
    found = readings(concept.label)
    return (
        concept.kind == "action"
        and " " not in concept.label
        and found.get("VERB") == concept.label
        and "NOUN" not in found
    )


def _verbal(concept: Concept) -> bool:
    return is_act(concept) or readings(concept.label.split()[0]).get("VERB") == concept.label.split()[0]


def _base(concept: Concept) -> str:
    return deed(concept.label, "base") if _verbal(concept) else concept.label


def _gerund(concept: Concept) -> str:
    if " " not in concept.label and readings(concept.label).get("VERB") == concept.label:
        return verb_form(concept.label, "ing")
    return deed(concept.label, "ing") if is_act(concept) else concept.label


def _wanted(concept: Concept) -> str:
    words = concept.label.split()
    if len(words) > 1 and readings(words[0]).get("VERB") == words[0]:
        return f"to {deed(concept.label, 'base', several=concept.kind != 'action')}"
    return name_of(concept)
