"""Corporate deficits: the list, the worst first, the chosen one with its confirmation, and the map."""

from __future__ import annotations

import hashlib

import streamlit as st

from core.charts.tone_map import SELECTION, ToneCell, standing_words, tone_map, tone_of
from core.diagnostics.corporate import DeficitList, SharedDeficit, shared_deficits
from core.diagnostics.groups import Group, GroupKind
from core.diagnostics.standing import Standing
from core.people.short_names import in_lines
from core.words import interval, percent, plural
from pages.analyse.deficit_parts.choice import SCREEN, Choice, kind_switch
from pages.analyse.deficit_parts.confirming import show_confirmation
from pages.analyse.deficit_parts.passports import corporate_passport
from pages.analyse.deficit_parts.wording import line_words, row_names, share_words, summary_words
from pages.widgets.chart_frame import chart_frame
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import data_version, read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("standing", "Что это", width=182, help="▼▼ не меньше половины педагогов группы, ▼ от 30 %."),
    Column("group", "Группа", width=118),
    Column("line", "Затруднение", width=300),
    Column("section", "Раздел", width=160),
    Column("share", "Доля с дефицитом", width=186, help="В скобках — 95 % интервал, затем сколько из ответивших."),
    Column("confirmed", "Обсуждено", width=80, help="✓ подтверждено объединением или клубом, с протоколом."),
)
_FILE_COLUMNS = (
    Column("standing", "Что это"),
    Column("group", "Группа"),
    Column("section", "Раздел"),
    Column("line", "Затруднение"),
    Column("competence", "Компетенция"),
    Column("value", "Доля с дефицитом", "percent"),
    Column("low", "Интервал от", "percent"),
    Column("high", "Интервал до", "percent"),
    Column("lacking", "С дефицитом", "integer"),
    Column("asked", "Ответили", "integer"),
    Column("confirmed", "Подтверждение"),
)
_HEIGHT = 270
_MOST_LINES = 14
_LONGEST_NAME = 62


def show_corporate(choice: Choice) -> None:
    """Show the tab."""
    kind = kind_switch("kind")
    listed = read(shared_deficits, choice.filter(kind))
    passport = corporate_passport(choice, listed.rule)
    st.markdown(f"**{plain(summary_words(listed))}** {plain(listed.hidden_words)}")
    if not listed.groups:
        empty_state(
            "Показать нечего", "В выбранных группах меньше пяти педагогов. Снимите отбор или опросите больше педагогов."
        )
        return
    hard = listed.of(Standing.POSSIBLE)
    if hard:
        rows = [_screen_row(one) for one in hard]
        key = f"{SCREEN}_list_{_digest(hard)}"
        chosen = show_table(
            key, Table("Корпоративные дефициты", _COLUMNS, rows), choose=True, height=_HEIGHT, lines=2, download=False
        )
        with st.container(horizontal=True):
            table = Table("Корпоративные дефициты", _FILE_COLUMNS, [_file_row(one) for one in listed.found])
            download_workbook(f"{SCREEN}_xlsx", table.title, [table.sheet(passport.notes())], label="Все доли в XLSX")
            show_passport(passport)
        found = next((one for one, row in zip(hard, rows, strict=True) if row is chosen), None)
        if found is None:
            st.caption("Щёлкните в начале строки: откроются числа, подтверждение и педагоги, которые могут помочь.")
        else:
            show_confirmation(found, listed.round)
    else:
        _say_none(listed)
    _show_map(listed, choice)


def _say_none(listed: DeficitList) -> None:
    """Say that no group shares a difficulty, and how many all teachers together share all the same."""
    share = percent(listed.rule.possible, 0)
    said = f"Ни одно затруднение не разделяют {share} педагогов одного предмета или объединения."
    if all(group.kind is GroupKind.WHOLE for group in listed.groups):
        said = "Доли по предметам и объединениям скрыты: группы малы."
    together = len(listed.of_everybody(Standing.POSSIBLE))
    if together:
        count = plural(together, "затруднение", "затруднения", "затруднений")
        st.info(f"{said} Среди педагогов всех предметов таких {count}: они на карте ниже.", icon=":material/info:")
    else:
        st.success(said, icon=":material/check:")


