"""«Таблица»: the official columns in the grid that many people edit at once; sections are folded and unfolded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from sqlmodel import Session

from core.people.scope import Scope
from core.planning.editing import list_deleted, restore_measures
from core.planning.grid import NUMBER, OWNER, owner_labels, owner_of_row, save_grid
from core.planning.measures import MeasureRow, RoadmapView, view_roadmap
from core.planning.owners import list_candidates
from core.planning.tables import IndicatorKind, MeasureKind, MeasureStatus
from core.words import day
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.head import show_head_form
from pages.plan.roadmap_parts.wording import condition_words, owner_words, short, today
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.grid_diff import CellKind, Grid, GridColumn, GridRow, GridView
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Kind, Table, show_table

_DOCUMENT, _RUNNING, _MEANT, _MEASURED = "Документ", "Ход", "Сроки", "Показатели"
_SETS: dict[str, tuple[str, ...]] = {
    _DOCUMENT: (NUMBER, "title", "deadline_text", "indicator", "owner_post", OWNER),
    _RUNNING: (NUMBER, "title", "state", "status", "status_note", "progress", "done_on", "evidence"),
    _MEANT: (NUMBER, "title", "deadline_text", "meant", "checks", "state"),
    _MEASURED: (
        NUMBER, "title", "kind", "indicator", "indicator_kind", "target", "unit", "value", "weight", "expected_result",
        "co_owners", "fields",
    ),
}
_TEXTS = (
    "title", "deadline_text", "indicator", "owner_post", "expected_result", "unit", "status_note", "co_owners",
)
_LINES = 3
_KINDS: dict[CellKind, Kind] = {"integer": "integer", "decimal": "decimal", "date": "date"}


def show_grid(view: RoadmapView, is_editor: bool) -> None:
    """Show the table: an editor for those who keep the roadmap, a table to read for the others."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        columns = st.segmented_control(
            "Столбцы", list(_SETS), default=_DOCUMENT, key=f"{SCREEN}_columns", required=True, persist_state="session",
            help="Официальные столбцы приказа, ход выполнения, как поняты сроки, показатели и веса.",
        )
        folded = _folding(view)
    shown = _visible(view.rows, folded)
    if not is_editor:
        _show_readable(view, shown, columns or _DOCUMENT)
        return
    roadmap_id = view.roadmap.id or 0
    grid_editor(
        _grid(roadmap_id, tuple(owner_labels(read(list_candidates, roadmap_id)))),
        load=lambda: read(_load, roadmap_id, today()),
        save=lambda changes: write(save_grid, roadmap_id, changes),
        height=min(430, 80 + 73 * max(1, len(shown))),
        lines=_LINES,
        view=GridView(tuple(row.id for row in shown), _SETS[columns or _DOCUMENT]),
    )
    st.caption(
        "Новая строка – под таблицей. Чтобы переместить пункт со всем, что под ним, впишите ему другой номер: 5.1.2."
    )
    show_head_form(view)
    gone = {one.id or 0: short(one.title) for one in read(list_deleted, roadmap_id)}
    show_deleted(f"{SCREEN}_row", "Удалённые строки", gone, partial(_restore, roadmap_id))


def _restore(roadmap_id: int, measure_id: int) -> object:
    return write(restore_measures, roadmap_id, (measure_id,))


def _folding(view: RoadmapView) -> frozenset[int]:
    """Show the sections; return the ids of those that are folded."""
    parents = {row.parent_id for row in view.rows}
    sections = {row.id: row.number for row in view.rows if row.id in parents}
    if not sections:
        return frozenset()
    chosen = st.pills(
        "Свернуть разделы", list(sections), selection_mode="multi", format_func=lambda key: sections.get(key, ""),
        key=f"{SCREEN}_folded_{view.roadmap.id}", persist_state="session",
        help="Нажатый раздел свёрнут: его пункты скрыты. Правки в скрытых строках не теряются.",
    )
    return frozenset(chosen)


def _visible(rows: Sequence[MeasureRow], folded: frozenset[int]) -> list[MeasureRow]:
    """Return the rows that do not hang below a folded one."""
    hidden: set[int] = set()
    found: list[MeasureRow] = []
    for row in rows:
        if row.parent_id is not None and (row.parent_id in folded or row.parent_id in hidden):
            hidden.add(row.id)
        else:
            found.append(row)
    return found


