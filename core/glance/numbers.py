"""The counts behind the numbers of the first screen, each of this year and of the year before it."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.glance.portion import Number, Portion, beside
from core.intake.missing import Received
from core.monitoring.cells import Cell
from core.monitoring.facts import PlanState
from core.monitoring.scorecard import scorecard
from core.monitoring.targets import codes_with_target
from core.people.academic_year import year_on
from core.people.scope import Action, Scope
from core.planning.kept_deadlines import measures_in_time
from core.planning.recommendation_tables import RecommendationState
from core.planning.recommendations.listing import list_recommendations
from core.support.helped_teachers import teachers_helped

_MET = frozenset({PlanState.REACHED, PlanState.WITHIN})
_NOT_SENT = frozenset({RecommendationState.DRAFT, RecommendationState.WITHDRAWN})
_WAITING = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED})


def results_received(now: Received, before: Received) -> Number:
    """Return how many sets of results (a work in a school) came of those that are expected, this year and before."""
    return beside(
        Portion(now.came, now.came + len(now.missing)), Portion(before.came, before.came + len(before.missing))
    )


def measures_kept(session: Session, scope: Scope, today: date | None = None) -> Number:
    """Return how many measures were done in time of those whose last deadline came in the academic year."""
    day = today or date.today()
    now, before = measures_in_time(session, scope, (year_on(day) - 1, year_on(day)), day)[::-1]
    return beside(Portion(*now), Portion(*before))


def teachers_with_help(session: Session, scope: Scope, today: date | None = None) -> Number:
    """Return how many teachers had help since the first of September, beside the same stretch of the year before."""
    day = today or date.today()
    spans = [(date(day.year - (day.month < 9), 9, 1), day)]
    spans.append((spans[0][0].replace(year=spans[0][0].year - 1), _year_before(day)))
    now, before = (Portion(*teachers_helped(session, scope, since, until)) for since, until in spans)
    return beside(now, before)


def indicators_met(session: Session, scope: Scope, organisation_id: int, year: int) -> Number:
    """Return how many figures with a target reached it in a reporting year: of the unit and what is directly below."""
    codes = codes_with_target(session, (year - 1, year))
    if not codes:
        return Number(Portion(0, 0))
    found = scorecard(session, scope, organisation_id, (year - 1, year), codes, with_children=True)
    before, now = (_met([cell for key, cell in found.cells.items() if key[2] == one]) for one in (year - 1, year))
    return beside(now, before)


def recommendations_answered(session: Session, scope: Scope, today: date | None = None) -> Number:
    """Return how many of the recommendations sent in the academic year were answered."""
    day = today or date.today()
    sent = [one.row for one in list_recommendations(session, scope, day) if one.row.state not in _NOT_SENT]
    portions = []
    for year in (year_on(day), year_on(day) - 1):
        rows = [row for row in sent if year_on(row.sent_on or row.created_at.date()) == year]
        portions.append(Portion(sum(row.state not in _WAITING for row in rows), len(rows)))
    return beside(*portions)


def may_count_help(scope: Scope) -> bool:
    """Say whether the actor sees the help of others, and not only their own."""
    if not scope.allows(Action.VIEW_HELP):
        return False
    persons = [grant.persons for grant in scope.require(Action.VIEW_HELP).grants]
    return not persons or any(one is None or len(one) > 1 for one in persons)


def _met(cells: list[Cell]) -> Portion:
    judged = [cell for cell in cells if cell.plan is not None and cell.plan_state is not PlanState.NO_FACT]
    return Portion(sum(cell.plan_state in _MET for cell in judged), len(judged))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
