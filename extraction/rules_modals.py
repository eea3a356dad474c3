"""Cues from auxiliaries: must, shall, may, should, will, can, need not.

Epistemic *may*, technical *can* and mere legal effects ("shall not affect") give no cue.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import (
    ALLOW_VERBS,
    EFFECT_VERBS,
    EPISTEMIC_PASSIVES,
    EPISTEMIC_VERBS,
    FORBID_VERBS,
    LIGHT_CONTROL,
    REQUIRE_VERBS,
    URGE_VERBS,
    word_set,
)
from extraction.rules_acts import is_act
from extraction.rules_adjectives import adjective_cue
from extraction.rules_can import can_cue
from extraction.rules_cue import DEF, OBL, PER, PRO, REC, Cue
from extraction.rules_effects import (
    STATES,
    disclaims,
    frees,
    guesses,
    is_law,
    is_subjected,
    is_text,
    only_so,
    stipulates,
)
from extraction.rules_looks import is_bare, is_quoted
from extraction.rules_modal_verbs import modal_verb
from extraction.rules_polarity import (
    denied_thing,
    limits_number,
    negated_between,
    negative_adverbial,
    negative_subject,
)
from extraction.rules_predicates import have_cue, participle_cue, takes_for
from extraction.rules_tokens import (
    antecedent,
    complement_adjective,
    find_subject,
    infinitive,
    inverted_subject,
    is_party,
    is_passive,
)
from extraction.rules_will import stands_for_party, will_cue

if TYPE_CHECKING:
    from spacy.tokens import Token


def modal_cue(token: "Token", limit: int) -> Cue | None:
    if not _is_modal(token):
        return None
    verb = modal_verb(token, limit)
    if verb is None:
        return None
    fronted = negative_adverbial(token)
    subject = inverted_subject(token, verb) if fronted else find_subject(verb, token)
    if subject is not None and subject.lower_ in {"pm", "am", "p.m.", "a.m."}:  # "after 6 pm one porter may"
        nouns = [t for t in token.doc[subject.i + 1 : token.i] if t.pos_ in {"NOUN", "PROPN"}]
        subject = nouns[-1] if nouns else subject
    if verb.lemma_ == "be" and any(child.dep_ == "expl" and child.lower_ == "there" for child in verb.lefts):
        subject = None
    if subject is not None and subject.left_edge.lower_ == "not" and not limits_number(subject):
        return None
    if negative_subject(subject) and subject is not None and subject.lower_ == "nothing":
        return None
    resuming = _resuming(token, verb, subject)
    subject = resuming if resuming is not None else subject
    negated = fronted or negated_between(token, verb) or negative_subject(subject)
    denied = denied_thing(token) if not negated else None
    if denied is not None:
        subject, negated = denied, True
    correlative = "not only" in token.doc[token.i : verb.i].text.lower()
    only = not correlative and (
        any(t.lower_ == "only" for t in token.doc[token.i : verb.i])
        or (subject is not None and subject.left_edge.lower_ == "only")
    )
    base = Cue(verb, PER, token.i, subject, negated, is_passive(verb), only, label=token.lower_)
    if token.lower_ in {"need", "ought"} and token.tag_ != "MD" and not negated:
        return None
    return _complex(base) or _plain_modal(base, token.lower_)


def _resuming(modal: "Token", verb: "Token", subject: "Token | None") -> "Token | None":
    """As in "the notice must carry a date, which may not be earlier than ...": the noun that ", which" goes on to bind."""
    if subject is None or subject.lower_ != "which" or verb.dep_ != "relcl" or subject.i == 0:
        return None
    denied = modal.lower_ == "may" and modal.i + 1 < len(modal.doc) and modal.nbor().lower_ == "not"
    binds = modal.lower_ in {"must", "shall", "should"} or denied
    noun = antecedent(verb)
    whole = noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in _TIMES
    return noun if binds and whole and modal.doc[subject.i - 1].text == "," else None


_TIMES = word_set("day week month year hour minute")


def _is_modal(token: "Token") -> bool:
    if token.lower_ in {"must", "shall", "may", "should", "will", "can", "wo", "ca", "'ll", "’ll", "cannot"}:
        return token.tag_ in {"MD", "VB", "VBP"} or (token.pos_ == "AUX")
    return token.lower_ == "need" and token.i + 1 < len(token.doc) and token.nbor().lower_ in {"not", "n't", "n’t"}


def _plain_modal(cue: Cue, word: str) -> Cue | None:
    lemma, subject = cue.verb.lemma_.lower(), cue.subject
    if lemma == "be" and not cue.passive and any(c.lower_ in STATES for c in cue.verb.rights):
        bound = word in {"must", "shall", "should"} and not cue.negated and cue.subject is not None
        if not bound or not is_subjected(cue.verb):
            return None
        return replace(cue, modality=REC if word == "should" else OBL)
    if lemma == "have" and any(c.dep_ == "dobj" and c.lemma_.lower() == "meaning" for c in cue.verb.rights):
        return None
    if disclaims(cue):
        return None
    if word in {"may", "should"} and (guesses(cue) or _thought(cue.verb)):
        return None
    if lemma == "be" and cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 3].text.lower() == "without prejudice":
        return None
    if (
        word in {"shall", "will"}
        and lemma in {"mean", "refer", "include"}
        and subject is not None
        and (is_quoted(subject) or (cue.negated and lemma == "include" and is_bare(subject)))
    ):
        return replace(cue, modality=DEF, label="define")
    if word in {"shall", "will"} and not cue.negated and (lemma == "constitute" or _called(cue, lemma)):
        named = subject is not None and not is_text(subject) and subject.lower_ not in {"which", "that", "who"}
        return replace(cue, modality=DEF, label="define") if named else None
    if cue.passive and word not in {"must", "may", "should"} and stipulates(cue, lemma):
        return None
    if (
        cue.negated
        and lemma in {"require", "need"}
        and not (cue.passive or is_party(subject))
        and frees(cue.verb)
        and word != "may"
    ):
        return replace(cue, modality=PER)
    if word in {"must", "shall"}:
        used = lemma == "apply" and cue.passive
        if (
            lemma in {"apply", "affect", "prejudice"}
            and not used
            and not any(c.dep_ == "dobj" for c in cue.verb.rights)
        ) or (word == "shall" and lemma in EFFECT_VERBS - {"apply"} and not is_party(subject)):
            return None
        if (
            cue.negated
            and lemma in {"impose", "limit", "restrict", "prevent"}
            and subject is not None
            and is_text(subject)
        ):
            return None  # how far a text reaches
        if cue.passive and not cue.negated and only_so(cue):
            return replace(cue, modality=PER, only=True)
        return replace(cue, modality=PRO if cue.negated else OBL, negated=False)
    if word in {"should", "ought"}:
        effect = (lemma == "apply" and not cue.passive) or (
            lemma in {"affect", "prejudice", "preclude"} and not is_party(subject)
        )
        return replace(cue, modality=REC) if not effect else None
    if word == "need":
        if not cue.passive and not is_party(subject):
            return None  # "an export need not leave by ship" tells what a thing can be
        if any(t.lower_ == "to" and t.nbor().lower_ == "be" for t in cue.verb.doc[cue.verb.i + 1 : -1]) and cue.passive:
            return None  # "need not be written to be unlawful" says what suffices
        return replace(cue, modality=PER, negated=True)
    if word == "may":
        return _may(cue, lemma)
    if word in {"can", "ca", "cannot"}:
        return can_cue(cue, lemma)
    return will_cue(cue, lemma)


def _called(cue: Cue, lemma: str) -> bool:
    """As in "each of them shall be referred to as a "Party"": the name that a text gives a thing."""
    behind = cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 5]
    return cue.passive and lemma == "refer" and behind[0].lower_ == "to" and any(t.lower_ == "as" for t in behind)


def _thought(verb: "Token") -> bool:
    """As in "whatever changes you think should be made": what somebody holds is laid down by nobody."""
    return (
        verb.dep_ == "ccomp"
        and verb.head.lemma_.lower() in {"think", "feel"}
        and verb.head.dep_ in {"relcl", "ccomp", "advcl"}
    )


def _may(cue: Cue, lemma: str) -> Cue | None:
    subject = cue.subject
    if cue.verb.tag_ == "VBG":
        return None  # "may be using" guesses
    if lemma == "require" and not cue.passive and (not is_party(subject) or is_law(subject)):
        return None  # what a case or a law may require is a guess
    if lemma in {"grant", "give"} and not cue.passive and is_law(subject):
        return None  # and so is what it may give
    if cue.negated and lemma == "be" and _compares(cue.verb):
        return replace(cue, modality=PRO, negated=False)
    stative = lemma in EPISTEMIC_VERBS and not is_act(cue, lemma)
    if cue.passive and lemma in EPISTEMIC_PASSIVES:
        return None
    if lemma == "have" and negative_subject(subject) and is_party(subject):
        return replace(cue, modality=PRO, negated=False)  # "no one under 13 may have an account"
    if cue.negated and not cue.passive and stative and lemma not in {"give", "cause", "harm", "influence", "lead"}:
        return None
    if cue.passive and not cue.negated and any(t.lower_ in {"because", "due", "owing"} for t in cue.verb.rights):
        return None  # a cause explains what may happen
    if cue.negated and cue.passive and lemma == "support":
        return None
    if not cue.passive and (stative and not (cue.negated and is_party(subject))):
        return None
    if any(t.lower_ in {"also", "even"} and t.i == cue.anchor + 1 for t in cue.verb.doc) and stative:
        return None
    if (
        subject is not None
        and subject.lower_ in {"this", "it", "that", "which"}
        and not (cue.passive or stands_for_party(cue))
    ):
        return None
    return replace(cue, modality=PRO if cue.negated else PER, negated=False)


def _compares(verb: "Token") -> bool:
    """As in "may not be earlier than": a bound."""
    behind = verb.doc[verb.i + 1 : verb.i + 3]
    return len(behind) > 1 and behind[0].tag_ in {"JJR", "RBR"} and behind[1].lower_ == "than"


_CLAIMED = word_set(
    "withdraw object access exercise choose opt request obtain receive contact appeal lodge review express refuse use"
)
"""What one shall be able to do for one's own sake; what one shall be able to show is owed."""


