"""Sections of a note on a work: what it is, who wrote it, marks, the journal, primary scores. Pure."""

from __future__ import annotations

from core.analysis.mark_groups import MARKS, MarkGroup
from core.analysis.marks import score_shares
from core.analysis.objectivity import WORDING
from core.analysis.results import UnitSummary
from core.analysis.work import UnitLevel
from core.charts.distribution import CutScore, MarkShare, ScoreCount, mark_chart, score_chart
from core.documents.notes.sentences import (
    by_subject,
    difference_words,
    mean_words,
    paragraph,
    paragraphs,
    part_of_pupils,
    pupils_caution,
    sentence,
    some,
    upper_first,
)
from core.documents.notes.work_figures import WorkFigures
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.people.organisations import natural_key
from core.people.short_names import short_name
from core.people.suppression import Hidden
from core.words import count_of, interval, number, percent

_LOWEST_MARKS = ("3", "4", "5")
_FROM_REPORT = " (сводный отчёт)"
_QUALITY = 2
"""Shares from this place of MARKS on make «качество знаний»."""


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
    return "; ".join(f"«{mark}» – от {number(cut)}" for mark, cut in zip(_LOWEST_MARKS, cuts, strict=False))


def individual(figures: WorkFigures) -> Section:
    """Return classes and schools by name, never by result; inside the own school who stands at a border of marks."""
    shown = [one for one in figures.overview.units if not one.unit.is_whole_school]
    ordered = sorted(shown, key=lambda one: (natural_key(one.unit.school_name or one.unit.name), one.unit.level,
                                             natural_key(one.unit.name)))
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


def _border(figures: WorkFigures) -> str:
    """Say how many lacked one point to a mark: whom a small help would lift first."""
    cuts, counts = figures.work.cut_scores, figures.overview.distribution.counts
    if not figures.is_owned or not cuts:
        return ""
    near = [
        f"до «{mark}» – {number(int(counts[cut - 1]))}"
        for mark, cut in zip(_LOWEST_MARKS, cuts, strict=False)
        if 0 < cut <= counts.size and counts[cut - 1]
    ]
    return f"Одного балла до следующей отметки не хватило: {', '.join(near)} (участников)." if near else ""


def _unit_row(one: UnitSummary) -> tuple[str, ...]:
    unit = one.unit
    name = f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name)
    if one.participants is None or one.share is None:
        return name, "", "", "", one.hidden.words
    note = "малая выборка" if one.participants < 10 else ""
    return (
        name, number(one.participants), percent(one.share.value), interval(one.share.low, one.share.high, 0), note
    )


def marks(figures: WorkFigures) -> Section:
    """Return the marks, their indices, and the same shares elsewhere."""
    overview, found = figures.overview, figures.overview.marks
    if overview.marks_hidden:
        return Section("marks", "Отметки", (sentence(f"отметки: {overview.marks_hidden.words}"),))
    tests = _test_scores(figures)
    if not found.n:
        none = "" if tests else "Отметок в файле нет, и шкалы перевода для этой работы нет: показаны только баллы."
        return Section("marks", "Отметки" if not tests else "Тестовые баллы", paragraphs(tests, none))
    counts = [
        f"«{mark}» – {number(count)} ({percent(count / found.n)})"
        for mark, count in reversed(list(zip(MARKS, found.counts, strict=True)))
    ]
    shown = _told_once(figures)
    shares = [
        MarkShare(_bare(group.name), mark, group.shares[place], group.counts[place] if group.counts else None)
        for group in shown
        for place, mark in enumerate(MARKS)
    ]
    return Section(
        "marks", "Отметки",
        paragraphs(
            f"Отметки: {', '.join(counts)}; всего {count_of(found.n, 'участник')}.",
            paragraph(
                f"Успеваемость – {part_of_pupils(found.passed)}.",
                f"Качество знаний – {part_of_pupils(found.quality)}.",
                f"Средняя отметка – {mean_words(found.mean, 2)}, степень обученности – "
                f"{percent(found.learning.value)}.",
            ),
            *_compared_marks(figures, shown),
            _by_scale(figures),
            tests,
        ),
        TextTable(
            "Доли участников, получивших отметку",
            (TextColumn("Где", 6), TextColumn("Участников", 3, True),
             *(TextColumn(f"«{mark}»", 2, True) for mark in MARKS)),
            tuple(
                (group.name, number(group.participants) if group.participants is not None else "–",
                 *(percent(share) for share in group.shares))
                for group in shown
            ),
        ),
        TextChart("Распределение отметок", f"Столбцы долей отметок: {', '.join(counts)}.", mark_chart(shares)),
    )


