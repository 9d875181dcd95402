"""Practices: offer, change, delete, restore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.people.teachers import get_teacher
from core.practice.access import Reader, changeable_practice, reader_of, visible_practice
from core.practice.keys import checked_keys
from core.practice.states import METHODS, PracticeState
from core.practice.tables import Practice, PracticeStep
from core.practice.values import TEXTS, good_class, good_grades, good_text, good_title, require_whole
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome, apply_edits
from core.store.history import HistoryLine, history

EDITABLE = (
    "title", "subject", "elements", "task_types", "method", "grades", *TEXTS, "class_grade", "class_letter",
    "class_year", "author_named",
)


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """What a new practice is to be. The author is the actor (`by_me`), a teacher of the list, or a name."""

    organisation_id: int
    title: str
    subject: str = ""
    elements: tuple[str, ...] = ()
    task_types: tuple[str, ...] = ()
    method: str = ""
    grades: tuple[int, ...] = ()
    class_grade: int | None = None
    class_letter: str = ""
    class_year: int | None = None
    by_me: bool = False
    named: bool = False
    """The actor agrees to be named outside the school; counts with `by_me` alone."""
    teacher_id: int | None = None
    author: str = ""
    problem: str = ""
    actions: str = ""
    repeat: str = ""
    conditions: str = ""
    result: str = ""


def create_practice(session: Session, scope: Scope, draft: PracticeDraft, *, offer: bool = False) -> Practice:
    """Store a new practice as a draft, or offer it at once.

    Raises InvalidInput for what is missing or cannot be, NotFound for an organisation in which the actor may not offer.
    """
    reader = reader_of(session, scope)
    subject = draft.subject.strip()[:120]
    _require_place(scope.require(Action.OFFER_PRACTICES), reader, draft, subject)
    grade, letter, year = good_class(draft.class_grade, draft.class_letter, draft.class_year)
    practice = Practice(
        organisation_id=draft.organisation_id, title=good_title(draft.title), subject=subject,
        elements=checked_keys(session, scope, subject, draft.elements, of_task_types=False),
        task_types=checked_keys(session, scope, subject, draft.task_types, of_task_types=True),
        method=_good_method(draft.method), grades=good_grades(draft.grades), class_grade=grade, class_letter=letter,
        class_year=year, created_by=scope.actor_name, created_by_id=scope.actor_id,
    )
    for field in TEXTS:
        setattr(practice, field, good_text(field, getattr(draft, field)))
    _set_author(session, scope, reader, draft, practice)
    session.add(practice)
    session.flush()
    if offer:
        _offer(session, scope, practice)
    return practice


def offer_practice(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Offer a draft, or a rejected practice anew, to those who decide. An offered one stays as it is."""
    scope.require(Action.OFFER_PRACTICES)
    practice, _reader = changeable_practice(session, scope, practice_id)
    if practice.state in (PracticeState.DRAFT, PracticeState.REJECTED):
        _offer(session, scope, practice)
    return practice


