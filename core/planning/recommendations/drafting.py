"""Drafts made in one step: for one problem field, or for everything that a subject shows in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, FoundField, problem_fields
from core.analysis.status import Status
from core.analysis.tables import ReviewState
from core.analysis.work import UnitLevel
from core.errors import InvalidInput
from core.people.scope import Action, Scope
from core.planning.recommendations.addressees import Addressee, first_addressee, list_addressees
from core.planning.recommendations.bank import SEVERAL, choose_text
from core.planning.recommendations.bases import FieldKey, FrozenBasis, freeze_field
from core.planning.recommendations.contents import tells_cause, usual_term
from core.planning.recommendations.deficits import freeze_deficit, is_deficit
from core.planning.recommendations.practices import fitting_practices, linked_practices
from core.planning.recommendations.wording import fill, line_of, values_of
from core.planning.recommendations.writing import NewRecommendation, create_recommendation, send_new, writer_of
from core.planning.tables import AddresseeKind, Recommendation, RecommendationBasis, RecommendationState
from core.practice.library import PracticeCard

_MOST = 100
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one problem field or deficit before anything is stored."""

    field: FrozenBasis
    addressees: tuple[Addressee, ...]
    """Who is meant first comes first."""
    title: str
    text: str
    deadline_text: str
    practices: tuple[PracticeCard, ...] = ()
    """Published practices that answer the same element or task type."""


@dataclass(frozen=True, slots=True)
class SubjectDraft:
    """For what drafts are made together. Without an organisation everything that the actor sees."""

    subject: str
    year: int
    organisation_id: int | None = None
    only_confirmed: bool = False
    grouped: bool = True
    """One recommendation for an addressee with all its fields, instead of one for each field."""


def propose(
    session: Session, scope: Scope, key: str, to: Addressee | None = None, today: date | None = None
) -> Proposal:
    """Return what could be written about a problem field or a deficit, to the addressee or to who is meant first.

    Raises NotFound for one that the actor does not see, NotAllowed without the right to write.
    """
    scope.require(Action.EDIT_RECOMMENDATIONS)
    field = freeze(session, scope, key)
    addressees = list_addressees(session, scope, field.place_id, field.subject, field.grade, field.letter)
    chosen = to or next(iter(addressees), None)
    term = usual_term(today or date.today())
    title, text = _written(session, scope, field, chosen, term)
    return Proposal(field, tuple(addressees), title, text, term, fitting_practices(session, scope, field))


def write_about(
    session: Session, scope: Scope, key: str, to: Addressee | None, values: Mapping[str, str], *, send: bool,
    today: date | None = None, practice_ids: Sequence[int] = (),
) -> Recommendation:
    """Store a recommendation about a problem field or a deficit with the texts that the user typed.

    With `send` it goes at once. `values` are the fields of `contents.EDITABLE`. The numbers are those of this moment.
    """
    scope.require(Action.EDIT_RECOMMENDATIONS)
    field = freeze(session, scope, key)
    new = NewRecommendation(
        addressee=to, subject=field.subject, title=values.get("title", ""), text=values.get("text", ""),
        bases=[field.basis], deadline_text=values.get("deadline_text", ""), practices=values.get("practices", ""),
        courses=values.get("courses", ""),
        practice_ids=[one.id for one in linked_practices(session, scope, practice_ids)],
    )
    return (send_new if send else create_recommendation)(session, scope, new, today)


def freeze(session: Session, scope: Scope, key: str) -> FrozenBasis:
    """Return the problem field or the corporate deficit with this address, with its numbers of now."""
    return freeze_deficit(session, scope, key) if is_deficit(key) else freeze_field(session, scope, key)


def subject_fields(session: Session, scope: Scope, wanted: SubjectDraft) -> list[FoundField]:
    """Return the fields for which drafts would be made: confirmed, or surely below and not rejected.

    Fields about which an open recommendation stands already are left out.
    """
    chosen = FieldFilter(
        subjects=(wanted.subject,), years=(wanted.year,), organisation_id=wanted.organisation_id,
        kinds=(Kind.ELEMENT, Kind.TASK_TYPE),
    )
    found = problem_fields(session, scope, chosen).fields
    taken = _taken(session)
    fields = [one for one in found if _is_wanted(one, wanted) and key_of(one) not in taken]
    schools = {_place(one) for one in fields if one.field.unit.level is UnitLevel.SCHOOL}
    # A class whose whole school shows the same is spoken of with the school: the addressee is the same.
    return [one for one in fields if one.field.unit.level is not UnitLevel.CLASS or _place(one) not in schools]


