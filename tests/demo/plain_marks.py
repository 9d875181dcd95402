"""The plain way to what marks say: the lists that screens show, one organisation after the other."""

from __future__ import annotations

from sqlmodel import Session, select

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.status import Status
from core.analysis.told_once import told_once
from core.cycle.place import cycle_place
from core.cycle.records import Derived
from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.reach import responses_in_reach, rights_of
from core.diagnostics.rounds import list_rounds
from core.errors import NotFound
from core.intake.history import completeness
from core.monitoring.passports import list_passports, passports_of_year
from core.monitoring.plan_tables import IndicatorTarget
from core.monitoring.value_tables import IndicatorValue
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.meetings import list_meetings
from core.planning.overview import roadmap_summaries
from core.planning.recommendations.listing import list_recommendations
from core.practice.clubs import list_clubs
from core.practice.library import find_practices
from core.practice.tables import ClubEvent
from core.support.contests import list_contests
from core.support.courses import list_enrolments
from core.support.events import list_events
from core.support.mentorship_cards import list_mentorships
from core.support.self_education import list_topics
from core.support.visits import list_visits

Counts = dict[Derived, tuple[int, int]]


def plain_marks(session: Session, scope: Scope, organisation_id: int, year: int) -> Counts:
    """Return (done, whole) for each kind of record in the organisation with everything below it."""
    place = cycle_place(session, scope, organisation_id, year)
    return {
        **_data(session, scope, place), **_teachers(session, scope, place), **_plans(session, scope, place),
        **_help(session, scope, place), **_values(session, scope, place),
    }


def _data(session, scope, place) -> Counts:
    works = {}
    for year in place.result_years:
        board = completeness(session, scope, year)
        sent = {work for school, works in board.participants.items() if place.has(school) for work in works}
        works |= {work.id: work for work in board.works if work.id in sent}
    wanted = FieldFilter(years=place.result_years, kinds=(Kind.ELEMENT,), organisation_id=place.id)
    fields = [
        one for one in told_once(problem_fields(session, scope, wanted).fields)
        if one.field.status is Status.SURELY_BELOW or one.review is not None
    ]
    planned = sum(work.has_blueprint for work in works.values())
    decided = sum(one.review is not None for one in fields)
    return {
        Derived.WORKS_UPLOADED: (len(works), len(works)), Derived.PLANS_ATTACHED: (planned, len(works)),
        # Nothing found is as good as everything decided.
        Derived.FIELDS_CONFIRMED: (decided, len(fields)) if fields or not works else (1, 1),
    }


def _teachers(session, scope, place) -> Counts:
    rights = rights_of(session, scope)
    asked = groups = 0
    for one in list_rounds(session, scope):
        answers = responses_in_reach(session, rights, one.wave_ids)
        if one.year not in place.result_years or not any(place.has(row.organisation_id) for row in answers):
            continue
        asked += 1
        try:
            wanted = DeficitFilter(one.key, school_id=place.id if place.is_school else None)
            groups += len(shared_deficits(session, scope, wanted).groups)
        except NotFound:
            continue
    # Answers of too few people stand between nothing and everything.
    collected = (groups, groups) if groups or not asked else (1, 2)
    return {Derived.SURVEYS_UPLOADED: (asked, asked), Derived.DEFICITS_COLLECTED: collected}


