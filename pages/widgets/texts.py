"""Text that people typed, shown as text: nothing in it is taken for Markdown."""

from __future__ import annotations

import re

_INSIDE = re.compile(r"[\\`*_\[\]~$<|]|:(?=[A-Za-z/])")
_LINE_START = re.compile(r"^(\s*(?:\d+)?)([#>+\-=.)])", re.MULTILINE)


def plain(text: str) -> str:
    r"""Return a text for a place that reads Markdown, so that names such as «**x**» or «[a](b)» stay as typed.

    >>> plain("**x** :red[y]"), plain("1. Балл: 7,5")
    ('\\*\\*x\\*\\* \\:red\\[y\\]', '1\\. Балл: 7,5')
    """
    return _LINE_START.sub(r"\1\\\2", _INSIDE.sub(lambda found: f"\\{found.group()}", text))
