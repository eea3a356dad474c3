"""From a question to the passages that bear on it, with the path through the graph that led to each.

A passage is what one citation names: the clauses of one number or section, parted where they grow long. Passages are
ranked by up to five scores: BM25 and, when an :data:`Embed` is given, cosine, each over the whole passage and over its
best sentence (a rule, or a clause that states none), and the concept graph: a sentence that mentions a concept of the
question, or one a step away (a *watch* is a *gift*). The scores are standardised and added with weights, which ranks
better than reciprocal ranks when one score is much stronger (Bruch, Gai and Ingber, TOIS 2023; measured here on the
example's development cases). Everything is a matrix product, so thousands of questions take seconds. When a
:data:`TokenEmbed` is given, the best passages are looked at once more, word by word (``kg.retrieval_late``);
cases that were decided add a score of their own (``kg.retrieval_precedents``).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.grounding import ground
from kg.model import Ontology
from kg.retrieval_concepts import ConceptScores
from kg.retrieval_late import LateInteraction, TokenEmbed
from kg.retrieval_passages import citation_of, passages_of
from kg.retrieval_precedents import Decided, Precedents
from kg.retrieval_records import Embed, RetrievalOptions, Retrieved
from kg.retrieval_scores import Bm25, pooled, standard

__all__ = ["Embed", "RetrievalOptions", "Retrieved", "Retriever"]

BATCH = 256
SENTENCES = 4
"""The most sentences of a passage that are shown."""
_DEFAULTS = RetrievalOptions()


class Retriever:
    """An index over one ontology, built once; retrieval does not change it."""

    def __init__(
        self, ontology: Ontology, embed: Embed | None = None, options: RetrievalOptions = _DEFAULTS,
        tokens: TokenEmbed | None = None,
    ) -> None:  # fmt: skip
        self._ontology, self._embed, self._options, self._tokens = ontology, embed, options, tokens
        passages = list(passages_of(ontology, options.passage_words))
        self._units = tuple(unit for _, units in passages for unit in units)
        self._first = np.cumsum([0, *(len(units) for _, units in passages[:-1])], dtype=np.int64)
        self._members = [
            range(start, start + len(units)) for start, (_, units) in zip(self._first, passages, strict=False)
        ]
        self._rank = [(not unit.rule_id, unit.superseded) for unit in self._units]
        self._past = [min(self._rank[unit] for unit in members)[1] for members in self._members]
        sentences, texts = [unit.text for unit in self._units], [text for text, _ in passages]
        self._sentence_words, self._words = Bm25(sentences, options.k1, options.b), Bm25(texts, options.k1, options.b)
        self._vectors = (embed(sentences), embed(texts)) if embed and texts else None
        late = tokens is not None and options.late_weight > 0 and len(texts) > 0
        self._late = LateInteraction([*texts, *sentences], tokens) if late and tokens else None
        self._concepts = ConceptScores(ontology, self._units, options.relations, options.hop)
        self._precedents: Precedents | None = None
        self._led: tuple[tuple[Decided, ...], Retriever] | None = None

    def with_precedents(self, decided: Sequence[Decided]) -> "Retriever":
        """The same retriever, led also by cases that were ``decided``.

        Without an embedder they change nothing; those of unknown rules are left out. The last answer is kept: a dataset
        and an audit are led by the same cases.
        """
        decided = tuple(decided)
        if self._led is None or self._led[0] != decided:
            self._led = decided, self._with(decided)
        return self._led[1]

    def _with(self, decided: Sequence[Decided]) -> "Retriever":
        row = {unit.rule_id: place for place, unit in enumerate(self._units) if unit.rule_id}
        known = [(case, row[case.rule_id]) for case in decided if case.rule_id in row]
        if not known or self._embed is None or self._options.precedent_weight == 0:
            return self
        passage = np.repeat(np.arange(len(self._members)), [len(members) for members in self._members])
        questions = [case.question for case, _ in known]
        whole, words = self._embed(questions), self._tokens(questions) if self._tokens else None
        led = copy(self)
        led._follow(Precedents(known, passage, len(self._members), _meaning(whole, words)), questions, whole, words)  # noqa: SLF001 - ours
        return led

    def _follow(self, precedents: Precedents, questions: Sequence[str], whole: "_Rows", words: "_Rows | None") -> None:
        """Be led by ``precedents``. A dataset asks about its precedents too: what ``questions`` mean is kept."""
        self._led, self._precedents = None, precedents
        if self._embed is not None:
            meant = _recalling(self._embed, questions, whole)
            self._embed = lambda asked: np.stack(meant(asked))
        if self._tokens is not None and words is not None:
            self._tokens = _recalling(self._tokens, questions, words)

    def retrieve(self, question: str, k: int) -> tuple[Retrieved, ...]:
        """The ``k`` best passages for ``question``, best first; superseded ones last."""
        return self.retrieve_many((question,), k)[0]

    def retrieve_many(self, questions: Sequence[str], k: int) -> tuple[tuple[Retrieved, ...], ...]:
        """:meth:`retrieve` for many questions at once, in their order."""
        results: list[tuple[Retrieved, ...]] = []
        for start in range(0, len(questions), BATCH):
            results.extend(self._batch(questions[start : start + BATCH], k))
        return tuple(results)

    def _batch(self, questions: Sequence[str], k: int) -> Iterator[tuple[Retrieved, ...]]:
        if not self._units or k < 1:
            yield from (() for _ in questions)
            return
        options = self._options
        found = [self._concepts.find(question) for question in questions]
        closely = self._tokens(questions) if self._tokens is not None else None
        scores = [(options.words_weight, self._sentence_words.scores(questions), self._words.scores(questions))]
        if self._vectors is not None and self._embed is not None:
            asked = self._embed(questions)
            sentences, passages = (np.asarray(asked @ vectors.T, dtype=np.float64) for vectors in self._vectors)
            scores.append((options.dense_weight, sentences, passages))
        graph = self._concepts.scores(found)
        touched = (
            pooled(graph, self._first) > 0
            if options.graph_weight > 0
            else np.zeros((len(found), len(self._first)), bool)
        )
        by_sentence = options.graph_weight * standard(graph)
        by_passage = options.graph_weight * standard(pooled(graph, self._first))
        if self._precedents is not None and self._embed is not None:
            cases, decided = self._precedents.scores(questions, _meaning(asked, closely))
            by_sentence += options.precedent_weight * cases
            by_passage += options.precedent_weight * decided
        for weight, sentences, passages in scores:
            by_sentence += weight * standard(sentences)
            by_passage += weight * (
                standard(passages) + options.sentence_weight * standard(pooled(sentences, self._first))
            )
            touched |= passages > 0
        for row, concepts in enumerate(found):
            near = np.flatnonzero(touched[row])
            if closely is not None and self._late is not None:
                near = self._second_look(closely[row], by_passage[row], by_sentence[row], near)
            yield self._ranked(questions[row], by_passage[row], by_sentence[row], near, concepts, k)

    def _second_look(
        self, question: NDArray[np.float32], passages: NDArray[np.float64], sentences: NDArray[np.float64],
        touched: NDArray[np.int64],
    ) -> NDArray[np.int64]:  # fmt: skip
        """The candidates among the passages ``touched``, after their scores were raised or lowered word by word."""
        near = touched[np.argsort(-passages[touched], kind="stable")[: self._options.candidates]]
        units = np.asarray([unit for passage in near.tolist() for unit in self._members[passage]], dtype=np.int64)
        if self._late is None or not len(units):
            return near
        first = np.cumsum([0, *(len(self._members[passage]) for passage in near.tolist()[:-1])], dtype=np.int64)
        found = self._late.scores(question, [*near.tolist(), *(units + len(passages)).tolist()])[None]
        by_passage, by_unit = found[:, : len(near)], found[:, len(near) :]
        weight, options = self._options.late_weight, self._options
        passages[near] += (
            weight * (standard(by_passage) + options.sentence_weight * standard(pooled(by_unit, first)))[0]
        )
        sentences[units] += weight * standard(by_unit)[0]
        return near

    def _ranked(
        self, question: str, scores: NDArray[np.float64], sentences: NDArray[np.float64], touched: NDArray[np.int64],
        concepts: Sequence[str], k: int,
    ) -> tuple[Retrieved, ...]:  # fmt: skip
        # What is in force comes before what was; and what is in force within a passage is settled before any question.
        best = sorted((self._past[passage], -float(scores[passage]), passage) for passage in touched.tolist())
        results: dict[tuple[str, str], Retrieved] = {}
        for _, score, passage in best:
            # A rule decides a case before the prose around it does, and what is in force before what was.
            units = sorted(self._members[passage], key=lambda unit: (*self._rank[unit], -sentences[unit]))
            clause = self._ontology.clause_by_id[self._units[units[0]].clause_id]
            name = (clause.document_id, citation_of(self._ontology, clause))
            if name not in results:
                results[name] = self.grounded(question, self._result(units, -score, concepts, name[1]))
                if len(results) == k:
                    break
        return tuple(results.values())

    def grounded(self, question: str, passage: Retrieved) -> Retrieved:
        """``passage`` with the checks of ``question`` against the rules that it shows."""
        by_id = self._ontology.rule_by_id
        rules = sorted(
            (by_id[id_] for id_ in passage.rule_ids if id_ in by_id), key=lambda rule: passage.text.find(rule.text[:40])
        )
        return replace(passage, grounds=ground(question, passage.text, rules))

    def _result(self, units: Sequence[int], score: float, concepts: Sequence[str], citation: str) -> Retrieved:
        best = self._units[units[0]]
        room = self._options.max_words
        shown = self._shown(units, room)
        text = " ".join(dict.fromkeys(self._units[unit].text for unit in shown))
        if len(text.split()) > room:
            text = _shorten(best.text, room)
        rule_ids = tuple(dict.fromkeys(self._units[unit].rule_id for unit in shown if self._units[unit].rule_id))
        path = self._concepts.path(units, concepts, citation)
        return Retrieved(best.clause_id, best.rule_id, text, citation, round(score, 4), path, rule_ids)

    def _shown(self, units: Sequence[int], room: int) -> list[int]:
        """The best of ``units`` whose sentences fit into ``room`` words together, in the order of the document."""
        best = self._units[units[0]]
        kept, words = [units[0]], len(best.text.split())
        for unit in units[1:]:
            other = self._units[unit]
            if bool(other.rule_id) != bool(best.rule_id) or other.superseded:
                continue
            if any(other.text == self._units[known].text for known in kept):
                kept.append(unit)  # another rule of a sentence that stands there already
            elif words + len(other.text.split()) <= room and len(kept) < SENTENCES:
                kept.append(unit)
                words += len(other.text.split())
        return sorted(kept)


def _meaning(whole: NDArray[np.float32], words: Sequence[NDArray[np.float32]] | None) -> NDArray[np.float32]:
    """Unit rows that hold the embedding of each text and, where there is one, the mean of its words' vectors."""
    if words is None:
        return whole
    means = np.stack([rows.mean(axis=0) for rows in words])
    means /= np.linalg.norm(means, axis=1, keepdims=True) + 1e-9
    return np.asarray(np.concatenate([whole, means], axis=1) / np.sqrt(2), dtype=np.float32)


_Rows = Sequence[NDArray[np.float32]] | NDArray[np.float32]


def _recalling(
    encode: Callable[[Sequence[str]], _Rows], texts: Sequence[str], encoded: _Rows
) -> Callable[[Sequence[str]], list[NDArray[np.float32]]]:
    """``encode``, text by text, that knows already what ``texts`` were encoded as."""
    held: dict[str, NDArray[np.float32]] = dict(zip(texts, encoded, strict=True))

    def recall(asked: Sequence[str]) -> list[NDArray[np.float32]]:
        new = [text for text in dict.fromkeys(asked) if text not in held]
        found = dict(zip(new, encode(new), strict=True)) if new else {}
        return [held[text] if text in held else found[text] for text in asked]

    return recall


def _shorten(text: str, words: int) -> str:
    """At most ``words`` words, cut after a comma, semicolon or sentence in the last third when there is one."""
    parts = text.split()
    if len(parts) <= words:
        return text
    kept = parts[:words]
    stops = [place for place, word in enumerate(kept) if re.search(r"[,;:.]$", word) and place >= 2 * words // 3]
    return " ".join(kept[: stops[-1] + 1] if stops else kept).rstrip(",;:") + " ..."
