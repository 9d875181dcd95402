"""«Передать в дорожную карту»: chosen confirmed fields go into a draft that exists, or into a new one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.analysis.tables import ReviewState
from core.people.scope import Action
from core.planning.drafting import add_fields
from core.planning.field_choice import confirmed_fields, measures_for_field
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.planning.tables import Measure, RoadmapState
from core.words import plural
from pages.analyse.fields.address import SCREEN
from pages.analyse.fields.choice import Choice
from pages.widgets.acting import act, show_outcome
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read, write
from pages.widgets.texts import plain

_NEW = 0
"""Stands for a new roadmap in the choice."""
_HANDED = f"{SCREEN}_handed"
_OPEN = frozenset({RoadmapState.DRAFT, RoadmapState.RETURNED})


def show_handing_over(choice: Choice) -> None:
    """Show the button beside the list: any of the listed confirmed fields can be chosen."""
    confirmed = [one for one in choice.listed if one.review is not None and one.review.state is ReviewState.CONFIRMED]
    _offer("list", tuple(one.review.id or 0 for one in confirmed if one.review is not None))


def show_field_plans(one: FoundField) -> None:
    """Show what roadmaps do about an opened field, and the button that hands it over once it is confirmed."""
    review = one.review
    if review is None or review.state is not ReviewState.CONFIRMED or review.id is None:
        return
    if not current_scope().allows(Action.VIEW_ROADMAPS):
        return
    st.subheader("Дорожные карты", anchor=False)
    answers = read(measures_for_field, review.id)
    if not answers:
        st.caption("Мероприятий по этому полю пока нет.")
    for answer in answers:
        title = " ".join(answer.measure.split())
        link_to(
            "roadmaps", plain(f"{title} – {answer.roadmap}"),
            {"roadmap": str(answer.roadmap_id), "measure": str(answer.measure_id)},
        )
    _offer("field", (review.id,))


def _offer(name: str, review_ids: tuple[int, ...]) -> None:
    if not current_scope().allows(Action.EDIT_ROADMAPS):
        return
    box = st.popover(
        "Передать в дорожную карту", icon=":material/checklist:", key=f"{SCREEN}_hand_{name}", on_change="rerun",
        disabled=not review_ids,
        help=None if review_ids else "Передаются подтверждённые поля: откройте поле и подтвердите его.",
    )
    if not box.open:
        return
    with box:
        show_outcome()
        _choose(name, review_ids)


def _choose(name: str, review_ids: tuple[int, ...]) -> None:
    labels = {one.review_id: one.label for one in read(confirmed_fields) if one.review_id in review_ids}
    chosen = st.multiselect(
        "Подтверждённые поля", list(labels), default=list(labels)[:1] if len(labels) == 1 else [],
        format_func=lambda one: labels.get(one, ""), key=f"{SCREEN}_hand_{name}_{'_'.join(map(str, labels))}",
        placeholder="Выберите поля",
    )
    drafts = _drafts()
    target = st.selectbox(
        "Куда", [_NEW, *drafts], key=f"{SCREEN}_hand_{name}_target",
        format_func=lambda one: drafts[one].roadmap.title if one else "В новую дорожную карту",
    )
    if not chosen:
        st.caption("Отметьте хотя бы одно поле.")
    elif target == _NEW:
        link_to("roadmaps", "Составить новую карту", {"roadmaps_fields": ".".join(map(str, chosen))})
    else:
        st.button(
            "Добавить в карту", key=f"{SCREEN}_hand_{name}_add", type="primary", icon=":material/check:",
            on_click=_add, args=(target, tuple(chosen)),
        )
    handed = st.session_state.get(_HANDED)
    if handed in drafts:
        link_to("roadmaps", "Открыть карту", {"roadmap": str(handed)})


def _drafts() -> dict[int, RoadmapSummary]:
    """Return the roadmaps that can still be filled without taking an agreement back."""
    return {one.id: one for one in read(roadmap_summaries) if one.may_edit and one.roadmap.state in _OPEN}


def _add(roadmap_id: int, review_ids: tuple[int, ...]) -> None:
    if act(partial(write, add_fields, roadmap_id, review_ids), _told) is not None:
        st.session_state[_HANDED] = roadmap_id


def _told(made: list[Measure]) -> str:
    if not made:
        return "В этой карте уже есть мероприятия по выбранным полям."
    return f"В карту добавлено: {plural(len(made), 'строка', 'строки', 'строк')}."
