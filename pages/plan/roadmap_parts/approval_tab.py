"""«Согласование»: where the roadmap stands, the next step, remarks, editions and what differs between them."""

from __future__ import annotations

import streamlit as st

from core.planning.approval import approval_cautions
from core.planning.approval_rights import approval_turn
from core.planning.approval_sheet import ApprovalBlock, approval_blocks, approval_sheet
from core.planning.measures import RoadmapView
from core.words import plural
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.approval_form import show_step_form
from pages.plan.roadmap_parts.editions import show_editions
from pages.plan.roadmap_parts.remarks import show_remarks, show_return
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SHEET = (
    Column("stage", "Этап", width=235), Column("body", "Кто", width=220),
    Column("basis", "Основание или замечание", width=250), Column("signed", "Подписал", width=190),
    Column("taken", "Отмечено", width=130),
)
_MOST_CAUTIONS = 12


def show_approval(view: RoadmapView, is_editor: bool) -> None:
    """Show the stations with their papers, the form of the next one, the dialogue of remarks, and the editions."""
    roadmap_id = view.roadmap.id or 0
    blocks = read(approval_blocks, roadmap_id)
    for column, block in zip(st.columns(len(blocks)), blocks, strict=True):
        with column:
            _show_block(block)
    turn = read(approval_turn, roadmap_id)
    if turn.kind is not None:
        _show_cautions(roadmap_id)
        if turn.may_take:
            show_step_form(view, turn.kind)
        else:
            st.caption("Следующий шаг отметит тот, кто вправе: руководитель объединения, методист или директор.")
    if turn.may_return:
        show_return(view)
    show_remarks(view, is_editor)
    show_editions(view)
    sheet = read(approval_sheet, roadmap_id)
    if sheet:
        st.markdown("**Лист согласования**")
        rows = [
            {"stage": one.stage, "body": one.body, "basis": one.basis, "signed": one.signed_by, "taken": one.taken_on}
            for one in sheet
        ]
        show_table(f"{SCREEN}_sheet", Table(f"Лист согласования. {view.roadmap.title}", _SHEET, rows))


def _show_block(block: ApprovalBlock) -> None:
    is_open = "____" in block.basis
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.markdown(f"{'○' if is_open else '✓'} **{block.title.capitalize()}**")
        st.caption(plain(block.body))
        if is_open:
            st.caption("Ещё не отмечено.")
        else:
            st.markdown(plain(block.basis))
            signed = ", ".join(part for part in (block.post, block.person.strip("_")) if part)
            if signed:
                st.caption(plain(signed))


def _show_cautions(roadmap_id: int) -> None:
    found = read(approval_cautions, roadmap_id)
    if not found:
        return
    count = plural(len(found), "место стоит", "места стоит", "мест стоит")
    with st.expander(f"{count} поправить до согласования", icon=":material/rule:"):
        for line in found[:_MOST_CAUTIONS]:
            st.markdown(f"- {plain(line)}")
        if len(found) > _MOST_CAUTIONS:
            st.caption(f"И ещё {len(found) - _MOST_CAUTIONS}.")
