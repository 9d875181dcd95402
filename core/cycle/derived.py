"""What the records say of everything that models name: a mark for each kind of record, in an organisation and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from sqlmodel import Session

from core.cycle import data_marks, help_marks, plan_marks, value_marks
from core.cycle.marks import BY_HAND, CLOSED, Mark
from core.cycle.place import CyclePlace, cycle_place
from core.cycle.records import Derived
from core.errors import NotAllowed
from core.people.scope import Action, Scope

Marks: TypeAlias = Mapping[Derived, Mark]
_Finder: TypeAlias = Callable[[Session, Scope, CyclePlace], Mark]

_FINDERS: Mapping[Derived, _Finder] = {
    Derived.WORKS_UPLOADED: data_marks.works_uploaded,
    Derived.PLANS_ATTACHED: data_marks.plans_attached,
    Derived.SURVEYS_UPLOADED: data_marks.surveys_uploaded,
    Derived.DEFICITS_COLLECTED: data_marks.deficits_collected,
    Derived.FIELDS_CONFIRMED: data_marks.fields_confirmed,
    Derived.PRACTICES_PUBLISHED: plan_marks.practices_published,
    Derived.CLUBS_HELD: plan_marks.clubs_held,
    Derived.RECOMMENDATIONS_SENT: plan_marks.recommendations_sent,
    Derived.RECOMMENDATIONS_ANSWERED: plan_marks.recommendations_answered,
    Derived.ROADMAP_DRAFTED: plan_marks.roadmap_drafted,
    Derived.ROADMAP_APPROVED: plan_marks.roadmap_approved,
    Derived.MEASURES_DONE: plan_marks.measures_done,
    Derived.MEETING_HELD: plan_marks.meeting_held,
    Derived.MENTORSHIP_ACTIVE: help_marks.mentorship_active,
    Derived.COURSES_PLANNED: help_marks.courses_planned,
    Derived.COURSES_FINISHED: help_marks.courses_finished,
    Derived.SELF_EDUCATION: help_marks.self_education,
    Derived.VISITS_HELD: help_marks.visits_held,
    Derived.EVENTS_PLANNED: help_marks.events_planned,
    Derived.EVENTS_HELD: help_marks.events_held,
    Derived.CONTESTS_HELD: help_marks.contests_held,
    Derived.VALUES_ENTERED: value_marks.values_entered,
    Derived.VALUES_ACCEPTED: value_marks.values_accepted,
    Derived.GOALS_SET: plan_marks.goals_set,
    Derived.INDICATORS_SET: value_marks.indicators_set,
}


def marks_of(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> Marks:
    """Return the mark of every kind of record, whatever model is chosen; what the role does not see says so.

    Raises NotAllowed without the right to look, NotFound for an organisation out of reach.
    """
    scope.require(Action.VIEW)
    place = cycle_place(session, scope, organisation_id, year, today)
    found = {derived: _found(session, scope, place, finder) for derived, finder in _FINDERS.items()}
    return {Derived.MANUAL: BY_HAND, **found}


def _found(session: Session, scope: Scope, place: CyclePlace, finder: _Finder) -> Mark:
    try:
        return finder(session, scope, place)
    except NotAllowed:
        return CLOSED