def take_back(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Make a draft of an offered practice again, as long as nobody has decided."""
    practice, reader = changeable_practice(session, scope, practice_id)
    if not reader.wrote(practice) or practice.state is not PracticeState.OFFERED:
        raise InvalidInput(
            f"Практика «{practice.title}» сейчас {practice.state.value}: забрать можно только свою и предложенную.",
            "Обновите страницу.",
        )
    practice.state = PracticeState.DRAFT
    session.add(practice)
    session.flush()
    return practice


def change_practice(session: Session, scope: Scope, practice_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save changed fields of a practice; what a colleague changed meanwhile is reported, not overwritten.

    Raises NotFound and NotAllowed as `changeable_practice` does.
    """
    practice, reader = changeable_practice(session, scope, practice_id)
    subject = next((str(edit.value or "").strip() for edit in edits if edit.field == "subject"), practice.subject)

    def validate(row: Practice, field: str, value: object) -> object:
        return _good_value(session, scope, reader, row, subject, field, value)

    outcome = apply_edits(session, Practice, edits, EDITABLE, validate, col(Practice.id) == practice_id)
    if not outcome.refused:
        good_class(practice.class_grade, practice.class_letter, practice.class_year)
        if practice.state is not PracticeState.DRAFT:
            require_whole({field: getattr(practice, field) for field in TEXTS})
    return outcome


def delete_practice(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Delete a practice with all that hangs on it; it can be restored."""
    practice, _reader = changeable_practice(session, scope, practice_id)
    practice.deleted_at = utc_now()
    session.add(practice)
    return practice


def restore_practice(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Bring a deleted practice back."""
    practice, _reader = changeable_practice(session, scope, practice_id, deleted=True)
    practice.deleted_at = None
    session.add(practice)
    return practice


def practice_history(session: Session, scope: Scope, practice_id: int) -> list[HistoryLine]:
    """Return who changed what in the practice, the latest first; for those who may change it."""
    changeable_practice(session, scope, practice_id)
    return history(session, str(Practice.__tablename__), practice_id)


def practice_steps(session: Session, scope: Scope, practice_id: int) -> list[PracticeStep]:
    """Return the decisions on a practice, the first one first."""
    visible_practice(session, scope, practice_id)
    query = select(PracticeStep).where(PracticeStep.practice_id == practice_id)
    return list(session.exec(query.order_by(col(PracticeStep.id))))


def _offer(session: Session, scope: Scope, practice: Practice) -> None:
    require_whole({field: getattr(practice, field) for field in TEXTS})
    practice.state = PracticeState.OFFERED
    session.add(practice)
    session.add(
        PracticeStep(
            organisation_id=practice.organisation_id, practice_id=practice.id or 0, state=PracticeState.OFFERED,
            actor=scope.actor_name, actor_id=scope.actor_id,
        )
    )
    session.flush()


def _require_place(offering: Scope, reader: Reader, draft: PracticeDraft, subject: str) -> None:
    """Raise NotFound unless the actor works in the organisation and writes of themselves, or may offer for it."""
    if draft.by_me and reader.teacher_id is not None and draft.organisation_id in reader.workplaces:
        return
    if not offering.sees_results(draft.organisation_id, subject):
        raise NotFound("Организация")


def _set_author(session: Session, scope: Scope, reader: Reader, draft: PracticeDraft, practice: Practice) -> None:
    if draft.by_me and reader.teacher_id is not None:
        practice.author_teacher_id, practice.author_named = reader.teacher_id, draft.named
    elif draft.teacher_id is not None:
        practice.author_teacher_id = get_teacher(session, scope.require(Action.VIEW_PEOPLE), draft.teacher_id).id
    else:
        practice.author = " ".join(draft.author.split())[:200]
        if not practice.author:
            raise InvalidInput("Не указан автор практики.", "Выберите педагога или впишите автора.")


def _good_value(
    session: Session, scope: Scope, reader: Reader, row: Practice, subject: str, field: str, value: object
) -> object:
    """Return what is stored in a field for what was typed; raise InvalidInput for what cannot be."""
    if field == "title":
        return good_title(value)
    if field in TEXTS:
        return good_text(field, value)
    if field in ("elements", "task_types"):
        names = [str(one) for one in value] if isinstance(value, list | tuple) else []
        kept = getattr(row, field) if subject == row.subject else ()
        return checked_keys(session, scope, subject, names, of_task_types=field == "task_types", kept=kept)
    if field == "grades":
        return good_grades(value if isinstance(value, list | tuple) else ())
    if field in ("class_grade", "class_year"):
        if value is not None and not isinstance(value, int):
            raise InvalidInput("Это не число.", "Выберите из списка.")
        return value
    if field == "author_named":
        if row.author_teacher_id is None or row.author_teacher_id != reader.teacher_id:
            raise InvalidInput("Согласие назвать имя даёт только сам автор.", "Попросите автора отметить это у себя.")
        return bool(value)
    text = str(value or "").strip()
    if field == "method":
        return _good_method(text)
    return text[:120] if field == "subject" else "".join(text.split()).upper()[:40]


def _good_method(method: str) -> str:
    method = method.strip()
    if method and method not in METHODS:
        raise InvalidInput(f"Вида работы «{method}» нет в списке.", "Выберите из списка.")
    return method
