"""A person's right to know: everything that is kept about them, as rows for a workbook or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.account_tables import Account
from core.people.charge import charge_of
from core.people.managing import managed_account
from core.people.person_reach import is_oneself, rule_for, within_reach
from core.people.person_tables import Person, PersonRow, rows_about
from core.people.scope import Action, Scope
from core.people.teachers import get_teacher
from core.store.audit import record_event
from core.store.tables import AuditEntry
from core.words.column_names import column_in_words
from core.words.table_names import table_in_words
from core.workbooks.writing import TableColumn, TableSheet, write_workbook

_TABLES = {
    "teacher": "Педагог",
    "employment": "Работа в организациях",
    "teaching_assignment": "Нагрузка",
    "association_member": "Участие в объединениях",
    "account": "Учётная запись",
    "role_grant": "Роли",
    "auth_session": "Сеансы",
    "login_attempt": "Попытки входа",
    "visit": "Посещения первого экрана",
    "audit_entry": "Журнал изменений",
    "practice": "Практики",
    "practice_note": "Обсуждение практик",
    "practice_use": "Отметки о применении практик",
}
"""Sections by tables, where one word of the журнал is not enough."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that is kept about a person."""

    name: str
    rows: tuple[PersonRow, ...]
    """In Russian words where the words are known."""
    is_own: bool = True
    """Whether the person takes them out themselves: then they are complete."""

    def as_json(self) -> dict[str, object]:
        """Return the data as what JSON knows: tables, their rows, fields and values."""
        tables: dict[str, dict[str, dict[str, str]]] = {}
        for row in self.rows:
            tables.setdefault(row.table, {}).setdefault(row.row, {})[row.field] = row.value
        return {"person": self.name, "tables": {name: list(rows.values()) for name, rows in tables.items()}}

    def as_workbook(self) -> bytes:
        """Return the data as a workbook."""
        columns = [TableColumn(header) for header in ("Раздел", "Запись", "Поле", "Значение")]
        rows: Sequence[Sequence[str]] = [(row.table, row.row, row.field, row.value) for row in self.rows]
        notes = ["Содержит персональные данные. Пароли и коды входа не хранятся в читаемом виде и не выгружаются."]
        if not self.is_own:
            notes.append(
                "Без сведений, которые ведут другие организации, и без личных дефицитов и писем, если они вам не "
                "видны: полностью свои данные человек выгружает сам в «Моём профиле»."
            )
        return write_workbook([TableSheet("Данные", f"Данные о человеке: {self.name}", columns, rows, notes)])


def export_person(
    session: Session, scope: Scope, *, teacher_id: int | None = None, account_id: int | None = None
) -> PersonalData:
    """Return everything that is kept about a teacher with their account, or about an account alone.

    Everybody may ask about their own account, whatever their roles, and gets everything; directors and administrators
    about the people in their charge, and get what lies within their reach (`core.people.person_reach`). That it was
    asked is noted in the журнал, so it runs in a writing unit of work. Raises NotFound for people elsewhere.
    """
    is_own = teacher_id is None and account_id is not None and account_id == scope.actor_id
    narrowed = scope if is_own else scope.require(Action.EXPORT_PERSON)
    person, name = find_person(session, narrowed, scope, teacher_id, account_id)
    is_own = is_oneself(session, scope, person)
    if not is_own:
        person = within_reach(session, scope, person)
    rule = None if is_own else rule_for(scope, person)
    rows = [
        PersonRow(_section(row.table), row.row, column_in_words(row.field, row.table), row.value)
        for row in rows_about(session, person, rule)
    ]
    rows += _audit_rows(session, person)
    target = ("teacher", person.teacher_id) if person.teacher_id is not None else ("account", person.account_id)
    record_event(session, "выгрузка данных о человеке", target[0], target[1], new=f"{len(rows)} значений")
    return PersonalData(name, tuple(rows), is_own)


def find_person(
    session: Session, narrowed: Scope, scope: Scope, teacher_id: int | None, account_id: int | None
) -> tuple[Person, str]:
    """Return who is meant, with their name; raise NotFound when `narrowed` does not reach them."""
    if teacher_id is not None:
        teacher = get_teacher(session, narrowed, teacher_id)
        if not narrowed.sees_person(teacher_id, charge_of(session, teacher_id)):
            raise NotFound("Педагог")
        account = session.exec(select(Account).where(Account.teacher_id == teacher_id)).first()
        return Person(teacher_id, account.id if account is not None else None), teacher.full_name
    if account_id is None:
        raise NotFound("Человек")
    if account_id == scope.actor_id:
        own = session.get(Account, account_id)
        if own is None:
            raise NotFound("Учётная запись")
        return Person(own.teacher_id, account_id), own.display_name
    account = managed_account(session, scope, account_id)
    return Person(account.teacher_id, account_id), account.display_name


def _audit_rows(session: Session, person: Person) -> list[PersonRow]:
    """Return what the person did, and what was done to their teacher and account rows."""
    kind, number = col(AuditEntry.object_type), col(AuditEntry.object_id)
    parts: list[ColumnElement[bool]] = []
    if person.teacher_id is not None:
        parts.append(and_(kind == "teacher", number == person.teacher_id))
    if person.account_id is not None:
        parts += [and_(kind == "account", number == person.account_id), col(AuditEntry.actor_id) == person.account_id]
    entries = session.exec(select(AuditEntry).where(or_(*parts)).order_by(col(AuditEntry.id)))
    return [
        PersonRow(
            _TABLES["audit_entry"],
            str(entry.id),
            f"{entry.at:%d.%m.%Y %H:%M} UTC, {entry.actor}",
            _what(entry),
        )
        for entry in entries
    ]


def _section(table: str) -> str:
    words = table_in_words(table)
    return _TABLES.get(table) or f"{words[:1].upper()}{words[1:]}"


def _what(entry: AuditEntry) -> str:
    field = column_in_words(entry.field, entry.object_type) if entry.field else ""
    return " ".join(part for part in (entry.action, table_in_words(entry.object_type), field) if part)
