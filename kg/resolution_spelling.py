"""One spelling for a word that has several: British to American, plural to singular, and what must be left alone."""

import re
from functools import lru_cache

from kg.words import singular


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, for a table that reads like prose."""
    return frozenset(text.split())


APART = word_set("""
    airs analytics arms athletics authorities basics belongings books clothes colors commons communications
    congratulations contents cosmetics customs damages data dues dynamics earnings economics effects electronics
    equities ethics forces forensics funds futures genetics glasses goods graphics grounds headquarters heads holdings
    honors humanities irons letters logistics looks manners mathematics matters means media merits minutes morals news
    odds optics pains papers physics plastics politics premises proceedings proceeds quarters regards remains respects
    sales savings scales securities spectacles spirits statistics surroundings takings terms thanks tropics utilities
    valuables values waters winnings wits woods works
    """)
"""Plurals that mean something else than their singular (goods, damages, values), and plurals without one."""

_NUMBER = {
    "addenda": "addendum", "aliases": "alias", "alumni": "alumnus", "atlases": "atlas", "avalanches": "avalanche",
    "bacteria": "bacterium", "bonuses": "bonus", "buses": "bus", "cacti": "cactus", "caches": "cache",
    "calories": "calorie", "calves": "calf", "campuses": "campus", "canvases": "canvas", "caucuses": "caucus",
    "censuses": "census", "codices": "codex", "consensuses": "consensus", "consortia": "consortium",
    "cookies": "cookie", "curricula": "curriculum", "diagnoses": "diagnosis", "emphases": "emphasis",
    "errata": "erratum", "focuses": "focus", "formulae": "formula", "fora": "forum", "headaches": "headache",
    "lenses": "lens", "lies": "lie", "memoranda": "memorandum", "menus": "menu", "millennia": "millennium",
    "minibuses": "minibus", "moratoria": "moratorium", "movies": "movie", "niches": "niche", "nuclei": "nucleus",
    "oxen": "ox", "parentheses": "parenthesis", "pies": "pie", "prognoses": "prognosis", "prospectuses": "prospectus",
    "prostheses": "prosthesis", "quizzes": "quiz", "radii": "radius", "referenda": "referendum", "rookies": "rookie",
    "scarves": "scarf", "selfies": "selfie", "shoes": "shoe", "statuses": "status", "stimuli": "stimulus",
    "strata": "stratum", "surpluses": "surplus", "syllabi": "syllabus", "symposia": "symposium",
    "synopses": "synopsis", "ties": "tie", "toes": "toe", "ultimata": "ultimatum", "wharves": "wharf",
    "wolves": "wolf", "zombies": "zombie", "alias": "alias", "atlas": "atlas", "menu": "menu",
}  # fmt: skip
"""What the regular rules of :func:`kg.words.singular` miss."""

_SINGULAR_S = word_set("""
    adams ambergris andrews asbestos athens brussels corps dallas debris edwards evans hers herpes hughes indoors jacobs
    james jonas jones kudos matthews mercedes ours outdoors pathos peters phillips rabies rhinoceros richards roberts
    rogers sanders scabies siemens simmons stephens stevens texas theirs williams yours
    """)
_COUNTED_IC = word_set("""
    alcoholic antibiotic antic attic basic characteristic classic clinic comic critic cynic diabetic domestic
    epidemic fabric fanatic generic graphic heuristic lyric mechanic medic metric mosaic narcotic pandemic picnic relic
    schematic skeptic synthetic tactic topic traffic tunic
    """)
"""Nouns in -ic whose plural is a plural; other words in -ics name a field or are no nouns (symbolics, academics)."""

_KEEP_ISE = word_set("""
    advertise advise anise appraise apprise arise braise bruise chastise chemise circumcise clockwise comprise
    compromise concise cruise demise despise devise disenfranchise disguise enfranchise enterprise excise exercise
    expertise franchise guise improvise incise liaise likewise malaise marquise merchandise mortise noise otherwise
    paradise poise porpoise practise praise precise premise promise raise reprise revise rise supervise surmise
    surprise televise tortoise treatise turquoise valise wise
    """)
_ISE = re.compile(r"^(\w{3,})is(e|ed|es|er|ers|ing|able|ation|ations)$")
_WORDS = {
    "adviser": "advisor", "advisers": "advisors", "ageing": "aging", "aluminium": "aluminum", "amongst": "among",
    "artefact": "artifact", "artefacts": "artifacts", "benefitted": "benefited", "benefitting": "benefiting",
    "cosy": "cozy", "despatch": "dispatch", "despatches": "dispatches", "focussed": "focused", "focussing": "focusing",
    "gaol": "jail", "grey": "gray", "instalment": "installment", "instalments": "installments", "jewellery": "jewelry",
    "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "marvellous": "marvelous", "mould": "mold", "moulds": "molds",
    "plough": "plow", "practise": "practice", "practised": "practiced", "practises": "practices",
    "practising": "practicing", "programme": "program", "programmes": "programs", "pyjamas": "pajamas",
    "skilful": "skillful", "sceptic": "skeptic", "sceptical": "skeptical", "scepticism": "skepticism",
    "towards": "toward", "whilst": "while", "wilful": "willful", "woollen": "woolen", "moustache": "mustache",
    "sizeable": "sizable", "saleable": "salable", "licence": "license", "licences": "licenses", "defence": "defense",
    "defences": "defenses", "offence": "offense", "offences": "offenses", "pretence": "pretense",
    "kilogramme": "kilogram", "kilogrammes": "kilograms", "judgement": "judgment", "judgements": "judgments",
    "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments", "abridgement": "abridgment",
}  # fmt: skip
_PATTERNS = (
    (re.compile(r"^(anal|catal|paral|electrol|hydrol|dial)ys(e|ed|er|ers|ing)$"), r"\1yz\2"),
    (re.compile(r"^(arb|ard|arm|behavi|cand|clam|col|demean|disfav|dishon|endeav|fav|ferv|flav|harb|hon|hum|lab|misbehavi|"
                r"neighb|od|parl|ranc|rig|rum|sav|splend|tum|val|vap|vig)our"), r"\1or"),
    (re.compile(r"^(cent|epicent|theat|amphitheat|lit|millilit|met|kilomet|centimet|millimet|fib|calib|sab|spect|lust|"
                r"meag|somb)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(bevel|cancel|channel|counsel|dial|duel|equal|fuel|funnel|initial|label|level|libel|marvel|model|panel|"
                r"parcel|pedal|pencil|quarrel|rival|shovel|signal|spiral|total|travel|tunnel|unravel)l(ed|ing|er|ers|or|ors)$"),
     r"\1\2"),
    (re.compile(r"^(enrol|fulfil|instil|distil|appal|enthral)(s|ment|ments)?$"), r"\1l\2"),
    (re.compile(r"^(anal|catal|dial|epil|homol|monol|prol|trav)ogue(s|d)?$"), r"\1og\2"),
    (re.compile(r"^(orthop|encyclop|p)aed"), r"\1ed"),
    (re.compile(r"^(an)aes(?=th)"), r"\1es"),
    (re.compile(r"^haem"), "hem"),
    (re.compile(r"^(arch)aeo"), r"\1eo"),
    (re.compile(r"^(gyn)aec"), r"\1ec"),
    (re.compile(r"^foet"), "fet"),
    (re.compile(r"^oestr"), "estr"),
    (re.compile(r"^sulph"), "sulf"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """``word`` (lower case) in American spelling; pairs that differ in meaning (cheque, enquiry, tyre) stay as they are."""
    if word in _WORDS:
        return _WORDS[word]
    if (match := _ISE.match(word)) is not None:
        stem, ending = match.groups()
        return word if f"{stem}ise" in _KEEP_ISE else f"{stem}iz{ending}"
    for pattern, american in _PATTERNS:
        found = pattern.sub(american, word)
        if found != word:
            return found
    return word


@lru_cache(maxsize=100_000)
def number(word: str) -> str:
    """The singular of a noun in lower case, unless that would be another word."""
    if word in APART or word in _SINGULAR_S or (word.endswith("ics") and word[:-1] not in _COUNTED_IC):
        return word
    if word in _NUMBER:
        return _NUMBER[word]
    for plural, one in (("children", "child"), ("men", "man")):
        if word.endswith(plural) and word not in {"specimen", "regimen", "abdomen", "omen", "semen", "acumen", "amen"}:
            return word.removesuffix(plural) + one
    return singular(word)
