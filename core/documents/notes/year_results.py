"""Sections of a note on a year: works, problem fields, what became of earlier ones. Pure."""

from __future__ import annotations

from collections import Counter

from core.analysis.fields import Reach
from core.analysis.problem_fields import FoundField
from core.analysis.reasons import APPROXIMATE
from core.charts.facility import FacilityRow, facility_chart
from core.charts.shares import ShareRow, share_chart
from core.documents.notes.sentences import graded, key_name, paragraph, paragraphs, quoted, some
from core.documents.notes.year_figures import YearFigures, YearWork
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.monitoring.effects import CAUTION, Outcome
from core.planning.field_measures import FieldReach, FieldWords, about
from core.words import count_of, interval, noun, number, percent, share

_MOST_ROWS = 15
_MOST_DRAWN = 12
_LONGEST_LABEL = 60
_WORKS = (
    TextColumn("Работа", 8), TextColumn("Участников", 4, True), TextColumn("Успеваемость", 4, True),
    TextColumn("Качество", 3, True), TextColumn("Интервал качества", 4, True), TextColumn("Средняя отметка", 3, True),
)
_FIELDS = (
    TextColumn("Предмет, класс", 4), TextColumn("Проблемное поле", 6), TextColumn("Выполнение", 5, True),
    TextColumn("Порог", 2, True), TextColumn("Охват", 4), TextColumn("Решение", 4),
)


def works(figures: YearFigures) -> Section:
    """Return the works of the year with their indices; different works are no comparison of anybody."""
    found = figures.works
    if not found:
        return Section("works", "Результаты работ", ("Работ за этот учебный год в программе нет.",))
    marked = [one for one in found if one.overview is not None and one.overview.marks.n]
    people = sum(one.overview.participants for one in found if one.overview is not None)
    told = [one for one in found if one.overview is not None]
    small = [_name(one) for one in told if one.overview is not None and one.overview.participants < APPROXIMATE]
    rows = [
        ShareRow(
            _name(one), "Качество знаний", one.overview.marks.quality.value, one.overview.marks.quality.low,
            one.overview.marks.quality.high, one.overview.marks.n,
        )
        for one in marked
        if one.overview is not None
    ]
    hidden = [f"{_name(one)} – {one.why}" for one in found if one.overview is None]
    procedures = Counter(one.summary.procedure for one in found)
    return Section(
        "works", "Результаты работ",
        paragraphs(
            paragraph(
                f"За год {noun(len(found), 'проведена', 'проведены', 'проведено')} {count_of(len(found), 'работа')} "
                f"({', '.join(f'{name} – {number(count)}' for name, count in procedures.items())}), в них "
                f"{count_of(people, 'результат')}.",
                "Работы различаются трудностью, поэтому доли разных предметов и классов между собой не сравнивают.",
            ),
            _small(small, len(told), "Во всех работах", "доли ориентировочные"),
            f"Не показано: {some(hidden)}." if hidden else "",
        ),
        TextTable("Доли – от участников с отметкой; интервал 95 %", _WORKS, tuple(_work_row(one) for one in found)),
        TextChart(
            "Качество знаний по работам",
            "; ".join(f"{row.label} – {percent(row.share, 0)}" for row in rows),
            share_chart(rows, "Доля отметок «4» и «5», интервал 95 %"),
        ) if rows else None,
    )


def _name(one: YearWork) -> str:
    return f"{graded(one.summary.subject, one.summary.grade)} ({one.summary.procedure})"


def _small(names: list[str], of: int, all_of: str, what: str) -> str:
    """Return of which of so many one must speak with care because few pupils stand behind them."""
    if not names:
        return ""
    if len(names) == of > 1:
        return f"{all_of} меньше {APPROXIMATE} участников: {what}."
    return f"Меньше {APPROXIMATE} участников, {what}: {some(names, _MOST_ROWS)}."


def _work_row(one: YearWork) -> tuple[str, ...]:
    if one.overview is None:
        return _name(one), "скрыто", "", "", "", ""
    found = one.overview.marks
    if not found.n:
        return _name(one), number(one.overview.participants), "нет отметок", "", "", ""
    return (
        _name(one), number(one.overview.participants), percent(found.passed.value), percent(found.quality.value),
        interval(found.quality.low, found.quality.high, 0), number(found.mean.value, 2),
    )


