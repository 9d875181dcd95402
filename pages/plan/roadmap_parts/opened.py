"""One roadmap, opened: what it is, what is next, and its tabs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import NotAllowed, NotFound
from core.planning.measures import RoadmapView, view_roadmap
from core.planning.next_step import next_step
from core.planning.overview import roadmap_summaries
from core.planning.roadmaps import may_edit
from core.words import plural
from pages.plan.roadmap_parts.address import SCREEN, close_roadmap
from pages.plan.roadmap_parts.approval_form import seen_key
from pages.plan.roadmap_parts.approval_tab import show_approval
from pages.plan.roadmap_parts.head import show_head_actions
from pages.plan.roadmap_parts.journal_tab import show_journal
from pages.plan.roadmap_parts.progress_tab import show_progress
from pages.plan.roadmap_parts.table_tab import show_grid
from pages.plan.roadmap_parts.timeline_tab import show_timeline
from pages.plan.roadmap_parts.wording import STATE_COLOURS, period_words, progress_words, state_words, today
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.empty_state import empty_state
from pages.widgets.session import read
from pages.widgets.texts import plain

_TABS = ("Ход", "Таблица", "График", "Согласование", "Журнал")


def show_roadmap(roadmap_id: int) -> None:
    """Show the roadmap; for one that does not exist or is out of scope, say so."""
    try:
        view = read(view_roadmap, roadmap_id, today())
    except (NotFound, NotAllowed):
        empty_state("Такой дорожной карты нет", "Она удалена или вам не видна.")
        st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=close_roadmap)
        return
    is_editor = read(may_edit, roadmap_id)
    _show_head(view, is_editor)
    tabs = st.tabs(list(_TABS), key=f"{SCREEN}_tab", on_change="rerun", default=_first(view), bind="query-params")
    shows: tuple[Callable[[], None], ...] = (
        lambda: show_progress(view, is_editor),
        lambda: show_grid(view, is_editor),
        lambda: show_timeline(view),
        lambda: show_approval(view, is_editor),
        lambda: show_journal(view),
    )
    if not tabs[_TABS.index("Согласование")].open:
        st.session_state.pop(seen_key(roadmap_id), None)
    for tab, show in zip(tabs, shows, strict=True):
        if tab.open:
            with tab:
                show()


def _first(view: RoadmapView) -> str:
    """Return the tab to begin with: an empty roadmap is to be filled first."""
    return _TABS[0] if view.rows else _TABS[1]


def _show_head(view: RoadmapView, is_editor: bool) -> None:
    roadmap = view.roadmap
    summary = next((one for one in read(roadmap_summaries, today()) if one.id == roadmap.id), None)
    st.subheader(plain(roadmap.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=close_roadmap)
        st.badge(state_words(roadmap), color=STATE_COLOURS[roadmap.state])
        download(
            f"{SCREEN}_docx", "DOCX", roadmap.title, "docx", lambda: hand_out("roadmap", str(roadmap.id), "docx")
        )
        download(
            f"{SCREEN}_docx_control", "DOCX с ходом", f"{roadmap.title}, ход выполнения", "docx",
            lambda: hand_out("roadmap-control", str(roadmap.id), "docx"),
        )
        download(f"{SCREEN}_xlsx", "XLSX", roadmap.title, "xlsx", lambda: hand_out("roadmap", str(roadmap.id), "xlsx"))
        if is_editor:
            show_head_actions(view)
    whose = (summary.association or summary.organisation) if summary is not None else ""
    facts = [part for part in (whose, roadmap.subject, period_words(roadmap), progress_words(view.progress)) if part]
    late = sum(row.is_overdue for row in view.rows)
    if late:
        facts.append(f"⚠ просрочено {plural(late, 'мероприятие', 'мероприятия', 'мероприятий')}")
    if roadmap.goal:
        facts.append(f"Цель: {roadmap.goal}")
    st.caption(plain(" · ".join(facts)))
    if is_editor:
        st.markdown(f"→ **Дальше:** {plain(next_step(view))}")
