"""The codec of records and plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Clause, ClauseKind, Ontology, Sample, Span, Verdict
from studio.codec import MismatchError, decode, encode, nearest


@dataclass(frozen=True)
class Inner:
    rate: float = 0.5
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outer:
    inner: Inner
    path: Path | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    mode: Literal["a", "b"] = "a"
    pair: tuple[int, str] = (1, "x")


def test_records_survive_a_round_trip() -> None:
    """Nested records, paths, mappings, literals and fixed tuples come back equal through JSON."""
    value = Outer(Inner(0.25, ("a", "b")), Path("x/y"), {"k": 1.0}, "b", (3, "z"))
    assert decode(Outer, json.loads(json.dumps(encode(value)))) == value


@given(st.text(), st.sampled_from(list(ClauseKind)), st.integers(0, 10**6))
def test_any_clause_survives_a_round_trip(text: str, kind: ClauseKind, start: int) -> None:
    """Whatever a policy's text holds, an ontology of it comes back equal."""
    clause = Clause("c", "d", "s", "1.1", kind, text, "", 0, Span(start, start + len(text)))
    ontology = Ontology(clauses=(clause,))
    assert decode(Ontology, json.loads(json.dumps(encode(ontology)))) == ontology


def test_optional_enums_are_read() -> None:
    """A verdict may be None or one of the enum's values."""
    sample = Sample("s", "scenario", "w", "f", "q", "a", Verdict.PERMITTED, ("r",), ("c",))
    assert decode(Sample, encode(sample)).verdict is Verdict.PERMITTED
    assert decode(Sample, encode(sample) | {"verdict": None}).verdict is None


@pytest.mark.parametrize(
    ("plain", "place"),
    [
        ({"inner": {"rate": "x"}}, "inner.rate"),
        ({"inner": {"names": "abc"}}, "inner.names"),
        ({"inner": {"names": [1]}}, "inner.names[0]"),
        ({"inner": {}, "mode": "c"}, "mode"),
        ({"inner": {}, "pair": [1]}, "pair"),
        ({"inner": {"rate": True}}, "inner.rate"),
        ({"inner": 3}, "inner"),
        ({"inner": {"rat": 1}}, "inner.rat"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(plain: dict[str, object], place: str) -> None:
    """The error says where the value stands."""
    with pytest.raises(MismatchError) as caught:
        decode(Outer, plain)
    assert caught.value.place == place


def test_the_nearest_key_is_suggested() -> None:
    """A slip of the pen gets its correction, nonsense the list."""
    assert "'rate'" in nearest("raet", ["rate", "names"])
    assert "names, rate" in nearest("zzzzzz", ["rate", "names"])


def test_a_foreign_object_is_refused() -> None:
    """What is no record and no plain value is an error, not a guess."""
    with pytest.raises(TypeError):
        encode(object())
