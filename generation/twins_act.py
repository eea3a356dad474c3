"""The act in one twin of a triple: what somebody did, left undone or wants to do, as a sentence."""

import re
from dataclasses import dataclass, field

from generation.act_phrases import fitting_phrases, forbids, phrases_for
from generation.cast import Agent, is_one_person, person, personalise, pronoun_of
from generation.frames import Frame, vague_act
from generation.grammar import inflect_verb_phrase
from generation.hearsay import Hearsay, hearsay
from generation.leaving_out import left_out, tells_apart
from generation.manners import Manner
from generation.situations import Act, Pivot, Situation
from generation.spans import elapsed, sure, vague
from generation.telling import affirmed, without_going_without
from kg.model import Modality

VAGUE = 0.55
"""Share of the open times that are told at all, if vaguely."""
_SURE = 0.25
"""Share of the times that are told without a number and yet decide."""


@dataclass(slots=True)
class ActTeller:
    """The frame and the situation of one twin, in the triple's manner, and who was named already."""

    frame: Frame
    situation: Situation
    manner: Manner
    introduced: bool = field(default=False)

    @property
    def agent(self) -> Agent:
        return self.manner.cast.agent

    @property
    def by_hearsay(self) -> bool:
        """Whether the act is told by hearsay."""
        return self.manner.heard

    def _hearsay(self) -> Hearsay:
        return hearsay(
            self.situation.act,
            self.manner.rng("heard"),
            against=forbids(self.frame),
            quoted=bool(self.frame.quote),
            turned=self.frame.turned,
            state=self.frame.act.startswith("be ") and not self.frame.quote,
            named=is_one_person(self.agent) and not self.agent.first and self.agent.short[:1].isupper(),
        )

    def outcome(self) -> list[str]:
        """What is known of the act and what not; nothing where no hearsay tells it."""
        return [self.fill(self._hearsay().outcome)] if self.by_hearsay else []

    def act(self, scene: str, *, tailed: bool) -> str:
        """The sentence (no full stop) that tells what became of the act; where ``tailed``, more of the act follows it."""
        frame, situation, manner = self.frame, self.situation, self.manner
        act = frame.act
        if frame.limit is not None:
            act = vague_act(frame)
            if situation.act == Act.OMITTED and situation.pivot == Pivot.ACT and not (forbids(frame) or frame.scope):
                act = frame.act  # no single figure that was not reached says that the least was not
            elif situation.limit is not None:
                act = frame.limit.fill(holds=situation.limit, rng=manner.rng("limit"), text=frame.act)
                act = re.sub(r"(?<= times) an? (?=(?:year|month|week)\b)", " in one ", _extended(act))
        if frame.noun and re.match(r"an? ", frame.noun) and frame.noun in scene and "{" not in act:
            act = act.replace(frame.noun, "it", 1)
        if re.match(r"an? ", frame.noun) and frame.noun in self.agent.intro:  # "the author of a document" marks it
            act = act.replace(frame.noun, "it", 1)
        heard = self._hearsay().lead if self.by_hearsay else ""
        denied = bool(re.search(r"not \{(?:base|rest)\}", heard)) if heard else situation.act == Act.OMITTED
        act = personalise(act if denied else affirmed(act), self.agent)
        if heard:
            return self.fill(heard, act=act)
        template = self._template(tailed=tailed)
        return self.fill(template, act=act) + self._later()

    def _later(self) -> str:
        frame, situation, manner = self.frame, self.situation, self.manner
        if frame.deadline is None or situation.act != Act.DONE or not manner.past:
            return ""
        if situation.pivot == Pivot.DEADLINE and situation.deadline is None:
            rng = manner.rng("open time")
            day = (
                "" if manner.cast.day.startswith(("before", "after")) else f" {manner.cast.day}"
            )  # nobody counts days from lunch
            return f" {vague(frame.deadline, rng)}" if rng.random() < VAGUE else rng.choice(("", day))
        if situation.pivot == Pivot.DEADLINE and manner.rng("sure").random() < _SURE:
            loose = sure(frame.deadline, holds=situation.deadline is not False, rng=manner.rng("span"))
            if loose:
                return f" {loose}"
        amount = elapsed(frame.deadline, holds=situation.deadline is not False, rng=manner.rng("time"))
        after = re.search(r" (?:of|after) ((?:\w+ing|the|a|an) .*)$", frame.deadline.phrase)
        if after and len(after.group(1).split()) <= 6:
            return f" {amount} after {personalise(after.group(1), self.agent)}"
        return f" after {amount}"

    def _template(self, *, tailed: bool = False) -> str:
        """The phrase for what became of the act; the twins draw from the same streams."""
        frame, manner, agent = self.frame, self.manner, self.agent
        if self.situation.act == Act.UNKNOWN:
            return self._unknown(tailed=tailed)
        timed = bool(self._later())
        pool = list(phrases_for(self.situation.act, manner.past, agent))
        if timed:
            pool = [text for text in pool if text in {"{A} {past}", "{A} {have} {pp}", "{A} tells me that {s} {past}"}]
            pool = [text for text in pool if "{have}" not in text] or pool
        if tailed:
            pool = [text for text in pool if _ENDS_IN_ACT.search(text)] or pool
        ordered = self.situation.pivot == Pivot.FACT and frame.facts[self.situation.fact].style == "order"
        if _LASTING.search(frame.act) or ordered:
            pool = [text for text in pool if not re.search(r"\{(?:day|Day|future|have)\}", text)] or pool
        return manner.rng("act").choice(fitting_phrases(pool, agent))

    def _unknown(self, *, tailed: bool) -> str:
        """The act in part: done, or left undone where only that may be a breach."""
        frame, manner, agent = self.frame, self.manner, self.agent
        undone = not forbids(frame) and frame.modality != Modality.PERMISSION and tells_apart(frame)
        pool = fitting_phrases(list(phrases_for(Act.OMITTED if undone else Act.DONE, manner.past, agent)), agent)
        pool = [text for text in pool if _ENDS_IN_ACT.search(text)] if tailed else pool
        return str(_ACT_FORM.sub(r"{h\1}", manner.rng("act").choice(pool)))

    def _other(self) -> str:
        """A first name that nobody else in the case bears."""
        cast, rng = self.manner.cast, self.manner.rng("other")
        taken = {cast.agent.short, cast.colleague, cast.teller.split()[0]}
        return next(name for _ in range(99) if (name := person(rng).short) not in taken)

    def fill(self, template: str, act: str = "", verbs: int = 0) -> str:
        """``template`` with its placeholders filled."""
        agent, cast, verbs = self.agent, self.manner.cast, verbs or self.frame.verbs
        name = agent.subject if self.introduced else agent.intro
        if self.introduced and _BESIDE_OTHERS.search(template):
            name = agent.short
        hidden = personalise(left_out(self.frame), agent) if "{h" in template else ""
        forms = {
            form: inflect_verb_phrase(act, form, verbs, plural=agent.plural_verb) if act and form in template else ""
            for form in ("past", "pp", "ing")
        }
        text = template.format(
            A=name, a=agent.short, s=agent.subject, S=agent.subject[:1].upper() + agent.subject[1:], o=agent.object,
            p=agent.possessive, P=agent.possessive.capitalize(), be=agent.be(past=False), be_past=agent.be(past=True),
            have=agent.have(), do=agent.do(), witness=cast.teller.split()[0], want=agent.verb("want", "wants"), plan=agent.verb("plan", "plans"),
            see=agent.verb("see", "sees"), A_object=_object(agent, name), base=act, rest=" ".join(act.split()[verbs:]),
            hpast=inflect_verb_phrase(hidden, "past") if hidden else "", hpp=inflect_verb_phrase(hidden, "pp") if hidden else "",
            hbase=hidden, day=cast.day, Day=cast.day, future=cast.future, place=cast.place, unit=cast.unit, teller=cast.teller,
            other=self._other() if "{other}" in template else "", colleague=cast.colleague, colleague_s=pronoun_of(cast.colleague), **forms,
        )  # fmt: skip
        text = re.sub(
            r"\b([Tt]hey) (has|is|was|does)\b", lambda found: f"{found.group(1)} {_OF_THEY[found.group(2)]}", text
        )
        return without_going_without(re.sub(r",\s*([.;,])", r"\1", text))