def _grid(roadmap_id: int, owners: tuple[str, ...]) -> Grid:
    statuses = tuple(one.value for one in MeasureStatus)
    return Grid(
        f"measure:{roadmap_id}",
        (
            GridColumn(NUMBER, "№ п/п", width=80, help="Номера ведёт программа. Другой номер перемещает пункт."),
            GridColumn("title", "Наименование мероприятия", required=True, width=270),
            GridColumn("deadline_text", "Срок исполнения", width=140, help="Пишите как в приказе: «октябрь-ноябрь»."),
            GridColumn("meant", "Как понят срок", editable=False, width=232),
            GridColumn("checks", "Даты проверки", editable=False, width=108),
            GridColumn("indicator", "Индикативные показатели", width=194),
            GridColumn("owner_post", "Исполнители", width=160, help="Должность или орган, как в документе."),
            GridColumn(OWNER, "Кто именно", "choice", owners, width=172, help="Педагог или другой сотрудник."),
            GridColumn("state", "Как идёт", editable=False, width=150),
            GridColumn("status", "Статус", "choice", statuses, width=172, help="С опозданием, не выполнено, перенесено "
                       "и отменено – только с примечанием."),
            GridColumn("status_note", "Примечание", width=150),
            GridColumn("progress", "Ход, %", "integer", width=84),
            GridColumn("done_on", "Выполнено", "date", width=116),
            GridColumn("evidence", "Подтверждений", "integer", editable=False, width=64),
            GridColumn("kind", "Вид строки", "choice", tuple(one.value for one in MeasureKind), width=110),
            GridColumn("indicator_kind", "Чем закрыт", "choice", tuple(one.value for one in IndicatorKind), width=100),
            GridColumn("target", "Цель", "decimal", width=70),
            GridColumn("unit", "Единица", width=96),
            GridColumn("value", "Достигнуто", "decimal", width=112),
            GridColumn("weight", "Вес", "decimal", width=60, help="Сколько значит мероприятие в ходе раздела."),
            GridColumn("expected_result", "Ожидаемый результат", width=180),
            GridColumn("co_owners", "Соисполнители", width=150),
            GridColumn("fields", "Проблемных полей", "integer", editable=False, width=70),
        ),
        may_add=True,
        may_delete=True,
        label=NUMBER,
    )


def _load(session: Session, scope: Scope, roadmap_id: int, _day: object) -> list[GridRow]:
    view = view_roadmap(session, scope, roadmap_id, today())
    labels = owner_labels(list_candidates(session, scope, roadmap_id))
    return [GridRow(row.id, row.version, {**_values(row), OWNER: owner_of_row(row, labels)}) for row in view.rows]


def _values(row: MeasureRow) -> dict[str, object]:
    is_group = row.kind is MeasureKind.GROUP
    return {
        NUMBER: row.number,
        **{name: getattr(row, name) for name in _TEXTS},
        "meant": row.explanation,
        "checks": ", ".join(day(one) for one in row.check_dates),
        "state": condition_words(row),
        "status": None if is_group else row.status.value,
        "progress": round(row.rolled_up) if is_group and row.rolled_up is not None else row.progress,
        "done_on": row.done_on,
        "evidence": row.evidence or None,
        "kind": row.kind.value,
        "indicator_kind": row.indicator_kind.value if row.indicator else None,
        "target": row.target,
        "value": row.value,
        "weight": row.weight,
        "fields": row.fields or None,
    }


def _show_readable(view: RoadmapView, shown: Sequence[MeasureRow], columns: str) -> None:
    grid = _grid(view.roadmap.id or 0, ())
    names = [name for name in _SETS[columns] if name != OWNER]
    table = Table(
        view.roadmap.title,
        tuple(
            Column(name, (one := grid.column(name)).title, _KINDS.get(one.kind, "text"), one.help, one.width)
            for name in names
        ),
        [{**_values(row), "owner_post": owner_words(row)} for row in shown],
    )
    show_table(f"{SCREEN}_table", table, height=430, lines=_LINES, download=False)

