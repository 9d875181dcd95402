"""Text that people typed, shown as text: nothing in it is taken for Markdown."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def plain(text: str) -> str:
    """Return a text for a place that reads Markdown, so that names such as «**x**» or «[a](b)» stay as typed."""
    return _MARKDOWN.sub(r"\\\1", text)
