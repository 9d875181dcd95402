"""The list of records behind an automatic figure, as far as the person may see them one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.analysis.tables import FieldReview
from core.analysis.work import class_label
from core.intake.tables import Assessment
from core.monitoring.access import seen_unit
from core.monitoring.automatic.computing import compute
from core.monitoring.automatic.counted import Counted, RecordKind
from core.monitoring.automatic.registry import automatic
from core.monitoring.passports import passport_in
from core.monitoring.scorecard import scorecard
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden
from core.people.teacher_tables import Teacher
from core.people.teachers import shown_name
from core.planning.tables import Measure, Meeting
from core.support.course_tables import Course, CourseEnrolment
from core.support.event_tables import MethodicalEvent
from core.support.mentorship_tables import Mentorship
from core.support.route_tables import IndividualRoute


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record: where it stands, what it is, how much of it is in numerator and denominator."""

    organisation: str
    label: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class RecordsBehind:
    """The records behind a figure. `withheld` counts those that are not shown to this person one by one."""

    kind: RecordKind
    lines: tuple[RecordLine, ...]
    withheld: int
    numerator: float
    denominator: float


def records_behind(
    session: Session, scope: Scope, organisation_id: int, code: str, year: int, today: date | None = None
) -> RecordsBehind | None:
    """Return the records behind an automatic figure of a unit with everything below it; None for an entered one.

    They are those of today: an accepted figure may differ from them. Small groups of pupils, single answers and who of
    the teachers has a deficit are told inside their own school only. Raises as `scorecard` does.
    """
    seen_unit(session, scope, organisation_id)
    passport = passport_in(session, scope, code, year, organisation_id)
    if not passport.automatic:
        return None
    card = scorecard(session, scope, organisation_id, (year,), (code,), today=today)
    kind = automatic(passport.automatic).kind
    if card.cells[organisation_id, code, year].hidden is not Hidden.NO:
        return RecordsBehind(kind, (), 0, 0.0, 0.0)
    found = compute(session, [organisation_id], year, [passport.automatic], today)
    below = found.tree.below(organisation_id)
    parts = {key: part for key, part in found.parts[passport.automatic].items() if key in below}
    lines: list[RecordLine] = []
    withheld = 0
    for place, part in sorted(parts.items()):
        label = _labels(session, scope, kind, place, part)
        for key in dict.fromkeys([*part.whole, *part.part]):
            text = label(key)
            if text is None:
                withheld += 1
                continue
            lines.append(
                RecordLine(
                    found.tree.organisations[place].name, text, part.part.get(key, 0.0), part.whole.get(key, 0.0)
                )
            )
    return RecordsBehind(
        kind, tuple(lines), withheld, sum(part.numerator for part in parts.values()),
        sum(part.denominator for part in parts.values()),
    )


_Label = Callable[[str], str | None]


def _labels(session: Session, scope: Scope, kind: RecordKind, place: int, part: Counted) -> _Label:
    """Return what names a record of the organisation; None for one that the person is not shown."""
    keys = {*part.whole, *part.part}
    match kind:
        case RecordKind.TEACHER | RecordKind.ANSWERED:
            return _teachers(session, scope, kind, place, keys)
        case RecordKind.CLASS:
            return _classes(session, scope, place, part)
        case RecordKind.FEEDBACK | RecordKind.ANSWER:
            # Answers were given without a name.
            return lambda key: f"ответ {key}" if scope.owns(place) else None
        case RecordKind.ITEM:
            return _items(session, keys)
        case RecordKind.SCHOOL:
            return lambda _key: "школа в целом"
    texts = _texts(session, kind, keys)
    return lambda key: texts.get(key, f"№ {key}")


def _teachers(session: Session, scope: Scope, kind: RecordKind, place: int, keys: Collection[str]) -> _Label:
    if kind is RecordKind.ANSWERED and not _tells_deficits(scope, place):
        return lambda _key: None
    rows = session.exec(select(Teacher).where(col(Teacher.id).in_([int(key) for key in keys])))
    names = {str(row.id): shown_name(scope, row, (place,)) for row in rows}
    return lambda key: names.get(key)


