"""The triangulation matrix: elements against pupils, teachers, experts; a chosen element leads to its sources."""

from __future__ import annotations

import hashlib

import streamlit as st

from core.analysis.status import Status
from core.charts.palette import STATUS_STYLES, status_words
from core.charts.tone_map import SELECTION, ToneCell, standing_words, tone_map, tone_of
from core.diagnostics.standing import Standing
from core.diagnostics.triangulating import triangulation
from core.diagnostics.triangulation import ElementRow
from core.words import interval, percent, plural
from pages.analyse.deficit_parts.choice import SCREEN, Choice
from pages.analyse.deficit_parts.passports import matrix_passport
from pages.analyse.deficit_parts.sources import show_sources
from pages.analyse.deficit_parts.wording import row_names, share_words
from pages.widgets.chart_frame import chart_frame
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import data_version, read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("signals", "Указывают", width=84, help="Сколько сторон из трёх указывают на трудность."),
    Column("element", "Элемент содержания", width=156),
    Column("subject", "Предмет", width=100),
    Column("pupils", "Ученики", width=174, help="Выполнение элемента, 95 % интервал, число участников."),
    Column("teachers", "Педагоги с дефицитом", width=176, help="Среди учителей предмета, 95 % интервал."),
    Column("remarks", "Эксперты", width=76, help="Число замечаний об элементе."),
    Column("hypothesis", "Что обсудить", width=262),
)
_FILE_COLUMNS = (
    Column("signals", "Сторон указывают", "integer"),
    Column("subject", "Предмет"),
    Column("element", "Элемент содержания"),
    Column("facility", "Выполнение", "percent"),
    Column("low", "Интервал от", "percent"),
    Column("high", "Интервал до", "percent"),
    Column("n", "Участников", "integer"),
    Column("status", "Статус"),
    Column("work", "Работа"),
    Column("share", "Доля педагогов с дефицитом", "percent"),
    Column("share_low", "Интервал от ", "percent"),
    Column("share_high", "Интервал до ", "percent"),
    Column("asked", "Педагогов", "integer"),
    Column("standing", "Дефицит"),
    Column("remarks", "Замечаний экспертов", "integer"),
    Column("hypothesis", "Что обсудить"),
)
_SIDES = ("Ученики", "Педагоги", "Эксперты")
_NO_DATA = "нет данных"
_HEIGHT = 300
_MOST_ROWS = 20
_LONGEST_NAME = 60


