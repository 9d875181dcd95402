"""Instruments and competences made and changed by people: create, copy, change, delete and restore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from core.blueprints.tables import Origin
from core.diagnostics.cell_values import enum_value, subject_value, text_value
from core.diagnostics.contract import InstrumentView
from core.diagnostics.defaults import DEFAULT_LEVELS
from core.diagnostics.instrument_tables import (
    Competence,
    CompetenceBlock,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentKind,
    InstrumentLevel,
)
from core.diagnostics.loading import instrument_view
from core.errors import InvalidInput, NotFound
from core.people.ownership import may_read, new_owner, readable, require_change
from core.people.scope import Action, Scope
from core.store.base import utc_now
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes

INSTRUMENT_FIELDS: Final = frozenset({"name", "subject", "source"})
COMPETENCE_FIELDS: Final = frozenset({"block", "name", "subject", "element"})
_MANAGE: Final = Action.MANAGE_DIAGNOSTICS


def list_instruments(session: Session, scope: Scope, *, deleted: bool = False) -> list[Instrument]:
    """Return the instruments that the actor may read, by name; or the deleted ones."""
    scope = scope.require(_MANAGE)
    there = col(Instrument.deleted_at)
    query = select(Instrument).where(there.is_not(None) if deleted else there.is_(None))
    condition = readable(session, scope, col(Instrument.organisation_id))
    return list(session.exec((query if condition is None else query.where(condition)).order_by(col(Instrument.name))))


def get_instrument(session: Session, scope: Scope, instrument_id: int) -> InstrumentView:
    """Return an instrument with its items, answers and levels; raise NotFound when it may not be read."""
    scope = scope.require(_MANAGE)
    view = instrument_view(session, instrument_id)
    if not may_read(session, scope, view.organisation_id):
        raise NotFound("Анкета или тест")
    return view


def create_instrument(
    session: Session, scope: Scope, *, kind: InstrumentKind, name: str, subject: str = "",
    organisation_id: int | None = None,
) -> Instrument:
    """Create an empty instrument with the usual levels; its items and answers are added in the grids."""
    owner = new_owner(session, scope, _MANAGE, organisation_id)
    row = Instrument(
        organisation_id=owner, kind=kind, name=text_value("Название", name, 300, required=True),
        subject=subject_value(subject),
    )
    session.add(row)
    session.flush()
    session.add_all(
        InstrumentLevel(
            instrument_id=row.id or 0, name=level.name, from_share=level.from_share, is_deficit=level.is_deficit
        )
        for level in DEFAULT_LEVELS
    )
    session.flush()
    return row


def copy_instrument(
    session: Session, scope: Scope, instrument_id: int, name: str = "", organisation_id: int | None = None
) -> Instrument:
    """Store a copy of the actor's own, to be changed without touching the original."""
    original = get_instrument(session, scope, instrument_id)
    row = Instrument(
        organisation_id=new_owner(session, scope, _MANAGE, organisation_id), kind=original.kind,
        name=text_value("Название", name or f"{original.name} (копия)", 300), subject=original.subject,
        source=f"Копия: {original.name}"[:600],
    )
    session.add(row)
    session.flush()
    key = row.id or 0
    session.add_all(
        InstrumentAnswer(
            instrument_id=key, text=one.text, score=one.score, is_deficit=one.is_deficit, is_resource=one.is_resource
        )
        for one in original.answers
    )
    session.add_all(
        InstrumentLevel(instrument_id=key, name=one.name, from_share=one.from_share, is_deficit=one.is_deficit)
        for one in original.levels
    )
    session.add_all(
        InstrumentItem(
            instrument_id=key, position=place, code=one.code, text=one.text, section=one.section,
            competence_id=one.competence.id if one.competence else None, maximum=one.maximum,
        )
        for place, one in enumerate(original.items, start=1)
    )
    session.flush()
    return row


