"""Threshold presets made and changed by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from core.blueprints.dictionaries import procedure_named
from core.blueprints.tables import Origin, ThresholdPreset
from core.blueprints.values import parse_text, text_of
from core.errors import InvalidInput, NotFound
from core.people.ownership import may_read, new_owner, require_change
from core.people.scope import Action, Scope
from core.store.edits import CellEdit, EditOutcome, apply_edits, delete_rows, insert_rows, restore_rows
from core.store.grid_changes import GridChanges, save_together

_SHARES: Final = ("basic_sufficient", "basic_insufficient", "advanced_sufficient", "advanced_insufficient")
PRESET_FIELDS: Final = frozenset({"name", *_SHARES, "procedures", "source"})


def add_presets(session: Session, scope: Scope, rows: Sequence[Mapping[str, object]]) -> EditOutcome:
    """Store new threshold presets of one's own organisation (of everybody for somebody unlimited).

    Shares are typed in per cent («60», «28,5 %») or as fractions below 1.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    if not rows:
        return EditOutcome()
    owner = new_owner(session, scope, Action.EDIT_BLUEPRINTS)
    _require_new_names(session, [text_of(row.get("name")) for row in rows], owner)
    fixed = {"origin": Origin.ENTERED, "organisation_id": owner}
    outcome = insert_rows(session, ThresholdPreset, rows, PRESET_FIELDS, _preset_value, fixed)
    _check_presets(session, outcome)
    return outcome


def save_presets(session: Session, scope: Scope, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save cells of the grid of threshold presets; raise InvalidInput when a lower border would lie above its upper."""
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    edited = _changeable(session, scope, {edit.row_id for edit in edits})
    for owner in {preset.organisation_id for preset in edited.values()}:
        named = [one for one in edits if one.field == "name" and edited[one.row_id].organisation_id == owner]
        _require_new_names(session, [text_of(one.value) for one in named], owner, {one.row_id for one in named})
    outcome = apply_edits(session, ThresholdPreset, edits, PRESET_FIELDS, _preset_value)
    _check_presets(session, outcome)
    return outcome


def save_preset_changes(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of presets; without a deleted one analysis takes the next that fits.

    Raise InvalidInput when a lower border would lie above its upper: nothing is saved then.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    _changeable(session, scope, {one.row_id for one in changes.deleted})
    return save_together(
        session,
        changes,
        edit=lambda edits: save_presets(session, scope, edits),
        add=lambda rows: add_presets(session, scope, rows),
        delete=lambda deletes: delete_rows(session, ThresholdPreset, deletes),
    )


def restore_preset(session: Session, scope: Scope, preset_id: int) -> None:
    """Bring a deleted threshold preset back."""
    _changeable(session, scope.require(Action.EDIT_BLUEPRINTS), {preset_id})
    restore_rows(session, ThresholdPreset, [preset_id])


def _changeable(session: Session, scope: Scope, preset_ids: set[int]) -> dict[int, ThresholdPreset]:
    """Return the presets by id; raise NotFound for those out of sight, NotAllowed for those of others."""
    found: dict[int, ThresholdPreset] = {}
    for preset_id in preset_ids:
        preset = session.get(ThresholdPreset, preset_id)
        if preset is None or not may_read(session, scope, preset.organisation_id):
            raise NotFound("Набор порогов")
        require_change(session, scope, Action.EDIT_BLUEPRINTS, preset.organisation_id, f"Набор «{preset.name}»")
        found[preset_id] = preset
    return found


def _preset_value(_row: ThresholdPreset, field: str, value: object) -> object:
    if field in _SHARES:
        return _share(value)
    if field == "source":
        return parse_text("source", value)
    if field == "procedures":
        names = [text_of(name) for name in (value if isinstance(value, list | tuple) else str(value or "").split(","))]
        unknown = next((name for name in names if name and procedure_named(name) is None), None)
        if unknown:
            raise InvalidInput(f"Процедура «{unknown}» неизвестна.", "Выберите процедуры из списка.")
        return [name for name in names if name]
    name = text_of(value)
    if not name or len(name) > 120:
        raise InvalidInput("Название набора порогов не годится.", "Укажите название длиной до 120 знаков.")
    return name


def _share(value: object) -> float:
    """Return a share 0..1 from «0,6», «60», «28,5 %»."""
    text = text_of(value).replace(",", ".").rstrip("% ")
    number = float(text) if text.replace(".", "", 1).isdigit() and text.isascii() else -1.0
    share = number / 100 if number > 1 or "%" in text_of(value) else number
    if not 0 < share <= 1:
        raise InvalidInput(f"Порог «{text_of(value)}» не годится.", "Укажите процент больше 0, например 60 или 28,5.")
    return round(share, 6)


def _check_presets(session: Session, outcome: EditOutcome) -> None:
    for preset_id in outcome.versions:
        preset = session.get(ThresholdPreset, preset_id)
        if preset is not None and (
            preset.basic_insufficient > preset.basic_sufficient
            or preset.advanced_insufficient > preset.advanced_sufficient
        ):
            raise InvalidInput(
                f"Набор «{preset.name}»: нижняя граница зоны больше верхней.",
                "«Недостаточно ниже» не может быть больше, чем «достаточно от»; ничего не сохранено.",
            )


def _require_new_names(
    session: Session, names: Sequence[str], owner: int | None, own: set[int] | None = None
) -> None:
    """Refuse names of the owner's other presets, deleted ones too: a name stands for one preset for ever."""
    taken = session.exec(
        select(ThresholdPreset).where(
            col(ThresholdPreset.name).in_(names), ThresholdPreset.organisation_id == owner
        )
    )
    other = next((preset for preset in taken if preset.id not in (own or set())), None)
    repeated = next((name for name in names if name and names.count(name) > 1), None)
    if other is not None or repeated:
        raise InvalidInput(
            f"Набор порогов «{other.name if other else repeated}» уже есть или был удалён.", "Назовите новый иначе."
        )