def _show_map(listed: DeficitList, choice: Choice) -> None:
    """Draw lines against groups; of many lines the hardest."""
    worst: dict[str, tuple[float, str]] = {}
    for one in listed.found:
        rank = -float(one.standing) - (one.share / 2 if one.asked else 0.0)
        worst[one.line.key] = min(worst.get(one.line.key, (1.0, one.line.name)), (rank, one.line.name))
    lines = sorted(worst, key=lambda key: worst[key])[:_MOST_LINES]
    names = dict(zip(lines, row_names([worst[key][1] for key in lines], _LONGEST_NAME), strict=True))
    subjects = [group for group in listed.groups if group.kind is GroupKind.SUBJECT]
    # With one subject everybody is that subject.
    told = [group for group in listed.groups if group.kind is not GroupKind.WHOLE or len(subjects) != 1]
    groups = sorted(told, key=_order)
    cells = {(one.line.key, one.group.key): one for one in listed.found}
    asked = {group.key: max((cells[line, group.key].asked for line in lines if (line, group.key) in cells), default=0)
             for group in groups}
    heads = {group.key: _head(group, asked[group.key], len(groups)) for group in groups}
    drawn = [
        _cell(cells.get((line, group.key)), names[line], heads[group.key]) for line in lines for group in groups
    ]
    note = f"Показаны {len(lines)} самых трудных из {len(worst)}." if len(worst) > len(lines) else ""
    columns = (Column("row", "Затруднение", pinned=True), *(Column(one.key, one.name, "percent") for one in groups))
    rows = [
        {
            "row": names[line],
            **{one.key: cells[line, one.key].share for one in groups if (line, one.key) in cells},
        }
        for line in lines
    ]
    title = "Доля педагогов с дефицитом по группам"
    chart_frame(
        f"{SCREEN}_map", title, tone_map(drawn, "Затруднение", ""), Table(title, columns, rows),
        corporate_passport(choice, listed.rule), note=note, choose=SELECTION, wide=True,
    )


def _head(group: Group, asked: int, groups: int) -> str:
    """Return the name of a column with how many teachers answered at most."""
    name = in_lines(group.name, max(9, 95 // max(groups, 1)))
    return f"{name}\nn\u00a0=\u00a0{asked}" if asked else name


def _cell(one: SharedDeficit | None, row: str, column: str) -> ToneCell:
    if one is None or not one.asked:
        words = "– скрыто" if one is None else standing_words(Standing.NO_DATA)
        return ToneCell(row, column, "скрыто" if one is None else "–", tone_of(Standing.NO_DATA), words)
    said = f"{interval(one.low, one.high)}, {one.lacking} из {one.asked}"
    text = f"{percent(one.share, 0)} {one.standing.sign}"
    return ToneCell(row, column, text, tone_of(one.standing), standing_words(one.standing), said)


def _order(group: Group) -> tuple[int, str]:
    kinds = (GroupKind.WHOLE, GroupKind.SUBJECT, GroupKind.ASSOCIATION)
    return kinds.index(group.kind), group.name


def _screen_row(one: SharedDeficit) -> Row:
    return {
        "standing": standing_words(one.standing),
        "group": one.group.name,
        "line": line_words(one.line),
        "section": one.line.section,
        "share": share_words(one.share, one.low, one.high, one.lacking, one.asked),
        "confirmed": "✓ да" if one.confirmed else "нет",
    }


def _file_row(one: SharedDeficit) -> Row:
    return {
        "standing": standing_words(one.standing), "group": one.group.name, "section": one.line.section,
        "line": one.line.name, "competence": one.line.competence.name if one.line.competence else "",
        "value": one.share, "low": one.low, "high": one.high, "lacking": one.lacking, "asked": one.asked,
        "confirmed": one.confirmed.words if one.confirmed else "",
    }


def _digest(found: tuple[SharedDeficit, ...]) -> str:
    """Return a name for this very list: a chosen row must not turn into another one when the filters change."""
    told = "|".join(f"{one.group.key}{one.line.key}" for one in found)
    return hashlib.sha256(f"{data_version()}{told}".encode()).hexdigest()[:12]
