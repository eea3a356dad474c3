"""List items: what an item inherits from its lead-ins."""

import re
from dataclasses import replace

from extraction.lexicon import MODALS
from extraction.rules_actions import action_parts
from extraction.rules_cue import PER, PRO, REC
from extraction.rules_frame import Frame
from extraction.rules_frames import frames_of
from extraction.rules_joining import SUBJECT_ALONE, SUBJECT_TAIL, WAYS, is_open, join, joins
from extraction.rules_leads import barred_from, named_in, taken_in
from extraction.rules_markers import marker_at
from extraction.rules_objects import object_span
from extraction.rules_phrases import clean, slice_text
from extraction.rules_slots import CONDITION_TAIL, Parse, attach, noun_item
from extraction.rules_spans import segments
from extraction.rules_text import is_lead_in, lead_ins
from extraction.rules_tokens import SUBJECT_DEPS

_BAD = re.compile(
    r"\b(?:not (?:ok|okay|allowed|acceptable|permitted|tolerated)|aren[’']t (?:ok|okay|allowed|acceptable)|unacceptable|"
    r"prohibited|forbidden|banned|inappropriate)\b",
    re.IGNORECASE,
)


_GOOD = re.compile(r"\b(?:encouraged|recommended|good practices?|best practices?)\b", re.IGNORECASE)


_INCLUDES = re.compile(r"\b(?:includes?|including|such as|are|here are|examples?|these|following)\b", re.IGNORECASE)


def texts_needed(sentence: str, context: str) -> tuple[str, ...]:
    """The texts that :func:`frames_in_context` will parse, so that a caller can parse them in one batch."""
    if not is_lead_in(context):
        return (sentence,)
    parts = lead_ins(context)
    joined = (join(parts[-1], sentence),) if parts and joins(parts[-1], sentence) else ()
    return (sentence, *parts, *joined)


def frames_in_context(sentence: str, context: str, parse: Parse) -> tuple[Frame, ...]:
    """The frames of one sentence or list item read together with the lead-ins before it."""
    if not is_lead_in(context):
        return _without_assurances(frames_of(parse(sentence)), sentence)
    parts, bare = _subordinate(lead_ins(context), parse)
    return _without_assurances(_with_bare(bare, _in_parts(sentence, parts, parse)), f"{context} {sentence}")


_ASSURES = re.compile(r"\b(?:represents?|warrants?)(?:,? (?:and|or) \w+)? (?:to \w+ )?that\b", re.IGNORECASE)


def _without_assurances(frames: tuple[Frame, ...], told: str) -> tuple[Frame, ...]:
    """As in "You warrant that you have the authority to sign": a fact that is vouched for gives nobody a right."""
    if not _ASSURES.search(told):
        return frames
    return tuple(f for f in frames if f.label not in {"right", "have right"} or f.modality is not PER)


_EXCEPTING = re.compile(
    r"(?:except|save|unless|other than|apart from|with the exception of|excluding)\b", re.IGNORECASE
)


_BARE = re.compile(
    r"(?:if|when|where|unless|before|after|upon|once|in the event|in the case|except|save|apart from)\b", re.IGNORECASE
)


