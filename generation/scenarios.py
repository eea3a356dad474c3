"""Cases about a rule, written without a model: for each rule triples of minimal twins over the three verdicts.

The circumstances (who, where, when, how an amount is written) are drawn once per triple, before the verdict is looked
at; the twins then differ in the pivot's fact alone. Telling is plain: what somebody did or wants to do, and the fact
that decides; where it is left out, now and then a sentence says that it is open.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from generation import wording
from generation.amounts import as_written
from generation.cast import Agent, Cast, agent_for, draw, personalise
from generation.definitions import definition_case
from generation.facts import Fact, asked_only, remark_of_approval, tail, tell
from generation.frames import Frame, is_person, quote_of, substituted, vague_act
from generation.grammar import inflect_verb_phrase, sentence
from generation.leaving_out import left_out
from generation.reasons import reason
from generation.rewording import reworded
from generation.situations import Act, Pivot, Situation, choose_pivot, triple
from generation.spans import elapsed
from generation.substitutes import countable, kinds_of
from generation.telling import affirmed, one_of_list, without_going_without
from kg.model import Modality, Verdict

Kinds = Mapping[str, tuple[str, ...]]
NO_KINDS: Kinds = MappingProxyType({})

SUBSTITUTED, PREFIXED, CLOSED, REMARKED, OPENLY, CONTRASTED = 0.55, 0.1, 0.12, 0.6, 0.1, 0.1
HIDDEN, TALKED, TIMED, ASKED, REWORDED = 0.75, 0.55, 0.5, 0.9, 0.6
"""Shares of the cases with a kind in the place of a thing, a prefix, a closing question, a remark that does not matter;
of the open twins that say that the deciding fact is open, and of the triples that join a fact with "but"; of the acts
without a known object that say nothing about it; of the remarks that may speak of somebody's yes or no, or of time, and do; of the open approvals
that were at least asked for; and of the free triples that tell the act in other words than the rule's."""


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
    prefix: str
    closing: str
    remark: str
    facts_first: bool
    joined: bool
    openly: bool
    contrasted: bool
    """Whether "but" joins a fact to the act rather than "and": either verdict may follow it."""
    seed: int

    def rng(self, purpose: str) -> random.Random:
        """A stream of draws that the twins share, so that they choose alike."""
        return random.Random(f"{self.seed}:{purpose}")


def write_triple(
    frame: Frame, turn: int, rng: random.Random, known: Kinds = NO_KINDS, *, free: bool = False
) -> dict[Verdict, Written]:
    """The ``turn``-th triple of twins for ``frame``. Total: each verdict always gets a case.

    ``known`` gives the kinds that may stand for a thing (:func:`generation.substitutes.kinds`). Where ``free``, some
    triples tell the act in other words than the rule's, so that the ledger may not find the rule in them.
    """
    if frame.modality == Modality.DEFINITION:
        return {
            verdict: Written(question, why, verdict, frame.rule.id, "definition")
            for verdict, (question, why) in definition_case(frame, rng, known).items()
        }
    pivot, fact = choose_pivot(frame, turn, rng)
    situations = triple(frame, pivot, fact, rng)
    manner = _manner(frame, pivot, rng, known)
    dressed = dress(frame, known, rng)
    if free and not dressed.quote and dressed.limit is None:
        dressed = replace(dressed, act=one_of_list(dressed.act, dressed.verbs, rng))
    if free and not dressed.quote and rng.random() < REWORDED:
        act, verbs = reworded(dressed.act, dressed.verbs, rng)
        dressed = replace(dressed, act=act, verbs=verbs)
    told = {verdict: _Case(dressed, situation, manner).question() for verdict, situation in situations.items()}
    return {
        verdict: Written(
            told[verdict],
            reason(frame, situation, told[verdict]),
            verdict,
            frame.rule.id,
            f"{pivot}/{situation.act}" if not frame.quote else f"quote/{situation.act}",
        )
        for verdict, situation in situations.items()
    }


