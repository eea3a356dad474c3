"""From a rule record to what the writers need: an act that can be told, and the facts that the rule turns on.

The act is read from the sentence where its verb stands there in the active voice (so that "to the line manager" is
not lost), otherwise it is put together from action and object, as for a passive.
"""

import re
from dataclasses import dataclass, replace

from generation.facts import Fact, about_thing, read_fact, split_marker
from generation.grammar import (
    MASS_NOUNS,
    head_position,
    inflect_verb_phrase,
    is_participle,
    one_of,
    parse_clause,
    plural_of,
    readings,
    singular,
    verb_form,
    with_article,
)
from generation.lexicon import BODIES, PERSONS
from generation.quantities import Quantity, without
from kg.model import Modality, Ontology, Rule, Threshold

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
_NEXT_VERB = re.compile(
    r"\s+(?:and|or)\s+(?:(?:must|may|should|shall|need|will|can)\b|not\b|then\b|also\b|never\b)", re.IGNORECASE
)
_ARTICLES = {"a", "an", "the", "any", "each", "every", "some", "no", "all"}
_DEADLINE = re.compile(
    r"\b(?:within|no later than|not later than|in less than|in under)\s+(?P<what>[^,.;]*?)(?P<after>\s+(?:of|after|from)\s+[^,.;]+)?(?=[,.;]|$|\s+and\b|\s+if\b|\s+unless\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule, ready to be told. ``act`` is a verb phrase led by a base verb; ``verbs`` counts the words of its
    action; ``fixed`` are adverbials that belong to every telling; ``negative``: the rule speaks of not doing it.
    ``vague`` is the act with what it turns on left open. ``limit`` is a quantity in the act, ``deadline`` one for
    its time; ``noun`` is the object as it stands in the act. ``quote`` is the rule in its own words, for a rule
    whose act cannot be told; ``only`` says that facts alone decide, not the bare act; ``scope``: the limit says what the
    rule is about rather than what it asks for.
    """

    rule: Rule
    citation: str
    actor: str
    act: str
    verbs: int
    negative: bool
    facts: tuple[Fact, ...]
    limit: Quantity | None = None
    deadline: Quantity | None = None
    noun: str = ""
    quote: str = ""
    only: bool = False
    scope: bool = False

    @property
    def modality(self) -> Modality:
        return self.rule.modality

    @property
    def conditions(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.role == "condition")

    @property
    def exceptions(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.role == "exception")


def frame_of(rule: Rule, ontology: Ontology) -> Frame:
    """The frame of ``rule``; total: every rule gives one, poor fields give a plainer one, odd ones a quoted one."""
    citation = _citation(rule, ontology)
    quantities = tuple(_quantity(rule, threshold) for threshold in rule.thresholds if threshold.comparator != "=")
    facts, fixed = _facts(rule, quantities)
    needing = _approval_duty(rule, citation, quantities)
    if needing is not None:
        return needing
    action = rule.action.strip()
    negative = action.lower().startswith("not ")
    action = action[4:] if negative else action
    act, verbs = _act(rule, action)
    act = _without_loose_verb(_resolved(act, rule, ontology))
    act = (
        re.sub(r"\s+(?:When|If|Where|only|at least|for|to|for anything done)(?: .*)?$", "", act)
        if _TRAILING.search(act)
        else act
    )
    noun = _noun(rule, act, verbs)
    if (
        negative and rule.modality == Modality.PERMISSION
    ):  # "need not disclose it" lets somebody go without disclosing it
        act, verbs, negative = f"go without {inflect_verb_phrase(act, 'ing', verbs)}", 1, False
    limit = next((found for found in quantities if found.threshold.text in act), None)
    deadline = next((found for found in quantities if found.where == "deadline"), None)
    for addition in fixed:
        if " ".join(
            addition.lower().rstrip(",").replace(",", "").split()[:2]
        ) not in act.lower() and not addition.lower().startswith("even"):
            opening = addition.split(maxsplit=1)[0]
            act = f"{act} {opening.lower() if opening in _CAPITAL_OPENERS else opening}{addition[len(opening) :]}"
    act = re.sub(r"\b(in|for|from|of|to|with) that (\w+)$", _indefinite, act)
    act = re.sub(r"\btheir (value|price|quality|weight)\b", r"the \1", act)
    act = _articled(re.sub(r"\binstal\b", "install", act), verbs, rule)
    facts = tuple(fact for fact in facts if not _idle(fact, rule))
    for fact in facts:  # what is told as a fact must not stand in the act as well
        if fact.style in {"phrase", "order"} and f"{fact.body}" in act:
            act = act.replace(f" {fact.marker} {fact.body}", "").replace(f" {fact.body}", "")
    if rule.modality == Modality.PERMISSION:
        facts = tuple(replace(fact, role="condition") if fact.marker == "if" else fact for fact in facts)
    if rule.modality == Modality.PROHIBITION:
        facts = tuple(_lifted(fact) for fact in facts)
    scope = limit is not None and rule.modality != Modality.PROHIBITION and _scopes(limit)
    frame = Frame(
        rule, citation, _actor(rule), act.strip(), verbs, negative, facts, limit, deadline, noun, scope=scope,
        only=scope and rule.modality == Modality.PERMISSION,
    )  # fmt: skip
    return replace(frame, quote=quote_of(rule), facts=(), limit=None, deadline=None) if _odd(frame) else frame


_CAPITAL_OPENERS = frozenset(
    {
        "In",
        "On",
        "At",
        "During",
        "Before",
        "After",
        "When",
        "If",
        "Where",
        "While",
        "For",
        "From",
        "Within",
        "Under",
        "With",
        "By",
    }
)


def _idle(fact: Fact, rule: Rule) -> bool:
    """A fact that cannot decide: a further permission ("except that a technician may"), "may ... without approval"."""
    if re.search(rf"\beven {re.escape(fact.marker)} {re.escape(fact.body[:24])}", rule.text, re.IGNORECASE):
        return True
    if re.match(r"(?:this|that|it) is (?:im)?possible", fact.body, re.IGNORECASE):
        return True
    if fact.marker == "only" and rule.actor and rule.actor.lower() in fact.body.lower():
        return True
    if fact.role != "exception":
        return False
    modal = fact.clause is not None and fact.clause.verb in {"may", "might", "can"}
    return modal or (rule.modality == Modality.PERMISSION and fact.marker == "without")


def _lifted(fact: Fact) -> Fact:
    """Under a prohibition "until the officer has agreed" is an exception: with the approval the act is allowed."""
    if (
        fact.role == "condition"
        and fact.style == "approval"
        and fact.marker in {"until", "before", "prior to", "without"}
    ):
        return replace(fact, role="exception", marker="unless" if fact.marker == "until" else fact.marker)
    return fact


_TRAILING = re.compile(r"\s(?:only|at least|for|to)$|\s(?:When|If|Where)\s|for anything done$")


def _citation(rule: Rule, ontology: Ontology) -> str:
    clause = ontology.clause_by_id.get(rule.clause_id)
    section = ontology.section_by_id.get(rule.section_id)
    return (
        (clause.number if clause else "") or (section.number if section else "") or (section.title if section else "")
    )


def _scopes(limit: Quantity) -> bool:
    """Whether the limit tells which things a rule is about ("a gift above USD 50"), not how much it asks for."""
    threshold = limit.threshold
    if threshold.comparator == ">=":
        return False
    return threshold.comparator == ">" and (limit.money or "more than" in threshold.text or "above" in threshold.text)


_VERBS_FOR = (
    (r"\bgiven\b|\bdonat", "give"), (r"\bgift|hospitality|prize|fee\b", "accept"), (r"payment|donation|transfer|purchase", "make"),
    (r"contract|agreement", "sign"), (r"discount", "offer"), (r"order", "place"), (r"overtime", "work"), (r"correction", "make"),
)  # fmt: skip


def _approval_duty(rule: Rule, citation: str, quantities: tuple[Quantity, ...]) -> Frame | None:
    """A rule that a thing needs somebody's approval, told as doing the thing with or without it; else None.

    "Hospitality above USD 120 requires the approval of the line manager", "The line manager must approve gifts
    received if the value is above USD 75".
    """
    if rule.modality != Modality.OBLIGATION:
        return None
    if rule.action in {"require", "need"} and re.search(r"\bapproval\b", rule.object):
        found = re.search(r"approval of (.+)", rule.object)
        giver = re.split(r"(?: and)? at least | and that ", found.group(1))[0] if found else ""
        thing = rule.actor
    elif rule.action == "approve" and rule.actor and not re.search(r"^(?:you|they|we)$", rule.actor, re.IGNORECASE):
        giver, thing = rule.actor, rule.object
    else:
        return None
    whole = re.match(r"(?:An? |The )?(.{3,110}?)\s+(?:requires?|needs?)\b", rule.text)
    if (
        rule.action in {"require", "need"}
        and whole
        and thing.lower() in whole.group(1).lower()
        and "," not in whole.group(1)
    ):
        thing = whole.group(1)
    if not giver or not thing or re.match(r"(?:it|this|that|they)\b", thing, re.IGNORECASE):
        return None
    thing = re.sub(r"\s+(?:received|given)$", "", thing[0].lower() + thing[1:])
    limit = next((found for found in quantities if found.threshold.text in thing), None)
    if limit is None:
        limit = next((found for found in quantities if found.threshold.text in rule.condition), None)
        thing = f"{thing} {limit.threshold.text}" if limit else thing
        limit = replace(limit, phrase=thing) if limit else None
    verb = next(
        (verb for pattern, verb in _VERBS_FOR if re.search(pattern, f"{rule.object} {rule.actor}", re.IGNORECASE)),
        "go ahead with",
    )
    thing = re.sub(r"^purchase value\b", "purchase", thing)
    lone = one_of(thing)
    if lone == thing and thing.split()[0] not in _ARTICLES and not is_mass(thing):
        lone = with_article(thing)
    giver = (
        giver
        if re.match(r"the |Finance|two ", giver)
        else f"the {giver[0].lower() + giver[1:] if giver[:1].isupper() and giver.split()[-1].islower() else giver}"
    )
    fact = Fact("condition", "approval", "only with", f"the approval of {giver}", authority=giver)
    noun = re.split(r" (?:of|above|below|up to|over|to) ", lone)[0]
    return Frame(
        replace(rule, modality=Modality.PERMISSION), citation, "", f"{verb} {lone}", len(verb.split()), False, (fact,), limit,
        None, noun, only=True, scope=True,
    )  # fmt: skip


_ODD_ACTORS = re.compile(
    r"^(?:it|this|that|those|these\b.*|them|such\b.*|.*\bof them|.*\bof these|somebody|the same)$", re.IGNORECASE
)
_ODD_ACTS = re.compile(
    r"\b(?:Should|such an? \w+|that reason|who does|to one)\b|^(?:\w+) (?:it|them|this|these|so)\b|^be\b|"
    r"\b(?:of|in|on|to|for|with|and|or|at|by|from|at least|as|the|a|only)$|\bto information\b|\bon or\b|\bor When\b| one$"
)


def _odd(frame: Frame) -> bool:
    """Whether the act cannot be told without mangling it."""
    rule = frame.rule
    if rule.modality == Modality.DEFINITION:
        return False
    bodies = " ".join(fact.body for fact in frame.facts)
    words = frame.act.split()
    bare = len(words) == 1 and not frame.facts and frame.deadline is None
    return bool(
        _ODD_ACTORS.match(rule.actor) or _ODD_ACTS.search(frame.act) or bare or re.search(r"\bsuch an? |\bor suspects$|^otherwise", bodies)
        or words[0] in {"prohibit", "forbid", "ban"}
        or (words[0] in {"require", "need", "cost"} and not re.match(r"(?:employees?|managers?|you|they)$", rule.actor, re.IGNORECASE))
        or (len(words) > 1 and frame.verbs == 1 and readings(words[1]).get("VERB") == words[1] and not {"NOUN", "ADJ", "ADV"} & set(readings(words[1])))
    )  # fmt: skip


def quote_of(rule: Rule) -> str:
    """The rule in its own words, short enough to stand in a case."""
    text = re.sub(r"^(?:No|Yes)\.\s*", "", rule.text).strip().rstrip(".;")
    text = re.sub(r"[\"“”{}]", "", text)
    if len(text.split()) > 34:
        pieces = re.split(r"(?<=[,;:]) ", text)
        key = rule.action.split()[-1] if rule.action else ""
        text = next(
            (piece for piece in pieces if key and key in piece and len(piece.split()) <= 34),
            " ".join(text.split()[:34]),
        )
        text = re.sub(r"\s+(?:and|or|of|to|the|a|in|for|with|that|by|from)$", "", text.rstrip(",;: "))
    return text.rstrip(" ,;:")


def _noun(rule: Rule, act: str, verbs: int) -> str:
    """The object as it stands in the act, with its article; empty where it cannot be told from the rest."""
    if not rule.object or re.search(r"\b(?:on|in|of|to|for|with|and|or|at|by|from)$", rule.object):
        return ""
    after = " ".join(act.split()[verbs:])
    for phrase in (rule.object, one_of(rule.object), one_of(f"any {rule.object}")):
        bare = re.sub(r"^(?:a|an|the|any)\s+", "", phrase, flags=re.IGNORECASE)
        found = re.match(rf"(?:(?:a|an|the|any|each|every|all)\s+)?{re.escape(bare)}", after, re.IGNORECASE)
        if found:
            return found.group(0)
    return ""


def _actor(rule: Rule) -> str:
    """The actor with the definite article where the sentence has one."""
    actor = rule.actor.strip()
    if actor and re.search(rf"\bthe {re.escape(actor)}", rule.text, re.IGNORECASE):
        return f"the {actor}"
    return actor


def _resolved(act: str, rule: Rule, ontology: Ontology) -> str:
    """The act with a bare "it" or "them" replaced by what the sentence, or its clause's title, speaks of.

    A condition that is told beside the act names the thing already, so there the pronoun stays.
    """
    found = re.search(r"\b(it|them|these|this)\b(?!\s+\w+(?:s|ed)\b)", act, re.IGNORECASE)
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


def _indefinite(found: re.Match[str]) -> str:
    """Such as "in a supplier" for "in that supplier", where nothing before it names one."""
    return f"{found.group(1)} {with_article(found.group(2))}"


def _articled(act: str, verbs: int, rule: Rule) -> str:
    """The act with the article that its object lacks: "set looser limit" becomes "set a looser limit"."""
    words = act.split()
    after = words[verbs:]
    if not after or after[0].lower() in _ARTICLES | _POSSESSIVES or not after[0].isalpha() or after[0][0].isupper():
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


_POSSESSIVES = frozenset({"its", "their", "your", "his", "her", "our", "my", "this", "that", "what", "how", "who", "one", "two", "three", "at", "on", "in", "to", "for", "with", "about", "up", "down", "out", "off", "over", "under", "from", "of", "as", "into", "by", "less", "more", "part", "such", "both", "no", "it", "them", "somebody", "something", "anything", "anyone"})  # fmt: skip
_BARE = frozenset({"part", "place", "care", "action", "note", "advantage", "leave", "notice", "account", "contact", "approval", "consent", "permission", "clearance", "proof", "advice", "office", "harassment", "retaliation", "work", "overtime", "trade", "authority", "child", "labour", "illness", "company"})  # fmt: skip


def _without_loose_verb(act: str) -> str:
    """The act without a second verb that the object dragged along ("impose a fine or withhold wages")."""
    act = re.sub(r"[\"“”]", "", act)
    for join in re.finditer(r",? (?:and|or) (\w+) ", act):
        word = join.group(1).lower()
        found = readings(word)
        if found.get("VERB") == word and "NOUN" not in found and "ADJ" not in found:
            return act[: join.start()]
    return re.sub(r"\s+", " ", act).strip(" ,.:;")


def _quantity(rule: Rule, threshold: Threshold) -> Quantity:
    for where, text in (("condition", rule.condition), ("exception", rule.exception), ("object", rule.object)):
        if threshold.text in text:
            return Quantity(threshold, text, where)
    found = _DEADLINE.search(rule.text)
    unit_of_time = threshold.unit.split()[-1] in {"minute", "hour", "day", "week", "month", "year"}
    if found and unit_of_time and threshold.text in rule.text[found.start() :]:
        return Quantity(threshold, found.group(0), "deadline")
    return Quantity(threshold, threshold.text, "text")


def _facts(rule: Rule, quantities: tuple[Quantity, ...]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts of the rule, and the adverbials that stay with the act."""
    facts: list[Fact] = []
    fixed: list[str] = []
    for role, text in (("condition", rule.condition), ("exception", rule.exception)):
        for part in _parts(text):
            fact = read_fact(part, role, rule.authority, quantities)
            if fact is None or fact.body.lower().removeprefix("the ") == rule.actor.lower().removeprefix("the "):
                continue
            if fact.fixed and role == "condition":
                if not re.match(r"(?:who|that|which|whose)\b", part, re.IGNORECASE):
                    fixed.append(part)
                continue
            if not fact.fixed:
                facts.append(fact if rule.actor else about_thing(fact))
    return tuple(facts[:3]), tuple(fixed[:2])


def _parts(text: str) -> list[str]:
    """Spans joined by " ; ", and clauses joined by "and" that can stand alone, each with its marker."""
    found: list[str] = []
    spans = [
        piece
        for span in text.split(" ; ")
        for piece in re.split(r"(?<!even)(?<!only)(?<!except),? (?=(?:if|unless|provided that|only if) \w+ \w+)", span)
    ]
    for span in (_NEXT_VERB.split(span)[0].replace("if:", "if") for span in spans):
        marker, body = split_marker(span.strip())
        pieces = re.split(r",? and (?=(?:the|a|an|its|their|it|they|nobody|each|no) )", body)
        shared = re.split(r"(?:,| and|, and) (?=(?:does|do|is|are|has|have|was|were|can|costs?) )", body)
        first = parse_clause(shared[0])
        if marker and len(pieces) > 1 and all(parse_clause(piece) is not None for piece in pieces):
            found.extend(f"{marker} {piece}" for piece in pieces)
        elif marker and len(shared) > 1 and first is not None:
            found.extend(f"{marker} {piece if piece == shared[0] else f'{first.subject} {piece}'}" for piece in shared)
        elif span.strip():
            found.append(span.strip())
    return found


def _act(rule: Rule, action: str) -> tuple[str, int]:
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
    if not re.match(
        r"\s+(?:in|on|to|at|for|from|into|with|outside|inside|of|directly|as|against|under|through)\b", rest
    ):
        return ""
    stop = _END.search(rest)
    rest = rest[: stop.start()] if stop else rest
    rest = re.split(r"\s+(?:and|or)\s+(?:must|may|should|shall|need|will|be|never|not)\b|\s+(?:by|only)\b", rest)[
        0
    ].rstrip(" ,")
    return rest if len(rest.split()) <= 10 else ""


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
    following = _NEXT_VERB.search(rest)
    rest = rest[: following.start()] if following else rest
    for join in re.finditer(r"\s+(?:and|or)\s+(\w+)", rest):
        word = join.group(1).lower()
        if readings(word).get("VERB") == word and word not in _ARTICLES:
            rest = rest[: join.start()]
            break
    if len(rest.split()) > 12:
        rest = ""
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
    if found and found.group(1).lower() in _ARTICLES:
        article = found.group(1).lower()
        phrase = phrase[0].lower() + phrase[1:] if not phrase[:2].isupper() and article != "the" else phrase
        return one_of(f"{'any' if article in {'no', 'any', 'each', 'every', 'all'} else article} {phrase}")
    sentence_start = text.startswith(phrase) and len(phrase) > 1 and not phrase[1].isupper()
    return one_of(phrase[0].lower() + phrase[1:] if sentence_start else phrase)


def substituted(frame: Frame, old: str, new: str, *, counted: bool = True) -> Frame:
    """The frame with the words ``old`` of its act replaced by ``new``, for example *gift* by *watch*.

    The article follows: "confidential information" becomes "a price list", "gifts" becomes "watches".
    """
    plural = singular(old.rsplit(maxsplit=1)[-1]) is not None and old.lower() != new.lower()
    mass = not plural and is_mass(old)
    pattern = re.compile(rf"(?P<before>\b[\w'’]+ )?\b{re.escape(old)}\b(?!'s|’s)", re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        before = (found.group("before") or "").strip()
        if plural and counted:
            return f"{before} {plural_of(new)}".strip()
        if before.lower() in {"a", "an"} or (before.lower() in {"any", "each", "every"} and counted):
            return with_article(new) if counted else new
        bare = not before or before.lower() not in _ARTICLES | {"this", "that", "their", "your", "its", "his", "her"}
        if mass and counted and bare and not before.endswith(("'s", "’s")):
            return f"{before} {with_article(new)}".strip()
        return f"{before} {new}".strip()

    words = frame.act.split()
    lead, told = " ".join(words[: frame.verbs]), " ".join(words[frame.verbs :])
    facts = tuple(
        _with_body(fact, pattern.sub(put, fact.body)) if fact.style == "clause" else fact for fact in frame.facts
    )
    return replace(
        frame, act=f"{lead} {pattern.sub(put, told, count=1)}", facts=facts,
        noun=pattern.sub(put, frame.noun, count=1) if frame.noun else "",
    )  # fmt: skip


def _with_body(fact: Fact, body: str) -> Fact:
    clause = parse_clause(body) if body != fact.body else None
    return replace(fact, body=body, clause=clause) if clause is not None else fact


def is_person(word: str) -> bool:
    lowered = word.lower().strip(",.")
    return bool({lowered, singular(lowered) or lowered} & (PERSONS | BODIES))


def vague_act(frame: Frame) -> str:
    """The act with what it turns on left open: without its quantity."""
    if frame.limit:
        return without(frame.act, frame.limit.threshold)
    return frame.act


def hidden_act(frame: Frame) -> str:
    """The act with "something" or "somebody" for its object; empty where that cannot be said."""
    words = frame.noun.split()
    if len(words) < 1 or words[0] in {"part", "what", "how", "who"} or frame.verbs > 1 or len(frame.act.split()) < 2:
        return ""
    put = "somebody" if is_person(words[head_position(words)]) else "something"
    told = frame.act.replace(frame.noun, put, 1)
    return without(told, frame.limit.threshold) if frame.limit else told


def is_mass(noun_phrase: str) -> bool:
    """Whether the head of ``noun_phrase`` takes no article in the singular."""
    words = noun_phrase.split()
    head = words[head_position(words)].lower().rstrip(",")
    return head in MASS_NOUNS or head.endswith("ing") or singular(head) is not None
