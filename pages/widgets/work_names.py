"""Names of works in lists and filters, told apart where two are called the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from core.analysis.problem_fields import WorkHeader
from core.intake.history import WorkSummary


def work_labels(works: Iterable[WorkSummary]) -> dict[int, str]:
    """Return a name for each work by its id; works of one name are told apart by their number."""
    return _told_apart({work.id: work.name for work in works})


def work_labels_of(works: Iterable[WorkHeader]) -> dict[int, str]:
    """Return the same names for works that were examined."""
    return _told_apart({work.assessment_id: work.name for work in works})


def _told_apart(names: dict[int, str]) -> dict[int, str]:
    count = Counter(names.values())
    return {key: f"{name} (№ {key})" if count[name] > 1 else name for key, name in names.items()}
