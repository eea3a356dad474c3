"""Assertions in the official five-column format of ConceptNet 5.7, made up: the benchmark's input.

``python -m benchmarks.conceptnet_rows FILE [--rows 34000000] [--seed 7]``. The same rows and seed give the same bytes.

What the real file has and a reader feels is kept: 34 million lines of some 270 bytes, sorted by URI (so a language
comes in stretches), one line in ten with two English terms, all 50 relations in about their real proportions, senses
behind terms, several scripts, a few terms with tens of thousands of edges, and for each source its own metadata. The
words mean nothing. The text is packed in gzip members of 50,000 rows, which several processes write.
"""

import argparse
import gzip
import json
import math
import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

ROWS = 34_000_000
SEED = 7
MEMBER = 50_000
"""Rows packed together."""

# Thousands of rows among 34 million. English to English, after the counts that are published for 5.7 ...
ENGLISH = {
    "Antonym": 19, "AtLocation": 28, "CapableOf": 23, "Causes": 17, "CausesDesire": 4.7, "CreatedBy": 0.3,
    "DefinedAs": 2.2, "DerivedFrom": 325, "Desires": 3.2, "DistinctFrom": 3.3, "Entails": 0.4,
    "EtymologicallyDerivedFrom": 0.1, "EtymologicallyRelatedTo": 32, "FormOf": 379, "HasA": 5.5, "HasContext": 233,
    "HasFirstSubevent": 3.3, "HasLastSubevent": 2.9, "HasPrerequisite": 23, "HasProperty": 8.4, "HasSubevent": 25,
    "InstanceOf": 1.5, "IsA": 230, "LocatedNear": 0.1, "MadeOf": 0.5, "MannerOf": 13, "MotivatedByGoal": 9.5,
    "NotCapableOf": 0.3, "NotDesires": 2.9, "NotHasProperty": 0.3, "NotUsedFor": 0.1, "ObstructedBy": 0.1,
    "PartOf": 13, "ReceivesAction": 6, "RelatedTo": 1703, "SimilarTo": 30, "SymbolOf": 0.1, "Synonym": 222,
    "UsedFor": 40, "dbpedia/capital": 0.5, "dbpedia/field": 0.6, "dbpedia/genre": 3.8, "dbpedia/genus": 2.9,
    "dbpedia/influencedBy": 1.3, "dbpedia/knownFor": 0.6, "dbpedia/language": 0.9, "dbpedia/leader": 0.1,
    "dbpedia/occupation": 1, "dbpedia/product": 0.5, "ExternalURL": 600,
}  # fmt: skip
# ... between two terms of other languages, and from and to English (translations), as a rough guess.
OTHER = {
    "Antonym": 60, "AtLocation": 40, "CapableOf": 30, "DerivedFrom": 1500, "EtymologicallyRelatedTo": 900,
    "ExternalURL": 1100, "FormOf": 10_200, "HasContext": 1900, "IsA": 700, "RelatedTo": 4200, "SymbolOf": 200,
    "Synonym": 4100, "UsedFor": 60,
}  # fmt: skip
FROM_ENGLISH = {"RelatedTo": 500, "Synonym": 1500, "DerivedFrom": 100}
TO_ENGLISH = {"RelatedTo": 1800, "Synonym": 1200, "EtymologicallyRelatedTo": 300}

LATIN = tuple(f"{one}{two}" for one in "bcdfghklmnprstvw" for two in "aeiou")
CYRILLIC = tuple(f"{one}{two}" for one in "бвгдзклмнпрст" for two in "аеиоу")
KANJI = tuple(chr(code) for code in range(0x4E00, 0x4E00 + 100))
SCRIPTS = {
    "de": LATIN, "en": LATIN, "es": LATIN, "fi": LATIN, "fr": LATIN, "it": LATIN, "ja": KANJI, "la": LATIN,
    "pl": LATIN, "pt": LATIN, "ru": CYRILLIC, "sh": CYRILLIC, "zh": KANJI,
}  # fmt: skip
FOREIGN = tuple(code for code in SCRIPTS if code != "en")
TERMS = {LATIN: 1_000_000, CYRILLIC: 260_000, KANJI: 900_000}
"""Terms of a language by its script; fewer than three syllables can write."""
FORMS = ("", "", "", "", "", "/n", "/n", "/n", "/v", "/a", "/r", "/n/wn/act", "/n/wn/artifact", "/v/wn/social",
         "/n/wikt/en_1", "/n/wikt/en_2", "/v/wikt/en_1")  # fmt: skip
