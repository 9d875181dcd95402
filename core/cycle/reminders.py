"""What of opened cycles is due: stages that end soon or have ended with something missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from core.cycle.derived import marks_by_unit
from core.cycle.opened import StagePlan, opened_cycles
from core.cycle.overview import StageView, cycle_view
from core.people.academic_year import year_on
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.planning.reminders import Reminder

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
    year = year_on(day)
    near = {
        unit: cycle for unit, cycle in opened_cycles(session, scope, year).items()
        if cycle.is_open and any(plan.ends_on <= day + within for plan in cycle.stages)
    }
    if not near:
        return []
    tree = load_tree(session, scope, day)
    teacher_id = actor_of(session, scope).teacher_id
    found: list[StageReminder] = []
    for top in sorted({_top(tree, unit) for unit in near}):
        below = tree.below(top)
        for unit, marks in marks_by_unit(session, scope, top, year, day, near).items():
            cycle = near.get(unit)
            if cycle is not None and unit in below:
                name = tree.organisations[unit].name
                view = cycle_view(cycle.model.file, marks, cycle, day)
                found += [
                    StageReminder(
                        unit, name, cycle.id, year, one, plan.ends_on, one.is_overdue, _is_mine(scope, plan, teacher_id)
                    )
                    for one in view.stages
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