def save_instruments(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save cells of the grid of instruments (name, subject, source) and deletions; only owners may change a row.

    Raise InvalidInput for new rows: a new instrument needs its kind first, see `create_instrument`.
    """
    if changes.added:
        raise InvalidInput("Новую анкету или тест создают отдельно.", "Нажмите «Создать» и выберите вид.")
    _require_owner(session, scope, Instrument, changes, "Анкета")
    return save_changes(session, Instrument, changes, INSTRUMENT_FIELDS, _instrument_value, {})


def save_competences(
    session: Session, scope: Scope, changes: GridChanges, organisation_id: int | None = None
) -> EditOutcome:
    """Save what a user changed in the grid of competences; new ones belong to the organisation."""
    _require_owner(session, scope, Competence, changes, "Компетенция")
    fixed: Mapping[str, object] = {"origin": Origin.ENTERED}
    if changes.added:
        fixed = {**fixed, "organisation_id": new_owner(session, scope, _MANAGE, organisation_id)}
    outcome = save_changes(session, Competence, changes, COMPETENCE_FIELDS, _competence_value, fixed)
    for key in outcome.versions:
        row = session.get(Competence, key)
        if row is not None and row.element and not row.subject:
            raise InvalidInput(
                f"Компетенция «{row.name}»: указан элемент содержания, но не предмет.",
                "Укажите предмет; ничего не сохранено.",
            )
    return outcome


def list_competences(session: Session, scope: Scope) -> list[Competence]:
    """Return the competences that the actor may read, by block and name."""
    query = select(Competence).where(col(Competence.deleted_at).is_(None))
    condition = readable(session, scope, col(Competence.organisation_id))
    rows = session.exec(query if condition is None else query.where(condition)).all()
    order = list(CompetenceBlock)
    return sorted(rows, key=lambda row: (order.index(row.block), row.subject, row.name))


def delete_instrument(session: Session, scope: Scope, instrument_id: int) -> None:
    """Delete an instrument; its waves stay, and it can be restored."""
    row = editable_instrument(session, scope, instrument_id)
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def restore_instrument(session: Session, scope: Scope, instrument_id: int) -> None:
    """Bring a deleted instrument back."""
    row = session.get(Instrument, instrument_id)
    if row is None or not may_read(session, scope.require(_MANAGE), row.organisation_id):
        raise NotFound("Анкета или тест")
    require_change(session, scope, _MANAGE, row.organisation_id, f"«{row.name}»")
    row.deleted_at = row.deleted_by = None
    session.add(row)


def editable_instrument(session: Session, scope: Scope, instrument_id: int) -> Instrument:
    """Return an instrument that the actor may change; raise NotFound or NotAllowed otherwise."""
    row = session.get(Instrument, instrument_id)
    if row is None or row.deleted_at is not None or not may_read(session, scope.require(_MANAGE), row.organisation_id):
        raise NotFound("Анкета или тест")
    require_change(session, scope, _MANAGE, row.organisation_id, f"«{row.name}»")
    return row


def _require_owner(
    session: Session, scope: Scope, table: type[Instrument] | type[Competence], changes: GridChanges, what: str
) -> None:
    """Raise NotFound or NotAllowed unless the actor may change every row that the grid changes."""
    scope.require(_MANAGE)
    ids: Sequence[int] = [*(edit.row_id for edit in changes.edits), *(one.row_id for one in changes.deleted)]
    for key in dict.fromkeys(ids):
        row: Instrument | Competence | None = (
            session.get(Instrument, key) if table is Instrument else session.get(Competence, key)
        )
        if row is None or not may_read(session, scope, row.organisation_id):
            raise NotFound(what)
        require_change(session, scope, _MANAGE, row.organisation_id, f"{what} «{row.name}»")


def _instrument_value(_row: Instrument, field: str, value: object) -> object:
    if field == "subject":
        return subject_value(value)
    if field == "name":
        return text_value("Название", value, 300, required=True)
    return text_value("Источник", value, 600)


def _competence_value(_row: Competence, field: str, value: object) -> object:
    if field == "block":
        return enum_value(CompetenceBlock, "Блок", value)
    if field == "subject":
        return subject_value(value)
    name = "Название" if field == "name" else "Элемент содержания"
    return text_value(name, value, 300, required=field == "name")
