"""People's decisions on problem fields: confirm with a cause, or reject with a remark."""

from __future__ import annotations

from sqlmodel import Session, select

from core.analysis.elements import Kind
from core.analysis.loading import load_work
from core.analysis.measuring import Measures, measure
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview, ReviewState
from core.errors import EditConflict, InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.store.base import utc_now

_LONGEST_CAUSE = 200
_LONGEST_REMARK = 2000


def review_field(
    session: Session, scope: Scope, *, assessment_id: int, unit: str, kind: Kind, key: str, state: ReviewState,
    cause: str = "", remark: str = "", seen_version: int | None = None,
) -> FieldReview:
    """Store the decision with the numbers as they stand now; return the row.

    `seen_version` is the version of the decision that the user saw, None when there was none. Raise NotFound when the
    work, the unit or the key is not in the scope, InvalidInput for a confirmation without a cause, a rejection without
    a remark or too long a text, EditConflict when somebody else has decided meanwhile.
    """
    allowed = scope.require(Action.CONFIRM_FIELDS)
    cause, remark = cause.strip(), remark.strip()
    _check_words(state, cause, remark)
    work = load_work(session, allowed, assessment_id)
    measures = measure(work, work_sums(work, (kind,)))
    row, column = _cell(measures, unit, key)
    organisation_id = measures.units[row].organisation_id
    allowed.require_organisation(organisation_id)
    stored = _stored(session, assessment_id, unit, kind, key)
    _check_version(stored, seen_version)
    review = stored or FieldReview(
        assessment_id=assessment_id, organisation_id=organisation_id, unit=unit, kind=kind.value, key=key, state=state
    )
    estimates = measures.estimates
    review.state, review.cause, review.remark = state, cause, remark
    review.decided_by, review.decided_at = allowed.actor_name, utc_now()
    review.deleted_at, review.deleted_by = None, None
    review.participants = int(estimates.participants[row, column])
    review.facility = float(estimates.facility[row, column])
    review.low, review.high = float(estimates.low[row, column]), float(estimates.high[row, column])
    session.add(review)
    session.flush()
    return review


def withdraw_review(session: Session, scope: Scope, review_id: int, seen_version: int) -> None:
    """Take a decision back: the field stands again as undecided; the decision stays in the journal of changes."""
    allowed = scope.require(Action.CONFIRM_FIELDS)
    review = session.get(FieldReview, review_id)
    if review is None or review.deleted_at is not None or not allowed.sees_organisation(review.organisation_id):
        raise NotFound("Решение по проблемному полю")
    load_work(session, allowed, review.assessment_id)
    _check_version(review, seen_version)
    review.deleted_at, review.deleted_by = utc_now(), allowed.actor_name
    session.add(review)


def _check_words(state: ReviewState, cause: str, remark: str) -> None:
    if state is ReviewState.CONFIRMED and not cause:
        raise InvalidInput("Не указана предполагаемая причина.", "Выберите причину из списка или напишите свою.")
    if state is ReviewState.REJECTED and not remark:
        raise InvalidInput("Не сказано, почему поле отклонено.", "Напишите примечание.")
    for name, text, longest in (("Причина", cause, _LONGEST_CAUSE), ("Примечание", remark, _LONGEST_REMARK)):
        require_length(text, longest, name)


def _cell(measures: Measures, unit: str, key: str) -> tuple[int, int]:
    """Return row and column of a shown cell; NotFound when there is none."""
    row = measures.row(unit)
    column = next((place for place, one in enumerate(measures.sums.grouping.keys) if one.name == key), None)
    if row is None or column is None or measures.estimates.participants[row, column] == 0:
        raise NotFound("Проблемное поле")
    return row, column


def _stored(session: Session, assessment_id: int, unit: str, kind: Kind, key: str) -> FieldReview | None:
    """Return the decision on this field, also one that was taken back."""
    return session.exec(
        select(FieldReview).where(
            FieldReview.assessment_id == assessment_id, FieldReview.unit == unit, FieldReview.kind == kind.value,
            FieldReview.key == key,
        )
    ).first()


def _check_version(stored: FieldReview | None, seen: int | None) -> None:
    standing = stored.version if stored is not None and stored.deleted_at is None else None
    if standing != seen:
        by = f" ({stored.decided_by}: {stored.state.value})" if stored is not None and standing is not None else ""
        raise EditConflict(
            f"Решение по этому полю уже изменил другой пользователь{by}.", "Посмотрите его и решите ещё раз."
        )
