"""What a scope shows of classes, asked once for all classes that no role tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from core.intake.class_heads import ClassHead
from core.intake.tables import Assessment
from core.people.grants import TaughtClass
from core.people.scope import Scope


@lru_cache(maxsize=64)
def rights_of(scope: Scope) -> ClassRights:
    """Return the rights of a scope over classes, asked once for each school and subject."""
    return ClassRights(scope)


class ClassRights:
    """The rights of one scope over the classes of works."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._tells_classes_apart = scope.classes is not None or any(one.classes is not None for one in scope.grants)
        self._owned: dict[tuple[int, str], bool] = {}
        self._seen: dict[tuple[int, str], bool] = {}

    def owned(self, work: Assessment, classes: Sequence[ClassHead]) -> tuple[bool, ...]:
        """Say of each class whether small groups and single participants may be shown."""
        subject, grade, year = work.subject, work.grade or 0, work.year
        if self._tells_classes_apart:
            taught = (TaughtClass(one.school_id, grade, one.class_name, subject, year) for one in classes)
            return tuple(self._scope.owns_class(one) for one in taught)
        of_school = {school_id: self._is_owned(school_id, subject) for school_id in {one.school_id for one in classes}}
        return tuple(of_school[one.school_id] for one in classes)

    def seen(self, work: Assessment, schools: Iterable[int]) -> tuple[bool, ...]:
        """Say of each school whether all its results in the subject may be seen."""
        subject = work.subject
        return tuple(self._is_seen(school_id, subject) for school_id in schools)

    def _is_owned(self, school_id: int, subject: str) -> bool:
        key = school_id, subject
        if key not in self._owned:
            self._owned[key] = self._scope.owns_class(TaughtClass(school_id, 0, "", subject, 0))
        return self._owned[key]

    def _is_seen(self, school_id: int, subject: str) -> bool:
        key = school_id, subject
        if key not in self._seen:
            self._seen[key] = self._scope.sees_results(school_id, subject)
        return self._seen[key]
