"""The figures of an academic year of an association, a school or a municipality: what the screens show of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from core.analysis.problem_fields import FieldFilter, FoundField, problem_fields
from core.analysis.results import WorkOverview, work_overview
from core.analysis.tables import ReviewState
from core.analysis.work import UnitLevel
from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.lines import LineKind
from core.diagnostics.rounds import list_rounds
from core.diagnostics.standing import Standing
from core.documents.text import NoteKind
from core.errors import NotAllowed, NotFound
from core.intake.history import WorkSummary, list_works
from core.monitoring.effects import FieldEffect, field_register
from core.monitoring.reporting_year import reporting_year
from core.monitoring.scorecard import Scorecard, scorecard
from core.people.association_tables import Association
from core.people.hidden_units import organisation_key
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.suppression import SMALLEST_SHOWN
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.planning.recommendations.listing import RecommendationRow, list_recommendations
from core.planning.tables import RecommendationState
from core.practice.library import PracticeCard, PracticeFilter, find_practices
from core.practice.states import PUBLISHED
from core.support.coverage import Coverage, coverage
from core.support.state import StateOfMentorship, state_of_mentorship

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class YearPlace:
    """Of whom a note of a year tells."""

    kind: NoteKind
    organisation_id: int
    year: int
    """The spring."""
    name: str
    association_id: int | None = None
    subjects: tuple[str, ...] = ()
    """Of the association; empty: all."""

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day of the year."""
        return date(self.year - 1, 9, 1), date(self.year, 8, 31)

    @property
    def is_school(self) -> bool:
        """Say whether it stays inside one school, judged by the caller's kind of note."""
        return self.kind is NoteKind.SCHOOL_YEAR


