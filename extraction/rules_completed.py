"""What a verb takes besides a plain object: a state ("keep it safe"), the act it points to ("do so"), what is undergone."""

from typing import TYPE_CHECKING

from extraction.rules_actions import action_parts
from extraction.rules_clauses import Clause
from extraction.rules_complements import state_end
from extraction.rules_cue import PER
from extraction.rules_objects import object_span
from extraction.rules_phrases import lemma, slice_text

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def undergone(verb: "Token", limit: int) -> tuple[str, int]:
    """As in "the right to be informed about", "agree to be bound by": what is done to the one who has the right or agrees."""
    action, after = action_parts(verb, limit, passive=False)
    action = f"be {verb.lower_}{action.removeprefix(lemma(verb))}"
    by = after + 1 < limit and verb.doc[after].lower_ == "by"
    return (f"{action} by", after + 1) if by else (action, after)


def same_act(doc: "Doc", clause: Clause, verb: "Token") -> tuple[str, str] | None:
    """As in "If you wish to cancel the order, you may do so": the act of the condition, as verb and object."""
    for case in (s for s in clause.scope if s.kind == "condition" and s.end <= verb.i):
        acts = [t for t in doc[case.start : case.end] if t.tag_ == "VB" and doc[t.i - 1].tag_ == "TO"]
        if acts and acts[0].lemma_ != "be":
            action, after = action_parts(acts[0], case.end, passive=False)
            begin, reach = object_span(acts[0], after, case.end, ())
            return action, slice_text(doc, begin, reach) if reach > begin else ""
    return None


def is_all(doc: "Doc", reach: int, target: str, told: str) -> bool:
    """Whether "only" speaks of the object: no pronoun, and neither a phrase behind it nor a condition that it limits."""
    behind = reach < len(doc) and doc[reach].pos_ in {"ADP", "SCONJ"} and doc[reach].tag_ != "TO"
    return len(target.split()) > 1 and not behind and "only" not in told.lower()


_MADE = frozenset({"available", "public", "accessible", "effective"})


def made(target: str, state: str) -> tuple[str, str, str]:
    """As in "make the notice available": the verb with its adjective, the object and what state is left."""
    adverb, _, made = state.rpartition(" ")
    if made in _MADE and (not adverb or adverb.endswith("ly")):
        return f"make {made}", target, ""
    thing, _, last = target.rpartition(" ")
    if last in _MADE and (how := thing.rpartition(" "))[2] in {
        "publicly",
        "freely",
        "readily",
        "easily",
        "generally",
        "widely",
    }:
        thing = how[0]
    return (f"make {last}", thing, state) if thing and last in _MADE else ("make", target, state)


def _quote_end(doc: "Doc", reach: int) -> int:
    """As in 'include the following sentence: "..."': where the words in quotation marks end; ``reach`` where none open."""
    opens = reach > 1 and reach + 1 < len(doc) and doc[reach].text == ":" and doc[reach + 1].text in {'"', "“"}
    if not opens or "following" not in {t.lower_ for t in doc[reach - 2 : reach]}:
        return reach
    return next((t.i + 1 for t in doc[reach + 2 :] if t.text in {'"', "”"}), reach)


def with_state(doc: "Doc", clause: Clause, verb: "Token", span: tuple[int, int]) -> tuple[int, str]:
    """Where the adjectives behind the object end ("keep it confidential"), and their words; ``span``: from there, up to."""
    reach, limit = span
    stop = min([limit, clause.end, *(segment.start for segment in clause.found if segment.start >= reach)])
    quoted = _quote_end(doc, reach)
    if quoted > reach:
        return quoted, slice_text(doc, reach + 1, quoted)
    end = state_end(verb, reach, stop, role=clause.cue.modality is not PER)  # what may be taken for N need not be
    return end, slice_text(doc, reach, end)
