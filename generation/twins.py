"""One twin of a triple, told: what somebody did or wants to do, and the facts that are known of it."""

import re
from dataclasses import dataclass, field, replace

from generation import wording
from generation.act_phrases import fitting_phrases, forbids, offered, phrases_for
from generation.amounts import as_written
from generation.cast import Agent, agent_for, is_one_person, personalise
from generation.facts import Fact
from generation.facts_told import compared_approval, doubted, remark_of_approval, tail, tell, unsaid_approval
from generation.frames import Frame, people, vague_act
from generation.grammar import inflect_verb_phrase, sentence
from generation.leaving_out import left_out, tells_apart
from generation.manners import TALK, Manner
from generation.situations import Act, Pivot, Situation
from generation.pairs import Pair, pair
from generation.spans import elapsed, sure, vague
from generation.telling import affirmed, without_going_without
from kg.model import Modality, Verdict

_ASKED, _UNCLEAR, _VAGUE, _COMPARED, _DOUBTED, _SURE = 0.85, 0.15, 0.9, 0.6, 0.5, 0.3
"""Shares of the open approvals of which something is said, of these that are told as unclear, and of the open times that
are told at all, if vaguely; of the approvals that are told beside those of
others; and of the statements that are told as having been in doubt; and of the times told without a number."""


