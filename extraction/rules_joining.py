"""Lead-in and item as one sentence: where they were cut in two, and how they are joined again."""

import re

from extraction.rules_text import decapitalised

_OPEN_VERB = re.compile(
    r"(?:\b(?:must|shall|may|should|will|can|to|not|never|please|must be|shall be|may be|must not be|is|are|be|always|"
    r"also|only|either|agrees?|(?:prohibited|barred|banned|forbidden|refrain|abstain) from)(?:,? (?:also|at least|always|never|not|all|both))?)$",
    re.IGNORECASE,
)

SUBJECT_TAIL = re.compile(
    r"\b(?:provide|stipulate|specify|state|require)s?\b[^.]*\bthat (?P<subject>(?:the|an?|each|any|all) (?:[\w’'-]+ ){0,4}(?!(?:must|shall|will|may|should|not)$)[\w’'-]+)$",
    re.IGNORECASE,
)

_RELATIVE = re.compile(
    r"\b(?!(?:provided|ensure|ensures|confirm|agree|agrees|state|states|require|requires|show|condition|extent|such|so|and|or|case|"
    r"event|mean|means|provide|provides|specify|warrant|warrants|represent|represents|certify|note|given|assuming)\b)"
    r"[A-Za-z]+s?(?: on [A-Z]\w+)? (?:that|which|who)$"
)
"""A lead-in that breaks off behind a relative pronoun ("content that: is unlawful")."""

SUBJECT_ALONE = re.compile(r"(?:^|[,;] |\b(?:then|and) )(?:we|you|they|I|he|she|it)$")
"""A lead-in that breaks off behind its subject ("When we receive a notice, we:")."""

_MODAL_ASIDE = re.compile(
    r"\b(?:must|shall|may|should|will)(?: not)?, (?:(?!\b(?:must|shall|may|should|will)\b)[^,:]){3,80}$", re.IGNORECASE
)
"""A lead-in that breaks off behind an aside on its modal ("must, in accordance with section 3:")."""

_MODAL_PLACE = re.compile(
    r"\b(?:must|shall|may|should|will)(?: not)? (?:on|in|at|within|for|during|upon|under|with) (?:[\w’'-]+ ){0,5}[\w’'-]+$",
    re.IGNORECASE,
)
"""The same without commas ("shall on its territory:")."""

_MODAL_ASIDES = re.compile(
    r"\b(?:must|shall|may|should|will)(?: not)?, (?:(?!\b(?:must|shall|may|should|will|following)\b)[^:]){3,160}, "
    r"(?:at|on|in|by|with|under|upon|for|where|when|if|as|after|before|without) [^,:]+$",
    re.IGNORECASE,
)
"""The same behind several asides ("shall, on its own initiative or, where relevant, at the request of the Board:")."""

_SUBJECT_ONLY = re.compile(r"^(?:an?|the|each|any|every|all) (?:[\w’'-]+ ){0,5}[\w’'-]+$", re.IGNORECASE)
_MODAL_FIRST = re.compile(r"(?:must|may|shall|should|will)\b", re.IGNORECASE)
"""A lead-in that is a subject alone ("A covered entity—"), whose items bring the modal."""

_NAMING = re.compile(r"\b(?:not|without) limit(?:ed|ation) to$", re.IGNORECASE)

_POWER = re.compile(
    r"(?:\b(?:all|any|each) of )?\b(?:the following|the|following) (?:[\w-]+ ){0,4}?(?P<noun>right|power|authority|dut(?:y|ie)|obligation|"
    r"responsibilit(?:y|ie)|task|option|discretion)s?$",
    re.IGNORECASE,
)


def is_open(lead: str) -> bool:
    """Whether the lead-in lacks the verb that its items bring."""
    if _NAMING.search(lead):
        return False
    tails = (_OPEN_VERB, SUBJECT_TAIL, _RELATIVE, SUBJECT_ALONE, _MODAL_ASIDE, _MODAL_PLACE, _MODAL_ASIDES)
    return any(tail.search(lead) for tail in tails)


def joins(lead: str, item: str) -> bool:
    """Whether lead-in and item are one sentence cut in two."""
    text = decapitalised(item)
    if _SUBJECT_ONLY.match(lead) and _MODAL_FIRST.match(item):
        return True
    return is_open(lead) or bool(_empowers(lead, text)) or bool(_join_way(lead, text))


_RIGHT_ITEM = re.compile(r"(?:the |a |your )?right (?=to [a-z])", re.IGNORECASE)

_RIGHTS_TO = re.compile(r"\byour?\b.*\bincluding (?:the |your )?rights? to$", re.IGNORECASE)

