"""A roadmap from a workbook in the official columns: read, shown, then stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.errors import QualityError
from core.planning.official_table import OFFICIAL_HEADERS, RoadmapTable, TableRow
from core.planning.roadmaps import RoadmapDraft
from core.planning.tables import Roadmap
from core.planning.workbook import import_roadmap, read_roadmap_file, write_table
from core.words import plural
from pages.plan.roadmap_parts.address import SCREEN, open_roadmap
from pages.plan.roadmap_parts.draft_form import checked, draft_form
from pages.widgets.acting import act
from pages.widgets.downloads import download
from pages.widgets.refusals import show_refusal
from pages.widgets.session import write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = tuple(
    Column(key, title, width=width)
    for key, title, width in zip(
        ("number", "title", "deadline", "indicator", "owner"), OFFICIAL_HEADERS, (70, 340, 170, 250, 190), strict=True
    )
)
_SAMPLE = (
    TableRow("1", "Анализ результатов и выявление проблемных полей", "Сентябрь 2026 г.", "Наличие справки",
             "Заместитель директора, руководители ШМО"),
    TableRow("2", "Методическая помощь"),
    TableRow("2.1", "Семинар-практикум для учителей", "Октябрь-ноябрь", "Не менее 80 % учителей приняли участие",
             "Методист"),
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The dropped file as it was read, so that it is read once only."""

    file_id: str
    answer: RoadmapTable | QualityError


def show_from_file() -> None:
    """Show the field for the file, what was read from it, and the button that stores it."""
    st.caption(
        "Годится таблица, у которой есть столбцы с мероприятиями и сроками; номера «5.1.2» дают вложенность. "
        "До нажатия «Создать» ничего не записывается."
    )
    download(
        f"{SCREEN}_blank_table", "Скачать пустую таблицу", "Дорожная карта, таблица для заполнения", "xlsx",
        lambda: write_table(RoadmapTable("Дорожная карта", _SAMPLE), with_control=False),
    )
    dropped = st.file_uploader(
        "Файл с дорожной картой (.xlsx, .xls, .ods, .csv)", type=["xlsx", "xls", "ods", "csv"], key=f"{SCREEN}_drop"
    )
    if dropped is None:
        return
    answer = _read(dropped)
    if isinstance(answer, QualityError):
        show_refusal(answer)
        return
    rows = [
        {"number": row.official_number if row.number else "", "title": row.title, "deadline": row.deadline,
         "indicator": row.indicator, "owner": row.owner}
        for row in answer.rows
    ]
    st.markdown(f"**Прочитано: {plural(len(rows), 'строка', 'строки', 'строк')}.**")
    for note in answer.notes:
        st.warning(plain(note), icon=":material/info:")
    show_table(f"{SCREEN}_file_rows", Table("Прочитано из файла", _COLUMNS, rows), height=230, lines=3, download=False)
    draft = draft_form(f"{SCREEN}_new_file_{dropped.file_id}", title=answer.title)
    if draft is not None:
        st.button(
            "Создать дорожную карту", key=f"{SCREEN}_make_file", type="primary", icon=":material/check:",
            on_click=_make, args=(draft, answer),
        )


def _read(dropped: UploadedFile) -> RoadmapTable | QualityError:
    """Return what the file says, read in the limited child process."""
    known: _Opened | None = st.session_state.get(f"{SCREEN}_opened_file")
    if known is not None and known.file_id == dropped.file_id:
        return known.answer
    answer: RoadmapTable | QualityError
    with st.spinner("Читаем файл"):
        try:
            answer = read_roadmap_file(dropped.getvalue(), dropped.name)
        except QualityError as refusal:
            answer = refusal
    st.session_state[f"{SCREEN}_opened_file"] = _Opened(dropped.file_id, answer)
    return answer


def _make(draft: RoadmapDraft, table: RoadmapTable) -> None:
    made = act(partial(_import, draft, table), _told)
    if made is not None:
        st.session_state.pop(f"{SCREEN}_adding", None)
        open_roadmap(made[0].id or 0)


def _import(draft: RoadmapDraft, table: RoadmapTable) -> tuple[Roadmap, tuple[str, ...]]:
    return write(import_roadmap, checked(draft), table)


def _told(made: tuple[Roadmap, tuple[str, ...]]) -> str:
    return " ".join(("Проект дорожной карты создан из файла.", *made[1]))
