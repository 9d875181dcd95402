"""In which templates of people are carried out: names, conditions and loops; nothing that can call, reach or grow."""

from __future__ import annotations

from typing import Final

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

_FILTERS: Final = (
    "capitalize", "default", "first", "int", "join", "last", "length", "lower", "replace", "trim", "upper",
)
"""Filters that no argument makes large: «center» or «format» would fill the memory with blanks."""
_GROWING: Final = frozenset({"*", "**", "%"})


class TemplateEnvironment(SandboxedEnvironment):
    """Jinja for templates that people upload: no functions, no attributes of Python, no text multiplied."""

    intercepted_binops = _GROWING

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def is_safe_callable(self, _obj: object) -> bool:
        """Refuse every call: a template only shows what it is given."""
        return False

    def call_binop(self, _context: Context, operator: str, _left: object, _right: object) -> object:
        """Refuse to multiply or format; raises SecurityError."""
        raise SecurityError(f"operator {operator}")
