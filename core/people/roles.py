"""Roles as data: what each role may do and how far that reaches.

This table is the source of every scope (`core.people.access`), of the table in the help (`access_table`), and of the
tests that go through roles and objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.people.actions import Action
from core.people.role_names import Role


class Reach(StrEnum):
    """How far a right reaches; the Russian words stand in the help."""

    SUBTREE = "своя организация и подчинённые"
    MUNICIPALITY = "опубликованное в своём муниципалитете"
    """What is published for the whole municipality; shows nothing of results or people by itself."""
    ABOVE_SCHOOLS = "своя организация и подчинённые, если она не школа"
    """A school has no schools below it to be looked at side by side."""
    OWN_SCHOOL = "своя школа"
    ASSOCIATION = "своё объединение и его предметы"
    OWN_CLASSES = "свои классы и предметы"
    SELF = "только о себе"


_MUNICIPAL = {
    Action.VIEW: Reach.SUBTREE,
    Action.UPLOAD: Reach.SUBTREE,
    Action.CONFIRM_FIELDS: Reach.SUBTREE,
    Action.MANAGE_DIAGNOSTICS: Reach.SUBTREE,
    Action.VIEW_DEFICITS: Reach.SUBTREE,
    Action.VIEW_PRACTICES: Reach.MUNICIPALITY,
    Action.OFFER_PRACTICES: Reach.SUBTREE,
    Action.DECIDE_PRACTICES: Reach.SUBTREE,
    Action.VIEW_RECOMMENDATIONS: Reach.SUBTREE,
    Action.EDIT_RECOMMENDATIONS: Reach.SUBTREE,
    Action.VIEW_ROADMAPS: Reach.SUBTREE,
    Action.EDIT_ROADMAPS: Reach.SUBTREE,
    Action.HOLD_MEETINGS: Reach.SUBTREE,
    Action.VIEW_HELP: Reach.SUBTREE,
    Action.MANAGE_HELP: Reach.SUBTREE,
    Action.VIEW_INDICATORS: Reach.SUBTREE,
    Action.ENTER_INDICATORS: Reach.SUBTREE,
    Action.MANAGE_INDICATORS: Reach.SUBTREE,
    Action.VIEW_MUNICIPALITY: Reach.ABOVE_SCHOOLS,
    Action.MANAGE_CYCLE: Reach.SUBTREE,
    Action.MARK_CYCLE: Reach.SUBTREE,
    Action.MANAGE_TEMPLATES: Reach.SUBTREE,
    Action.EDIT_BLUEPRINTS: Reach.SUBTREE,
    Action.VIEW_PEOPLE: Reach.SUBTREE,
    Action.MANAGE_ASSOCIATIONS: Reach.SUBTREE,
    Action.MANAGE_TEACHERS: Reach.SUBTREE,
    Action.EXPORT_PERSON: Reach.SELF,
}
_SCHOOL = {
    Action.VIEW: Reach.OWN_SCHOOL,
    Action.VIEW_PUPILS: Reach.OWN_SCHOOL,
    Action.UPLOAD: Reach.OWN_SCHOOL,
    Action.CONFIRM_FIELDS: Reach.OWN_SCHOOL,
    Action.MANAGE_DIAGNOSTICS: Reach.OWN_SCHOOL,
    Action.VIEW_DEFICITS: Reach.OWN_SCHOOL,
    Action.VIEW_PRACTICES: Reach.MUNICIPALITY,
    Action.OFFER_PRACTICES: Reach.OWN_SCHOOL,
    Action.DECIDE_PRACTICES: Reach.OWN_SCHOOL,
    Action.VIEW_RECOMMENDATIONS: Reach.OWN_SCHOOL,
    Action.EDIT_RECOMMENDATIONS: Reach.OWN_SCHOOL,
    Action.VIEW_ROADMAPS: Reach.OWN_SCHOOL,
    Action.EDIT_ROADMAPS: Reach.OWN_SCHOOL,
    Action.HOLD_MEETINGS: Reach.OWN_SCHOOL,
    Action.VIEW_HELP: Reach.OWN_SCHOOL,
    Action.MANAGE_HELP: Reach.OWN_SCHOOL,
    Action.VIEW_INDICATORS: Reach.OWN_SCHOOL,
    Action.ENTER_INDICATORS: Reach.OWN_SCHOOL,
    Action.MANAGE_INDICATORS: Reach.OWN_SCHOOL,
    Action.MANAGE_CYCLE: Reach.OWN_SCHOOL,
    Action.MARK_CYCLE: Reach.OWN_SCHOOL,
    Action.MANAGE_TEMPLATES: Reach.OWN_SCHOOL,
    Action.EDIT_BLUEPRINTS: Reach.OWN_SCHOOL,
    Action.VIEW_PEOPLE: Reach.OWN_SCHOOL,
    Action.MANAGE_ASSOCIATIONS: Reach.OWN_SCHOOL,
    Action.MANAGE_TEACHERS: Reach.OWN_SCHOOL,
    Action.EXPORT_PERSON: Reach.SELF,
}
_ONESELF = {
    Action.VIEW_PRACTICES: Reach.MUNICIPALITY,
    Action.OFFER_PRACTICES: Reach.SELF,
    Action.VIEW_PEOPLE: Reach.SELF,
    Action.VIEW_PERSONAL_DEFICITS: Reach.SELF,
    Action.VIEW_RECOMMENDATIONS: Reach.SELF,
    Action.ANSWER_RECOMMENDATIONS: Reach.SELF,
    Action.VIEW_ROADMAPS: Reach.SELF,
    Action.VIEW_HELP: Reach.SELF,
    Action.EXPORT_PERSON: Reach.SELF,
}

ACCESS: Mapping[Role, Mapping[Action, Reach]] = {
    Role.ADMINISTRATOR: {
        **_MUNICIPAL,
        Action.APPROVE_ROADMAPS: Reach.SUBTREE,
        Action.APPROVE_HELP: Reach.SUBTREE,
        Action.ACCEPT_INDICATORS: Reach.SUBTREE,
        Action.VIEW_PUPILS: Reach.OWN_SCHOOL,
        Action.EXPORT_PERSON: Reach.SUBTREE,
        Action.ERASE_PERSON: Reach.SUBTREE,
        Action.MANAGE_ACCOUNTS: Reach.SUBTREE,
        Action.VIEW_AUDIT: Reach.SUBTREE,
        Action.MANAGE_ORGANISATIONS: Reach.SUBTREE,
        Action.MANAGE: Reach.SUBTREE,
    },
    Role.MUNICIPAL_SPECIALIST: {
        **_MUNICIPAL,
        Action.APPROVE_ROADMAPS: Reach.SUBTREE,
        Action.APPROVE_HELP: Reach.SUBTREE,
        Action.ACCEPT_INDICATORS: Reach.SUBTREE,
        Action.VIEW_AUDIT: Reach.SUBTREE,
        Action.MANAGE_ORGANISATIONS: Reach.SUBTREE,
    },
    Role.MUNICIPAL_METHODIST: _MUNICIPAL,
    Role.DIRECTOR: {
        **_SCHOOL,
        Action.VIEW_PERSONAL_DEFICITS: Reach.OWN_SCHOOL,
        Action.ANSWER_RECOMMENDATIONS: Reach.OWN_SCHOOL,
        Action.APPROVE_ROADMAPS: Reach.OWN_SCHOOL,
        Action.APPROVE_HELP: Reach.OWN_SCHOOL,
        Action.EXPORT_PERSON: Reach.OWN_SCHOOL,
        Action.ERASE_PERSON: Reach.OWN_SCHOOL,
        Action.MANAGE_ACCOUNTS: Reach.OWN_SCHOOL,
        Action.VIEW_AUDIT: Reach.OWN_SCHOOL,
    },
    Role.SCHOOL_METHODIST: _SCHOOL,
    Role.ASSOCIATION_HEAD: {
        Action.VIEW: Reach.ASSOCIATION,
        Action.VIEW_PUPILS: Reach.ASSOCIATION,
        Action.UPLOAD: Reach.ASSOCIATION,
        Action.CONFIRM_FIELDS: Reach.ASSOCIATION,
        Action.MANAGE_DIAGNOSTICS: Reach.ASSOCIATION,
        Action.VIEW_DEFICITS: Reach.ASSOCIATION,
        Action.VIEW_PERSONAL_DEFICITS: Reach.ASSOCIATION,
        Action.VIEW_PRACTICES: Reach.MUNICIPALITY,
        Action.OFFER_PRACTICES: Reach.ASSOCIATION,
        Action.DECIDE_PRACTICES: Reach.ASSOCIATION,
        Action.VIEW_RECOMMENDATIONS: Reach.ASSOCIATION,
        Action.EDIT_RECOMMENDATIONS: Reach.ASSOCIATION,
        Action.ANSWER_RECOMMENDATIONS: Reach.ASSOCIATION,
        Action.VIEW_ROADMAPS: Reach.ASSOCIATION,
        Action.EDIT_ROADMAPS: Reach.ASSOCIATION,
        Action.HOLD_MEETINGS: Reach.ASSOCIATION,
        Action.MARK_CYCLE: Reach.ASSOCIATION,
        Action.VIEW_HELP: Reach.ASSOCIATION,
        Action.VIEW_PEOPLE: Reach.ASSOCIATION,
        Action.MANAGE_ASSOCIATIONS: Reach.ASSOCIATION,
        Action.EXPORT_PERSON: Reach.SELF,
    },
    Role.TEACHER: {
        Action.VIEW: Reach.OWN_CLASSES,
        Action.VIEW_PUPILS: Reach.OWN_CLASSES,
        Action.VIEW_DEFICITS: Reach.SELF,
        **_ONESELF,
    },
    Role.MENTOR: _ONESELF,
    Role.OBSERVER: {
        Action.EXPORT_PERSON: Reach.SELF,
        Action.VIEW: Reach.SUBTREE,
        Action.VIEW_DEFICITS: Reach.SUBTREE,
        Action.VIEW_PRACTICES: Reach.MUNICIPALITY,
        Action.VIEW_RECOMMENDATIONS: Reach.SUBTREE,
        Action.VIEW_ROADMAPS: Reach.SUBTREE,
        Action.VIEW_INDICATORS: Reach.SUBTREE,
        Action.VIEW_MUNICIPALITY: Reach.ABOVE_SCHOOLS,
    },
}
"""What a role may do, and how far. What is not here is not permitted.