def _complex(cue: Cue) -> Cue | None:
    """Predicates under a modal ("shall not be required to", "will not be able to", "may elect not to")."""
    verb, lemma = cue.verb, cue.verb.lemma_.lower()
    if lemma == "be" and not cue.passive:
        adjective = complement_adjective(verb)
        if adjective is not None:
            if adjective.lower_ == "able":
                target = infinitive(adjective)
                if cue.label == "may" or "no longer" in verb.doc[cue.anchor : adjective.i].text.lower():
                    return None  # what one may be able to do is a guess, what one will no longer be a forecast
                if target and cue.negated and cue.label in {"will", "wo", "shall"}:
                    return replace(cue, verb=target[0], modality=PRO, negated=False, passive=is_passive(target[0]))
                if target is None:
                    return None
                bound = cue.label in {"shall", "must"} and target[0].lemma_.lower() not in _CLAIMED
                return replace(cue, verb=target[0], modality=OBL if bound else PER, negated=False)
            return adjective_cue(adjective, cue)
        return None
    if cue.passive and (
        lemma
        in REQUIRE_VERBS
        | ALLOW_VERBS
        | FORBID_VERBS
        | URGE_VERBS
        | {"entitle", "deem", "consider", "treat", "presume", "regard", "construe"}
        and (lemma != "treat" or takes_for(verb))
    ):
        return participle_cue(verb, cue)
    if lemma == "have":
        return have_cue(verb, cue)
    if lemma in LIGHT_CONTROL and not cue.passive:
        target = infinitive(verb)
        if target is not None:
            inner = replace(cue, verb=target[0], passive=is_passive(target[0]))
            if target[1] and cue.label == "may":
                return replace(inner, modality=PER, negated=True)
            return _plain_modal(inner, cue.label)
    return None
