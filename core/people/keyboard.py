"""How guessable a text is as typed: runs of neighbouring keys, repeats, and words typed in the other layout."""

from __future__ import annotations

from itertools import pairwise

LATIN_ROWS = ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
CYRILLIC_ROWS = ("ё1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю.")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_COLUMNS = (
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "0p;/",
    "1йфя",
    "2цыч",
    "3увс",
    "4кам",
)
_TO_CYRILLIC = str.maketrans("".join(LATIN_ROWS), "".join(CYRILLIC_ROWS))
_TO_LATIN = str.maketrans("".join(CYRILLIC_ROWS), "".join(LATIN_ROWS))
SHORTEST_RUN = 3


def layouts(text: str) -> tuple[str, str, str]:
    """Return a text in lower case: as it is, and as the same keys give in the Russian and in the Latin layout.

    >>> layouts("gfhjkm")[1]
    'пароль'
    """
    lower = text.lower()
    return lower, lower.translate(_TO_CYRILLIC), lower.translate(_TO_LATIN)


def _neighbours() -> frozenset[tuple[str, str]]:
    rows = (*LATIN_ROWS, *CYRILLIC_ROWS, *_ALPHABETS, *_COLUMNS, "01234567890")
    forward = {pair for row in rows for pair in pairwise(row)}
    return frozenset(forward | {(second, first) for first, second in forward})


_NEIGHBOURS = _neighbours()


def run_length(text: str, start: int) -> int:
    """Return how many characters from `start` on are one run: the same key, or one direction along keys or letters.

    >>> run_length("qwerty7", 0), run_length("aaab", 0), run_length("кот", 0)
    (6, 3, 1)
    """
    length = 1
    same: bool | None = None
    while start + length < len(text):
        pair = text[start + length - 1], text[start + length]
        is_same = pair[0] == pair[1]
        if not is_same and pair not in _NEIGHBOURS:
            break
        if same is not None and same != is_same:
            break
        same = is_same
        length += 1
    return length


def repeated_unit(text: str) -> int:
    """Return the length of the shortest piece whose repetition is the text; its whole length when there is none.

    >>> repeated_unit("абвабва"), repeated_unit("кот")
    (3, 3)
    """
    for length in range(1, len(text) // 2 + 1):
        if all(text[place] == text[place % length] for place in range(len(text))):
            return length
    return len(text)
