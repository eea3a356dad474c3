"""The other forms of sample: questions about rules, definitions, exceptions, topics, conflicts, and what lies outside.

Each writer yields drafts in a fixed order under its seed; the planner picks those that cover the most.
"""

import random
import re
from collections.abc import Iterator, Mapping

from generation.cast import person
from generation.definitions import sound_instances, term_of
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import inflect_verb_phrase, sentence
from generation.prompting import verdict_answer
from generation.reasons import agreeing, cite, positive
from generation.scenarios import write_triple
from generation.situations import Pivot, pivots, triple
from kg.model import Message, Modality, Ontology, Rule, Verdict

_MAX_WORDS = 45


def candidates(ontology: Ontology, frames: Mapping[str, Frame], seed: int) -> dict[str, list[Draft]]:
    """All drafts that the writers of this module offer, by kind."""
    rng = random.Random(f"{seed}:instructions")
    told = [(rule, frames[rule.id]) for rule in ontology.rules]
    return {
        "rule_qa": [draft for rule, frame in told for draft in _rule_qa(rule, frame, rng)],
        "which_rule": [_which_rule(rule, frame, rng) for rule, frame in told],
        "definition": list(_definitions(ontology, told, rng)),
        "ask_back": [_ask_back(rule, frame, rng) for rule, frame in told if len(pivots(frame)) > 1],
        "exception": [
            draft
            for rule, frame in told
            if rule.exception and frame.exceptions
            for draft in _exceptions(rule, frame, rng)
        ],
        "topic": [],
        "conflict": list(_conflicts(ontology, frames)),
        "out_of_scope": list(_out_of_scope(rng)),
        "benign": [_benign(rule, frame, rng) for rule, frame in told if _whole(rule, frame)],
        "multi_turn": [_multi_turn(rule, frame, rng) for rule, frame in told if len(pivots(frame)) > 1],
    }


def _draft(kind: str, question: str, answer: str, rule: Rule, verdict: Verdict | None = None) -> Draft:
    return Draft(kind, question, answer, verdict, (rule.id,), (rule.clause_id,), rule.family)


def stated(rule: Rule) -> str:
    """The rule's sentence, cut to a length that a small model can say."""
    words = rule.text.split()
    return sentence(" ".join(words[:_MAX_WORDS]) + (" ..." if len(words) > _MAX_WORDS else ""))


_ASK_RULE = (
    "What does the policy say about {topic}?", "Which rule applies to {topic}?", "What do I have to know about {topic}?",
    "What are the rules on {topic}?", "Please tell me the rule on {topic}.",
)  # fmt: skip


def _topic(frame: Frame) -> str:
    """What a rule is about, after "on": "accepting hospitality"; the term where it defines one."""
    if frame.modality == Modality.DEFINITION:
        return re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"
    told = re.sub(r"^going without ", "not ", inflect_verb_phrase(frame.act, "ing", frame.verbs))
    words = re.sub(r"[\"“”{}]", "", told).split()
    ends = [
        place
        for place in range(3, min(len(words), 13))
        if re.match(r"(?:that|which|who|and|or|if|when|for|with|in|on|at|to|from)$", words[place])
    ]
    opened = [place for place in ends if words[place] in {"that", "which", "who"}]
    return " ".join(words if len(words) <= 9 else words[: (opened or ends[-1:] or [9])[0]]).rstrip(" ,")


def _rule_qa(rule: Rule, frame: Frame, rng: random.Random) -> Iterator[Draft]:
    yield _draft(
        "rule_qa", rng.choice(_ASK_RULE).format(topic=_topic(frame)), f"{cite(frame)} says: {stated(rule)}", rule
    )


def _which_rule(rule: Rule, frame: Frame, rng: random.Random) -> Draft:
    case = write_triple(frame, 0, rng)[rng.choice(tuple(Verdict))].question
    ask = rng.choice(
        ("Which clause decides this?", "Which rule do I have to look at?", "Where does the policy speak of this?")
    )
    return _draft("which_rule", f"{case} {ask}", f"{cite(frame)} decides this: {stated(rule)}", rule)


