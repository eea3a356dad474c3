"""One twin of a triple, told: what somebody did or wants to do, and the facts that are known of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation import wording
from generation.amounts import as_written
from generation.clauses import parse_clause
from generation.facts import Fact
from generation.facts_told import tail, tell, unsaid_approval
from generation.frames import is_person
from generation.grammar import sentence, singular
from generation.manners import Manner
from generation.situations import Act, Pivot, calls_for
from generation.twins_act import VAGUE, ActTeller
from kg.model import Modality, Verdict

_ASKED, _UNCLEAR = 0.85, 0.15
"""Shares of the open approvals of which something is said, and of these that are told as unclear."""


@dataclass(slots=True)
class Twin(ActTeller):
    """One twin in the making: the frame and the situation that it tells, in the triple's manner."""

    def question(self) -> str:
        """The text of the case."""
        parts = self._told()
        if self.frame.quote:
            parts = [self._quoted(), *parts]
        if self.manner.closing and not parts[-1].endswith("?"):
            parts.append(self.fill(self.manner.closing))
        text = " ".join(sentence(part) for part in parts if part)
        text = as_written(text, self.manner.rng("style"))
        text = re.sub(
            r"(?<=[.?!] )[a-z]", lambda found: found.group().upper(), text
        )  # "12 days later" may be words now
        return _carry(text, self.manner)

    def _quoted(self) -> str:
        if self.frame.topic:
            return f"There is a rule on {self.frame.quote}."
        return f"{self.manner.rng('quote').choice(_QUOTING)} “{self._whole()}”."

    def _whole(self) -> str:
        """The quotation with the sentence that it points back to: "such a gift" is one that was told of before."""
        lead = re.sub(r"[\"“”]", "", self.frame.lead)
        return f"{lead} {self.frame.quote}".strip()

    def _told(self) -> list[str]:
        """The sentences: conditions that set the scene, the act, what else is known."""
        before: list[str] = []
        after: list[str] = []
        tails: list[str] = []
        for index, holds in sorted(self.situation.told.items()):
            fact = self.frame.facts[index]
            if index != self.situation.fact and fact.marker in _LISTED and fact.style == "phrase":
                continue  # "except for orders below USD 2,000" needs no word where nothing speaks of such an order
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
        if added := self._open_time():
            tails.append(added)
        tails.sort(key=lambda text: text.startswith(_TURNING))
        lead = self.act(" ".join(before), tailed=bool(tails))
        ask = lead.startswith(("May ", "Can "))
        lead = " ".join([lead, *(f", {text}" if text.startswith(_TURNING) else text for text in tails)])
        lead = re.sub(r"\s+,", ",", lead) + ("?" if ask else "")
        if (
            after
            and self.manner.joined
            and not self.by_hearsay
            and not ask
            and ". " not in lead
            and len(lead.split()) < 22
        ):
            told = after.pop(0)
            lead = f"{lead}, and {told}"
        parts = [*before, *_named_once([lead, *self.outcome(), *after])]
        if opened := self._open():
            parts.append(opened)
        return parts

    def _open_time(self) -> str:
        """Where the order of events decides and is open: a time that does not matter."""
        situation, rng = self.situation, self.manner.rng("aside")
        if situation.verdict != Verdict.NEEDS_INFORMATION or situation.pivot != Pivot.FACT:
            return ""
        fact = self.frame.facts[situation.fact]
        if fact.style != "order" or re.search(r"\d", fact.body) or rng.random() >= VAGUE:
            return ""
        return rng.choice(wording.TIMES_BESIDE)

    def _fact(self, fact: Fact, *, holds: bool) -> str:
        index, cast = self.frame.facts.index(fact), self.manner.cast
        if self.manner.heard and not cast.agent.plural_verb:  # "she" could be either of the two
            cast = replace(cast, agent=replace(cast.agent, subject=cast.agent.short))
        return tell(fact, holds=holds, past=self.manner.past, cast=cast, rng=self.manner.rng(f"fact{index}"))

    def _sets_scene(self, fact: Fact, told: str) -> bool:
        """Whether the fact is told before the act: a condition that can be understood without it."""
        if self.by_hearsay and fact.style == "clause":
            return True
        if fact.style not in {"clause", "quantity"} or not (
            self.by_hearsay or (fact.role == "condition" and self.manner.facts_first) or calls_for(fact, self.frame.act)
        ):
            return False
        if self.frame.modality == Modality.PERMISSION:  # on what terms it was done, rather than what happened first
            return False
        words = re.findall(r"[a-z]+", told.lower())
        if words[:1] == ["the"]:  # of a thing that the act has to name first
            return False
        return not {"it", "its", "this", "that", "these", "them"} & set(words) and (
            self.by_hearsay or fact.marker in _SCENES
        )

    def _introducing(self, told: str) -> str:
        """The sentence with the one who acts named in full, where it is the first that speaks of that person."""
        agent = self.agent
        for name in (agent.subject, agent.short):
            if not self.introduced and told.startswith(f"{name} ") and not agent.first:
                self.introduced = True
                return f"{agent.intro} {told.removeprefix(name + ' ')}"
        return told

    def _open(self) -> str:
        """What is said of the deciding fact where it is open: mostly nothing. Of an approval, what its twins begin with."""
        situation, manner = self.situation, self.manner
        if situation.verdict != Verdict.NEEDS_INFORMATION or situation.pivot != Pivot.FACT:
            return ""
        fact, rng = self.frame.facts[situation.fact], manner.rng("open")
        if fact.style == "approval":
            if rng.random() >= _ASKED:
                return ""
            stream = manner.rng(f"fact{situation.fact}")
            return unsaid_approval(
                fact, past=manner.past, doubted=rng.random() < _UNCLEAR, cast=manner.cast, rng=stream
            )
        if not manner.openly:
            return ""
        if fact.style == "quantity":
            return rng.choice(
                ("I do not have the exact figure", "The figure is not in the papers", "Nobody has told me the figure")
            )
        told = tell(fact, holds=True, past=manner.past, cast=manner.cast, rng=rng)
        return self.fill(rng.choice(wording.OPEN_FACT).replace("{told}", told)) if told else ""


def _named_once(parts: Sequence[str]) -> list[str]:
    """``parts`` with a pronoun for a thing that the sentence before begins with as well: "It cost next to nothing"."""
    told: list[str] = []
    before = ""
    for part in parts:
        clause = parse_clause(re.split(r", and (?=the )", part)[-1])
        subject = clause.subject if clause else ""
        noun = subject.rsplit(maxsplit=1)[-1] if subject.startswith("the ") else ""
        again = bool(noun) and noun.islower() and subject == before and part.startswith(subject) and not is_person(noun)
        pronoun = "it" if singular(noun) is None else "they"
        told.append(f"{pronoun}{part[len(subject) :]}" if again else part)
        before = subject
    return told


_LISTED = frozenset({"except", "except for", "other than"})
_TURNING = ("but ", "although ")
_QUOTING = ("The policy says:", "Our policy says:", "One of our rules says:")
_SCENES = frozenset(
    {"if", "when", "where", "whenever", "in case", "provided that", "provided", "while", "on condition that"}
)


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
