"""Levels of an instrument that nobody has described otherwise."""

from __future__ import annotations

from core.diagnostics.contract import LevelView

DEFAULT_LEVELS = (
    LevelView("минимальный", 0.0, is_deficit=True),
    LevelView("средний", 0.6, is_deficit=False),
    LevelView("высокий", 0.8, is_deficit=False),
)
"""Below 60 % minimal, 60–79 % medium, from 80 % high: usual practice of centres of professional development; no
official document gives numbers (domain.md §7.2), so they can be changed for each instrument."""
