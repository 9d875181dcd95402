"""What documents say of a teacher: position, experience, category."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teacher_tables import Teacher
from core.people.teachers import experience_on, jobs_of
from core.support.access import names_of
from core.words import count_of

UNKNOWN = "—"
_HEADS = {
    OrganisationKind.SCHOOL: "Директор", OrganisationKind.MUNICIPALITY: "Начальник управления образования",
}


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A teacher in the words of a document; «—» for what is unknown."""

    name: str
    position: str
    experience: str
    category: str
    subjects: str


def person_words(session: Session, scope: Scope, teacher_id: int, on: date) -> PersonWords:
    """Return the words about a teacher, by the name under which the actor may know them."""
    teacher = session.get_one(Teacher, teacher_id)
    jobs = [job for job in jobs_of(session, teacher_id) if job.left_on is None or job.left_on > on]
    years = experience_on(teacher, on)
    return PersonWords(
        names_of(session, scope, [teacher_id]).get(teacher_id, UNKNOWN),
        jobs[0].position if jobs else UNKNOWN,
        UNKNOWN if years is None else count_of(years, "год"),
        teacher.category.value,
        ", ".join(teacher.subjects) or UNKNOWN,
    )


def organisation_name(session: Session, organisation_id: int) -> str:
    """Return the name of an organisation as it stands at the head of its documents."""
    return session.get_one(Organisation, organisation_id).name


def head_post(session: Session, organisation_id: int) -> str:
    """Return who approves the papers of an organisation; a methodist writes another post into the template."""
    return _HEADS.get(session.get_one(Organisation, organisation_id).kind, "Руководитель организации")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that somebody typed."""
    return [part.strip() for part in text.split("\n") if part.strip()]
