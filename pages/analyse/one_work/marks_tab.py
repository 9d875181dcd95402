"""«Отметки» and «Баллы»: distributions beside those above and those of reports, and the journal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.analysis.mark_groups import MARKS, MarkGroup
from core.analysis.marks import JournalComparison, Share, score_shares
from core.analysis.reasons import sample_caution
from core.analysis.results import WorkOverview
from core.charts.distribution import CutScore, MarkShare, ScoreCount, mark_chart, score_chart
from core.people.suppression import Hidden
from core.words import interval, number, percent
from pages.analyse.one_work.choice import SCREEN
from pages.analyse.one_work.passports import passport
from pages.widgets.chart_frame import chart_frame
from pages.widgets.figures import Figure, show_figures
from pages.widgets.tables import Column, Table

_MARKS = (
    Column("name", "Где", width="large"),
    Column("n", "Участников", "integer"),
    *(Column(mark, f"«{mark}»", "percent") for mark in MARKS),
)
_NOTE = Column("note", "Примечание", width="large")
_SCORES = (
    Column("score", "Первичный балл", "integer"),
    Column("count", "Участников", "integer"),
    Column("share", "Доля", "percent"),
    Column("reference", "Доля для сравнения", "percent"),
)


def show_marks(overview: WorkOverview, groups: Sequence[MarkGroup]) -> None:
    """Show the marks beside the units above and reports, and what the journal says."""
    if overview.marks_hidden:
        st.info(f"Отметки: {overview.marks_hidden.words}.", icon=":material/visibility_off:")
        return
    if not overview.marks.n:
        st.info(
            "Отметок в этой работе нет: их не было в файле, и шкалы перевода для неё нет. Шкалу можно добавить на "
            "экране «Планы работ».", icon=":material/info:",
        )
        return
    shares = [
        MarkShare(group.name, mark, group.shares[place], group.counts[place] if group.counts else None)
        for group in groups
        for place, mark in enumerate(MARKS)
        if group.hidden is Hidden.NO
    ]
    rows = [_marks_row(group) for group in groups]
    columns = (*_MARKS, _NOTE) if any(group.hidden for group in groups) else _MARKS
    chart_frame(
        f"{SCREEN}_marks", "Распределение отметок", mark_chart(shares), Table("Отметки", columns, rows),
        passport(overview, "доли участников, получивших отметку; рядом — вышестоящие и сводные отчёты"),
        note=_caution(overview),
    )
    _show_journal(overview.journal, overview.journal_hidden)


def _marks_row(group: MarkGroup) -> dict[str, object]:
    if group.hidden is not Hidden.NO:
        return {"name": group.name, "note": group.hidden.words}
    return {"name": group.name, "n": group.participants, **dict(zip(MARKS, group.shares, strict=True))}


def _show_journal(journal: JournalComparison, hidden: Hidden) -> None:
    st.subheader("С отметками в журнале", anchor=False)
    if hidden is not Hidden.NO:
        st.caption(f"Отметки в журнале: {hidden.words}.")
        return
    if not journal.n:
        st.caption("Отметок за предыдущий период в файле нет, сравнить не с чем.")
        return
    show_figures([
        _share("Понизили", journal.lowered, "Отметка за работу ниже отметки в журнале."),
        _share("Подтвердили", journal.confirmed, "Отметки одинаковы."),
        _share("Повысили", journal.raised, "Отметка за работу выше отметки в журнале."),
        _share("Разрыв в 2 отметки и больше", journal.wide_gap, "Такие случаи разбирают по одному (ФИОКО, 2026)."),
    ])


def show_scores(overview: WorkOverview, above: WorkOverview | None) -> None:
    """Show the histogram of primary scores with the borders of marks; dashed is the widest unit above."""
    own = overview.distribution
    reference = score_shares(above.distribution) if above is not None else None
    shares = score_shares(own)
    counts = [
        ScoreCount(score, int(count), float(reference[score]) if reference is not None and score < reference.size
                   else None)
        for score, count in enumerate(own.counts)
    ]
    cuts = [CutScore(start, mark) for start, mark in zip(overview.work.cut_scores, ("3", "4", "5"), strict=False)]
    rows = [
        {"score": one.score, "count": one.count, "share": float(shares[one.score]), "reference": one.reference}
        for one in counts
    ]
    compared = ""
    if above is not None:
        whole = above.unit.name if above.unit else "вся работа"
        compared = f"Пунктир — {whole}, приведено к тому же числу участников. "
    spread = (
        f"Наименьший балл {number(own.minimum)}, медиана {number(own.median, 1)}, наибольший {number(own.maximum)}."
        if own.n
        else ""
    )
    chart_frame(
        f"{SCREEN}_scores", "Распределение первичных баллов", score_chart(counts, cuts), Table("Баллы", _SCORES, rows),
        passport(
            overview, "число участников с каждым первичным баллом; линии — с какого балла начинается отметка",
            "Всплеск у границы отметки — только повод проверить, см. вкладку «Объективность».",
        ),
        note=f"{compared}{spread} {_caution(overview)}".strip(),
    )


def _share(label: str, share: Share, about: str) -> Figure:
    return Figure(label, percent(share.value), share.n, interval(share.low, share.high), help=about)


def _caution(overview: WorkOverview) -> str:
    text = sample_caution(overview.participants)
    return f"{text[0].upper()}{text[1:]}." if text else ""
