"""What of opened cycles is due: stages that end soon or have ended with something missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from core.cycle.derived import Marks, marks_by_unit, marks_of
from core.cycle.opened import OpenedCycle, StagePlan, opened_cycles
from core.cycle.overview import StageView, cycle_view
from core.people.academic_year import year_on
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.planning.reminders import Reminder
from core.store.answers import answer_of

WEEKS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class StageReminder:
    """A stage of an organisation's cycle that ends soon, or has ended with something missing."""

    organisation_id: int
    organisation: str
    cycle_id: int
    year: int
    stage: StageView
    ends_on: date
    is_overdue: bool
    is_mine: bool
    """The actor answers for it by name, or heads the association that does."""

    @property
    def title(self) -> str:
        """Return number and name of the stage."""
        return f"Этап {self.stage.stage.number}. {self.stage.stage.name}"

    def as_reminder(self) -> Reminder:
        """Return it as one of the things that are due, for lists and the text for a messenger."""
        return Reminder(
            title=f"{self.stage.stage.name}: {self.organisation}", due_on=self.ends_on, is_overdue=self.is_overdue,
            number=f"Этап {self.stage.stage.number}", owner=self.stage.who, roadmap_id=None, measure_id=None,
            task_id=None, version=self.stage.plan.version if self.stage.plan is not None else 1,
        )


def reminders(
    session: Session, scope: Scope, today: date | None = None, within: timedelta = WEEKS
) -> list[StageReminder]:
    """Return the stages of the running year's open cycles that end within so many days or are overdue.

    Those of the actor first, then the longest overdue, then the nearest; of all organisations whose cycle they see.
    Nothing for somebody who may not look at cycles.
    """
    if not scope.allows(Action.VIEW):
        return []
    day = today or date.today()
    near = _ending(session, scope, day, within)
    return _reminded(session, scope, near, _marks_of(session, scope, near, day), day, within)


def marks_and_reminders(
    session: Session, scope: Scope, organisation_id: int, today: date, within: timedelta = WEEKS
) -> tuple[Marks, list[StageReminder]]:
    """Return the marks of an organisation in the running year and what `reminders` returns; records are read once.

    Raises NotAllowed without the right to look, NotFound for an organisation out of reach.
    """
    near = _ending(session, scope, today, within)
    marks = _marks_of(session, scope, {*near, organisation_id}, today)
    own = marks.get(organisation_id) or marks_of(session, scope, organisation_id, year_on(today), today)
    return own, _reminded(session, scope, near, marks, today, within)


def _ending(session: Session, scope: Scope, day: date, within: timedelta) -> dict[int, OpenedCycle]:
    """Return by organisation the running year's open cycles in which a stage ends in time."""
    return {
        unit: cycle for unit, cycle in answer_of(session, scope, opened_cycles, year_on(day)).items()
        if cycle.is_open and any(plan.ends_on <= day + within for plan in cycle.stages)
    }


def _marks_of(session: Session, scope: Scope, units: Collection[int], day: date) -> dict[int, Marks]:
    """Return the marks of those of the organisations that the actor knows; each kind of record is read once."""
    tree = load_tree(session, scope, day)
    known = [unit for unit in units if unit in tree.organisations]
    found: dict[int, Marks] = {}
    for top in sorted({_top(tree, unit) for unit in known}):
        found.update(marks_by_unit(session, scope, top, year_on(day), day, known))
    return {unit: marks for unit, marks in found.items() if unit in known}


def _reminded(
    session: Session, scope: Scope, near: Mapping[int, OpenedCycle], marks: Mapping[int, Marks], day: date,
    within: timedelta,
) -> list[StageReminder]:
    if not near:
        return []
    names = load_tree(session, scope, day).organisations
    teacher_id = actor_of(session, scope).teacher_id
    found = [
        StageReminder(
            unit, names[unit].name, cycle.id, year_on(day), one, plan.ends_on, one.is_overdue,
            _is_mine(scope, plan, teacher_id),
        )
        for unit, cycle in near.items() if unit in marks
        for one in cycle_view(cycle.model.file, marks[unit], cycle, day).stages
        if one.is_open and (plan := one.plan) is not None and plan.ends_on <= day + within
    ]
    return sorted(found, key=lambda one: (not one.is_mine, one.ends_on, one.organisation, one.stage.stage.number))


def _is_mine(scope: Scope, plan: StagePlan, teacher_id: int | None) -> bool:
    """Say whether the actor answers for the stage by name, or heads the very association that does."""
    if teacher_id is not None and plan.teacher_id == teacher_id:
        return True
    return any(
        grant.associations is not None and plan.association_id in grant.associations
        for grant in scope.grants if Action.MARK_CYCLE in grant.actions
    )


def _top(tree: Tree, unit: int) -> int:
    """Return the highest organisation above the unit that the actor knows, itself at the top."""
    above = tree.above(unit)
    return (above[-1].id or 0) if above else unit