Single participants and small groups are shown inside a school only: an administrator or a head of an association of
the whole municipality has no right to them through these roles.
"""

GRANTED_BY: Mapping[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.DIRECTOR: frozenset({Role.SCHOOL_METHODIST, Role.ASSOCIATION_HEAD, Role.TEACHER, Role.MENTOR, Role.OBSERVER}),
}
"""Which roles somebody with a role may give to others, inside their own organisation."""

SCHOOL_ROLES = frozenset({Role.DIRECTOR, Role.SCHOOL_METHODIST, Role.TEACHER})
"""Roles that make sense in a school only."""


FAR_REACHING = frozenset({Role.ADMINISTRATOR, Role.MUNICIPAL_SPECIALIST, Role.MUNICIPAL_METHODIST})
"""Roles that see many schools."""


@dataclass(frozen=True, slots=True)
class SignInRule:
    """How carefully somebody with a role has to sign in (security.md §2.3; NIST SP 800-63B-4 for the lengths)."""

    password_length: int
    """Fewest characters of a password."""
    idle: timedelta
    """An unused session ends after so long."""
    longest: timedelta
    """Every session ends after so long."""


_ORDINARY = SignInRule(12, timedelta(minutes=60), timedelta(hours=12))
_RESPONSIBLE = SignInRule(15, timedelta(minutes=60), timedelta(hours=12))
_FAR_REACHING = SignInRule(15, timedelta(minutes=30), timedelta(hours=8))

SIGN_IN: Mapping[Role, SignInRule] = {
    Role.ADMINISTRATOR: _FAR_REACHING,
    Role.MUNICIPAL_SPECIALIST: _FAR_REACHING,
    Role.MUNICIPAL_METHODIST: _FAR_REACHING,
    Role.DIRECTOR: _RESPONSIBLE,
    Role.SCHOOL_METHODIST: _RESPONSIBLE,
    Role.ASSOCIATION_HEAD: _ORDINARY,
    Role.TEACHER: _ORDINARY,
    Role.MENTOR: _ORDINARY,
    Role.OBSERVER: _ORDINARY,
}


def sign_in_rule(roles: frozenset[Role]) -> SignInRule:
    """Return the strictest rule of the roles; the ordinary one for somebody without any."""
    rules = [SIGN_IN[role] for role in roles] or [_ORDINARY]
    return SignInRule(
        max(rule.password_length for rule in rules),
        min(rule.idle for rule in rules),
        min(rule.longest for rule in rules),
    )


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One action in the table of the help: the words of each role's reach, «—» where it has no right."""

    action: Action
    reaches: tuple[str, ...]
    """In the order of `Role`."""


def access_table() -> list[AccessRow]:
    """Return who may do what, as it stands in the help; columns are the roles in the order of `Role`."""
    return [AccessRow(action, tuple(str(ACCESS[role].get(action, "—")) for role in Role)) for action in Action]