@dataclass(frozen=True, slots=True)
class YearWork:
    """A work of the year; `overview` is None where its results in the unit are hidden."""

    summary: WorkSummary
    overview: WorkOverview | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What is known of the year. None: the actor has no right to it, or it is not told of an association."""

    place: YearPlace
    works: tuple[YearWork, ...]
    fields: tuple[FoundField, ...]
    """Of the unit itself, the most serious first, without those that people rejected."""
    inside: int
    """Fields of schools and classes inside it."""
    effects: tuple[FieldEffect, ...] | None
    deficits: tuple[SharedDeficit, ...] | None
    rounds: tuple[str, ...]
    """Diagnostics of the year."""
    recommendations: tuple[RecommendationRow, ...] | None
    roadmaps: tuple[RoadmapSummary, ...] | None
    coverage: Coverage | None
    mentorship: StateOfMentorship | None
    indicators: Scorecard | None
    practices: tuple[PracticeCard, ...] | None


def year_figures(session: Session, scope: Scope, place: YearPlace, today: date) -> YearFigures:
    """Return the figures of the year as far as the actor may see them; the place was found in the scope before."""
    first, last = place.days
    day = reporting_year(place.year, today).day
    below = load_tree(session, scope).below(place.organisation_id)
    fields = _fields(session, scope, place)
    unit = organisation_key(place.organisation_id)
    of_whole = place.association_id is None
    rounds, deficits = _deficits(session, scope, place)
    return YearFigures(
        place=place,
        works=_works(session, scope, place),
        fields=tuple(one for one in fields if one.field.unit.key == unit),
        inside=sum(one.field.unit.key != unit for one in fields),
        effects=_allowed(lambda: field_register(session, scope, place.organisation_id)) if of_whole else None,
        deficits=deficits, rounds=rounds,
        recommendations=_recommendations(session, scope, place, below),
        roadmaps=_roadmaps(session, scope, place, below, min(last, today)),
        coverage=_allowed(lambda: _coverage(session, scope, place, day)) if of_whole else None,
        mentorship=_allowed(lambda: state_of_mentorship(session, scope, place.organisation_id, day))
        if of_whole else None,
        indicators=_allowed(
            lambda: scorecard(session, scope, place.organisation_id, (place.year - 1, place.year), today=today)
        ) if of_whole else None,
        practices=_practices(session, scope, place, below, first, last),
    )


def _allowed(ask: Callable[[], _Found]) -> _Found | None:
    """Return the answer, None where the actor may not have it: the section is left out then."""
    try:
        return ask()
    except (NotAllowed, NotFound):
        return None


def _works(session: Session, scope: Scope, place: YearPlace) -> tuple[YearWork, ...]:
    found: list[YearWork] = []
    for one in list_works(session, scope):
        if one.year != place.year or (place.subjects and one.subject not in place.subjects):
            continue
        try:
            overview = work_overview(session, scope, one.id, organisation_key(place.organisation_id))
        except NotFound:
            # The unit did not write this work, or only one school of a municipality did.
            continue
        except NotAllowed as refusal:
            found.append(YearWork(one, None, refusal.message))
            continue
        found.append(YearWork(one, overview))
    return tuple(sorted(found, key=lambda one: (one.summary.procedure, one.summary.subject, one.summary.grade or 0)))


def _fields(session: Session, scope: Scope, place: YearPlace) -> list[FoundField]:
    wanted = FieldFilter(
        years=(place.year,), subjects=place.subjects, organisation_id=place.organisation_id,
        levels=(UnitLevel.CLASS, UnitLevel.SCHOOL, UnitLevel.MUNICIPALITY, UnitLevel.REGION),
    )
    found = problem_fields(session, scope, wanted).fields
    return [one for one in found if one.review is None or one.review.state is not ReviewState.REJECTED]


def _deficits(
    session: Session, scope: Scope, place: YearPlace
) -> tuple[tuple[str, ...], tuple[SharedDeficit, ...] | None]:
    """Return the diagnostics of the year and the shared deficits by competence, the worst first, each named once.

    What fewer than five teachers answered stays on the screen of their school: the paper is read by the whole council,
    and of the only teacher of a subject «100 %» is a personal result.
    """
    if not scope.allows(Action.VIEW_DEFICITS):
        return (), None
    names: list[str] = []
    latest: dict[tuple[str, str], SharedDeficit] = {}
    for asked in list_rounds(session, scope):
        if asked.year != place.year:
            continue
        wanted = DeficitFilter(
            asked.key, LineKind.COMPETENCE, subjects=place.subjects,
            associations=(place.association_id,) if place.association_id is not None else (),
            school_id=place.organisation_id if place.is_school else None,
        )
        try:
            listed = shared_deficits(session, scope, wanted)
        except (NotAllowed, NotFound):
            # Nobody of this school answered.
            continue
        names.append(asked.name)
        for one in listed.of(Standing.POSSIBLE):
            if one.asked >= SMALLEST_SHOWN and _is_inside(session, place, one):
                latest.setdefault((one.group.key, one.line.name), one)
    # Teachers of a subject and their association are often the same people: they are told of once.
    once: dict[tuple[str, int, int], SharedDeficit] = {}
    for one in sorted(latest.values(), key=lambda one: one.group.association_id is None):
        once.setdefault((one.line.name, one.asked, one.lacking), one)
    return tuple(names), tuple(sorted(once.values(), key=lambda one: (-one.standing, -one.share, one.line.name)))


def _coverage(session: Session, scope: Scope, place: YearPlace, day: date) -> Coverage:
    """Return the help with deficits of groups that a paper may tell of (see `_deficits`)."""
    found = coverage(session, scope, place.organisation_id, day)
    return replace(found, rows=tuple(row for row in found.rows if row.worst.asked >= SMALLEST_SHOWN))


def _is_inside(session: Session, place: YearPlace, one: SharedDeficit) -> bool:
    """Say whether the group belongs to the unit: a school's note tells nothing of an association of many schools."""
    if one.group.association_id is None or not place.is_school:
        return True
    row = session.get(Association, one.group.association_id)
    return row is not None and row.organisation_id == place.organisation_id


def _recommendations(
    session: Session, scope: Scope, place: YearPlace, below: frozenset[int]
) -> tuple[RecommendationRow, ...] | None:
    if not scope.allows(Action.VIEW_RECOMMENDATIONS):
        return None
    first, last = place.days
    return tuple(
        one
        for one in list_recommendations(session, scope, last)
        if one.row.state is not RecommendationState.DRAFT and one.row.sent_on is not None
        and first <= one.row.sent_on <= last
        and (one.row.organisation_id in below or one.row.place_id in below)
        and (not place.subjects or not one.row.subject or one.row.subject in place.subjects)
    )


def _roadmaps(
    session: Session, scope: Scope, place: YearPlace, below: frozenset[int], day: date
) -> tuple[RoadmapSummary, ...] | None:
    if not scope.allows(Action.VIEW_ROADMAPS):
        return None
    first, last = place.days
    return tuple(
        one
        for one in roadmap_summaries(session, scope, day)
        if one.roadmap.organisation_id in below and one.roadmap.starts_on <= last and first <= one.roadmap.ends_on
        and (place.association_id is None or one.roadmap.association_id == place.association_id)
    )


def _practices(
    session: Session, scope: Scope, place: YearPlace, below: frozenset[int], first: date, last: date
) -> tuple[PracticeCard, ...] | None:
    if not scope.allows(Action.VIEW_PRACTICES):
        return None
    wanted = PracticeFilter(subjects=place.subjects, states=tuple(sorted(PUBLISHED)))
    return tuple(
        one for one in find_practices(session, scope, wanted)
        if one.organisation_id in below and first <= one.created_at.date() <= last
    )
