"""Cells, new rows and deleted rows of a roadmap, saved together; nobody's change is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.access import changeable_roadmap, id_of, updatable_measure
from core.planning.editions import CONTENT_FIELDS, note_content_change
from core.planning.measure_values import EDITABLE, UPDATABLE, Surroundings, measure_value, settle, understand_indicator
from core.planning.measures import measures_of
from core.planning.owners import working_accounts, working_teachers
from core.planning.periods import period_of
from core.planning.tables import Measure, Roadmap
from core.planning.tree import ids_below, position_between
from core.store.edits import CellEdit, EditOutcome, RowDelete, apply_edits, delete_rows, insert_rows, restore_rows
from core.store.grid_changes import GridChanges, save_together

_MOST_ROWS = 2000
_FOLLOWED = {"status", "progress", "deadline_text", "indicator", "target"}
"""Columns after whose change other columns of the row are set."""
_PERSONS = {"owner_teacher_id", "owner_account_id", "co_owner_teacher_ids"}


def save_measures(session: Session, scope: Scope, roadmap_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of a roadmap.

    A new row may hold "parent_id" and "after_id" (a sibling); without them it stands last at the top. Cells that
    somebody else changed meanwhile come back as conflicts, cells against the rules as refusals (then nothing is saved).
    A change of content of an agreed or approved roadmap begins a new edition.
    """
    roadmap = changeable_roadmap(session, scope, roadmap_id)
    around = _surroundings(session, roadmap, changes)
    outcome = save_together(
        session,
        changes,
        edit=partial(_edit, session, roadmap, around, EDITABLE),
        add=partial(_add, session, roadmap, around),
        delete=partial(_delete, session, roadmap),
    )
    if outcome.refused:
        return outcome
    touched = changes.added or changes.deleted or any(edit.field in CONTENT_FIELDS for edit in outcome.saved)
    if touched:
        note_content_change(session, scope, roadmap)
    return outcome


