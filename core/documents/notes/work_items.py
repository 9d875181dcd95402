"""Sections of a note on a work: items, content elements, items by groups of marks. Pure."""

from __future__ import annotations

import math

from core.analysis.status import Status
from core.charts.facility import FacilityRow, facility_chart
from core.charts.items import GroupPoint, profile_chart
from core.documents.notes.sentences import paragraph, paragraphs, quoted, some, upper_first
from core.documents.notes.work_figures import WorkFigures
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.people.suppression import Hidden
from core.words import count_of, interval, number, percent

_OFTEN_SKIPPED = 0.25
"""From this share of those who did not begin an item on the note speaks of it."""
_WEAK_DISCRIMINATION = 0.2
_LONGEST_LABEL = 60
_MOST_NAMED = 40
"""Content elements that the text names: whoever signs the paper has no screen beside it."""
_ITEM_COLUMNS = (
    TextColumn("№", 3), TextColumn("Что проверяется", 12), TextColumn("Ур.", 3), TextColumn("Балл", 3, True),
    TextColumn("n", 3, True), TextColumn("Вып.", 3, True), TextColumn("Интервал", 5, True),
    TextColumn("Порог", 4, True), TextColumn("Статус", 8),
)


def items(figures: WorkFigures) -> Section:
    """Return every item with interval, threshold and status."""
    found, traits, statuses = figures.items.statistics, figures.work.items, figures.statuses
    below = [item.code for item, status in zip(traits, statuses.status, strict=True) if status.is_below]
    surely = [
        item.code for item, status in zip(traits, statuses.status, strict=True) if status is Status.SURELY_BELOW
    ]
    said = "Ниже порога нет ни одного задания."
    if below:
        said = f"Ниже порога {count_of(len(below), 'задание')} из {number(len(traits))}: № {some(below, 12)}"
        said += f" (достоверно – № {some(surely, 12)})." if surely else " (вероятно; достоверных нет)."
    skipped = [
        f"№ {item.code} – {percent(float(found.skipped[place]), 0)}"
        for place, item in enumerate(traits)
        if found.skipped[place] >= _OFTEN_SKIPPED
    ]
    hidden = [item.code for item, why in zip(traits, figures.items.hidden, strict=True) if why is not Hidden.NO]
    rows = [
        FacilityRow(
            item.code, float(found.facility[place]), float(found.low[place]), float(found.high[place]),
            int(found.n[place]), statuses.status[place], float(statuses.threshold[place]),
        )
        for place, item in enumerate(traits)
        if not math.isnan(found.facility[place])
    ]
    return Section(
        "items", "Выполнение заданий",
        paragraphs(
            said,
            f"Часто не приступали к заданиям: {some(skipped, 8)}. Это может быть и незнание темы, и нехватка времени."
            if skipped else "",
            _quality(figures),
            f"Не показаны, чтобы нельзя было узнать о малой группе: № {some(hidden, 12)}." if hidden else "",
        ),
        TextTable(
            "Выполнение – доля набранных баллов от возможных; интервал 95 %",
            _ITEM_COLUMNS,
            tuple(_item_row(figures, place) for place in range(len(traits))),
        ),
        TextChart(
            "Выполнение заданий с интервалами",
            f"Точки выполнения {count_of(len(rows), 'задание')} с интервалами и порогами. {said}",
            facility_chart(rows, "Задание"),
        ) if rows else None,
    )


def _item_row(figures: WorkFigures, place: int) -> tuple[str, ...]:
    item, found, statuses = figures.work.items[place], figures.items.statistics, figures.statuses
    asks = item.skill or "; ".join(item.elements) or "–"
    head = (item.code, asks, item.level or "–", number(item.max_score))
    why = figures.items.hidden[place]
    if why is not Hidden.NO:
        return (*head, "", "", "", "", "скрыто")
    return (
        *head, number(int(found.n[place])), percent(float(found.facility[place]), 0),
        interval(float(found.low[place]), float(found.high[place]), 0),
        percent(float(statuses.threshold[place]), 0), statuses.status[place].words,
    )


