"""What has been stored: history of uploads with undo, and the board of who has not sent what."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.intake.history import UploadSummary, completeness, list_uploads, list_works
from core.intake.missing import SchoolResults, received_by_school
from core.intake.tables import UploadState
from core.intake.undoing import redo_upload, undo_upload
from core.words import plural
from pages.collect.uploading.layout_names import layout_title
from pages.widgets.empty_state import empty_state
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_HISTORY = (
    Column("when", "Загружено", "moment", width=125),
    Column("file", "Файл", width=285),
    Column("works", "Работы", width=250),
    Column("participants", "Участников", "integer", width=92),
    Column("schools", "Школ", "integer", width=60),
    Column("state", "Состояние", width=90),
    Column("who", "Кто", width=120),
    Column("layout", "Вид файла"),
)
_NOT_SENT = {True: "○ не пришло", False: "– не ожидается"}


def show_history() -> None:
    """Show the uploads, the newest first; a chosen one can be undone or brought back as a whole."""
    uploads = read(list_uploads)
    if not uploads:
        empty_state("Загрузок ещё не было", "Перетащите файл с результатами на вкладке «Загрузить».")
        return
    by_id = {upload.id: upload for upload in uploads}
    rows = [
        {
            "id": upload.id,
            "when": upload.uploaded_at,
            "file": upload.file_name,
            "works": f"{upload.works} (участники: {upload.hidden.words})" if upload.hidden else upload.works,
            "participants": upload.participants or None,
            "schools": upload.schools or None,
            "who": upload.uploaded_by,
            "state": upload.state.value,
            "layout": layout_title(upload.layout),
        }
        for upload in uploads
    ]
    st.caption("Щёлкните в начале строки, чтобы отменить загрузку или вернуть отменённую.")
    chosen = show_table("upload_history", Table("История загрузок", _HISTORY, rows), choose=True, height=480, lines=2)
    if chosen is not None and isinstance(chosen["id"], int):
        _offer_undo(by_id[chosen["id"]])


def _offer_undo(upload: UploadSummary) -> None:
    try:
        if upload.state is UploadState.UNDONE:
            if st.button("Вернуть загрузку", key=f"upload_redo_{upload.id}", icon=":material/redo:"):
                write(redo_upload, upload.id)
                st.rerun()
        elif st.button("Отменить загрузку целиком", key=f"upload_undo_{upload.id}", icon=":material/undo:"):
            write(undo_upload, upload.id)
            st.rerun()
    except QualityError as refusal:
        show_refusal(refusal)


def show_board() -> None:
    """Show schools × works of a year: how many participants came from where, and what is missing."""
    years = sorted({work.year for work in read(list_works)}, reverse=True)
    if not years:
        empty_state("Пока нечего сравнивать", "Полнота видна, когда загружена хотя бы одна работа.")
        return
    year = st.segmented_control("Год", years, default=years[0], key="upload_board_year") or years[0]
    board = read(completeness, year)
    results: dict[int, SchoolResults] = read(received_by_school, year)
    of_works = (
        Column(f"w{work.id}", f"{work.procedure} {work.subject}, {work.grade} кл." if work.grade else work.name)
        for work in board.works
    )
    columns = (Column("school", "Школа", pinned=True), *of_works)
    rows = []
    for school in board.schools:
        sent = board.participants.get(school.id or 0, {})
        owed = {work.id for work in results[school.id or 0].missing}
        row: dict[str, object] = {"school": school.name}
        for work in board.works:
            why = board.hidden.get(school.id or 0, {}).get(work.id)
            came = f"✓ {why.words if why else sent[work.id]}" if work.id in sent else ""
            row[f"w{work.id}"] = came or _NOT_SENT[work.id in owed]
        rows.append(row)
    missing = sum(len(one.missing) for one in results.values())
    st.caption(
        f"Число в ячейке — участники. Не пришло: {plural(missing, 'набор', 'набора', 'наборов')} результатов "
        f"из {sum(one.expected for one in results.values())}. Работа ожидается от школы, которая прислала другую "
        "работу той же параллели; если школа не участвовала, так и должно быть."
    )
    show_table("upload_board", Table(f"Полнота загрузки, {year}", columns, rows))
