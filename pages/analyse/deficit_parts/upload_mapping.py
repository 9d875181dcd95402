"""The mapping of an unknown form: which column is what, which answers there are. It is remembered when saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from core.diagnostics.contract import AnswerView
from core.diagnostics.preview import SurveyPreview
from core.diagnostics.reading.mapping import AskedItem, SurveyMapping
from core.diagnostics.reading.scales import likely_scale
from core.diagnostics.reading.texts import sections_of
from core.intake.contract import SheetView
from core.workbooks.grid import column_letter
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.upload_state import FormState
from pages.widgets.texts import plain

_UNUSED: Final = "не использовать"
_QUESTION: Final = "вопрос или задание"
_NAME: Final = "фамилия, имя (не сохраняются)"
_SINGLE: Final[dict[str, str]] = {
    "код педагога": "code", "номер ответа": "response_id", "школа": "school", "предмет": "subject",
    "должность": "position", "стаж": "experience", "согласие": "consent", "время ответа": "answered_at",
    "сумма баллов": "total",
}
_ROLES: Final = (_UNUSED, _QUESTION, _NAME, *_SINGLE)
_HIGHEST = 100


def show_form_mapping(key: str, state: FormState, preview: SurveyPreview) -> None:
    """Ask what the columns mean and which answers the scale has."""
    st.info("Форма незнакома. Назначьте столбцы и ответы: после сохранения они запомнятся для таких же файлов.")
    suggested = preview.inspection.mapping
    sheets = {sheet.name: sheet for sheet in preview.inspection.sheets}
    names = list(sheets)
    first = names.index(suggested.sheet) if suggested and suggested.sheet in names else 0
    columns = st.columns(3)
    sheet = sheets[columns[0].selectbox("Лист", names, index=first, key=f"{SCREEN}_map_sheet_{key}")]
    header = int(
        columns[1].number_input(
            "Строка заголовков", 1, max(sheet.rows, 1), suggested.header_row if suggested else 1,
            key=f"{SCREEN}_map_head_{key}",
        )
    )
    start = int(
        columns[2].number_input(
            "Первая строка с ответами", 1, max(sheet.rows, 1) + 1, suggested.first_row if suggested else header + 1,
            key=f"{SCREEN}_map_first_{key}",
        )
    )
    base = suggested if suggested is not None and suggested.sheet == sheet.name else None
    roles = _ask_roles(key, sheet, header, base)
    answers = _ask_scale(key, sheet, header, roles, base)
    if st.button("Применить", key=f"{SCREEN}_map_apply_{key}", type="primary"):
        mapping, problems = mapping_of(sheet, header, start, roles, answers)
        if problems:
            st.error(plain(" ".join(problems)), icon=":material/block:")
            return
        state.answer(replace(state.options, mapping=mapping))
        st.rerun()


def mapping_of(
    sheet: SheetView, header: int, start: int, roles: Sequence[tuple[str, int | None]], answers: Sequence[AnswerView]
) -> tuple[SurveyMapping, list[str]]:
    """Return the mapping, and Russian sentences about what is missing or named twice."""
    titles = sheet.top[header - 1] if header <= len(sheet.top) else ()
    asked = [column for column, (role, _maximum) in enumerate(roles) if role == _QUESTION]
    texts = [_title(titles, column) for column in asked]
    problems: list[str] = []
    single: dict[str, int] = {}
    for column, (role, _maximum) in enumerate(roles):
        if role in _SINGLE:
            if _SINGLE[role] in single:
                problems.append(f"Роль «{role}» назначена двум столбцам, а может быть только у одного.")
            single[_SINGLE[role]] = column
    if not asked:
        problems.append("Назначьте хотя бы один столбец с вопросом или заданием.")
    if start <= header:
        problems.append("Первая строка с ответами должна стоять ниже строки заголовков.")
    scores = [answer.score for answer in answers]
    if len(set(scores)) != len(scores):
        problems.append("Двум ответам шкалы назначен один балл.")
    if answers and not any(answer.is_deficit for answer in answers):
        problems.append("Отметьте хотя бы один ответ, который означает дефицит.")
    items = tuple(
        AskedItem(column, str(place), text, section, None if answers else roles[column][1])
        for place, (column, text, section) in enumerate(zip(asked, texts, sections_of(texts), strict=True), start=1)
    )
    mapping = SurveyMapping(
        sheet.name, header, start, items, tuple(answers),
        name=tuple(column for column, (role, _maximum) in enumerate(roles) if role == _NAME), **single,
    )
    return mapping, problems


def _ask_roles(
    key: str, sheet: SheetView, header: int, suggested: SurveyMapping | None
) -> list[tuple[str, int | None]]:
    """Return the role and the maximum of each column as the user set them."""
    titles = sheet.top[header - 1] if header <= len(sheet.top) else ()
    width = max([len(row) for row in sheet.top] or [0])
    guesses = [_guess(suggested, column) for column in range(width)]
    frame = pd.DataFrame(
        {
            "column": [column_letter(column) for column in range(width)],
            "title": [_title(titles, column) for column in range(width)],
            "examples": ["; ".join(_below(sheet, header, column)[:3]) for column in range(width)],
            "role": [role for role, _maximum in guesses],
            "maximum": [maximum for _role, maximum in guesses],
        }
    ).astype({"maximum": "float64"})
    edited = st.data_editor(
        frame, key=f"{SCREEN}_map_roles_{key}_{sheet.name}_{header}", hide_index=True,
        height=min(280, 40 + 35 * width),
        disabled=["column", "title", "examples"],
        column_config={
            "column": st.column_config.TextColumn("Столбец", width="small"),
            "title": st.column_config.TextColumn("Заголовок", width="large"),
            "examples": st.column_config.TextColumn("Примеры значений", width="medium"),
            "role": st.column_config.SelectboxColumn("Что это", options=list(_ROLES), required=True, width="medium"),
            "maximum": st.column_config.NumberColumn(
                "Макс. балл", min_value=1, max_value=_HIGHEST, step=1, width="small", help="Только для тестов."
            ),
        },
    )
    return [
        (str(role), None if pd.isna(maximum) else int(maximum))
        for role, maximum in zip(edited["role"], edited["maximum"], strict=True)
    ]


def _ask_scale(
    key: str, sheet: SheetView, header: int, roles: Sequence[tuple[str, int | None]], suggested: SurveyMapping | None
) -> list[AnswerView]:
    """Return the answers of the scale as the user set them; none for a test that is scored."""
    asked = [column for column, (role, _maximum) in enumerate(roles) if role == _QUESTION]
    found = suggested.answers if suggested is not None and suggested.answers else ()
    if not found and asked:
        texts = [[text for text in _below(sheet, header, column) if not text.isdigit()] for column in asked]
        found = likely_scale([column for column in texts if column])
    st.caption("Ответы шкалы. Для теста, который оценён баллами, оставьте таблицу пустой.")
    frame = pd.DataFrame(
        {
            "text": [answer.text for answer in found], "score": [answer.score for answer in found],
            "deficit": [answer.is_deficit for answer in found], "resource": [answer.is_resource for answer in found],
        }
    ).astype({"text": "object", "score": "float64", "deficit": "bool", "resource": "bool"})
    edited = st.data_editor(
        frame, key=f"{SCREEN}_map_scale_{key}_{sheet.name}_{header}_{len(asked)}", hide_index=True, num_rows="dynamic",
        column_config={
            "text": st.column_config.TextColumn("Ответ", required=True, width="large", max_chars=300),
            "score": st.column_config.NumberColumn("Балл", min_value=0, max_value=_HIGHEST, step=1, required=True),
            "deficit": st.column_config.CheckboxColumn("Означает дефицит"),
            "resource": st.column_config.CheckboxColumn("Может помочь другим"),
        },
    )
    return [
        AnswerView(str(text).strip(), int(score), bool(deficit), bool(resource))
        for text, score, deficit, resource in zip(
            edited["text"], edited["score"], edited["deficit"], edited["resource"], strict=True
        )
        if text and not pd.isna(score)
    ]


def _guess(suggested: SurveyMapping | None, column: int) -> tuple[str, int | None]:
    if suggested is None:
        return _UNUSED, None
    item = next((one for one in suggested.items if one.column == column), None)
    if item is not None:
        return _QUESTION, item.maximum
    if column in suggested.name:
        return _NAME, None
    return next((word for word, name in _SINGLE.items() if getattr(suggested, name) == column), _UNUSED), None


def _below(sheet: SheetView, header: int, column: int) -> list[str]:
    return [row[column] for row in sheet.top[header:] if column < len(row) and row[column]]


def _title(titles: Sequence[str], column: int) -> str:
    return titles[column] if column < len(titles) else ""
