"""Who appears in a case: people, roles, places and dates, drawn without any regard to the verdict."""

import random
import re
from dataclasses import dataclass, replace

from generation.grammar import head_position, one_of, readings, singular, verb_form, with_article
from generation.lexicon import BODIES, PERSONS
from generation.names import COMPANIES, DAYS, EITHER, FUTURE, MEN, PLACES, ROLES, SURNAMES, UNITS, WOMEN

_PRONOUN_ACTOR = re.compile(
    r"^(?:you|we|they|those|these|i|it|he|she|one|everyone|anyone|somebody|someone|nobody|no one|us)$", re.IGNORECASE
)
_WE = re.compile(r"^(?:we|us|our company|the company)$", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:(?:all|every|each|any|an?|the|our|other)\s+)*(?:employees?|persons?|people|staff|individuals?|workers?|"
    r"personnel|team members?|colleagues?|members? of staff|everyone|users?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts. ``intro`` is the first mention, ``short`` the later one; ``number`` is sg, pl or first."""

    intro: str
    short: str
    subject: str
    object: str
    possessive: str
    reflexive: str
    number: str = "sg"
    animate: bool = True

    @property
    def first(self) -> bool:
        return self.number == "first"

    @property
    def plural_verb(self) -> bool:
        return self.number == "pl"

    def be(self, *, past: bool) -> str:
        """The form of *be* that agrees."""
        if past:
            return "were" if self.plural_verb else "was"
        return {"first": "am", "pl": "are", "sg": "is"}[self.number]

    def have(self) -> str:
        return "has" if self.number == "sg" else "have"

    def do(self) -> str:
        return "does" if self.number == "sg" else "do"

    def verb(self, base: str, third: str) -> str:
        """Present form of a verb given as base and third person: ``verb("want", "wants")``."""
        return third if self.number == "sg" else base


def is_one_person(agent: Agent) -> bool:
    """Whether one person acts, who can be asked and has a manager."""
    return agent.subject in {"she", "he", "I"}


@dataclass(frozen=True, slots=True)
class Cast:
    """The circumstances of one case."""

    agent: Agent
    colleague: str
    teller: str
    unit: str
    place: str
    day: str
    future: str
    company: str


_PRONOUNS = {
    "woman": ("she", "her", "her", "herself"),
    "man": ("he", "him", "his", "himself"),
    "either": ("they", "them", "their", "themselves"),
}
I_AGENT = Agent("I", "I", "I", "me", "my", "myself", "first")
WE_AGENT = Agent("we", "we", "we", "us", "our", "ourselves", "pl")


def _name(rng: random.Random) -> tuple[str, str]:
    pool, gender = rng.choices(((WOMEN, "woman"), (MEN, "man"), (EITHER, "either")), weights=(45, 45, 4))[0]
    return rng.choice(pool), gender


def pronoun_of(name: str) -> str:
    """The pronoun for a first name; the name itself where it does not tell."""
    return "she" if name in WOMEN else "he" if name in MEN else name


def person(rng: random.Random, role: str = "") -> Agent:
    """A named person; ``role`` such as "line manager" is mentioned when given."""
    name, gender = _name(rng)
    if gender == "either":
        gender = rng.choice(("woman", "man"))
    subject, object_, possessive, reflexive = _PRONOUNS[gender]
    unit, place = rng.choice(UNITS), rng.choice(PLACES)
    full = f"{name} {rng.choice(SURNAMES)}"
    if role:
        introductions = [f"{name}, {with_article(role)} in {place},", f"{full}, {with_article(role)},"]
    else:
        role = rng.choice(ROLES)
        introductions = [
            name, name, full, f"{name} from {unit}", f"{name} from {unit}", f"{full}, {with_article(role)},",
            f"{name}, {with_article(role)} in {place},", f"my colleague {name}", f"{name} on my team",
        ]  # fmt: skip
    intro = rng.choice(introductions)
    return Agent(intro, name, subject, object_, possessive, reflexive)


def body(name: str) -> Agent:
    """A company, an office or a team as the one who acts."""
    return Agent(name, name, "it", "it", "its", "itself")


def group(name: str) -> Agent:
    """Several people as the ones who act."""
    return Agent(name, name, "they", "them", "their", "themselves", "pl")


def _strip_determiner(text: str) -> str:
    return re.sub(r"^(?:all|every|each|any|an?|the|our|your|other|both)\s+", "", text, flags=re.IGNORECASE)


def agent_for(actor: str, rng: random.Random, *, first_person: bool) -> Agent:
    """The one who acts under a rule whose actor is ``actor`` (perhaps empty)."""
    actor = re.split(r",| who | that | which ", actor.strip())[0].strip()
    if _WE.match(actor):
        return WE_AGENT
    if not actor or _PRONOUN_ACTOR.match(actor) or _GENERIC.match(actor):
        return I_AGENT if first_person else person(rng)
    plain = _strip_determiner(actor)
    words = plain.split()
    if ":" in actor:  # the first cell of a table row, not an actor
        return I_AGENT if first_person else person(rng)
    if words[-1].lower() in {"staff", "personnel"} and "and" not in words:
        return person(rng, f"member of {plain[0].lower()}{plain[1:]}")
    if len(words) > 1 and all(word[:1].isupper() for word in words) and words[-1].lower() in PERSONS:
        return replace(person(rng), intro=f"the {plain}", short=f"the {plain}")  # the holder of one office
    proper = len(words) == 1 or words[-1][:1].isupper()  # "Finance Control", not "Working time" that opens a sentence
    if proper and plain[0].isupper() and singular(words[-1]) is None and words[-1].lower() not in PERSONS:
        return body(actor)
    if words[0].lower() in _NUMERALS and len(words) > 1:
        return group(plain[0].lower() + plain[1:])
    persons, bodies = _mentions(words, PERSONS), _mentions(words, BODIES)
    if not persons and not bodies:
        return _inert(_thing(actor, plain))
    if bodies and not persons and singular(words[-1]) and not any(word[:1].isupper() for word in words[1:]):
        return group(plain[0].lower() + plain[1:])
    if bodies and not persons:
        determined = (
            actor if actor.split()[0].lower() in {"the", "our", "a", "an"} or plain[0].isupper() else f"the {plain}"
        )
        return body(determined)
    if len(words) <= 3 and not {"or", "and", "of", "in", "with"} & set(words):
        one = singular(words[-1])
        if one is None and singular(words[0]):  # "children under 16"
            return group(plain[0].lower() + plain[1:])
        role = " ".join([*words[:-1], one]) if one else plain
        if role.lower() == "member":
            return person(rng)
        if role.split()[-1].lower() in _FIRMS:
            firm = rng.choice(COMPANIES)
            return replace(body(firm), intro=f"{firm}, {with_article(role.lower())},")
        titled = all(word.istitle() for word in role.split())
        return person(rng, role.lower() if titled else role[0].lower() + role[1:] if not plain.isupper() else role)
    if singular(words[0]) or any(singular(word) for word in words[:4]):
        return group(actor[0].lower() + actor[1:] if actor.split()[0].istitle() and len(words) > 1 else actor)
    named = (
        actor
        if actor.split()[0].lower() in {"the", "a", "an", "anyone"}
        else with_article(plain[0].lower() + plain[1:])
    )
    return Agent(named, named, "they", "them", "their", "themselves")


_FIRMS = frozenset({"supplier", "bidder", "vendor", "distributor", "subcontractor", "contractor"})
_NUMERALS = frozenset(
    {"multiple", "various", "two", "three", "four", "five", "several", "both", "many", "most", "some", "at", "more"}
)


def _inert(agent: Agent) -> Agent:
    """A thing: it cannot be asked, and it has no manager."""
    return replace(agent, animate=False)


def _thing(actor: str, plain: str) -> Agent:
    """A thing as the grammatical actor ("documents marked Restricted must not leave the premises")."""
    if plain[:1].isupper() and len(plain.split()) == 1 and singular(plain) is None:
        return body(plain)
    text = plain if plain[:2].isupper() else plain[0].lower() + plain[1:]
    one = one_of(text)
    if one == text and text.split()[0] not in {"a", "an", "the"}:
        many = any(singular(word) for word in text.split()[: min(head_position(text.split()) + 1, 3)])
        return group(text) if many else body(f"the {text}" if actor != plain or readings(text.split()[-1]) else text)
    return body(one)


def _mentions(words: list[str], nouns: frozenset[str]) -> bool:
    """Whether the head words before a preposition name one of ``nouns``."""
    return any((singular(word) or word).lower() in nouns for word in words[: head_position(words) + 1])


def draw(agent: Agent, rng: random.Random) -> Cast:
    """The circumstances around ``agent``."""
    other = person(rng)
    while other.short == agent.short:
        other = person(rng)
    return Cast(
        agent=agent,
        colleague=other.short,
        teller=f"{rng.choice([name for name in WOMEN + MEN if name not in {agent.short, other.short}])} {rng.choice(SURNAMES)}",
        unit=rng.choice(UNITS),
        place=rng.choice(PLACES),
        day=rng.choice(DAYS),
        future=rng.choice(FUTURE),
        company=rng.choice(COMPANIES),
    )


def _third(verb: str) -> str:
    """A verb after "they" as it stands after "she"; other words stay."""
    irregular = {"are": "is", "were": "was", "have": "has", "do": "does"}
    if verb in irregular:
        return irregular[verb]
    found = readings(verb)
    return verb_form(verb, "s3") if found.get("VERB") == verb and "AUX" not in found else verb


_OF_ACTOR = re.compile(r"\b(?:they|the(?:ir|m)|you|him|his|he)|\bI are\b", re.IGNORECASE)


def personalise(text: str, agent: Agent) -> str:
    """``text`` of a rule with its pronouns for the actor put into ``agent``'s person."""
    if not _OF_ACTOR.search(text):
        return text
    table = {
        "their": agent.possessive, "your": agent.possessive, "his or her": agent.possessive,
        "themselves": agent.reflexive, "themself": agent.reflexive, "yourself": agent.reflexive,
        "yourselves": agent.reflexive, "himself or herself": agent.reflexive, "he or she": agent.subject,
        "him or her": agent.object, "them": agent.object,
        "they": agent.subject, "theirs": "mine" if agent.first else agent.possessive, "yours": agent.possessive,
    }  # fmt: skip
    pattern = r"\b(himself or herself|his or her|he or she|him or her|their|your|themselves|themself|yourself|yourselves|they|theirs|yours)\b"
    if agent.number == "sg":
        text = re.sub(r"\bthey (\w+)\b", lambda found: f"they {_third(found.group(1))}", text)
    text = re.sub(pattern, lambda found: table[found.group(1).lower()], text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b(to|for|from|with|by|about|against|of|on|ask|asks|tell|tells|give|gives) you\b", rf"\1 {agent.object}", text
    )
    if agent.number == "sg":
        text = re.sub(r"\byou (\w+)\b", lambda found: f"you {_third(found.group(1))}", text)
    text = re.sub(r"\byou\b", agent.subject, text, flags=re.IGNORECASE)
    return re.sub(r"\bI are\b", "I am", text) if agent.first else text
