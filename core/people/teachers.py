"""Teachers: finding, adding, changing, leaving; what is derived about them; consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.charge import require_whole_charge, teacher_in_charge
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Category, Employment, Teacher
from core.store.base import utc_now

YOUNG_YEARS = 3
"""A young specialist has taught for 0 to 3 years (indicator of распоряжение Минпросвещения от 25.12.2019 № Р-145)."""
LONGEST_EXPERIENCE = 70


@dataclass(frozen=True, slots=True)
class TeacherCard:
    """A teacher as the actor may see them on a day."""

    id: int
    version: int
    employment_id: int
    employment_version: int
    name: str
    """The full name inside the own school or with consent, else «Педагог-07»."""
    is_name_shown: bool
    organisation_ids: tuple[int, ...]
    position: str
    subjects: tuple[str, ...]
    experience: int | None
    """Full years on the day."""
    is_young: bool | None
    """None where the experience is unknown."""
    category: Category
    category_until: date | None
    is_category_running_out: bool
    hired_on: date | None
    consent_given: bool
    consent_order: str
    consent_on: date | None


def list_teachers(
    session: Session, scope: Scope, organisation_id: int | None = None, on: date | None = None
) -> list[TeacherCard]:
    """Return the teachers of the scope who worked on the day (today), by name; of one organisation if given."""
    scope = scope.require(Action.VIEW_PEOPLE)
    day = on or date.today()
    query = (
        select(Teacher, Employment)
        .join(Employment, col(Employment.teacher_id) == Teacher.id)
        .where(
            col(Teacher.deleted_at).is_(None),
            col(Employment.deleted_at).is_(None),
            col(Employment.hired_on).is_(None) | (col(Employment.hired_on) <= day),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
        )
        .order_by(col(Employment.id))
    )
    if organisation_id is not None:
        query = query.where(Employment.organisation_id == organisation_id)
    rows = session.exec(scope.within_persons(query, col(Teacher.id), col(Employment.organisation_id))).all()
    teachers = {teacher.id or 0: teacher for teacher, _employment in rows}
    jobs: dict[int, list[Employment]] = {}
    for teacher, employment in rows:
        jobs.setdefault(teacher.id or 0, []).append(employment)
    cards = [_card(scope, teachers[key], jobs[key], day) for key in teachers]
    return sorted(cards, key=lambda card: natural_key(card.name))


def get_teacher(session: Session, scope: Scope, teacher_id: int) -> Teacher:
    """Return the teacher; raise NotFound when there is none or the scope does not see them."""
    teacher = session.get(Teacher, teacher_id)
    if teacher is None or teacher.deleted_at is not None or not _sees(session, scope, teacher_id):
        raise NotFound("Педагог")
    return teacher


def shown_name(scope: Scope, teacher: Teacher, organisations: Iterable[int]) -> str:
    """Return the name by which the teacher of these organisations is shown: full inside the school or with consent."""
    if teacher.consent_given or any(scope.owns(organisation) for organisation in organisations):
        return teacher.full_name
    return code_name(teacher.id or 0)


def code_name(teacher_id: int) -> str:
    """Return the name of a teacher who must not be named.

    >>> code_name(7)
    'Педагог-07'
    """
    return f"Педагог-{teacher_id:02d}"


def experience_on(teacher: Teacher, day: date) -> int | None:
    """Return the full years of teaching on the day, None when unknown."""
    if teacher.experience_years is None:
        return None
    since = teacher.experience_on or day
    passed = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return max(0, teacher.experience_years + passed)


def add_teacher(
    session: Session,
    scope: Scope,
    organisation_id: int,
    *,
    full_name: str,
    position: str = "учитель",
    subjects: Iterable[str] = (),
    hired_on: date | None = None,
    experience_years: int | None = None,
    category: Category = Category.NONE,
    category_until: date | None = None,
    on: date | None = None,
) -> Teacher:
    """Add a teacher who works in the organisation. Raises InvalidInput for values that cannot be."""
    scope = scope.require(Action.MANAGE_TEACHERS)
    scope.require_organisation(organisation_id)
    teacher = Teacher(
        full_name=good_name(full_name),
        subjects=clean_subjects(subjects),
        category=category,
        category_until=category_until,
    )
    set_experience(teacher, experience_years, on or date.today())
    session.add(teacher)
    session.flush()
    session.add(
        Employment(
            teacher_id=teacher.id or 0,
            organisation_id=organisation_id,
            position=position.strip()[:120] or "учитель",
            hired_on=hired_on,
        )
    )
    session.flush()
    return teacher


def managed_teacher(session: Session, scope: Scope, teacher_id: int) -> Teacher:
    """Return the teacher if the actor may change them; raise NotFound otherwise, also when they work elsewhere now."""
    return teacher_in_charge(session, scope, Action.MANAGE_TEACHERS, teacher_id)


def leave(session: Session, scope: Scope, teacher_id: int, organisation_id: int, on: date | None = None) -> None:
    """End the teacher's work in the organisation on a day (today); past works and deficits stay."""
    managed_teacher(session, scope, teacher_id)
    scope.require(Action.MANAGE_TEACHERS).require_organisation(organisation_id)
    day = on or date.today()
    for job in jobs_of(session, teacher_id):
        if job.organisation_id == organisation_id and (job.left_on is None or job.left_on > day):
            job.left_on = day
            session.add(job)


