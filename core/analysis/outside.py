"""Whether figures of a work may be told to people outside the school: in texts, plans, frozen numbers."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from core.analysis.elements import Kind, group_items
from core.analysis.loading import load_work
from core.analysis.work import Work
from core.errors import NotFound
from core.people.scope import Scope


class Outside:
    """What somebody may see who owns no school and sees all other figures; every work is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._works: dict[int, Work | None] = {}

    def is_shown(self, assessment_id: int, unit_key: str, kind: Kind, key_name: str) -> bool:
        """Say whether the result of a unit on a key may be told.

        Also True for what is not there any more: nothing is shown then that it could be subtracted from.
        """
        work = self._work(assessment_id)
        unit = work.unit(unit_key) if work is not None else None
        if work is None or unit is None:
            return True
        key = next((one for one in group_items(work.items, (kind,)).keys if one.name == key_name), None)
        return key is None or not work.suppression.of_key(unit.classes, key)

    def _work(self, assessment_id: int) -> Work | None:
        if assessment_id not in self._works:
            try:
                work = load_work(self._session, Scope.local_administrator(), assessment_id)
            except NotFound:
                self._works[assessment_id] = None
            else:
                strange = tuple(replace(part, owned=False) for part in work.classes)
                self._works[assessment_id] = replace(work, classes=strange)
        return self._works[assessment_id]