@dataclass(slots=True)
class Twin:
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
        parts = self._told()
        if self.frame.quote:
            parts = [sentence(f"{self.manner.rng('quote').choice(_QUOTING)} {self.frame.quote}"), *parts]
        elif self.manner.remark == TALK:
            cast = self.manner.cast
            parts.append(
                remark_of_approval(cast, cast.teller.split()[0], past=self.manner.past, rng=self.manner.rng("talk"))
            )
        elif self.manner.remark:
            another = self.manner.cast.teller.split()[0]  # so that no name stands in the act and in a remark about it
            parts.append(self.fill(self.manner.remark.replace("{colleague}", another)))
        if self.manner.closing and not parts[-1].endswith("?"):
            parts.append(self.fill("Is that in order?" if self.situation.warned else self.manner.closing))
        text = " ".join(sentence(part) for part in parts if part)
        text = as_written(text, self.manner.rng("style"))
        return _carry(text, self.manner)

    def _told(self) -> list[str]:
        """The sentences: conditions that set the scene, the act, what else is known."""
        before, after, tails = [], [], []
        for index, holds in sorted(self.situation.told.items()):
            fact = self.frame.facts[index]
            if index == self.situation.fact and self._compares:
                continue
            if index != self.situation.fact and fact.marker in _LISTED and fact.style == "phrase":
                continue  # "except for orders below USD 2,000" needs no word where nothing speaks of such an order
            told = self._fact(fact, holds=holds)
            if told and index == self.situation.fact and self._doubts:
                after.append(self._doubted(holds))
            elif told and self._sets_scene(fact, told):
                before.append(self._introducing(told))
            elif told:
                after.append(told)
            elif fact.style == "order" and (
                self.situation.act == Act.OMITTED or self.situation.pivot == Pivot.DEADLINE
            ):
                continue
            elif added := tail(fact, holds=holds, past=self.manner.past, cast=self.manner.cast):
                tails.append(added)
        if added := self._open_time():
            tails.append(added)
        tails.sort(key=lambda text: text.startswith(_TURNING))
        lead = self._act(" ".join(before), tailed=bool(tails))
        ask = lead.startswith(("May ", "Can "))
        lead = " ".join([lead, *(f", {text}" if text.startswith(_TURNING) else text for text in tails)])
        lead = re.sub(r"\s+,", ",", lead) + ("?" if ask else "")
        if after and self.manner.joined and not ask and ". " not in lead and len(lead.split()) < 22:
            told = after.pop(0)
            turned = self.manner.contrasted and ", but" not in told
            lead = f"{lead}, {'but' if turned else 'and'} {told}"
        outcome, asked = self._paired()
        parts = [*before, lead, *outcome, *after, *self._compared(), *self._aside(), *asked]
        if opened := self._open():
            parts.append(opened)
        return parts

    def _open_time(self) -> str:
        """Where the order of events decides and is open: a time that does not matter."""
        situation, rng = self.situation, self.manner.rng("aside")
        if situation.verdict != Verdict.NEEDS_INFORMATION or situation.pivot != Pivot.FACT:
            return ""
        fact = self.frame.facts[situation.fact]
        if fact.style != "order" or re.search(r"\d", fact.body) or rng.random() >= _VAGUE:
            return ""
        return rng.choice(wording.TIMES_BESIDE)

    @property
    def _compares(self) -> bool:
        """Whether the deciding approval is told beside those that others asked for."""
        situation, manner = self.situation, self.manner
        if situation.pivot != Pivot.FACT or self.frame.facts[situation.fact].style != "approval":
            return False
        named = is_one_person(self.agent) and not self.agent.first and self.agent.short[:1].isupper()
        return named and not manner.paired and manner.rng("compared").random() < _COMPARED

    def _compared(self) -> list[str]:
        if not self._compares:
            return []
        situation, manner = self.situation, self.manner
        fact, holds = self.frame.facts[situation.fact], situation.told.get(situation.fact)
        return compared_approval(fact, holds=holds, past=manner.past, cast=manner.cast, rng=manner.rng("others"))

    @property
    def _doubts(self) -> bool:
        """Whether the deciding fact, a statement, is told as having been in doubt; and of the times told without a number."""
        situation, manner = self.situation, self.manner
        if situation.pivot != Pivot.FACT or self.frame.facts[situation.fact].style != "clause" or manner.paired:
            return False
        return manner.rng("doubt").random() < _DOUBTED

    def _doubted(self, holds: bool | None) -> str:
        fact, manner = self.frame.facts[self.situation.fact], self.manner
        return doubted(fact, holds=holds, past=manner.past, cast=manner.cast, rng=manner.rng("doubted"))

    @property
    def _in_pair(self) -> bool:
        """Whether a pair tells the act; beside a bare permission it tells the act of the other rule."""
        return self.manner.paired and not self.situation.beside_told

    def _pair(self, act: Act, frame: Frame | None = None) -> Pair:
        return pair(act, self.manner.rng("pair"), self.agent, against=forbids(frame or self.frame))

    def _paired(self) -> tuple[list[str], list[str]]:
        """Who of the pair did it, and whom the case asks about; nothing where no pair tells the act."""
        if not self._in_pair:
            return [], []
        told = self._pair(self.situation.act)
        return [self.fill(told.outcome)], [self.fill(told.asked)] if told.asked else []

    def _aside(self) -> list[str]:
        """What is told beside a bare permission: a rule of its clause kept or broken, or what a warning was for."""
        situation, manner, other = self.situation, self.manner, self.frame.beside
        if other is not None and situation.beside_told:
            return self._beside(other)
        if not situation.warned:
            return []
        reasons = wording.WARNED_FOR_IT if situation.warned == "it" else wording.WARNED_FOR_OTHER
        reason_told = manner.rng("order").choice(reasons)
        told = manner.rng("warned").choice(wording.WARNED if manner.past else wording.WARNED_PLANNED)
        return [self.fill(f"{told} {reason_told}".replace("{slip}", manner.rng("slip").choice(wording.SLIPS)))]

    def _beside(self, other: Frame) -> list[str]:
        situation, manner, teller = self.situation, self.manner, self
        if people(other.rule.actor) != people(self.frame.rule.actor):  # another acts
            agent = agent_for(other.actor, manner.rng("beside"), first_person=False)
            teller = Twin(self.frame, situation, replace(manner, cast=replace(manner.cast, agent=agent)))
        else:
            teller.introduced = True
        done = situation.beside != forbids(other)
        act = personalise(affirmed(other.act) if done or manner.paired else other.act, teller.agent)
        if not manner.paired:
            pool = wording.BESIDE_DONE if done else wording.BESIDE_LEFT
            template = pool[0 if manner.past else 1]
            return [
                teller.fill(template if teller is self else template.replace("{S}", "{A}"), act=act, verbs=other.verbs)
            ]
        told = teller._pair(Act.UNKNOWN if situation.beside_open else Act.DONE if done else Act.OMITTED, other)
        lead = told.lead.replace("{A}", "{a}") if teller is self else told.lead
        return [teller.fill(text, act=act, verbs=other.verbs) for text in (lead, told.outcome, told.asked) if text]

    def _fact(self, fact: Fact, *, holds: bool) -> str:
        index, cast = self.frame.facts.index(fact), self.manner.cast
        if self.manner.paired and not cast.agent.plural_verb:  # "she" could be either of the two
            cast = replace(cast, agent=replace(cast.agent, subject=cast.agent.short))
        return tell(fact, holds=holds, past=self.manner.past, cast=cast, rng=self.manner.rng(f"fact{index}"))

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
        if (
            situation.act in {Act.DONE, Act.UNKNOWN, Act.DENIED} or self._in_pair
        ) and frame.rule.object.lower() not in {
            "anyone",
            "anybody",
            "anything",
        }:
            act = affirmed(act)
        act = personalise(act, self.agent)
        if self._in_pair:
            return self.fill(self._pair(situation.act).lead, act=act)
        template = self._template(tailed=tailed)
        return self.fill(template, act=act) + self._later()

    def _later(self) -> str:
        frame, situation, manner = self.frame, self.situation, self.manner
        if frame.deadline is None or situation.act != Act.DONE or not manner.past:
            return ""
        if situation.pivot == Pivot.DEADLINE and situation.deadline is None:
            rng = manner.rng("open time")
            return (
                f" {vague(frame.deadline, rng)}" if rng.random() < _VAGUE else rng.choice(("", f" {manner.cast.day}"))
            )
        if situation.pivot == Pivot.DEADLINE and manner.rng("sure").random() < _SURE:
            loose = sure(frame.deadline, holds=situation.deadline is not False, rng=manner.rng("span"))
            if loose:
                return f" {loose}"
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
        pool = list(phrases_for(frame, self.situation.act, manner.past, agent))
        if (
            manner.past
            and self.situation.act == Act.OMITTED
            and forbids(frame)
            and offered(frame)
            and is_one_person(agent)
        ):
            pool += [*wording.DECLINED_OFFER_PAST, *wording.DECLINED_OFFER_PAST]
        if timed:
            pool = [text for text in pool if text in {"{A} {past}", "{A} {have} {pp}", "{A} tells me that {s} {past}"}]
            pool = [text for text in pool if "{have}" not in text] or pool
        if tailed:
            pool = [text for text in pool if _ENDS_IN_ACT.search(text)] or pool
        ordered = self.situation.pivot == Pivot.FACT and frame.facts[self.situation.fact].style == "order"
        if _LASTING.search(frame.act) or ordered:
            pool = [text for text in pool if not re.search(r"\{(?:day|Day|future)\}", text)] or pool
        return manner.rng("act").choice(fitting_phrases(pool, agent))

    def _unknown(self, *, tailed: bool) -> str:
        """The act in part: done, or left undone where only that may be a breach."""
        frame, manner, agent = self.frame, self.manner, self.agent
        undone = not forbids(frame) and frame.modality != Modality.PERMISSION and tells_apart(frame)
        pool = fitting_phrases(list(phrases_for(frame, Act.OMITTED if undone else Act.DONE, manner.past, agent)), agent)
        pool = [text for text in pool if _ENDS_IN_ACT.search(text)] if tailed else pool
        return str(_ACT_FORM.sub(r"{h\1}", manner.rng("act").choice(pool)))

    def _open(self) -> str:
        """What is said of the deciding fact where it is open: mostly nothing. Of an approval, what its twins begin with."""
        situation, manner = self.situation, self.manner
        if situation.verdict != Verdict.NEEDS_INFORMATION or situation.pivot != Pivot.FACT:
            return ""
        fact, rng = self.frame.facts[situation.fact], manner.rng("open")
        if fact.style == "approval":
            if self._compares or rng.random() >= _ASKED:
                return ""
            stream = manner.rng(f"fact{situation.fact}")
            return unsaid_approval(
                fact, past=manner.past, doubted=rng.random() < _UNCLEAR, cast=manner.cast, rng=stream
            )
        if self._doubts:
            return self._doubted(None)
        if not manner.openly:
            return ""
        if fact.style == "quantity":
            return rng.choice(
                ("I do not have the exact figure", "The figure is not in the papers", "Nobody has told me the figure")
            )
        told = tell(fact, holds=True, past=manner.past, cast=manner.cast, rng=rng)
        return self.fill(rng.choice(wording.OPEN_FACT).replace("{told}", told)) if told else ""

    def fill(self, template: str, act: str = "", verbs: int = 0) -> str:
        """``template`` with its placeholders filled."""
        agent, cast, verbs = self.agent, self.manner.cast, verbs or self.frame.verbs
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
            have=agent.have(), do=agent.do(), witness=cast.teller.split()[0], want=agent.verb("want", "wants"), plan=agent.verb("plan", "plans"),
            see=agent.verb("see", "sees"), A_object=_object(agent, name), base=act, rest=" ".join(act.split()[verbs:]),
            hpast=inflect_verb_phrase(hidden, "past") if hidden else "", hpp=inflect_verb_phrase(hidden, "pp") if hidden else "",
            hbase=hidden, day=cast.day, Day=cast.day, future=cast.future, place=cast.place, unit=cast.unit, teller=cast.teller,
            colleague=cast.colleague, **forms,
        )  # fmt: skip
        return without_going_without(re.sub(r",\s*([.;,])", r"\1", text))


