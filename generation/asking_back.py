"""Cases that leave open what decides, answered by the question that a person would ask back.

The question is put as one asks it: to the teller, of a named person, or of a thing. What stands behind it says why it is
asked: what the clause makes of the answer. Where nothing but somebody's word says that the act was done, that is asked.
"""

import random
import re
from collections.abc import Iterator

from generation.actor_told import who_acts
from generation.cast import Agent
from generation.clauses import FiniteClause
from generation.drafts import Draft
from generation.facts import BEFORE, Fact
from generation.frames import Frame
from generation.grammar import is_participle, sentence
from generation.quantities import Quantity
from generation.reasons import cite
from generation.scenarios import Written, write_triple
from generation.situations import Pivot, calls_for, pivots
from generation.wording import unsigned
from kg.model import Modality, Rule, Verdict

_ASKS = (
    "What do you need to know before you can answer?", "What is missing?", "What would you ask first?", "What else do you have to know?",
    "Which question would you put first?", "What has to be found out?", "What would you have to know to decide this?",
)  # fmt: skip
_FUTURE = re.compile(
    r"\b(?:plans?|planning|will|would|wants?|intends?|going to|asks? (?:if|whether)|may I|can I|hopes?|is about to|tomorrow|next (?:week|month|Tuesday))\b"
)


def ask_back(rule: Rule, frame: Frame, rng: random.Random) -> Iterator[Draft]:
    """Cases with a fact missing, each with the question for it: of every open point one that is past and one that is planned.

    None where only the act itself is open.
    """
    for turn, (pivot, index) in enumerate(_told_in_turn(frame)):
        tenses: set[bool] = set()
        for _ in range(_TRIES if pivot != Pivot.ACT else 0):
            case = write_triple(frame, turn, rng)[Verdict.NEEDS_INFORMATION]
            past = not _FUTURE.search(case.question)
            if past in tenses or case.pivot.partition("/")[0] != pivot:
                continue
            asked = question_back(frame, case, pivot, index, rng)
            if asked:
                tenses.add(past)
                told = f"{unsigned(case.question)} {rng.choice(_ASKS)}"
                yield Draft("ask_back", told, asked, None, (rule.id,), (rule.clause_id,), rule.family)


_TRIES = 4


def _told_in_turn(frame: Frame) -> list[tuple[Pivot, int]]:
    """The pivots of the first triples of ``frame``, as :func:`generation.situations.choose_pivot` takes them."""
    found = pivots(frame)
    if (Pivot.ACT, -1) not in found:
        return list(found)
    return [one for one in found if one[0] != Pivot.FACT or not calls_for(frame.facts[one[1]], frame.act)]


def question_back(frame: Frame, case: Written, pivot: Pivot, index: int, rng: random.Random) -> str:
    """What is asked back in ``case``, and why; empty where the words of its open point give no question."""
    past = not _FUTURE.search(case.question)
    if pivot == Pivot.FACT:
        fact = frame.facts[index]
        asked = _of_fact(fact, who_acts(case.question), past=past)
        return f"{asked} {_because(frame, fact, rng)}" if asked else ""
    quantity = frame.limit if pivot == Pivot.LIMIT else frame.deadline
    if quantity is None:
        return ""
    return f"{_of_quantity(quantity, frame.rule.text, rng, past=past)} {_bound(frame, quantity, rng)}"


def _of_fact(fact: Fact, who: Agent, *, past: bool) -> str:
    """The fact as a question; empty where its words do not give one."""
    if fact.style == "approval" and fact.authority:
        authority = _personal(fact.authority, who)
        ahead = fact.marker in BEFORE or re.search(r"\bprior\b|\bbefore", fact.body)
        if past:
            return f"Did {authority} approve it{' beforehand' if ahead else ''}?"
        return f"{'Have' if ' and ' in authority else 'Has'} {authority} approved it?"
    return question_of(fact.clause, who, past=past) if fact.clause is not None and fact.style == "clause" else ""


def question_of(clause: FiniteClause, who: Agent, *, past: bool) -> str:
    """A clause as a question: "they suspect theft" becomes "Did she suspect theft?"; a negation is left out."""
    own = clause.subject.lower() in {"they", "you"}
    subject = who.subject if own else _personal(clause.subject, who)
    many = (
        who.plural_verb
        if own
        else clause.verb in {"are", "have", "do", "were"} or (bool(clause.lemma) and clause.verb == clause.lemma)
    )
    words = _personal(clause.rest, who).split() if own else clause.rest.split()
    if subject in {"nobody", "no one"}:
        subject = "anybody"
    subject = re.sub(r"^neither\b", "either", subject)
    verb = clause.verb
    if words[:1] == ["not"]:
        words = words[1:]
    rest = (
        re.sub(r"\b(\w+) or (\w+s)\b(?= an?\b)", lambda found: f"{found[1]} or {found[2][:-1]}", " ".join(words))
        if clause.lemma
        else " ".join(words)
    )
    if clause.lemma:
        helper = "did" if past else "do" if many else "does"
        text = f"{helper} {subject} {clause.lemma} {rest}"
    elif verb in {"do", "does", "did"}:
        text = f"{'did' if past else 'do' if many else 'does'} {subject} {rest}"
    elif verb in {"is", "are", "was", "were", "am"}:
        be = ("were" if many or subject == "you" else "was") if past else ("are" if many else "is")
        text = f"{be} {subject} {rest}"
    elif verb in {"has", "have", "had"} and words and (is_participle(words[0]) or words[0] == "been"):
        text = f"{'had' if past else 'have' if many else 'has'} {subject} {rest}"
    elif verb in {"has", "have", "had"}:
        text = f"{'did' if past else 'do' if many else 'does'} {subject} have {rest}"
    elif verb in {"can", "could"}:
        text = f"{'could' if past else 'can'} {subject} {rest}"
    else:
        return ""
    return sentence(text).rstrip(".") + "?"


