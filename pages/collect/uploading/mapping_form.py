"""The mapping screen: which sheet, where the header stands, what each column is. Answers become a profile."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from core.intake.contract import Mapping, SheetView
from core.intake.preview import UploadPreview
from core.intake.profiles import save_profile
from core.workbooks.grid import column_letter
from pages.collect.uploading.file_state import FileState
from pages.collect.uploading.mapping_roles import ROLES, guessed_roles, mapping_from
from pages.widgets.session import write
from pages.widgets.texts import plain


def show_mapping(key: str, state: FileState, preview: UploadPreview) -> None:
    """Ask what the columns mean; the answers are applied to the file and kept for the next one of its kind."""
    st.info("Таблица незнакома. Назначьте столбцы: ответы запомнятся и будут предложены для таких же файлов.")
    suggested = preview.inspection.suggested
    sheets = {sheet.name: sheet for sheet in preview.inspection.sheets}
    names = list(sheets)
    first = names.index(suggested.sheet) if suggested and suggested.sheet in names else 0
    columns = st.columns(3)
    sheet = sheets[columns[0].selectbox("Лист", names, index=first, key=f"upload_map_sheet_{key}")]
    header = columns[1].number_input(
        "Строка заголовков",
        1,
        max(sheet.rows, 1),
        suggested.header_row if suggested else 1,
        key=f"upload_map_head_{key}",
    )
    start = columns[2].number_input(
        "Первая строка с данными",
        1,
        max(sheet.rows, 1) + 1,
        suggested.first_row if suggested else int(header) + 1,
        key=f"upload_map_first_{key}",
    )
    base = suggested if suggested and suggested.sheet == sheet.name else None
    roles = _ask_roles(key, sheet, int(header), base)
    codes = st.columns(3)
    defaults = base or Mapping(sheet.name, int(header), int(start), {})
    absent = codes[0].text_input("Отметки об отсутствии", "; ".join(defaults.absent_codes), key=f"upload_map_abs_{key}")
    skipped = codes[1].text_input(
        "Не приступал к заданию", "; ".join(defaults.not_attempted_codes), key=f"upload_map_skip_{key}"
    )
    unseen = codes[2].text_input(
        "Тема не пройдена", "; ".join(defaults.not_administered_codes), key=f"upload_map_unseen_{key}"
    )
    name = st.text_input("Название профиля", value=state.name.rsplit(".", 1)[0][:80], key=f"upload_map_name_{key}")
    if st.button("Применить", key=f"upload_map_apply_{key}", type="primary"):
        mapping, problems = mapping_from(sheet.name, int(header), int(start), roles)
        if problems:
            st.error(plain(" ".join(problems)), icon=":material/block:")
            return
        mapping = replace(
            mapping,
            absent_codes=_codes(absent),
            not_attempted_codes=_codes(skipped),
            not_administered_codes=_codes(unseen),
        )
        if int(header) <= len(sheet.top):
            write(save_profile, name, sheet.top[int(header) - 1], mapping, state.options.assessment)
        state.answer(replace(state.options, mapping=mapping))
        st.rerun()


def _ask_roles(
    key: str, sheet: SheetView, header: int, suggested: Mapping | None
) -> list[tuple[str, str, float | None]]:
    """Return role, item code and maximum of each column as the user set them."""
    titles = sheet.top[header - 1] if header <= len(sheet.top) else ()
    width = max([len(row) for row in sheet.top] or [0])
    guesses = guessed_roles(suggested, titles, width)
    examples = [
        "; ".join(row[column] for row in sheet.top[header : header + 4] if column < len(row) and row[column])
        for column in range(width)
    ]
    frame = pd.DataFrame(
        {
            "column": [column_letter(column) for column in range(width)],
            "title": [titles[column] if column < len(titles) else "" for column in range(width)],
            "examples": examples,
            "role": [role for role, _code, _maximum in guesses],
            "code": [code for _role, code, _maximum in guesses],
            "maximum": [maximum for _role, _code, maximum in guesses],
        }
    )
    edited = st.data_editor(
        frame,
        key=f"upload_map_roles_{key}_{sheet.name}_{header}",
        hide_index=True,
        height=320,
        disabled=["column", "title", "examples"],
        column_config={
            "column": st.column_config.TextColumn("Столбец", width="small"),
            "title": st.column_config.TextColumn("Заголовок", width="medium"),
            "examples": st.column_config.TextColumn("Примеры значений", width="medium"),
            "role": st.column_config.SelectboxColumn("Что это", options=list(ROLES), required=True, width="medium"),
            "code": st.column_config.TextColumn("Номер задания", width="small", max_chars=20),
            "maximum": st.column_config.NumberColumn("Макс. балл", min_value=1, max_value=100, step=1, width="small"),
        },
    )
    return [
        (str(role), str(code or "").strip(), None if pd.isna(maximum) else float(maximum))
        for role, code, maximum in zip(edited["role"], edited["code"], edited["maximum"], strict=True)
    ]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
