"""Recommendations of the demo: one in every state, so that the clock, the answers and the chain can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from core.demo.municipality import MUNICIPALITY
from core.demo.reviews import StoredWork
from core.demo.works import DemoWork, work_with
from core.people.scope import Scope
from core.planning.recommendations.addressees import Addressee
from core.planning.recommendations.drafting import propose
from core.planning.recommendations.writing import NewRecommendation, create_recommendation
from core.planning.tables import AddresseeKind, Recommendation, RecommendationState
from core.words import day

_MORNING = time(7, 15, tzinfo=UTC)
_AUTHOR = "Методист муниципального кабинета"
_WRITTEN = timedelta(days=2)
"""How long before sending a recommendation was written."""


@dataclass(frozen=True, slots=True)
class DemoRecommendation:
    """One recommendation: about which element of which work and unit, to whom, and how far it is.

    Days are counted back from the day of filling; `term` is how many days after it the term ends.
    """

    work: DemoWork
    year: int
    unit: str
    key: str
    state: RecommendationState
    to: AddresseeKind | None = None
    """None: who is meant first."""
    sent: int = 0
    closed: int = 0
    term: int = 30
    answer: str = ""
    result: str = ""
    courses: str = ""


_MATHS_4, _MATHS_5 = work_with("ВПР", "Математика", 4), work_with("ВПР", "Математика", 5)
RECOMMENDATIONS = (
    DemoRecommendation(
        _MATHS_5, 2025, MUNICIPALITY.code, "обыкновенные дроби", RecommendationState.SENT, sent=12,
        courses="Модуль «Дроби без правил наизусть», 16 ч",
    ),
    DemoRecommendation(
        _MATHS_4, 2026, MUNICIPALITY.code, "площадь и периметр", RecommendationState.DRAFT, sent=7,
    ),
    DemoRecommendation(
        work_with("ОГЭ", "Математика", 9), 2026, "edu990102", "геометрия", RecommendationState.SENT, sent=7,
    ),
    DemoRecommendation(
        _MATHS_4, 2026, "edu990102", "площадь и периметр", RecommendationState.RECEIVED, AddresseeKind.PARENTS, sent=4,
    ),
    DemoRecommendation(
        _MATHS_4, 2026, "edu990104", "площадь и периметр", RecommendationState.ACCEPTED, sent=20, closed=15, term=10,
        answer="Вынесем на заседание объединения учителей начальных классов.",
    ),
    DemoRecommendation(
        work_with("ВПР", "Физика", 8), 2025, "edu990107", "тепловые явления", RecommendationState.NOT_APPLICABLE,
        sent=40, closed=33,
        answer="Оборудование поступило в сентябре, опыты проведены; ждём результатов следующей работы.",
    ),
    DemoRecommendation(
        _MATHS_5, 2024, MUNICIPALITY.code, "обыкновенные дроби", RecommendationState.DONE, sent=60, closed=12, term=-14,
        answer="Проведём практикум.",
        result="Практикум для учителей пяти школ проведён, подборка заданий разослана, в двух школах – открытые уроки.",
    ),
    DemoRecommendation(
        _MATHS_4, 2025, MUNICIPALITY.code, "площадь и периметр", RecommendationState.WITHDRAWN, sent=50, closed=45,
        result="Вопрос рассмотрен на семинаре вместе с результатами 2026 года, подготовлена новая рекомендация.",
    ),
)


def add_recommendations(
    session: Session, scope: Scope, works: Sequence[StoredWork], units: Mapping[str, int], today: date | None = None
) -> int:
    """Add the recommendations as of the day (today); return how many. `units` are ids of organisations by code."""
    by_work = {(stored.work, stored.year): stored.assessment_id for stored in works}
    on = today or date.today()
    for one in RECOMMENDATIONS:
        key = f"{by_work[one.work, one.year]}|organisation:{units[one.unit]}|element|{one.key}"
        _add(session, scope, one, key, on, units[MUNICIPALITY.code])
    session.flush()
    return len(RECOMMENDATIONS)


def _add(
    session: Session, scope: Scope, one: DemoRecommendation, key: str, today: date, writer_id: int
) -> None:
    sent_on = today - timedelta(days=one.sent)
    proposal = propose(session, scope, key, today=today)
    to = _addressee(proposal.addressees, one.to)
    proposal = propose(session, scope, key, to, today)
    basis = proposal.field.basis
    # The results came in spring; people returned to them in autumn, and the clock counts from that decision.
    basis.stored_on, basis.frozen_at = sent_on - _WRITTEN, _moment(sent_on - _WRITTEN)
    term = f"до {day(today + timedelta(days=one.term))}"
    row = create_recommendation(
        session, scope,
        NewRecommendation(
            to, proposal.field.subject, proposal.title, proposal.text, [basis],
            term, courses=one.courses,
        ),
        sent_on - _WRITTEN,
    )
    # Whoever fills the store writes in nobody's name; in the demo it is the municipality that recommends.
    row.organisation_id = basis.organisation_id = writer_id
    _carry_on(row, one, sent_on, today)
    session.add(row)


def _carry_on(row: Recommendation, one: DemoRecommendation, sent_on: date, today: date) -> None:
    """Bring a draft as far as the demo says."""
    row.state, row.author = one.state, _AUTHOR
    if one.state is RecommendationState.DRAFT:
        return
    row.sent_on, row.sent_by = sent_on, _AUTHOR
    if one.state is RecommendationState.SENT:
        return
    who = "Председатель родительского комитета" if one.to is AddresseeKind.PARENTS else "Заместитель директора"
    row.received_at, row.received_by = _moment(sent_on + timedelta(days=1)), who
    if one.state is RecommendationState.RECEIVED:
        return
    closed_on = today - timedelta(days=one.closed)
    if one.answer:
        row.answered_at, row.answered_by, row.reason = _moment(sent_on + timedelta(days=5)), who, one.answer
    if one.state is not RecommendationState.ACCEPTED:
        row.closed_at, row.closed_by, row.result = _moment(closed_on), who, one.result
    if one.state is RecommendationState.WITHDRAWN:
        row.closed_by = _AUTHOR


def _addressee(addressees: Sequence[Addressee], kind: AddresseeKind | None) -> Addressee:
    return next(one for one in addressees if kind is None or one.kind is kind)


def _moment(on: date) -> datetime:
    return datetime.combine(on, _MORNING)