def delete_teacher(session: Session, scope: Scope, teacher_id: int) -> None:
    """Delete a teacher who was entered by mistake; it can be undone from the журнал."""
    teacher = managed_teacher(session, scope, teacher_id)
    require_whole_charge(session, scope, Action.MANAGE_TEACHERS, teacher_id)
    teacher.deleted_at, teacher.deleted_by = utc_now(), scope.actor_name
    session.add(teacher)


def record_consent(
    session: Session, scope: Scope, teacher_id: int, *, given: bool, order: str = "", on: date | None = None
) -> Teacher:
    """Note that the person agreed to being named outside the own school, by which order and when, or withdrew it."""
    teacher = managed_teacher(session, scope, teacher_id)
    if given and not order.strip():
        raise InvalidInput("Не указан номер приказа или письменного согласия.", "Впишите номер.")
    teacher.consent_given = given
    teacher.consent_order = order.strip()[:120] if given else ""
    teacher.consent_on = (on or date.today()) if given else None
    session.add(teacher)
    return teacher


def set_experience(teacher: Teacher, years: int | None, on: date) -> None:
    """Note how many full years the person had taught on the day."""
    if years is not None and not 0 <= years <= LONGEST_EXPERIENCE:
        raise InvalidInput(
            f"Стаж {years} лет невозможен.",
            f"Впишите число полных лет от 0 до {LONGEST_EXPERIENCE} или оставьте пусто.",
        )
    teacher.experience_years = years
    teacher.experience_on = on if years is not None else None


def clean_subjects(subjects: Iterable[str]) -> list[str]:
    """Return subjects as they are stored: each once, by name."""
    return sorted({subject.strip() for subject in subjects if subject.strip()}, key=natural_key)


def good_name(text: str) -> str:
    """Return a person's name with single blanks; raise InvalidInput when it is none."""
    name = " ".join(text.split())
    if len(name) < 2 or len(name) > 200 or not any(sign.isalpha() for sign in name):
        raise InvalidInput(f"«{text.strip()[:40]}» не похоже на имя человека.", "Впишите фамилию, имя и отчество.")
    return name


def jobs_of(session: Session, teacher_id: int) -> list[Employment]:
    """Return all work of the teacher that was not deleted, past work too."""
    query = select(Employment).where(Employment.teacher_id == teacher_id, col(Employment.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(Employment.id))))


def _sees(session: Session, scope: Scope, teacher_id: int) -> bool:
    organisations = frozenset(job.organisation_id for job in jobs_of(session, teacher_id))
    return scope.sees_person(teacher_id, organisations)


def _card(scope: Scope, teacher: Teacher, jobs: list[Employment], day: date) -> TeacherCard:
    organisations = tuple(job.organisation_id for job in jobs)
    name = shown_name(scope, teacher, organisations)
    experience = experience_on(teacher, day)
    return TeacherCard(
        id=teacher.id or 0,
        version=teacher.version,
        employment_id=jobs[0].id or 0,
        employment_version=jobs[0].version,
        name=name,
        is_name_shown=name == teacher.full_name,
        organisation_ids=organisations,
        position=jobs[0].position,
        subjects=tuple(teacher.subjects),
        experience=experience,
        is_young=None if experience is None else experience <= YOUNG_YEARS,
        category=teacher.category,
        category_until=teacher.category_until,
        is_category_running_out=teacher.category_until is not None and (teacher.category_until - day).days <= 183,
        hired_on=jobs[0].hired_on,
        consent_given=teacher.consent_given,
        consent_order=teacher.consent_order,
        consent_on=teacher.consent_on,
    )
