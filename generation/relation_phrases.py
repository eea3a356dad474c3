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
        "IsA": ("{c} [is] a kind of {bare}", "{l} [is*] a kind of {plain}"),
        "InstanceOf": ("{c} [is] an example of {l}", "{l} [is*] an example of {c}"),
        "PartOf": ("{c} [belongs] to {l}", "{l} [belongs*] to {c}"),
        "HasA": ("{c} [has] {l}", "{c} [belongs] to {l}"),
        "UsedFor": ("{c} [is] commonly used for {l}", "{l} [is*] commonly used for {c}"),
        "AtLocation": ("{c} [is] often found {at}{l}", "{l} [is*] often found {at}{c}"),
        "CapableOf": ("{c} can {do}", "{l} can {does}"),
        "NotCapableOf": ("{c} cannot {do}", "{l} cannot {does}"),
        "Causes": ("{c} can cause {l}", "{l} can cause {c}"),
        "HasPrerequisite": ("{c} usually [requires] {l}", "{l} usually [requires*] {c}"),
        "HasSubevent": ("{c} usually [involves] {l}", "{c} [is] usually a step of {l}"),
        "HasProperty": ("{c} can be {either}", "{l} can be {plain}"),
        "ReceivesAction": ("{c} can be {either}", "{l} can be {plain}"),
        "CreatedBy": ("{c} can be the work of {l}", "{l} can be the work of {c}"),
        "MadeOf": ("{c} [is] made of {bare}", "{l} [is*] made of {plain}"),
        "MannerOf": ("{c} [is] a way of {ing}", "{l} [is*] [way*] of {doing}"),
        "Desires": ("{c} usually [wants] {to}", "{l} usually [wants*] {todo}"),
        "NotDesires": ("{c} usually [does] not want {to}", "{l} usually [does*] not want {todo}"),
        "Synonym": ("another word for “{plain}” is {quoted}", "another word for “{plain}” is {quoted}"),
        "SimilarTo": ("{c} [is] similar to {l}", "{c} [is] similar to {l}"),
        "Antonym": ("the opposite of {plain} is {bare}", "the opposite of {plain} is {bare}"),
        "DistinctFrom": ("{c} [is] not the same as {l}", "{c} [is] not the same as {l}"),
    }
)
"""{c} the concept and {l} the other ends with their articles, {plain} and {bare} the same without; a verb in brackets
agrees with the concept, and with the other ends where a star stands in it."""
_OTHERWISE = ("{c} [is] often mentioned together with {l}", "{c} [is] often mentioned together with {l}")

_ASKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "IsA": ("under which term does the glossary put “{plain}”", "which kinds of {plain} does the glossary list"),
        "InstanceOf": ("of what [is] {c} an example", "which examples of {plain} are there"),
        "PartOf": ("to what [does] {c} belong", "what belongs to {c}"),
        "HasA": ("what [does] {c} have", "to what [does] {c} belong"),
        "UsedFor": ("what [is] {c} commonly used for", "what is commonly used for {c}"),
        "AtLocation": ("where [is] {c} often found", "what is often found {at}{c}"),
        "CapableOf": ("what can {c} do", "who can {does}"),
        "NotCapableOf": ("what can {c} not do", "who cannot {does}"),
        "Causes": ("what can {c} cause", "what can cause {c}"),
        "HasPrerequisite": ("what [does] {c} usually require", "what usually requires {c}"),
        "HasSubevent": ("what [does] {c} usually involve", "in what [is] {c} usually a step"),
        "HasProperty": ("what can {c} be", "what can be {plain}"),
        "ReceivesAction": ("what can be done with {c}", "what can be {plain}"),
        "CreatedBy": ("whose work can {c} be", "what can be the work of {c}"),
        "MadeOf": ("what [is] {c} made of", "what is made of {plain}"),
        "MannerOf": ("of what [is] {c} a way", "what are ways of {doing}"),
        "Desires": ("what [does] {c} usually want", "who usually wants {todo}"),
        "NotDesires": ("what [does] {c} usually not want", "who usually does not want {todo}"),
        "Synonym": ("what is another word for “{plain}”", "what is another word for “{plain}”"),
        "SimilarTo": ("what [is] {c} similar to", "what [is] {c} similar to"),
        "Antonym": ("what is the opposite of {plain}", "what is the opposite of {plain}"),
        "DistinctFrom": ("from what [does] {c} differ", "from what [does] {c} differ"),
    }
)
"""Questions to the same, in the words of the answer."""
_ASKED_OTHERWISE = ("what is often mentioned together with {c}", "what is often mentioned together with {c}")
_RANK = {name: place for place, name in enumerate(_TOLD)}

