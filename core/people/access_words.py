"""Which objects a role reaches, for the table of the help; the tests compare it with what scopes really answer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.people.actions import Action
from core.people.role_names import Role
from core.people.roles import ACCESS, Reach


class ObjectKind(StrEnum):
    """Objects as somebody meets them, from the nearest on; deleted ones exist for nobody but the журнал."""

    OWN_CLASS = "свой класс, свой предмет"
    OTHER_CLASS = "другой класс своей школы"
    OTHER_SCHOOL = "другая школа муниципалитета"
    OTHER_MUNICIPALITY = "школа другого муниципалитета"
    DELETED = "удалённое"


class Level(StrEnum):
    """Where a role is held as a rule."""

    SYSTEM = "во всей системе"
    MUNICIPALITY = "в муниципалитете"
    SCHOOL = "в школе"


HELD_AT: Mapping[Role, Level] = {
    Role.ADMINISTRATOR: Level.SYSTEM,
    Role.MUNICIPAL_SPECIALIST: Level.MUNICIPALITY,
    Role.MUNICIPAL_METHODIST: Level.MUNICIPALITY,
    Role.DIRECTOR: Level.SCHOOL,
    Role.SCHOOL_METHODIST: Level.SCHOOL,
    Role.ASSOCIATION_HEAD: Level.SCHOOL,
    Role.TEACHER: Level.SCHOOL,
    Role.MENTOR: Level.SCHOOL,
    Role.OBSERVER: Level.MUNICIPALITY,
}
_IN_SCHOOL = frozenset({ObjectKind.OWN_CLASS, ObjectKind.OTHER_CLASS})
_BELOW: Mapping[Level, frozenset[ObjectKind]] = {
    Level.SCHOOL: _IN_SCHOOL,
    Level.MUNICIPALITY: _IN_SCHOOL | {ObjectKind.OTHER_SCHOOL},
    Level.SYSTEM: _IN_SCHOOL | {ObjectKind.OTHER_SCHOOL, ObjectKind.OTHER_MUNICIPALITY},
}


def objects_in_reach(role: Role, action: Action) -> frozenset[ObjectKind]:
    """Return on which results somebody may take the action who holds the role where it is held as a rule.

    Classes are taken in a subject of the person; a head of an association sees its subjects alone.
    """
    level = HELD_AT[role]
    match ACCESS[role].get(action):
        case Reach.SUBTREE:
            return _BELOW[level]
        case Reach.OWN_SCHOOL | Reach.ASSOCIATION:
            return _IN_SCHOOL if level is Level.SCHOOL else frozenset()
        case Reach.OWN_CLASSES:
            return frozenset({ObjectKind.OWN_CLASS})
        case _:
            return frozenset()
