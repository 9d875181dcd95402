"""Uploading a questionnaire or a test of teachers: drop, see what was recognised, save, undo."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.diagnostics.undoing import undo_survey
from core.diagnostics.upload_history import list_survey_uploads
from core.diagnostics.wave_tables import SurveyUploadState
from core.words import plural
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.upload_card import show_form_card
from pages.analyse.deficit_parts.upload_state import form_states
from pages.widgets.acting import act
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_TYPES = ["xlsx", "xls", "ods", "csv"]
_GUIDE = """
- **Анкета** из Яндекс Форм или Google Форм: строка на педагога, вопросы в заголовках, ответы словами или баллами
- **Тест**: строка на педагога, столбец на задание
- Фамилии, почта и телефоны отбрасываются при чтении; без согласия ответы не сохраняются
"""
_HISTORY = (
    Column("when", "Загружено", "moment"),
    Column("file", "Файл", width="medium"),
    Column("wave", "Диагностика", width="large"),
    Column("respondents", "Педагогов", "integer", width="small"),
    Column("refused", "Без согласия", "integer", width=110),
    Column("state", "Состояние", width="medium"),
    Column("who", "Кто"),
)


def show_upload() -> None:
    """Show the tab."""
    dropped = st.file_uploader(
        "Файлы с ответами педагогов (.xlsx, .xls, .ods, .csv)", type=_TYPES, accept_multiple_files=True,
        key=f"{SCREEN}_drop", help="До нажатия «Сохранить» ничего не записывается.",
    )
    states = form_states(dropped)
    if not states:
        st.markdown(_GUIDE)
    for number, state in enumerate(states.values()):
        show_form_card(str(number), state)
    _show_history()


def _show_history() -> None:
    uploads = read(list_survey_uploads)
    if not uploads:
        return
    st.subheader("История загрузок", anchor=False)
    rows = [
        {
            "id": one.id, "when": one.uploaded_at, "file": one.file_name, "wave": one.wave,
            "respondents": one.respondents, "refused": one.without_consent or None, "state": one.state.value,
            "who": one.uploaded_by,
        }
        for one in uploads
    ]
    st.caption("Щёлкните в начале строки, чтобы отменить загрузку целиком.")
    table = Table("История загрузок анкет", _HISTORY, rows)
    height = min(240, 40 + 35 * len(rows))
    chosen = show_table(f"{SCREEN}_history", table, choose=True, height=height, download=False)
    found = next((one for one in uploads if chosen is not None and one.id == chosen["id"]), None)
    if found is not None and found.state is not SurveyUploadState.UNDONE:
        count = plural(found.respondents, "педагога", "педагогов", "педагогов")
        st.button(
            f"Отменить загрузку: ответы {count}", key=f"{SCREEN}_undo_{found.id}", icon=":material/undo:", on_click=act,
            args=(partial(write, undo_survey, found.id), "Загрузка отменена, прежние ответы возвращены."),
        )
