"""Annotation -> adapter, made once for each type."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Final, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from core.workbooks.wire_containers import (
    ArrayAdapter,
    DataclassAdapter,
    DictAdapter,
    FixedTupleAdapter,
    OptionalAdapter,
    SequenceAdapter,
)
from core.workbooks.wire_frames import Adapter
from core.workbooks.wire_scalars import LiteralAdapter, UnionAdapter, scalar_adapter

_MADE: Final[dict[object, Adapter]] = {}


def adapter(kind: object) -> Adapter:
    """Return the adapter of an annotation; raise TypeError for one that cannot travel (Any, object, a callable)."""
    made = _MADE.get(kind)
    if made is None:
        made = _MADE[kind] = _make(kind)
    return made


def _make(kind: object) -> Adapter:
    origin = get_origin(kind)
    arguments = get_args(kind)
    if origin is Literal:
        return LiteralAdapter(arguments)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return SequenceAdapter(tuple, adapter(arguments[0]))
    if origin is tuple:
        return FixedTupleAdapter([adapter(argument) for argument in arguments])
    if origin is list:
        return SequenceAdapter(list, adapter(arguments[0]))
    if origin is dict:
        return DictAdapter(adapter(arguments[0]), adapter(arguments[1]))
    if origin is np.ndarray:
        return ArrayAdapter(np.dtype(get_args(arguments[1])[0]))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return DataclassAdapter(kind, [(field.name, adapter(hints[field.name])) for field in fields(kind)])
    scalar = scalar_adapter(kind) if isinstance(kind, type) else None
    if scalar is None:
        raise TypeError(f"{kind} cannot travel between processes")
    return scalar


def _union(members: tuple[object, ...]) -> Adapter:
    """Return the adapter of `X | None`, or of a union of scalar types."""
    rest = [member for member in members if member is not type(None)]
    if len(rest) == 1:
        return OptionalAdapter(adapter(rest[0]))
    scalars: dict[type, Adapter] = {}
    for member in members:
        found = scalar_adapter(member) if isinstance(member, type) else None
        if found is None or not isinstance(member, type):
            raise TypeError(f"a union with {member} cannot travel between processes")
        scalars[member] = found
    return UnionAdapter(scalars)
