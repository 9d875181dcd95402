"""Moving measures: by number, one place up or down, one level in or out. Numbers follow by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from sqlmodel import Session

from core.errors import EditConflict, InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.access import changeable_roadmap, id_of
from core.planning.editions import note_content_change
from core.planning.measures import measures_of, numbers_of, tree_of
from core.planning.tables import Measure
from core.planning.tree import Branch, flat, is_too_close, position_between, require_no_circle

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_DEEPEST = 8


class Step(StrEnum):
    """Buttons beside a row."""

    UP = "выше"
    DOWN = "ниже"
    IN = "вложить в предыдущий"
    OUT = "вынести на уровень выше"


def move_to_number(
    session: Session, scope: Scope, roadmap_id: int, measure_id: int, number: str, version_seen: int
) -> dict[int, str]:
    """Put a row, with everything below it, at an official number; return the new numbers of all rows by id.

    The row that had the number and those after it move one place on; a number behind the last one is the end. Raises
    InvalidInput for a number that cannot be and for circular nesting, EditConflict when somebody moved or changed the
    row meanwhile.
    """
    moved = _Move(session, scope, roadmap_id, measure_id, version_seen)
    wanted = number.strip().rstrip(".")
    if not _NUMBER.fullmatch(wanted):
        raise InvalidInput(f"«{number}» не похоже на номер пункта.", "Введите номер так: 5.1.2.")
    *above, place = (int(part) for part in wanted.split("."))
    parent = moved.branch_at(above) if above else None
    if above and parent is None:
        shown = ".".join(map(str, above))
        raise InvalidInput(f"Пункта {shown} нет, поэтому пункт {wanted} поставить некуда.", "Выберите другой номер.")
    if place < 1:
        raise InvalidInput("Номера начинаются с единицы.", "Введите номер так: 5.1.2.")
    siblings = [branch.row for branch in (parent.children if parent else moved.top)]
    return moved.put(parent, [row for row in siblings if row.id != measure_id], place - 1)


def move_step(
    session: Session, scope: Scope, roadmap_id: int, measure_id: int, step: Step, version_seen: int
) -> dict[int, str]:
    """Move a row one place or one level; return the new numbers of all rows by id.

    Where there is no way to go on, nothing changes. Raises as `move_to_number` does.
    """
    moved = _Move(session, scope, roadmap_id, measure_id, version_seen)
    parent, siblings = moved.parent, moved.siblings
    place = [row.id for row in siblings].index(measure_id)
    others = [row for row in siblings if row.id != measure_id]
    match step:
        case Step.UP if place > 0:
            return moved.put(parent, others, place - 1)
        case Step.DOWN if place < len(others):
            return moved.put(parent, others, place + 1)
        case Step.IN if place > 0:
            target = moved.branches[id_of(siblings[place - 1])]
            return moved.put(target, [branch.row for branch in target.children], len(target.children))
        case Step.OUT if parent is not None:
            above = moved.parent_of(parent.row)
            around = [branch.row for branch in (above.children if above else moved.top)]
            return moved.put(above, around, [row.id for row in around].index(parent.row.id) + 1)
    return moved.numbers()


class _Move:
    """One row that is being moved, among the rows of its roadmap."""

    def __init__(self, session: Session, scope: Scope, roadmap_id: int, measure_id: int, version_seen: int) -> None:
        self._session, self._scope, self._version_seen = session, scope, version_seen
        self._roadmap = changeable_roadmap(session, scope, roadmap_id)
        self.top = tree_of(session, roadmap_id)
        self.branches: dict[int, Branch[Measure]] = {id_of(branch.row): branch for branch in flat(self.top)}
        if measure_id not in self.branches:
            raise NotFound("Мероприятие")
        self._branch = self.branches[measure_id]
        self._row = self._branch.row

    @property
    def parent(self) -> Branch[Measure] | None:
        """Return the branch above the row."""
        return self.parent_of(self._row)

    @property
    def siblings(self) -> list[Measure]:
        """Return the row and its siblings in order."""
        parent = self.parent
        return [branch.row for branch in (parent.children if parent else self.top)]

    def parent_of(self, row: Measure) -> Branch[Measure] | None:
        """Return the branch above a row."""
        return self.branches.get(row.parent_id) if row.parent_id is not None else None

    def branch_at(self, numbers: Sequence[int]) -> Branch[Measure] | None:
        """Return the branch with an official number."""
        wanted = ".".join(map(str, numbers))
        return next((branch for branch in self.branches.values() if branch.number == wanted), None)

    def numbers(self) -> dict[int, str]:
        """Return the official numbers as they stand now."""
        self._session.flush()
        return numbers_of(self._session, self._row.roadmap_id)

    def put(self, parent: Branch[Measure] | None, others: Sequence[Measure], place: int) -> dict[int, str]:
        """Put the row below the parent, among its other rows, at a place counted from 0."""
        if self._row.version != self._version_seen:
            raise EditConflict(
                f"Пункт {self._branch.number} тем временем изменил кто-то другой.",
                "Посмотрите, где он стоит, и переместите ещё раз.",
            )
        parent_id = parent.row.id if parent else None
        rows = measures_of(self._session, self._row.roadmap_id)
        require_no_circle(rows, id_of(self._row), parent_id, self._branch.number, parent.number if parent else "")
        depth = parent.depth + 1 if parent else 0
        if depth + _height(self._branch) > _DEEPEST:
            raise InvalidInput(f"Вложенность больше {_DEEPEST} уровней не допускается.", "Выберите раздел выше.")
        place = min(place, len(others))
        before = others[place - 1].position if place > 0 else None
        after = others[place].position if place < len(others) else None
        if is_too_close(before, after):
            for number, row in enumerate(others, start=1):
                row.position = float(number if number <= place else number + 1)
                self._session.add(row)
            before, after = float(place), float(place + 2)
        self._row.parent_id, self._row.position = parent_id, position_between(before, after)
        self._session.add(self._row)
        note_content_change(self._session, self._scope, self._roadmap)
        return self.numbers()


def _height(branch: Branch[Measure]) -> int:
    """Return how many levels a branch has, itself included."""
    return 1 + max((_height(child) for child in branch.children), default=0)
