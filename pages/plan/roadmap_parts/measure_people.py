"""Who else answers for a measure, by name: they see it among their own measures."""

from __future__ import annotations

from functools import partial

import streamlit as st
from sqlmodel import Session

from core.errors import EditConflict
from core.people.scope import Scope
from core.planning.detail import MeasureDetail
from core.planning.editing import save_measures
from core.planning.owners import list_candidates
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.measure_update import forget_form
from pages.widgets.acting import act
from pages.widgets.session import read, write


def show_co_owners(detail: MeasureDetail) -> None:
    """Show the field with the teachers who may be chosen."""
    row = detail.row
    people = {one.teacher_id: one.name for one in read(list_candidates, row.roadmap_id) if one.teacher_id is not None}
    if not people:
        return
    now = [one for one in row.co_owner_teacher_ids if one in people]
    # Other choices by somebody else give the field a new key; a change of other cells does not.
    key = f"{SCREEN}_others_{row.id}_{'_'.join(map(str, now))}"
    chosen = st.multiselect(
        "Соисполнители по именам", list(people), default=now, format_func=lambda one: people.get(one, ""), key=key,
        placeholder="Выберите педагогов", help="Они увидят мероприятие среди своих и смогут отмечать ход.",
    )
    if sorted(chosen) != sorted(now):
        st.button(
            "Сохранить соисполнителей", key=f"{SCREEN}_save_others_{row.id}", icon=":material/save:", on_click=_save,
            args=(detail, chosen),
        )


def _save(detail: MeasureDetail, chosen: list[int]) -> None:
    if act(partial(write, _store, detail, tuple(chosen)), "Соисполнители сохранены.") is not None:
        forget_form(detail.row.id)


def _store(session: Session, scope: Scope, detail: MeasureDetail, chosen: tuple[int, ...]) -> bool:
    row = detail.row
    edit = CellEdit(row.id, row.version, "co_owner_teacher_ids", list(chosen), list(row.co_owner_teacher_ids))
    outcome = save_measures(session, scope, row.roadmap_id, GridChanges([edit]))
    for refused in outcome.refused:
        raise refused.error
    if outcome.conflicts:
        raise EditConflict("Соисполнителей тем временем изменил кто-то другой.", "Посмотрите и выберите ещё раз.")
    return True