def save_own_measure(session: Session, scope: Scope, measure_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save status, note, progress, day and reached value of one measure by its owner (or who edits the roadmap)."""
    roadmap, _measure = updatable_measure(session, scope, measure_id)
    if any(edit.row_id != measure_id for edit in edits):
        raise NotFound("Мероприятие")
    return _edit(session, roadmap, _surroundings(session, roadmap, GridChanges(list(edits))), UPDATABLE, edits)


def restore_measures(session: Session, scope: Scope, roadmap_id: int, measure_ids: Iterable[int]) -> EditOutcome:
    """Bring deleted rows back where they stood; below a row that is still deleted they come up to the top."""
    roadmap = changeable_roadmap(session, scope, roadmap_id)
    outcome = restore_rows(session, Measure, measure_ids, col(Measure.roadmap_id) == roadmap_id)
    if outcome.versions:
        note_content_change(session, scope, roadmap)
    return outcome


def list_deleted(session: Session, scope: Scope, roadmap_id: int) -> list[Measure]:
    """Return the deleted rows of a roadmap, the latest first."""
    changeable_roadmap(session, scope, roadmap_id)
    query = select(Measure).where(Measure.roadmap_id == roadmap_id, col(Measure.deleted_at).is_not(None))
    return list(session.exec(query.order_by(col(Measure.deleted_at).desc())))


def _edit(
    session: Session, roadmap: Roadmap, around: Surroundings, allowed: Sequence[str], edits: Sequence[CellEdit]
) -> EditOutcome:
    # A note is checked against the status beside it, so it is stored first.
    ordered = sorted(edits, key=lambda edit: edit.field != "status_note")
    former = _deadlines(session, edits)
    outcome = apply_edits(
        session, Measure, ordered, allowed, partial(measure_value, around), col(Measure.roadmap_id) == roadmap.id
    )
    if outcome.refused:
        return outcome
    for row_id in {edit.row_id for edit in outcome.saved if edit.field in _FOLLOWED}:
        row = session.get_one(Measure, row_id)
        changed = {edit.field for edit in outcome.saved if edit.row_id == row_id}
        if changed & {"status", "progress"}:
            settle(row, around.today, changed)
        understand_indicator(row, changed)
        if "deadline_text" in changed and former.get(row_id) != row.deadline_text:
            row.deadline_written_on = around.today
            row.former_deadline = former.get(row_id) or ""
        session.add(row)
        session.flush()
        outcome.versions[row_id] = row.version
    return outcome


def _deadlines(session: Session, edits: Sequence[CellEdit]) -> dict[int, str]:
    """Return the deadlines that stand now in the rows whose deadline is edited."""
    ids = {edit.row_id for edit in edits if edit.field == "deadline_text"}
    if not ids:
        return {}
    return {id_of(row): row.deadline_text for row in session.exec(select(Measure).where(col(Measure.id).in_(ids)))}


def _add(
    session: Session, roadmap: Roadmap, around: Surroundings, rows: Sequence[Mapping[str, object]]
) -> EditOutcome:
    if not rows:
        return EditOutcome()
    known = measures_of(session, id_of(roadmap))
    if len(known) + len(rows) > _MOST_ROWS:
        raise InvalidInput(f"В дорожной карте помещается {_MOST_ROWS} строк.", "Разделите её на несколько.")
    outcome = EditOutcome()
    for number, cells in enumerate(rows):
        typed = dict(cells)
        parent_id, position = _place(known, typed.pop("parent_id", None), typed.pop("after_id", None))
        fixed = {
            "roadmap_id": roadmap.id, "organisation_id": roadmap.organisation_id, "parent_id": parent_id,
            "position": position, "deadline_written_on": around.today,
        }
        notes = {0: typed.get("status_note")}
        own = replace(around, notes=notes, statuses={0: typed.get("status")} if typed.get("status") else {})
        one = insert_rows(session, Measure, [typed], EDITABLE, partial(measure_value, own), fixed)
        outcome.refused.extend(replace(cell, row=number) for cell in one.refused)
        outcome.versions.update(one.versions)
        for row_id in one.versions:
            row = session.get_one(Measure, row_id)
            settle(row, around.today, typed)
            understand_indicator(row, typed)
            known.append(row)
    session.flush()
    outcome.versions.update({row_id: session.get_one(Measure, row_id).version for row_id in outcome.versions})
    return outcome


def _place(known: Sequence[Measure], parent: object, after: object) -> tuple[int | None, float]:
    """Return parent and position of a new row; raise NotFound for rows that are not there."""
    by_id = {row.id: row for row in known}
    if isinstance(after, int):
        sibling = by_id.get(after)
        if sibling is None:
            raise NotFound("Строка таблицы")
        return sibling.parent_id, _position_after(known, sibling)
    if parent is not None and parent not in by_id:
        raise NotFound("Строка таблицы")
    parent_id = parent if isinstance(parent, int) else None
    last = max((row.position for row in known if row.parent_id == parent_id), default=None)
    return parent_id, position_between(last, None)


def _position_after(known: Sequence[Measure], sibling: Measure) -> float:
    following = [row.position for row in known if row.parent_id == sibling.parent_id]
    return position_between(sibling.position, min((one for one in following if one > sibling.position), default=None))


def _delete(session: Session, roadmap: Roadmap, deletes: Sequence[RowDelete]) -> EditOutcome:
    """Delete rows with everything below them; what is below is taken as it stands."""
    if not deletes:
        return EditOutcome()
    outcome = delete_rows(session, Measure, deletes, col(Measure.roadmap_id) == roadmap.id)
    known = measures_of(session, id_of(roadmap))
    gone = {one.row_id for one in deletes} & set(outcome.versions)
    everything = [*known, *(session.get_one(Measure, row_id) for row_id in gone)]
    below = {row_id for one in gone for row_id in ids_below(everything, one)}
    more = [RowDelete(id_of(row), row.version) for row in known if row.id in below]
    outcome.versions.update(delete_rows(session, Measure, more).versions)
    return outcome


def _surroundings(session: Session, roadmap: Roadmap, changes: GridChanges) -> Surroundings:
    """Gather what cells are checked against; people are asked for only when an owner is chosen."""
    fields = {edit.field for edit in changes.edits} | {name for row in changes.added for name in row}
    today = date.today()
    needs_people = bool(fields & _PERSONS)
    return Surroundings(
        period=period_of(roadmap),
        teachers=working_teachers(session, roadmap.organisation_id, today) if needs_people else frozenset(),
        accounts=working_accounts(session, roadmap.organisation_id, today) if needs_people else frozenset(),
        notes={edit.row_id: edit.value for edit in changes.edits if edit.field == "status_note"},
        statuses={edit.row_id: edit.value for edit in changes.edits if edit.field == "status"},
        today=today,
    )
