"""Sections of a note on a work: items, content elements, items by groups of marks, problem fields. Pure."""

from __future__ import annotations

import math

from core.analysis.compare import Comparability, Comparison
from core.analysis.elements import Kind
from core.analysis.fields import Reach, WeakSpot
from core.analysis.status import Status
from core.charts.facility import FacilityRow, facility_chart
from core.charts.items import GroupPoint, profile_chart
from core.documents.notes.sentences import POINTS, paragraph, paragraphs, sentence, some, upper_first
from core.documents.notes.work_figures import ComparedField, WorkFigures
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.people.suppression import Hidden
from core.planning.field_measures import FieldReach, FieldWords, about
from core.words import count_of, interval, noun, number, percent, share

_OFTEN_SKIPPED = 0.25
"""From this share of those who did not begin an item on the note speaks of it."""
_WEAK_DISCRIMINATION = 0.2
_LONGEST_LABEL = 60
_ITEM_COLUMNS = (
    TextColumn("№", 2), TextColumn("Что проверяется", 12), TextColumn("Ур.", 3), TextColumn("Балл", 3, True),
    TextColumn("n", 3, True), TextColumn("Вып.", 3, True), TextColumn("Интервал", 5, True),
    TextColumn("Порог", 3, True), TextColumn("Статус", 8),
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
            f"Освоено: {some(by_status[Status.REACHED])}." if by_status[Status.REACHED] else "",
            f"Ниже порога: {some(below)}." if below else "",
            f"Судить рано (в зоне неопределённости): {some(by_status[Status.UNCERTAIN])}."
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
            "Выполнение заданий группами с разными отметками",
            (TextColumn("Задание", 2), *(TextColumn(label, 2, True) for label in shown)),
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


def fields(figures: WorkFigures) -> Section:
    """Return the problem fields of the unit as findings, and how far they reach inside it."""
    title = "Дефициты: проблемные поля"
    if not figures.fields:
        return Section("fields", title, paragraphs(
            "Проблемных полей по этой работе не найдено: ни одно не ниже порога достоверно или вероятно.",
            _inside(figures),
        ))
    return Section(
        "fields", title,
        paragraphs(
            f"{noun(len(figures.fields), 'Найдено', 'Найдены', 'Найдено')} "
            f"{count_of(len(figures.fields), 'проблемное поле')}.",
            *(_finding(figures, one) for one in figures.fields),
            _inside(figures),
        ),
    )


def field_label(figures: WorkFigures, one: ComparedField) -> str:
    """Return «по теме «дроби»»."""
    field, work = one.field, figures.work
    return about(FieldWords(
        field.kind.value, field.key, work.subject, work.grade, figures.name, "", FieldReach.SCHOOL, "", None, None,
    ))


def _finding(figures: WorkFigures, one: ComparedField) -> str:
    field = one.field
    said = f"{field_label(figures, one)} выполнение {share(field.facility, field.low, field.high, field.participants)}"
    if field.status.is_below:
        said += f", {field.status.words} порога {percent(field.threshold, 0)}"
    if field.weak_spot is not WeakSpot.NONE:
        said += f"; {field.weak_spot.value}: такие же участники в других местах показывают {percent(field.expected, 0)}"
    reach = ""
    if field.classes > 1:
        kind = "затруднение системное" if field.reach is Reach.SYSTEMIC else "затруднение локальное"
        of = f"{number(field.classes)} {noun(field.classes, 'класса', 'классов', 'классов')}"
        reach = f"{kind}: ниже порога {number(field.failing_classes)} из {of}"
    years = f"то же поле находили раньше ({', '.join(str(year) for year in field.repeats)})" if field.repeats else ""
    items_of = "" if field.kind is Kind.ITEM else f"задания № {some(field.items, 8)}"
    return paragraph(
        sentence(f"{said} ({items_of})" if items_of else said), sentence(reach),
        *(_comparison(other) for other in one.comparisons), sentence(field.pattern.value),
        sentence(f"причина, названная при подтверждении: {one.cause[:1].lower()}{one.cause[1:]}") if one.cause else "",
        sentence(years), *(sentence(f"осторожно: {text}") for text in field.cautions),
    )


def _comparison(one: Comparison) -> str:
    """Return a comparison that may be drawn and is beyond chance; others are left to the screen."""
    if one.hidden is not Hidden.NO or one.verdict is Comparability.NONE or not one.is_certain:
        return ""
    word = "выше" if one.difference > 0 else "ниже"
    limits = f"{number(100 * one.low, 1)}…{number(100 * one.high, 1)}"
    reserve = f", {one.verdict.value}: {one.reservation}" if one.reservation else ""
    than = f"чем в {one.year} году" if one.year is not None else f"чем «{one.name}»"
    return (
        f"Это {word}, {than} ({percent(one.facility)}), на {number(abs(100 * one.difference), 1)} {POINTS} "
        f"(интервал {limits}{reserve})."
    )


def _inside(figures: WorkFigures) -> str:
    """Say what is low in single classes or schools only; they are not named one against another."""
    own = {(one.field.kind, one.field.key) for one in figures.fields}
    rest = dict.fromkeys(
        one.field.key for one in figures.inside
        if (one.field.kind, one.field.key) not in own and one.field.kind in (Kind.ELEMENT, Kind.ITEM)
    )
    if not rest:
        return ""
    return (
        f"Только в отдельных классах, а не в целом, трудности вызвали: {some(rest, 8)}. "
        "Что усвоено хуже в каком классе, показывает экран «Проблемные поля»."
    )