FROM_PEOPLE = (
    "AtLocation CapableOf Causes CausesDesire CreatedBy DefinedAs Desires HasA HasFirstSubevent HasLastSubevent "
    "HasPrerequisite HasProperty HasSubevent LocatedNear MadeOf MotivatedByGoal NotCapableOf NotDesires "
    "NotHasProperty NotUsedFor ObstructedBy ReceivesAction UsedFor"
)
FROM_WORDNET = "Entails InstanceOf IsA MannerOf PartOf SimilarTo"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one relation and one start language, or a stretch of them: ``first`` of ``whole`` rows onwards."""

    relation: str
    start: str
    ends: tuple[str, ...]
    first: int
    rows: int
    whole: int
    seed: str


def parts(rows: int = ROWS, seed: int = SEED) -> Iterator[Part]:
    """The parts of a file of ``rows`` rows in its order (by relation, then start language)."""
    shares: list[tuple[str, str, tuple[str, ...], float]] = []
    for relation in sorted(ENGLISH):
        for start in sorted(SCRIPTS):
            others = FROM_ENGLISH.get(relation, 0.0) if start == "en" else TO_ENGLISH.get(relation, 0.0) / len(FOREIGN)
            own = ENGLISH[relation] if start == "en" else OTHER.get(relation, 0.0) / len(FOREIGN)
            shares.append((relation, start, (start,), own))
            shares.append((relation, start, FOREIGN if start == "en" else ("en",), others))
    shares = [one for one in shares if one[-1]]
    total, passed, begun = sum(share for *_, share in shares), 0.0, 0
    for later, (relation, start, ends, share) in zip(range(len(shares) - 1, -1, -1), shares, strict=True):
        passed += share
        # At least one row each, as far as the rows last: a small file has all relations too.
        end = min(rows, max(begun + 1, min(round(rows * passed / total), rows - later)))
        for first in range(0, end - begun, MEMBER):
            count = min(MEMBER, end - begun - first)
            yield Part(relation, start, ends, first, count, end - begun, f"{seed}:{begun + first}")
        begun = end


def lines(part: Part) -> Iterator[str]:
    """The lines of a part in the order of their start terms."""
    chooser = random.Random(part.seed)
    syllables, known = SCRIPTS[part.start], TERMS[SCRIPTS[part.start]]
    relation = f"/r/{part.relation}"
    tails = chooser.choices(FORMS, k=997)
    said = _metadata(part, chooser)
    row, last = 0, -1
    while row < part.rows:
        # Stretches of rows about one term; a few terms have very many.
        place = max(last + 1, known * (part.first + row) // part.whole)
        last = place
        start = f"/c/{part.start}/{_word(syllables, place)}"
        for _ in range(min(part.rows - row, 1 + int(chooser.paretovariate(1.2)), 2000)):
            language = part.ends[row % len(part.ends)]
            tail = tails[row % 997]
            own = f"{start}{tail}" if language == part.start else start
            end = _end(part.relation, language, chooser.random(), tails[(row * 7) % 997] if not tail else "")
            info = said(row, start, end)
            yield f"/a/[{relation}/,{own}/,{end}/]\t{relation}\t{own}\t{end}\t{info}\n"
            row += 1


def _word(syllables: Sequence[str], place: int) -> str:
    """Term number ``place``: in alphabetical order where the syllables are; one in three has two words."""
    many = len(syllables)
    first, rest = divmod(place, many * many)
    middle, last = divmod(rest, many)
    word = f"{syllables[first % many]}{syllables[middle]}{syllables[last]}"
    return word if first < many else f"{word}_{syllables[(first // many + middle) % many]}{syllables[last]}"


def _end(relation: str, language: str, drawn: float, tail: str) -> str:
    syllables = SCRIPTS[language]
    known = TERMS[syllables]
    # Cubing the draw gives the first ranks far more edges; the multiplier scatters the ranks over the alphabet.
    word = _word(syllables, int(known * drawn**3) * 7919 % known)
    if relation == "ExternalURL":
        return f"http://{language}.dbpedia.org/resource/{word.capitalize()}"
    return f"/c/{language}/{word}{tail}"


def _metadata(part: Part, chooser: random.Random) -> Callable[[int, str, str], str]:
    """What gives the JSON of a row by its number and ends, as the source that has such relations writes it."""
    if part.start == "en" and part.relation in FROM_PEOPLE.split():
        people = [_word(LATIN, chooser.randrange(500_000)) for _ in range(4000)]
        return partial(_from_people, people, part.relation.lower())
    if part.start == "en" and part.relation in FROM_WORDNET.split():
        return _from_wordnet
    fixed = [_plain(part, number) for number in range(60)]
    return lambda row, _start, _end: fixed[row * row % 60]


def _from_people(people: Sequence[str], verb: str, row: int, start: str, end: str) -> str:
    """Open Mind Common Sense: one or more contributors, the sentence, and a weight that grows with the votes."""
    votes = 1 + row * row % 11 // 8
    sources = [
        {
            "activity": "/s/activity/omcs/omcs1_possibly_free_text",
            "contributor": f"/s/contributor/omcs/{people[(row * 31 + one) % len(people)]}",
            "process": "/s/process/split_words",
        }
        for one in range(votes)
    ]
    return _said("/d/conceptnet/4/en", sources, (_spoken(start), verb, _spoken(end)), math.sqrt(votes))


def _from_wordnet(_row: int, start: str, end: str) -> str:
    sources = [{"contributor": "/s/resource/wordnet/rdf/3.1"}]
    return _said("/d/wordnet/3.1", sources, (_spoken(start), "is a type of", _spoken(end)), 2.0)


def _said(dataset: str, sources: list[dict[str, str]], sentence: tuple[str, str, str], weight: float) -> str:
    start, verb, end = sentence
    values = {
        "dataset": dataset, "license": "cc:by/4.0", "sources": sources, "surfaceEnd": end, "surfaceStart": start,
        "surfaceText": f"[[{start}]] {verb} [[{end}]]", "weight": weight,
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False)


def _spoken(uri: str) -> str:
    return uri.split("/")[3].replace("_", " ")


def _plain(part: Part, number: int) -> str:
    """Metadata that many rows share: what was parsed from Wiktionary, DBPedia or Unicode."""
    if part.relation.startswith("dbpedia") or (part.relation == "ExternalURL" and number % 2):
        about = ("/d/dbpedia/en", [{"contributor": "/s/resource/dbpedia/2015/en"}], 0.5)
    elif part.relation == "SymbolOf":
        about = ("/d/emoji", [{"contributor": "/s/resource/unicode/cldr/32.0.1"}], 1.0)
    else:
        parsers = ("en", "fr", "de")[: 1 + (number % 7 == 0)]
        sources = [
            {"contributor": f"/s/resource/wiktionary/{one}", "process": f"/s/process/wikiparsec/{1 + number % 2}"}
            for one in parsers
        ]
        about = (f"/d/wiktionary/{parsers[-1]}", sources, float(len(parsers)))
    dataset, found, weight = about
    return json.dumps({"dataset": dataset, "license": "cc:by-sa/4.0", "sources": found, "weight": weight})


def pack(group: Sequence[Part]) -> bytes:
    """One gzip member; no time and no name in its header, so the bytes depend on the rows alone."""
    text = "".join(chain.from_iterable(lines(part) for part in group))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def generate(path: Path, rows: int = ROWS, seed: int = SEED, processes: int = 0) -> None:
    """Write ``rows`` assertions to ``path``, packed; ``processes`` of 0 takes one for each core."""
    if processes == 1:
        with path.open("wb") as file:
            file.writelines(map(pack, _groups(parts(rows, seed))))
        return
    with ProcessPoolExecutor(processes or os.cpu_count()) as pool, path.open("wb") as file:
        file.writelines(pool.map(pack, _groups(parts(rows, seed))))


def _groups(all_parts: Iterator[Part]) -> Iterator[list[Part]]:
    """Parts together until they have the rows of a member."""
    group: list[Part] = []
    for part in all_parts:
        group.append(part)
        if sum(one.rows for one in group) >= MEMBER:
            yield group
            group = []
    if group:
        yield group


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    generate(options.file, options.rows, options.seed)
    print(json.dumps({"file": str(options.file), "rows": options.rows, "bytes": options.file.stat().st_size}))


if __name__ == "__main__":
    main()