def _extended(act: str) -> str:
    """What is extended is told by its end: "extend a shift to 13 hours", where "a shift of 13 hours" would be longer then."""
    return re.sub(r"^((?:extend|prolong|raise|increase|lengthen) \w+ \w+) of (?=\d)", r"\1 to ", act)


_OF_THEY = {"has": "have", "is": "are", "was": "were", "does": "do"}
_BESIDE_OTHERS = re.compile(r"^(?:\{Day\}|I |As I|It turns out|Nobody|There|One )|\{colleague\}")
"""What names another person or begins anew, so that a pronoun for the one who acts could be misread."""
_ACT_FORM = re.compile(r"\{(past|pp|base)\}")
_LASTING = re.compile(
    r"^(?:own|hold|have|possess|belong|live|keep|sit on|serve (?:on|as)|work (?:for|as)) |\bevery \w+|\b(?:times|once|twice) (?:a|every|per)\b|\bfor \d+ (?:month|year)s|\ba year\b|\bby \d"
)
"""Acts of a whole period, which are not done on one day."""
_ENDS_IN_ACT = re.compile(r"\{(?:past|pp|base)\}$")


def _object(agent: Agent, name: str) -> str:
    """What stands after a verb for the one whom ``name`` names in the place of the subject."""
    return agent.object if name == agent.subject or agent.first else name
