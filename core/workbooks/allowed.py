"""Which functions the child process may be asked to run: only those that a room has marked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

Payload: TypeAlias = Mapping[str, str | int | float | bool | bytes | None]
"""What a call carries besides the file. Value objects travel as bytes made by `core.workbooks.wire.encode`."""
Progress: TypeAlias = Callable[[float, str], None]
"""Called with the share of the work done (0..1) and a few Russian words."""
ChildFunction: TypeAlias = Callable[[bytes, Payload, Progress], bytes]
"""(content of the file, payload, progress) -> reply; `payload["engine"]` names the engine to read with."""

Engine: TypeAlias = Literal["calamine", "openpyxl"]
"""Calamine is fast and may abort the whole process on a hostile file; openpyxl is slow, safe, and reads .xlsx only."""

_ALLOWED: Final[dict[str, ChildFunction]] = {}


def runs_in_child(function: ChildFunction) -> ChildFunction:
    """Mark a module-level function as one that `run_in_child` may call, under the name «module:function»."""
    _ALLOWED[f"{function.__module__}:{function.__qualname__}"] = function
    return function


def engine_of(payload: Payload) -> Engine:
    """Return the engine that a child function was told to read with."""
    return "openpyxl" if payload.get("engine") == "openpyxl" else "calamine"


def allowed_function(name: str) -> ChildFunction:
    """Return the marked function «module:function», importing its module; raise LookupError if it is not marked."""
    if name not in _ALLOWED:
        importlib.import_module(name.partition(":")[0])
    if name not in _ALLOWED:
        raise LookupError(f"{name} is not marked with runs_in_child")
    return _ALLOWED[name]
