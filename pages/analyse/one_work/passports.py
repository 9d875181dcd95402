"""The passport of what is shown of one work."""

from __future__ import annotations

from core.analysis.results import WorkOverview
from core.analysis.work import Work
from core.intake.history import assessment_name
from core.words import plural
from pages.widgets.passport import Passport

_AUDIENCE = "заместителю директора, методисту, руководителю методического объединения"


def work_name(work: Work) -> str:
    """Return «ВПР, Математика, 4 класс, 2026»."""
    return assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)


def passport(overview: WorkOverview, method: str, *limits: str) -> Passport:
    """Return the passport of a part of the screen; `method` and `limits` are that part's own."""
    work = overview.work
    unit = f", {overview.unit.full_name}" if overview.unit else ""
    people = plural(overview.participants, "участник", "участника", "участников")
    return Passport(
        _AUDIENCE, f"{work_name(work)}{unit}: {people}; пороги: {work.thresholds.name}", method, limits,
        procedure=work.procedure,
    )
