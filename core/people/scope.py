"""Scope: which organisations, subjects and classes an actor may see, and which actions they may take.

Every use case takes a session and a Scope first; every query is narrowed by it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Mapped

from core.errors import NotAllowed, NotFound

_Query = TypeVar("_Query", bound=Select)  # type: ignore[type-arg]  # SQLModel's selects differ in parameters


class Action(StrEnum):
    """What a person can do; the Russian words are used in refusals."""

    VIEW = "смотреть результаты"
    VIEW_PUPILS = "смотреть результаты отдельных участников"
    UPLOAD = "загружать и отменять результаты"
    CONFIRM_FIELDS = "подтверждать проблемные поля"
    EDIT_BLUEPRINTS = "изменять планы работ и шкалы"
    MANAGE = "администрировать систему"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one actor may see and do. `None` for a set means «without limit».

    `organisations` and `own_schools` hold organisation ids; `own_schools` are those where small groups and single
    participants may be shown (§4: cells with n < 5 are not shown outside the school).
    `classes` holds (organisation id, grade, class letter) for teachers who see their own classes only.
    """

    actor_id: int | None
    actor_name: str
    organisations: frozenset[int] | None
    own_schools: frozenset[int] | None
    subjects: frozenset[str] | None
    classes: frozenset[tuple[int, int, str]] | None
    actions: frozenset[Action]

    @classmethod
    def local_administrator(cls) -> Scope:
        """Return the scope of the one person who runs the program on their own PC: everything."""
        return cls(None, "Локальный администратор", None, None, None, None, frozenset(Action))

    @property
    def key(self) -> str:
        """Return a stable text for cache keys: equal only for actors who may see exactly the same."""
        parts = (self.organisations, self.own_schools, self.subjects, self.classes, self.actions)
        text = "|".join("*" if part is None else repr(sorted(part)) for part in parts)
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()

    def allows(self, action: Action) -> bool:
        """Say whether the actor may take this action at all."""
        return action in self.actions

    def require(self, action: Action) -> None:
        """Raise NotAllowed with a Russian sentence unless the actor may take this action."""
        if not self.allows(action):
            raise NotAllowed(f"Нет права {action.value}.", "Обратитесь к администратору системы.")

    def sees_organisation(self, organisation_id: int) -> bool:
        """Say whether the organisation lies inside the scope."""
        return self.organisations is None or organisation_id in self.organisations

    def require_organisation(self, organisation_id: int) -> None:
        """Raise NotFound unless the organisation lies inside the scope."""
        if not self.sees_organisation(organisation_id):
            raise NotFound("Организация")

    def sees_subject(self, subject: str) -> bool:
        """Say whether results in the subject may be seen."""
        return self.subjects is None or subject in self.subjects

    def owns(self, organisation_id: int) -> bool:
        """Say whether single participants and small groups of the school may be shown."""
        return self.own_schools is None or organisation_id in self.own_schools

    def within(
        self,
        query: _Query,
        organisation: Mapped[int] | Mapped[int | None] | None = None,
        subject: Mapped[str] | None = None,
    ) -> _Query:
        """Return the query narrowed to the scope's organisations and subjects."""
        if organisation is not None and self.organisations is not None:
            query = query.where(organisation.in_(self.organisations))
        if subject is not None and self.subjects is not None:
            query = query.where(subject.in_(self.subjects))
        return query
