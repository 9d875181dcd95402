"""Writing recommendations: proposed from the bank, stored as drafts, changed, sent together, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.account_tables import Account
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.planning.access import changes
from core.planning.recommendations.access import visible_recommendation, writable_recommendation
from core.planning.recommendations.addressees import Addressee, addressee_of, require_addressee
from core.planning.recommendations.bases import bases_of
from core.planning.recommendations.contents import EDITABLE, cell_value, require_term, tells_cause
from core.planning.tables import AddresseeKind, Recommendation, RecommendationBasis, RecommendationState
from core.store.base import utc_now

OPEN_STATES = frozenset(
    {
        RecommendationState.DRAFT, RecommendationState.SENT, RecommendationState.RECEIVED,
        RecommendationState.ACCEPTED,
    }
)


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What is to be stored as a draft; the bases are not stored yet."""

    addressee: Addressee | None
    subject: str
    title: str
    text: str
    bases: Sequence[RecommendationBasis]
    deadline_text: str = ""
    practices: str = ""
    courses: str = ""
    practice_ids: Sequence[int] = ()


def create_recommendation(
    session: Session, scope: Scope, new: NewRecommendation, today: date | None = None
) -> Recommendation:
    """Store a draft with its bases.

    Raises InvalidInput without addressee, title, text or basis, NotFound for an addressee out of reach.
    """
    scope.require(Action.EDIT_RECOMMENDATIONS)
    on = today or date.today()
    to = require_addressee(session, scope, new.addressee)
    if not new.bases:
        raise InvalidInput("Не указано основание рекомендации.", "Выберите проблемное поле или дефицит.")
    organisation_id, association_id = writer_of(session, scope, to)
    row = Recommendation(
        organisation_id=organisation_id, from_association_id=association_id, subject=new.subject,
        addressee=to.kind, place_id=to.place_id, association_id=to.association_id, teacher_id=to.teacher_id,
        grade=to.grade, class_letter=to.class_letter, title=cell_value("title", new.title),
        text=cell_value("text", new.text), practices=cell_value("practices", new.practices),
        courses=cell_value("courses", new.courses), practice_ids=list(new.practice_ids),
        deadline_text=cell_value("deadline_text", new.deadline_text), deadline_written_on=on,
        basis_stored_on=max(one.stored_on for one in new.bases), author=scope.actor_name, author_id=scope.actor_id,
    )
    session.add(row)
    session.flush()
    for basis in new.bases:
        basis.recommendation_id, basis.organisation_id = row.id or 0, organisation_id
        basis.cause = basis.cause if tells_cause(to.kind, basis) else ""
        session.add(basis)
    session.flush()
    return row


def change_draft(
    session: Session, scope: Scope, recommendation_id: int, version_seen: int, values: Mapping[str, str],
    addressee: Addressee | None, today: date | None = None,
) -> Recommendation:
    """Change texts and addressee of a draft; what was sent stays as it was sent.

    Raises InvalidInput without an addressee or for what does not fit, EditConflict when somebody else changed it.
    """
    row = _draft(session, scope, recommendation_id)
    _require_version(row, version_seen)
    to = require_addressee(session, scope, addressee)
    for name, value in values.items():
        if name not in EDITABLE:
            raise InvalidInput("Это поле рекомендации не меняют.", "Обновите страницу.")
        setattr(row, name, cell_value(name, value))
    if "deadline_text" in values:
        row.deadline_written_on = today or date.today()
    row.addressee, row.place_id, row.association_id = to.kind, to.place_id, to.association_id
    row.teacher_id, row.grade, row.class_letter = to.teacher_id, to.grade, to.class_letter
    for basis in bases_of(session, [recommendation_id])[recommendation_id]:
        if basis.cause and not tells_cause(to.kind, basis):
            basis.cause = ""
            session.add(basis)
    session.add(row)
    session.flush()
    return row


def send_recommendation(
    session: Session, scope: Scope, recommendation_id: int, version_seen: int, today: date | None = None
) -> Recommendation:
    """Send a draft: from now on the addressee sees it, and the ten days of the reply run.

    Raises InvalidInput for a draft that is not complete or whose term is not a day to come, EditConflict when
    somebody else changed it meanwhile.
    """
    row = _draft(session, scope, recommendation_id)
    _require_version(row, version_seen)
    on = today or date.today()
    require_addressee(session, scope, addressee_of(session, scope, row))
    require_term(row.deadline_text, row.deadline_written_on, on)
    for name in ("title", "text"):
        cell_value(name, getattr(row, name))
    row.state, row.sent_on, row.sent_by = RecommendationState.SENT, on, scope.actor_name
    session.add(row)
    session.flush()
    return row


