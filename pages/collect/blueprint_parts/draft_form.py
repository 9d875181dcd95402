"""A draft of a plan: which work it is, its items, and the button that stores it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.blueprints.dictionaries import procedures, subjects
from core.blueprints.drafts import BlueprintDraft
from core.blueprints.editing import create_blueprint
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import Origin
from core.errors import QualityError
from core.words import plural
from pages.collect.blueprint_parts.owner_choice import ask_owner
from pages.widgets.refusals import show_refusal
from pages.widgets.session import write
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("code", "Задание", width="small"),
    Column("max", "Макс. балл", "integer", width="small"),
    Column("level", "Уровень", width="small"),
    Column("element", "Элемент содержания", width="medium"),
    Column("task_type", "Тип задания", width="medium"),
    Column("format", "Вид ответа", width="small"),
    Column("element_codes", "КЭС", width="small"),
    Column("requirement_codes", "КТ", width="small"),
    Column("skill", "Умение", width="large"),
)


def show_draft(
    key: str, draft: BlueprintDraft, origin: Origin, *, is_refused: bool = False, with_items: bool = True
) -> None:
    """Show what will be stored and ask for what the draft does not say. With `is_refused` it cannot be stored."""
    asked, owner = _ask_work(key, draft), ask_owner(key)
    if with_items:
        items = plural(len(draft.items), "задание", "задания", "заданий")
        st.caption(f"{items}, {plural(draft.max_score, 'балл', 'балла', 'баллов')} в сумме")
        show_table(f"{key}_items", _table(draft), height=260, download=False)
    if st.button("Сохранить план", key=f"{key}_save", type="primary", icon=":material/save:", disabled=is_refused):
        try:
            stored = write(create_blueprint, asked, origin, owner)
        except QualityError as refusal:
            show_refusal(refusal)
            return
        st.query_params["plan"] = str(stored.id)
        st.rerun()


def _ask_work(key: str, draft: BlueprintDraft) -> BlueprintDraft:
    """Return the draft with procedure, subject, grade, years and source as the user confirms them."""
    names = [procedure.name for procedure in procedures().procedures if procedure.participants == "обучающиеся"]
    lessons = [subject.name for subject in subjects().subjects]
    fields = st.columns([1.6, 1.6, 0.8, 0.8, 0.8])
    procedure = fields[0].selectbox(
        "Процедура", names, index=names.index(draft.procedure) if draft.procedure in names else None,
        placeholder="Выберите", key=f"{key}_procedure",
    )
    subject = fields[1].selectbox(
        "Предмет", lessons, index=lessons.index(draft.subject) if draft.subject in lessons else None,
        placeholder="Выберите", key=f"{key}_subject",
    )
    grade = fields[2].number_input("Класс", 1, 12, draft.grade, key=f"{key}_grade")
    first = fields[3].number_input("С года", 2010, 2100, draft.year_from, key=f"{key}_from")
    last = fields[4].number_input("По год", 2010, 2100, draft.year_to, key=f"{key}_to")
    source = st.text_input("Источник", draft.source, max_chars=600, key=f"{key}_source")
    return replace(
        draft, procedure=procedure, subject=subject, grade=grade, year_from=first, year_to=last, source=source.strip()
    )


def _table(draft: BlueprintDraft) -> Table:
    rows = [
        {
            "code": item.code,
            "max": item.max_score,
            "level": item.level.value if item.level else "",
            "element": ELEMENT_SEPARATOR.join(item.elements),
            "task_type": item.task_type,
            "format": item.answer_format.value if item.answer_format else "",
            "element_codes": item.element_codes,
            "requirement_codes": item.requirement_codes,
            "skill": item.skill,
        }
        for item in draft.items
    ]
    return Table("Задания плана", _COLUMNS, rows)
