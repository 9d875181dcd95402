"""From an official table to stored measures and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlmodel import Session

from core.errors import InvalidInput
from core.planning.access import id_of
from core.planning.indicators import read_indicator
from core.planning.official_table import TableRow, places_of
from core.planning.statuses import DONE_STATUSES, NOTE_REQUIRED, MeasureStatus
from core.planning.tables import IndicatorKind, Measure, MeasureKind, Roadmap
from core.planning.tree import Branch, flat

_MOST_ROWS = 2000


def store_rows(
    session: Session, roadmap: Roadmap, rows: Sequence[TableRow], deadline: Callable[[str], str] = lambda text: text
) -> tuple[list[Measure], list[str]]:
    """Store the rows of a table as measures of an empty roadmap; return them with what was noticed.

    `deadline` may change the texts of deadlines, for copies into other years. A row with rows below it is a group.
    """
    if len(rows) > _MOST_ROWS:
        raise InvalidInput(f"В таблице {len(rows)} строк, а помещается {_MOST_ROWS}.", "Разделите её на несколько.")
    places, notes = places_of(rows)
    parents = {place.parent for place in places if place.parent is not None}
    made: list[Measure] = []
    for index, (row, place) in enumerate(zip(rows, places, strict=True)):
        measure = _measure(roadmap, row, deadline(row.deadline), is_group=index in parents)
        measure.parent_id = id_of(made[place.parent]) if place.parent is not None else None
        measure.position = float(place.position)
        session.add(measure)
        if index in parents:
            session.flush()
        made.append(measure)
    session.flush()
    return made, notes


def table_rows(branches: Iterable[Branch[Measure]]) -> list[TableRow]:
    """Return the stored measures as the rows of the official table, from top to bottom."""
    return [_table_row(branch) for branch in flat(branches)]


def _measure(roadmap: Roadmap, row: TableRow, deadline: str, *, is_group: bool) -> Measure:
    understood = read_indicator(row.indicator)
    status, note = row.status or MeasureStatus.PLANNED, row.status_note
    if status in NOTE_REQUIRED and not note:
        note = "Примечание в таблице не указано."
    return Measure(
        organisation_id=roadmap.organisation_id,
        roadmap_id=id_of(roadmap),
        kind=row.kind or (MeasureKind.GROUP if is_group else MeasureKind.MEASURE),
        title=row.title,
        deadline_text=deadline[:500],
        indicator=row.indicator,
        indicator_kind=row.indicator_kind or (IndicatorKind.NUMBER if row.target is not None else understood.kind),
        target=row.target if row.target is not None else understood.target,
        unit=row.unit or understood.unit,
        value=row.value,
        expected_result=row.expected_result,
        owner_post=row.owner[:500],
        co_owners=row.co_owners[:1000],
        weight=1.0 if row.weight is None else row.weight,
        status=status,
        status_note=note[:2000],
        progress=100 if status in DONE_STATUSES else row.progress or 0,
        done_on=row.done_on,
    )


def _table_row(branch: Branch[Measure]) -> TableRow:
    row = branch.row
    return TableRow(
        number=branch.number, title=row.title, deadline=row.deadline_text, indicator=row.indicator,
        owner=row.owner_post, expected_result=row.expected_result, kind=row.kind, status=row.status,
        status_note=row.status_note, progress=row.progress, done_on=row.done_on, indicator_kind=row.indicator_kind,
        target=row.target, unit=row.unit, value=row.value, weight=row.weight, co_owners=row.co_owners,
    )
