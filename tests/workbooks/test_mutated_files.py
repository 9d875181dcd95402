"""A fixed corpus of spoilt files (security.md G16): always a workbook or a Russian refusal, the program lives on."""

import random

import pytest

from core.errors import QualityError
from core.workbooks.grid import Workbook
from core.workbooks.pool import ChildPool
from core.workbooks.read_in_child import read_packed
from core.workbooks.wire import decode
from tests.workbooks.files import SHEET, ods, packed, parts, xls, xlsx

READ = f"{read_packed.__module__}:{read_packed.__qualname__}"
CSV = "Код;Класс;Балл\n".encode() + b"".join(f"{number};8А;{number % 5}\n".encode() for number in range(30))
WORDS = [
    b"<",
    b">",
    b'"',
    b"&",
    b"]]>",
    b"<!--",
    b"\x00",
    b"9999999999",
    b'r="A0"',
    b't="s"',
    b"<v>",
    b"&#x0;",
    b"\xff",
]


@pytest.fixture(scope="module")
def pool():
    made = ChildPool()
    yield made
    made.close()


def spoilt(raw, chance):
    """Return the bytes with one or two places changed, doubled, cut or filled with hostile words."""
    made = bytearray(raw)
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(made))
        how = chance.randrange(5)
        if how == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            made[at] = chance.randrange(256)
        elif how == 2:
            made[at : at + chance.randint(1, 40)] = chance.choice(WORDS)
        elif how == 3:
            made[at:at] = made[at : at + chance.randint(1, 20)]
        else:
            del made[at : at + chance.randint(1, 20)]
        if not made:
            made = bytearray(raw)
    return bytes(made)


def spoilt_inside(content, part, chance):
    """Return a packed file in which one part is spoilt, sums and sizes being right, so that the parser sees it."""
    contents = parts(content)
    contents[part] = spoilt(contents[part], chance)
    return packed(contents)


def corpus():
    chance = random.Random(20261122)
    whole = {"xlsx": xlsx(), "xls": xls(), "ods": ods(), "csv": CSV}
    for kind, content in whole.items():
        for _ in range(20 if kind != "xls" else 40):
            yield kind, spoilt(content, chance)
    inside = [("xlsx", SHEET), ("xlsx", "xl/workbook.xml"), ("xlsx", "xl/styles.xml"), ("ods", "content.xml")]
    for kind, part in inside:
        for _ in range(15):
            yield kind, spoilt_inside(whole[kind], part, chance)


def test_every_spoilt_file_is_read_or_refused_in_russian(pool):
    read = refused = 0
    for kind, content in corpus():
        try:
            reply = pool.run(READ, content, {"file_name": f"Протокол.{kind}"}, seconds=20)
        except QualityError as error:
            refused += 1
            assert "Ѐ" <= error.message[0] <= "ӿ", error.message
            assert error.message.endswith("."), error.message
            assert error.advice, error.message
            assert type(error).__name__ != "ChildFailed", error
        else:
            read += 1
            assert decode(Workbook, reply.data).sheets
    assert read + refused == 160
    assert min(read, refused) >= 20