_OWNED = re.compile(
    r"(?P<owner>.*\b(?:has|have))\b (?:[\w’'-]+,? ){0,6}?rights?\b(?! to \w)(?: [\w’'-]+,?){0,8}$", re.IGNORECASE
)


def _empowers(lead: str, item: str) -> str:
    """As in "shall have the following powers: to order ...": the lead-in up to "the power"; empty where it is none."""
    if _RIGHTS_TO.search(lead):
        return "you have the right to"
    owned = _OWNED.match(lead) if _RIGHT_ITEM.match(item) else None
    if owned is not None:
        return f"{owned.group('owner')} the right"
    named = _POWER.search(lead) if re.match(r"to [a-z]", item, re.IGNORECASE) else None
    if named is None or not re.search(r"\b(?:have|has|had)\b", lead):
        return ""
    noun = named.group("noun").lower()
    whole = {"dutie": "duty", "responsibilitie": "responsibility", "task": "duty"}.get(noun, noun)
    return f"{lead[: named.start()].rstrip()} the {whole}"


WAYS = re.compile(
    r"\b(?:ways?|measures?|actions?|steps?|things|options|remedies|sanctions)\b[^.:;]*?\b(?P<who>we|you|they|the [\w-]+|[A-Z]\w+) "
    r"(?P<modal>may|must|should) (?:\w+)(?: \w+){0,2}$"
)
"""A lead-in that names the ways to act, which its items tell as gerunds ("ways we may respond:" "Hiding an account")."""


def _join_way(lead: str, text: str) -> str:
    """The item as what may be done: "we may hide an account"; empty where lead-in or item are no such."""
    ways = WAYS.search(lead) if re.match(r"[a-z]+ing\b", text) else None
    if ways is None:
        return ""
    from lemminflect import getLemma

    gerund, _, rest = text.partition(" ")
    verb = next(iter(getLemma(gerund, "VERB")), gerund)
    case = lead[: ways.start()].rpartition(", ")[0]
    return f"{case}{', ' if case else ''}{ways['who']} {ways['modal']} {verb} {rest}"


_STEPS = re.compile(
    r"(?P<modal>\b(?:must|shall|will|should|may)) (?:take (?:all |any )?(?:(?:appropriate|reasonable|necessary|suitable)(?: and )?)*\s?"
    r"(?:steps|measures|action)|(?:be amended to )?(?:contain|include|incorporate|have) provisions) to$",
    re.IGNORECASE,
)
"""A lead-in whose verb only leads on to those of its items ("shall take appropriate steps to:")."""


_RAISING = re.compile(
    r"\b(?:must|shall)\b.* provisions to (?:require|oblige) (?P<who>(?:the|each|any|an?) [\w’' -]{3,50}) to$",
    re.IGNORECASE,
)
"""As in "The plan must contain provisions to require the sponsor to:"."""


_FINITE = re.compile(
    r"^(?P<aside>(?:at|in|on|by|with|upon|where|when|if|as|to the extent) [^,]{3,80}, )(?P<verb>[a-z]+s)(?P<other> (?:or|and) [a-z]+s)?\b"
)
"""An aside and then a verb in the present tense: "at the choice of the owner, deletes or returns it"."""


def _bare(found: re.Match[str]) -> str:
    from lemminflect import getLemma

    verbs = [getLemma(word, "VERB") for word in (found["verb"], (found["other"] or "").split(" ")[-1]) if word]
    if not all(verbs):
        return found.group().removeprefix(found["aside"])
    joined = (found["other"] or "").split(" ")[1:2]
    return f" {''.join(joined)} ".join(lemmas[0] for lemmas in verbs)


def join(lead: str, item: str) -> str:
    text = decapitalised(item)
    raised = _RAISING.search(lead)
    lead = f"{raised['who']} must" if raised is not None else _STEPS.sub(r"\g<modal>", lead)
    way = _join_way(lead, text)
    if way:
        return way
    empowering = _empowers(lead, text)
    if empowering:
        return f"{empowering} {_RIGHT_ITEM.sub('', text, count=1)}"
    carried = SUBJECT_TAIL.search(lead)
    if carried is not None:
        if fronted := _FINITE.match(text):
            return f"{fronted['aside']}{carried.group('subject')} must {_bare(fronted)}{text[fronted.end() :]}"
        return (
            f"{carried.group('subject')} must, {text}"
            if text.split()[0].endswith("ing")
            else f"{carried.group('subject')} must {text}"
        )
    opener = text.split(" ", 1)[0].lower().strip(",")
    aside = opener in {"except", "if", "where", "when", "unless", "upon", "before", "after", "taking", "as", "in"}
    return f"{lead}, {text}" if aside or _MODAL_ASIDE.search(lead) or _MODAL_ASIDES.search(lead) else f"{lead} {text}"
