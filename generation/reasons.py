"""The short reason that follows a verdict: the clause, and how the case stands to the point that decides.

The deed, the one who acts and the approval are named, so that no "this" and no "it is done" has to be guessed: "Clause 2.9
forbids supervising a family member, which Omar did.", "Clause 8.3 requires confirming receipt within 5 working days, but six days
is not within 5 working days." The point keeps the very words of the prompt's checks, so that a small model finds them there.
"""

import re
from dataclasses import dataclass

from generation.actor_told import YOU
from generation.cast import WE_AGENT, Agent, personalise
from generation.facts import Fact
from generation.facts_told import asks_for_writing
from generation.frames import Frame, deed
from generation.grammar import readings, verb_form
from generation.manners import Manner
from generation.points import said, said_of
from generation.prompting import DEONTIC, as_data
from generation.quantities import Quantity
from generation.situations import Act, Pivot, Situation
from kg.grounding import Outcome, ground
from kg.model import Modality, Verdict

_DUTIES = frozenset({Modality.OBLIGATION, Modality.RECOMMENDATION})
_NAMED, _NAMED_BESIDE = 18, 14
"""The most words of a deed that is named: where it alone decides, and beside a condition or an approval."""
_FACT = 14
"""About how many words of a condition are told."""


def cite(frame: Frame) -> str:
    """Clause 3.2, or the section's title where clauses bear no number."""
    if not frame.citation:
        return "The policy"
    return f"Clause {frame.citation}" if frame.citation[0].isdigit() else f"The rule in {frame.citation}"


def reason(frame: Frame, situation: Situation, question: str, manner: Manner) -> str:
    """One sentence: what the clause does, and how the case, told in ``manner``, stands to it."""
    told = _Reason(frame, situation, question, _told_of(manner.cast.agent), manner.past, manner.heard)
    return f"{cite(frame)} {told.text()}."


def _told_of(agent: Agent) -> Agent:
    """The one who acts as the answer speaks of them: the teller is "you"."""
    return YOU if agent.first or agent is WE_AGENT else agent


@dataclass(frozen=True, slots=True)
class _Reason:
    frame: Frame
    situation: Situation
    question: str
    agent: Agent
    past: bool
    heard: bool

    def text(self) -> str:
        """What stands behind the clause."""
        frame, situation = self.frame, self.situation
        if frame.turned is not None:
            return f"{frame.turned.says}{said_of(frame.turned.form, _outcome(self._held), self._who)}"
        if frame.reserved:
            return self._reserved()
        match situation.pivot:
            case Pivot.ACT:
                return self._of_act()
            case Pivot.FACT:
                return self._of_fact(frame.facts[situation.fact])
        quantity = frame.limit if situation.pivot == Pivot.LIMIT else frame.deadline
        return self._of_quantity(quantity) if quantity is not None else self._of_act()

    @property
    def _held(self) -> bool | None:
        return {Act.DONE: True, Act.OMITTED: False}.get(self.situation.act)

    @property
    def _who(self) -> str:
        return re.sub(r"^an? ", "the ", as_data(self.agent.short))  # a thing that the case has named: "the account"

    def _does(self, most: int) -> str:
        """What the clause does with the deed: "forbids supervising a family member"; "this" where the case quotes the rule."""
        frame = self.frame
        spared = re.fullmatch(r"go without (.+)", frame.act)
        told = f"going without {spared[1]}" if spared and not frame.quote else deed(frame, most)
        named = as_data(personalise(told, self.agent)) or "this"
        against = frame.negative and frame.modality in _DUTIES
        return f"{DEONTIC[frame.modality.value]} {'not ' if against else ''}{named}"

    def _of_act(self) -> str:
        frame = self.frame
        forbidden = frame.modality == Modality.PROHIBITION or frame.negative
        if frame.quote:
            form = "against" if forbidden else "kept"
        elif frame.negative:
            form = "breach"
        elif not deed(frame, _NAMED):
            form = "against" if forbidden else "duty"
        else:
            form = "state" if frame.act.startswith("be ") else "deed" if self.heard else "part"
        return f"{self._does(_NAMED)}{said_of(form, _outcome(self._held), self._who)}"

    def _done(self) -> str:
        """Whether the duty was done, where another point was told before."""
        held = self._held
        if held is None or not self.past or self.frame.modality not in _DUTIES or self.frame.only:
            return ""
        form = "kept" if self.frame.quote else "breach" if self.frame.negative else "duty"
        return said_of(form, _outcome(held), self._who)

    def _of_fact(self, fact: Fact) -> str:
        situation = self.situation
        held = situation.told.get(situation.fact)
        if fact.style == "approval" and fact.authority and self.frame.modality not in _DUTIES:
            return self._of_approval(fact, held)
        text = as_data(agreeing(_short(f"{fact.marker} {self._personal(fact)}".strip(), _FACT)))
        told = f"{self._does(_NAMED_BESIDE)} {text}{said_of('fact', _outcome(held))}"
        timed = fact.marker in _TIMES and held is not None
        binding = situation.verdict == Verdict.PROHIBITED or situation.act == Act.DONE
        return told if timed or held is None or not binding else f"{told}{self._done()}"

    def _personal(self, fact: Fact) -> str:
        """The words of a condition, those on the one who acts in that one's person."""
        return personalise(fact.body, self.agent)

    def _of_approval(self, fact: Fact, held: bool | None) -> str:
        """The approval by its giver: "allows this only with the approval of the line manager, which was given"."""
        if held is not None and fact.role == "condition" and fact.marker.startswith("without"):
            held = not held
        lead = "only with" if self.frame.modality == Modality.PERMISSION else "without"
        told = f"{self._does(_NAMED_BESIDE)} {lead} {self._approval(fact)}"
        return f"{told}{said_of('given' if self.past else 'has', _outcome(held))}"

    def _approval(self, fact: Fact) -> str:
        giver = personalise(re.sub(r"\b(?:the|an) employee's ", "their ", fact.authority), self.agent)
        return f"the {'written ' if asks_for_writing(fact) else ''}approval of {as_data(giver)}"

    def _of_quantity(self, quantity: Quantity) -> str:
        frame, situation = self.frame, self.situation
        deadline = situation.pivot == Pivot.DEADLINE
        held = situation.deadline if deadline else situation.limit
        tail = said(as_data(quantity.threshold.text), _outcome(held), as_data(self._words(quantity, held)))
        if frame.only and frame.facts:  # "a purchase above USD 500 requires the approval of the board"
            lacking = held is True and situation.verdict == Verdict.PROHIBITED
            approval = self._approval(frame.facts[0])
            told = f"requires {approval} for {as_data(deed(frame, _NAMED) or 'this')}{tail}"
            return f"{told}{said_of('besides', Outcome.NO)}" if lacking else told
        when = f" {as_data(quantity.phrase)}" if deadline and quantity.phrase not in frame.act else ""
        told = f"{self._does(_NAMED)}{when}{tail}"
        lacking = situation.act == Act.OMITTED and situation.verdict == Verdict.PROHIBITED
        return f"{told}{self._done()}" if lacking else told

    def _words(self, quantity: Quantity, held: bool | None) -> str:
        """The case's own words for the amount, where the prompt's checks find them and judge them alike."""
        checks = [
            check
            for held_against in ground(self.question, self.frame.rule.text, (self.frame.rule,))
            for check in held_against.checks
            if check.point == quantity.threshold.text
        ]
        agreed = bool(checks) and held is not None and checks[0].outcome == _outcome(held)
        return checks[0].words if agreed else ""

    def _reserved(self) -> str:
        """For "only the press office may speak": the office, and whether it was the one that acted where that is open."""
        frame = self.frame
        office = as_data(frame.actor or "those who may")
        told = f"allows only {office} to {as_data(frame.act)}"
        return (
            f"{told}, but whether {self._who} belongs there is not said" if self.situation.outsider == "open" else told
        )


