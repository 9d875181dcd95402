"""Containers on the wire: sequences, dicts, dataclasses, arrays, and «nothing or a value»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import numpy as np

from core.workbooks.wire_frames import Adapter, Block, Frames, Tree, WireError

_JOINT: Final = "\x1f"
_LONG: Final = 256
"""From so many texts on, they travel as one joined frame, which is several times faster than JSON."""


class SequenceAdapter:
    """A tuple[X, ...] or list[X]; items that JSON holds as they are get checked all at once."""

    def __init__(self, kind: type[tuple[object, ...]] | type[list[object]], item: Adapter) -> None:
        self._kind = kind
        self._item = item
        self._plain: frozenset[type] = getattr(item, "kinds", frozenset())

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return a list, or {"joined": frame} for many texts."""
        if type(value) is not self._kind:
            raise WireError(f"{type(value).__name__} where {self._kind.__name__} is agreed")
        kinds = set(map(type, value))
        if kinds == {str} and len(value) >= _LONG and str in self._plain:
            joined = _JOINT.join(cast("list[str]", value))
            if joined.count(_JOINT) == len(value) - 1:
                return {"joined": frames.put(joined.encode("utf-8", "surrogatepass"))}
        if kinds <= self._plain:
            return value
        return [self._item.encode(item, frames) for item in value]

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the tuple or list."""
        if isinstance(tree, dict) and tree.keys() == {"joined"} and str in self._plain:
            return self._kind(_text(frames.take(tree["joined"])).split(_JOINT))
        if not isinstance(tree, list):
            raise WireError(f"no {self._kind.__name__}")
        if set(map(type, tree)) <= self._plain:
            return tree if self._kind is list else tuple(tree)
        return self._kind([self._item.decode(item, frames) for item in tree])


class FixedTupleAdapter:
    """A tuple[X, Y, …] with one type a place."""

    def __init__(self, items: Sequence[Adapter]) -> None:
        self._items = items

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return a list of the same length."""
        if type(value) is not tuple or len(value) != len(self._items):
            raise WireError("no tuple of the agreed length")
        return [item.encode(part, frames) for item, part in zip(self._items, value, strict=True)]

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the tuple."""
        if not isinstance(tree, list) or len(tree) != len(self._items):
            raise WireError("no tuple of the agreed length")
        return tuple(item.decode(part, frames) for item, part in zip(self._items, tree, strict=True))


class DictAdapter:
    """A dict[K, V] as two lists, so that keys need not be texts."""

    def __init__(self, keys: Adapter, values: Adapter) -> None:
        self._keys = SequenceAdapter(list, keys)
        self._values = SequenceAdapter(list, values)

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return [keys, values]."""
        if type(value) is not dict:
            raise WireError(f"{type(value).__name__} where dict is agreed")
        return [self._keys.encode(list(value), frames), self._values.encode(list(value.values()), frames)]

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the dict; a key that comes twice raises WireError."""
        if not isinstance(tree, list) or len(tree) != 2:
            raise WireError("no dict")
        keys = self._keys.decode(tree[0], frames)
        values = self._values.decode(tree[1], frames)
        assert isinstance(keys, list)
        assert isinstance(values, list)
        if len(keys) != len(values):
            raise WireError("a dict with more keys than values")
        try:
            made = dict(zip(keys, values, strict=True))
        except TypeError as error:
            raise WireError("a key that cannot be one") from error
        if len(made) != len(keys):
            raise WireError("a key comes twice")
        return made


class DataclassAdapter:
    """A dataclass as the list of its fields in order."""

    def __init__(self, kind: type, fields: Sequence[tuple[str, Adapter]]) -> None:
        self._kind = kind
        self._names = tuple(name for name, _ in fields)
        self._adapters = tuple(item for _, item in fields)

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return the list of encoded fields."""
        if type(value) is not self._kind:
            raise WireError(f"{type(value).__name__} where {self._kind.__name__} is agreed")
        return [
            item.encode(getattr(value, name), frames) for name, item in zip(self._names, self._adapters, strict=True)
        ]

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the object, made by its own constructor."""
        if not isinstance(tree, list) or len(tree) != len(self._names):
            raise WireError(f"no {self._kind.__name__}")
        parts = [item.decode(part, frames) for item, part in zip(self._adapters, tree, strict=True)]
        return self._kind(**dict(zip(self._names, parts, strict=True)))


class OptionalAdapter:
    """None, or a value that is never None itself; wrapped where the value's own form may be null."""

    def __init__(self, item: Adapter) -> None:
        self._item = item

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return null or the value's form."""
        return None if value is None else self._item.encode(value, frames)

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return None or the value."""
        return None if tree is None else self._item.decode(tree, frames)


class ArrayAdapter:
    """A numpy array of one dtype and any shape, its bytes in a frame; comes back read-only."""

    def __init__(self, dtype: np.dtype[np.generic]) -> None:
        if dtype.hasobject:
            raise TypeError("arrays of objects cannot travel")
        self._dtype = dtype.newbyteorder("<")

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return [shape, frame]."""
        if not isinstance(value, np.ndarray) or value.dtype != self._dtype:
            raise WireError(f"no array of {self._dtype}")
        return [list(value.shape), frames.put(value.tobytes())]

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the array as a view of the frame."""
        if not isinstance(tree, list) or len(tree) != 2 or not isinstance(tree[0], list):
            raise WireError("no array")
        shape, number = tree
        size = self._dtype.itemsize
        for length in shape:
            if type(length) is not int or length < 0:
                raise WireError("an array of impossible shape")
            size *= length
        block = frames.take(number)
        if size != len(block):
            raise WireError("an array whose bytes do not fit its shape")
        return np.ndarray(shape, self._dtype, block)


def _text(block: Block) -> str:
    try:
        return str(block, "utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise WireError("a text is no UTF-8") from error
