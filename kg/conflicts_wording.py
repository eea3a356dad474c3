"""What a policy itself says about which of its rules gives way: "notwithstanding 3.2", "this clause prevails over 2.1".

A statement binds two groups of rules: those that prevail and those that give way. Where it stands in a rule's own
sentence ("subject to Article 6"), that rule is one side; where it stands by itself ("This clause prevails over 2.1 and
2.4"), all rules of its numbered unit are. Statements about whole documents ("in case of conflict this policy prevails")
only decide between rules that conflict anyway.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.model import Clause, Ontology, Rule
from kg.words import content

Key = tuple[str, ...]


class Wording(StrEnum):
    """What a statement says of the rule that gives way: replaced for good, or only where the other applies."""

    SUPERSEDES = "supersedes"
    EXCEPTS = "exception"


@dataclass(frozen=True, slots=True)
class Statement:
    """``winners`` and ``losers`` are rule ids in the order of the text; ``text`` is the words that say so.

    A ``strong`` one ("prevails over") orders its parts even where their rules do not look alike.
    """

    wording: Wording
    winners: tuple[str, ...]
    losers: tuple[str, ...]
    text: str
    strong: bool = True


_NUMBER = r"(?:[A-Z]?\d+(?:\.\d+)*(?:\([a-zA-Z0-9]{1,5}\))*|(?:\([a-zA-Z0-9]{1,5}\))+)"
_WORD = r"(?:sections?|clauses?|articles?|paragraphs?|rules?|points?|subparagraphs?|§{1,2})"
_REFERENCE = rf"(?:(?:{_WORD})\s*{_NUMBER}|[A-Z]?\d+(?:\.\d+)+(?:\([a-zA-Z0-9]{{1,5}}\))*)(?:(?:\s*,\s*(?:and |or )?|\s+(?:and|or|to)\s+)(?:{_WORD}\s*)?{_NUMBER})*"
REFERENCE = re.compile(_REFERENCE, re.IGNORECASE)
_GAP = r"[^.;:]{0,50}?"
OWN_EXCEPTS = re.compile(
    rf"\b(?:(?:prevails?|takes? (?:precedence|priority)|ha(?:s|ve) (?:precedence|priority)|overrides?)\s+(?:over\s+)?|"
    rf"(?:notwithstanding|despite|regardless of|derogation (?:of|from)|derogating from|contrary to|(?:an|as an|by way of) exception (?:to|from))\s+{_GAP})(?P<ref>{_REFERENCE})|"
    rf"(?P<not>{_REFERENCE})\s+(?:of this \w+\s+)?(?:shall|do|does|will|is|are)\s+not\s+(?:apply|applicable)\b",
    re.IGNORECASE,
)
_SET = r"(?:as\s+|where\s+|when\s+|if\s+|to the extent\s+|for\s+)?(?:otherwise\s+|expressly\s+)?(?:permitted|required|provided|allowed|described|specified|stated|authori[sz]ed|set (?:out|forth))?\s*(?:for\s+)?(?:by|in|under|as|where|if)?\s*"
OTHER_EXCEPTS = re.compile(
    rf"\b(?:(?:except(?:ion)?s?|unless|other than|save as|subject to(?: the (?:exceptions?|provisions?|rules?|limits?|limitations?) (?:of|in|set out in|under))?)\s+{_SET}(?P<ref>{_REFERENCE})|"
    rf"(?:follow\w*|obey\w*|see) the (?:\w+ ){{0,3}}rules?\s+(?:in|of|under)\s+(?P<rule>{_REFERENCE})|"
    rf"(?:stricter|special|separate|lower|higher|different) (?:rules?|limits?|terms?|periods?)\b[^.:]{{0,40}}?\b(?:see|in|under)\s+(?P<see>{_REFERENCE})|"
    rf"(?:suspended|lifted|waived)\b[^.:]{{0,40}}?\b(?:see|in|under|by)\s+(?P<lifted>{_REFERENCE}))|"
    rf"(?P<wins>{_REFERENCE})\s+(?:prevails?|takes? (?:precedence|priority)|applies instead)",
    re.IGNORECASE,
)
OWN_SUPERSEDES = re.compile(rf"\b(?:supersedes?|replaces?|repeals?)\s+{_GAP}(?P<ref>{_REFERENCE})", re.IGNORECASE)
OF_DOCUMENT = re.compile(r"\s*,?\s+(?:of|in)\s+(?P<which>the|this|our|these)\s+(?P<title>[\w' -]{3,80})")
DOCUMENT_WINS = re.compile(
    r"\b(?P<winner>(?:this|the|our|these)\s[\w' -]{3,80}?)\s+(?:shall\s+|will\s+)?(?:prevails?|takes?\s+(?:precedence|priority)|controls?|governs?|"
    r"supersedes?|replaces?)\b(?:\s+over)?(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
IN_CONFLICT = re.compile(r"\b(?:conflict|inconsisten\w+|contradict\w*|differ\w*|discrepanc\w+)\b", re.IGNORECASE)
ALL_OTHERS = re.compile(
    r"\b(?:any|all|every|each) (?:other )?(?:polic|agreement|handbook|document|rule|procedure|guideline|manual|instruction|term)\w*",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z*(])")


def key(number: str) -> Key:
    """A number in comparable parts: ``Article 9(2)(a)`` -> ("article", "9", "2", "a"), ``section 7.6`` -> ("7", "6")."""
    parts = re.findall(r"[a-z]+|\d+", number.lower())
    return tuple(
        part for part in parts if not re.fullmatch(_WORD, part, re.IGNORECASE) or part in {"article", "articles"}
    )


class Numbers:
    """The rules of every numbered clause and section, by document and number."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._rules: dict[tuple[str, Key], list[str]] = defaultdict(list)
        self._root: dict[Key, Key] = {}
        sections = ontology.section_by_id
        for rule in ontology.rules:
            clause = ontology.clause_by_id.get(rule.clause_id)
            section = sections.get(rule.section_id)
            names = {key(clause.number) if clause else (), key(section.number) if section else ()}
            if clause and section and key(section.number) == key(clause.number)[: len(key(section.number))]:
                self._root[key(clause.number)] = key(section.number)
            for name in names:
                for depth in range(1, len(name) + 1):
                    self._rules[rule.document_id, name[:depth]].append(rule.id)
        self._titles = {document.id: frozenset(content(document.title)) for document in ontology.documents}

    def own(self, clause: Clause) -> Key:
        section = self._ontology.section_by_id.get(clause.section_id)
        return key(clause.number) or (key(section.number) if section else ())

    def at(self, document: str, number: Key) -> tuple[str, ...]:
        """The rules of a numbered part and of all below it."""
        return tuple(dict.fromkeys(self._rules.get((document, number), ())))

    def meant(self, text: str, match: re.Match[str], group: str, clause: Clause) -> tuple[str, ...]:
        """The rules that the reference in ``match`` means, seen from ``clause``; none for a document that is not there."""
        document = clause.document_id
        if of := OF_DOCUMENT.match(text, match.end(group)):
            named = self.document(of.group(0), clause.document_id)
            if not named:
                return ()
            document = named
        found: list[str] = []
        own = self.own(clause)
        article = ""
        last: tuple[Key, int] | None = None
        for item in re.finditer(rf"(?P<word>{_WORD})?\s*(?P<number>{_NUMBER})", match[group], re.IGNORECASE):
            word = (item["word"] or article).lower()
            number = key(item["number"])
            found += self._one(document, word, number, own)
            if (
                last
                and re.fullmatch(r"\s*to\s*", match[group][last[1] : item.start()])
                and last[0][:-1] == number[:-1]
                and last[0][-1].isdigit()
            ):
                for between in range(
                    int(last[0][-1]) + 1, min(int(number[-1]) if number[-1].isdigit() else 0, int(last[0][-1]) + 40)
                ):
                    found += self._one(document, word, (*number[:-1], str(between)), own)
            article, last = word, (number, item.end())
        return tuple(dict.fromkeys(found))

    def _one(self, document: str, word: str, number: Key, own: Key) -> tuple[str, ...]:
        if word.startswith("article"):
            return self.at(document, ("article", *number))
        if word.startswith(("paragraph", "point", "subparagraph")) or not number[0].isdigit():
            root = len(self._root.get(own, own))  # "paragraph (b)" is counted from the section, not from the item
            for depth in (root, *range(len(own) - 1, 0, -1)):
                if found := self.at(document, own[:depth] + number):
                    return found
            return ()
        return self.at(document, number)

    def document(self, phrase: str, own: str) -> str:
        """The id of the document that a phrase names, or an empty string."""
        if re.search(r"\b(?:this|these)\s+\w+", phrase, re.IGNORECASE) and len(content(phrase)) <= 3:
            return own
        words = content(phrase)
        scored = [
            (len([word for word in dict.fromkeys(words) if word in title]), document)
            for document, title in self._titles.items()
            if words and title & frozenset(words) and _covers(words, title)
        ]
        top = max((score for score, _ in scored), default=0)
        best = [document for score, document in scored if score == top]
        return best[0] if len(best) == 1 else ""