def send_new(session: Session, scope: Scope, new: NewRecommendation, today: date | None = None) -> Recommendation:
    """Store a recommendation and send it at once; neither when one is refused."""
    row = create_recommendation(session, scope, new, today)
    return send_recommendation(session, scope, row.id or 0, row.version, today)


def send_together(
    session: Session, scope: Scope, drafts: Sequence[tuple[int, int]], today: date | None = None
) -> list[Recommendation]:
    """Send several drafts, given as pairs of id and the version that was seen: all of them or none."""
    if not drafts:
        raise InvalidInput("Не выбрано ни одного черновика.", "Отметьте, что отправить.")
    sent = []
    for recommendation_id, version_seen in drafts:
        try:
            sent.append(send_recommendation(session, scope, recommendation_id, version_seen, today))
        except (InvalidInput, EditConflict) as refusal:
            row = visible_recommendation(session, scope, recommendation_id)
            raise type(refusal)(
                f"«{row.title}» не отправить, поэтому не отправлено ничего. {refusal.message}", refusal.advice
            ) from refusal
    return sent


def delete_draft(session: Session, scope: Scope, recommendation_id: int) -> None:
    """Throw a draft away; the journal keeps it."""
    row = _draft(session, scope, recommendation_id)
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def withdraw_recommendation(
    session: Session, scope: Scope, recommendation_id: int, version_seen: int, reason: str
) -> Recommendation:
    """Withdraw a recommendation that was sent and is not closed; the reason is obligatory."""
    row = writable_recommendation(session, scope, recommendation_id)
    _require_version(row, version_seen)
    if row.state not in OPEN_STATES or row.state is RecommendationState.DRAFT:
        raise InvalidInput(f"Рекомендация {row.state.value}: снять её уже нельзя.", "Обновите страницу.")
    text = reason.strip()
    if not text:
        raise InvalidInput("Не сказано, почему рекомендация снята.", "Напишите причину: её увидит адресат.")
    row.state, row.result = RecommendationState.WITHDRAWN, text[:8000]
    row.closed_at, row.closed_by = utc_now(), scope.actor_name
    session.add(row)
    session.flush()
    return row


def writer_of(session: Session, scope: Scope, to: Addressee) -> tuple[int, int | None]:
    """Return the organisation and, for a head without other rights, the association in whose name the actor writes."""
    account = session.get(Account, scope.actor_id) if scope.actor_id is not None else None
    own = account.organisation_id if account is not None else None
    for organisation_id in (own, to.place_id):
        if organisation_id is not None and changes(scope, Action.EDIT_RECOMMENDATIONS, organisation_id, None):
            return organisation_id, None
    for grant in scope.require(Action.EDIT_RECOMMENDATIONS).grants:
        reaches = grant.organisations is None or to.place_id in grant.organisations
        for association_id in sorted(grant.associations or ()):
            association = session.get(Association, association_id)
            if association is not None and reaches:
                return association.organisation_id, association_id
    raise NotAllowed(f"Нет права {Action.EDIT_RECOMMENDATIONS.value} здесь.", "Обратитесь к администрации.")


def _draft(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    row = writable_recommendation(session, scope, recommendation_id)
    if row.state is not RecommendationState.DRAFT:
        raise InvalidInput(
            f"Рекомендация уже {row.state.value}: её текст не меняется.", "Снимите её и подготовьте новую, если нужно."
        )
    return row


def _require_version(row: Recommendation, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict(
            f"Рекомендацию тем временем изменил кто-то другой: сейчас «{row.state.value}».", "Обновите страницу."
        )


def open_drafts(session: Session, scope: Scope) -> list[Recommendation]:
    """Return the drafts that the actor may change and send, in the order of their making."""
    scope.require(Action.EDIT_RECOMMENDATIONS)
    query = select(Recommendation).where(
        Recommendation.state == RecommendationState.DRAFT, col(Recommendation.deleted_at).is_(None)
    )
    rows = session.exec(query.order_by(col(Recommendation.id)))
    return [
        row for row in rows
        if changes(scope, Action.EDIT_RECOMMENDATIONS, row.organisation_id, row.from_association_id)
        and (row.addressee is not AddresseeKind.TEACHER or _sees_teacher(scope, row))
    ]


def _sees_teacher(scope: Scope, row: Recommendation) -> bool:
    editing = scope.require(Action.EDIT_RECOMMENDATIONS)
    return row.teacher_id is not None and editing.sees_inside_school(row.teacher_id, row.place_id)
