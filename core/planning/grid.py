"""The grid of a roadmap: numbers and persons as people read and type them, saved as what is stored.

A grid shows a row's official number and the name of its owner. Both can be typed: another number moves the row, a
name chooses a teacher or an account. Everything of one save is stored together or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.editing import save_measures
from core.planning.measures import MeasureRow, numbers_of
from core.planning.moving import move_to_number
from core.planning.owners import Candidate, list_candidates
from core.planning.tables import Measure
from core.store.edits import CellConflict, CellEdit, CellRefusal, EditOutcome
from core.store.grid_changes import GridChanges
from core.store.history import last_change

NUMBER, OWNER = "number", "owner"
_PERSON = ("owner_teacher_id", "owner_account_id")
_Key = tuple[int | None, int | None]


def owner_labels(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """Return the people who can answer for measures by a name that each has alone."""
    counts = Counter(one.name for one in candidates)
    seen: Counter[str] = Counter()
    found: dict[str, Candidate] = {}
    for one in candidates:
        seen[one.name] += 1
        found[f"{one.name} ({seen[one.name]})" if counts[one.name] > 1 else one.name] = one
    return found


def owner_of_row(row: MeasureRow, labels: Mapping[str, Candidate]) -> str:
    """Return the label of the person who answers for a row; the bare name of somebody who has left, "" for nobody."""
    key = (row.owner_teacher_id, row.owner_account_id)
    if key == (None, None):
        return ""
    return next((label for label, one in labels.items() if (one.teacher_id, one.account_id) == key), row.owner_name)


def save_grid(session: Session, scope: Scope, roadmap_id: int, changes: GridChanges) -> EditOutcome:
    """Save what was typed into the grid: «number» moves rows, «owner» is a label of `owner_labels`.

    Refusals and conflicts name the columns of the grid. Raises as `save_measures` does.
    """
    fields = {edit.field for edit in changes.edits} | {name for row in changes.added for name in row}
    labels = owner_labels(list_candidates(session, scope, roadmap_id)) if OWNER in fields else {}
    attempt = session.begin_nested()
    moves = [edit for edit in changes.edits if edit.field == NUMBER]
    cells = [edit for edit in changes.edits if edit.field not in (NUMBER, OWNER)]
    refused: list[CellRefusal] = []
    for edit in changes.edits:
        if edit.field == OWNER:
            try:
                cells += _person_edits(labels, edit)
            except InvalidInput as error:
                refused.append(CellRefusal(edit.row_id, OWNER, edit.value, error))
    added: list[dict[str, object]] = []
    for place, row in enumerate(changes.added):
        try:
            added.append(_new_row(labels, row))
        except InvalidInput as error:
            refused.append(CellRefusal(-1 - place, OWNER, row.get(OWNER), error))
    # A row that is moved gets a new version; its cells are compared by their values then.
    moved, not_moved, blocked = _move(session, scope, roadmap_id, moves)
    refused += not_moved
    if refused:
        attempt.rollback()
        return EditOutcome(refused=refused)
    outcome = save_measures(session, scope, roadmap_id, GridChanges(cells, added, changes.deleted))
    if outcome.refused:
        attempt.rollback()
        return replace(outcome, refused=[_shown(cell) for cell in outcome.refused])
    attempt.commit()
    return replace(
        outcome,
        conflicts=[*blocked, *(_told(session, labels, one, changes) for one in _once(outcome.conflicts))],
        versions=moved | outcome.versions,
    )


def _move(
    session: Session, scope: Scope, roadmap_id: int, moves: Sequence[CellEdit]
) -> tuple[dict[int, int], list[CellRefusal], list[CellConflict]]:
    """Move rows one after the other; return new versions, refusals, and rows that somebody else moved or deleted."""
    versions: dict[int, int] = {}
    refused: list[CellRefusal] = []
    blocked: list[CellConflict] = []
    for edit in moves:
        row = session.get(Measure, edit.row_id)
        if row is None or row.roadmap_id != roadmap_id:
            raise NotFound("Строка таблицы")
        overtaken = _overtaken(session, row, edit)
        if overtaken is not None:
            blocked.append(overtaken)
            continue
        try:
            move_to_number(session, scope, roadmap_id, edit.row_id, str(edit.value or ""), row.version)
        except InvalidInput as error:
            refused.append(CellRefusal(edit.row_id, NUMBER, edit.value, error))
            continue
        versions[edit.row_id] = session.get_one(Measure, edit.row_id).version
    return versions, refused, blocked


def _overtaken(session: Session, row: Measure, edit: CellEdit) -> CellConflict | None:
    """Return the conflict when somebody else deleted or changed the row and it stands elsewhere now; else None.

    The numbers of rows that nobody touched change with their neighbours; that is no conflict.
    """
    is_gone = row.deleted_at is not None
    now = "" if is_gone else numbers_of(session, row.roadmap_id)[edit.row_id]
    if not is_gone and (row.version == edit.version_seen or now == edit.value_seen):
        return None
    entry = last_change(session, str(Measure.__tablename__), edit.row_id)
    return CellConflict(
        edit.row_id, NUMBER, edit.value, None if is_gone else now, entry.actor if entry else "",
        entry.at if entry else None, row.version, is_gone,
    )


def _person_edits(labels: Mapping[str, Candidate], edit: CellEdit) -> list[CellEdit]:
    """Return the edits of both columns that name a person."""
    chosen, seen = _key_of(labels, edit.value), _key_of(labels, edit.value_seen, strict=False)
    return [
        replace(edit, field=field, value=value, value_seen=value_seen)
        for field, value, value_seen in zip(_PERSON, chosen, seen, strict=True)
        if value != value_seen
    ]


def _new_row(labels: Mapping[str, Candidate], row: Mapping[str, object]) -> dict[str, object]:
    cells = {name: value for name, value in row.items() if name not in (NUMBER, OWNER) and value is not None}
    cells.setdefault("title", None)
    if row.get(OWNER):
        cells |= {
            field: value
            for field, value in zip(_PERSON, _key_of(labels, row[OWNER]), strict=True)
            if value is not None
        }
    return cells


def _key_of(labels: Mapping[str, Candidate], value: object, *, strict: bool = True) -> _Key:
    """Return ids of teacher and account for a label. Raises InvalidInput for somebody who cannot answer any more."""
    if value is None or value == "":
        return None, None
    known = labels.get(str(value))
    if known is None:
        if not strict:
            return None, None
        raise InvalidInput(
            f"«{value}» больше не работает в организации или удалён.", "Выберите другого или оставьте только должность."
        )
    return known.teacher_id, None if known.teacher_id is not None else known.account_id


def _shown(cell: CellRefusal) -> CellRefusal:
    return replace(cell, field=OWNER) if cell.field in _PERSON else cell


def _once(conflicts: Sequence[CellConflict]) -> list[CellConflict]:
    """Return the conflicts, one only where both columns of a person are concerned."""
    seen: set[int] = set()
    found: list[CellConflict] = []
    for one in conflicts:
        if one.field in _PERSON:
            if one.row_id in seen:
                continue
            seen.add(one.row_id)
        found.append(one)
    return found


def _told(
    session: Session, labels: Mapping[str, Candidate], conflict: CellConflict, changes: GridChanges
) -> CellConflict:
    """Return a conflict with the names that the grid shows instead of ids."""
    if conflict.field not in _PERSON:
        return conflict
    typed = next(edit for edit in changes.edits if edit.field == OWNER and edit.row_id == conflict.row_id)
    row = session.get_one(Measure, conflict.row_id)
    key = (row.owner_teacher_id, row.owner_account_id)
    now = next((label for label, one in labels.items() if (one.teacher_id, one.account_id) == key), "")
    return replace(conflict, field=OWNER, mine=typed.value, theirs=now)
