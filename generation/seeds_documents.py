"""Samples that the documents hold themselves: questions with their answers, call-outs, paragraphs under a heading.

They stand beside the hand-written seeds. What cannot be used is told with its place: file and line where the document is a
text file, else its page or clause.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generation.drafts import Draft
from generation.filters import malformed
from generation.prompting import as_data
from kg.coverage_links import SENTENCE
from kg.model import Clause, ClauseKind, Document, Ontology, Rejected

QUESTION, CALLOUT, TOPIC = "question_answer", "callout", "topic"
_LONGEST = 60
"""The longest answer in words; a paragraph that is longer is no short answer."""
_SHORTEST = 12
_MOST_WORDS = 120
_LABEL = re.compile(
    r"^(?:scenario|example|case study|note|warning|important|tip|caution|in practice)\b[^.:—–]{0,40}[.:—–]\s+",
    re.IGNORECASE,
)
_RULING = re.compile(
    r"\b(?:must|may|shall|should|need not|needn't|cannot|is (?:not )?(?:allowed|permitted|required|forbidden|prohibited)|"
    r"are (?:not )?(?:allowed|permitted|required|forbidden|prohibited))\b|\bonly\b.*\bcan\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b\w\.\w|\betc)\.$")
_LEANING = re.compile(r"^(?:\w+\W+){0,6}?(?:such|these|those|they|it|he|she)\b", re.IGNORECASE)
"""A paragraph that opens so leans on the one before it."""
_TEXT_FILES = frozenset({".md", ".markdown", ".txt", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class DocumentSeeds:
    """What was found, in the order of the documents: questions and call-outs first. ``rejected`` tells what was not fit."""

    drafts: tuple[Draft, ...]
    rejected: tuple[Rejected, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each form."""
        found = Counter(draft.writer.partition("/")[2] for draft in self.drafts)
        return {name: found[name] for name in (QUESTION, CALLOUT, TOPIC)}


def document_seeds(ontology: Ontology) -> DocumentSeeds:
    """The seeds in the documents of ``ontology``; text that was superseded is left alone."""
    finder = _Finder(ontology)
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for clause, draft in (*finder.spoken(), *finder.paragraphs()):
        why = draft if isinstance(draft, str) else malformed(draft, _MOST_WORDS)
        if not isinstance(draft, str) and draft.question in seen:
            why = "the same question stood before"
        if why or isinstance(draft, str):
            document = ontology.document_by_id[clause.document_id]
            rejected.append(Rejected(document.path, why, finder.place(document, clause)))
            continue
        seen.add(draft.question)
        drafts.append(draft)
    return DocumentSeeds(tuple(drafts), tuple(rejected))


