"""Waves: two rounds of one instrument side by side, with the interval of the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from core.charts.shares import ShareRow, share_chart
from core.diagnostics.comparison import LineChange, compare_rounds
from core.diagnostics.groups import GroupKind
from core.diagnostics.rounds import Round
from core.words import number
from pages.analyse.deficit_parts.choice import SCREEN, Choice, kind_switch
from pages.analyse.deficit_parts.passports import waves_passport
from pages.analyse.deficit_parts.wording import line_words, row_names
from pages.widgets.chart_frame import chart_frame
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("verdict", "Что изменилось", width=190),
    Column("group", "Группа", width=118),
    Column("line", "Затруднение", width=262),
    Column("before", "Было", "percent", width=68),
    Column("after", "Стало", "percent", width=68),
    Column("change", "Изменение, п. п.", width=130, help="В скобках — 95 % интервал изменения."),
    Column("remark", "О ком и насколько надёжно", width=215),
)
_HEIGHT = 300
_MOST_DRAWN = 12


def show_waves(choice: Choice) -> None:
    """Show the tab."""
    later = choice.round
    others = [
        one for one in choice.options.rounds
        if later is not None and one.instrument_id == later.instrument_id and one.key != later.key
    ]
    if later is None or not others:
        empty_state("Сравнивать пока не с чем", _advice(choice.options.rounds))
        return
    names = {one.key: one for one in others}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(
            "Сравнить с волной", list(names), format_func=lambda key: names[key].name, key=f"{SCREEN}_other", width=520
        )
        kind = kind_switch("wave_kind")
    before, after = sorted((later, names[other]), key=_when)
    compared = read(compare_rounds, before.key, after.key, choice.filter(kind))
    found = [one for one in compared.found if one.group.kind is not GroupKind.WHOLE]
    if not found:
        empty_state("Показать нечего", "В группах меньше пяти педагогов или вопросы волн не совпадают.")
        return
    better = sum(one.change.is_certain and one.change.change < 0 for one in found)
    worse = sum(one.change.is_certain and one.change.change > 0 for one in found)
    st.markdown(
        f"**{plain(f'{before.short} → {after.short}')}**: дефицит достоверно сократился в {number(better)}, вырос в "
        f"{number(worse)} из {number(len(found))} сравнений."
    )
    table = Table("Сравнение волн", _COLUMNS, [_row(one) for one in found])
    show_table(f"{SCREEN}_waves", table, height=_HEIGHT, download=False)
    passport = waves_passport(before, after)
    with st.container(horizontal=True):
        sheet = table.sheet(passport.notes())
        download_workbook(f"{SCREEN}_waves_xlsx", table.title, [sheet], label="Сравнение в XLSX")
        show_passport(passport)
    _draw(found, before, after)


def _advice(rounds: Sequence[Round]) -> str:
    """Return what to do where the chosen questionnaire was asked once: another one may have several waves."""
    asked = Counter(one.instrument for one in rounds)
    several = [f"«{name}»" for name, count in asked.items() if count > 1]
    if several:
        return f"Эта анкета проведена один раз. Несколько волн есть у анкеты {several[0]}: выберите её в «Диагностике»."
    return "Загрузите ещё одну волну этой же анкеты: например, итоговую после курса или входную следующего года."


def _draw(found: list[LineChange], before: Round, after: Round) -> None:
    """Draw the greatest changes; several waves of one line stand above each other."""
    strongest = sorted(found, key=lambda one: -abs(one.change.change))[:_MOST_DRAWN]
    rows = []
    labels = row_names([f"{one.group.name}: {line_words(one.line)}" for one in strongest], 70)
    for one, label in zip(strongest, labels, strict=True):
        rows.append(ShareRow(label, before.name, one.change.before, n=one.change.n_before, detail=one.remark))
        rows.append(ShareRow(label, after.name, one.change.after, n=one.change.n_after, detail=one.remark))
    title = "Наибольшие изменения"
    columns = (Column("label", "Что"), Column("series", "Волна"), Column("share", "Доля с дефицитом", "percent"))
    table = Table(title, columns, [{"label": row.label, "series": row.series, "share": row.share} for row in rows])
    chart_frame(
        f"{SCREEN}_waves_chart", title, share_chart(rows, "Доля педагогов с дефицитом"), table,
        waves_passport(before, after),
    )


def _row(one: LineChange) -> Row:
    change = one.change
    verdict = "◊ не отличить от случайного"
    if change.is_certain:
        verdict = "● дефицит сократился" if change.change < 0 else "▼ дефицит вырос"
    points = number(100 * change.change, 1)
    return {
        "verdict": verdict, "group": one.group.name, "line": line_words(one.line), "before": change.before,
        "after": change.after, "remark": one.remark,
        "change": f"{points} ({number(100 * change.low)}…{number(100 * change.high)})",
    }


def _when(one: Round) -> tuple[object, str]:
    return one.held_on, one.key
