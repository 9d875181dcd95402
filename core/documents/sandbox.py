"""In which templates of people are carried out: names, conditions and loops; nothing that can call, reach or grow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

_FILTERS: Final = (
    "capitalize", "default", "first", "int", "join", "last", "length", "lower", "replace", "trim", "upper",
)
"""Filters that no argument makes large: «center» or «format» would fill the memory with blanks."""
_GROWING: Final = frozenset({"+", "*", "**", "%"})
_DOUBLING: Final[tuple[type[nodes.Node], ...]] = (nodes.Concat, nodes.AssignBlock, nodes.FilterBlock)
"""What puts a text together with itself, a loop in a loop without end; texts simply stand side by side."""
_DEEPEST: Final = 4
"""Loops in loops: one that shows nothing would run for hours all the same."""
_LONGEST_TEXT: Final = 200_000
"""Characters that a filter may make."""
_LONGEST_PART: Final = 20_000_000
"""Characters of a filled part of a document: hundreds of pages."""


def replaced(text: object, old: str, new: str) -> str:
    """Return the text with one string for another; raises SecurityError when it would grow beyond a document."""
    plain = str(text)
    if len(plain) + plain.count(str(old)) * len(str(new)) > _LONGEST_TEXT:
        raise SecurityError("replace")
    return plain.replace(str(old), str(new))


def joined(parts: Iterable[object], between: str = "") -> str:
    """Return the parts with a string between them; raises SecurityError when they are longer than a document."""
    texts = [str(part) for part in parts]
    if sum(len(text) for text in texts) + len(texts) * len(str(between)) > _LONGEST_TEXT:
        raise SecurityError("join")
    return str(between).join(texts)


def whole(pieces: Iterable[str]) -> str:
    """Return a filled part, put together piece by piece; loops in loops end with a SecurityError."""
    found, room = list[str](), _LONGEST_PART
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise SecurityError("for")
        found.append(piece)
    return "".join(found)


def _depth(node: nodes.Node) -> int:
    """Return how many loops stand in one another."""
    inside = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inside + isinstance(node, nodes.For)


class TemplateEnvironment(SandboxedEnvironment):
    """Jinja for templates that people upload: no functions, no attributes of Python, no text that grows."""

    intercepted_binops = _GROWING
    concat = staticmethod(whole)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"replace": replaced, "join": joined}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the template as a tree; raises SecurityError for what could double texts."""
        tree = super()._parse(source, name, filename)
        if any(tree.find(kind) is not None for kind in _DOUBLING):
            raise SecurityError("~")
        if _depth(tree) > _DEEPEST:
            raise SecurityError("for")
        return tree

    def is_safe_callable(self, _obj: object) -> bool:
        """Refuse every call: a template only shows what it is given."""
        return False

    def call_binop(self, _context: Context, operator: str, _left: object, _right: object) -> object:
        """Refuse to add, multiply or format; raises SecurityError."""
        raise SecurityError(f"operator {operator}")