def quoted_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """A triple that quotes the rule in its own words, for a rule whose parts could not all be told."""
    modality = Modality.OBLIGATION if frame.modality == Modality.DEFINITION else frame.modality
    quoted = replace(
        frame, rule=replace(frame.rule, modality=modality), facts=(), limit=None, deadline=None, only=False, scope=False,
        quote=quote_of(frame.rule),
    )  # fmt: skip
    return write_triple(quoted, turn, rng)


def plain_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """A triple from action and object alone, for a rule whose sentence could not be told."""
    rule = frame.rule
    action = rule.action.removeprefix("not ").strip() or "deal with"
    act = re.sub(r"[\"“”{}]", "", f"{action} {rule.object or rule.actor}").strip()
    plain = replace(
        frame,
        act=act,
        verbs=len(action.split()),
        facts=(),
        limit=None,
        deadline=None,
        quote="",
        only=False,
        scope=False,
    )
    if frame.modality == Modality.DEFINITION:
        plain = replace(plain, rule=replace(rule, modality=Modality.OBLIGATION))
    return write_triple(plain, turn, rng)


def dress(frame: Frame, known: Kinds, rng: random.Random) -> Frame:
    """In some of the triples the frame with a kind in the place of what its act speaks of."""
    if not known or frame.quote or rng.random() >= SUBSTITUTED:
        return frame
    object_ = re.split(
        r" (?:that|which|who|whom|whose|in|by|into|through) ", " ".join(frame.act.split()[frame.verbs - 1 :])
    )[0]
    old, _, choices = kinds_of(object_, known)
    if not old:
        return frame
    new = rng.choice(choices)
    if f"{old} who " in frame.act and not is_person(new.rsplit(maxsplit=1)[-1]):
        return frame
    return substituted(frame, old, new, counted=countable(new))


def _manner(frame: Frame, pivot: Pivot, rng: random.Random, known: Kinds) -> Manner:
    first = rng.random() < 0.3
    actor = frame.actor
    roles = [
        role for role in known.get("employee", ()) if re.fullmatch(r"[a-z ]+", role) and "team" not in role.split()
    ]
    if roles and not first and re.fullmatch(r"(?:the )?employees?|", actor.lower()) and rng.random() < 0.2:
        actor = rng.choice(roles)
    agent = agent_for(actor, rng, first_person=first)
    past = rng.random() < 0.65
    if (
        frame.quote
        or pivot == Pivot.DEADLINE
        or frame.deadline is not None
        or any(fact.style == "order" for fact in frame.facts)
    ):
        past = True
    prefix = (
        rng.choice(wording.PREFIXES_FIRST if agent.first else wording.PREFIXES) if rng.random() < PREFIXED else "{case}"
    )
    closing = rng.choice(wording.CLOSING_PAST if past else wording.CLOSING_PLANNED) if rng.random() < CLOSED else ""
    remark = _remark(frame, agent, past=past, rng=rng) if rng.random() < REMARKED else ""
    if not _personal(agent) and "{a}" in closing:
        closing = "Is that in order?"
    return Manner(
        _timeless(draw(agent, rng), frame), past, prefix, closing, remark, rng.random() < 0.75, rng.random() < 0.4, rng.random() < OPENLY,
        rng.random() < CONTRASTED, rng.randrange(1 << 30),
    )  # fmt: skip


_TALKED = re.compile(
    r"approv|consent|permission|agree|confirm|authori[sz]|releas|ask|request|check|verif|review|writ|record|regist|log",
    re.IGNORECASE,
)
_TALK = "{talk}"


def _about_approval(frame: Frame, agent: Agent) -> bool:
    """Whether a case may speak of a colleague's yes or no: where the rule asks for none and has no limit beyond which it
    would.
    """
    return bool(
        not _TALKED.search(frame.rule.text) and not frame.rule.thresholds and (_personal(agent) or agent.animate)
    )