def _subordinate(parts: tuple[str, ...], parse: Parse) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Splits off the lead-ins that are a bare condition or exception ("Except as provided in (b):"): they hold for all."""
    bare = tuple(
        part
        for part in parts
        if _BARE.match(part)
        and not (is_open(part) or WAYS.search(part))
        and not CONDITION_TAIL.search(part)
        and not frames_of(parse(part))
    )
    return tuple(part for part in parts if part not in bare), bare


def _with_bare(bare: tuple[str, ...], frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """``frames`` with the bare lead-ins before their own conditions and exceptions."""
    exceptions = [clean(part) for part in bare if _EXCEPTING.match(part)]
    conditions = [clean(part) for part in bare if not _EXCEPTING.match(part)]
    return tuple(
        replace(
            frame,
            condition=" ; ".join([*conditions, *([frame.condition] if frame.condition else [])]),
            exception=" ; ".join([*exceptions, *([frame.exception] if frame.exception else [])]),
        )
        for frame in frames
    )


def _in_parts(sentence: str, parts: tuple[str, ...], parse: Parse) -> tuple[Frame, ...]:
    """The frames of an item under lead-ins that are clauses, outermost first."""
    if not parts:
        return _own(sentence, parse)
    if _EFFECT.search(parts[-1]):
        return ()
    if (named := named_in(parts[-1], sentence)) or (barred := barred_from(parts[-1], sentence, parse)):
        return named or barred
    if taken := taken_in(parts[-1], sentence, parse):
        return taken
    if _CASED.match(sentence) and any(frame.label in _WHOLE for frame in _own(sentence, parse)):
        return _own(sentence, parse)
    if parts and joins(parts[-1], sentence):
        frames = _continued(parts[-1], sentence, parse)
        if frames:
            return frames
    own = _own(sentence, parse)
    described = any(_AUXILIARY.search(part) or SUBJECT_ALONE.search(part) for part in parts)
    if described or (
        _DENIES.search(parts[-1]) and not _governing(parts[-1], parse)
    ):  # "The host does not: keep ..." describes; its items are no commands
        own = tuple(frame for frame in own if frame.label != "imperative")
    for depth in range(len(parts) - 1, -1, -1):
        governing = _governing(parts[depth], parse)
        if depth and is_open(parts[depth - 1]) and governing and governing[0].label == "imperative":
            governing = _governing(join(parts[depth - 1], parts[depth]), parse) or governing
        if governing and described and governing[0].label == "imperative":
            return ()
        if governing:
            rest = ": ".join([*parts[depth + 1 :], sentence])
            conditional = _conditional(parts[-1], governing) or depth < len(parts) - 1
            if own and _asks_what(sentence, governing, parse):
                own = ()
            whole = any(frame.label in MODALS and frame.actor for frame in own) and not CONDITION_TAIL.search(parts[-1])
            if own and (
                not conditional or (whole and depth == len(parts) - 1) or parts[-1].lower().endswith("as follows")
            ):
                return own
            if _OBSERVED.search(parts[depth]) and _is_statement(sentence, parse):
                return ()
            if depth < len(parts) - 1 and _descriptive(parts[depth], parts[-1], parse):
                return ()
            frames = attach(parts[depth], governing, rest, sentence, parse)
            return _with_proviso(parts[:depth], frames, parse)
    if own:
        return own
    return _examples(parts, sentence, parse)


_WHOLE = MODALS | {"policy"}
_CASED = re.compile(r"(?:if|where|when|unless|whenever)\b", re.IGNORECASE)
"""An item that is a whole sentence: "If X happens, the owner must ..."."""
_AUXILIARY = re.compile(
    r"\brights? to$|\b(?:do|does|did|is|are|was|were|has|have|can|could|would)(?: (?:not|also))?$|n[’']t$",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:neither|nor|not|never|nobody|no)\b|n[’']t\b", re.IGNORECASE)
_EFFECT = re.compile(r"\b(?:shall|does|do|will|may)?\s?not apply\b[^.]*$", re.IGNORECASE)


def _own(sentence: str, parse: Parse) -> tuple[Frame, ...]:
    """The item's frames where it is a clause of its own (an imperative or an explicit cue)."""
    return frames_of(parse(sentence))


def _continued(lead: str, item: str, parse: Parse) -> tuple[Frame, ...]:
    """Lead-in and item read as one sentence; frames that the lead-in states without the item are left out."""
    fragments = (
        [lead.rsplit(" that ", maxsplit=1)[-1], lead]
        if _CARRIED.search(lead) and not SUBJECT_TAIL.search(lead)
        else [lead]
    )
    for fragment in fragments:
        frames = frames_of(parse(join(fragment, item)))
        if frames:
            return frames
    return ()


