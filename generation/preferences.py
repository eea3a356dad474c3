"""Preference pairs and binary labels per value, derived from the samples without a model.

The chosen answer is the sample's own; the rejected one differs from it in exactly one value: the citation left out, another
clause cited, a condition left out, a verdict where the case leaves it open, the same padded. A pair is kept only when the
check of its value passes the one and fails the other, and the check of every other value says the same of both. So a
reward model that is trained on the pairs of one value learns that value and not its company (compare Bai et al. 2022,
whose pairs differ in everything at once).

A pair lies in the split of its sample, which is that of the rule family.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.preferences_checks import VALUES, judged
from generation.preferences_edits import EDITS
from generation.preferences_reading import Reading, read
from kg.errors import UserError
from kg.model import Message, Ontology, Sample, Split, stable_id


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one prompt, of which ``chosen`` has ``value`` and ``rejected`` lacks it."""

    id: str
    value: str
    sample_id: str
    family: str
    split: Split
    prompt: tuple[Message, ...]
    chosen: str
    rejected: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """``dropped`` counts the spoiled answers that did not differ in exactly their value, by value and reason."""

    pairs: tuple[Pair, ...]
    dropped: Mapping[str, int]

    def counts(self) -> dict[str, dict[str, int]]:
        """Pairs by value and split; every value is there, if with zeros."""
        found = Counter((pair.value, pair.split) for pair in self.pairs)
        return {value: {split.value: found[value, split] for split in Split} for value in VALUES}


def preferences(
    ontology: Ontology, samples: Sequence[Sample], seed: int = 0, *, values: Sequence[str] = (), per_value: int = 0
) -> Preferences:
    """Pairs for each of ``values`` (all by default) from each sample that it applies to.

    ``per_value`` above 0 keeps at most so many of each value and split, the rule families in turn. Raises
    :class:`UserError` for an unknown value or a negative number.
    """
    wanted = tuple(values) or tuple(VALUES)
    if unknown := sorted(set(wanted) - set(VALUES)):
        raise UserError(f"there is no value {unknown[0]!r}", f"the values are: {', '.join(VALUES)}")
    if per_value < 0:
        raise UserError(f"{per_value} pairs of each value cannot be written", "0 keeps all of them")
    pairs: list[Pair] = []
    dropped: Counter[str] = Counter()
    for reading in read(ontology, samples):
        good = judged(reading, reading.answer)
        for value in wanted:
            if value not in good:
                continue
            rng = random.Random(f"{seed}:{reading.sample.id}:{value}")
            spoiled = EDITS[value](reading, rng)
            why = fault(reading, good, spoiled, value) if spoiled else "nothing to spoil"
            if why:
                dropped[f"{value}: {why}"] += 1
            else:
                pairs.append(_pair(reading, value, spoiled))
    return Preferences(_limited(pairs, per_value, seed), dict(sorted(dropped.items())))


def fault(reading: Reading, good: Mapping[str, bool], rejected: str, value: str) -> str:
    """Why ``rejected`` does not differ from the sample's own answer in exactly ``value``, or an empty text."""
    if rejected == reading.answer:
        return "the same answer"
    if not all(good.values()):
        lacking = ", ".join(name for name, has in good.items() if not has)
        return f"the sample's own answer lacks {lacking}"
    changed = {name for name, has in judged(reading, rejected).items() if has != good[name]}
    if changed == {value}:
        return ""
    more = ", ".join(sorted(changed - {value}))
    return f"also differs in {more}" if value in changed else "the value is still there"


def _pair(reading: Reading, value: str, rejected: str) -> Pair:
    sample = reading.sample
    return Pair(
        stable_id("pair", sample.id, value, rejected), value, sample.id, sample.family, sample.split,
        sample.messages[:-1], reading.answer, rejected,
    )  # fmt: skip


def _limited(pairs: Sequence[Pair], per_value: int, seed: int) -> tuple[Pair, ...]:
    """At most ``per_value`` pairs of each value and split, the families in turn, in their given order."""
    if not per_value:
        return tuple(pairs)
    groups: dict[tuple[str, str], dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        groups[pair.value, pair.split.value][pair.family].append(pair)
    kept: set[str] = set()
    for (value, split), families in sorted(groups.items()):
        rng = random.Random(f"{seed}:{value}:{split}")
        queues = [rng.sample(members, len(members)) for _, members in sorted(families.items())]
        rng.shuffle(queues)
        turns = [queue[turn] for turn in range(max(map(len, queues))) for queue in queues if turn < len(queue)]
        kept |= {pair.id for pair in turns[:per_value]}
    return tuple(pair for pair in pairs if pair.id in kept)


def preference_row(pair: Pair) -> dict[str, object]:
    """A pair in TRL's conversational preference format, for DPO and reward modelling."""
    return {
        **_about(pair),
        "prompt": _turns(pair),
        "chosen": [_answer(pair.chosen)],
        "rejected": [_answer(pair.rejected)],
    }


def label_rows(pair: Pair) -> tuple[dict[str, object], dict[str, object]]:
    """A pair in TRL's conversational unpaired format, for KTO: the good answer and the bad one with their labels."""
    good, bad = (
        {**_about(pair), "prompt": _turns(pair), "completion": [_answer(text)], "label": label}
        for text, label in ((pair.chosen, True), (pair.rejected, False))
    )
    return good, bad


def _about(pair: Pair) -> dict[str, object]:
    return {"id": pair.id, "value": pair.value, "sample": pair.sample_id, "family": pair.family}


def _turns(pair: Pair) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in pair.prompt]


def _answer(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}
