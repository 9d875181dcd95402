"""Remarks on a roadmap: sent back with them, answered, settled."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.approval import return_with_remarks
from core.planning.measures import RoadmapView
from core.planning.remarks import RemarkThread, add_remark, list_remarks, settle_remark
from core.planning.tables import Remark
from core.words import moment
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.approval_form import seen_key
from pages.plan.roadmap_parts.wording import short
from pages.widgets.acting import act, typed
from pages.widgets.session import current_scope, read, time_zone, write
from pages.widgets.texts import plain


def show_return(view: RoadmapView) -> None:
    """Show the form that sends the roadmap back with remarks on the whole of it or on some measures."""
    roadmap = view.roadmap
    name = f"{SCREEN}_return_{roadmap.id}"
    box = st.expander("Вернуть с замечаниями", icon=":material/undo:", key=f"{name}_box", on_change="rerun")
    if not box.open:
        return
    titles = {row.id: f"{row.number} {short(row.title, 60)}" for row in view.rows}
    with box:
        whole = st.text_area("Замечание ко всей карте", key=f"{name}_whole", max_chars=2000, height=72)
        chosen = st.multiselect(
            "Замечания к мероприятиям", list(titles), format_func=lambda one: titles.get(one, ""), key=f"{name}_rows",
            placeholder="Выберите мероприятия",
        )
        remarks: dict[int | None, str] = {None: whole} if whole.strip() else {}
        for row_id in chosen:
            remarks[row_id] = st.text_input(titles[row_id], key=f"{name}_{row_id}", max_chars=2000)
        seen = int(st.session_state.get(seen_key(roadmap.id), roadmap.version))
        st.button(
            "Вернуть на доработку", key=f"{name}_take", icon=":material/undo:", on_click=_return,
            args=(roadmap.id or 0, remarks, seen, (f"{name}_whole", f"{name}_box")),
        )


def show_remarks(view: RoadmapView, is_editor: bool) -> None:
    """Show the open remarks with their answers, the settled ones folded, and a field for a new one."""
    roadmap_id = view.roadmap.id or 0
    threads = read(list_remarks, roadmap_id)
    titles = {row.id: f"{row.number} {short(row.title, 60)}" for row in view.rows}
    waiting = [one for one in threads if not one.is_settled]
    settled = [one for one in threads if one.is_settled]
    st.markdown(f"**Замечания{f' ({len(waiting)})' if waiting else ''}**")
    for thread in waiting:
        _show_thread(thread, titles, is_editor)
    if not waiting:
        st.caption("Открытых замечаний нет.")
    key = f"{SCREEN}_remark_{roadmap_id}"
    text, button = st.columns([4, 1], vertical_alignment="bottom")
    with text:
        st.text_input("Новое замечание", key=key, max_chars=2000)
    with button:
        st.button(
            "Записать", key=f"{key}_add", icon=":material/add_comment:", width="stretch", on_click=_write_down,
            args=(roadmap_id, key, "Замечание записано."),
        )
    if settled:
        with st.expander(f"Снятые замечания ({len(settled)})", icon=":material/done_all:"):
            for thread in settled:
                st.markdown(_said(thread.remark, titles))


def _show_thread(thread: RemarkThread, titles: dict[int, str], is_editor: bool) -> None:
    remark = thread.remark
    key = f"{SCREEN}_answer_{remark.id}"
    with st.container(border=True, gap="xsmall"):
        st.markdown(_said(remark, titles))
        for answer in thread.answers:
            st.markdown(f"↳ {_said(answer, {})}")
        text, reply, done = st.columns([4, 1, 1], vertical_alignment="bottom")
        with text:
            st.text_input("Ответ", key=key, max_chars=2000, label_visibility="collapsed", placeholder="Ответ")
        with reply:
            st.button(
                "Ответить", key=f"{key}_send", width="stretch", on_click=_write_down,
                args=(remark.roadmap_id, key, "Ответ записан.", remark.id),
            )
        is_author = remark.author_id is not None and remark.author_id == current_scope().actor_id
        with done:
            st.button(
                "Снять", key=f"{key}_settle", width="stretch", icon=":material/check:", on_click=act,
                disabled=not (is_editor or is_author), help="Замечание учтено; снимает автор или тот, кто ведёт карту.",
                args=(partial(write, settle_remark, remark.id or 0), "Замечание снято."),
            )


def _write_down(roadmap_id: int, field: str, done: str, answers_id: int | None = None) -> None:
    act(partial(write, add_remark, roadmap_id, typed(field), answers_id=answers_id), done, (field,))


def _said(remark: Remark, titles: dict[int, str]) -> str:
    about = f"**{plain(titles[remark.measure_id])}.** " if remark.measure_id in titles else ""
    return f"{about}{plain(remark.text)}  \n:gray[{plain(remark.author)}, {moment(remark.written_at, time_zone())}]"


def _return(roadmap_id: int, remarks: dict[int | None, str], seen: int, forget: tuple[str, ...]) -> None:
    work = partial(write, return_with_remarks, roadmap_id, remarks, seen)
    if act(work, "Карта возвращена на доработку.", forget) is not None:
        st.session_state.pop(seen_key(roadmap_id), None)
