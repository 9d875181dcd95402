"""The figures of a work from which its note is written: those of the screens, asked by the same use cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from core.analysis.compare import Comparison
from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.fields import ProblemField
from core.analysis.item_status import ItemStatuses, item_statuses
from core.analysis.loading import load_work
from core.analysis.mark_groups import MarkGroup, mark_groups
from core.analysis.measuring import Measures
from core.analysis.problem_fields import FieldFilter, FoundField, kinds_for, problem_fields
from core.analysis.results import (
    ItemsOfWork,
    WorkOverview,
    items_of_work,
    measured_work,
    work_overview,
)
from core.analysis.signs import UnitSigns, signs_of_work
from core.analysis.tables import ReviewState
from core.analysis.work import Unit, UnitLevel, Work
from core.errors import InvalidInput, NotFound
from core.intake.history import assessment_name
from core.people.scope import Scope

_MOST_COMPARED = 6
"""So many problem fields are compared with others; a longer list is read on the screen."""


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A problem field of the unit with its comparisons, and the same trouble in its classes."""

    found: FoundField
    comparisons: tuple[Comparison, ...]

    @property
    def field(self) -> ProblemField:
        """Return the field."""
        return self.found.field

    @property
    def cause(self) -> str:
        """Return the cause that people named when they confirmed the field; "" without one.

        Of one class it may speak of a teacher's work, and a note goes from hand to hand: it is not told there.
        """
        review = self.found.review
        is_told = review is not None and review.state is ReviewState.CONFIRMED
        return review.cause if review is not None and is_told and self.field.unit.level is not UnitLevel.CLASS else ""


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """Everything that a note of a work tells, as far as the actor may see it."""

    overview: WorkOverview
    unit: Unit
    items: ItemsOfWork
    statuses: ItemStatuses
    groups: tuple[MarkGroup, ...]
    elements: Measures
    """Units × content elements, or × items where the work has no plan."""
    fields: tuple[ComparedField, ...]
    """Of the unit itself, the most serious first; those that people rejected are left out."""
    inside: tuple[FoundField, ...]
    """Of classes and schools inside the unit."""
    signs: tuple[UnitSigns, ...]
    is_owned: bool
    """Whether single participants may be spoken of: the note stays inside the school."""

    @property
    def work(self) -> Work:
        """Return the work."""
        return self.overview.work

    @property
    def name(self) -> str:
        """Return «ВПР, Математика, 4 класс, 2026»."""
        work = self.work
        return assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)

    @property
    def is_vpr(self) -> bool:
        """Say whether the federal reservation applies."""
        return self.work.procedure.startswith("ВПР")


def unit_of_note(session: Session, scope: Scope, assessment_id: int, unit_key: str) -> Unit:
    """Return the unit that a note tells of: the one asked for, or the only one that all else belongs to.

    A note that is about «everything I see» would be another document for each reader, so it is about a unit. Raises
    NotFound for a work or a unit out of scope, InvalidInput where a unit must be chosen.
    """
    work = load_work(session, scope, assessment_id)
    if unit_key:
        unit = work.unit(unit_key)
        if unit is None:
            raise NotFound("Класс или организация")
        return unit
    widest = [one for one in work.units if not one.parents]
    if len(widest) != 1:
        raise InvalidInput("Непонятно, о ком писать справку.", "Выберите класс, школу или муниципалитет.")
    return widest[0]


def work_figures(session: Session, scope: Scope, assessment_id: int, unit_key: str = "") -> WorkFigures:
    """Return the figures of a work in a unit. Errors as in `unit_of_note`; NotAllowed for a hidden unit."""
    unit = unit_of_note(session, scope, assessment_id, unit_key)
    overview = work_overview(session, scope, assessment_id, unit.key)
    items = items_of_work(session, scope, assessment_id, unit.key)
    kinds = kinds_for(overview.work, (Kind.ELEMENT,))
    listed = problem_fields(session, scope, FieldFilter(assessment_id=assessment_id)).fields
    kept = [one for one in listed if one.review is None or one.review.state is not ReviewState.REJECTED]
    own = [one for one in kept if one.field.unit.key == _told_of(unit)]
    return WorkFigures(
        overview=overview, unit=unit, items=items,
        statuses=item_statuses(overview.work.items, items.statistics, overview.work.thresholds),
        groups=mark_groups(session, scope, assessment_id, unit.key),
        elements=measured_work(session, scope, assessment_id, kinds).measures,
        fields=tuple(
            ComparedField(one, _comparisons(session, scope, one) if place < _MOST_COMPARED else ())
            for place, one in enumerate(own)
        ),
        inside=tuple(one for one in kept if unit.key in one.field.unit.parents),
        signs=signs_of_work(session, scope, assessment_id, unit.key),
        is_owned=all(overview.work.classes[place].owned for place in unit.classes),
    )




def _told_of(unit: Unit) -> str:
    """Return the key under which the fields of a unit are listed: a class that is its whole school is the school."""
    if unit.level is UnitLevel.CLASS and unit.is_whole_school:
        return unit.parents[0] if unit.parents else unit.key
    return unit.key


def _comparisons(session: Session, scope: Scope, one: FoundField) -> tuple[Comparison, ...]:
    field = one.field
    return compare_field(session, scope, field.assessment_id, field.unit.key, field.kind, field.key)