_CARRIED = re.compile(
    r"\b(?:provid(?!er)|stipulat|stat|specif|requir|agre|ensur|warrant|certif|undertak|represent|acknowledg|confirm|attest)\w* that (?!.* that )",
    re.IGNORECASE,
)
"""A lead-in whose rule stands behind the verb that carries it ("The contract must provide that the supplier will:")."""


def _with_proviso(outer: tuple[str, ...], frames: tuple[Frame, ...], parse: Parse) -> tuple[Frame, ...]:
    """As in "may disclose X in response to Y, provided that: it may disclose only:": the proviso repeats the rule."""
    before = [frame for part in outer for frame in frames_of(parse(part))]
    same = {(frame.action, frame.actor): frame for frame in reversed(before)}
    pairs = ((frame, same.get((frame.action, frame.actor), frame)) for frame in frames)
    return tuple(
        replace(frame, condition=frame.condition or wider.condition, exception=frame.exception or wider.exception)
        for frame, wider in pairs
    )


def _asks_what(sentence: str, governing: tuple[Frame, ...], parse: Parse) -> bool:
    """Whether the item is an indirect question ("who may release the product") that fills the lead-in's object."""
    first = parse(sentence)[0].lower_
    return governing[-1].open_slot in {"object", ""} and first in {
        "who",
        "whom",
        "whose",
        "what",
        "which",
        "how",
        "whether",
    }


def _governing(part: str, parse: Parse) -> tuple[Frame, ...]:
    """The last group of coordinated frames of a lead-in: the rule that its items complete."""
    frames = frames_of(parse(part))
    return tuple(frame for frame in frames if frame.group == frames[-1].group) if frames else ()


def _conditional(part: str, governing: tuple[Frame, ...]) -> bool:
    return bool(CONDITION_TAIL.search(part)) or governing[-1].open_slot in {"condition", "exception"}


_OBSERVED = re.compile(
    r"\b(?:following|these|below)(?: \w+){0,2} (?:rules|principles|guidelines|regulations|instructions|points|standards|conditions)$",
    re.IGNORECASE,
)
"""A lead-in whose items are whole rules ("observe the following rules:")."""


def _is_statement(sentence: str, parse: Parse) -> bool:
    """Whether the item is a sentence in the present tense, with a subject and a full stop."""
    doc = parse(sentence)
    heads = (t for t in doc if t.dep_ == "ROOT" and t.pos_ in {"VERB", "AUX"})
    return sentence.rstrip().endswith(".") and any(c.dep_ in SUBJECT_DEPS for t in heads for c in t.lefts)


def _descriptive(governing: str, last: str, parse: Parse) -> bool:
    """A whole statement without a rule between the governing lead-in and the item takes the item for itself."""
    if CONDITION_TAIL.search(governing) or marker_at(parse(last), 0, len(parse(last))):
        return False
    return any(
        token.dep_ == "ROOT" and token.tag_ in {"VBZ", "VBP", "VB"} and any(c.dep_ == "nsubj" for c in token.lefts)
        for token in parse(last)
    )


def _examples(parts: tuple[str, ...], sentence: str, parse: Parse) -> tuple[Frame, ...]:
    """Lists of encouraged or forbidden things ("Examples of unacceptable conduct:")."""
    lead = parts[-1] if parts else ""
    if not _INCLUDES.search(lead) or lead.endswith(" from"):
        return ()
    modality = PRO if _BAD.search(lead) else REC if _GOOD.search(lead) else None
    if modality is None:
        return ()
    doc = parse(sentence)
    verb = next((token for token in doc[:3] if token.tag_ == "VBG"), None)
    if verb is None:
        return (Frame(modality, "", "", noun_item(sentence, parse)[0], label="list"),)
    action, after = action_parts(verb, len(doc), passive=False)
    begin, end = object_span(verb, after, len(doc), segments(doc))
    return (Frame(modality, "", action, slice_text(doc, begin, end) if end > begin else "", label="list"),)
