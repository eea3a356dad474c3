"""Records to flat property maps and back, by their type hints.

A graph server holds scalars and lists of scalars. So a :class:`~kg.model.Span` becomes ``start``, ``end`` and
``page``; a tuple of strings a list; a tuple of records a list of JSON texts; ``None`` is an absent property.
``decode(type(r), encode(r)) == r`` for every record of :mod:`kg.model`.
"""

import dataclasses
import json
import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import StoreError
from kg.model import Span

Record = TypeVar("Record")
SPAN_FIELDS = ("start", "end", "page")


def encode(record: object) -> dict[str, object]:
    """The property map of a record: strings, numbers, booleans and lists of strings."""
    row: dict[str, object] = {}
    for name, hint in _hints(type(record)).items():
        value = getattr(record, name)
        if hint is Span:
            row.update((part, getattr(value, part)) for part in SPAN_FIELDS)
        elif isinstance(value, tuple):
            row[name] = [_item(item) for item in value]
        elif value is not None:
            row[name] = _scalar(value)
    return row


def decode(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """The record that ``encode`` made ``row`` of. Properties of no field are ignored, absent ones take the default.

    Raises :class:`~kg.errors.StoreError` when a property without default is absent or of another type.
    """
    values: dict[str, object] = {}
    try:
        for name, hint in _hints(kind).items():
            if hint is Span:
                values[name] = Span(*(int(row[part]) for part in SPAN_FIELDS))
            elif row.get(name) is not None:
                values[name] = _value(hint, row[name])
            elif _optional(hint):
                values[name] = None
        return kind(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"a {kind.__name__} in the graph cannot be read: {error}",
            "the graph was written by another version or by hand: run plumbline ingest again",
        ) from error


_FIELDS: Final[dict[type, dict[str, Any]]] = {}
"""Type hints by record type, resolved once: that is slow and rows are many."""


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _FIELDS:
        hints = get_type_hints(kind)
        _FIELDS[kind] = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    return _FIELDS[kind]


def _scalar(value: object) -> object:
    return value.value if isinstance(value, StrEnum) else value


def _item(item: object) -> object:
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        return json.dumps(dataclasses.asdict(item), ensure_ascii=False, sort_keys=True)
    return _scalar(item)


def _optional(hint: Any) -> bool:
    return get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint)


def _value(hint: Any, value: Any) -> object:
    if _optional(hint):
        return _value(next(option for option in get_args(hint) if option is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _nested(hint, json.loads(value) if isinstance(value, str) else value)
    if not isinstance(hint, type):
        raise TypeError(f"no way to read a {hint}")
    return hint(value)


def _nested(kind: type[Record], fields: Mapping[str, Any]) -> Record:
    hints = _hints(kind)
    return kind(**{name: None if value is None else _value(hints[name], value) for name, value in fields.items()})
