"""What follows from the problem fields of a work: texts for each addressee, practices, measures of a plan.

The words are those of the bank of recommendations, so that an organisation that changed them there finds them here.
Nothing here depends on the day: the same figures give the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.analysis.work import UnitLevel
from core.documents.notes.work_figures import ComparedField, WorkFigures
from core.people.scope import Scope
from core.planning.deadlines import PlanPeriod
from core.planning.field_measures import FieldReach, FieldWords, PlannedMeasure, plan_for
from core.planning.recommendations.bank import SEVERAL, choose_text
from core.planning.recommendations.bases import FrozenBasis, freeze_field
from core.planning.recommendations.contents import tells_cause
from core.planning.recommendations.drafting import key_of
from core.planning.recommendations.listing import recommendations_on
from core.planning.recommendations.practices import fitting_practices
from core.planning.recommendations.wording import fill, line_of, values_of
from core.planning.tables import AddresseeKind, BasisKind, RecommendationState

_MOST = 5
"""Fields that the advice speaks of; the rest stand in the section of fields."""
_MOST_PLANNED = 3
_NAMED = frozenset({AddresseeKind.ASSOCIATION, AddresseeKind.ADMINISTRATION})
"""Addressees that a paper may name; a teacher is none of them."""
_REACH = {UnitLevel.CLASS: FieldReach.CLASS, UnitLevel.SCHOOL: FieldReach.SCHOOL}


@dataclass(frozen=True, slots=True)
class Advice:
    """Paragraphs by addressee, practices that answer the fields, measures, and what was sent already."""

    texts: dict[AddresseeKind, tuple[str, ...]]
    practices: tuple[str, ...]
    plan: tuple[tuple[PlannedMeasure, ...], ...]
    """The measures of each field."""
    sent: tuple[str, ...]


def advice(session: Session, scope: Scope, figures: WorkFigures) -> Advice:
    """Return what follows from the fields of the figures, the most serious first."""
    chosen = figures.fields[:_MOST]
    keys = [key_of(one.found) for one in chosen]
    bases = [freeze_field(session, scope, key) for key in keys]
    practices = dict.fromkeys(
        f"«{card.title}» ({card.organisation})" for basis in bases for card in fitting_practices(session, scope, basis)
    )
    sent = [
        f"{one.row.title} – {one.addressee.name}: {one.row.state.value}"
        for one in recommendations_on(session, scope, keys)
        if one.row.state is not RecommendationState.DRAFT and one.addressee.kind in _NAMED
    ]
    return Advice(
        {kind: _text(session, kind, bases) for kind in AddresseeKind}, tuple(practices),
        tuple(_plan(figures, one) for one in chosen[:_MOST_PLANNED]), tuple(sent),
    )


def _text(session: Session, kind: AddresseeKind, bases: Sequence[FrozenBasis]) -> tuple[str, ...]:
    """Return the paragraphs for an addressee: of several fields together where the bank has such a text."""
    if not bases:
        return ()
    if len(bases) > 1 and kind in (AddresseeKind.ASSOCIATION, AddresseeKind.ADMINISTRATION):
        first = bases[0]
        _title, text = choose_text(
            session, first.place_id, BasisKind.FIELD, kind, SEVERAL, is_school=first.is_school
        )
        values = _values(first, kind) | {"поля": ";\n".join(line_of(one.basis) for one in bases)}
        return _lines(fill(text, values))
    return tuple(line for basis in bases[:2] for line in _lines(_single(session, kind, basis)))


def _single(session: Session, kind: AddresseeKind, basis: FrozenBasis) -> str:
    _title, text = choose_text(
        session, basis.place_id, BasisKind.FIELD, kind, basis.about, is_school=basis.is_school
    )
    return fill(text, _values(basis, kind))


def _values(basis: FrozenBasis, kind: AddresseeKind) -> dict[str, str]:
    values = values_of(basis.basis, basis.subject, "")
    return values if tells_cause(kind, basis.basis) else values | {"причина": ""}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip(" ."))


def _plan(figures: WorkFigures, one: ComparedField) -> tuple[PlannedMeasure, ...]:
    """Return the measures for the academic year after the work."""
    field, work = one.field, figures.work
    period = PlanPeriod(date(work.year, 9, 1), date(work.year + 1, 5, 31))
    _section, measures = plan_for(
        FieldWords(
            field.kind.value, field.key, work.subject, work.grade, figures.name, figures.unit.full_name,
            _REACH.get(figures.unit.level, FieldReach.MUNICIPALITY), one.cause, field.facility, field.threshold,
        ),
        period,
    )
    return measures