def fields(figures: YearFigures) -> Section:
    """Return the problem fields of the unit, the most serious first."""
    found = figures.fields
    title = "Проблемные поля"
    where = "классах" if figures.place.is_school else "школах и классах"
    inside = f"В отдельных {where} – ещё {count_of(figures.inside, 'поле')}." if figures.inside else ""
    if not figures.works:
        return Section("fields", title, ("Работ за год нет, проблемные поля искать не в чем.",))
    if not found:
        return Section("fields", title, paragraphs(
            "По результатам года проблемных полей в целом не найдено.", inside,
        ))
    systemic = [one for one in found if one.field.reach is Reach.SYSTEMIC]
    repeated = [one for one in found if one.field.repeats]
    waiting = sum(one.review is None for one in found)
    rows = [
        FacilityRow(
            _label(one), one.field.facility, one.field.low, one.field.high, one.field.participants, one.field.status,
            one.field.threshold,
        )
        for one in found[:_MOST_DRAWN]
    ]
    return Section(
        "fields", title,
        paragraphs(
            paragraph(
                f"{noun(len(found), 'Найдено', 'Найдены', 'Найдено')} "
                f"{count_of(len(found), 'проблемное поле')}, из них системных – {number(len(systemic))}.",
                f"Решение ещё не принято по {count_of_dative(waiting)}." if waiting else "Решение принято по каждому.",
                inside,
            ),
            f"Самые острые: {'; '.join(_said(one) for one in found[:3])}.",
            f"Повторяются с прошлых лет: {some(quoted(_label(one) for one in repeated), _MOST_ROWS)}."
            if repeated else "",
            _few(found),
        ),
        TextTable(
            f"Показаны {number(_MOST_ROWS)} самых острых из {number(len(found))}" if len(found) > _MOST_ROWS else "",
            _FIELDS, tuple(_field_row(one) for one in found[:_MOST_ROWS]),
        ),
        TextChart(
            "Самые острые проблемные поля", f"Выполнение и пороги: {'; '.join(_said(one) for one in found[:5])}.",
            facility_chart(rows, "Поле"),
        ),
    )


def count_of_dative(count: int) -> str:
    """Return the fields after «по».

    >>> count_of_dative(1), count_of_dative(5)
    ('1\\xa0полю', '5\\xa0полям')
    """
    return f"{number(count)}\u00a0{noun(count, 'полю', 'полям', 'полям')}"


def _few(found: tuple[FoundField, ...]) -> str:
    """Return of which fields one must speak with care because few pupils stand behind them."""
    few = [_label(one) for one in found if one.field.participants < APPROXIMATE]
    return _small(quoted(few), len(found), "За каждым полем", "выводы ориентировочные")


def _label(one: FoundField) -> str:
    text = f"{graded(one.work.subject, one.work.grade)}: {key_name(one.field.kind, one.field.key)}"
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"


def _said(one: FoundField) -> str:
    field, work = one.field, one.work
    words = about(FieldWords(
        field.kind.value, field.key, work.subject, work.grade, work.name, "", FieldReach.SCHOOL, "", None, None,
    ))
    return (
        f"{words} ({graded(work.subject, work.grade)}) – "
        f"{share(field.facility, field.low, field.high, field.participants)}, {field.finding}"
    )


def _field_row(one: FoundField) -> tuple[str, ...]:
    field, work = one.field, one.work
    reach = field.reach.words
    if field.classes > 1:
        reach = f"{reach}, {number(field.failing_classes)} из {number(field.classes)}"
    decided = "ждёт решения" if one.review is None else one.review.state.value
    return (
        f"{graded(work.subject, work.grade)} ({work.procedure})", key_name(field.kind, field.key),
        share(field.facility, field.low, field.high, field.participants), percent(field.threshold, 0), reach, decided,
    )


def effects(figures: YearFigures) -> Section | None:
    """Return what became of fields that were confirmed before, as far as works of this year tell."""
    if figures.effects is None:
        return None
    found = [one for one in figures.effects if one.outcome_year == figures.place.year]
    title = "Что стало с прежними проблемными полями"
    if not found:
        return Section("effects", title, ("Подтверждённых раньше полей, которые проверила бы работа этого года, нет.",))
    counts = Counter(one.outcome for one in found)
    said = [f"{outcome.value} – {number(counts[outcome])}" for outcome in Outcome if counts[outcome]]
    return Section(
        "effects", title,
        (f"Работы этого года проверили {count_of(len(found), 'поле')}: {', '.join(said)}. {CAUTION}",),
        TextTable(
            "", (TextColumn("Поле", 6), TextColumn("Где", 5), TextColumn("Работа", 5), TextColumn("Что стало", 4),
                 TextColumn("Мероприятий", 4, True)),
            tuple(
                (one.label, one.unit_name, one.before_work, one.outcome.value, number(one.measures))
                for one in found[:_MOST_ROWS]
            ),
        ),
    )
