"""Questions after a rule, after the clause that decides a case, after a term, and a case told in two turns."""

import random
import re
from collections.abc import Iterator

from generation.definitions import sound_instances, term_of
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import ARTICLES, sentence
from generation.prompting import verdict_answer
from generation.quotations import alone, stated, subject
from generation.reasons import cite
from generation.scenarios import Written, write_triple
from generation.wording import unsigned
from kg.model import Message, Modality, Ontology, Rule, Verdict
from kg.words import STOP_WORDS, content

_ASK_RULE = (
    "What does the policy say about {topic}?", "Which rule applies to {topic}?", "What is the rule on {topic}?", "What do I have to know about {topic}?",
    "What are the rules on {topic}?", "Please tell me the rule on {topic}.", "Is there a rule on {topic}?", "Where does the policy deal with {topic}?",
)  # fmt: skip
_ASK_CLAUSE = (
    "Which clause decides this?", "Which rule do I have to look at?", "Where does the policy speak of this?", "By which clause is this judged?",
    "Which rule applies here?",
)  # fmt: skip
_ASK_MEANING = (
    "What does the policy mean by {}?",
    "How is {} defined?",
    "Which clause defines {}, and how?",
    "What counts as {}?",
    "What is {} in the sense of the policy?",
)
_QUOTED_TERM = 3
"""How many of these name the term in quotation marks; the others take it as a sentence does."""
_ASK_CONCEPT = ("What is meant by {}?", "Please explain {} in a sentence.")
_ASK_INSTANCE = ("Does {} count as {}?", "Is {} covered by what the policy calls {}?")
_MORE = (
    "I have asked again.",
    "In the meantime I know more.",
    "I can tell you more now.",
    "Here is what I have found out.",
    "I have looked into it.",
)
_TRIES = 4


def rule_question(ontology: Ontology, rule: Rule, frame: Frame, rng: random.Random) -> Draft | None:
    """What the policy says of what the rule is about; None where no quotation of it stands alone."""
    quoted = alone(ontology, rule)
    if not quoted:
        return None
    ask = rng.choice(_ASK_RULE)
    lead = "Yes. " if ask.startswith("Is there") else ""
    return _draft("rule_qa", ask.format(topic=subject(frame)), f"{lead}{cite(frame)} says: {quoted}", rule)


def which_rule(ontology: Ontology, rule: Rule, frame: Frame, rng: random.Random) -> Draft | None:
    """Which clause decides a case, which does not quote it; None where no quotation of the rule stands alone."""
    quoted = alone(ontology, rule)
    case = _told(frame, rng)
    if not quoted or case is None:
        return None
    return _draft(
        "which_rule",
        f"{unsigned(case.question)} {rng.choice(_ASK_CLAUSE)}",
        f"{cite(frame)} decides this: {quoted}",
        rule,
    )


def _told(frame: Frame, rng: random.Random) -> Written | None:
    """A case of the rule that tells the act itself and does not quote the rule, if one of a few does."""
    for turn in range(_TRIES):
        case = write_triple(frame, turn % 2, rng)[rng.choice((Verdict.PERMITTED, Verdict.PROHIBITED))]
        if case.pivot.partition("/")[0] not in {"quote", "turned", "hearsay"}:
            return case
    return None


def in_two_turns(rule: Rule, frame: Frame, rng: random.Random) -> Draft:
    """A case with a fact missing, the verdict on that, the fact, and the verdict."""
    told = write_triple(frame, 0, rng)
    first = told[Verdict.NEEDS_INFORMATION]
    final = told[rng.choice((Verdict.PERMITTED, Verdict.PROHIBITED))]
    return Draft(
        "multi_turn", first.question, verdict_answer(first.verdict, first.reason), None, (rule.id,), (rule.clause_id,),
        rule.family, turns=(
            Message("user", f"{rng.choice(_MORE)} {_news(first.question, final.question)}"),
            Message("assistant", verdict_answer(final.verdict, final.reason)),
        ),
    )  # fmt: skip


