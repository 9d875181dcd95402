"""Documents of methodical help that `export` writes: what they are called, and what makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlmodel import Session

from core.documents.development_documents import (
    qualification_plan_document,
    route_document,
    self_education_document,
)
from core.documents.mentorship_documents import order_document, state_document
from core.documents.mentorship_programme import programme_document
from core.people.academic_year import year_on
from core.people.scope import Scope

_SCOPE = Scope.local_administrator()


def _route(session: Session, route_id: int) -> bytes:
    return route_document(session, _SCOPE, route_id)


def _topic(session: Session, topic_id: int) -> bytes:
    return self_education_document(session, _SCOPE, topic_id)


def _qualification_plan(session: Session, organisation_id: int) -> bytes:
    """Return the plan of this academic year."""
    return qualification_plan_document(session, _SCOPE, organisation_id, year_on(date.today()))


def _mentorship(session: Session, mentorship_id: int) -> bytes:
    return programme_document(session, _SCOPE, mentorship_id)


def _order(session: Session, mentorship_id: int) -> bytes:
    return order_document(session, _SCOPE, [mentorship_id])


def _state(session: Session, organisation_id: int) -> bytes:
    return state_document(session, _SCOPE, organisation_id)


HELP_NAMES: Final = {
    "route": "Индивидуальный маршрут",
    "topic": "План самообразования",
    "qualification-plan": "План повышения квалификации",
    "mentorship": "Программа наставничества",
    "mentorship-order": "Приказ о наставничестве",
    "mentorship-state": "Анализ наставничества",
}
HELP_EXPORTS: Final[dict[str, Callable[[Session, int], bytes]]] = {
    "route": _route,
    "topic": _topic,
    "qualification-plan": _qualification_plan,
    "mentorship": _mentorship,
    "mentorship-order": _order,
    "mentorship-state": _state,
}
