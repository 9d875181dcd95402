"""The registers of mentors and mentees of an organisation, as grids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.cell_values import choice_of_cell, date_of_cell, number_of_cell, text_of_cell
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import names_of, require_managed, require_works_here, sees_organisation
from core.support.mentorship_cards import OPEN_STATES, list_mentorships
from core.support.mentorship_tables import Mentee, MenteeCategory, Mentor

MENTOR_FIELDS = (
    "teacher_id", "strengths", "interests", "wishes", "capacity", "helps_other_schools", "consent_on", "registered_on",
    "left_on",
)
MENTEE_FIELDS = ("teacher_id", "category", "expectations", "consent_on", "registered_on", "left_on")
MOST_MENTEES = 10
_LONGEST = {"strengths": 1000, "interests": 1000, "wishes": 500, "expectations": 1000}


@dataclass(frozen=True, slots=True)
class MentorCard:
    """A mentor of the register with the name by which they are shown, and whom they help now."""

    row: Mentor
    name: str
    mentees: tuple[str, ...]

    @property
    def room(self) -> int:
        """Return how many more mentees the person takes."""
        return max(0, self.row.capacity - len(self.mentees))


@dataclass(frozen=True, slots=True)
class MenteeCard:
    """A mentee of the register with the name by which they are shown, and who helps them now."""

    row: Mentee
    name: str
    mentors: tuple[str, ...]


def list_mentors(session: Session, scope: Scope, organisation_id: int) -> list[MentorCard]:
    """Return the mentors of an organisation, by name. Raises NotFound for one whose help the actor does not see."""
    _require_seen(scope, organisation_id)
    query = select(Mentor).where(Mentor.organisation_id == organisation_id, col(Mentor.deleted_at).is_(None))
    rows = list(session.exec(query))
    names = names_of(session, scope, [row.teacher_id for row in rows])
    helped: dict[int, list[str]] = {}
    for card in list_mentorships(session, scope, states=OPEN_STATES):
        helped.setdefault(card.row.mentor_teacher_id, []).extend(card.mentees.values())
    cards = [
        MentorCard(row, names.get(row.teacher_id, "—"), tuple(helped.get(row.teacher_id, ()))) for row in rows
    ]
    return sorted(cards, key=lambda card: card.name)


def list_mentees(session: Session, scope: Scope, organisation_id: int) -> list[MenteeCard]:
    """Return the mentees of an organisation, by name. Raises NotFound for one whose help the actor does not see."""
    _require_seen(scope, organisation_id)
    query = select(Mentee).where(Mentee.organisation_id == organisation_id, col(Mentee.deleted_at).is_(None))
    rows = list(session.exec(query))
    names = names_of(session, scope, [row.teacher_id for row in rows])
    mentors: dict[int, list[str]] = {}
    for card in list_mentorships(session, scope, states=OPEN_STATES):
        for teacher_id in card.mentees:
            mentors.setdefault(teacher_id, []).append(card.mentor)
    cards = [
        MenteeCard(row, names.get(row.teacher_id, "—"), tuple(mentors.get(row.teacher_id, ()))) for row in rows
    ]
    return sorted(cards, key=lambda card: card.name)


def save_mentors(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the register of mentors, new and deleted rows too; conflicts and refusals as in every grid."""
    require_managed(scope, organisation_id)

    def validate(row: Mentor, field: str, value: object) -> object:
        if field == "capacity":
            number = number_of_cell(value, "число наставляемых")
            if number is None or not 1 <= number <= MOST_MENTEES:
                raise InvalidInput(
                    f"Одновременно наставляемых бывает от 1 до {MOST_MENTEES}.", "Исправьте число."
                )
            return number
        if field == "helps_other_schools":
            return bool(value) if value == value else False
        return _shared(session, organisation_id, row, field, value)

    here = col(Mentor.organisation_id) == organisation_id
    return save_changes(
        session, Mentor, changes, MENTOR_FIELDS, validate, {"organisation_id": organisation_id}, here
    )


def save_mentees(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the register of mentees, new and deleted rows too; conflicts and refusals as in every grid."""
    require_managed(scope, organisation_id)

    def validate(row: Mentee, field: str, value: object) -> object:
        if field == "category":
            return choice_of_cell(value, MenteeCategory, "категория наставляемого")
        return _shared(session, organisation_id, row, field, value)

    here = col(Mentee.organisation_id) == organisation_id
    return save_changes(
        session, Mentee, changes, MENTEE_FIELDS, validate, {"organisation_id": organisation_id}, here
    )


def _require_seen(scope: Scope, organisation_id: int) -> None:
    scope.require(Action.VIEW_HELP)
    if not sees_organisation(scope, organisation_id):
        raise NotFound("Организация")


def _shared(session: Session, organisation_id: int, row: Mentor | Mentee, field: str, value: object) -> object:
    """Return the value of a column that both registers have."""
    if field == "teacher_id":
        teacher_id = number_of_cell(value, "педагог")
        if teacher_id is None:
            raise InvalidInput("Не выбран педагог.", "Выберите его из списка.")
        require_works_here(session, teacher_id, organisation_id)
        _require_new(session, organisation_id, row, teacher_id)
        return teacher_id
    if field in ("consent_on", "registered_on", "left_on"):
        day = date_of_cell(value)
        if day is not None and field == "consent_on" and day > date.today():
            raise InvalidInput(f"Согласие от {day:%d.%m.%Y} ещё не дано.", "Исправьте дату.")
        if field == "registered_on":
            return day or date.today()
        if field == "left_on" and day is not None and day < row.registered_on:
            raise InvalidInput("Выбыл раньше, чем внесён в базу.", "Исправьте даты.")
        return day
    text = text_of_cell(value)
    return require_length(text, _LONGEST[field])


def _require_new(session: Session, organisation_id: int, row: Mentor | Mentee, teacher_id: int) -> None:
    """Raise InvalidInput for a person who stands in the register already."""
    table = type(row)
    query = select(table.id).where(
        table.organisation_id == organisation_id, table.teacher_id == teacher_id, table.id != (row.id or 0)
    )
    if session.exec(query).first() is not None:
        raise InvalidInput(
            "Этот педагог уже есть в базе (возможно, среди удалённых).", "Найдите его строку или восстановите её."
        )
