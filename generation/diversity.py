"""How varied samples are: distinct-n, dispersion of embeddings, lengths, and what is said twice.

Distinct-n is the share of different runs of n words among all of them (Li et al. 2016). It falls with the number of texts,
so figures are comparable only for like numbers of words; that number is told with each. The dispersion is the mean cosine
distance over all pairs of texts, exact: for unit rows v the mean similarity is (|sum v|^2 - n) / (n (n - 1)).

Trap: the three cases of a triple are alike by design (they differ in the one fact that decides), so near duplicates are
counted once over all and once between rule families, where nothing asks for them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.filters import shingles
from kg.model import Sample
from kg.words import tokens

ALL = "all"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
NEAR = 0.8
"""Jaccard similarity of runs of three words from which two questions are near duplicates."""

_BLOCK = 500
"""Questions compared with all others at a time."""

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Variety:
    """Figures of a set of texts. ``distinct`` is distinct-1, -2 and -3; ``lengths`` are quantiles in words.

    ``dispersion`` is None without an embedder or with fewer than two texts.
    """

    texts: int
    words: int
    distinct: tuple[float, float, float]
    lengths: tuple[int, ...]
    exact_duplicates: int
    dispersion: float | None

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.texts,
            "words": self.words,
            **{f"distinct_{n}": round(share, 4) for n, share in enumerate(self.distinct, 1)},
            "length_in_words": {
                f"p{round(q * 100)}": length for q, length in zip(QUANTILES, self.lengths, strict=True)
            },
            "exact_duplicates": self.exact_duplicates,
            "dispersion": None if self.dispersion is None else round(self.dispersion, 4),
        }


@dataclass(frozen=True, slots=True)
class Diversity:
    """Questions and answers by kind, and all of them under :data:`ALL`.

    ``near_duplicates`` are questions that are nearly an earlier one; ``near_between_families`` those of them whose earlier
    one is about another rule family.
    """

    questions: dict[str, Variety]
    answers: dict[str, Variety]
    near_duplicates: int
    near_between_families: int

    def to_dict(self) -> dict[str, object]:
        return {
            "questions": {kind: found.to_dict() for kind, found in self.questions.items()},
            "answers": {kind: found.to_dict() for kind, found in self.answers.items()},
            "near_duplicates": self.near_duplicates,
            "near_duplicates_between_families": self.near_between_families,
            "near_from": NEAR,
        }


def measure_diversity(samples: Sequence[Sample], embed: Embed | None = None) -> Diversity:
    """The diversity of ``samples``; the questions are embedded, each once."""
    kinds = sorted({sample.kind for sample in samples})
    groups = {ALL: range(len(samples))} | {
        kind: [place for place, sample in enumerate(samples) if sample.kind == kind] for kind in kinds
    }
    questions, answers = [sample.question for sample in samples], [sample.answer for sample in samples]
    vectors = embed(questions) if embed is not None and questions else None
    asked, told = {}, {}
    for kind, places in groups.items():
        rows = None if vectors is None else vectors[list(places)]
        asked[kind] = variety([questions[place] for place in places], rows)
        told[kind] = variety([answers[place] for place in places])
    return Diversity(asked, told, *_near(samples))


def variety(texts: Sequence[str], vectors: NDArray[np.float32] | None = None) -> Variety:
    """The figures of ``texts``; ``vectors`` are their embeddings, unit rows of shape (texts, d)."""
    words = [tokens(text) for text in texts]
    lengths = [len(each) for each in words] or [0]
    return Variety(
        len(texts), sum(map(len, words)), (distinct(words, 1), distinct(words, 2), distinct(words, 3)),
        tuple(int(length) for length in np.quantile(lengths, QUANTILES, method="nearest")),
        len(texts) - len({" ".join(each) for each in words}),
        None if vectors is None or len(texts) < 2 else dispersion(vectors),
    )  # fmt: skip


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    """Different runs of ``n`` words over all runs; 0 where there is none."""
    runs = [tuple(words[start : start + n]) for words in texts for start in range(len(words) - n + 1)]
    return len(set(runs)) / len(runs) if runs else 0.0


def dispersion(vectors: NDArray[np.float32]) -> float:
    """Mean cosine distance over all pairs of at least two unit rows; 0 when all are the same."""
    rows = vectors.astype(np.float64)
    count = len(rows)
    total = float(np.sum(rows.sum(axis=0) ** 2))
    own = float(np.sum(rows**2))
    return 1.0 - (total - own) / (count * (count - 1))


def _near(samples: Sequence[Sample]) -> tuple[int, int]:
    """Questions that have a near duplicate before them: in all, and one about another family."""
    if not samples:
        return 0, 0
    near = between = 0
    families = np.array([sample.family or sample.id for sample in samples])
    for start, alike in _similarities([sample.question for sample in samples]):
        for row, places in enumerate(alike):
            earlier = places[places < start + row]
            near += len(earlier) > 0
            between += bool((families[earlier] != families[start + row]).any())
    return near, between


def _similarities(texts: Sequence[str]) -> Iterator[tuple[int, list[NDArray[np.int64]]]]:
    """Block by block the start of a block of texts and for each of them the places of its near duplicates.

    Exact: the product of the text-by-run matrix with itself counts shared runs, from which follows Jaccard's similarity.
    """
    from scipy.sparse import csr_matrix

    grams = [sorted(shingles(text)) for text in texts]
    columns = {gram: column for column, gram in enumerate(sorted(set().union(*grams)))}
    ends = np.cumsum([0, *map(len, grams)])
    indices = np.fromiter((columns[gram] for each in grams for gram in each), dtype=np.int64, count=int(ends[-1]))
    matrix = csr_matrix((np.ones(len(indices), dtype=np.int32), indices, ends), shape=(len(texts), len(columns)))
    sizes = np.diff(ends)
    for start in range(0, len(texts), _BLOCK):
        shared = (matrix[start : start + _BLOCK] @ matrix.T).tocsr()
        alike = []
        for row in range(shared.shape[0]):
            part = slice(shared.indptr[row], shared.indptr[row + 1])
            places, common = shared.indices[part], shared.data[part]
            alike.append(places[common >= NEAR * (sizes[start + row] + sizes[places] - common)].astype(np.int64))
        yield start, alike
