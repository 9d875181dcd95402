"""Value objects -> bytes and back, between the child process and the program: never pickle.

One message is a JSON header and raw frames (numpy arrays, bytes, long tuples of texts). The receiver names the type it
expects; every value is checked against the dataclass's annotations, and anything else raises WireError.

    4 bytes  magic «QCW1»
    4 bytes  length of the header, little endian
    header   {"type": qualified name, "tree": fields as nested lists, "frames": [length, …]}, UTF-8
    frames   each begins at a multiple of 8 bytes
"""

from __future__ import annotations

import json
import struct
from typing import Final, TypeVar

from core.workbooks.wire_frames import Block, Frames, WireError
from core.workbooks.wire_types import adapter

_MAGIC: Final = b"QCW1"
_PREFIX: Final = struct.Struct("<4sI")
_ALIGNMENT: Final = 8

T = TypeVar("T")


def encode(value: object) -> bytes:
    """Return a dataclass instance as one message; raise WireError when a field holds another type than annotated.

    Supported: str, int, float, bool, None, bytes, date, datetime, time, timedelta, Enum, Literal, tuples, lists,
    dicts, nested dataclasses (not recursive ones), NDArray of a fixed dtype, `X | None` and unions of scalars.
    """
    kind = type(value)
    frames = Frames()
    tree = adapter(kind).encode(value, frames)
    sizes = [len(block) for block in frames.blocks]
    header = json.dumps(
        {"type": _name(kind), "tree": tree, "frames": sizes}, ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")
    pieces: list[Block] = [_PREFIX.pack(_MAGIC, len(header)), header]
    position = _PREFIX.size + len(header)
    for block in frames.blocks:
        padding = -position % _ALIGNMENT
        pieces += (bytes(padding), block)
        position += padding + len(block)
    return b"".join(pieces)


def decode(kind: type[T], message: bytes) -> T:
    """Return the object of dataclass `kind` that `encode` packed; arrays are read-only views into `message`.

    Raises WireError when the message is cut, has another type, or holds a value that the annotations do not allow.
    """
    view = memoryview(message).toreadonly()
    if len(view) < _PREFIX.size:
        raise WireError("the message is cut")
    magic, length = _PREFIX.unpack_from(view)
    if magic != _MAGIC or len(view) < _PREFIX.size + length:
        raise WireError("the message has no header")
    position = _PREFIX.size + length
    try:
        header = json.loads(str(view[_PREFIX.size : position], "utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise WireError("the header is no JSON") from error
    if not isinstance(header, dict) or header.keys() != {"type", "tree", "frames"} or header["type"] != _name(kind):
        raise WireError(f"the message is no {_name(kind)}")
    if not isinstance(header["frames"], list):
        raise WireError("the list of frames is none")
    blocks: list[Block] = []
    for size in header["frames"]:
        position += -position % _ALIGNMENT
        if type(size) is not int or not 0 <= size <= len(view) - position:
            raise WireError("a frame is cut")
        blocks.append(view[position : position + size])
        position += size
    if position != len(view):
        raise WireError("the message goes on after its last frame")
    frames = Frames(blocks)
    value = adapter(kind).decode(header["tree"], frames)
    if frames.taken != len(blocks):
        raise WireError("a frame belongs to nothing")
    if not isinstance(value, kind):
        raise WireError(f"the message is no {_name(kind)}")
    return value


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
