"""Names of the columns in which cycles, their stages and regulations stand."""

from __future__ import annotations

CYCLE_COLUMNS = {
    "adopted_by": "кем принят",
    "adopted_on": "дата принятия",
    "closing": "заключение",
    "cycle.closed_on": "закрыт",
    "cycle_id": "цикл №",
    "cycle_mark.comment": "комментарий",
    "cycle_mark.item": "что отмечено",
    "cycle_mark.side": "вход или выход",
    "item": "что отмечено",
    "mark_id": "отметка №",
    "marked_by": "кто отметил",
    "model_code": "модель",
    "opened_by": "кто открыл",
    "opened_on": "открыт",
    "own_edition_id": "редакция своей модели №",
    "own_model_id": "своя модель №",
    "previous_id": "предыдущий цикл №",
    "regulation.answers": "какому акту модели соответствует",
    "regulation_id": "нормативный акт №",
    "stage_number": "номер этапа",
    "valid_until": "действует по",
}
"""In Russian by the column's name."""
