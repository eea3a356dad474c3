"""What a rule is about as a verb phrase led by a base verb.

It is read from the sentence where its verb stands there in the active voice (so that "to the line manager" is not
lost), otherwise it is put together from action and object, as for a passive. Then it is made fit to stand
alone: its pronouns resolved, its articles put in, a loose second verb taken off.
"""

import re

from generation.clauses import parse_clause
from generation.facts import split_marker
from generation.frames import is_person
from generation.grammar import (
    ARTICLES,
    head_position,
    is_mass,
    is_participle,
    one_of,
    readings,
    verb_form,
    with_article,
)
from kg.model import Modality, Ontology, Rule

_MODAL = re.compile(
    r"\b(?:must not|must never|must|may not|may only|may|shall not|shall|should not|should|need not|will not|will|"
    r"can only|can|cannot|is prohibited from|are prohibited from|is required to|are required to|is expected to|"
    r"are expected to|is free to|are free to|is allowed to|are allowed to|is encouraged to|are encouraged to|"
    r"has the right to|have the right to|is not allowed to|are not allowed to|please|never|do not|don't)\s+",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;:—–(]|,|\.(?:\s|$)|\b(?:unless|except|if|when|whenever|where|provided|until|before|after|once|unless|because|"
    r"so that|as long as|within|no later than|not later than|by the end of|at the latest|but|even|whatever|however|"
    r"which|in order to)\b",
    re.IGNORECASE,
)
NEXT_VERB = re.compile(
    r"\s+(?:and|or)\s+(?:(?:must|may|should|shall|need|will|can)\b|not\b|then\b|also\b|never\b)", re.IGNORECASE
)


def resolved(act: str, rule: Rule, ontology: Ontology) -> str:
    """The act with a bare "it" or "them" replaced by what the sentence, or its clause's title, speaks of.

    A condition that is told beside the act names the thing already, so there the pronoun stays.
    """
    found = re.search(r"\b(it|them|(?:these|this)(?!\s+[A-Z]))\b(?!\s+\w+(?:s|ed)\b)", act, re.IGNORECASE)
    if found and re.search(r"\b(?:who|that|which|what|whom)\b", act[: found.start()]):
        return act  # it speaks of something within the act, or of the one who acts
    if found is None or (rule.condition and found.group(1).lower() in {"it", "them"}):
        return act
    first = parse_clause(re.split(r"[,;:]", re.sub(r"^(?:No|Yes)\.\s*", "", rule.text))[0])
    subject = first.subject if first else ""
    if (
        not subject
        or subject.lower() in {"it", "they", "this", "you", "we", rule.actor.lower()}
        or len(subject.split()) > 9
    ):
        section = ontology.section_by_id.get(rule.section_id)
        subject = section.title if section and len(section.title.split()) <= 4 else ""
        if not subject:
            return act
    subject = subject[0].lower() + subject[1:] if not subject[:2].isupper() else subject
    return act[: found.start()] + subject + act[found.end() :]


def indefinite(found: re.Match[str]) -> str:
    """Such as "in a supplier" for "in that supplier", where nothing before it names one."""
    return f"{found.group(1)} {with_article(found.group(2))}"


def articled(act: str, verbs: int, rule: Rule) -> str:
    """The act with the article that its object lacks: "set looser limit" becomes "set a looser limit"."""
    words = act.split()
    after = words[verbs:]
    if not after or after[0].lower() in ARTICLES | _POSSESSIVES or not after[0].isalpha() or after[0][0].isupper():
        return act
    if act.lower() in rule.text.lower() or re.search(
        rf"\b{re.escape(' '.join(words[verbs - 1 : verbs + 2]))}", rule.text, re.IGNORECASE
    ):
        return act
    head = 0 if after[1:2] == ["or"] else head_position(after)
    noun = after[head].lower().rstrip(",")
    described = after[:head]
    if (
        head > 2
        or "NOUN" not in readings(noun)
        or readings(noun)["NOUN"] != noun
        or is_mass(" ".join(after[: head + 1]))
        or noun in _BARE
    ):
        return act
    if any(not {"ADJ", "NOUN"} & set(readings(word)) and not is_participle(word) for word in described):
        return act
    definite = after[head + 1 : head + 3] == ["of", "the"]
    told = " ".join(after)
    return " ".join([*words[:verbs], f"the {told}" if definite else with_article(told)])


_POSSESSIVES = frozenset({"its", "their", "your", "his", "her", "our", "my", "this", "that", "what", "how", "who", "whether", "one", "two", "three", "at", "on", "in", "to", "for", "with", "about", "up", "down", "out", "off", "over", "under", "from", "of", "as", "into", "by", "less", "more", "part", "such", "both", "no", "it", "them", "somebody", "something", "anything", "anyone"})  # fmt: skip
_BARE = frozenset({"part", "place", "care", "action", "note", "advantage", "leave", "notice", "account", "contact", "approval", "consent", "permission", "clearance", "proof", "advice", "office", "harassment", "retaliation", "work", "overtime", "trade", "authority", "child", "labour", "illness", "company"})  # fmt: skip


def without_loose_verb(act: str) -> str:
    """The act without a second verb that the object dragged along ("impose a fine or withhold wages")."""
    act = re.sub(r"[\"“”]", "", act)
    for join in re.finditer(r",? (?:and|or) (\w+) ", act):
        word = join.group(1).lower()
        found = readings(word)
        if found.get("VERB") == word and "NOUN" not in found and "ADJ" not in found:
            alone = " " not in act[: join.start()].strip()  # "delete or alter data": the object is that of both
            return f"{act[: join.start()]} {act[join.end() :]}" if alone else act[: join.start()]
    return re.sub(r"\s+", " ", act).strip(" ,.:;")


def act_of(rule: Rule, action: str) -> tuple[str, int]:
    verbs = max(1, len(action.split()))
    cell = re.match(r"[^:;]+: ([^;]+);", rule.text)
    if action and not rule.object and cell:  # a row of a table: what it is about stands in its first cell
        return f"{action} {one_of(cell.group(1)[0].lower() + cell.group(1)[1:])}", verbs
    if not action:
        return (f"deal with {_determined(rule.object, rule.text)}" if rule.object else "act on this"), 1
    told = _from_sentence(rule, action)
    nobody = re.match(r"(?:Nobody|No one) ((?:under|over|without|with) [^,;.]*?) may be \w+", rule.text)
    if nobody and rule.object.lower() in {"anyone", "anybody"}:
        return f"{action} anyone {nobody.group(1)}", verbs
    if told:
        words = told.split()
        return " ".join([*words[:verbs], one_of(" ".join(words[verbs:]))]).strip(), verbs
    return f"{action} {_determined(rule.object, rule.text)}{_passive_tail(rule, action)}".strip(), verbs


def _passive_tail(rule: Rule, action: str) -> str:
    """What follows the participle of a passive: " in a private cloud account", " to a school"."""
    participle = verb_form(action.split(maxsplit=1)[0], "pp")
    found = re.search(rf"\b(?:be|is|are)\s+(?:\w+ly\s+)?{re.escape(participle)}\b(?P<rest>[^.;:]*)", rule.text)
    if found is None or len(action.split()) > 1:
        return ""
    rest = found.group("rest")
    second = re.match(r"\s+(?:an?|the) (?:\w+ ){0,2}\w+(?= if\b| unless\b|,|$)", rest)
    if action in {"give", "offer", "show", "grant", "send"} and second:
        return second.group(0)
    rest = _without_doer(rest)
    if rule.modality == Modality.OBLIGATION:
        rest = re.sub(r"^\s+only (?=(?:to|in|on|at|with|into|from)\b)", " ", rest)
    if not re.match(
        r"\s+(?:in|on|to|at|for|from|into|with|outside|inside|of|as|against|under|through|by|\w+ly)\b", rest
    ):
        return ""
    stop = _END.search(rest)
    whole = stop is not None and re.search(r"\b(?:that|which|who) (?:is|was|are|were) \w+ $", rest[: stop.start()])
    rest = rest[: stop.start()] if stop and not whole else re.split(r"[.;,]", rest)[0]
    rest = re.split(r"\s+(?:and|or)\s+(?:must|may|should|shall|need|will|be|never|not)\b|\s+only\b", rest)[0].rstrip(
        " ,"
    )
    rest = re.split(r"\s+(?:and|or)\s+\w+ed\b", rest)[0]
    done_by = re.search(r"\s+by [^,]+$", rest)
    rest = f"{rest[: done_by.start()]}{_without_doer(done_by.group(0))}" if done_by else rest
    rest = re.sub(r"\s+(?:and|or)\s+\w+ed$", "", rest)
    return rest if len(rest.split()) <= 10 else ""


_DOER = re.compile(
    r"^\s+by\s+(?P<who>(?:(?:an?|the|two|one|any|its|their)\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}?)"
    r"(?=\s+(?:in|on|at|to|for|with|within|before|after|and|or|who|that|which|if|unless|when|so)\b|\s*[,.;:]|\s*$)"
)


def _without_doer(rest: str) -> str:
    """What follows a participle without "by a host", who does it; "by a newer one" and "by calling" say how and stay."""
    found = _DOER.match(rest)
    if found is None:
        return rest
    words = found.group("who").split()
    head = words[head_position(words)]
    named = any(word[:1].isupper() for word in words[1:] or words)
    return rest[found.end() :] if named or is_person(head) else rest


def _from_sentence(rule: Rule, action: str) -> str:
    """The verb phrase as the sentence has it, from the verb to the end of its own complements, or empty."""
    lemma = action.split(maxsplit=1)[0]
    for found in _MODAL.finditer(rule.text):
        rest = rule.text[found.end() :]
        words = rest.split()
        skip = 0
        while skip < len(words) and (
            words[skip].lower()
            in {"also", "then", "only", "always", "promptly", "immediately", "first", "not", "never", "ever"}
        ):
            skip += 1
        if skip >= len(words) or words[skip].lower().rstrip(",") not in {lemma, verb_form(lemma, "ing")}:
            continue
        rest = " ".join(words[skip + 1 :])
        pronoun = re.match(r"(?:it|them)\b(?! \w+(?:s|ed)\b)", rest)
        if pronoun and rule.object and rule.object.lower() not in rest.lower() and len(action.split()) == 1:
            told = _determined(rule.object, rule.text)
            after = rest[pronoun.end() :]
            again = rf"^ {re.escape(told.rsplit(maxsplit=1)[-1])}\b"  # "keep it confidential", whose object ends so
            rest = f"{told}{re.sub(again, '', after)}"
        return _cut(f"{lemma} {rest}", rule, action)
    return ""


def _cut(phrase: str, rule: Rule, action: str) -> str:
    """``phrase`` up to the end of the act: past its object, before conditions and a further verb."""
    start = len(action)
    if rule.object:
        position = phrase.lower().find(rule.object.lower())
        if position < 0 or position > start + 12:
            return ""
        if re.search(r":|\b(?:or|and) \w+ing\b", phrase[start:position]):
            return ""
        start = position + len(rule.object)
    rest = phrase[start:]
    stop = _END.search(rest)
    rest = rest[: stop.start()] if stop else rest
    following = NEXT_VERB.search(rest)
    rest = rest[: following.start()] if following else rest
    for join in re.finditer(r"\s+(?:and|or)\s+(\w+)", rest):
        word = join.group(1).lower()
        if readings(word).get("VERB") == word and word not in ARTICLES:
            rest = rest[: join.start()]
            break
    if len(rest.split()) > 12:
        rest = ""
    rest = re.sub(r"\s+at$", "", rest) if stop else rest  # "at once"
    text = (phrase[:start] + rest).strip(" ,.;")
    for field in (rule.condition, rule.exception):
        for part in field.split(" ; "):
            if len(part) > 3 and part in text and split_marker(part)[0]:
                text = text.replace(part, "").strip(" ,")
    return re.sub(r"\s+", " ", text)


def _determined(noun_phrase: str, text: str) -> str:
    """The noun phrase with the article that it has in the sentence, which the record leaves out."""
    phrase = noun_phrase.strip()
    if not phrase:
        return ""
    found = re.search(rf"\b(\w+)\s+{re.escape(phrase)}", text, re.IGNORECASE)
    if found and found.group(1).lower() in ARTICLES:
        article = found.group(1).lower()
        phrase = phrase[0].lower() + phrase[1:] if not phrase[:2].isupper() and article != "the" else phrase
        return one_of(f"{'any' if article in {'no', 'any', 'each', 'every', 'all'} else article} {phrase}")
    if phrase not in text and re.match(r"[A-Z][a-z]+ [a-z]", phrase):  # read from another sentence, which it opens
        phrase = phrase[0].lower() + phrase[1:]
    sentence_start = text.startswith(phrase) and len(phrase) > 1 and not phrase[1].isupper()
    return one_of(phrase[0].lower() + phrase[1:] if sentence_start else phrase)