def draft_subject(
    session: Session, scope: Scope, wanted: SubjectDraft, today: date | None = None
) -> list[Recommendation]:
    """Store drafts for all fields of a subject in a year, grouped by addressee or one for each; all or nothing.

    Raises InvalidInput when there is nothing to write about, or too much of it.
    """
    scope.require(Action.EDIT_RECOMMENDATIONS)
    fields = subject_fields(session, scope, wanted)
    if not fields:
        raise InvalidInput(
            "Нет полей, по которым нужны рекомендации: ни подтверждённых, ни достоверно ниже порога.",
            "Выберите другой предмет или год; по остальным полям рекомендации уже подготовлены.",
        )
    if len(fields) > _MOST:
        raise InvalidInput(f"Полей {len(fields)}, за один раз готовят не больше {_MOST}.", "Выберите организацию.")
    groups: dict[str, tuple[Addressee, list[FrozenBasis]]] = {}
    for number, one in enumerate(fields):
        frozen = freeze_field(session, scope, key_of(one))
        to = first_addressee(session, scope, frozen.place_id, frozen.subject, frozen.grade, frozen.letter)
        if to is not None:
            key = to.key if wanted.grouped else f"{number}"
            groups.setdefault(key, (to, []))[1].append(frozen)
    if not groups:
        raise InvalidInput("Писать здесь некому: нет адресатов, доступных вам.", "Создайте методическое объединение.")
    on = today or date.today()
    return [
        create_recommendation(session, scope, _together(session, scope, to, part, usual_term(on)), on)
        for to, part in groups.values()
    ]


def key_of(one: FoundField) -> str:
    """Return the address of a found field."""
    return FieldKey(one.work.assessment_id, one.field.unit.key, one.field.kind, one.field.key).key


def _together(
    session: Session, scope: Scope, to: Addressee, fields: Sequence[FrozenBasis], term: str
) -> NewRecommendation:
    """Return one recommendation about one or several fields."""
    title, text = _written(session, scope, fields[0], to, term)
    if len(fields) > 1:
        first = fields[0]
        organisation_id, _association = writer_of(session, scope, to)
        several = choose_text(
            session, organisation_id, first.basis.kind, to.kind, SEVERAL, is_school=_is_for_school(first, to)
        )
        values = _values(first, to.kind, term)
        values["поля"] = ";\n".join(line_of(field.basis) for field in fields)
        title, text = _shortened(fill(several[0], values)), fill(several[1], values)
    return NewRecommendation(
        addressee=to, subject=fields[0].subject, title=title, text=text,
        bases=[field.basis for field in fields], deadline_text=term,
    )


def _written(
    session: Session, scope: Scope, field: FrozenBasis, to: Addressee | None, term: str
) -> tuple[str, str]:
    kind = to.kind if to is not None else AddresseeKind.ADMINISTRATION
    organisation_id = writer_of(session, scope, to)[0] if to is not None else field.place_id
    title, text = choose_text(
        session, organisation_id, field.basis.kind, kind, field.about, is_school=_is_for_school(field, to)
    )
    values = _values(field, kind, term)
    return _shortened(fill(title, values)), fill(text, values)


def _values(field: FrozenBasis, kind: AddresseeKind, term: str) -> dict[str, str]:
    """Return what fills the text; the supposed cause only where the addressee is told it."""
    values = values_of(field.basis, field.subject, term)
    return values if tells_cause(kind, field.basis) else values | {"причина": ""}


def _is_for_school(field: FrozenBasis, to: Addressee | None) -> bool:
    return field.is_school if to is None else field.is_school and to.place_id == field.place_id


def _place(one: FoundField) -> tuple[int, str, str, int]:
    return one.work.assessment_id, one.field.kind, one.field.key, one.field.unit.organisation_id


def _is_wanted(one: FoundField, wanted: SubjectDraft) -> bool:
    if one.review is not None:
        return one.review.state is ReviewState.CONFIRMED
    return not wanted.only_confirmed and one.field.status is Status.SURELY_BELOW


def _taken(session: Session) -> set[str]:
    """Return the keys of fields about which an open recommendation stands."""
    closed = (RecommendationState.NOT_APPLICABLE, RecommendationState.WITHDRAWN, RecommendationState.DONE)
    query = (
        select(RecommendationBasis.key)
        .join(Recommendation, col(Recommendation.id) == RecommendationBasis.recommendation_id)
        .where(
            col(Recommendation.deleted_at).is_(None), col(RecommendationBasis.deleted_at).is_(None),
            col(Recommendation.state).not_in(closed),
        )
    )
    return set(session.exec(query))


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
