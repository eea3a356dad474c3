"""Rules that nobody breaks by an act of their own, told as an act against them.

Who may do something breaks nothing by doing it or by leaving it; and a definition asks for no act. A case about one is
about somebody who goes against what it says: a manager who forbids what an employee may do, somebody who stops another who
goes by the rule, somebody who refuses to count a thing as what the definition counts it as. So each verdict has a case that people bring.
"""

import random
import re
from dataclasses import replace

from generation.cast import agent_for, is_one_person
from generation.definitions import sound_instances, term_of
from generation.frames import Frame, Turned, deed
from generation.grammar import readings, singular, with_article
from generation.lexicon import PERSONS
from generation.plainness import plain
from generation.quoting import quote_of
from kg.model import Modality


def recast(frame: Frame, rng: random.Random) -> Frame | None:
    """``frame`` told as an act against it, or None for a rule that can be kept or broken itself."""
    if frame.modality == Modality.DEFINITION:
        return _misused(frame, rng)
    if frame.modality != Modality.PERMISSION or frame.reserved or (frame.facts and not frame.quote):
        return None
    if _ONLY.search(frame.rule.text) and (frame.quote or frame.limit is None):
        return _restricting(frame)
    if frame.limit is not None and not frame.scope and not frame.quote:
        return None
    return (None if frame.quote or not plain(frame) else _refused(frame)) or _denied(frame)


DEFINES = "defines this"
"""What a clause does in a case about a definition as a whole."""
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)


def _restricting(frame: Frame) -> Frame:
    """A quoted "may ... only": whoever goes beyond it breaks it, as one breaks a duty."""
    rule = replace(frame.rule, modality=Modality.OBLIGATION)
    return replace(
        frame, rule=rule, quote=frame.quote or quote_of(frame.rule), facts=(), limit=None, deadline=None, only=False
    )


def _against(frame: Frame, act: str, turned: Turned, *, actor: str = "", quote: str = "") -> Frame:
    rule = replace(frame.rule, modality=Modality.PROHIBITION)
    return replace(
        frame, rule=rule, actor=actor, act=act, verbs=1, negative=False, facts=(), limit=None, deadline=None, noun="",
        quote=quote, only=False, scope=False, turned=turned,
    )  # fmt: skip


_RESTRICTED = re.compile(
    r"\b(?:only|if|unless|provided|except|until|once|when|where|subject to|as long as|so long as|after|before|without|"
    r"approv\w+|consent|permission of|agreement|authori[sz]\w+|up to|at most|no more than|less than)\b",
    re.IGNORECASE,
)
"""What bounds a permission somewhere in its sentence, so that who forbids it in a case may be right."""
_OF_SOMEONE = re.compile(r"\b(?:themsel\w+|yoursel\w+|himself|herself|they|you|he or she|us|we|our)\b")
_MANAGED = re.compile(
    r"(?:(?:the|an?|all|every|each|any|new|other)\s+)*(?:employees?|workers?|staff|members? of staff|team members?|"
    r"technicians?|drivers?|anyone|everyone|people)",
    re.IGNORECASE,
)
"""Who has a manager: not the customers of a contract."""
_ANYBODY = frozenset({"anyone", "everyone", "nobody", "people", "person", "user"})
_POINTING = frozenset({"this", "that", "these", "those", "it", "they", "such"})
_OF_ACTOR = re.compile(
    r"\b(?:themsel\w+|yoursel\w+|himself|herself|they|them|you|he or she|his or her|their|your|its?|us|we|our|others?)\b"
)
"""Words for the one who may act, or for another than the one named before, which would mean the one who forbids it."""
_OWN = re.compile(r"\b(?:his or her|their|your)\b")


def _refused(frame: Frame) -> Frame | None:
    """A manager who forbids somebody what the rule allows, where one person is allowed it.

    A permission in the passive says what may be done, not who may: it is told otherwise.
    """
    agent = agent_for(frame.rule.actor, random.Random(0), first_person=False)
    managed = _MANAGED.fullmatch(frame.rule.actor)
    if not managed or _RESTRICTED.search(frame.rule.text) or _OF_SOMEONE.search(frame.act) or not is_one_person(agent):
        return None
    words = re.sub(r"^(?:the|an?|all|every|each|any)\s+", "", frame.rule.actor, flags=re.IGNORECASE).split()
    last = (singular(words[-1]) or words[-1]).lower() if words else ""
    named = last in PERSONS - _ANYBODY and len(words) <= 3
    someone = with_article(" ".join([*words[:-1], last]).lower()) if named else "a colleague"
    owner = f"{someone.replace(someone.split()[0], 'the', 1)}'s"
    if frame.act.startswith("go without "):
        return None
    act = _OWN.sub(owner, f"forbid {someone} to {frame.act}")
    return _against(frame, act, _hindered(frame, "forbade"), actor="line manager")