def _quality(figures: WorkFigures) -> str:
    found = figures.items.statistics
    weak = [
        item.code
        for place, item in enumerate(figures.work.items)
        if found.why("discrimination", place) is None and found.discrimination[place] < _WEAK_DISCRIMINATION
    ]
    alpha = "" if math.isnan(found.alpha) else f"Надёжность работы (α Кронбаха) – {number(found.alpha, 2)}."
    said = f"Слабо различают подготовку участников задания № {some(weak, 8)}." if weak else ""
    return paragraph(alpha, said)


def outcomes(figures: WorkFigures) -> Section:
    """Return the content elements of the plan: what is reached and what is not."""
    title = "Достижение планируемых результатов"
    measures = figures.elements
    row = measures.row(figures.unit.key)
    if row is None or not figures.work.has_plan:
        return Section(
            "outcomes", title,
            ("План работы не задан, элементы содержания неизвестны: результаты приведены по заданиям.",),
        )
    keys, found = measures.sums.grouping.keys, measures.estimates
    places = [place for place in range(len(keys)) if found.participants[row, place]]
    by_status = {
        status: [keys[place].name for place in places if Status(int(measures.status[row, place])) is status]
        for status in Status
    }
    rows = [
        FacilityRow(
            _label(keys[place].name), float(found.facility[row, place]), float(found.low[row, place]),
            float(found.high[row, place]), int(found.participants[row, place]),
            Status(int(measures.status[row, place])), float(measures.sums.sufficient[place]),
        )
        for place in places
    ]
    below = by_status[Status.SURELY_BELOW] + by_status[Status.PROBABLY_BELOW]
    return Section(
        "outcomes", title,
        paragraphs(
            f"В работе {count_of(len(places), 'элемент содержания')}: достигнуто – "
            f"{number(len(by_status[Status.REACHED]))}, в зоне неопределённости – "
            f"{number(len(by_status[Status.UNCERTAIN]))}, ниже порога – {number(len(below))}.",
            f"Освоено: {some(quoted(by_status[Status.REACHED]), _MOST_NAMED)}." if by_status[Status.REACHED] else "",
            f"Ниже порога: {some(quoted(below), _MOST_NAMED)}." if below else "",
            f"Судить рано (в зоне неопределённости): {some(quoted(by_status[Status.UNCERTAIN]), _MOST_NAMED)}."
            if by_status[Status.UNCERTAIN] else "",
        ),
        chart=TextChart(
            "Элементы содержания", f"Точки выполнения с интервалами. Ниже порога: {some(below) or 'ничего'}.",
            facility_chart(rows, "Элемент"),
        ) if rows else None,
    )


def _label(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1].rstrip()}…"


def groups(figures: WorkFigures) -> Section:
    """Return how groups of marks did each item; groups of fewer than ten are left out."""
    title, found = "Задания по группам участников", figures.items.groups
    traits = figures.work.items
    points = [
        GroupPoint(item.code, label, float(found.facility[0, row, place]), int(found.participants[0, row, place]))
        for row, label in enumerate(found.labels)
        for place, item in enumerate(traits)
        if not math.isnan(found.facility[0, row, place])
    ]
    if not points:
        return Section("groups", title, ("Ни в одной группе, которую можно показать, нет 10 участников.",))
    shown = [label for label in found.labels if any(point.group == label for point in points)]
    patterns: dict[str, list[str]] = {}
    for place, item in enumerate(traits):
        patterns.setdefault(found.pattern(0, place).value, []).append(item.code)
    left_out = [label for label in found.labels if label not in shown]
    places = [found.labels.index(label) for label in shown]
    return Section(
        "groups", title,
        paragraphs(
            *(f"{upper_first(pattern)} – № {some(codes, 15)}." for pattern, codes in patterns.items()),
            f"Не показаны группы: {some(left_out)} (меньше 10 участников или скрыты)." if left_out else "",
        ),
        TextTable(
            "Выполнение заданий группами участников; n – участников в группе",
            (TextColumn("Задание", 2), *(
                TextColumn(f"{found.labels[row]}, n = {number(int(found.participants[0, row].max()))}", 2, True)
                for row in places
            )),
            tuple(
                (item.code, *(percent(float(found.facility[0, row, place]), 0) for row in places))
                for place, item in enumerate(traits)
            ),
        ),
        TextChart(
            "Выполнение заданий по группам", f"Линии групп {some(shown)} по заданиям.",
            profile_chart(points, "Отметка" if found.labels[0] == "«2»" else "Тестовый балл"),
        ),
    )
