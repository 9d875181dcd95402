"""What is to be done next with a roadmap, in one sentence."""

from __future__ import annotations

from core.planning.measures import MeasureRow, RoadmapView
from core.planning.roadmap_tables import MeasureKind, RoadmapState
from core.planning.statuses import OPEN_STATUSES
from core.words import day, plural


def next_step(view: RoadmapView) -> str:
    """Return the next step: on the way to approval the next station, afterwards what is late or near."""
    rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
    if not rows:
        return "Впишите мероприятия на вкладке «Таблица» – хотя бы одно."
    match view.roadmap.state:
        case RoadmapState.DRAFT:
            body = "объединением" if view.roadmap.association_id is not None else "методическим советом"
            return f"Проверьте мероприятия и согласуйте карту с {body} – вкладка «Согласование»."
        case RoadmapState.RETURNED:
            return "Исправьте карту по замечаниям и согласуйте её заново – вкладка «Согласование»."
        case RoadmapState.AGREED_BY_ASSOCIATION:
            return "Согласуйте карту с методическим советом – вкладка «Согласование»."
        case RoadmapState.AGREED_BY_COUNCIL:
            return "Утвердите карту приказом – вкладка «Согласование»."
    return _while_it_runs(rows)


def _while_it_runs(rows: list[MeasureRow]) -> str:
    late = sum(row.is_overdue for row in rows)
    if late:
        measures = plural(late, "просроченного мероприятия", "просроченных мероприятий", "просроченных мероприятий")
        return f"Отметьте ход {measures}: {'оно стоит первым' if late == 1 else 'они стоят первыми'}."
    following = min((row.next_check for row in rows if row.next_check is not None), default=None)
    if following is not None:
        due = [row.number.rstrip(".") for row in rows if row.next_check == following]
        points = "пункт " if len(due) == 1 else "пункты "
        return f"Ближайшая проверка – {day(following)}: {points}{', '.join(due[:5])}{' и другие' if due[5:] else ''}."
    if any(row.status in OPEN_STATUSES for row in rows):
        return "Мероприятий с наступающим сроком нет: отметьте, чем закончились оставшиеся."
    return "Все мероприятия закрыты: подведите итоги и составьте карту на следующий период."
