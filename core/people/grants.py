"""Grants: one role of one person, worked out into organisations, subjects, classes, persons and actions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.people.actions import Action


class TaughtClass(NamedTuple):
    """A class in which somebody teaches a subject in an academic year.

    `letter` is the class without its grade («А»); `year` is the spring in which the academic year ends.
    """

    school_id: int
    grade: int
    letter: str
    subject: str
    year: int


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role permits. `None` for a set means «without limit»; all limits of one grant hold together.

    Rights of several grants add up, but never mix: the subjects of one do not widen the organisations of another.
    `own_schools` are those where small groups and single participants may be shown; `persons` are ids of teachers.
    """

    actions: frozenset[Action]
    organisations: frozenset[int] | None
    own_schools: frozenset[int] | None = frozenset()
    subjects: frozenset[str] | None = None
    classes: frozenset[TaughtClass] | None = None
    persons: frozenset[int] | None = None
    associations: frozenset[int] | None = None

    @property
    def text(self) -> str:
        """Return the grant as a text that is equal for equal grants only."""
        parts: tuple[Iterable[object] | None, ...] = (
            self.actions,
            self.organisations,
            self.own_schools,
            self.subjects,
            self.classes,
            self.persons,
            self.associations,
        )
        return "|".join("*" if part is None else repr(sorted(map(repr, part))) for part in parts)

    def covers(self, organisation_id: int, subject: str) -> bool:
        """Say whether the organisation and the subject lie inside both limits."""
        return (self.organisations is None or organisation_id in self.organisations) and (
            self.subjects is None or subject in self.subjects
        )

    def covers_class(self, taught: TaughtClass) -> bool:
        """Say whether results of the class in the subject and year lie inside the grant."""
        return taught in self.classes if self.classes is not None else self.covers(taught.school_id, taught.subject)

    def with_child(self, parent_id: int, child_id: int) -> Grant:
        """Return the grant with a new organisation inside, if its parent is inside."""
        if self.organisations is None or parent_id not in self.organisations or self.classes is not None:
            return self
        own = self.own_schools
        if own is not None and parent_id in own:
            own = own | {child_id}
        return replace(self, organisations=self.organisations | {child_id}, own_schools=own)


def key_of(texts: Iterable[str]) -> str:
    """Return a short stable key of texts, whatever their order."""
    return hashlib.blake2b("\n".join(sorted(set(texts))).encode(), digest_size=12).hexdigest()


def union_of(sets: Iterable[frozenset[int] | None]) -> frozenset[int] | None:
    """Return the union of sets of ids; None (no limit) when one of them has no limit."""
    found: frozenset[int] = frozenset()
    for part in sets:
        if part is None:
            return None
        found |= part
    return found


def union_of_subjects(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Return the union of sets of subjects; None (no limit) when one of them has no limit."""
    found: frozenset[str] = frozenset()
    for part in sets:
        if part is None:
            return None
        found |= part
    return found
