"""From a problem field to the practices that answer its content element or task type."""

from __future__ import annotations

from core.analysis.elements import Kind
from core.analysis.problem_fields import FoundField
from core.practice.library import practice_counts
from core.words import number
from pages.widgets.links import link_to
from pages.widgets.session import read

_FILTERS = {Kind.ELEMENT: "practices_element", Kind.TASK_TYPE: "practices_task_type"}


def show_practices_link(one: FoundField) -> None:
    """Show the link with how many published practices there are; none for keys that no practice can answer."""
    if one.field.kind not in _FILTERS:
        return
    count = read(practice_counts).get((one.work.subject, one.field.key), 0)
    link_to(
        "practices", f"Практики: {number(count)}" if count else "Практик пока нет",
        {"practices_subject": one.work.subject, _FILTERS[one.field.kind]: one.field.key},
    )