def _personal(text: str, who: Agent) -> str:
    """``text`` with the pronouns of a rule put into the person of the one who acts."""
    table = {"their": who.possessive, "them": who.object, "they": who.subject}
    return re.sub(r"\b(?:their|them|they)\b", lambda found: table[found[0]], text)


def _because(frame: Frame, fact: Fact, rng: random.Random) -> str:
    """What the clause makes of the answer."""
    clause = cite(frame)
    if fact.style == "approval":
        ways: tuple[str, ...] = (
            f"{clause} asks for that.",
            f"{clause} turns on that approval.",
            f"That is what {_small(clause)} asks for.",
        )
    elif _denied(fact.clause):
        ways = (f"If so, {_small(clause)} {_FAILS.get(frame.modality, 'does not apply')}.",)
    elif fact.role == "exception":
        ways = (
            f"{clause} makes an exception for that.",
            f"{clause} would then not stand against it.",
            f"That is the exception in {_small(clause)}.",
        )
    elif frame.modality == Modality.PERMISSION:
        ways = (
            f"{clause} allows it only then.",
            f"That is a condition of {_small(clause)}.",
            f"Without that, {_small(clause)} does not allow it.",
        )
    elif fact.clause is not None and fact.clause.subject.lower() == "they":
        so = "do" if fact.clause.lemma else fact.clause.verb
        ways = (
            f"{clause} binds only those who {so}.",
            f"{clause} applies only then.",
            f"Only then does {_small(clause)} apply.",
        )
    else:
        ways = (
            f"{clause} applies only then.",
            f"That decides whether {_small(clause)} applies.",
            f"Otherwise {_small(clause)} has nothing to say of it.",
        )
    return rng.choice(ways)


_FAILS = {Modality.PERMISSION: "does not allow it"}


def _denied(clause: FiniteClause | None) -> bool:
    """Whether a condition is that something is not so, which the question leaves out."""
    if clause is None:
        return False
    return clause.rest.startswith("not ") or clause.verb == "cannot" or clause.subject.lower() in {"nobody", "no one"}


def _small(clause: str) -> str:
    return clause[0].lower() + clause[1:]


def _of_quantity(quantity: Quantity, text: str, rng: random.Random, *, past: bool) -> str:
    be = "was" if past else "is"
    unit = quantity.threshold.unit
    ahead = re.search(rf"{re.escape(quantity.threshold.text)}\s+(?:in advance|ahead|before)", text)
    if quantity.where == "deadline" or ahead:
        since = _START.search(text.partition(quantity.threshold.text)[2])
        if ahead:
            return f"How many {unit}s in advance is that?"
        if past:
            return f"How many {unit}s after {since[1]} was it done?" if since else f"How many {unit}s did it take?"
        return f"How many {unit}s after {since[1]} will it be?" if since else f"How many {unit}s will it take?"
    if quantity.money:
        return rng.choice((f"How much {be} it worth?", f"What {be} the amount?", f"How much money {be} it?"))
    if not quantity.time and not re.fullmatch(r"[a-z]+", unit or ""):
        return f"What {be} the exact figure?"
    return f"How many {unit}s {be} it?" if unit != "percent" else f"How many percent {be} it?"


_START = re.compile(
    r"^ (?:of|after|from) ((?:(?:the|their|a|an) )?\w+(?:ing (?:the|a|an|of|aware)(?: \w+)?)?)(?= of it|[.,;]| and| or|$)"
)


def _bound(frame: Frame, quantity: Quantity, rng: random.Random) -> str:
    """The limit that the clause sets."""
    clause, text = cite(frame), _bare(quantity.threshold.text)
    if quantity.where == "deadline":
        return rng.choice((f"{clause} allows {text}.", f"The time in {_small(clause)} is {text}."))
    return rng.choice((f"{clause} draws the line at {text}.", f"The limit in {_small(clause)} is {text}."))


def _bare(text: str) -> str:
    found = re.search(r"(?:[A-Z]{3} )?\d[\d,.]*(?: [a-z%]+){0,2}", text)
    return found[0] if found else text