_ONE = {
    "is": "is", "has": "has", "does": "does", "belongs": "belongs", "involves": "involves", "wants": "wants",
    "requires": "requires", "way": "a way",
}  # fmt: skip
_MANY = {
    "is": "are", "has": "have", "does": "do", "belongs": "belong", "involves": "involve", "wants": "want",
    "requires": "require", "way": "ways",
}  # fmt: skip
_AT = frozenset({"exchange", "reception", "entrance", "border", "airport", "port", "door", "gate", "home", "event", "fair", "meeting", "party", "station", "conference", "dinner"})  # fmt: skip
_ON = frozenset(
    {"telephone", "desk", "table", "wall", "shelf", "website", "internet", "computer", "road", "street", "ship", "page"}
)


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
    names = list(dict.fromkeys(_plain(end) for end in ends))
    if len(names) == 1:
        return f"A related term for “{_plain(concept)}” is “{names[0]}”."
    return sentence(f"Related terms for “{_plain(concept)}” are {listed([f'“{name}”' for name in names])}")


def told(concept: Concept, place: Place, ends: Sequence[Concept]) -> str:
    """One sentence that tells the relations of one type between ``concept`` and ``ends``: a list as a glossary has it, without
    articles, or a sentence.
    """
    several = len({end.label for end in ends}) > 1
    if several and place == ("IsA", 0):
        return broader(concept, ends)
    if several and place == ("InstanceOf", 1):
        return sentence(
            f"{_filled(_TOLD[place[0]][1], concept, ends[:1])}{''.join(f', and so is {_named(end)}' for end in ends[1:])}"
        )
    if several and place in _LISTED:
        head, names = _LISTED[place], listed([_plain(end) for end in ends])
        return sentence(f"{head.format(plain=_plain(concept))} {names}")
    fits = all(tellable(place, concept, end) for end in ends)
    pattern = (_TOLD.get(place[0], _OTHERWISE) if fits else _OTHERWISE)[place[1]]
    return sentence(_filled(pattern, concept, ends))


_LISTED: Mapping[Place, str] = MappingProxyType(
    {
        ("IsA", 1): "kinds of {plain}:",
        ("Synonym", 0): "other words for “{plain}”:",
        ("Synonym", 1): "other words for “{plain}”:",
        ("Antonym", 0): "opposites of {plain}:",
        ("Antonym", 1): "opposites of {plain}:",
    }
)
"""What leads to several ends."""


def broader(concept: Concept, ends: Sequence[Concept]) -> str:
    """Where the glossary puts ``concept``: "The glossary puts “visitor log” under “record”."."""
    return sentence(f"The glossary puts “{_plain(concept)}” under {listed([f'“{_plain(end)}”' for end in ends])}")


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
        noun = word == "way"
        many = (several or (not noun and any(map(is_plural, ends)))) if star else is_plural(concept)
        return (_MANY if many else _ONE)[word]

    text = re.sub(r"\[(\w+)(\*?)\]", agree, pattern)
    if "opposite" in text and any(map(_bare_verb, (concept, *ends))):
        text = text.replace("{plain}", "{doing}").replace("{bare}", "{ing}")
    place = (concept if "{c}" in pattern.partition("{at}")[2] else ends[0]).label.split()[-1].lower()
    return text.format(
        c=_named(concept), plain=_plain(concept), l=listed([_named(end) for end in ends]), bare=listed([_plain(end) for end in ends]),
        either=" or ".join(dict.fromkeys(_plain(end) for end in ends)),
        quoted=listed([f"“{end.label}”" for end in ends]), at="at " if place in _AT else "on " if place in _ON else "in ",
        do=listed([_base(end) for end in ends]), does=_base(concept), ing=listed([_gerund(end) for end in ends]), doing=_gerund(concept),
        to=listed([_wanted(end) for end in ends]), todo=_wanted(concept),
    )  # fmt: skip


def _named(concept: Concept) -> str:
    """With its article; a country whose name a knowledge base writes small keeps none, and a capital."""
    return concept.label.title() if _foreign(concept) else name_of(concept)


def _foreign(concept: Concept) -> bool:
    known = any(one.source == "conceptnet" for one in concept.provenance) and concept.kind == "place"
    return known and concept.label.islower() and not readings(concept.label.split()[-1])


def evident(concept: Concept, other: Concept) -> bool:
    """Whether the name of one says already that it is a kind of the other: an interview panel is a panel."""
    names = (concept.label.lower(), other.label.lower())
    return any(one.endswith(f" {two}") for one, two in (names, names[::-1]))


def term(concept: Concept) -> str:
    """The label as a term of a glossary: "retaliation", "signing a contract"."""
    return _plain(concept)


def _plain(concept: Concept) -> str:
    if _foreign(concept):
        return concept.label.title()
    return (
        deed(concept.label, "ing")
        if is_act(concept)
        else _gerund(concept)
        if _bare_verb(concept)
        else spelled(concept.label)
    )


def _bare_verb(concept: Concept) -> bool:
    """Whether the label is a verb and no thing: "donate", and "give", which only a spring has."""
    found = readings(concept.label)
    verb = concept.kind == "action" and " " not in concept.label and found.get("VERB") == concept.label
    return verb and ("NOUN" not in found or concept.label in _RATHER_VERBS)


_RATHER_VERBS = frozenset(
    {"give", "send", "take", "make", "keep", "hold", "tell", "influence", "say", "get", "go", "know", "sell"}
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
