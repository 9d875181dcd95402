"""What people typed or pasted, without signs that nobody sees: they cannot be stored everywhere, and they mislead."""

from __future__ import annotations

import re
from typing import Final

INVISIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, signs that turn the direction of writing, lone surrogates."""


def visible(text: str) -> str:
    """Return the text without them.

    >>> visible("Прика\x00з \u202e№ 5")
    'Приказ № 5'
    """
    return INVISIBLE.sub("", text)
