"""Teachers of the demo municipality: invented people, where they work, what they teach, their associations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.demo.municipality import MUNICIPALITY, SCHOOLS, DemoSchool
from core.demo.streams import Stream, generator
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.teacher_tables import Category, Employment, Teacher

MATHS, RUSSIAN, PHYSICS, PRIMARY = "Математика", "Русский язык", "Физика", "Начальные классы"
SINCE = date(2024, 9, 1)
"""From this day the associations and their members are known."""

_SURNAMES = (
    "Абрикосов", "Берёзкин", "Васильков", "Гречихин", "Донников", "Ежевикин", "Жасминов", "Звездчаткин", "Ивушкин",
    "Калинкин", "Ландышев", "Малинкин", "Незабудкин", "Облепихин", "Подснежников", "Рябинкин", "Сиренев", "Тополев",
    "Укропов", "Фиалкин", "Хмелев", "Цикорьев", "Черёмухин", "Шиповников", "Щавелев", "Ясенев",
)
_WOMEN = ("Анна", "Вера", "Галина", "Елена", "Ирина", "Мария", "Нина", "Ольга", "Светлана", "Татьяна")
_MEN = ("Андрей", "Виктор", "Илья", "Олег", "Сергей")
_FATHERS = ("Андрее", "Викторо", "Ивано", "Николае", "Олего", "Павло", "Сергее")
_MEN_SHARE = 0.15
_CONSENT_SHARE = 0.6
_BEGINNERS_SHARE = 0.2
"""Besides those whom chance makes beginners: schools look for them."""
_CATEGORIES = (Category.NONE, Category.SUITABLE, Category.FIRST, Category.HIGHEST)
_CATEGORY_SHARES = (0.15, 0.2, 0.4, 0.25)
_POSITIONS = {PRIMARY: "учитель начальных классов"}


@dataclass(frozen=True, slots=True)
class DemoTeacher:
    """A stored teacher of the demo."""

    id: int
    school: str
    """Code of the school."""
    subject: str
    experience: int
    associations: tuple[int, ...]


def add_teachers(session: Session, seed: int, units: Mapping[str, int]) -> list[DemoTeacher]:
    """Add the teachers of all schools and the associations of the municipality; `units` are ids by code.

    Three subjects and the primary classes, so many teachers as a school has classes; primary ones twice as many.
    """
    associations = _add_associations(session, units)
    names = _names(seed)
    found: list[DemoTeacher] = []
    for school in SCHOOLS:
        rng = generator(seed, Stream.TEACHERS, school.number)
        beginners = generator(seed, Stream.TEACHERS, school.number, 1)
        for subject, count in _staff(school):
            for _number in range(count):
                years = int(rng.integers(0, 36))
                if beginners.random() < _BEGINNERS_SHARE:
                    years = int(beginners.integers(0, 2))
                drawn = _CATEGORIES[int(rng.choice(len(_CATEGORIES), p=_CATEGORY_SHARES))]
                category = drawn if years else Category.NONE
                agreed = bool(rng.random() < _CONSENT_SHARE)
                teacher = Teacher(
                    full_name=next(names), subjects=[subject], category=category, experience_years=years,
                    experience_on=SINCE, consent_given=agreed, consent_order="12-ОД" if agreed else "",
                    consent_on=SINCE if agreed else None,
                )
                session.add(teacher)
                session.flush()
                key = teacher.id or 0
                session.add(
                    Employment(
                        teacher_id=key, organisation_id=units[school.code], hired_on=_hired(years),
                        position=_POSITIONS.get(subject, "учитель"),
                    )
                )
                mine = associations[subject]
                is_head = not any(one.subject == subject for one in found)
                session.add(
                    AssociationMember(association_id=mine, teacher_id=key, is_head=is_head, valid_from=SINCE)
                )
                found.append(DemoTeacher(key, school.code, subject, years, (mine,)))
    session.flush()
    return found


def _hired(years: int) -> date:
    """Return the day of hiring of somebody who has taught in this school from the first."""
    return date(SINCE.year - years, 9, 1)


def _add_associations(session: Session, units: Mapping[str, int]) -> dict[str, int]:
    """Add an association of the municipality for each subject; return their ids."""
    names = {
        MATHS: "учителей математики", RUSSIAN: "учителей русского языка", PHYSICS: "учителей физики",
        PRIMARY: "учителей начальных классов",
    }
    found: dict[str, int] = {}
    for subject, name in names.items():
        row = Association(
            organisation_id=units[MUNICIPALITY.code], kind=AssociationKind.DISTRICT_ASSOCIATION, name=name,
            subjects=[subject],
        )
        session.add(row)
        session.flush()
        found[subject] = row.id or 0
    return found


def _staff(school: DemoSchool) -> tuple[tuple[str, int], ...]:
    return (MATHS, school.classes), (RUSSIAN, school.classes), (PHYSICS, 1), (PRIMARY, 2 * school.classes)


def _names(seed: int) -> Iterator[str]:
    """Give full names of invented people, each once."""
    rng = generator(seed, Stream.TEACHERS, 0)
    given: set[str] = set()
    while True:
        is_man = bool(rng.random() < _MEN_SHARE)
        surname = _SURNAMES[int(rng.integers(len(_SURNAMES)))]
        name = (_MEN if is_man else _WOMEN)[int(rng.integers(len(_MEN if is_man else _WOMEN)))]
        father = _FATHERS[int(rng.integers(len(_FATHERS)))]
        full = f"{surname} {name} {father}вич" if is_man else f"{surname}а {name} {father}вна"
        if full not in given:
            given.add(full)
            yield full
