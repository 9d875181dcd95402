"""The parts of an instrument in their grids: items, answers of the scale, levels."""

from __future__ import annotations

from typing import Final

from sqlmodel import Session, col, select

from core.blueprints.values import parse_flag
from core.diagnostics.cell_values import score_value, share_value, text_value
from core.diagnostics.competence_choice import competence_value
from core.diagnostics.editing import editable_instrument
from core.diagnostics.instrument_tables import (
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentKind,
    InstrumentLevel,
)
from core.diagnostics.reading.texts import LONGEST_QUESTION
from core.diagnostics.wave_tables import DiagnosticWave
from core.errors import InvalidInput
from core.intake.cells import folded
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes

ITEM_FIELDS: Final = frozenset({"position", "code", "text", "section", "competence_id", "maximum"})
ANSWER_FIELDS: Final = frozenset({"text", "score", "is_deficit", "is_resource"})
_MOST_ITEMS: Final = 1000
LEVEL_FIELDS: Final = frozenset({"name", "from_share", "is_deficit"})


def save_items(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of items.

    The maximum of a questionnaire's item is that of the scale. Of an instrument that was asked already, maxima stay:
    stored points would mean something else.
    """
    instrument = editable_instrument(session, scope, instrument_id)
    asked, highest = _is_asked(session, instrument_id), _highest(session, instrument_id)
    last = max(
        session.exec(select(InstrumentItem.position).where(InstrumentItem.instrument_id == instrument_id)), default=0
    )

    def value_of(row: InstrumentItem, field: str, value: object) -> object:
        if field == "competence_id":
            return competence_value(session, scope, value)
        if field == "position":
            return last + 1 if value is None or value == "" else score_value("Порядок", value, 1, _MOST_ITEMS)
        if field == "maximum":
            return _maximum(instrument, row, value, asked, highest)
        longest = {"text": LONGEST_QUESTION, "section": 300, "code": 20}[field]
        names = {"text": "Вопрос", "section": "Раздел", "code": "Номер"}
        return text_value(names[field], value, longest, required=field == "text")

    return save_changes(
        session, InstrumentItem, changes, ITEM_FIELDS, value_of, {"instrument_id": instrument_id},
        col(InstrumentItem.instrument_id) == instrument_id,
    )


def save_answers(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the scale; raise InvalidInput when two answers would be the same.

    Of an instrument that was asked already, scores stay and answers are not deleted: stored answers are scores.
    """
    instrument = editable_instrument(session, scope, instrument_id)
    if instrument.kind is InstrumentKind.TEST:
        raise InvalidInput("У теста нет шкалы ответов: его задания оцениваются в баллах.", "Измените баллы заданий.")
    asked = _is_asked(session, instrument_id)
    if asked and changes.deleted:
        raise InvalidInput(
            "По этой анкете уже есть ответы: убрать ответ со шкалы нельзя.", "Сделайте копию анкеты и измените её."
        )

    def value_of(row: InstrumentAnswer, field: str, value: object) -> object:
        if field == "text":
            return text_value("Ответ", value, 300, required=True)
        if field != "score":
            return parse_flag(value)
        score = score_value("Балл", value)
        if asked and row.id is not None and score != row.score:
            raise InvalidInput(
                "По этой анкете уже есть ответы: балл ответа изменить нельзя.", "Сделайте копию анкеты и измените её."
            )
        return score

    outcome = save_changes(
        session, InstrumentAnswer, changes, ANSWER_FIELDS, value_of, {"instrument_id": instrument_id},
        col(InstrumentAnswer.instrument_id) == instrument_id,
    )
    rows = session.exec(select(InstrumentAnswer).where(InstrumentAnswer.instrument_id == instrument_id)).all()
    if len({row.score for row in rows}) != len(rows) or len({folded(row.text) for row in rows}) != len(rows):
        raise InvalidInput("На шкале два одинаковых ответа или балла.", "Исправьте один из них; ничего не сохранено.")
    _spread_highest(session, instrument_id, max((row.score for row in rows), default=1))
    return outcome


def save_levels(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the levels; raise InvalidInput unless one begins at 0 and all at different shares."""
    editable_instrument(session, scope, instrument_id)
    outcome = save_changes(
        session, InstrumentLevel, changes, LEVEL_FIELDS, _level_value, {"instrument_id": instrument_id},
        col(InstrumentLevel.instrument_id) == instrument_id,
    )
    rows = session.exec(select(InstrumentLevel).where(InstrumentLevel.instrument_id == instrument_id)).all()
    borders = sorted(row.from_share for row in rows)
    if rows and (borders[0] != 0 or len(set(borders)) != len(borders)):
        raise InvalidInput(
            "Уровни должны начинаться с 0 % и не совпадать.", "Исправьте границы; ничего не сохранено."
        )
    return outcome


def _level_value(_row: InstrumentLevel, field: str, value: object) -> object:
    if field == "name":
        return text_value("Уровень", value, 80, required=True)
    return share_value("Граница", value) if field == "from_share" else parse_flag(value)


def _maximum(instrument: Instrument, row: InstrumentItem, value: object, asked: bool, highest: int | None) -> int:
    if highest is not None and instrument.kind is not InstrumentKind.TEST:
        return highest
    found = score_value("Наибольший балл", value, 1)
    if asked and row.id is not None and found != row.maximum:
        raise InvalidInput(
            "Этот тест уже проводился: наибольший балл задания изменить нельзя.", "Сделайте копию теста и измените её."
        )
    return found


def _highest(session: Session, instrument_id: int) -> int | None:
    scores = session.exec(select(InstrumentAnswer.score).where(InstrumentAnswer.instrument_id == instrument_id)).all()
    return max(scores, default=None)


def _spread_highest(session: Session, instrument_id: int, highest: int) -> None:
    """Make the maximum of every item that of the scale."""
    for item in session.exec(select(InstrumentItem).where(InstrumentItem.instrument_id == instrument_id)):
        if item.maximum != highest:
            item.maximum = highest
            session.add(item)


def _is_asked(session: Session, instrument_id: int) -> bool:
    found = session.exec(select(DiagnosticWave.id).where(DiagnosticWave.instrument_id == instrument_id)).first()
    return found is not None