def _tells_deficits(scope: Scope, place: int) -> bool:
    """Say whether the person may know who of the school's teachers has a deficit."""
    if not scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        return False
    narrowed = scope.require(Action.VIEW_PERSONAL_DEFICITS)
    return narrowed.owns(place) and narrowed.sees_organisation(place)


def _classes(session: Session, scope: Scope, place: int, part: Counted) -> _Label:
    works = _works(session, {int(key.partition("|")[0]) for key in part.whole})

    def label(key: str) -> str | None:
        if part.whole[key] < SMALLEST_SHOWN and not scope.owns(place):
            return None
        work, _bar, name = key.partition("|")
        row = works[int(work)]
        return f"{row.procedure}, {row.subject}, {class_label(row.grade, name)}"

    # Outside the school a small class must not follow from the others and the sum: then no class is named.
    if any(label(key) is None for key in part.whole):
        return lambda _key: None
    return label


def _items(session: Session, keys: Collection[str]) -> _Label:
    works = _works(session, {int(key.split("|")[1]) for key in keys})

    def label(key: str) -> str:
        row = works[int(key.split("|")[1])]
        return f"{row.procedure}, {row.subject}, {row.grade} класс, задание {key.split('|')[2]}"

    return label


def _works(session: Session, ids: Collection[int]) -> dict[int, Assessment]:
    return {row.id or 0: row for row in session.exec(select(Assessment).where(col(Assessment.id).in_(ids)))}


def _texts(session: Session, kind: RecordKind, keys: Collection[str]) -> dict[str, str]:
    ids = [int(key) for key in keys]
    match kind:
        case RecordKind.MEETING:
            meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(ids)))
            return {str(row.id): f"{row.body}, {row.held_on:%d.%m.%Y}" for row in meetings}
        case RecordKind.EVENT:
            events = session.exec(select(MethodicalEvent).where(col(MethodicalEvent.id).in_(ids)))
            return {str(row.id): row.content for row in events}
        case RecordKind.ASSOCIATION:
            bodies = session.exec(select(Association).where(col(Association.id).in_(ids)))
            return {str(row.id): f"{row.kind.value} {row.name}" for row in bodies}
        case RecordKind.MEASURE:
            measures = session.exec(select(Measure).where(col(Measure.id).in_(ids)))
            return {str(row.id): f"{row.title}: {row.status.value}" for row in measures}
        case RecordKind.FIELD:
            fields = session.exec(select(FieldReview).where(col(FieldReview.id).in_(ids)))
            return {str(row.id): f"{row.key} ({_unit(row.unit)})" for row in fields}
        case RecordKind.ROUTE:
            routes = session.exec(select(IndividualRoute).where(col(IndividualRoute.id).in_(ids)))
            return {str(row.id): f"маршрут до {row.ends_on:%d.%m.%Y}: {row.state.value}" for row in routes}
        case RecordKind.PROGRAMME:
            pairs = session.exec(select(Mentorship).where(col(Mentorship.id).in_(ids)))
            return {str(row.id): f"программа до {row.ends_on:%d.%m.%Y}: {row.state.value}" for row in pairs}
        case RecordKind.ENROLMENT:
            query = select(CourseEnrolment, Course).join(Course, col(Course.id) == CourseEnrolment.course_id)
            rows = session.exec(query.where(col(CourseEnrolment.id).in_(ids)))
            return {str(row.id): f"{course.title}: {row.state.value}" for row, course in rows}
    return {}


def _unit(key: str) -> str:
    """Return what a unit of a field is called: «организация в целом», «класс А»."""
    parts = key.split(":")
    return f"класс {parts[2]}".rstrip() if len(parts) == 3 else "организация в целом"