def _definitions(ontology: Ontology, told: list[tuple[Rule, Frame]], rng: random.Random) -> Iterator[Draft]:
    for rule, frame in told:
        if frame.modality == Modality.DEFINITION and rule.actor:
            term = re.sub(r"[\"“”'‘’*]", "", rule.actor)
            says = _meaning(rule, term) if rule.object and not frame.negative else stated(rule)
            for ask in _ASK_MEANING:
                yield _draft("definition", ask.format(f"“{_spoken(term)}”"), f"{cite(frame)}: {says}", rule)
            for thing in [] if frame.negative else sound_instances(frame)[:3]:
                ask = rng.choice(("Does {} count as {}?", "Is {} covered by what the policy calls {}?"))
                yield _draft("definition", ask.format(thing, term_of(frame)), f"Yes. {cite(frame)}: {says}", rule)
    for concept in ontology.concepts:
        if concept.definition and concept.weight > 0:
            for ask in _ASK_CONCEPT:
                question = ask.format(f"“{_spoken(concept.label)}”")
                means = concept.definition if concept.definition[:2].isupper() else _spoken(concept.definition)
                answer = sentence(f"“{concept.label[:1].upper()}{concept.label[1:]}” means {means}")
                yield Draft("definition", question, answer, None, (), (), "")


def _meaning(rule: Rule, term: str) -> str:
    """The definition in the rule's own words, without the lead-in of a list: "“Gift” means anything of value"."""
    plain = re.sub(r"[\"“”*]", "", rule.text)
    at = plain.find(f"{term} ")
    words = (plain[at:] if at >= 0 else f"{term} means {rule.object}").split()
    return sentence(" ".join(words[:_MAX_WORDS]) + (" ..." if len(words) > _MAX_WORDS else ""))


_ASK_MEANING = ("What does the policy mean by {}?", "How is {} defined?", "What counts as {}?")
_ASK_CONCEPT = ("What is meant by {}?", "Please explain {} in a sentence.")


def _spoken(term: str) -> str:
    """``term`` in the midst of a sentence: small, but for names and abbreviations."""
    return term if re.search(r"[A-Z]", term[1:]) else term[:1].lower() + term[1:]


def _ask_back(rule: Rule, frame: Frame, rng: random.Random) -> Draft:
    case = write_triple(frame, 0, rng)[Verdict.NEEDS_INFORMATION]
    ask = rng.choice(
        ("What do you need to know before you can answer?", "What is missing?", "What would you ask first?")
    )
    matter = positive(agreeing(_matter(frame)))
    return _draft(
        "ask_back",
        f"{case.question} {ask}",
        f"I need to know {matter}, because {cite(frame).lower()} turns on it.",
        rule,
    )


def _matter(frame: Frame) -> str:
    pivot, index = pivots(frame)[0]
    if pivot == Pivot.FACT:
        return frame.facts[index].matter
    if pivot == Pivot.LIMIT and frame.limit is not None:
        return frame.limit.matter
    if pivot == Pivot.DEADLINE and frame.deadline is not None:
        return frame.deadline.matter
    return "what exactly was done"


def _exceptions(rule: Rule, frame: Frame, rng: random.Random) -> Iterator[Draft]:
    """Whether the rule has an exception, and whether it applies in a case."""
    at = next(index for index, fact in enumerate(frame.facts) if fact.role == "exception")
    fact = frame.facts[at]
    says = f"{cite(frame)} makes one: {fact.marker} {fact.body}."
    for ask in ("Is there an exception to the rule on {}?", "Does the rule on {} allow any exception?"):
        yield _draft("exception", ask.format(_topic(frame)), f"Yes. {says}", rule)
    if fact.style == "order" or pivots(frame)[at] != (Pivot.FACT, at):
        return
    situations, cases = triple(frame, Pivot.FACT, at, rng), write_triple(frame, at, rng)
    for verdict in (Verdict.PERMITTED, Verdict.PROHIBITED):
        holds = situations[verdict].told.get(at)
        ask = rng.choice(("Does the exception apply here?", "Is this a case for the exception?"))
        answer = "Yes" if holds else "No"
        yield _draft("exception", f"{cases[verdict].question} {ask}", f"{answer}. {says}", rule)


