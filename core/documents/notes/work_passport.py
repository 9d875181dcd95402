"""Sections of a note on a work: what it is, who wrote it, classes and schools by name. Pure."""

from __future__ import annotations

from core.analysis.results import UnitSummary
from core.analysis.work import Unit, UnitLevel
from core.documents.notes.sentences import by_subject, paragraph, paragraphs, pupils_caution
from core.documents.notes.work_figures import WorkFigures
from core.documents.text import Section, TextColumn, TextTable
from core.people.organisations import natural_key
from core.people.short_names import short_name
from core.people.suppression import Hidden
from core.words import count_of, interval, number, percent

LOWEST_MARKS = ("3", "4", "5")
"""Marks whose least scores a mark scale names."""


def passport(figures: WorkFigures) -> Section:
    """Return what the work is, who wrote it and by what rules it is read."""
    work, overview = figures.work, figures.overview
    classes = len(figures.unit.classes)
    where = figures.unit.full_name
    rows = [
        ("Работа", figures.name),
        ("Где", where if figures.unit.level is UnitLevel.CLASS else f"{where}, {count_of(classes, 'класс')}"),
        ("Выполняли работу", count_of(overview.participants, "участник")),
        ("Отсутствовали", number(overview.absent) if overview.absent else "сведений нет"),
        ("Заданий", number(len(work.items))),
        ("Наибольший первичный балл", number(int(work.maxima.sum()))),
        ("Шкала отметок", _scale(work.cut_scores) or work.scale_words or "в программе не задана"),
        ("Пороги выполнения", work.thresholds.name),
        ("План работы", "задан: известны элементы содержания" if work.has_plan else "не задан: анализ – по заданиям"),
    ]
    return Section(
        "passport", "Паспорт работы",
        paragraphs(
            paragraph(
                f"Справка подготовлена по результатам работы {by_subject_of(figures)}.",
                "Цель – определить, что обучающиеся освоили и что вызвало затруднения, и спланировать помощь.",
            ),
            pupils_caution(overview.participants),
        ),
        TextTable("", (TextColumn("Показатель", 2), TextColumn("Значение", 4)), tuple(rows)),
    )


def by_subject_of(figures: WorkFigures) -> str:
    """Return «по математике (ВПР, 4 класс, 2026 год)»."""
    work = figures.work
    grade = f", {work.grade} класс" if work.grade is not None else ""
    return f"по {by_subject(work.subject)} ({work.procedure}{grade}, {work.year} год)"


def _scale(cuts: tuple[int, ...]) -> str:
    return "; ".join(f"«{mark}» – от {number(cut)}" for mark, cut in zip(LOWEST_MARKS, cuts, strict=False))


def individual(figures: WorkFigures) -> Section:
    """Return classes and schools by name, never by result; inside the own school who stands at a border of marks."""
    ordered = units_by_name(figures)
    rows = tuple(_unit_row(one) for one in ordered)
    table = TextTable(
        "Порядок – по названию, не по результату",
        (TextColumn("Где", 5), TextColumn("Участников", 3, True), TextColumn("Средний результат", 3, True),
         TextColumn("95 % интервал", 3, True), TextColumn("Примечание", 4)),
        rows,
    )
    hidden = sum(one.hidden is not Hidden.NO for one in ordered)
    return Section(
        "individual", "Результаты участников",
        paragraphs(
            "Средний результат – доля набранных баллов от возможных, в среднем на участника." if rows else "",
            _border(figures),
            "" if figures.is_owned else "Результаты отдельных участников вне своей школы не показываются.",
            f"Не показаны из-за малого числа участников: {number(hidden)}." if hidden else "",
            "" if rows else "В работе участвовал один класс, его результаты приведены ниже.",
        ),
        table if rows else None,
    )


def units_by_name(figures: WorkFigures) -> list[UnitSummary]:
    """Return classes and schools by name; a class that is its whole school is the school."""
    shown = [one for one in figures.overview.units if not one.unit.is_whole_school]
    return sorted(shown, key=lambda one: (natural_key(one.unit.school_name or one.unit.name), one.unit.level,
                                          natural_key(one.unit.name)))


def unit_name(unit: Unit) -> str:
    """Return «4А, СОШ № 2», «СОШ № 2»."""
    return f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name)


def _border(figures: WorkFigures) -> str:
    """Say how many lacked one point to a mark: whom a small help would lift first."""
    cuts, counts = figures.work.cut_scores, figures.overview.distribution.counts
    if not figures.is_owned or not cuts:
        return ""
    near = [
        f"до «{mark}» – {number(int(counts[cut - 1]))}"
        for mark, cut in zip(LOWEST_MARKS, cuts, strict=False)
        if 0 < cut <= counts.size and counts[cut - 1]
    ]
    return f"Участников, которым не хватило одного балла до следующей отметки: {', '.join(near)}." if near else ""


def _unit_row(one: UnitSummary) -> tuple[str, ...]:
    name = unit_name(one.unit)
    if one.participants is None or one.share is None:
        return name, "", "", "", one.hidden.words
    note = "малая выборка" if one.participants < 10 else ""
    return (
        name, number(one.participants), percent(one.share.value), interval(one.share.low, one.share.high, 0), note
    )