def stated(modality: Modality, verdict: Verdict) -> str:
    """What a clause of ``modality`` does where it leads to ``verdict``: one that is held against a case and does not hit it
    "does not forbid this", one whose conditions are not met "does not allow this".
    """
    against = {(Modality.PERMISSION, Verdict.PROHIBITED): "allow", (Modality.PROHIBITION, Verdict.PERMITTED): "forbid"}
    base = against.get((modality, verdict))
    return f"does not {base} this" if base else f"{DEONTIC[modality.value]} this"


def agreeing(text: str) -> str:
    """``text`` with the second of two verbs in the number of the first: "they know of or suspect a breach"."""
    return _SECOND_VERB.sub(lambda found: found[1] + readings(found[2]).get("VERB", found[2]), text)


_SECOND_VERB = re.compile(r"\b((?:they|you) \w+(?: (?:of|about|for|with))? (?:or|and) )(\w+s)\b", re.IGNORECASE)


def positive(matter: str) -> str:
    """What is asked, without a negation that turns the question round: "whether the work competes with ours"."""
    text = re.sub(r"^(whether .+?) does not (\w+)", lambda found: f"{found[1]} {verb_form(found[2], 's3')}", matter)
    return re.sub(r"^(whether .+?) do not (\w+)", r"\1 \2", text)


_TIMES = frozenset({"before", "after", "until"})
"""What tells when a duty is to be done, rather than whether it is one."""


def _outcome(held: bool | None) -> Outcome:
    return Outcome.OPEN if held is None else Outcome.YES if held else Outcome.NO


_BREAK = re.compile(
    r",|^(?:that|which|who|whom|whose|so|because|where|when|while|if|unless|except|and|or|but|to|after|before)$"
)


def _short(text: str, words: int) -> str:
    """``text`` up to about ``words`` words, cut where a phrase ends rather than in the midst of one."""
    kept = text.split()
    if len(kept) <= words:
        return text
    ends = [
        place
        for place in range(6, min(len(kept), words + 5))
        if _BREAK.search(kept[place - 1] if "," in kept[place - 1] else kept[place])
    ]
    fitting = [place for place in ends if place <= words] or ends[:1]
    return _trimmed(" ".join(kept[: fitting[-1] if fitting else words + 3]).rstrip(" ,"))


def _trimmed(text: str) -> str:
    previous = ""
    while text != previous:
        previous = text
        text = re.sub(
            r"[ ,]+(?:and|or|of|to|the|a|an|in|on|at|for|with|that|by|from|about|as|who|which|any)$", "", text
        )
    return text
