"""Scope: which organisations, subjects, classes and persons an actor may see, and which actions they may take.

Every use case takes a session and a Scope first; every query is narrowed by it:

    scope = scope.require(Action.UPLOAD)                 # only the roles that may upload count from here on
    query = scope.within(query, ClassWork.school_id, Assessment.subject)

A person may hold several roles. Their rights add up, but do not mix: who leads an association of mathematicians in
the municipality and is director of one school sees mathematics everywhere and every subject in that school. So ask
about organisation and subject in one call; a question about the organisation alone counts only roles without a limit
of subjects, unless all roles have the same. Roles that reach single classes count in `within_classes` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped

from core.errors import NotAllowed, NotFound
from core.people.actions import Action as Action
from core.people.grants import Grant, TaughtClass, key_of, union_of, union_of_subjects
from core.people.narrowing import ClassColumns as ClassColumns
from core.people.narrowing import Query, conditions, narrowed, one_class

_NOBODY = 0
"""Id of an account that does not exist."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one actor may see and do. `None` for a set means «without limit».

    `organisations` and `own_schools` hold organisation ids; `own_schools` are those where small groups and single
    participants may be shown (§4: cells with n < 5 are not shown outside the school).
    `classes` holds (organisation id, grade, class letter) for teachers who see their own classes only.
    `grants` are the roles one by one; the other sets are their unions, to be read, not to decide by. A scope without
    grants is one grant of these sets (the local administrator, tests).
    """

    actor_id: int | None
    actor_name: str
    organisations: frozenset[int] | None
    own_schools: frozenset[int] | None
    subjects: frozenset[str] | None
    classes: frozenset[tuple[int, int, str]] | None
    actions: frozenset[Action]
    grants: tuple[Grant, ...] = ()

    @classmethod
    def local_administrator(cls) -> Scope:
        """Return the scope of the one person who runs the program on their own PC: everything."""
        return cls(None, "Локальный администратор", None, None, None, None, frozenset(Action))

    @classmethod
    def of(cls, actor_id: int | None, actor_name: str, grants: tuple[Grant, ...]) -> Scope:
        """Return the scope of somebody who holds these grants; without any it permits and shows nothing."""
        results = [grant for grant in grants if grant.organisations != frozenset()]
        limited = [grant.classes for grant in results if grant.classes is not None]
        return cls(
            actor_id=actor_id,
            actor_name=actor_name,
            organisations=union_of(grant.organisations for grant in grants),
            own_schools=union_of(grant.own_schools for grant in grants),
            subjects=union_of_subjects(grant.subjects for grant in grants),
            classes=frozenset((part.school_id, part.grade, part.letter) for classes in limited for part in classes)
            if len(limited) == len(results)
            else None,
            actions=frozenset(action for grant in grants for action in grant.actions),
            grants=grants,
        )

    @property
    def key(self) -> str:
        """Return a stable text for cache keys: equal only for the same actor with the same rights.

        The actor is part of it, because everybody may also see what is about themselves; their name too, because
        rows tell by the name who made them.
        """
        return _key(self)

    def shared(self) -> Scope:
        """Return the same rights in nobody's hands: for what is the same for all who hold them.

        Where something depends on the person all the same, it is that of somebody who is not there.
        """
        return self if self.actor_id is None else replace(self, actor_id=_NOBODY, actor_name="")

    def allows(self, action: Action) -> bool:
        """Say whether the actor may take this action at all."""
        return action in self.actions

    def require(self, action: Action) -> Scope:
        """Return the part of the scope in which the actor may take this action.

        Raises NotAllowed with a Russian sentence when there is none.
        """
        if not self.allows(action):
            raise NotAllowed(f"Нет права {action.value}.", "Обратитесь к администратору системы.")
        if not self.grants:
            return self
        return Scope.of(
            self.actor_id, self.actor_name, tuple(grant for grant in self.grants if action in grant.actions)
        )

    def require_everywhere(self, action: Action) -> None:
        """Raise NotAllowed unless the actor may take this action without limit of organisations."""
        if not any(action in grant.actions and grant.organisations is None for grant in self._counted()):
            raise NotAllowed(f"Нет права {action.value} во всей системе.", "Обратитесь к администратору всей системы.")

    def sees_organisation(self, organisation_id: int) -> bool:
        """Say whether objects of the whole organisation lie inside the scope."""
        return any(
            grant.organisations is None or organisation_id in grant.organisations for grant in self._for_organisations()
        )

    def require_organisation(self, organisation_id: int) -> None:
        """Raise NotFound unless objects of the whole organisation lie inside the scope."""
        if not self.sees_organisation(organisation_id):
            raise NotFound("Организация")

    def knows_organisation(self, organisation_id: int) -> bool:
        """Say whether the actor may know the organisation: its name and place in the tree."""
        return self.organisations is None or organisation_id in self.organisations

    def sees_subject(self, subject: str) -> bool:
        """Say whether results in the subject may be seen in some organisation."""
        return self.subjects is None or subject in self.subjects

    def owns(self, organisation_id: int) -> bool:
        """Say whether single participants and small groups of the school may be shown."""
        return self.own_schools is None or organisation_id in self.own_schools

    def owns_class(self, taught: TaughtClass) -> bool:
        """Say whether single participants and small groups of the class in the subject and year may be shown.

        One role must permit both: who teaches one class of a school and observes the municipality sees the other
        classes of the school as an observer does.
        """
        return any(
            (grant.own_schools is None or taught.school_id in grant.own_schools) and grant.covers_class(taught)
            for grant in self._counted()
        )

    def sees_results(self, organisation_id: int, subject: str) -> bool:
        """Say whether results of the whole organisation in the subject lie inside the scope."""
        return any(grant.covers(organisation_id, subject) for grant in self._whole())

    def require_results(self, organisation_id: int, subject: str) -> None:
        """Raise NotFound unless the organisation, and NotAllowed unless the subject in it, lies inside the scope."""
        if self.sees_results(organisation_id, subject):
            return
        if not self.knows_organisation(organisation_id):
            raise NotFound("Организация")
        raise NotAllowed(f"Нет прав на предмет «{subject}» в этой организации.", "Обратитесь к администрации.")

    def sees_class(self, taught: TaughtClass) -> bool:
        """Say whether results of the class in the subject and year may be seen."""
        return any(grant.covers_class(taught) for grant in self._counted())

    def sees_person(self, teacher_id: int, organisations: frozenset[int]) -> bool:
        """Say whether data of the teacher, who works in these organisations, lie inside the scope."""
        return any(
            teacher_id in grant.persons
            if grant.persons is not None
            else grant.organisations is None or bool(grant.organisations & organisations)
            for grant in self._counted()
        )

    def sees_inside_school(self, teacher_id: int, school_id: int) -> bool:
        """Say whether what is for the teacher and their own school alone may be seen: its head and administration."""
        return any(
            (grant.own_schools is None or school_id in grant.own_schools)
            and (grant.persons is None or teacher_id in grant.persons)
            for grant in self._counted()
        )

    def sees_association(self, association_id: int, organisation_id: int) -> bool:
        """Say whether the association of the organisation lies inside the scope."""
        return any(
            association_id in grant.associations
            if grant.associations is not None
            else grant.organisations is None or organisation_id in grant.organisations
            for grant in self._counted()
        )

    def sees_all_associations(self, organisation_id: int) -> bool:
        """Say whether the associations of the organisation, present and new ones, all lie inside the scope."""
        return any(
            grant.associations is None and (grant.organisations is None or organisation_id in grant.organisations)
            for grant in self._counted()
        )

    def within(
        self,
        query: Query,
        organisation: Mapped[int] | Mapped[int | None] | None = None,
        subject: Mapped[str] | None = None,
    ) -> Query:
        """Return the query narrowed to objects of whole organisations and to subjects of the scope.

        Give both columns in one call where a row has both.
        """
        if organisation is None and subject is None:
            return query
        grants = self._whole() if subject is not None else self._for_organisations()
        return narrowed(query, [conditions(grant, organisation, subject) for grant in grants])

    def within_known(self, query: Query, organisation: Mapped[int] | Mapped[int | None]) -> Query:
        """Return the query narrowed to organisations that the actor may know by name."""
        return query if self.organisations is None else query.where(organisation.in_(self.organisations))

    def within_classes(self, query: Query, columns: ClassColumns) -> Query:
        """Return the query narrowed to rows of classes that the scope sees, also where it reaches single classes."""
        choices: list[list[ColumnElement[bool]]] = []
        for grant in self._counted():
            if grant.classes is None:
                choices.append(conditions(grant, columns.school, columns.subject))
            else:
                choices.extend(one_class(columns, taught) for taught in sorted(grant.classes))
        return narrowed(query, choices)

    def within_persons(
        self, query: Query, teacher: Mapped[int | None] | Mapped[int], organisation: Mapped[int]
    ) -> Query:
        """Return the query narrowed to teachers of the scope; `organisation` is where a teacher works."""
        choices: list[list[ColumnElement[bool]]] = [
            [teacher.in_(grant.persons)] if grant.persons is not None else conditions(grant, organisation, None)
            for grant in self._counted()
        ]
        return narrowed(query, choices)

    def within_associations(
        self, query: Query, association: Mapped[int | None] | Mapped[int], organisation: Mapped[int]
    ) -> Query:
        """Return the query narrowed to associations of the scope; `organisation` is whose they are."""
        choices: list[list[ColumnElement[bool]]] = [
            [association.in_(grant.associations)]
            if grant.associations is not None
            else conditions(grant, organisation, None)
            for grant in self._counted()
        ]
        return narrowed(query, choices)

    def for_classes(self) -> Scope:
        """Return a scope that sees the same classes, where possible one and the same for all who see them."""
        grants = self._counted()
        if len({grant.subjects for grant in grants}) != 1 or any(grant.classes is not None for grant in grants):
            return self
        reach = union_of(grant.organisations for grant in grants)
        return Scope(None, "", reach, frozenset(), grants[0].subjects, None, frozenset({Action.VIEW}))

    def with_child(self, parent_id: int, child_id: int) -> Scope:
        """Return the scope after an organisation was created inside it, for the rest of the same use case."""
        if not self.grants:
            grown = self._counted()[0].with_child(parent_id, child_id)
            return Scope(
                self.actor_id,
                self.actor_name,
                grown.organisations,
                grown.own_schools,
                self.subjects,
                self.classes,
                self.actions,
            )
        grants = tuple(grant.with_child(parent_id, child_id) for grant in self.grants)
        return Scope.of(self.actor_id, self.actor_name, grants)

    def _counted(self) -> tuple[Grant, ...]:
        """Return the grants; a scope made of plain sets is one grant."""
        if self.grants or not self.actions:
            return self.grants
        # Plain sets do not say which subject somebody teaches in which class: single classes need grants.
        classes = None if self.classes is None else frozenset[TaughtClass]()
        return (Grant(self.actions, self.organisations, self.own_schools, self.subjects, classes),)

    def _whole(self) -> tuple[Grant, ...]:
        """Return the grants that reach whole organisations, not single classes or persons."""
        return tuple(grant for grant in self._counted() if grant.classes is None and grant.organisations != frozenset())

    def _for_organisations(self) -> tuple[Grant, ...]:
        """Return the grants that count when nothing is asked about the subject."""
        grants = self._whole()
        if len({grant.subjects for grant in grants}) <= 1:
            return grants
        return tuple(grant for grant in grants if grant.subjects is None)


@lru_cache(maxsize=1024)
def _key(scope: Scope) -> str:
    return key_of([f"actor {scope.actor_id} {scope.actor_name!r}", *(grant.text for grant in scope._counted())])
