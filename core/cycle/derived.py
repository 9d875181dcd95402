"""What the records say of everything that models name: a mark for each kind of record, in organisations and a year.

Each kind of record is read once, whether one school is asked about or a municipality with all its schools.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeAlias

from sqlmodel import Session

from core.cycle.data_marks import work_marks
from core.cycle.event_marks import contest_marks, event_marks
from core.cycle.help_marks import course_marks, mentorship_marks, self_education_marks, visit_marks
from core.cycle.marks import BY_HAND, CLOSED, Mark, MarksByPlace
from core.cycle.marks import Marks as Marks
from core.cycle.place import Places, cycle_place, places_from
from core.cycle.plan_marks import meeting_marks, recommendation_marks
from core.cycle.practice_marks import club_marks, practice_marks
from core.cycle.records import Derived
from core.cycle.roadmap_marks import roadmap_marks
from core.cycle.teacher_marks import teacher_marks
from core.cycle.value_marks import value_marks
from core.errors import NotAllowed
from core.people.scope import Action, Scope
from core.store.answers import answer_of

_Finder: TypeAlias = Callable[[Session, Scope, Places], MarksByPlace]

_FINDERS: Mapping[_Finder, tuple[Derived, ...]] = {
    work_marks: (Derived.WORKS_UPLOADED, Derived.PLANS_ATTACHED, Derived.FIELDS_CONFIRMED),
    teacher_marks: (Derived.SURVEYS_UPLOADED, Derived.DEFICITS_COLLECTED),
    practice_marks: (Derived.PRACTICES_PUBLISHED,),
    club_marks: (Derived.CLUBS_HELD,),
    recommendation_marks: (Derived.RECOMMENDATIONS_SENT, Derived.RECOMMENDATIONS_ANSWERED),
    roadmap_marks: (Derived.ROADMAP_DRAFTED, Derived.ROADMAP_APPROVED, Derived.MEASURES_DONE, Derived.GOALS_SET),
    meeting_marks: (Derived.MEETING_HELD,),
    mentorship_marks: (Derived.MENTORSHIP_ACTIVE,),
    course_marks: (Derived.COURSES_PLANNED, Derived.COURSES_FINISHED),
    self_education_marks: (Derived.SELF_EDUCATION,),
    visit_marks: (Derived.VISITS_HELD,),
    event_marks: (Derived.EVENTS_PLANNED, Derived.EVENTS_HELD),
    contest_marks: (Derived.CONTESTS_HELD,),
    value_marks: (Derived.VALUES_ENTERED, Derived.VALUES_ACCEPTED, Derived.INDICATORS_SET),
}


def marks_of(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> Marks:
    """Return the mark of every kind of record, whatever model is chosen; what the role does not see says so.

    Raises NotAllowed without the right to look, NotFound for an organisation out of reach.
    """
    scope.require(Action.VIEW)
    return _marks(session, scope, (cycle_place(session, scope, organisation_id, year, today),))[organisation_id]


def marks_by_unit(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None,
    units: Collection[int] | None = None,
) -> MarksByPlace:
    """Return the marks of the organisation, and of each one below it that the actor knows, by their ids.

    With `units`, of these ones below it only. They are equal to those of `marks_of`, and it raises the same.
    """
    scope.require(Action.VIEW)
    whole, *below = places_from(session, scope, organisation_id, year, today)
    asked = [one for one in below if units is None or one.id in units]
    return _marks(session, scope, (whole, *asked))


def _marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    found: dict[int, dict[Derived, Mark]] = {place.id: {Derived.MANUAL: BY_HAND} for place in places}
    for finder, kinds in _FINDERS.items():
        try:
            marks = answer_of(session, scope, finder, places)
        except NotAllowed:
            marks = dict.fromkeys(found, dict.fromkeys(kinds, CLOSED))
        for place, own in marks.items():
            found[place].update(own)
    return found
