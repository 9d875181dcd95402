"""Messages on the pipes between the program and its reader process: one byte of kind, eight of length, the body."""

from __future__ import annotations

import json
import struct
from enum import Enum
from typing import BinaryIO, Final

_HEAD: Final = struct.Struct("<cQ")
MAX_BODY: Final = 2**30


class Kind(Enum):
    """What a message is."""

    READY = b"Y"
    """child: the imports are done."""
    CALL = b"C"
    """program: JSON {"function", "payload", "seconds", "bytes": [keys of the VALUE messages that follow]}."""
    VALUE = b"V"
    CONTENT = b"D"
    PROGRESS = b"P"
    """child: JSON [share, words]."""
    MEMORY = b"M"
    """child: JSON, bytes in use; comes right before the outcome."""
    RESULT = b"R"
    REFUSAL = b"Q"
    """child: JSON of a QualityError."""
    FAILURE = b"E"
    """child: JSON {"error", "frames"}: a mistake in the program itself."""


class ChannelClosed(Exception):
    """The other side is gone or speaks nonsense."""


def send(stream: BinaryIO, kind: Kind, body: bytes) -> None:
    """Write one message; the caller flushes. Raise ChannelClosed when the other side is gone."""
    try:
        stream.write(_HEAD.pack(kind.value, len(body)))
        stream.write(body)
    except (OSError, ValueError) as error:
        raise ChannelClosed from error


def send_json(stream: BinaryIO, kind: Kind, body: object) -> None:
    """Write one message whose body is JSON."""
    send(stream, kind, json.dumps(body).encode("ascii"))


def flush(stream: BinaryIO) -> None:
    """Hand everything written to the other side; raise ChannelClosed when it is gone."""
    try:
        stream.flush()
    except (OSError, ValueError) as error:
        raise ChannelClosed from error


def receive(stream: BinaryIO) -> tuple[Kind, bytes]:
    """Read one message; raise ChannelClosed at the end of the stream or when it makes no sense."""
    try:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise ChannelClosed
        code, length = _HEAD.unpack(head)
        kind = Kind(code)
        if length > MAX_BODY:
            raise ChannelClosed
        body = stream.read(length)
    except (OSError, ValueError) as error:
        raise ChannelClosed from error
    if len(body) < length:
        raise ChannelClosed
    return kind, body