def _covers(words: list[str], title: frozenset[str]) -> bool:
    """Whether the first words of a phrase are a title's: "the Records Retention Policy, consent forms of ..."."""
    head = list(words[:3])
    return sum(word in title for word in head) >= min(2, len(head))


def statements(ontology: Ontology) -> tuple[Statement, ...]:
    """Every statement of precedence between numbered rules, in the order of the text."""
    numbers = Numbers(ontology)
    found: dict[tuple[tuple[str, ...], tuple[str, ...], Wording], Statement] = {}
    for statement in (*_superseded(ontology, numbers), *_of_rules(ontology, numbers), *_of_clauses(ontology, numbers)):
        losers = tuple(rule for rule in statement.losers if rule not in statement.winners)
        if statement.winners and losers:
            one = replace(statement, losers=losers)
            found.setdefault((one.winners, one.losers, one.wording), one)
    return tuple(found.values())


def _superseded(ontology: Ontology, numbers: Numbers) -> Iterator[Statement]:
    """Clauses whose head says that another clause has replaced them."""
    for clause in ontology.clauses:
        losers = tuple(rule.id for rule in ontology.rules_of_clause.get(clause.id, ()))
        if clause.superseded_by and losers:
            winners = numbers.at(clause.document_id, key(clause.superseded_by))
            if not winners and clause.superseded_by in ontology.clause_by_id:
                winners = tuple(rule.id for rule in ontology.rules_of_clause.get(clause.superseded_by, ()))
            yield Statement(Wording.SUPERSEDES, winners, losers, f"superseded by {clause.superseded_by}")


