"""Changes of a grid applied to the rows of a part of a model: nothing of others is overwritten. Pure over JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from core.cycle.model_content import NUMBER, Content, Row, replace_rows, rows_of
from core.cycle.model_parts import POSITION, PartField, cells, fields_of, fit_tables, new_row, put
from core.errors import InvalidInput, QualityError
from core.store.comparing import same_cell
from core.store.edit_outcome import CellConflict, CellEdit, CellRefusal, EditOutcome
from core.store.grid_changes import GridChanges


@dataclass(frozen=True, slots=True)
class LastChange:
    """The version of the model as it is stored, and who changed it last."""

    version: int
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of a part as it is shown: number, place from 1, cells by field."""

    number: int
    position: int
    cells: dict[str, object]

    @property
    def values(self) -> dict[str, object]:
        """Return the cells with the position."""
        return {POSITION: float(self.position), **self.cells}


def part_rows(content: Content, path: str) -> list[PartRow]:
    """Return the rows of a part in their order."""
    fields = fields_of(content, path)
    return [
        PartRow(cast("int", row[NUMBER]), place, cells(row, fields))
        for place, row in enumerate(rows_of(content, path), start=1)
    ]


def change_part(content: Content, path: str, changes: GridChanges, stored: LastChange) -> EditOutcome:
    """Change the rows of a part in place and say what became of each change; while one is refused, change nothing.

    Raises InvalidInput for a field or part that there is not.
    """
    fields = {one.name: one for one in fields_of(content, path)}
    for name in (*(edit.field for edit in changes.edits), *(name for row in changes.added for name in row)):
        if name != POSITION and name not in fields:
            raise InvalidInput("Такого столбца в таблице нет, поэтому ничего не сохранено.", "Обновите страницу.")
    rows = [dict(row) | ({"cells": list(cast("list[object]", row["cells"]))} if "cells" in row else {})
            for row in rows_of(content, path)]
    work = _Part(cast("list[Row]", rows), fields, path, stored)
    outcome = work.changed(changes)
    if not outcome.refused:
        replace_rows(content, path, work.ordered())
        fit_tables(content)
    return outcome


class _Part:
    """Rows of a part while changes are applied to a copy of them."""

    def __init__(self, rows: list[Row], fields: dict[str, PartField], path: str, stored: LastChange) -> None:
        self._rows, self._fields, self._path, self._stored = rows, fields, path, stored
        self._places = {cast("int", row[NUMBER]): float(place) for place, row in enumerate(rows, start=1)}
        self._new: list[tuple[float, Row]] = []

    def changed(self, changes: GridChanges) -> EditOutcome:
        outcome = EditOutcome()
        self._delete(changes, outcome)
        for edit in changes.edits:
            self._edit(edit, outcome)
        for number, typed in enumerate(changes.added):
            self._add(number, typed, outcome)
        return EditOutcome(refused=outcome.refused) if outcome.refused else outcome

    def ordered(self) -> Sequence[Row]:
        """Return the rows by their places; equal places keep the order in which they stood."""
        placed = [(self._places[cast("int", row[NUMBER])], row) for row in self._rows]
        return [row for _place, row in sorted([*placed, *self._new], key=lambda one: one[0])]

    def _delete(self, changes: GridChanges, outcome: EditOutcome) -> None:
        for one in changes.deleted:
            row = self._row(one.row_id)
            if row is None:
                continue
            if one.version_seen != self._stored.version:
                outcome.conflicts.append(self._conflict(CellEdit(one.row_id, 0, "", None, None), None, of_row=True))
                continue
            self._rows.remove(row)
            outcome.versions[one.row_id] = self._stored.version + 1

    def _edit(self, edit: CellEdit, outcome: EditOutcome) -> None:
        row = self._row(edit.row_id)
        if row is None:
            outcome.conflicts.append(self._conflict(edit, None, is_gone=True))
            return
        try:
            if edit.field == POSITION:
                self._places[edit.row_id] = _place(edit.value, edit.row_id, self._places[edit.row_id])
            else:
                field = self._fields[edit.field]
                now = cells(row, (field,))[edit.field]
                if edit.version_seen != self._stored.version and not same_cell(now, edit.value_seen):
                    if not same_cell(now, edit.value):
                        outcome.conflicts.append(self._conflict(edit, now))
                    return
                put(row, field, edit.value)
        except QualityError as error:
            outcome.refused.append(CellRefusal(edit.row_id, edit.field, edit.value, error))
            return
        outcome.saved.append(edit)
        outcome.versions[edit.row_id] = self._stored.version + 1

    def _add(self, number: int, typed: dict[str, object], outcome: EditOutcome) -> None:
        row = new_row(self._path, tuple(self._fields.values()))
        place = float(len(self._rows) + number + 1)
        for name, value in typed.items():
            try:
                if name == POSITION:
                    place = _place(value, 0, place)
                else:
                    put(row, self._fields[name], value)
            except QualityError as error:
                outcome.refused.append(CellRefusal(-1 - number, name, value, error))
        self._new.append((place, row))
        outcome.versions[-1 - number] = self._stored.version + 1

    def _row(self, number: int) -> Row | None:
        return next((one for one in self._rows if one[NUMBER] == number), None)

    def _conflict(self, edit: CellEdit, now: object, *, is_gone: bool = False, of_row: bool = False) -> CellConflict:
        return CellConflict(
            edit.row_id, None if of_row else edit.field, edit.value, now, self._stored.who, self._stored.when,
            self._stored.version, is_gone,
        )


def _place(value: object, number: int, before: float) -> float:
    """Return where a row is to stand; moving down it stands after the row that has the place, else before it."""
    if value is None:
        return before
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1000:
        raise InvalidInput(f"Порядок «{value}» – не число от 1.", "Напишите, каким по счёту строка должна стоять.")
    wanted = float(value)
    if wanted == before:
        return wanted
    return wanted + 0.5 if number and wanted > before else wanted - 0.5
