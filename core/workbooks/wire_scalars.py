"""Single values on the wire: what JSON knows, dates, enumerations, literals, bytes, and unions of such."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from core.workbooks.wire_frames import Adapter, Frames, Tree, WireError

NATIVE: Final = (str, int, float, bool, type(None))
"""Types that JSON holds as they are."""


class NativeAdapter:
    """A str, int, bool or None, exactly: a bool is no int here."""

    def __init__(self, kind: type) -> None:
        self.kinds: frozenset[type] = frozenset({kind})

    def encode(self, value: object, frames: Frames) -> Tree:  # noqa: ARG002
        """Return the value itself."""
        return self._checked(value)

    def decode(self, tree: Tree, frames: Frames) -> object:  # noqa: ARG002
        """Return the value itself."""
        return self._checked(tree)

    def _checked(self, value: object) -> object:
        if type(value) not in self.kinds:
            raise WireError(f"{type(value).__name__} where {self._expected()} is agreed")
        return value

    def _expected(self) -> str:
        return " or ".join(sorted(kind.__name__ for kind in self.kinds))


class FloatAdapter:
    """A float; an int is taken as one, as Python's own annotations allow."""

    kinds = frozenset({float})

    def encode(self, value: object, frames: Frames) -> Tree:  # noqa: ARG002
        """Return the value as a plain float."""
        return self._checked(value)

    def decode(self, tree: Tree, frames: Frames) -> object:  # noqa: ARG002
        """Return the value as a float."""
        return self._checked(tree)

    def _checked(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise WireError(f"{type(value).__name__} where float is agreed")
        return float(value)


class TextFormAdapter:
    """A value with a JSON form of its own: dates and times as text, timedelta as numbers, Enum by its value."""

    def __init__(self, kind: type, to_tree: Callable[[object], Tree], from_tree: Callable[[object], object]) -> None:
        self.kind = kind
        self._to_tree = to_tree
        self._from_tree = from_tree

    def encode(self, value: object, frames: Frames) -> Tree:  # noqa: ARG002
        """Return the text or number that stands for the value."""
        if type(value) is not self.kind:
            raise WireError(f"{type(value).__name__} where {self.kind.__name__} is agreed")
        return self._to_tree(value)

    def decode(self, tree: Tree, frames: Frames) -> object:  # noqa: ARG002
        """Return the value that the text or number stands for."""
        try:
            return self._from_tree(tree)
        except (TypeError, ValueError, OverflowError) as error:
            raise WireError(f"no {self.kind.__name__}") from error


class LiteralAdapter:
    """One of a few fixed values."""

    def __init__(self, allowed: tuple[object, ...]) -> None:
        self._allowed = frozenset((type(value), value) for value in allowed)

    def encode(self, value: object, frames: Frames) -> Tree:  # noqa: ARG002
        """Return the value itself."""
        return self._checked(value)

    def decode(self, tree: Tree, frames: Frames) -> object:  # noqa: ARG002
        """Return the value itself."""
        return self._checked(tree)

    def _checked(self, value: object) -> object:
        if not isinstance(value, NATIVE) or (type(value), value) not in self._allowed:
            raise WireError("a value outside the agreed list")
        return value


class BytesAdapter:
    """Bytes, each in a frame of its own."""

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return the number of the frame."""
        if type(value) is not bytes:
            raise WireError(f"{type(value).__name__} where bytes are agreed")
        return frames.put(value)

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return a copy of the frame."""
        return bytes(frames.take(tree))


class UnionAdapter:
    """One of several scalar types: what JSON knows goes as it is, any other as {type: form}."""

    def __init__(self, members: dict[type, Adapter]) -> None:
        self.kinds = frozenset(kind for kind in members if kind in NATIVE)
        self._tagged = {kind: member for kind, member in members.items() if kind not in NATIVE}
        self._by_name = {kind.__name__: member for kind, member in self._tagged.items()}

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return the value or {type: form}."""
        kind = type(value)
        if kind in self.kinds:
            return value
        if kind not in self._tagged:
            raise WireError(f"{kind.__name__} is none of the agreed types")
        return {kind.__name__: self._tagged[kind].encode(value, frames)}

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the value of whichever type was sent."""
        if type(tree) in self.kinds:
            return tree
        if isinstance(tree, dict) and len(tree) == 1:
            ((name, form),) = tree.items()
            if name in self._by_name:
                return self._by_name[name].decode(form, frames)
        raise WireError(f"{type(tree).__name__} is none of the agreed types")


def _plain_text(parse: Callable[[str], object]) -> Callable[[object], object]:
    def from_tree(tree: object) -> object:
        if not isinstance(tree, str):
            raise TypeError
        return parse(tree)

    return from_tree


def _timedelta(tree: object) -> timedelta:
    if not isinstance(tree, list) or [type(part) for part in tree] != [int, int, int]:
        raise TypeError
    return timedelta(*tree)


def scalar_adapter(kind: type) -> Adapter | None:
    """Return the adapter of a scalar type, None if `kind` is no scalar."""
    if kind is float:
        return FloatAdapter()
    if kind in NATIVE:
        return NativeAdapter(kind)
    if kind is bytes:
        return BytesAdapter()
    if kind in (date, datetime, time):
        moment: type[date] | type[time] = kind
        return TextFormAdapter(kind, lambda value: moment.isoformat(value), _plain_text(moment.fromisoformat))  # type: ignore[arg-type]
    if kind is timedelta:
        return TextFormAdapter(kind, _timedelta_parts, _timedelta)
    if issubclass(kind, Enum):
        return TextFormAdapter(kind, _enum_value, kind)
    return None


def _timedelta_parts(value: object) -> Tree:
    assert isinstance(value, timedelta)
    return [value.days, value.seconds, value.microseconds]


def _enum_value(value: object) -> Tree:
    assert isinstance(value, Enum)
    return value.value
