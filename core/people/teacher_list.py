"""A list of teachers, pasted or from a workbook: looked over first, then stored as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, Place
from core.people.list_reading import Findings, ListFinding, read_rows
from core.people.organisations import normal_name, school_index
from core.people.scope import Action, Scope
from core.people.teacher_entries import COLUMNS, SubjectOf, TeacherEntry, entry_of
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import experience_on, set_experience
from core.words import day as day_in_words


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change in a teacher that is known already, in Russian words."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TeacherChange:
    """A known teacher whom the list changes."""

    entry: TeacherEntry
    teacher_id: int
    version: int
    employment_id: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class TeacherListPreview:
    """What storing the list would do. With an error among the findings it is not stored."""

    new: tuple[TeacherEntry, ...]
    changed: tuple[TeacherChange, ...]
    unchanged: int
    findings: tuple[ListFinding, ...] = field(default=())

    @property
    def can_be_stored(self) -> bool:
        """Say whether nothing speaks against storing."""
        return not any(finding.is_error for finding in self.findings)


def preview_teachers(
    session: Session,
    scope: Scope,
    rows: Sequence[Sequence[object]],
    organisation_id: int | None,
    subject_of: SubjectOf = str,
) -> TeacherListPreview:
    """Look a list over before storing it.

    `rows` are a sheet's cells with its header, `organisation_id` is the school of rows that do not name one.
    """
    scope = scope.require(Action.MANAGE_TEACHERS)
    if organisation_id is not None:
        scope.require_organisation(organisation_id)
    findings, schools = Findings(), school_index(session, scope)
    entries: dict[tuple[int, str], TeacherEntry] = {}
    for row in read_rows(rows, COLUMNS, [("full_name", "surname")]):
        entry = entry_of(row, schools, organisation_id, subject_of, findings)
        if entry is None:
            continue
        key = entry.organisation_id, normal_name(entry.full_name)
        if key in entries:
            findings.error(
                row.place("full_name"),
                InvalidInput(
                    f"«{entry.full_name}» уже есть в строке {entries[key].row}.",
                    "Оставьте одну строку; однофамильцев с одинаковыми именами внесите в таблице педагогов.",
                ),
            )
        entries.setdefault(key, entry)
    return _compared(session, list(entries.values()), findings)


def store_teachers(session: Session, scope: Scope, preview: TeacherListPreview) -> tuple[int, int]:
    """Store a list that was looked over; return how many teachers are new and how many changed.

    Raises InvalidInput while the list has errors, EditConflict when somebody changed one of the teachers meanwhile.
    """
    scope = scope.require(Action.MANAGE_TEACHERS)
    if not preview.can_be_stored:
        raise InvalidInput("В списке есть ошибки, ничего не сохранено.", "Исправьте отмеченные ячейки и повторите.")
    for entry in preview.new:
        scope.require_organisation(entry.organisation_id)
        teacher = Teacher(full_name=entry.full_name)
        session.add(teacher)
        session.flush()
        job = Employment(teacher_id=teacher.id or 0, organisation_id=entry.organisation_id)
        _fill(session, teacher, job, entry)
    for change in preview.changed:
        scope.require_organisation(change.entry.organisation_id)
        known, work = session.get(Teacher, change.teacher_id), session.get(Employment, change.employment_id)
        if known is None or work is None or known.version != change.version or known.deleted_at is not None:
            raise EditConflict(
                f"Сведения о педагоге «{change.entry.full_name}» только что изменил другой человек.",
                "Загрузите список ещё раз: предпросмотр покажет отличия от новых данных.",
            )
        _fill(session, known, work, change.entry)
    return len(preview.new), len(preview.changed)


def _fill(session: Session, teacher: Teacher, job: Employment, entry: TeacherEntry) -> None:
    """Put what the row says into the rows of the store."""
    if entry.subjects is not None:
        teacher.subjects = list(entry.subjects)
    if entry.experience_years is not None:
        set_experience(teacher, entry.experience_years, date.today())
    if entry.category is not None:
        teacher.category, teacher.category_until = entry.category, entry.category_until
    if entry.consent_order is not None:
        teacher.consent_given, teacher.consent_order = True, entry.consent_order
        teacher.consent_on = entry.consent_on or teacher.consent_on or date.today()
    if entry.position is not None:
        job.position = entry.position
    if entry.hired_on is not None:
        job.hired_on = entry.hired_on
    session.add(teacher)
    session.add(job)


def _compared(session: Session, entries: Sequence[TeacherEntry], findings: Findings) -> TeacherListPreview:
    """Return which entries are new and which change teachers of the same school and name."""
    places = {entry.organisation_id for entry in entries}
    query = (
        select(Teacher, Employment)
        .join(Employment, col(Employment.teacher_id) == Teacher.id)
        .where(
            col(Employment.organisation_id).in_(places),
            col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > date.today()),
            col(Teacher.deleted_at).is_(None),
        )
    )
    known: dict[tuple[int, str], list[tuple[Teacher, Employment]]] = {}
    for teacher, job in session.exec(query):
        known.setdefault((job.organisation_id, normal_name(teacher.full_name)), []).append((teacher, job))
    new: list[TeacherEntry] = []
    changed: list[TeacherChange] = []
    unchanged = 0
    for entry in entries:
        namesakes = known.get((entry.organisation_id, normal_name(entry.full_name)), [])
        if not namesakes:
            new.append(entry)
            continue
        teacher, job = namesakes[0]
        differences = _differences(entry, teacher, job)
        if len(namesakes) > 1:
            findings.found.append(_namesakes(entry))
        elif differences:
            changed.append(TeacherChange(entry, teacher.id or 0, teacher.version, job.id or 0, tuple(differences)))
        else:
            unchanged += 1
    return TeacherListPreview(tuple(new), tuple(changed), unchanged, tuple(findings.found))


def _namesakes(entry: TeacherEntry) -> ListFinding:
    refusal = InvalidInput(
        f"В школе несколько педагогов с именем «{entry.full_name}».", "Измените их в таблице педагогов."
    )
    return ListFinding(True, Place(row=entry.row), refusal.message, refusal.advice)


def _differences(entry: TeacherEntry, teacher: Teacher, job: Employment) -> list[Difference]:
    """Return what the entry changes, in words; an entry says nothing about what it has no value for."""
    pairs: list[tuple[str, object, object]] = [
        ("Должность", job.position, entry.position),
        ("Предметы", ", ".join(teacher.subjects), None if entry.subjects is None else ", ".join(entry.subjects)),
        ("Стаж, лет", experience_on(teacher, date.today()), entry.experience_years),
        ("Категория", teacher.category, entry.category),
        ("Дата приёма", job.hired_on, entry.hired_on),
        ("Согласие: номер приказа", teacher.consent_order, entry.consent_order),
        ("Согласие: дата", teacher.consent_on, entry.consent_on),
    ]
    if entry.category is not None:
        pairs.append(("Категория действует до", teacher.category_until, entry.category_until or ""))
    return [
        Difference(what, _words(old), _words(new))
        for what, old, new in pairs
        if new is not None and _words(old) != _words(new)
    ]


def _words(value: object) -> str:
    return "" if value is None else day_in_words(value) if isinstance(value, date) else str(value)
