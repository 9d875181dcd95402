"""What all wire adapters share: the list of raw frames, the protocol, the error."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from core.errors import QualityError

Tree: TypeAlias = object
"""Anything that JSON can hold."""
Block: TypeAlias = bytes | memoryview


class WireError(QualityError):
    """A message between program and reader process is not what was agreed; `detail` is for the log."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "Программа чтения файлов вернула непонятный ответ.",
            "Загрузите файл ещё раз; если ошибка повторится, сообщите администратору.",
        )
        self.detail = detail


class Frames:
    """Raw blocks of a message: appended when encoding, taken once each and in order when decoding."""

    def __init__(self, blocks: list[Block] | None = None) -> None:
        self.blocks: list[Block] = [] if blocks is None else blocks
        self.taken = 0

    def put(self, block: Block) -> int:
        """Append a block and return its number."""
        self.blocks.append(block)
        return len(self.blocks) - 1

    def take(self, number: Tree) -> Block:
        """Return the block with this number; raise WireError unless it is the next one."""
        if type(number) is not int or number != self.taken or number >= len(self.blocks):
            raise WireError("a frame is missing or out of order")
        self.taken += 1
        return self.blocks[number]


class Adapter(Protocol):
    """Turns values of one type into JSON and frames, and back with checks."""

    def encode(self, value: object, frames: Frames) -> Tree:
        """Return what goes into the header; large blocks go into `frames`. Raise WireError for another type."""
        ...

    def decode(self, tree: Tree, frames: Frames) -> object:
        """Return the value; raise WireError when the tree does not fit the type."""
        ...