def _compared_marks(figures: WorkFigures, shown: list[MarkGroup]) -> list[str]:
    """Return how the share of «4» and «5» differs from each other group, apart from ourselves in a report."""
    own = figures.overview.marks
    differing, alike = [], []
    for group in shown[1:]:
        other, participants, name = sum(group.shares[_QUALITY:]), group.participants, group.name
        if group.counts is not None:
            # A unit above holds ours: we are compared with the rest of it.
            rest = [theirs - ours for theirs, ours in zip(group.counts, own.counts, strict=True)]
            if min(rest) < 0 or not sum(rest):
                continue
            other, participants = sum(rest[_QUALITY:]) / sum(rest), sum(rest)
            name = f"{group.name}, остальные"
        said = difference_words(own.quality.value, own.n, other, participants, name)
        if said:
            differing.append(f"Доля отметок «4» и «5» {said}.")
        else:
            alike.append(f"«{name}» ({percent(other)})")
    if alike:
        differing.append(f"Доля отметок «4» и «5» достоверно не отличается от такой же доли: {some(alike)}.")
    return differing


def _told_once(figures: WorkFigures) -> list[MarkGroup]:
    """Return the groups that are shown, ours first; a report on a unit whose own results stand here is left out."""
    shown = [group for group in figures.groups if group.hidden is Hidden.NO]
    names = {group.name for group in shown}
    return [group for group in shown if _bare(group.name) == group.name or _bare(group.name) not in names]


def _bare(name: str) -> str:
    """Return the name of a group without the words on the report that it comes from."""
    return name.removesuffix(_FROM_REPORT)


def _by_scale(figures: WorkFigures) -> str:
    parts = [figures.work.classes[place] for place in figures.unit.classes]
    if not any(part.marks_by_scale for part in parts):
        return ""
    return f"Отметок в файле не было, они поставлены по шкале: {figures.work.scale_words.rstrip('.')}."


def _test_scores(figures: WorkFigures) -> str:
    overview = figures.overview
    if overview.test_scores is None:
        return ""
    said = f"Средний тестовый балл – {mean_words(overview.test_scores)}."
    if overview.passed_minimum is None:
        return said
    least = figures.work.minimum_test_score
    return f"{said} Минимальный балл ({least}) преодолели {part_of_pupils(overview.passed_minimum)}."


def journal(figures: WorkFigures) -> Section:
    """Return how the marks of the work agree with those of the journal."""
    title, found = "Сравнение с отметками в журнале", figures.overview.journal
    if figures.overview.journal_hidden is not Hidden.NO:
        return Section("journal", title, (sentence(f"отметки в журнале: {figures.overview.journal_hidden.words}"),))
    if not found.n:
        return Section("journal", title, ("Отметок за предыдущий период в файле нет, сравнить не с чем.",))
    balance = "Понизивших и повысивших отметку примерно поровну."
    if found.lowered.low > found.raised.high:
        balance = "Понизивших отметку достоверно больше, чем повысивших: критерии оценивания стоит обсудить."
    elif found.raised.low > found.lowered.high:
        balance = "Повысивших отметку достоверно больше, чем понизивших: условия проведения и проверки стоит обсудить."
    wide = found.wide_gap
    return Section(
        "journal", title,
        paragraphs(
            paragraph(
                f"Подтвердили отметку в журнале {part_of_pupils(found.confirmed)},",
                f"понизили {part_of_pupils(found.lowered)},", f"повысили {part_of_pupils(found.raised)}.", balance,
            ),
            f"Разрыв в две отметки и больше – у {part_of_pupils(wide)}; такие случаи разбирают по одному (ФИОКО, 2026)."
            if wide.count
            else "Разрывов в две отметки и больше нет.",
        ),
    )


def scores(figures: WorkFigures) -> Section:
    """Return the primary scores with the borders of marks, and signs that ask for a check."""
    work, own = figures.work, figures.overview.distribution
    shares = score_shares(own)
    counts = [ScoreCount(score, int(count)) for score, count in enumerate(own.counts)]
    cuts = [CutScore(start, mark) for start, mark in zip(work.cut_scores, _LOWEST_MARKS, strict=False)]
    often = max(range(len(counts)), key=lambda score: shares[score]) if own.n else 0
    return Section(
        "scores", "Первичные баллы",
        paragraphs(
            paragraph(
                f"Средний первичный балл – {mean_words(own.mean)} из {number(int(work.maxima.sum()))}, медиана – "
                f"{number(own.median, 1)}, наименьший – {number(own.minimum)}, наибольший – {number(own.maximum)}.",
                f"Чаще всего встречается балл {number(often)}: {percent(float(shares[often]))} участников.",
                "По небольшому числу участников форма распределения ни о чём не говорит." if own.n < 50 else "",
            ),
            _signs(figures),
        ),
        chart=TextChart(
            "Распределение первичных баллов",
            f"Гистограмма баллов от 0 до {number(int(work.maxima.sum()))}: среднее {number(own.mean.value, 1)}, "
            f"медиана {number(own.median, 1)}.",
            score_chart(counts, cuts),
        ),
    )


def _signs(figures: WorkFigures) -> str:
    """Name the kinds of signs; schools are not named on paper, they are looked at on the screen."""
    kinds = list(dict.fromkeys(marker.kind.value for one in figures.signs for marker in one.markers))
    if not kinds:
        return "Признаков необъективности не найдено."
    return (
        f"{upper_first(some(kinds))}: {WORDING}; он показывает, где посмотреть работы и протоколы, и нарушения не "
        "доказывает."
    )