def _remark(frame: Frame, agent: Agent, *, past: bool, rng: random.Random) -> str:
    """A remark that does not matter; one about a yes or no only where the rule asks for nothing of the kind."""
    if _about_approval(frame, agent) and rng.random() < TALKED:
        return _TALK
    if past and not _timed(frame) and rng.random() < TIMED:
        return rng.choice(wording.REMARKS_TIME).replace("{span}", rng.choice(wording.SPANS))
    pool: tuple[str, ...] = wording.REMARKS if past else wording.REMARKS_PLANNED
    if past and _personal(agent):
        pool = (*pool, *wording.REMARKS_PERSON)
    return rng.choice(pool)


_ELAPSED = re.compile(r"yesterday|last (?:week|month)|ago$")


def _timeless(cast: Cast, frame: Frame) -> Cast:
    """``cast`` with a day that says nothing of how long something took, for a rule with a limit of time."""
    return replace(cast, day="on Tuesday") if _timed(frame) and _ELAPSED.search(cast.day) else cast


def _timed(frame: Frame) -> bool:
    return frame.deadline is not None or any(limit.unit.split()[-1] in _SPANS for limit in frame.rule.thresholds)


_SPANS = frozenset({"minute", "hour", "day", "week", "month", "year"})


def _personal(agent: Agent) -> bool:
    """Whether one person acts, who can be asked and has a manager."""
    return agent.subject in {"she", "he", "I"}


