"""Contests of young teachers and mentors, and who took part, as grids."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.cell_values import date_of_cell, number_of_cell, text_of_cell
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import names_of, require_managed, sees_organisation, workplaces
from core.support.mentorship_tables import Contest, ContestEntry

CONTEST_FIELDS = ("title", "level", "held_on", "order_number")
ENTRY_FIELDS = ("teacher_id", "nomination", "result")
LEVELS = ("школьный", "муниципальный", "региональный", "всероссийский", "международный")
RESULTS = ("участник", "лауреат", "призёр", "победитель")
_LONGEST = {"title": 300, "order_number": 60, "nomination": 200}


@dataclass(frozen=True, slots=True)
class EntryCard:
    """Somebody who took part, by the name under which the actor may know them."""

    row: ContestEntry
    name: str


def list_contests(session: Session, scope: Scope, organisation_id: int) -> list[Contest]:
    """Return the contests that an organisation holds or notes, the latest first."""
    scope.require(Action.VIEW_HELP)
    if not sees_organisation(scope, organisation_id):
        raise NotFound("Организация")
    query = select(Contest).where(Contest.organisation_id == organisation_id, col(Contest.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(Contest.held_on).desc(), col(Contest.id).desc())))


def save_contests(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the contests, new and deleted rows too; conflicts and refusals as in every grid."""
    require_managed(scope, organisation_id)
    here = col(Contest.organisation_id) == organisation_id
    return save_changes(
        session, Contest, changes, CONTEST_FIELDS, _contest_value, {"organisation_id": organisation_id}, here
    )


def list_entries(session: Session, scope: Scope, contest_id: int) -> list[EntryCard]:
    """Return who took part in a contest, by name."""
    contest = _contest(session, scope, contest_id)
    query = select(ContestEntry).where(ContestEntry.contest_id == contest.id, col(ContestEntry.deleted_at).is_(None))
    rows = list(session.exec(query))
    names = names_of(session, scope, {row.teacher_id for row in rows})
    return sorted((EntryCard(row, names.get(row.teacher_id, "—")) for row in rows), key=lambda card: card.name)


def save_entries(session: Session, scope: Scope, contest_id: int, changes: GridChanges) -> EditOutcome:
    """Save who took part and with what result."""
    contest = _contest(session, scope, contest_id)
    require_managed(scope, contest.organisation_id)
    managing = scope.require(Action.MANAGE_HELP)

    def validate(row: ContestEntry, field: str, value: object) -> object:
        if field == "teacher_id":
            teacher_id = number_of_cell(value, "педагог") or 0
            places = workplaces(session, teacher_id)
            if not places or not managing.sees_person(teacher_id, places):
                raise InvalidInput("Такого педагога нет в ваших организациях.", "Выберите его из списка.")
            _require_once(session, contest_id, row, teacher_id)
            return teacher_id
        return _one_of(value, RESULTS, "результат") if field == "result" else _text(field, value)

    fixed = {"organisation_id": contest.organisation_id, "contest_id": contest_id}
    here = col(ContestEntry.contest_id) == contest_id
    return save_changes(session, ContestEntry, changes, ENTRY_FIELDS, validate, fixed, here)


def _contest(session: Session, scope: Scope, contest_id: int) -> Contest:
    scope.require(Action.VIEW_HELP)
    contest = session.get(Contest, contest_id)
    if contest is None or contest.deleted_at is not None or not sees_organisation(scope, contest.organisation_id):
        raise NotFound("Конкурс")
    return contest


def _contest_value(_row: Contest, field: str, value: object) -> object:
    if field == "held_on":
        held_on = date_of_cell(value)
        if held_on is None:
            raise InvalidInput("Не указана дата конкурса.", "Впишите её.")
        return held_on
    if field == "level":
        return _one_of(value, LEVELS, "уровень")
    text = _text(field, value)
    if field == "title" and not text:
        raise InvalidInput("Не указано название конкурса.", "Впишите его.")
    return text


def _text(field: str, value: object) -> str:
    text = text_of_cell(value)
    return require_length(text, _LONGEST[field])


def _one_of(value: object, choices: tuple[str, ...], what: str) -> str:
    text = text_of_cell(value).casefold() or choices[0]
    if text not in choices:
        raise InvalidInput(f"«{text}» – не {what}.", f"Выберите: {', '.join(choices)}.")
    return text


def _require_once(session: Session, contest_id: int, row: ContestEntry, teacher_id: int) -> None:
    query = select(ContestEntry.id).where(
        ContestEntry.contest_id == contest_id, ContestEntry.teacher_id == teacher_id, ContestEntry.id != (row.id or 0)
    )
    if session.exec(query).first() is not None:
        raise InvalidInput("Этот педагог уже внесён (возможно, среди удалённых).", "Найдите его строку.")