def _hindered(frame: Frame, form: str) -> Turned:
    """What the clause allows, and the act against it in a ``form`` of :mod:`generation.points`."""
    spared = re.fullmatch(r"go without (.+)", frame.act)
    named = f"going without {spared[1]}" if spared else deed(frame, _NAMED)
    return Turned(f"allows {named or 'this'}", form)


def _denied(frame: Frame) -> Frame:
    """Somebody who bans or prevents what may be done, or demands what need not be; where none of these can be told, somebody who
    stops another who went by the rule.
    """
    for act, form in ((_banning(frame), "banned"), (_demanding(frame), "demanded"), (_preventing(frame), "prevented")):
        if act:
            return _against(frame, act, _hindered(frame, form))
    turned = Turned("allows this", "stopped", quoted=True)
    return _against(frame, "stop a colleague who went by this rule", turned, quote=frame.quote or quote_of(frame.rule))


def _banning(frame: Frame) -> str:
    """A ban on what anybody may do: "ban sharing a file"; empty where the act is another's or cannot be named."""
    if not _sayable(frame) or not _is_anybody(frame) or frame.act.startswith("go without "):
        return ""
    named = deed(frame, _NAMED)
    return "" if not named or _SUFFERED.search(named) else f"ban {named}"


_SUFFERED = re.compile(r"^being |\bwithout being ")
"""Nobody bans "working without being humiliated"."""


def _demanding(frame: Frame) -> str:
    """What somebody demands who need not be given it: "require everybody to have proof"; empty where it cannot be said."""
    spared = re.fullmatch(r"go without (\w+ing) (.+)", frame.act)
    verb = readings(spared[1]).get("VERB") if spared else None
    if not spared or not verb or not _sayable(frame) or not _is_anybody(frame):
        return ""
    return f"require everybody to {verb} {spared[2]}"


def _preventing(frame: Frame) -> str:
    """What keeps a body or a thing from what it may do: "prevent the panel from waiting"; empty where it cannot be said."""
    if not _sayable(frame) or _is_anybody(frame) or frame.act.startswith("go without "):
        return ""
    named = deed(frame, _NAMED)
    actor = frame.actor if re.match(r"(?:the|an?) |[A-Z]", frame.actor) else with_article(frame.actor)
    return f"prevent {re.sub('^The ', 'the ', actor)} from {named}" if named else ""


def _sayable(frame: Frame) -> bool:
    told = not frame.quote and frame.modality == Modality.PERMISSION and plain(frame)
    return told and not _OF_ACTOR.search(f"{frame.actor} {frame.act}")


def _is_anybody(frame: Frame) -> bool:
    return not frame.actor or bool(_MANAGED.fullmatch(frame.actor)) or frame.actor.lower() in _ANYBODY


def _misused(frame: Frame, rng: random.Random) -> Frame:
    """Somebody who refuses to count a thing as what the definition counts it as; where it names no short one, who goes by another
    definition.
    """
    term = term_of(frame)
    things = [thing for thing in sound_instances(frame) if re.match(r"an? ", thing) and len(thing.split()) <= _LONG]
    named = bool(frame.rule.actor) and len(term.split()) <= _SHORT and term.lower() not in _POINTING
    named = named and singular(term.split()[-1]) is None  # "a beta is not previews"
    if frame.quote or not things or not named:
        turned = Turned(DEFINES, "departed", quoted=True)
        return _against(frame, "use another definition", turned, quote=frame.quote or quote_of(frame.rule))
    thing = rng.choice(things)
    if frame.negative:
        return _against(frame, f"count {thing} as {term}", Turned(f"does not count {thing} as {term}", "counted"))
    return _against(frame, f"refuse to count {thing} as {term}", Turned(f"counts {thing} as {term}", "refused"))


_SHORT, _LONG, _NAMED = 5, 8, 16
"""Words of a term, of a thing and of an act that a case tells."""