@dataclass(slots=True)
class _Case:
    """One twin in the making: the frame and the situation that it tells, in the triple's manner."""

    frame: Frame
    situation: Situation
    manner: Manner
    introduced: bool = field(default=False)

    @property
    def agent(self) -> Agent:
        return self.manner.cast.agent

    def question(self) -> str:
        """The text of the case."""
        if self.frame.quote:
            parts = [
                sentence(f"{self.manner.rng('quote').choice(_QUOTING)} {self.frame.quote}"),
                self._quoted(),
            ]
        else:
            parts = self._told()
        if self.frame.quote:
            pass
        elif self.manner.remark == _TALK:
            cast = self.manner.cast
            parts.append(
                remark_of_approval(cast, cast.teller.split()[0], past=self.manner.past, rng=self.manner.rng("talk"))
            )
        elif self.manner.remark:
            another = self.manner.cast.teller.split()[0]  # so that no name stands in the act and in a remark about it
            parts.append(self._fill(self.manner.remark.replace("{colleague}", another)))
        if self.manner.closing and not parts[-1].endswith("?"):
            denied = self.situation.act == Act.DENIED
            parts.append(
                self._fill(self.manner.rng("closing").choice(wording.CLOSING_DENIED) if denied else self.manner.closing)
            )
        text = " ".join(sentence(part) for part in parts if part)
        text = as_written(text, self.manner.rng("style"))
        return _carry(text, self.manner)

    def _quoted(self) -> str:
        permission = self.frame.modality == Modality.PERMISSION
        pools = {
            Verdict.PERMITTED: wording.BROKEN_PAST if _forbids(self.frame) else wording.KEPT_PAST,
            Verdict.PROHIBITED: wording.FORBIDDEN_PAST
            if permission
            else wording.KEPT_PAST
            if _forbids(self.frame)
            else wording.BROKEN_PAST,
            Verdict.NEEDS_INFORMATION: wording.UNSURE_PAST,
        }
        agent = self.agent if _personal(self.agent) and not self.agent.first else None
        pool = [text for text in pools[self.situation.verdict] if agent or not re.search(r"\{[Aspo]\}|\{P\}", text)]
        return self._fill(self.manner.rng("quoted").choice(pool or ["In {unit} this was open"]))

    def _told(self) -> list[str]:
        """The sentences: conditions that set the scene, the act, what else is known."""
        before, after, tails = [], [], []
        for index, holds in sorted(self.situation.told.items()):
            fact = self.frame.facts[index]
            told = self._fact(fact, holds=holds)
            if told and self._sets_scene(fact, told):
                before.append(self._introducing(told))
            elif told:
                after.append(told)
            elif fact.style == "order" and (
                self.situation.act == Act.OMITTED or self.situation.pivot == Pivot.DEADLINE
            ):
                continue
            elif added := tail(fact, holds=holds, past=self.manner.past, cast=self.manner.cast):
                tails.append(added)
        tails.sort(key=lambda text: text.startswith(_TURNING))
        lead = self._act(" ".join(before), tailed=bool(tails))
        ask = lead.startswith(("May ", "Can "))
        lead = " ".join([lead, *(f", {text}" if text.startswith(_TURNING) else text for text in tails)])
        lead = re.sub(r"\s+,", ",", lead) + ("?" if ask else "")
        if after and self.manner.joined and not ask and ". " not in lead and len(lead.split()) < 22:
            told = after.pop(0)
            lead = f"{lead}, {'but' if self.manner.contrasted else 'and'} {told}"
        parts = [*before, lead, *after]
        if opened := self._open():
            parts.append(opened)
        return parts

    def _fact(self, fact: Fact, *, holds: bool) -> str:
        index = self.frame.facts.index(fact)
        return tell(
            fact, holds=holds, past=self.manner.past, cast=self.manner.cast, rng=self.manner.rng(f"fact{index}")
        )

    def _sets_scene(self, fact: Fact, told: str) -> bool:
        """Whether the fact is told before the act: a condition that can be understood without it."""
        if fact.role != "condition" or fact.style not in {"clause", "quantity"} or not self.manner.facts_first:
            return False
        words = re.findall(r"[a-z]+", told.lower())
        return not {"it", "its", "this", "that", "these", "them"} & set(words) and fact.marker in _SCENES

    def _introducing(self, told: str) -> str:
        """The sentence with the one who acts named in full, where it is the first that speaks of that person."""
        agent = self.agent
        if not self.introduced and told.startswith(f"{agent.subject} ") and not agent.first:
            self.introduced = True
            return f"{agent.intro} {told.removeprefix(agent.subject + ' ')}"
        return told

    def _act(self, scene: str, *, tailed: bool) -> str:
        """The sentence (no full stop) that tells what became of the act; where ``tailed``, more of the act follows it."""
        frame, situation, manner = self.frame, self.situation, self.manner
        act = frame.act
        if frame.limit is not None:
            act = vague_act(frame)
            if situation.limit is not None:
                act = frame.limit.fill(holds=situation.limit, rng=manner.rng("limit"), text=frame.act)
        if frame.noun and re.match(r"an? ", frame.noun) and frame.noun in scene and "{" not in act:
            act = act.replace(frame.noun, "it", 1)
        if situation.act in {Act.DONE, Act.UNKNOWN} and frame.rule.object.lower() not in {
            "anyone",
            "anybody",
            "anything",
        }:
            act = affirmed(act)
        act = personalise(act, self.agent)
        template = self._template(tailed=tailed)
        return self._fill(template, act=act) + self._later()

    def _later(self) -> str:
        frame, situation, manner = self.frame, self.situation, self.manner
        if frame.deadline is None or situation.act != Act.DONE or not manner.past:
            return ""
        if situation.pivot == Pivot.DEADLINE and situation.deadline is None:
            return manner.rng("open time").choice(("", "", f" {manner.cast.day}", " later"))
        amount = elapsed(frame.deadline, holds=situation.deadline is not False, rng=manner.rng("time"))
        after = re.search(r" (?:of|after) ((?:\w+ing|the|a|an) .*)$", frame.deadline.phrase)
        if after and len(after.group(1).split()) <= 6:
            return f" {amount} after {personalise(after.group(1), self.agent)}"
        return f" {amount} later"

    def _template(self, *, tailed: bool = False) -> str:
        """The phrase for what became of the act; the twins draw from the same streams."""
        frame, manner, agent = self.frame, self.manner, self.agent
        if self.situation.act == Act.UNKNOWN:
            return self._unknown(tailed=tailed)
        timed = bool(self._later())
        pool = list(_pool(frame, self.situation.act, manner.past, agent))
        if (
            manner.past
            and self.situation.act == Act.OMITTED
            and _forbids(frame)
            and _offered(frame)
            and _personal(agent)
        ):
            pool += [*wording.DECLINED_OFFER_PAST, *wording.DECLINED_OFFER_PAST]
        if timed:
            pool = [text for text in pool if text in {"{A} {past}", "{A} {have} {pp}", "{A} tells me that {s} {past}"}]
            pool = [text for text in pool if "{have}" not in text] or pool
        if tailed:
            pool = [text for text in pool if _ENDS_IN_ACT.search(text)] or pool
        if _LASTING.search(frame.act):
            pool = [text for text in pool if not re.search(r"\{(?:day|Day|future)\}", text)] or pool
        return manner.rng("act").choice(_fitting(pool, agent))

    def _unknown(self, *, tailed: bool) -> str:
        manner, agent = self.manner, self.agent
        thin = left_out(self.frame)
        plain = not re.search(r"\bsome(?:thing|body)\b", thin)
        if thin and manner.rng("hidden").random() < (HIDDEN if plain else HIDDEN / 8):
            pool = _fitting(list(_pool(self.frame, Act.DONE, manner.past, agent)), agent)
            pool = [text for text in pool if _ENDS_IN_ACT.search(text)] if tailed else pool
            return str(_ACT_FORM.sub(r"{h\1}", manner.rng("act").choice(pool)))
        if not _personal(agent) and manner.past:
            pool = list(wording.UNKNOWN_PAST_THING)
        elif manner.past:
            pool = list(wording.UNKNOWN_PAST_FIRST if agent.first else wording.UNKNOWN_PAST_THIRD)
        else:
            pool = list(wording.UNKNOWN_PLANNED_ACT)
        if tailed:
            pool = [text for text in pool if _ENDS_IN_ACT.search(text)] or pool
        return manner.rng("unknown").choice(_fitting(pool, agent))

    def _open(self) -> str:
        """What is said of the deciding fact where it is open: mostly nothing. Of an approval, what its twins begin with."""
        situation, manner = self.situation, self.manner
        if situation.verdict != Verdict.NEEDS_INFORMATION or situation.pivot != Pivot.FACT:
            return ""
        fact, rng = self.frame.facts[situation.fact], manner.rng("open")
        if fact.style == "approval":
            told = asked_only(fact, past=manner.past, cast=manner.cast, rng=manner.rng(f"fact{situation.fact}"))
            return told if told and rng.random() < ASKED else ""
        if not manner.openly:
            return ""
        if fact.style == "quantity":
            return rng.choice(
                ("I do not have the exact figure", "The figure is not in the papers", "Nobody has told me the figure")
            )
        told = tell(fact, holds=True, past=manner.past, cast=manner.cast, rng=rng)
        return self._fill(rng.choice(wording.OPEN_FACT).replace("{told}", told)) if told else ""

    def _fill(self, template: str, act: str = "") -> str:
        """``template`` with its placeholders filled."""
        agent, cast, verbs = self.agent, self.manner.cast, self.frame.verbs
        name = agent.subject if self.introduced else agent.intro
        if self.introduced and re.match(r"(?:\{Day\}|I had|The records|\{colleague\}|Nobody|There|One )", template):
            name = agent.short
        hidden = personalise(left_out(self.frame), agent) if "{h" in template else ""
        forms = {
            form: inflect_verb_phrase(act, form, verbs, plural=agent.plural_verb) if act else ""
            for form in ("past", "pp", "ing")
        }
        text = template.format(
            A=name, a=agent.short, s=agent.subject, S=agent.subject[:1].upper() + agent.subject[1:], o=agent.object,
            p=agent.possessive, P=agent.possessive.capitalize(), be=agent.be(past=False), be_past=agent.be(past=True),
            have=agent.have(), do=agent.do(), want=agent.verb("want", "wants"), plan=agent.verb("plan", "plans"),
            see=agent.verb("see", "sees"), A_object=_object(agent, name), base=act, rest=" ".join(act.split()[verbs:]),
            hpast=inflect_verb_phrase(hidden, "past") if hidden else "", hpp=inflect_verb_phrase(hidden, "pp") if hidden else "",
            do_that=agent.verb("do", "does"), hbase=hidden, day=cast.day, Day=cast.day, future=cast.future, place=cast.place, unit=cast.unit, teller=cast.teller,
            colleague=cast.colleague, number=self.manner.rng("number").choice((2, 3, 4, 6, 8, 11, 14)), **forms,
        )  # fmt: skip
        return without_going_without(re.sub(r",\s*([.;,])", r"\1", text))


