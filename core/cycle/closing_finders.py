"""What the records tell of a cycle's things by its end: fields, measures, recommendations, deficits, indicators.

Only what the organisation itself keeps counts: a school's measures are settled in the school's own cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from sqlmodel import Session, col, select

from core.cycle.closing_asked import Asked, outsider, reference_of, shortened
from core.cycle.closing_contract import FoundItem
from core.cycle.closing_deficits import deficits
from core.cycle.closing_fields import fields
from core.cycle.closing_tables import ItemKind, Outcome
from core.monitoring.cells import Cell
from core.monitoring.facts import PlanState
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.scorecard import scorecard
from core.monitoring.wording import fact_words
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.planning.recommendation_tables import AddresseeKind, Recommendation, RecommendationState
from core.planning.roadmap_tables import Measure, MeasureKind, Roadmap
from core.planning.statuses import DONE_STATUSES, MeasureStatus
from core.support.mentorship_tables import Mentorship, MentorshipState
from core.words import number, plural

_UNANSWERED = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED, RecommendationState.ACCEPTED})
_PRIVATE = frozenset({AddresseeKind.TEACHER, AddresseeKind.PARENTS})
_NOT_COUNTED = frozenset({RecommendationState.DRAFT, RecommendationState.WITHDRAWN})

Finder: TypeAlias = Callable[[Session, Scope, Asked], list[FoundItem]]


def measures(session: Session, _scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the measures of the year's roadmaps, and those carried over; cancelled ones are left out."""
    place = asked.place
    rows = session.exec(
        select(Measure, Roadmap)
        .join(Roadmap, col(Measure.roadmap_id) == Roadmap.id)
        .where(
            Roadmap.organisation_id == place.id, col(Roadmap.deleted_at).is_(None), col(Measure.deleted_at).is_(None),
            Measure.kind == MeasureKind.MEASURE, Roadmap.starts_on <= place.until,
        )
        .order_by(col(Roadmap.starts_on), col(Measure.id))
    ).all()
    found: dict[str, FoundItem] = {}
    for measure, roadmap in rows:
        reference = reference_of("measure", measure.title)
        in_year = place.holds(roadmap.starts_on, roadmap.ends_on)
        if measure.status is MeasureStatus.CANCELLED or not (
            in_year or asked.was_carried(ItemKind.MEASURE, reference)
        ):
            continue
        is_done = measure.status in DONE_STATUSES
        found[reference] = FoundItem(
            ItemKind.MEASURE, reference, f"{shortened(measure.title)} – {measure.status.value}",
            Outcome.SOLVED if is_done else Outcome.GOES_ON,
        )
    return list(found.values())


def recommendations(session: Session, _scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the recommendations that the organisation sent or got in the year, and those carried over."""
    place = asked.place
    rows = session.exec(
        select(Recommendation).where(
            col(Recommendation.deleted_at).is_(None), col(Recommendation.state).not_in(_NOT_COUNTED),
            (col(Recommendation.organisation_id) == place.id) | (col(Recommendation.place_id) == place.id),
        ).order_by(col(Recommendation.id))
    )
    found = []
    for row in rows:
        reference = f"recommendation:{row.id}"
        carried = asked.was_carried(ItemKind.RECOMMENDATION, reference)
        if place.holds(row.sent_on or row.created_at.date()) or carried:
            waits = row.state in _UNANSWERED
            found.append(FoundItem(
                ItemKind.RECOMMENDATION, reference, f"№ {row.id} «{shortened(row.title)}» – {row.state.value}",
                Outcome.GOES_ON if waits else Outcome.SOLVED,
                # What the school says to a teacher or to parents is not told outside it.
                place.is_school and row.organisation_id == place.id and row.addressee in _PRIVATE,
            ))
    return found


def indicators(session: Session, _scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the indicators with a plan for the year: reached, or not; those hidden outside the school are left out."""
    place = asked.place
    card = scorecard(session, outsider(), place.id, (place.year,))
    found = []
    for code, passport in card.passports[place.year].items():
        cell = card.cells[place.id, code, place.year]
        if cell.hidden is not Hidden.NO or cell.plan is None or (cell.fact is not None and not cell.fact.is_known):
            # Nobody is told of it, nothing was planned, or there is nobody to whom it could apply.
            continue
        reference = f"indicator:{code}"
        if cell.plan_state in (PlanState.REACHED, PlanState.WITHIN):
            outcome = Outcome.SOLVED
        else:
            is_again = cell.plan_state is PlanState.MISSED and asked.was_carried(ItemKind.INDICATOR, reference)
            outcome = Outcome.REPEATS if is_again else Outcome.GOES_ON
        found.append(FoundItem(ItemKind.INDICATOR, reference, _indicator(passport, cell), outcome))
    return found


def mentorships(session: Session, _scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the pairs and groups of the year by whether they still run: counts, no names."""
    place = asked.place
    rows = session.exec(
        select(Mentorship).where(Mentorship.organisation_id == place.id, col(Mentorship.deleted_at).is_(None))
    )
    of_year = [row for row in rows if place.holds(row.starts_on, row.ended_on or row.ends_on)]
    running = sum(row.state in (MentorshipState.ACTIVE, MentorshipState.PREPARED) for row in of_year)
    finished = len(of_year) - running
    found = []
    if running:
        words = plural(running, "пара или группа работает", "пары и группы работают", "пар и групп работают")
        found.append(FoundItem(ItemKind.MENTORSHIP, "mentorship:running", words, Outcome.GOES_ON))
    if finished:
        words = plural(finished, "пара или группа завершила", "пары и группы завершили", "пар и групп завершили")
        found.append(FoundItem(ItemKind.MENTORSHIP, "mentorship:finished", f"{words} работу", Outcome.SOLVED))
    return found


FINDERS: Final[Mapping[ItemKind, Finder]] = {
    ItemKind.FIELD: fields,
    ItemKind.MEASURE: measures,
    ItemKind.RECOMMENDATION: recommendations,
    ItemKind.DEFICIT: deficits,
    ItemKind.INDICATOR: indicators,
    ItemKind.MENTORSHIP: mentorships,
}


def _indicator(passport: Passport, cell: Cell) -> str:
    plan = number(cell.plan or 0, 1 if (cell.plan or 0) % 1 else 0)
    unit = " %" if passport.kind is IndicatorKind.SHARE else ""
    said = fact_words(passport, cell.fact)
    return f"{shortened(passport.name)}, {year_name(cell.year)}: {said} при плане {plan}{unit}; {cell.plan_state.value}"
