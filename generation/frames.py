"""From a rule record to what the writers need: an act that can be told, and the facts that the rule turns on.

The act is read from the sentence where its verb stands there in the active voice (so that "to the line manager" is
not lost), otherwise it is put together from action and object, as for a passive.
"""

import random
import re
from dataclasses import dataclass, replace

from generation.facts import Fact, read_fact, split_marker
from generation.grammar import (
    head_position,
    inflect_verb_phrase,
    one_of,
    parse_clause,
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
    its time; ``noun`` is the object as it stands in the act.
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
    """The frame of ``rule``; total: every rule gives one, poor fields give a plainer one."""
    clause = ontology.clause_by_id.get(rule.clause_id)
    section = ontology.section_by_id.get(rule.section_id)
    citation = (
        (clause.number if clause else "") or (section.number if section else "") or (section.title if section else "")
    )
    action = rule.action.strip()
    negative = action.lower().startswith("not ")
    action = action[4:] if negative else action
    quantities = tuple(_quantity(rule, threshold) for threshold in rule.thresholds if threshold.comparator != "=")
    facts, fixed = _facts(rule, quantities)
    act, verbs = _act(rule, action)
    act = _without_loose_verb(_resolved(act, rule, ontology))
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
            act = f"{act} {addition}"
    return Frame(rule, citation, _actor(rule), act.strip(), verbs, negative, facts, limit, deadline, noun)


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
                facts.append(fact)
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


def substituted(frame: Frame, old: str, new: str) -> Frame:
    """The frame with the noun ``old`` of its act replaced by ``new``, for example *gift* by *watch*."""
    pattern = re.compile(rf"\b(?:(?P<article>an?) )?{re.escape(old)}\b", re.IGNORECASE)
    act = pattern.sub(lambda found: with_article(new) if found.group("article") else new, frame.act, count=1)
    noun = pattern.sub(lambda found: with_article(new) if found.group("article") else new, frame.noun, count=1)
    return replace(frame, act=act, noun=noun)


def _is_person(word: str) -> bool:
    lowered = word.lower().strip(",.")
    return bool({lowered, singular(lowered) or lowered} & (PERSONS | BODIES))


_SOMEBODY = ("somebody", "somebody", "one of the contacts there", "the person in charge there")
_SOMETHING = ("something", "something", "something", "what {colleague} had mentioned", "the item in question")  # fmt: skip
_GENERAL = (
    "do something out of the ordinary",
    "handle it the usual way",
    "settle the matter",
    "deal with it differently",
)


def vague_act(frame: Frame) -> str:
    """The act with what it turns on left open: without its quantity."""
    if frame.limit:
        return without(frame.act, frame.limit.threshold)
    return frame.act


def hidden_act(frame: Frame, rng: random.Random) -> str:
    """The act with "something" or "somebody" for its object; an act without an object becomes quite general."""
    if not frame.noun or len(frame.act.split()) < 2:
        return rng.choice(_GENERAL)
    words = frame.noun.split()
    head = words[head_position(words)]
    put = rng.choice(_SOMEBODY if _is_person(head) else _SOMETHING)
    return frame.act.replace(frame.noun, put, 1)
