"""Sections of a note on a work: marks, the journal, primary scores. Pure."""

from __future__ import annotations

from math import comb

from core.analysis.mark_groups import MARKS, MarkGroup
from core.analysis.marks import JournalComparison, score_shares
from core.analysis.objectivity import WORDING
from core.charts.distribution import CutScore, MarkShare, ScoreCount, mark_chart, score_chart
from core.documents.notes.sentences import (
    difference_words,
    mean_words,
    paragraph,
    paragraphs,
    part_of_pupils,
    sentence,
    some,
    upper_first,
)
from core.documents.notes.work_figures import WorkFigures
from core.documents.notes.work_passport import LOWEST_MARKS
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.people.suppression import Hidden
from core.words import count_of, number, percent

_FROM_REPORT = " (сводный отчёт)"
_RARE = 0.05
_QUALITY = 2
"""Shares from this place of MARKS on make «качество знаний»."""


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
    shown = groups_told(figures)
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


def groups_told(figures: WorkFigures) -> list[MarkGroup]:
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
    wide = found.wide_gap
    return Section(
        "journal", title,
        paragraphs(
            paragraph(
                f"Подтвердили отметку в журнале {part_of_pupils(found.confirmed)},",
                f"понизили {part_of_pupils(found.lowered)},", f"повысили {part_of_pupils(found.raised)}.",
                _balance(found),
            ),
            f"Разрыв в две отметки и больше – у {part_of_pupils(wide)}; такие случаи разбирают по одному (ФИОКО, 2026)."
            if wide.count
            else "Разрывов в две отметки и больше нет.",
        ),
    )


def _balance(found: JournalComparison) -> str:
    """Say whether more lowered or raised their mark than chance allows.

    Of those whose mark changed, chance would lower half: exact two-sided sign test (Dixon W. J., Mood A. M. (1946), The
    statistical sign test, JASA 41).
    """
    changed, most = found.lowered.count + found.raised.count, max(found.lowered.count, found.raised.count)
    chance = 2 * sum(comb(changed, count) for count in range(most, changed + 1)) / 2**changed
    if chance <= _RARE and found.lowered.count > found.raised.count:
        return "Понизивших отметку достоверно больше, чем повысивших: критерии оценивания стоит обсудить."
    if chance <= _RARE:
        return "Повысивших отметку достоверно больше, чем понизивших: условия проведения и проверки стоит обсудить."
    return "Разница между понизившими и повысившими отметку – в пределах случайности." if changed else ""


def scores(figures: WorkFigures) -> Section:
    """Return the primary scores with the borders of marks, and signs that ask for a check."""
    work, own = figures.work, figures.overview.distribution
    shares = score_shares(own)
    counts = [ScoreCount(score, int(count)) for score, count in enumerate(own.counts)]
    cuts = [CutScore(start, mark) for start, mark in zip(work.cut_scores, LOWEST_MARKS, strict=False)]
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
