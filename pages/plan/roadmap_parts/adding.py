"""A new roadmap: from problem fields, by a template, from a file, from the one before, or a blank one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.errors import QualityError
from core.planning.drafting import copy_roadmap, draft_from_fields
from core.planning.field_choice import confirmed_fields
from core.planning.overview import roadmap_summaries
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.tables import Roadmap
from core.planning.templates import draft_from_template, list_templates
from core.words import plural
from pages.plan.roadmap_parts.address import SCREEN, open_roadmap
from pages.plan.roadmap_parts.draft_form import checked, draft_form
from pages.plan.roadmap_parts.from_file import show_from_file
from pages.plan.roadmap_parts.wording import today
from pages.widgets.acting import act
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, write
from pages.widgets.texts import plain

FIELDS = f"{SCREEN}_fields"
"""In the address: ids of decided problem fields for a new roadmap, «12.15»."""
_OF_FIELDS, _BY_TEMPLATE, _OF_FILE, _OF_BEFORE, _BLANK = (
    "Из проблемных полей", "По образцу", "Из файла", "По прежней карте", "С чистого листа",
)


def show_adding(*, is_open: bool) -> None:
    """Show the ways to make a roadmap; a link from «Проблемные поля» opens the first one with its fields chosen."""
    handed = _handed()
    if handed:
        st.session_state[f"{SCREEN}_way"] = _OF_FIELDS
        st.session_state[f"{SCREEN}_chosen_fields"] = list(handed)
        st.session_state[f"{SCREEN}_adding"] = True
    elif is_open:
        st.session_state.setdefault(f"{SCREEN}_adding", True)
    box = st.expander(
        "Новая дорожная карта", icon=":material/add:", key=f"{SCREEN}_adding", on_change="rerun", bind="query-params"
    )
    if not box.open:
        return
    with box:
        ways = {
            _OF_FIELDS: _from_fields, _BY_TEMPLATE: _by_template, _OF_FILE: show_from_file, _OF_BEFORE: _from_before,
            _BLANK: _blank,
        }
        way = st.segmented_control(
            "Откуда взять мероприятия", list(ways), default=_OF_FIELDS, key=f"{SCREEN}_way", required=True
        )
        ways[way or _OF_FIELDS]()


def _handed() -> tuple[int, ...]:
    """Return the fields that the address names, once."""
    text = st.query_params.pop(FIELDS, "")
    known = {one.review_id for one in read(confirmed_fields)} if text else set()
    return tuple(int(part) for part in text.split(".") if part.isdigit() and int(part) in known)


def _from_fields() -> None:
    fields = {one.review_id: one for one in read(confirmed_fields)}
    if not fields:
        st.info(
            "Подтверждённых проблемных полей пока нет. Откройте поле и подтвердите его – оно появится здесь.",
            icon=":material/target:",
        )
        link_to("problem-fields", "Проблемные поля")
        return
    chosen = st.multiselect(
        "Подтверждённые проблемные поля", list(fields), key=f"{SCREEN}_chosen_fields",
        format_func=lambda key: fields[key].label + (" (уже в карте)" if fields[key].roadmaps else ""),
        placeholder="Выберите одно или несколько",
        help="Для каждого поля составится раздел с мероприятиями, сроками и показателями; всё можно изменить.",
    )
    picked = [fields[key] for key in chosen]
    subject = picked[0].subject if picked and len({one.subject for one in picked}) == 1 else ""
    # Another choice of fields proposes another title; what was typed for the same choice stays.
    name = f"{SCREEN}_new_fields_{'_'.join(map(str, chosen))}"
    draft = draft_form(
        name, title=f"Дорожная карта по устранению проблемных полей{f': {subject.lower()}' if subject else ''}",
        subject=subject, organisation_id=picked[0].organisation_id if picked else None,
    )
    if draft is not None:
        _make_button("fields", draft, lambda ready: write(draft_from_fields, ready, tuple(chosen)))


def _by_template() -> None:
    try:
        templates = {one.key: one.template for one in list_templates()}
    except QualityError as refusal:
        show_refusal(refusal)
        return
    if not templates:
        st.info("Образцов нет: их кладут в папку data/templates/roadmaps.", icon=":material/folder_off:")
        return
    key = st.selectbox("Образец", list(templates), format_func=lambda one: templates[one].title, key=f"{SCREEN}_sample")
    template = templates[key]
    st.caption(plain(f"{plural(len(template.rows), 'строка', 'строки', 'строк')}. Источник: {template.source}."))
    moved = st.checkbox("Перенести годы в сроках на начало карты", value=True, key=f"{SCREEN}_sample_years")
    draft = draft_form(f"{SCREEN}_new_sample_{key}", title=template.title)
    if draft is not None:
        _make_button("sample", draft, lambda ready: write(draft_from_template, ready, key, move_years=moved))


def _from_before() -> None:
    known = {one.id: one.roadmap for one in read(roadmap_summaries, today())}
    if not known:
        st.info("Карт, которые можно взять за основу, пока нет.", icon=":material/content_copy:")
        return
    key = st.selectbox(
        "Карта-основа", list(known), format_func=lambda one: known[one].title, key=f"{SCREEN}_before",
        help="Сроки сдвигаются вместе с началом карты; статусы и подтверждения начинаются заново.",
    )
    is_open = st.checkbox("Без выполненных и отменённых", key=f"{SCREEN}_before_open")
    draft = draft_form(
        f"{SCREEN}_new_before_{key}", title=known[key].title, subject=known[key].subject,
        organisation_id=known[key].organisation_id,
    )
    if draft is not None:
        _make_button("before", draft, lambda ready: write(copy_roadmap, key, ready, only_open=is_open))


def _blank() -> None:
    draft = draft_form(f"{SCREEN}_new_blank")
    if draft is not None:
        _make_button("blank", draft, lambda ready: write(create_roadmap, ready))


def _make_button(name: str, draft: RoadmapDraft, make: Callable[[RoadmapDraft], Roadmap]) -> None:
    st.button(
        "Создать дорожную карту", key=f"{SCREEN}_make_{name}", type="primary", icon=":material/check:",
        on_click=_make, args=(partial(lambda one: make(checked(one)), draft),),
    )


def _make(work: Callable[[], Roadmap]) -> None:
    roadmap = act(work, "Проект дорожной карты создан.")
    if roadmap is not None:
        st.session_state.pop(f"{SCREEN}_adding", None)
        open_roadmap(roadmap.id or 0)
