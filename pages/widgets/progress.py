"""Long work in steps: the bar moves between steps, never inside one.

A use case must not be cut in the middle, and any `st.*` call can be where Streamlit cuts; so a step shows nothing.

    uploads = run_steps("Читаем файлы", [(name, partial(preview, name)) for name in names])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from pages.widgets.texts import plain

_Result = TypeVar("_Result")


def run_steps(title: str, steps: Sequence[tuple[str, Callable[[], _Result]]]) -> list[_Result]:
    """Run the steps one after the other and return their results; `title` and each step's name are shown meanwhile."""
    results: list[_Result] = []
    bar = st.progress(0.0, plain(title))
    for done, (name, step) in enumerate(steps):
        bar.progress(done / len(steps), plain(f"{title}: {name} ({done + 1} из {len(steps)})"))
        results.append(step())
    bar.empty()
    return results
