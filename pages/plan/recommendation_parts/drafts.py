"""Drafts: made for a whole subject in one step, changed in a grid, sent together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.intake.history import list_works
from core.people.organisations import load_tree, natural_key
from core.people.short_names import short_name
from core.planning.recommendations.drafting import SubjectDraft, draft_subject, subject_fields
from core.planning.recommendations.grids import save_drafts
from core.planning.recommendations.listing import RecommendationRow
from core.planning.recommendations.writing import send_together
from core.words import plural
from pages.plan.recommendation_parts.address import RECOMMENDATION, SCREEN, go_to
from pages.plan.recommendation_parts.wording import clock_words
from pages.widgets.acting import act
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write

_GRID = Grid(
    "recommendation_drafts",
    (
        GridColumn("to", "Кому", editable=False, width=190),
        GridColumn("title", "Заголовок", required=True, width=260),
        GridColumn("text", "Текст", required=True, width=380),
        GridColumn("deadline_text", "Срок", width=120),
        GridColumn("clock", "Сколько осталось", editable=False, width=190),
        GridColumn("courses", "Курсы и другая помощь", width=200),
    ),
    may_delete=True,
    label="title",
)
_FORMED = ("рекомендация", "рекомендации", "рекомендаций")


def show_drafts(drafts: Sequence[RecommendationRow]) -> None:
    """Show how drafts are made, the grid of drafts, and the button that sends them."""
    with st.expander("Подготовить черновики по предмету", icon=":material/library_add:", expanded=not drafts):
        _show_making()
    if not drafts:
        return
    mine = [one for one in drafts if one.may_write]
    st.caption("Исправьте тексты прямо в таблице и сохраните. Адресата меняют в самой рекомендации.")
    grid_editor(
        _GRID, load=lambda: [_grid_row(one) for one in mine], save=lambda changes: write(save_drafts, changes)
    )
    labels = {one.id: f"{one.addressee.name}: {one.row.title}" for one in mine}
    # Other drafts make a new field: what was prepared just now is chosen with the rest.
    chosen = st.multiselect(
        "Что отправить", list(labels), list(labels), key=f"{SCREEN}_chosen_{hash(tuple(labels))}",
        format_func=labels.__getitem__, placeholder="Выберите черновики",
    )
    versions = {one.id: one.row.version for one in mine}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Отправить вместе ({len(chosen)})", key=f"{SCREEN}_send_all", type="primary", icon=":material/send:",
            disabled=not chosen, on_click=_send, args=([(key, versions[key]) for key in chosen],),
        )
        opened = st.selectbox(
            "Открыть черновик", list(labels), index=None, key=f"{SCREEN}_open_draft", format_func=labels.__getitem__,
            placeholder="Открыть черновик", label_visibility="collapsed",
        )
    if opened is not None:
        go_to(RECOMMENDATION, str(opened))
        st.rerun()


def _show_making() -> None:
    works = read(list_works)
    if not works:
        empty_state("Результатов пока нет", "Загрузите их: черновики готовятся по проблемным полям.", path="upload")
        return
    subjects = sorted({work.subject for work in works}, key=natural_key)
    first, second, third = st.columns([2, 1, 2])
    with first:
        subject = st.selectbox("Предмет", subjects, key=f"{SCREEN}_subject")
    years = sorted({work.year for work in works if work.subject == subject}, reverse=True)
    with second:
        year = st.selectbox("Год", years, key=f"{SCREEN}_year")
    units = {key: short_name(unit.name) for key, unit in read(load_tree).organisations.items()}
    with third:
        place = st.selectbox(
            "Организация и всё, что ниже", [None, *units], key=f"{SCREEN}_place",
            format_func=lambda key: "все доступные" if key is None else units[key],
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        grouped = st.checkbox("Одна на адресата", True, key=f"{SCREEN}_grouped",
                              help="Все поля одного адресата – в одной рекомендации.")
        confirmed = st.checkbox("Только подтверждённые поля", key=f"{SCREEN}_confirmed")
    wanted = SubjectDraft(subject, year, place, confirmed, grouped)
    count = len(read(subject_fields, wanted))
    st.button(
        f"Подготовить черновики по {plural(count, 'полю', 'полям', 'полям')}", key=f"{SCREEN}_draft_subject",
        icon=":material/library_add:", disabled=not count, on_click=act,
        args=(partial(write, draft_subject, wanted), lambda made: f"Готово: {plural(len(made), *_FORMED)}."),
    )
    if not count:
        st.caption("Нет полей без рекомендаций: ни подтверждённых, ни достоверно ниже порога.")


def _send(drafts: list[tuple[int, int]]) -> None:
    act(partial(write, send_together, drafts), lambda sent: f"Отправлено: {plural(len(sent), *_FORMED)}.")


def _grid_row(one: RecommendationRow) -> GridRow:
    row = one.row
    values = {
        "to": one.addressee.name, "title": row.title, "text": row.text, "deadline_text": row.deadline_text,
        "clock": clock_words(one), "courses": row.courses,
    }
    return GridRow(one.id, row.version, values)