def show_matrix(choice: Choice) -> None:
    """Show the tab."""
    # An element that only an instrument names, without an answer about it, tells this person nothing.
    rows = tuple(row for row in read(triangulation, choice.subjects, choice.school_id) if _says_something(row))
    passport = matrix_passport(choice)
    if not rows:
        empty_state(
            "Сопоставлять пока нечего",
            "Нужна хотя бы одна работа с планом, анкета с компетенциями или замечание экспертов.",
            path="upload", label="Загрузить результаты учеников",
        )
        return
    several = sum(len(row.signals) > 1 for row in rows)
    count = plural(several, "элемент", "элемента", "элементов")
    head = f"На {count} указывают сразу две или три стороны." if several else "Две стороны нигде не совпали."
    st.markdown(f"**{plain(head)}** Это гипотеза для обсуждения, а не причина.")
    table = Table("Матрица триангуляции", _COLUMNS, [_screen_row(row) for row in rows])
    key = f"{SCREEN}_matrix_{_digest(rows)}"
    chosen = show_table(key, table, choose=True, height=_HEIGHT, lines=2, download=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        sheet = Table("Триангуляция", _FILE_COLUMNS, [_file_row(row) for row in rows]).sheet(passport.notes())
        download_workbook(f"{SCREEN}_matrix_xlsx", "Матрица триангуляции", [sheet], label="Матрица в XLSX")
        show_passport(passport)
        st.caption("Щёлкните в начале строки или ячейку карты: откроются работы, анкеты и замечания за числами.")
    found = next((row for row, shown in zip(rows, table.rows, strict=True) if shown is chosen), None)
    if found is not None:
        show_sources(found)
    cell = _draw(rows[:_MOST_ROWS], len(rows), choice)
    if found is None and cell is not None:
        show_sources(cell)


def _says_something(row: ElementRow) -> bool:
    return bool(row.pupils or row.teachers or row.remarks or row.is_hidden)


def _draw(rows: tuple[ElementRow, ...], count: int, choice: Choice) -> ElementRow | None:
    """Draw the worst rows as a map; return the row of a clicked cell."""
    told = [f"{row.element} · {row.subject}" if row.subject else row.element for row in rows]
    names = dict(zip(row_names(told, _LONGEST_NAME), rows, strict=True))
    cells = [cell for name, row in names.items() for cell in _cells(name, row)]
    note = f"Показаны {len(rows)} худших из {count}, остальные — в таблице." if count > len(rows) else ""
    table_rows = [
        {"row": name, **{cell.column: cell.text for cell in _cells(name, row)}} for name, row in names.items()
    ]
    columns = (Column("row", "Элемент", pinned=True), *(Column(side, side) for side in _SIDES))
    points = chart_frame(
        f"{SCREEN}_matrix_map", "Карта: ученики, педагоги, эксперты", tone_map(cells, "Элемент", ""),
        Table("Карта: ученики, педагоги, эксперты", columns, table_rows), matrix_passport(choice), note=note,
        choose=SELECTION, wide=True,
    )
    return names.get(str(points[0].get("row"))) if points else None


def _cells(name: str, row: ElementRow) -> tuple[ToneCell, ToneCell, ToneCell]:
    pupils = ToneCell(name, _SIDES[0], _NO_DATA, Status.UNKNOWN, status_words(Status.UNKNOWN))
    if row.pupils:
        side = row.pupils[0]
        text = f"{percent(side.facility, 0)} {STATUS_STYLES[side.status].sign}"
        said = f"{interval(side.low, side.high)}, n = {side.n}, {side.work}"
        pupils = ToneCell(name, _SIDES[0], text, side.status, status_words(side.status), said)
    hidden = "скрыто" if row.is_hidden else _NO_DATA
    teachers = ToneCell(name, _SIDES[1], hidden, Status.UNKNOWN, status_words(Status.UNKNOWN))
    if row.teachers:
        share = row.teachers[0]
        number = percent(share.share, 0) if share.asked else "обсуждение"
        said = share_words(share.share, share.low, share.high, share.lacking, share.asked)
        teachers = ToneCell(
            name, _SIDES[1], f"{number} {share.standing.sign}", tone_of(share.standing),
            standing_words(share.standing), said,
        )
    remarks = len(row.remarks)
    text = plural(remarks, "замечание", "замечания", "замечаний") if remarks else "замечаний нет"
    tone, words = (Status.PROBABLY_BELOW, "! есть замечания") if remarks else (Status.UNKNOWN, "– замечаний нет")
    return pupils, teachers, ToneCell(name, _SIDES[2], text, tone, words)


def _screen_row(row: ElementRow) -> Row:
    pupils, teachers = _NO_DATA, "скрыто: меньше пяти" if row.is_hidden else _NO_DATA
    if row.pupils:
        side = row.pupils[0]
        sign = STATUS_STYLES[side.status].sign
        pupils = f"{sign} {percent(side.facility, 0)} ({interval(side.low, side.high, 0)}), n {side.n}"
    if row.teachers:
        one = row.teachers[0]
        teachers = f"{one.standing.sign} {share_words(one.share, one.low, one.high, one.lacking, one.asked)}"
    return {
        "signals": f"{len(row.signals)} из 3", "element": row.element, "subject": row.subject, "pupils": pupils,
        "teachers": teachers, "remarks": str(len(row.remarks)) if row.remarks else "нет",
        "hypothesis": row.hypothesis,
    }


def _file_row(row: ElementRow) -> Row:
    found: dict[str, object] = {
        "signals": len(row.signals), "subject": row.subject, "element": row.element, "remarks": len(row.remarks),
        "hypothesis": row.hypothesis, "status": _NO_DATA, "standing": Standing.NO_DATA.words,
    }
    if row.pupils:
        side = row.pupils[0]
        found |= {
            "facility": side.facility, "low": side.low, "high": side.high, "n": side.n, "status": side.status.words,
            "work": side.work,
        }
    if row.teachers:
        one = row.teachers[0]
        found |= {
            "share": one.share, "share_low": one.low, "share_high": one.high, "asked": one.asked,
            "standing": one.standing.words,
        }
    return found


def _digest(rows: tuple[ElementRow, ...]) -> str:
    told = "|".join(f"{row.subject}{row.element}" for row in rows)
    return hashlib.sha256(f"{data_version()}{told}".encode()).hexdigest()[:12]
