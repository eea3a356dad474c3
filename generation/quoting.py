"""A rule in its own words, short enough to stand in a case."""

import re

from kg.model import Rule

SHORT, WHOLE, BRIEF = 34, 45, 14
"""Words of a quotation, of one that has to say all of a long rule, and of one that must not repeat a whole sentence."""
_LOOSE_END = re.compile(
    r"\s+(?:and|or|of|to|the|a|an|in|for|with|that|by|from|any|our|your|their|its|you|we|they|was|is|are|be|not|other|without|why|as)$"
)


def quote_of(rule: Rule, most: int = SHORT) -> str:
    """The sentence of ``rule``, or of a long one those parts that hold its action and object; without marks at its end.

    An ellipsis stands where words are left out.
    """
    text = re.sub(r"^(?:No|Yes)\.\s*", "", rule.text).strip().rstrip(".;")
    text = re.sub(r"^[^:\"“]+:\s*(?=[\"“])", "", text)  # what leads in to a list of definitions
    text = re.sub(r"[\"“”{}<>]|\(\s*\)", "", text)
    text = re.sub(r"\b(\w+)(?: \1\b)+", r"\1", re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s+", " ", text)))
    text = re.sub(r"[;,]\s+(?:and|or)$", "", text).rstrip(" ,;:")
    if re.match(r"They\b", text) and re.fullmatch(r"[A-Za-z ]+s", rule.actor) and rule.actor.lower() != "those":
        text = f"{rule.actor[0].upper()}{rule.actor[1:]}{text[4:]}"  # a quotation says whom it means
    text = _named(text, rule)
    if len(text.split()) <= most:
        return text
    told = re.sub(r"^(?:and|or|but)\s+", "", _parts(text, rule, most)).rstrip(" ,;:")
    if told.count("(") != told.count(")"):
        told = told.replace(")", "") if "(" not in told else told[: told.rindex("(")]
    while told != (shorter := _LOOSE_END.sub("", told.rstrip(" ,;:"))):
        told = shorter
    return f"{'' if text.startswith(told) else '… '}{told}{'' if text.endswith(told) else ' …'}"


_IT = re.compile(r"^It(?= (?:may|must|shall|should|can|need)(?: not| only| never)* be \w)")


def _named(text: str, rule: Rule) -> str:
    """A quotation says what it means: "It may be disclosed only ..." is on the object of its rule."""
    if rule.actor or not rule.object or not _IT.match(text) or len(rule.object.split()) > _MOST_NAMED:
        return text
    name = rule.object[0].lower() + rule.object[1:] if not rule.object[:2].isupper() else rule.object
    return _IT.sub("The " + re.sub(r"^(?:the|an?) ", "", name), text)


_MOST_NAMED = 7


def _parts(text: str, rule: Rule, most: int) -> str:
    """The shortest run of the parts between commas, of at most ``most`` words, that says most of what the rule is about."""
    about = {word[:5] for word in re.findall(r"[a-z]{3,}", f"{rule.action} {rule.object} {rule.actor}".lower())}
    pieces = re.split(r"(?<=[,;:]) ", text)
    best, found = (0, 0), " ".join(text.split()[:most])
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            words = " ".join(pieces[start:end]).split()
            told = " ".join(words[:most])
            said = len({word[:5] for word in re.findall(r"[a-z]{3,}", told.lower())} & about)
            if (said, -len(words)) > best:
                best, found = (said, -len(words)), told
            if len(words) > most:
                break
    return found
