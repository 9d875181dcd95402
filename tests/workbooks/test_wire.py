"""Value objects travel between processes unchanged, and nothing else gets through."""

import json
import math
import struct
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from core.workbooks.grid import CellError, Sheet, Workbook
from core.workbooks.wire import decode, encode
from core.workbooks.wire_frames import WireError


class Colour(StrEnum):
    RED = "красный"


@dataclass(frozen=True)
class Inner:
    name: str
    scores: NDArray[np.int8]
    note: str | None = None


@dataclass(frozen=True)
class Outer:
    text: str = "ё \ud800 \x1f"
    whole: int = 5
    share: float = 0.1
    yes: bool = True
    raw: bytes = b"\x00\xff"
    day: date = date(2026, 11, 22)
    moment: datetime = datetime(2026, 11, 22, 10, 30, 0, 5)
    clock: time = time(10, 30)
    span: timedelta = timedelta(days=-1, microseconds=3)
    colour: Colour = Colour.RED
    kind: Literal["a", "b", 3] = 3
    texts: tuple[str, ...] = ()
    pair: tuple[int, str] = (1, "x")
    numbers: tuple[float, ...] = (0.1, 2.0)
    by_number: dict[int, tuple[str, int]] | None = None
    by_text: dict[str, float] | None = None
    inner: tuple[Inner, ...] = ()
    maybe: Inner | None = None
    many: tuple[str | None, ...] = ("a", None)


@dataclass(frozen=True)
class Array:
    values: NDArray[np.int16]


def test_every_type_comes_back():
    sent = Outer(by_number={3: ("a", 1), -1: ("б", 2)}, by_text={"x": 1.5, "y": 2.0})
    assert decode(Outer, encode(sent)) == sent


@pytest.mark.parametrize("count", [0, 1, 255, 256, 5_000])
@pytest.mark.parametrize("sign", ["", "ё", "\x1f", "\n", "\ud800"])
def test_tuples_of_texts_of_any_length(count, sign):
    sent = Outer(texts=tuple(f"{number}{sign}" for number in range(count)))
    assert decode(Outer, encode(sent)).texts == sent.texts
    empty = Outer(texts=("",) * count)
    assert decode(Outer, encode(empty)).texts == empty.texts


@pytest.mark.parametrize("shape", [(0,), (0, 30), (3,), (5, 7), ()])
def test_arrays_keep_values_and_shape_and_are_read_only(shape):
    values = np.arange(math.prod(shape), dtype=np.int8).reshape(shape)
    sent = Outer(inner=(Inner("a", values), Inner("b", values[::-1] if shape else values)), maybe=Inner("c", values))
    back = decode(Outer, encode(sent))
    for before, after in zip((*sent.inner, sent.maybe), (*back.inner, back.maybe), strict=True):
        assert after.scores.dtype == np.int8
        assert after.scores.shape == shape
        assert np.array_equal(before.scores, after.scores)
        with pytest.raises(ValueError, match="read-only"):
            after.scores[...] = 0


def test_a_workbook_with_all_kinds_of_cells():
    cells = ["", None, "текст", 1.5, 7, True, datetime(2026, 5, 1, 9), date(2026, 5, 1), time(9), timedelta(hours=30)]
    sheet = Sheet("8А", [cells, [], ["x"] * 300], True, (CellError(1, 0, "#N/A"),), ((0, 0, 1, 1),))
    back = decode(Workbook, encode(Workbook("a.xlsx", (sheet,))))
    assert back.sheets == (sheet,)
    assert [type(cell) for cell in back.sheets[0].rows[0]] == [type(cell) for cell in cells]


@pytest.mark.parametrize(
    "bad",
    [
        {"text": 5},
        {"text": None},
        {"whole": True},
        {"whole": 1.0},
        {"share": "0.1"},
        {"yes": 1},
        {"raw": "x"},
        {"day": datetime(2026, 1, 1)},
        {"colour": "красный"},
        {"kind": "c"},
        {"kind": 3.0},
        {"texts": ["a"]},
        {"texts": ("a", 1)},
        {"pair": (1, "x", 2)},
        {"numbers": (1, "x")},
        {"by_number": {"1": ("a", 1)}},
        {"maybe": Outer()},
        {"inner": (Inner("a", np.zeros(3, np.int16)),)},
        {"inner": (Inner("a", [1, 2]),)},
    ],
)
def test_wrong_types_do_not_leave(bad):
    with pytest.raises(WireError):
        encode(replace(Outer(), **bad))


def message(tree=None, kind=None, frames=None, blocks=b""):
    """Return a message for `Array` forged by hand."""
    name = f"{Array.__module__}.{Array.__qualname__}" if kind is None else kind
    sizes = [len(blocks)] if frames is None else frames
    tree = [[[2], 0]] if tree is None else tree
    head = json.dumps({"type": name, "tree": tree, "frames": sizes}).encode()
    return struct.pack("<4sI", b"QCW1", len(head)) + head + bytes(-(8 + len(head)) % 8) + blocks


def test_the_forgery_is_right_where_nothing_is_wrong():
    assert decode(Array, message(blocks=b"\x01\x00\x02\x00")).values.tolist() == [1, 2]


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"QCW1",
        b"XXXX" + bytes(20),
        struct.pack("<4sI", b"QCW1", 2**31) + b"{}",
        struct.pack("<4sI", b"QCW1", 2) + b"{}",
        struct.pack("<4sI", b"QCW1", 3) + b"{]\xff",
        message(kind="builtins.object", blocks=bytes(4)),
        message(blocks=bytes(3)),
        message(blocks=bytes(4), frames=[5]),
        message(blocks=bytes(4), frames=[-1]),
        message(blocks=bytes(4), frames=["4"]),
        message(blocks=bytes(4), frames={}),
        message(blocks=bytes(4), frames=4),
        message(blocks=bytes(4)) + b"x",
        message(blocks=bytes(4), tree=[[[2], 1]]),
        message(blocks=bytes(4), tree=[[[2], True]]),
        message(blocks=bytes(4), tree=[[[-2], 0]]),
        message(blocks=bytes(4), tree=[[["2"], 0]]),
        message(blocks=bytes(4), tree=[[[2**40, 2**40], 0]]),
        message(blocks=bytes(4), tree=[]),
        message(blocks=bytes(4), tree={"values": 1}),
        message(tree=[None]),
        message(frames=[]),
    ],
)
def test_forged_messages_do_not_get_in(forged):
    with pytest.raises(WireError):
        decode(Array, forged)


def test_every_cut_of_a_message_is_noticed():
    whole = encode(Outer(maybe=Inner("a", np.arange(9, dtype=np.int8)), texts=("текст",) * 300))
    for length in range(len(whole)):
        with pytest.raises(WireError):
            decode(Outer, whole[:length])


def test_a_message_of_another_type_is_noticed():
    with pytest.raises(WireError):
        decode(Inner, encode(Outer()))


def test_what_cannot_travel_is_said_when_the_type_is_first_used():
    @dataclass
    class Loose:
        anything: object

    with pytest.raises(TypeError, match="cannot travel"):
        encode(Loose(1))
