"""Names of the columns of own models and of what is carried over when a cycle is closed."""

from __future__ import annotations

CLOSING_COLUMNS = {
    "carried_item.outcome": "что стало",
    "carried_item.reason": "почему не переносится",
    "carried_item.words": "о чём речь",
    "changed_at": "изменено",
    "changed_by": "кто изменил",
    "decision": "решение",
    "inside": "только внутри школы",
    "made_at": "введена в действие",
    "made_by": "кто ввёл в действие",
    "origin_code": "из какой модели",
    "origin_id": "то же в прошлом цикле №",
    "own_model.title": "название модели",
    "reference": "запись",
    "screen": "экран",
    "words": "о чём речь",
    "years": "сколько лет подряд",
}
"""In Russian by the column's name."""