def _conflicts(ontology: Ontology, frames: Mapping[str, Frame]) -> Iterator[Draft]:
    for conflict in ontology.conflicts:
        pair = [ontology.rule_by_id.get(conflict.rule_a), ontology.rule_by_id.get(conflict.rule_b)]
        if pair[0] is None or pair[1] is None:
            continue
        one, other = frames[pair[0].id], frames[pair[1].id]
        winner = frames.get(conflict.prevails)
        end = (
            f" {cite(winner)} prevails."
            if winner
            else " The policy does not say which one prevails; ask before acting."
        )
        says = sentence(conflict.reason or "They point in different directions") + end
        for first, second in ((one, other), (other, one)):
            for ask in ("{} and {} seem to disagree on {}. Which one prevails?", "Do {} and {} say the same about {}?"):
                yield Draft(
                    "conflict", ask.format(cite(first), cite(second)[:1].lower() + cite(second)[1:], _topic(first)), says, None,
                    (one.rule.id, other.rule.id), (one.rule.clause_id, other.rule.clause_id), one.rule.family,
                )  # fmt: skip


_OUTSIDE = (
    "Can you recommend a film for a rainy evening in {}?", "How do I bake bread at home in {}?",
    "Who won the football match in {} yesterday?", "What will the weather be like in {} on Sunday?",
    "Which language do people speak in {}?", "Can you translate a menu from a restaurant in {}?", "How long is the flight to {}?",
    "Which team from {} plays tonight?", "Can you write a birthday song for my aunt in {}?", "What is a good recipe for soup from {}?",
    "How many people live in {}?", "Is there a park with a lake in {}?",
    "How tall is the highest tower in {}?", "Which train goes to {} in the morning?", "Write me a short poem about {}.",
)  # fmt: skip
_NOT_OURS = (
    "The policy does not speak of this. I can help with questions about what the policy allows, forbids or requires.",
    "That lies outside the policy, so I have nothing to go by. Ask me about a rule or a case.",
    "I only answer questions about the policy, and it says nothing about this.",
)  # fmt: skip
_TOWNS = ("Lisbon", "Kyoto", "Tallinn", "Quito", "Oslo", "Accra", "Zagreb", "Hobart", "Calgary", "Hanoi")


def _out_of_scope(rng: random.Random) -> Iterator[Draft]:
    pairs = [(ask, town) for ask in _OUTSIDE for town in _TOWNS]
    rng.shuffle(pairs)
    for ask, town in pairs:
        yield Draft("out_of_scope", ask.format(town), rng.choice(_NOT_OURS), None, (), (), "")


def _whole(rule: Rule, frame: Frame) -> bool:
    """Whether the act alone is what the rule forbids: without a condition, and without a word for something named before."""
    if frame.modality != Modality.PROHIBITION or frame.quote or frame.facts or frame.limit is not None:
        return False
    return not re.search(r"\b(?:it|them|such|alone)\b", rule.text)


def _benign(rule: Rule, frame: Frame, rng: random.Random) -> Draft:
    """Talk about a forbidden thing that is itself harmless, and must not be refused."""
    agent = person(rng)
    gerund = frame.act
    case = rng.choice((
        "{A} explains in a training course why nobody should {act}. Is that all right?",
        "{A} asks for a summary of the rule for people who might {act}. May {s} have it?",
        "{A} wrote a poster that warns colleagues not to {act}. Is that in order?",
        "{A} wants to know where to report people who {act}. Is that a problem?",
    )).format(A=agent.intro, s=agent.subject, act=gerund)  # fmt: skip
    says = rng.choice(
        (
            "forbids the act, not talking about it",
            "is not broken by speaking of it",
            "forbids doing this; to speak of it is no breach",
        )
    )
    answer = verdict_answer(Verdict.PERMITTED, f"{cite(frame)} {says}.")
    return _draft("benign", case[0].upper() + case[1:], answer, rule, Verdict.PERMITTED)


def _news(before: str, after: str) -> str:
    """The sentences of ``after`` that do not stand in ``before``; all of it where there are none."""
    known = set(re.split(r"(?<=[.?!]) ", before))
    told = [text for text in re.split(r"(?<=[.?!]) ", after) if text not in known]
    return " ".join(told) or after


def _multi_turn(rule: Rule, frame: Frame, rng: random.Random) -> Draft:
    """A case with a fact missing, the question back, the fact, and the verdict."""
    told = write_triple(frame, 0, rng)
    first = told[Verdict.NEEDS_INFORMATION]
    final = told[rng.choice((Verdict.PERMITTED, Verdict.PROHIBITED))]
    return Draft(
        "multi_turn", first.question, verdict_answer(first.verdict, first.reason), None, (rule.id,), (rule.clause_id,),
        rule.family, turns=(
            Message("user", f"I have asked again. {_news(first.question, final.question)}"),
            Message("assistant", verdict_answer(final.verdict, final.reason)),
        ),
    )  # fmt: skip