def _of_rules(ontology: Ontology, numbers: Numbers) -> Iterator[Statement]:
    for rule in ontology.rules:
        if (clause := ontology.clause_by_id.get(rule.clause_id)) is not None:
            yield from _read(rule.text, clause, (rule.id,), numbers)


def _of_clauses(ontology: Ontology, numbers: Numbers) -> Iterator[Statement]:
    """Sentences that state no rule themselves speak for all rules of their unit."""
    said: Mapping[str, list[Rule]] = defaultdict(
        list, {key_: list(rules) for key_, rules in ontology.rules_of_clause.items()}
    )
    for clause in ontology.clauses:
        for sentence in SENTENCE.split(clause.text):
            if any(sentence.strip(" .") in rule.text or rule.text in sentence for rule in said[clause.id]):
                continue
            own = numbers.at(clause.document_id, numbers.own(clause))
            yield from _read(sentence, clause, own, numbers)


def _read(text: str, clause: Clause, own: tuple[str, ...], numbers: Numbers) -> Iterator[Statement]:
    for pattern, wording, own_wins in (
        (OWN_SUPERSEDES, Wording.SUPERSEDES, True),
        (OWN_EXCEPTS, Wording.EXCEPTS, True),
        (OTHER_EXCEPTS, Wording.EXCEPTS, False),
    ):
        for match in pattern.finditer(text):
            group = next(name for name, value in match.groupdict().items() if value)
            meant = numbers.meant(text, match, group, clause)
            winners, losers = (own, meant) if own_wins else (meant, own)
            yield Statement(wording, winners, losers, " ".join(match.group().split()), own_wins or group != "ref")


def documents_that_prevail(ontology: Ontology) -> dict[tuple[str, str], str]:
    """(winning document, losing document) -> the sentence that says so; a losing id of "" means every other."""
    numbers = Numbers(ontology)
    found: dict[tuple[str, str], str] = {}
    for clause in ontology.clauses:
        for sentence in SENTENCE.split(clause.text):
            match = DOCUMENT_WINS.search(sentence)
            if match is None or (match["rest"] and REFERENCE.match(match["rest"].strip())):
                continue
            winner = numbers.document(match["winner"], clause.document_id)
            loser = numbers.document(match["rest"], clause.document_id) if match["rest"].strip() else ""
            others = [
                one
                for one in (
                    numbers.document(part, clause.document_id)
                    for part in re.split(r",|\band\b|\bbetween\b|\bwith\b", sentence[: match.start()])
                )
                if one and one != winner
            ]
            loser = loser or next(iter(others), "")
            everything = not loser and ALL_OTHERS.search(sentence) and IN_CONFLICT.search(sentence)
            if winner and ((loser and loser != winner) or everything):
                found.setdefault((winner, loser), " ".join(sentence.split()))
    return found