_ACT_FORM = re.compile(r"\{(past|pp|base)\}")
_LASTING = re.compile(r"\bevery \w+|\b(?:times|once|twice) (?:a|every|per)\b|\bfor \d+ (?:month|year)s|\ba year\b")
"""Acts of a whole period, which are not done on one day."""
_TURNING = ("but ", "although ")
_ENDS_IN_ACT = re.compile(r"\{(?:past|pp|base)\}$")
_QUOTING = ("The rule says:", "The policy says:", "There is this rule:", "We have a rule that reads:")
_SCENES = frozenset(
    {"if", "when", "where", "whenever", "in case", "provided that", "provided", "while", "on condition that"}
)
_OFFERS = frozenset({"accept", "take", "receive"})


def _object(agent: Agent, name: str) -> str:
    return agent.object if name == agent.subject or agent.first else name


def _forbids(frame: Frame) -> bool:
    return frame.modality == Modality.PROHIBITION or frame.negative


def _offered(frame: Frame) -> bool:
    return frame.act.split()[0] in _OFFERS and frame.verbs == 1 and bool(frame.noun) and frame.noun != "part"


def _pool(frame: Frame, act: Act, past: bool, agent: Agent) -> tuple[str, ...]:
    third = not agent.first
    if act == Act.DONE:
        if past:
            return (*wording.DONE_PAST, *(wording.DONE_PAST_THIRD if third else ()))
        return (*wording.DONE_PLANNED, *(wording.DONE_PLANNED_THIRD if third else wording.DONE_PLANNED_FIRST))
    if act == Act.DENIED:
        if not _personal(agent):
            return wording.DENIED_THING_PAST if past else wording.DENIED_THING_PLANNED
        return wording.DENIED_PAST if past else wording.DENIED_PLANNED
    stopped: tuple[str, ...] = ()
    if _forbids(frame) and _personal(agent):
        stopped = wording.STOPPED_PAST if past else wording.STOPPED_PLANNED
    if past:
        return (*wording.OMITTED_PAST, *(wording.OMITTED_PAST_THIRD if third else ()), *stopped)
    return (*wording.OMITTED_PLANNED, *stopped)


