"""Words of English policies as comparable keys: tokens, noun and verb lemmas, content words.

The keys are for comparing two texts with each other, not for showing. Inflection is undone by the regular rules
of English plus a table of irregular forms; derivation is not (``competitor`` and ``competition`` stay apart), for
merging them would merge concepts. A dictionary lemmatiser is not used here because ``kg`` must stay light to import
and must not need spaCy.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.\d+)*", re.UNICODE)

IRREGULAR_NOUNS = {
    "analyses": "analysis", "bases": "basis", "children": "child", "crises": "crisis", "criteria": "criterion",
    "feet": "foot", "geese": "goose", "hypotheses": "hypothesis", "indices": "index", "knives": "knife",
    "lives": "life", "matrices": "matrix", "men": "man", "mice": "mouse", "people": "person", "persons": "person",
    "phenomena": "phenomenon", "teeth": "tooth", "theses": "thesis", "wives": "wife", "women": "woman",
    "businesspeople": "businessperson", "salespeople": "salesperson", "halves": "half", "selves": "self",
    "shelves": "shelf", "thieves": "thief", "leaves": "leaf", "loaves": "loaf",
    "appendices": "appendix", "vertices": "vertex", "gases": "gas", "biases": "bias", "viruses": "virus",
}  # fmt: skip
_UNCHANGED = (
    "always apparatus as basis bias bus campus canvas census chaos consensus corpus crisis diabetes ethics focus gas "
    "genus has headquarters his its lens logistics means news perhaps physics plus politics premises process series "
    "species status surplus this thus us various virus was yes sms gps dns https tls"
)
UNCHANGED = frozenset(_UNCHANGED.split())
IRREGULAR_VERBS = {
    form: base
    for base, forms in {
        "be": "am are is was were been being", "have": "has had having", "do": "does did done doing",
        "go": "went gone goes", "give": "gave given", "take": "took taken", "make": "made", "get": "got gotten",
        "know": "knew known", "see": "saw seen", "come": "came", "become": "became", "begin": "began begun",
        "bring": "brought", "buy": "bought", "think": "thought", "seek": "sought", "teach": "taught",
        "catch": "caught", "fight": "fought", "sell": "sold", "tell": "told", "hold": "held", "keep": "kept",
        "leave": "left", "lend": "lent", "send": "sent", "spend": "spent", "build": "built", "lose": "lost",
        "mean": "means meant meaning", "meet": "met", "pay": "paid", "lead": "led", "feed": "fed", "say": "said", "find": "found",
        "bind": "bound", "stand": "stood", "understand": "understood", "win": "won", "run": "ran", "write": "wrote written",
        "drive": "drove driven", "ride": "rode ridden", "speak": "spoke spoken", "break": "broke broken",
        "choose": "chose chosen", "steal": "stole stolen", "wear": "wore worn", "draw": "drew drawn",
        "withdraw": "withdrew withdrawn", "grow": "grew grown", "show": "showed shown", "throw": "threw thrown",
        "fall": "fell fallen", "eat": "ate eaten", "drink": "drank drunk", "forget": "forgot forgotten",
        "forbid": "forbade forbidden", "hide": "hid hidden", "undertake": "undertook undertaken", "sit": "sat",
        "undergo": "underwent undergone", "oversee": "oversaw overseen", "withhold": "withheld", "use": "used using", "agree": "agreed",
        "hear": "heard", "strike": "struck stricken", "deal": "dealt", "feel": "felt", "lay": "laid", "rise": "rose risen",
        "arise": "arose arisen", "swear": "swore sworn", "bear": "bore borne", "beat": "beaten", "bend": "bent",
        "blow": "blew blown", "fly": "flew flown", "flee": "fled", "freeze": "froze frozen", "hang": "hung",
        "shake": "shook shaken", "shoot": "shot", "sleep": "slept", "stick": "stuck", "wake": "woke woken", "wind": "wound",
        "tear": "tore torn", "sing": "sang sung", "sink": "sank sunk", "swim": "swam swum", "dig": "dug", "bite": "bit bitten",
        "overcome": "overcame", "mislead": "misled", "foresee": "foresaw foreseen", "repay": "repaid", "resell": "resold",
        "rebuild": "rebuilt", "rewrite": "rewrote rewritten", "uphold": "upheld", "overtake": "overtook overtaken",
        "misunderstand": "misunderstood", "retell": "retold", "resend": "resent", "light": "lit", "prove": "proven", "lie": "lying lain",
    }.items()
    for form in forms.split()
}  # fmt: skip
_STOP_WORDS = (
    "a about above after again against all also am an and any are as at be because been before being below between "
    "both but by can could did do does doing done down during each either else etc ever every few for from further "
    "had has have having he her here hers him his how i if in into is it its itself just may me might more most must "
    "my need no nor not now of off on once one only or other our out over own per same shall she should so some such "
    "than that the their them themselves then there these they this those through to too under until up upon us very "
    "was we were what when where whether which while who whom whose why will with within without would yes you your"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


class Token(NamedTuple):
    """A word in lower case with its place, characters ``[start, end)``, in the text it came from."""

    word: str
    start: int
    end: int


def scan(text: str) -> Iterator[Token]:
    """The words of ``text`` in order; a possessive ``'s`` is dropped, a hyphen parts two words."""
    for match in TOKEN.finditer(text):
        yield Token(_plain(match.group()), match.start(), match.end())


def tokens(text: str) -> list[str]:
    """The words of ``text`` in lower case, in order."""
    return [_plain(word) for word in TOKEN.findall(text)]


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    word = word.lower().replace("’", "'")
    return word.removesuffix("'s").replace("'", "")


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The singular of a noun in lower case: ``gifts`` -> ``gift``, ``policies`` -> ``policy``, ``boss`` -> ``boss``."""
    if word in IRREGULAR_NOUNS:
        return IRREGULAR_NOUNS[word]
    if len(word) < 4 or not word.endswith("s") or word in UNCHANGED or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=100_000)
def verb_key(word: str) -> str:
    """One key for all inflected forms of a verb: ``disclose``, ``disclosed``, ``disclosing`` -> ``disclos``."""
    word = singular(IRREGULAR_VERBS.get(word, word))
    for suffix in ("ing", "ed"):
        stem = word.removesuffix(suffix)
        if stem == word or len(stem) < 3 or word.endswith("eed") or not any(letter in "aeiouy" for letter in stem):
            continue
        doubled = stem[-1] == stem[-2] and stem[-1] not in "aeioulsz"
        word = stem[:-1] if doubled else stem
        break
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 3 else word


MONTH = re.compile(
    r"\b(?:in|of|by|since|until|till|before|after|from|during|between|last|next|this|each|every|early|mid|late|and|or"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?)[ -]+(May)\b|\b(May)(?=,? [0-9])"
)
"""The month, which is written with a capital, where no one asks for leave: "in May", "5 May", "May 2026"; "May I" is none."""


def content(text: str) -> list[str]:
    """The :func:`verb_key` of each word that carries meaning, in order; function words are left out, the month is none."""
    months = {found.start(found.lastindex or 0) for found in MONTH.finditer(text)} if "May" in text else set()
    if not months:
        return [verb_key(word) for word in tokens(text) if word not in STOP_WORDS]
    return [verb_key(one.word) for one in scan(text) if one.word not in STOP_WORDS or one.start in months]
