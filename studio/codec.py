"""Typed records to plain values (what JSON and TOML know) and back, checked against the type hints.

One codec serves the configuration file, the files of a workspace and ``--json``. It knows frozen dataclasses,
enums, paths, tuples, mappings, optional values and literals, and nothing else: a record that needs more is too clever.
"""

import dataclasses
import difflib
import json
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_NAMES = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Path: "a path",
    list: "a list",
}


class MismatchError(ValueError):
    """A plain value does not fit its type; ``place`` is the dotted path of the field."""

    def __init__(self, place: str, message: str, hint: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
        self.message = message
        self.hint = hint


def encode(value: object) -> Any:
    """``value`` as dicts, lists, texts, numbers and None. Mappings keep their order, sets are sorted."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(encode(key)): encode(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(encode(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [encode(item) for item in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if hasattr(value, "item"):  # a numpy scalar
        return value.item()
    raise TypeError(f"cannot encode {type(value).__name__}")


def decode(kind: type[T], plain: object, place: str = "") -> T:
    """``plain`` as a ``kind``.

    Raises:
        MismatchError: a value has the wrong type or a key is unknown; the nearest known key is suggested.
    """
    return typing.cast("T", _decode(kind, plain, place))


@cache
def hints(kind: type) -> dict[str, Any]:
    """The resolved type hints of a dataclass; looked up once, because resolving them is slow."""
    return typing.get_type_hints(kind)


def _decode(kind: Any, plain: Any, place: str) -> Any:
    origin = typing.get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast("type", kind), plain, place)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind), plain, place)
    if origin is typing.Literal:
        return _choice(typing.get_args(kind), plain, place)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_choice(tuple(member.value for member in kind), plain, place))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key_kind, item_kind = typing.get_args(kind)
        _expect(plain, Mapping, "a table", place)
        return {
            _decode(key_kind, key, place): _decode(item_kind, item, f"{place}.{key}") for key, item in plain.items()
        }
    if isinstance(origin, type) and issubclass(origin, Sequence | frozenset | set):
        return _sequence(kind, origin, plain, place)
    return _scalar(kind, plain, place)


def _record(kind: type, plain: Any, place: str) -> Any:
    _expect(plain, Mapping, "a table", place)
    types_of = hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
    for key in plain:
        if key not in fields:
            raise MismatchError(
                f"{place}.{key}" if place else str(key), "there is no such key", nearest(str(key), fields)
            )
    values = {key: _decode(types_of[key], item, f"{place}.{key}" if place else str(key)) for key, item in plain.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise MismatchError(place, f"incomplete: {error}") from error


def nearest(key: str, known: typing.Iterable[str]) -> str:
    """A hint that names the known key most like ``key``, or lists all of them."""
    choices = sorted(known)
    close = difflib.get_close_matches(key, choices, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"the keys here are: {', '.join(choices)}"


def _union(kinds: tuple[Any, ...], plain: Any, place: str) -> Any:
    if plain is None and type(None) in kinds:
        return None
    rest = [kind for kind in kinds if kind is not type(None)]
    problems: list[MismatchError] = []
    for kind in rest:
        try:
            return _decode(kind, plain, place)
        except MismatchError as error:
            problems.append(error)
    raise problems[0]


def _choice(choices: tuple[Any, ...], plain: Any, place: str) -> Any:
    if plain in choices:
        return plain
    raise MismatchError(place, f"{plain!r} is not one of {', '.join(map(repr, choices))}")


def _sequence(kind: Any, origin: type, plain: Any, place: str) -> Any:
    arguments = typing.get_args(kind)
    if not isinstance(plain, list | tuple):
        single = isinstance(plain, str | int | float)
        raise MismatchError(place, f"must be a list, not {plain!r}", f"write [{json.dumps(plain)}]" if single else "")
    if origin is tuple and len(arguments) > 0 and arguments[-1] is not Ellipsis:
        if len(plain) != len(arguments):
            raise MismatchError(place, f"must have {len(arguments)} values, not {len(plain)}")
        return tuple(_decode(arguments[i], item, f"{place}[{i}]") for i, item in enumerate(plain))
    items = [_decode(arguments[0], item, f"{place}[{i}]") for i, item in enumerate(plain)]
    if origin in (set, frozenset):
        return origin(items)
    return items if origin is list else tuple(items)


def _scalar(kind: Any, plain: Any, place: str) -> Any:
    if kind in (Any, object) or kind is type(None):
        return plain
    if kind is float and isinstance(plain, int | float) and not isinstance(plain, bool):
        return float(plain)
    if kind is Path and isinstance(plain, str):
        return Path(plain)
    if type(plain) is kind:
        return plain
    raise MismatchError(place, f"must be {_NAMES.get(kind, getattr(kind, '__name__', str(kind)))}, not {plain!r}")


def _expect(plain: object, kind: type, name: str, place: str) -> None:
    if not isinstance(plain, kind):
        raise MismatchError(place, f"must be {name}, not {plain!r}")