_ACT_FORM = re.compile(r"\{(past|pp|base)\}")
_LISTED = frozenset({"except", "except for", "other than"})
_LASTING = re.compile(r"\bevery \w+|\b(?:times|once|twice) (?:a|every|per)\b|\bfor \d+ (?:month|year)s|\ba year\b")
"""Acts of a whole period, which are not done on one day."""
_TURNING = ("but ", "although ")
_ENDS_IN_ACT = re.compile(r"\{(?:past|pp|base)\}$")
_QUOTING = ("The rule says:", "The policy says:", "There is this rule:", "We have a rule that reads:")
_SCENES = frozenset(
    {"if", "when", "where", "whenever", "in case", "provided that", "provided", "while", "on condition that"}
)


def _object(agent: Agent, name: str) -> str:
    """What stands after a verb for the one whom ``name`` names in the place of the subject."""
    return agent.object if name == agent.subject or agent.first else name


def _carry(case: str, manner: Manner) -> str:
    """``case`` in the prefix of its manner, its first word in lower case there unless it is a name."""
    agent, cast = manner.cast.agent, manner.cast
    first = case.split(maxsplit=1)[0].rstrip(",.")
    proper = agent.intro[:1].isupper() and case.startswith(agent.intro)
    keep = (
        proper
        or first in {"I", cast.colleague, cast.teller.split()[0]}
        or first[1:2].isupper()
        or first == cast.colleague.split()[0]
    )
    lowered = case if keep else case[0].lower() + case[1:]
    text = manner.prefix.format(case=case, case_lower=lowered, place=cast.place, unit=cast.unit, teller=cast.teller)
    text = re.sub(r"\s+([,.;?])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[0].upper() + text[1:]