def _news(before: str, after: str) -> str:
    """The sentences of ``after`` that do not stand in ``before``; all of it where there are none."""
    known = set(re.split(r"(?<=[.?!]) ", before))
    told = [text.removeprefix("Hotline report: ") for text in re.split(r"(?<=[.?!]) ", after) if text not in known]
    return " ".join(told) or after


def definitions(ontology: Ontology, told: list[tuple[Rule, Frame]], rng: random.Random) -> Iterator[Draft]:
    """What a term means, by the rule that defines it; by the concept's own definition where no rule does."""
    defined: set[str] = set()
    for rule, frame in told:
        if frame.modality == Modality.DEFINITION and rule.actor:
            term = re.sub(r"[\"“”'‘’*]", "", rule.actor)
            says = _meaning(rule, term) if rule.object and not frame.negative else stated(rule)
            if _POINTS.search(says) or _names_nothing(term):
                continue
            defined.add(term.lower())
            for number, ask in enumerate(_ASK_MEANING):
                named = f"“{_spoken(term)}”" if number < _QUOTED_TERM else term_of(frame)
                asked = f"Who{ask[4:]}" if ask.startswith("What counts") and _PERSONAL.match(rule.object) else ask
                yield _draft("definition", asked.format(named), f"{cite(frame)}: {says}", rule)
            for thing in [] if frame.negative else sound_instances(frame)[:3]:
                if _echoes(thing, rule.object):
                    continue
                ask = rng.choice(_ASK_INSTANCE)
                yield _draft("definition", ask.format(thing, term_of(frame)), f"Yes. {cite(frame)}: {says}", rule)
    for concept in ontology.concepts:
        known = concept.label.lower() in defined or concept.label.lower() in STOP_WORDS
        if concept.definition and concept.weight > 0 and not known:
            means = concept.definition if concept.definition[:2].isupper() else _spoken(concept.definition)
            answer = sentence(f"“{concept.label[:1].upper()}{concept.label[1:]}” means {means}")
            for ask in _ASK_CONCEPT:
                yield Draft("definition", ask.format(f"“{_spoken(concept.label)}”"), answer, None, (), (), "")


_PERSONAL = re.compile(
    r"(?:an?|any|the|each|every)?\s?(?:person|anyone|anybody|someone|employees?|third party|people)\b"
)
_MOST_ECHOED = 0.8


def _names_nothing(term: str) -> bool:
    """Whether what is said to mean something is no term: "this includes", "neither of us", a whole clause."""
    words = term.lower().split()
    led = words[0] in STOP_WORDS and words[0] not in ARTICLES
    return led or len(words) > _LONGEST_TERM or not content(term)


_LONGEST_TERM = 6


def _echoes(thing: str, defined_as: str) -> bool:
    """Whether ``thing`` is the definition itself over again rather than an example of what it covers."""
    whole = content(re.split(r",? (?:including|such as|for example)\b|;", defined_as)[0])
    return bool(whole) and len(set(content(thing)) & set(whole)) >= _MOST_ECHOED * len(set(whole))


_POINTS = re.compile(r"\b(?:these|those) (?!who\b)\w+")


def _meaning(rule: Rule, term: str) -> str:
    """The definition in the rule's own words, without the lead-in of a list: "“Gift” means anything of value"."""
    plain = re.sub(r"[\"“”*]", "", rule.text)
    found = re.search(rf"\b(an? )?{re.escape(term)} (?=(means?)\b)?", plain, re.IGNORECASE)
    if found is None:
        return sentence(f"“{term}” means {rule.object}")
    if found[2]:  # "gift means anything of value" speaks of the word
        return sentence(f"“{found[0].strip()[:1].upper()}{found[0].strip()[1:]}” {plain[found.end() :]}")
    return sentence(plain[found.start() :])


def _spoken(term: str) -> str:
    """``term`` in the midst of a sentence: small, but for names and abbreviations."""
    return term if re.search(r"[A-Z]", term[1:]) else term[:1].lower() + term[1:]


def _draft(kind: str, question: str, answer: str, rule: Rule) -> Draft:
    return Draft(kind, question, answer, None, (rule.id,), (rule.clause_id,), rule.family)