class _Finder:
    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._sources: dict[str, Sequence[str]] = {}

    def spoken(self) -> Iterator[tuple[Clause, Draft | str]]:
        """Questions with their answers, and call-outs; a text instead says why there is none."""
        for clause in self._ontology.clauses:
            if clause.superseded_by:
                continue
            if clause.kind is ClauseKind.QUESTION_ANSWER:
                yield clause, self._question(clause)
            elif clause.kind is ClauseKind.CALLOUT:
                yield clause, self._callout(clause)

    def paragraphs(self) -> Iterator[tuple[Clause, Draft]]:
        """For each section its heading, with as many of its paragraphs that state a rule as make a short answer."""
        for section in self._ontology.sections:
            taken: list[Clause] = []
            words = 0
            for clause in self._by_section.get(section.id, ()):
                length = len(clause.text.split())
                telling = clause.kind is ClauseKind.PARAGRAPH and clause.text.rstrip()[-1:] in ".!?"
                telling = telling and bool(self._ontology.rules_of_clause.get(clause.id))
                if taken and not (telling and words + length <= _LONGEST):
                    break  # what follows may speak of what was left out
                if telling and words + length <= _LONGEST and (taken or not _LEANING.search(clause.text)):
                    taken.append(clause)
                    words += length
            if words < _SHORTEST or not section.title:
                continue
            text = " ".join(_flat(one.text) for one in taken)
            question = f'What does {self._policy(section.document_id)} say under "{_unquoted(section.title)}"?'
            yield taken[0], self._draft("topic", TOPIC, question, text, taken)

    def _question(self, clause: Clause) -> Draft | str:
        question, sign, answer = clause.text.partition("\nA: ")
        question, answer = _flat(question.removeprefix("Q: ")), _flat(answer)
        if not sign or not answer:
            return "a question without an answer"
        if not question:
            return "an answer without a question"
        return self._draft("rule_qa", QUESTION, question, answer, [clause])

    def _callout(self, clause: Clause) -> Draft | str:
        """A story with what follows from it, a story that shows the rule, or a rule pointed out."""
        text = _flat(_LABEL.sub("", clause.text))
        if len(text.split()) < _SHORTEST // 2:
            return "a call-out of a few words"
        sentences = SENTENCE.split(text)
        ruling = next((place for place, one in enumerate(sentences) if _RULING.search(one)), None)
        section = self._ontology.section_by_id.get(clause.section_id)
        under = f'under "{_unquoted(section.title)}"' if section and section.title else "there"
        policy = self._policy(clause.document_id)
        if ruling:
            told, follows = text.partition(sentences[ruling])[0].strip(), "".join(text.partition(sentences[ruling])[1:])
            return self._draft("rule_qa", CALLOUT, f"{told} What does {policy} say of this?", follows, [clause])
        if ruling == 0:
            return self._draft("topic", CALLOUT, f"What does {policy} point out {under}?", text, [clause])
        return self._draft("topic", CALLOUT, f"Give an example of what {policy} asks {under}.", text, [clause])

    def _draft(self, kind: str, form: str, question: str, answer: str, clauses: Sequence[Clause]) -> Draft:
        rules = [rule for clause in clauses for rule in self._ontology.rules_of_clause.get(clause.id, ())]
        number = next((clause.number for clause in clauses if clause.number), "")
        stated = _citing(answer.rstrip(), number) if number and f"clause {number}" not in answer else answer
        return Draft(
            kind, question, stated, None, tuple(rule.id for rule in rules), tuple(clause.id for clause in clauses),
            rules[0].family if rules else "", f"seed/{form}",
        )  # fmt: skip

    def _policy(self, document_id: str) -> str:
        if len(self._ontology.documents) == 1:
            return "the policy"
        return f'"{_unquoted(self._ontology.document_by_id[document_id].title)}"'

    @cached_property
    def _by_section(self) -> Mapping[str, Sequence[Clause]]:
        found: dict[str, list[Clause]] = {}
        for clause in self._ontology.clauses:
            if not clause.superseded_by:
                found.setdefault(clause.section_id, []).append(clause)
        return found

    def place(self, document: Document, clause: Clause) -> str:
        """Where a clause stands: the line of its file, else its page, else its number."""
        lines = self._lines(document)
        opening = _bare(_flat(clause.text.partition("\n")[0]).removeprefix("Q: "))[:40]
        line = next((number for number, text in enumerate(lines, 1) if opening and opening in _bare(text)), 0)
        if line:
            return f"line {line}"
        return f"page {clause.span.page}" if clause.span.page else f"clause {clause.number}"

    def _lines(self, document: Document) -> Sequence[str]:
        if document.id not in self._sources:
            path = Path(document.path)
            try:
                readable = path.suffix.lower() in _TEXT_FILES
                self._sources[document.id] = path.read_text(encoding="utf-8").splitlines() if readable else ()
            except (OSError, UnicodeDecodeError):
                self._sources[document.id] = ()
        return self._sources[document.id]


def _citing(answer: str, number: str) -> str:
    """The clause before the last full stop, or after it where it ends an abbreviation: "by 10 p.m. (clause 4.5)."."""
    if answer[-1:] in {".", "!", "?"} and not _ABBREVIATED.search(answer):
        return f"{answer[:-1]} (clause {number}){answer[-1]}"
    return f"{answer} (clause {number})."


def _flat(text: str) -> str:
    """One line, without what a chat template would read as the end of a turn: a document is data."""
    return as_data(text)


def _unquoted(text: str) -> str:
    return _flat(re.sub(r"[\"“”]", "", text))


def _bare(text: str) -> str:
    """Letters and digits alone: emphasis, labels and quotation marks differ between a file and what is read of it."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())
