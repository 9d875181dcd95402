"""Загрузка результатов: drop files, see what was recognised and what is wrong, save, undo."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.collect.uploading.file_card import show_file
from pages.collect.uploading.file_state import file_states
from pages.collect.uploading.guide import show_guide
from pages.collect.uploading.stored import show_board, show_history
from pages.widgets.session import require

_TYPES = ["xlsx", "xls", "ods", "csv"]

require(Action.UPLOAD)
st.title("Загрузка результатов", anchor=False)
drop, history, board = st.tabs(
    ["Загрузить", "История загрузок", "Полнота"], key="upload_tab", on_change="rerun", default="Загрузить",
    bind="query-params",
)
if drop.open:
    with drop:
        dropped = st.file_uploader(
            "Файлы с результатами: ВПР, ОГЭ, ЕГЭ, НИКО, мониторинги (.xlsx, .xls, .ods, .csv)",
            type=_TYPES,
            accept_multiple_files=True,
            key="upload_drop",
            help="Вид файла определяется по содержанию. До нажатия «Сохранить» ничего не записывается.",
        )
        states = file_states(dropped)
        if not states:
            show_guide()
        for number, state in enumerate(states.values()):
            show_file(str(number), state)
if history.open:
    with history:
        show_history()
if board.open:
    with board:
        show_board()