_ANIMATE = re.compile(
    r"\{p\}|\{P\}|asked|asks|tells|told|refuse|said no|remember|been asked|plan\}|confirmed it|suggested|was? asked|be_past\} asked|be_past\} pressed|forgot|mentions|question|thinking|want|would|rather|chose|decided|saw no need|see\} no need|said no|say no"
)


def _fitting(pool: list[str], agent: Agent) -> list[str]:
    """The phrases that suit the one who acts: a thing or an office has no manager and remembers nothing."""
    if _personal(agent):
        return pool
    if agent.animate and agent.subject == "they":
        fitting = [text for text in pool if not re.search(r"tells|asks|remember|\{p\} manager|\{P\} manager", text)]
    else:
        fitting = [text for text in pool if not _ANIMATE.search(text)]
    return fitting or pool


def _carry(case: str, manner: Manner) -> str:
    agent, cast = manner.cast.agent, manner.cast
    first = case.split(maxsplit=1)[0].rstrip(",.")
    proper = agent.intro[:1].isupper() and case.startswith(agent.intro)
    keep = (
        proper or first in {"I", cast.colleague, "Priya"} or first[1:2].isupper() or first == cast.colleague.split()[0]
    )
    lowered = case if keep else case[0].lower() + case[1:]
    text = manner.prefix.format(case=case, case_lower=lowered, place=cast.place, unit=cast.unit, teller=cast.teller)
    text = re.sub(r"\s+([,.;?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[0].upper() + text[1:]
