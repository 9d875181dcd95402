"""What the first screen says of many schools, worked out before the first person of the day looks at it.

Only what is the same for everybody with equal rights is prepared, and only for those who see several schools: for one
school nobody waits.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.cycle.reminders import marks_and_reminders
from core.glance.numbers import indicators_met
from core.glance.unit import own_unit
from core.intake.history import list_works
from core.intake.missing import received_results
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Action, Scope
from core.people.sign_in_mode import is_sign_in_off
from core.people.visit_tables import Visit
from core.store.answers import answer_of
from core.store.base import utc_now
from core.store.unit_of_work import reading

_LATELY = timedelta(days=14)


def fields_of_two_years(year: int) -> FieldFilter:
    """Return which problem fields the first screen looks at: those of a year, and of the one before to compare with."""
    return FieldFilter(years=(year - 1, year), kinds=(Kind.ELEMENT,))


def prepare_overviews(engine: Engine) -> None:
    """Work out the first screen of those who see several schools and were here in the last two weeks."""
    with reading(engine) as session:
        scopes = _scopes(session)
    for scope in scopes:
        with reading(engine) as session:
            _prepare(session, scope, date.today())


def _scopes(session: Session) -> list[Scope]:
    """Return the different rights, in nobody's hands, of the people for whom it is worth the while."""
    if is_sign_in_off():
        return [Scope.local_administrator()]
    lately = select(Account).join(Visit, col(Visit.account_id) == Account.id).where(Visit.seen_at > utc_now() - _LATELY)
    scopes = [scope_for(session, one).shared() for one in session.exec(lately.order_by(col(Account.id)))]
    return list({one.key: one for one in scopes if _sees_several(one)}.values())


def _sees_several(scope: Scope) -> bool:
    return scope.allows(Action.VIEW) and (scope.organisations is None or len(scope.organisations) > 1)


def _prepare(session: Session, scope: Scope, today: date) -> None:
    works = answer_of(session, scope, list_works)
    unit = own_unit(session, scope)
    if not works or unit is None or unit.id is None:
        return
    year = max(work.year for work in works)
    answer_of(session, scope, problem_fields, fields_of_two_years(year))
    for one in (year, year - 1):
        answer_of(session, scope, received_results, one)
    if scope.allows(Action.VIEW_INDICATORS) and scope.sees_organisation(unit.id):
        answer_of(session, scope, indicators_met, unit.id, year)
    answer_of(session, scope, marks_and_reminders, unit.id, today)
