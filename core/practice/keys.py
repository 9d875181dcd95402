"""Content elements and task types that a practice can answer: the keys by which problem fields are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import Blueprint, BlueprintItem
from core.errors import InvalidInput
from core.people.organisations import natural_key
from core.people.scope import Action, Scope


@dataclass(frozen=True, slots=True)
class SubjectKeys:
    """The keys of one subject, as the plans of its works name them."""

    elements: tuple[str, ...]
    task_types: tuple[str, ...]


def keys_of_subject(session: Session, scope: Scope, subject: str) -> SubjectKeys:
    """Return the content elements and task types in the plans of works of the subject, by name."""
    scope.require(Action.VIEW_PRACTICES)
    query = (
        select(BlueprintItem.element, BlueprintItem.task_type)
        .join(Blueprint, col(Blueprint.id) == BlueprintItem.blueprint_id)
        .where(Blueprint.subject == subject, col(Blueprint.deleted_at).is_(None))
        .distinct()
    )
    elements: set[str] = set()
    task_types: set[str] = set()
    for element, task_type in session.exec(query):
        elements |= {part.strip() for part in element.split(ELEMENT_SEPARATOR) if part.strip()}
        if task_type:
            task_types.add(task_type)
    return SubjectKeys(tuple(sorted(elements, key=natural_key)), tuple(sorted(task_types, key=natural_key)))


def known_subjects(session: Session, scope: Scope) -> list[str]:
    """Return the subjects of the stored plans, by name."""
    scope.require(Action.VIEW_PRACTICES)
    found = session.exec(select(Blueprint.subject).where(col(Blueprint.deleted_at).is_(None)).distinct())
    return sorted(found, key=natural_key)


def checked_keys(
    session: Session, scope: Scope, subject: str, names: Sequence[str], *, of_task_types: bool, kept: Sequence[str] = ()
) -> list[str]:
    """Return the names, each once; raise InvalidInput for one that no plan of the subject has.

    `kept` are names that stand in the practice already: a plan may have been changed since.
    """
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    keys = keys_of_subject(session, scope, subject)
    known = {*(keys.task_types if of_task_types else keys.elements), *kept}
    for name in wanted:
        if name not in known:
            what = "Типа заданий" if of_task_types else "Элемента содержания"
            where = f"по предмету «{subject}»" if subject else "без предмета"
            raise InvalidInput(
                f"{what} «{name}» нет в планах работ {where}.",
                "Выберите из списка: тогда практика найдётся рядом с проблемным полем.",
            )
    return wanted
