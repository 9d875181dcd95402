"""Questions of teachers, answers, and the bank of answers that both sides agree to share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.planning.access import actor_of
from core.store.base import utc_now
from core.store.live import live_row
from core.support.access import manages, names_of
from core.support.help_request_tables import HelpRequest, RequestState

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """What a teacher asks, of whom (None: the methodists of the organisation), and whether it may be shared."""

    text: str
    subject: str = ""
    element: str = ""
    association_id: int | None = None
    competence_id: int | None = None
    may_be_shared: bool = False


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request as the actor sees it; `who` is the teacher's name or code."""

    row: HelpRequest
    who: str
    is_own: bool
    may_answer: bool


def list_requests(session: Session, scope: Scope) -> list[RequestCard]:
    """Return one's own questions and those that one may answer: unanswered first, the oldest first."""
    scope.require(Action.VIEW_HELP)
    actor = actor_of(session, scope)
    rows = list(session.exec(select(HelpRequest).where(col(HelpRequest.deleted_at).is_(None))))
    seen = [
        (row, actor.teacher_id is not None and row.teacher_id == actor.teacher_id, _may_answer(scope, row))
        for row in rows
    ]
    seen = [one for one in seen if one[1] or one[2]]
    names = names_of(session, scope, {row.teacher_id or 0 for row, _own, _answers in seen})
    cards = [RequestCard(row, names.get(row.teacher_id or 0, "—"), own, may) for row, own, may in seen]
    return sorted(cards, key=lambda card: (card.row.state is not RequestState.OPEN, card.row.asked_at))


def ask(session: Session, scope: Scope, question: Question) -> HelpRequest:
    """Ask for help; the organisation is where the teacher works. Raises InvalidInput for an empty question."""
    scope.require(Action.VIEW_HELP)
    actor = actor_of(session, scope)
    if actor.teacher_id is None or not actor.workplaces:
        raise NotAllowed("Запрос на помощь подаёт педагог.", "Попросите связать учётную запись с педагогом.")
    if question.association_id is not None:
        live_row(session, Association, question.association_id, "Объединение")
    row = HelpRequest(
        organisation_id=min(actor.workplaces), teacher_id=actor.teacher_id, association_id=question.association_id,
        subject=question.subject.strip()[:120], element=question.element.strip()[:300],
        competence_id=question.competence_id, question=_text(question.text, "Вопрос пустой."),
        may_be_shared=question.may_be_shared, asked_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def answer(
    session: Session, scope: Scope, request_id: int, text: str, version_seen: int, *, into_bank: bool = False
) -> HelpRequest:
    """Answer a question. Into the bank it goes only when the teacher agreed.

    Raises NotAllowed for somebody it is not addressed to, EditConflict when somebody answered meanwhile.
    """
    row = _found(session, request_id)
    if not _may_answer(scope, row):
        raise NotFound("Запрос на помощь")
    _require_seen(row, version_seen)
    if row.state not in (RequestState.OPEN, RequestState.ANSWERED):
        raise InvalidInput(f"Этот запрос уже закрыт: {row.state.value}.", "Обновите страницу.")
    if into_bank and not row.may_be_shared:
        raise InvalidInput("Педагог не согласился поделиться вопросом.", "Ответьте без отметки «в банк ответов».")
    row.answer, row.in_bank = _text(text, "Ответ пустой."), into_bank
    row.answered_by, row.answered_at, row.state = scope.actor_name, utc_now(), RequestState.ANSWERED
    session.add(row)
    session.flush()
    return row


def settle(session: Session, scope: Scope, request_id: int, was_useful: bool, version_seen: int) -> HelpRequest:
    """Close one's own question after the answer, and say whether it was useful."""
    row = _own(session, scope, request_id, version_seen)
    if row.state is not RequestState.ANSWERED:
        raise InvalidInput("Ответа ещё нет.", "Дождитесь ответа или снимите запрос.")
    row.state, row.was_useful = RequestState.SETTLED, was_useful
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, scope: Scope, request_id: int, version_seen: int) -> HelpRequest:
    """Take one's own question back while there is no answer."""
    row = _own(session, scope, request_id, version_seen)
    if row.state is not RequestState.OPEN:
        raise InvalidInput(f"Этот запрос уже: {row.state.value}.", "Обновите страницу.")
    row.state = RequestState.WITHDRAWN
    session.add(row)
    session.flush()
    return row


def answer_bank(session: Session, scope: Scope, words: str = "", subject: str = "") -> list[HelpRequest]:
    """Return shared questions with their answers, the latest first, without names; everybody who sees help may."""
    scope.require(Action.VIEW_HELP)
    query = select(HelpRequest).where(
        col(HelpRequest.deleted_at).is_(None), col(HelpRequest.in_bank).is_(True),
        col(HelpRequest.may_be_shared).is_(True),
    )
    if subject:
        query = query.where(HelpRequest.subject == subject)
    rows = session.exec(query.order_by(col(HelpRequest.answered_at).desc(), col(HelpRequest.id).desc()))
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if all(word in f"{row.question} {row.answer} {row.element}".casefold() for word in wanted)
    ]


def _may_answer(scope: Scope, row: HelpRequest) -> bool:
    """Say whether the question is addressed to the actor: head of the association, or methodist of the school."""
    if manages(scope, row.organisation_id):
        return True
    if row.association_id is None or not scope.allows(Action.HOLD_MEETINGS):
        return False
    return scope.require(Action.HOLD_MEETINGS).sees_association(row.association_id, row.organisation_id)


def _found(session: Session, request_id: int) -> HelpRequest:
    return live_row(session, HelpRequest, request_id, "Запрос на помощь")


def _own(session: Session, scope: Scope, request_id: int, version_seen: int) -> HelpRequest:
    scope.require(Action.VIEW_HELP)
    row = _found(session, request_id)
    if row.teacher_id is None or actor_of(session, scope).teacher_id != row.teacher_id:
        raise NotFound("Запрос на помощь")
    _require_seen(row, version_seen)
    return row


def _require_seen(row: HelpRequest, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict(
            f"Этот запрос тем временем изменил кто-то другой: {row.state.value}.", "Обновите страницу."
        )


def _text(text: str, empty: str) -> str:
    clean = text.strip()
    if not clean:
        raise InvalidInput(empty, "Напишите текст.")
    return require_length(clean, _LONGEST)
