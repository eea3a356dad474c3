"""Cases about a rule, written without a model: for each rule triples of minimal twins over the three verdicts.

The circumstances (who, where, when, which carrier, which opener) are drawn once per triple, before the verdict is
looked at; the twins then differ in the pivot's fact alone. Where a twin leaves the deciding fact out, a remark of the
same kind that does not matter takes its place, so that neither length nor vocabulary gives the answer away.
"""

import random
import re
from dataclasses import dataclass, replace

from generation import wording
from generation.cast import Agent, Cast, agent_for, draw, personalise
from generation.definitions import definition_case
from generation.facts import Fact, tail, tell
from generation.frames import Frame, hidden_act, vague_act
from generation.grammar import inflect_verb_phrase, sentence
from generation.reasons import reason
from generation.situations import Act, Pivot, Situation, choose_pivot, triple
from generation.wording import Opener
from kg.model import Modality, Verdict


@dataclass(frozen=True, slots=True)
class Written:
    """A case with its answer, before context is retrieved."""

    question: str
    reason: str
    verdict: Verdict
    rule_id: str
    pivot: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How the three twins of a triple are told; drawn without regard to the verdict."""

    cast: Cast
    past: bool
    carrier: str
    closing: str
    opening: "_Opening"
    facts_first: bool
    seed: int

    def rng(self, purpose: str) -> random.Random:
        """A stream of draws that the twins share, so that they choose alike."""
        return random.Random(f"{self.seed}:{purpose}")


def write_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """The ``turn``-th triple of twins for ``frame``. Total: each verdict always gets a case."""
    if frame.modality == Modality.DEFINITION:
        return {
            verdict: Written(question, why, verdict, frame.rule.id, "definition")
            for verdict, (question, why) in definition_case(frame, rng).items()
        }
    pivot, fact = choose_pivot(frame, turn, rng)
    situations = triple(frame, pivot, fact, rng)
    manner = _manner(frame, pivot, situations, rng)
    return {
        verdict: Written(_write(frame, situation, manner), reason(frame, situation), verdict, frame.rule.id, str(pivot))
        for verdict, situation in situations.items()
    }


def plain_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """A triple from action and object alone, for a rule whose sentence could not be told."""
    rule = frame.rule
    action = rule.action.removeprefix("not ").strip() or "deal with"
    act = re.sub(r"[\"“”{}]", "", f"{action} {rule.object or rule.actor}").strip()
    plain = replace(frame, act=act, verbs=len(action.split()), facts=(), limit=None, deadline=None)
    if frame.modality == Modality.DEFINITION:
        plain = replace(plain, rule=replace(rule, modality=Modality.OBLIGATION))
    return write_triple(plain, turn, rng)


def _manner(frame: Frame, pivot: Pivot, situations: dict[Verdict, Situation], rng: random.Random) -> Manner:
    agent = agent_for(frame.actor, rng, first_person=rng.random() < 0.3)
    cast = draw(agent, rng)
    past = rng.random() < 0.62 or agent.subject in {"it", "they"}
    if pivot == Pivot.DEADLINE or frame.deadline is not None or any(fact.style == "order" for fact in frame.facts):
        past = True
    acts = {situation.act for situation in situations.values()}
    opening = _opening(frame, pivot, acts, agent, past, rng)
    if opening.hidden and not frame.noun and agent.animate and Act.DENIED not in acts:
        opening = _Opening(rng.choice(wording.PAIR_PAST if past and not agent.first else wording.OPENERS_PLANNED))
    if opening.hidden and frame.noun and Act.UNKNOWN in acts:
        opening = replace(opening, revealed=rng.random() < 0.95)
    closings: tuple[str, ...] = wording.CLOSING_PAST if past else wording.CLOSING_PLANNED
    if not past and Act.OMITTED in acts:
        closings = wording.CLOSING_OMITTED
    return Manner(
        cast, past, rng.choice(wording.CARRIERS_FIRST if agent.first else wording.CARRIERS), rng.choice(closings), opening,
        rng.random() < 0.25, rng.randrange(1 << 30),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Opening:
    """``hidden``: the open twin hides what the act was, not whether it was done. ``skipping``: the case is about
    somebody who wants to go without a duty, so that "done" and "left" change places. ``revealed``: each twin hides the
    act at first, and the two that are not open say afterwards what it was.
    """

    opener: Opener | None
    hidden: bool = False
    skipping: bool = False
    revealed: bool = False


def _opening(frame: Frame, pivot: Pivot, acts: set[Act], agent: Agent, past: bool, rng: random.Random) -> _Opening:
    """How the triple begins."""
    lets = wording.LET_PAST if past else wording.LET_PLANNED
    openers = wording.OPENERS_PAST if past else wording.OPENERS_PLANNED
    odds = rng.random()
    if not agent.animate:
        return _Opening(rng.choice(openers[-2:]) if past and odds < 0.3 else None, hidden=odds >= 0.3 or not past)
    if Act.DENIED in acts:
        return _Opening(rng.choice(lets), hidden=True)
    if Act.UNKNOWN not in acts:
        return _Opening(rng.choice(openers) if odds < 0.15 and pivot != Pivot.DEADLINE else None)
    if odds < 0.35:
        return _Opening(
            rng.choice(lets), hidden=True, skipping=frame.modality != Modality.PROHIBITION and not frame.negative
        )
    if odds < 0.6:
        return _Opening(rng.choice(openers) if rng.random() < 0.4 else None, hidden=True)
    if past and not agent.first and odds < 0.85:
        return _Opening(rng.choice(wording.PAIR_PAST))
    return _Opening(rng.choice(openers))


def _write(frame: Frame, situation: Situation, manner: Manner) -> str:
    """The question of one twin."""
    cast, agent = manner.cast, manner.cast.agent
    act = _act_sentence(frame, situation, manner)
    tails: list[str] = []
    sentences: list[str] = []
    for index, holds in sorted(situation.told.items()):
        fact = frame.facts[index]
        told = tell(fact, holds=holds, past=manner.past, cast=cast, rng=manner.rng(f"fact{index}"))
        if told:
            sentences.append(sentence(told))
        elif added := tail(fact, holds=holds, past=manner.past, cast=cast):
            tails.append(added)
    tails.sort(key=lambda text: text.startswith("but not"))
    lead = sentence(" ".join([act, *(f", {text}" if text.startswith("but not") else text for text in tails)]))
    sentences.insert(_place(sentences, manner), lead)
    if manner.opening.revealed and situation.pivot == Pivot.ACT:
        sentences.insert(sentences.index(lead) + 1, sentence(_reveal(frame, situation, manner)))
    extra = _remark(frame, situation, manner)
    if extra:
        sentences.append(sentence(fill(extra, agent, cast, manner.rng("amounts"))))
    return _carry(" ".join(filter(None, sentences)), manner)


_REVEALS = {
    True: ("It was {noun}", "It was about {noun}", "We are speaking of {noun}", "As it turned out, that was {noun}"),
    False: ("It is {noun}", "It is about {noun}", "We are speaking of {noun}", "To be clear, that is {noun}"),
}


_STILL_VAGUE = (
    "something for {unit}",
    "a request of {colleague}",
    "a matter for {unit}",
    "what {colleague} had in mind",
    "something small",
)


def _reveal(frame: Frame, situation: Situation, manner: Manner) -> str:
    """What the hidden act was about; in the open twin it stays vague, or is not said."""
    agent, rng = manner.cast.agent, manner.rng("reveal")
    noun = personalise(frame.noun, agent)
    template = rng.choice(_REVEALS[manner.past])
    if situation.act == Act.UNKNOWN:
        if rng.random() < 0.65:
            return ""
        noun = rng.choice(_STILL_VAGUE).format(unit=manner.cast.unit, colleague=manner.cast.colleague)
    return template.format(noun=noun)


def _place(sentences: list[str], manner: Manner) -> int:
    """Where the act stands: after the first fact now and then, if that fact can be understood before it."""
    if not sentences:
        return 0
    opening = sentences[0].split()[0].lower()
    if opening in {"she", "he", "they"} or re.search(
        r"\b(it|this|that|its|his|her|their)\b", sentences[0], re.IGNORECASE
    ):
        return 0
    return 1 if manner.facts_first else 0


_REMARKS = {True: 0.85, False: 0.65}
"""How often a case ends with a remark that does not matter, by whether it leaves the deciding fact out."""


def _remark(frame: Frame, situation: Situation, manner: Manner) -> str:
    """A remark that does not matter: nearly always where the deciding fact is left out, often elsewhere."""
    silent = situation.verdict == Verdict.NEEDS_INFORMATION
    rng = manner.rng("remark")
    pool: tuple[str, ...] = wording.DISTRACTORS_PAST if manner.past else wording.DISTRACTORS_PLANNED
    odds = rng.random()
    if silent and situation.pivot == Pivot.FACT and not manner.past and frame.facts[situation.fact].style == "approval":
        pending = _pending(frame.facts[situation.fact], manner)
        if pending:
            return pending
    if manner.cast.agent.first or manner.cast.agent.subject in {"it", "they"}:
        pool = tuple(text for text in pool if "{a}" not in text and "{p}" not in text)
    return rng.choice(pool) if odds < _REMARKS[silent] else ""


def _pending(fact: Fact, manner: Manner) -> str:
    """An approval that was asked for and not yet given, in some of the cases; silence in the others."""
    rng = manner.rng("pending")
    giver = personalise(fact.authority, manner.cast.agent)
    told = rng.choice(("the request is still with {X}", "{X} has not answered yet", "{X} was asked {day}", "", "", ""))
    return told.format(X=giver, day=manner.cast.day)


_LISTS = {
    (Act.DONE, True): wording.DONE_PAST,
    (Act.DONE, False): wording.DONE_PLANNED,
    (Act.OMITTED, True): wording.OMITTED_PAST,
    (Act.OMITTED, False): wording.OMITTED_PLANNED,
    (Act.DENIED, True): wording.STOPPED_PAST,
    (Act.DENIED, False): wording.STOPPED_PLANNED,
}


def _act_sentence(frame: Frame, situation: Situation, manner: Manner) -> str:
    """The sentence (no full stop) that tells what became of the act."""
    rng = manner.rng("act")
    frame, situation = _shown(frame, situation, manner)
    act = _quantified(frame, situation, manner)
    late = _deadline(frame, situation, manner)
    if late:
        template = rng.choice(("{A} {past}", "{A} {past}", "According to {colleague}, {A} {past}")) + late
    elif manner.opening.opener is not None:
        template = _resolved(manner.opening.opener, situation)
    else:
        template = rng.choice(_LISTS[situation.act, manner.past])
    return _tell(template, personalise(act, manner.cast.agent), frame.verbs, manner)


def _shown(frame: Frame, situation: Situation, manner: Manner) -> tuple[Frame, Situation]:
    """The act as this manner of telling shows it: hidden in the open twin, turned into its neglect when skipping."""
    opening = manner.opening
    told = situation.act
    if opening.hidden and (told == Act.UNKNOWN or (opening.revealed and situation.pivot == Pivot.ACT)):
        if told == Act.UNKNOWN:
            denied = manner.rng("hidden").random() < 0.45
            told = (Act.DENIED if frame.modality == Modality.PERMISSION else Act.OMITTED) if denied else Act.DONE
        act = hidden_act(frame, manner.rng("hide")).format(colleague=manner.cast.colleague)
        frame = replace(frame, act=act, limit=None)
    if opening.skipping:
        frame = replace(
            frame, act=f"go without {inflect_verb_phrase(frame.act, 'ing', frame.verbs)}", verbs=1, deadline=None
        )
        told = {Act.DONE: Act.OMITTED, Act.OMITTED: Act.DONE}.get(told, told)
    return frame, replace(situation, act=told)


def _resolved(opener: Opener, situation: Situation) -> str:
    """The opener with the end that fits: done, left or forbidden, or nothing."""
    ends = {Act.DONE: opener.done, Act.DENIED: opener.omitted, Act.OMITTED: opener.omitted}
    return opener.lead + ends.get(situation.act, opener.silent)


def _quantified(frame: Frame, situation: Situation, manner: Manner) -> str:
    if frame.limit is None:
        return frame.act
    if situation.limit is None:
        return vague_act(frame)
    return frame.limit.fill(holds=situation.limit, rng=manner.rng("limit"), text=frame.act)


def _deadline(frame: Frame, situation: Situation, manner: Manner) -> str:
    if frame.deadline is None or situation.act != Act.DONE or not manner.past:
        return ""
    if situation.deadline is None:
        return (
            ""
            if situation.pivot == Pivot.DEADLINE
            else f" {frame.deadline.amount(holds=True, rng=manner.rng('time'))} later"
        )
    return f" {frame.deadline.amount(holds=situation.deadline, rng=manner.rng('time'))} later"


def _tell(template: str, act: str, verbs: int, manner: Manner) -> str:
    agent = manner.cast.agent
    forms = {form: inflect_verb_phrase(act, form, verbs, plural=agent.plural_verb) for form in ("past", "pp", "ing")}
    return fill(template, agent, manner.cast, manner.rng("amounts"), base=act, **forms)


_TIMES = (
    "3 days",
    "2 weeks",
    "5 working days",
    "4 hours",
    "10 days",
    "6 weeks",
    "2 working days",
    "48 hours",
    "12 days",
)


def fill(template: str, agent: Agent, cast: Cast, rng: random.Random, **forms: str) -> str:
    """``template`` with the placeholders of :mod:`generation.wording` filled."""
    text = template.format(
        A=agent.intro, a=agent.short, s=agent.subject, S=agent.subject.capitalize(), p=agent.possessive,
        be=agent.be(past=False), be_past=agent.be(past=True), have=agent.have(), do=agent.do(),
        want=agent.verb("want", "wants"), intend=agent.verb("intend", "intends"), plan=agent.verb("plan", "plans"),
        day=cast.day, Day=cast.day, future=cast.future, place=cast.place, unit=cast.unit, teller=cast.teller,
        colleague=cast.colleague, company=cast.company, money=f"USD {rng.choice((12, 18, 35, 42, 60, 85, 110, 140))}",
        number=rng.choice((2, 3, 4, 6, 8, 11, 14)), o=agent.object,
        colleague_did=rng.choice(("did", "did not", "did so", "did not do so")), time=rng.choice(_TIMES), **forms,
    )  # fmt: skip
    text = re.sub(
        r"\b(to|about|expected|expects|that) I (to|should)\b",
        lambda m: f"{m[1]} {'me' if m[2] == 'to' else 'I'} {m[2]}",
        text,
    )
    return re.sub(r",\s*([.;,])", r"\1", text)


def _carry(case: str, manner: Manner) -> str:
    agent, cast = manner.cast.agent, manner.cast
    first = case.split(maxsplit=1)[0].rstrip(",.")
    proper = agent.intro[:1].isupper() and case.startswith(agent.intro)
    keep = proper or first in {"I", cast.colleague, cast.company} or first[1:2].isupper()
    lowered = case if keep else case[0].lower() + case[1:]
    text = manner.carrier.format(
        case=case, case_lower=lowered, closing=fill(manner.closing, agent, cast, manner.rng("closing")),
        place=cast.place, unit=cast.unit, teller=cast.teller,
    )  # fmt: skip
    text = re.sub(r"\s+([,.;?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[0].upper() + text[1:]
