"""Sentences in a shape that a parser reads, in their own words.

A drafter parts long series by semicolons, at which a parser ends the sentence, and says by "it is for the Board to decide" what
"the Board must decide" says. The fields of a frame are cut out of what stands here, so no word is put in that a field could hold.
"""

import re
from functools import lru_cache

_MODAL = r"(?:must|shall|may|should|will|can|cannot)(?: not)?"
_LED = re.compile(
    rf"\b(?:{_MODAL}(?:,[^,;:]+,)?|(?:is|are) (?:required|obliged|entitled|allowed|permitted|authori[sz]ed|expected) to|agrees? to)(?P<colon>:)?(?= \w)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*;\s+")
_JOINED = re.compile(
    r"^(?P<and>(?:and|or|and/or)\s+)?(?P<not>(?:not|also|then|always|never|(?!(?:comp|app|supp|re|rep|imp|multip)ly\b)\w+ly)\s+)?(?P<verb>[a-z]+)\b(?P<rest>.*)$"
)
_PROVISO = re.compile(r"(?:provided|however|except|but|unless|if|where)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"^(?:, (?:[a-z]+, )*[a-z]+,? (?:and|or) [a-z]+ | [a-z]+s\b| (?:the|an?|any|all|its|their|your|his|her|our|each|every|such|no|this|that|these|those|other|to|with|by|from|in|on|"
    r"for|as|of|at|up|out|us|them|it|you|him|me|or|and|only|whether|how|what)\b)"
)


def told_apart(text: str) -> tuple[str, ...]:
    """The sentences that a series of verbs under one modal makes where semicolons part it; ``text`` alone where there is none.

    >>> told_apart("Members must: keep the peace; pay their dues; and vote on laws.")
    ('Members must keep the peace.', 'Members must pay their dues.', 'Members must vote on laws.')
    >>> told_apart("Guests have the right to leave and the right to a refund.")
    ('Guests have the right to leave.', 'Guests have the right to a refund.')
    >>> told_apart("Members must pay; guests may stay.")
    ('Members must pay; guests may stay.',)
    """
    if rights := _RIGHTS.match(text):
        return f"{rights['who']} {rights['one']}.", f"{rights['who']} {rights['two']}"
    if ";" not in text:
        return _of_three(text)
    for led in _LED.finditer(text):
        head = text[: led.end()].rstrip(":")
        first, *others = _PART.split(text[led.end() :])
        count = next((number for number, part in enumerate(others) if _PROVISO.match(part)), len(others))
        series, proviso = [first.strip(), *others[:count]], ", ".join(others[count:]).rstrip(".")
        whole = count < len(others) or re.match(r"(?:and|or|and/or)\s", series[-1])
        led_on = _is_verb(first) and all(map(_opens_with_verb, series[1:]))
        if len(series) > 1 and whole and led_on and not re.search(r"[:.] ", first):
            parts = [_CONJUNCTION.sub("", part).rstrip(".") for part in series]
            return tuple(f"{head} {part}{', ' if proviso else ''}{proviso}." for part in parts)
    return (text,)


def _of_three(text: str) -> tuple[str, ...]:
    """The sentences of "must not open a gate, sign for another or leave a key", whose second verb a parser takes for a noun.

    The third must be a verb and nothing else, so that no list of things is taken for one of acts.
    """
    found = _SERIES.match(text)
    if found is None:
        return (text,)
    for joint in re.finditer(r",? (?:and|or) (?=[a-z]+ )", found["rest"]):
        second, third = found["rest"][: joint.start()], found["rest"][joint.end() :]
        verbs = [_JOINED.match(part) for part in (second, third)]
        if not all(one and not one["not"] and _BEHIND.match(one["rest"]) for one in verbs):
            continue
        readings = [_readings(one["verb"]) for one in verbs if one]
        if readings == [(True, True), (True, False)] and _is_verb(found["first"]):
            return tuple(f"{found['head']} {part}." for part in (found["first"], second, third.rstrip(".")))
    return (text,)


_SERIES = re.compile(
    rf"^(?P<head>[^,;:.]*?\b{_MODAL}) (?P<first>[a-z]+ [^,;:.]+), (?P<rest>[a-z]+ (?:for|on|off|up|to|with|at|in) [^,;:.]+)\.?$"
)
_RIGHTS = re.compile(
    r"^(?P<who>[^;:.]*\b(?:has|have|enjoys?)) (?P<one>(?:the|a) right to [^;:]+?),? and (?P<two>(?:the|a) right to (?:an?|the|his|her|its|their|your)\b[^;:]+)$"
)
"""Two rights of the same owner; a right to a thing has no verb that a parser could hang on the first one's."""
_CONJUNCTION = re.compile(r"^(?:and|or|and/or)\s+")


def _is_verb(part: str) -> bool:
    """Whether the word right behind a modal can be a bare verb."""
    found = _JOINED.match(part.strip())
    return found is not None and _readings(found["verb"])[0]


def _opens_with_verb(part: str) -> bool:
    """Whether a bare verb opens ``part``, rather than a noun of the same form or a subject."""
    found = _JOINED.match(part.strip())
    if found is None:
        return False
    verbal, nominal = _readings(found["verb"])
    return verbal and (not nominal or bool(found["not"]) or bool(_BEHIND.match(found["rest"])))


@lru_cache(maxsize=4096)
def _readings(word: str) -> tuple[bool, bool]:
    """Whether a dictionary knows ``word`` as a bare verb, and as something else."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(word)
    return word in lemmas.get("VERB", ()), any(kind in lemmas for kind in ("NOUN", "ADJ", "ADV"))


_FOR_WHOM = re.compile(
    r"(?P<open>^|, )(?P<it>[Ii]t) (?:(?P<modal>shall|should|must|will)(?P<adverb> also)? be|is)(?: also)? for "
    r"(?P<who>(?!it\b)[^,;:.]{3,80}?) to (?=[a-z])"
)
_NEEDED_THAT = re.compile(
    r"(?P<open>^|, )[Ii]t is (?:essential|imperative|vital|crucial|mandatory|necessary|critical) that (?P<who>(?!it\b)(?:[\w’'-]+ ){1,6}?)(?:must |shall |should )?(?P<verb>[a-z]+)\b"
)
_NEEDED_TO = re.compile(r"(?P<open>^|, )[Ii]t is (?:essential|imperative|vital|crucial|critical) to (?=[a-z])")


_INSERTED = re.compile(r"(?P<to>\b(?:with|from|upon|on|to|for)), including [^,;:]{3,90}, (?=[a-z])")
"""An aside between a preposition and what it leads to."""
_ASSURED = re.compile(
    r"\b(?:represents?|warrants?|covenants?|certif(?:y|ies)|undertakes?)(?:,? (?:and|or) \w+)* that:?$", re.IGNORECASE
)
_NOT_DONE = re.compile(r"^(?P<who>(?:[\w’'-]+ ){1,8}?)(?:does|do) not (?=[a-z])")


def told_as_owed(item: str, context: str) -> str:
    """``item`` under "the supplier warrants that:" with what it does not do as what it must not.

    >>> told_as_owed("the work does not infringe a patent;", "The author warrants that:")
    'the work must not infringe a patent;'
    """
    return _NOT_DONE.sub(r"\g<who>must not ", item) if _ASSURED.search(context.strip()) else item


_IDLE_PHRASE = (
    r"(?:temporarily or permanently|permanently or temporarily|(?:either )?directly or indirectly|in whole or in part|with or without (?:prior )?"
    r"(?:notice|cause)|at any time|from time to time|(?:at|in) (?:its|our|their|your|his or her) (?:sole |own )?discretion|without limitation|"
    r"by operation of law(?: or otherwise)?|alone or jointly)"
)
_IDLE = re.compile(rf"(?:, {_IDLE_PHRASE})+, (?=[a-z])")
"""What parts a verb from its object and narrows nothing down."""
_WARRANTED = re.compile(
    r"(?P<open>^|, )(?:[A-Z][\w’'-]*|[Tt]he \w+|[Ww]e|[Yy]ou)(?: [A-Z][\w’'-]*)? (?:represents? and )?warrants? that "
    r"(?P<what>(?!it\b|they\b|we\b|you\b)[^,;:]{3,90}?) will (?=be )"
)
"""Of a thing that somebody warrants: what will be done with it is owed."""


_THAT_OF = re.compile(
    r"(?P<first>\b(?:requires?|needs?) (?:(?:the|an?) )?(?P<thing>(?:[a-z]+ ){0,2}?(?:approval|consent|permission|authori[sz]ation|agreement|signature)) .*?"
    r"\b(?:requires?|needs?) )that of\b"
)
"""As in "needs the approval of A, and above USD 50 also needs that of B"."""


def told_plainly(text: str) -> str:
    """``text`` with the one who is to act before the act.

    >>> told_plainly("It should be for the Member States to decide on fees.")
    'the Member States should decide on fees.'
    >>> told_plainly("It is essential that drivers check the tyres.")
    'drivers must check the tyres.'
    """
    text = _BRACKETED.sub("", text)
    text = _WARRANTED.sub(r"\g<open>\g<what> shall ", _IDLE.sub(_joined, text))
    text = _SECOND_ASIDE.sub(r"\g<modal> \g<rest>, \g<aside>\g<end>", text)
    text = _CONDITION_FIRST.sub(_shifted, _IN_CONDITION.sub(r"\g<opener> ", text))
    text = _THAT_OF.sub(r"\g<first>the \g<thing> of", text)
    text = _INSERTED.sub(r"\g<to> ", text)
    text = _FOR_WHOM.sub(
        lambda found: f"{found['open']}{found['who']} {found['modal'] or 'must'}{found['adverb'] or ''} ", text
    )
    text = _NEEDED_TO.sub(r"\g<open>it is mandatory to ", text)
    return _NEEDED_THAT.sub(_with_must, text)


_IN_CONDITION = re.compile(
    r"(?P<opener>\b(?:if|that|where|when)), (?:subject to|without prejudice to) [^,;:]{3,90}, (?=the |an? |it |they |[A-Z])"
)
_BRACKETED = re.compile(
    r"\s*\((?:including|such as|e\.g\.|i\.e\.|for example|for instance|collectively|and (?:will|may|shall|must))\b[^()]{12,}\)(?=[ ,;.])",
    re.IGNORECASE,
)
"""Examples and second thoughts in brackets, at which a parser loses the thread."""
_SECOND_ASIDE = re.compile(
    r"(?P<modal>\b(?:and|or|but) (?:shall|must|should|may|will)(?: not)?), "
    r"(?P<aside>(?:during|in|at|within|for|on|upon|before|after|if|where|when) [^,;:]{3,60}), (?P<rest>[a-z]+\b[^;:.]*)(?P<end>[;:.]|$)"
)
"""As in "shall act with care and shall not, during their term, smoke": an aside that hides the second verb."""
_CONDITION_FIRST = re.compile(
    r"^(?P<who>(?!if\b|when|where)[^,;:]{2,80}) (?P<modal>(?:shall|must|may|should|will)(?: not)?), (?P<case>(?:where|if|when|unless) [^;:]+)$",
    re.IGNORECASE,
)


def _shifted(found: re.Match[str]) -> str:
    """Such as "where a firm fails, the Board shall close or sell it" for "The Board shall, where a firm fails, close or sell it"."""
    case = found["case"]
    for comma in re.finditer(r", (?=(?P<verb>[a-z]+)(?P<rest>\b.*))", case):
        verbal, nominal = _readings(comma["verb"])
        if verbal and (
            not nominal
            or _BEHIND.match(comma["rest"])
            or re.match(r",? (?:[a-z]+,? )?(?:and|or) [a-z]+ (?:the|an?|it) ", comma["rest"])
        ):
            who = (
                found["who"]
                if found["who"][:2].isupper() or not found["who"].startswith(("The ", "A ", "An ", "Each ", "Any "))
                else found["who"][0].lower() + found["who"][1:]
            )
            return f"{case[: comma.start()]}, {who} {found['modal']} {case[comma.end() :]}"
    return found.group()


def _joined(found: re.Match[str]) -> str:
    """A blank in the place of an aside; a comma, where it stood at the end of a condition that opens the sentence."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    return ", " if _CONDITION_ONLY.match(before) and _MAIN_NEXT.match(after) else " "


_CONDITION_ONLY = re.compile(r"(?:if|when|where|whenever|unless|once)\b[^,]*$", re.IGNORECASE)
_MAIN_NEXT = re.compile(r"(?:[\w’'-]+ ){1,6}?(?:must|shall|may|should|will|can|is|are|has|have)\b")


def _with_must(found: re.Match[str]) -> str:
    verb = found["verb"]
    if verb in {"is", "are", "be"}:
        return f"{found['open']}{found['who']}must be"
    return f"{found['open']}{found['who']}must {verb}" if _readings(verb)[0] else found.group()