def _plans(session, scope, place) -> Counts:
    sent = [
        one.row for one in list_recommendations(session, scope)
        if (place.has(one.row.organisation_id) or place.has(one.row.place_id))
        and place.holds(one.row.sent_on or one.row.created_at.date()) and one.row.state.name != "WITHDRAWN"
    ]
    maps = [
        one for one in roadmap_summaries(session, scope)
        if place.has(one.roadmap.organisation_id) and place.holds(one.roadmap.starts_on, one.roadmap.ends_on)
    ]
    practices = [
        card for card in find_practices(session, scope)
        if place.has(card.organisation_id) and card.created_at.date() <= place.until and card.is_published
    ]
    clubs = {card.id for card in list_clubs(session, scope)}
    events = [
        row for row in session.exec(select(ClubEvent))
        if row.association_id in clubs and place.holds(row.held_on) and row.state.name != "CANCELLED"
    ]
    meetings = [
        row for row in list_meetings(session, scope) if place.has(row.organisation_id) and place.holds(row.held_on)
    ]
    out = [row for row in sent if row.state.name != "DRAFT"]
    with_measures = sum(one.progress.measures > 0 for one in maps)
    return {
        Derived.PRACTICES_PUBLISHED: (len(practices), len(practices)),
        Derived.CLUBS_HELD: (sum(row.state.name == "HELD" for row in events), len(events)),
        Derived.RECOMMENDATIONS_SENT: (len(out), len(sent)),
        Derived.RECOMMENDATIONS_ANSWERED: (sum(row.state.name not in ("SENT", "RECEIVED") for row in out), len(out)),
        Derived.ROADMAP_DRAFTED: (with_measures, with_measures),
        Derived.ROADMAP_APPROVED: (
            sum(one.roadmap.state.name == "APPROVED" or bool(one.roadmap.approved_edition) for one in maps), len(maps)
        ),
        Derived.MEASURES_DONE: (sum(one.progress.done for one in maps), sum(one.progress.measures for one in maps)),
        Derived.GOALS_SET: (sum(bool(one.roadmap.goal.strip()) for one in maps), len(maps)),
        Derived.MEETING_HELD: (sum(row.state.name == "CLOSED" for row in meetings), len(meetings)),
    }


def _help(session, scope, place) -> Counts:
    pairs = [
        card.row for card in list_mentorships(session, scope)
        if place.has(card.row.organisation_id)
        and place.holds(card.row.starts_on, card.row.ended_on or card.row.ends_on)
    ]
    courses = [
        card.row for card in list_enrolments(session, scope)
        if place.has(card.row.organisation_id) and card.row.state.name != "REFUSED"
        and place.holds(card.row.starts_on or card.row.requested_at.date(), card.row.ends_on)
    ]
    going = [row for row in courses if row.state.name in ("APPROVED", "STUDYING", "FINISHED")]
    topics = [
        card for card in list_topics(session, scope)
        if place.has(card.row.organisation_id) and place.holds(card.row.starts_on, card.row.ends_on)
    ]
    visits = [
        card.row for card in list_visits(session, scope)
        if place.has(card.row.organisation_id) and place.holds(card.row.held_on)
    ]
    events = [card.row for key in place.units for card in list_events(session, scope, key, place.year)]
    contests = [row for key in place.units for row in list_contests(session, scope, key) if place.holds(row.held_on)]
    kept = [row for row in events if row.state.name != "CANCELLED"]
    return {
        Derived.MENTORSHIP_ACTIVE: (sum(row.state.name != "PREPARED" for row in pairs), len(pairs)),
        Derived.COURSES_PLANNED: (len(going), len(courses)),
        Derived.COURSES_FINISHED: (sum(row.state.name == "FINISHED" for row in going), len(going)),
        Derived.SELF_EDUCATION: (len(topics), len(topics)),
        Derived.VISITS_HELD: (sum(bool(row.conclusion.strip()) for row in visits), len(visits)),
        Derived.EVENTS_PLANNED: (len(events), len(events)),
        Derived.EVENTS_HELD: (sum(row.state.name == "HELD" for row in kept), len(kept)),
        Derived.CONTESTS_HELD: (sum(bool(row.order_number) for row in contests), len(contests)),
    }


def _values(session, scope, place) -> Counts:
    rows = [
        row for row in session.exec(select(IndicatorValue))
        if row.year == place.year and place.has(row.organisation_id)
    ]
    entered = [row for row in rows if row.fact is not None or row.numerator is not None]
    known = passports_of_year(list_passports(session, scope), place.year)
    schools = {unit.id for unit in session.exec(select(Organisation)) if unit.kind.name == "SCHOOL"}
    aimed = {
        target.code for target in session.exec(select(IndicatorTarget))
        if target.year == place.year and target.deleted_at is None and (
            place.has(target.unit_id) if target.level.name in ("WHOLE", "UNIT") else place.units & schools
        )
    }
    planned = (aimed | {row.code for row in rows if row.plan is not None}) & set(known)
    return {
        Derived.INDICATORS_SET: (len(planned), len(known)),
        Derived.VALUES_ENTERED: (sum(row.state.name not in ("DRAFT", "RETURNED") for row in entered), len(entered)),
        Derived.VALUES_ACCEPTED: (sum(row.state.name in ("ACCEPTED", "LOCKED") for row in entered), len(entered)),
    }
