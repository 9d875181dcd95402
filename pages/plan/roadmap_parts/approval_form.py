"""The next step on the way to approval: the paper by which the association, the council or the director decided."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.organisations import get_organisation
from core.people.tables import OrganisationKind
from core.planning.approval import Agreement, Order, agree_by_association, agree_by_council, approve
from core.planning.measures import RoadmapView
from core.planning.overview import roadmap_summaries
from core.planning.tables import ApprovalKind, Roadmap
from core.words import plural
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.wording import today
from pages.widgets.acting import act, typed
from pages.widgets.session import read, write

_WORDS = {
    ApprovalKind.AGREED_BY_ASSOCIATION: ("Согласование объединением", "Согласовать с объединением", "Председатель"),
    ApprovalKind.AGREED_BY_COUNCIL: ("Согласование советом", "Согласовать с советом", "Председатель совета"),
    ApprovalKind.APPROVED: ("Утверждение приказом", "Утвердить приказом", "Директор"),
}


def show_step_form(view: RoadmapView, kind: ApprovalKind) -> None:
    """Show the form. When somebody else was faster, it says so and keeps what was typed."""
    roadmap = view.roadmap
    seen = int(st.session_state.setdefault(seen_key(roadmap.id), roadmap.version))
    heading, button, post = _WORDS[kind]
    name = f"{SCREEN}_step_{roadmap.id}_{kind.name}"
    is_order = kind is ApprovalKind.APPROVED
    paper = "приказа" if is_order else "протокола"
    with st.container(border=True):
        st.markdown(f"**{heading}**")
        if seen != roadmap.version:
            st.warning(
                "Пока форма была открыта, карту изменил другой человек. Введённое осталось в форме: посмотрите, как "
                "карта стоит сейчас, и продолжайте.", icon=":material/group:",
            )
            st.button("Я посмотрел", key=f"{name}_again", on_click=_look, args=(roadmap.id, roadmap.version))
        first, second, third = st.columns([1, 1, 2.4])
        with first:
            st.text_input(f"Номер {paper}", key=f"{name}_number", max_chars=60)
        with second:
            st.date_input(f"Дата {paper}", today(), format="DD.MM.YYYY", key=f"{name}_date")
        with third:
            label = "Организация" if is_order else "Кто рассмотрел"
            st.text_input(label, _body(roadmap, kind), max_chars=300, key=f"{name}_body")
        fourth, fifth, sixth = st.columns([1, 1.4, 1], vertical_alignment="bottom")
        with fourth:
            signer = _post(roadmap, kind, post)
            st.text_input("Должность подписавшего", signer, key=f"{name}_post", max_chars=300)
        with fifth:
            st.text_input("Кто подписал", key=f"{name}_person", max_chars=200, placeholder="И. О. Фамилия")
        with sixth:
            st.button(
                button, key=f"{name}_take", type="primary", icon=":material/check:", width="stretch", on_click=_take,
                args=(roadmap.id or 0, kind, name, seen, _done(view, kind)),
            )
        if is_order:
            st.caption("Утверждённая редакция замораживается; правки содержания после этого начинают новую редакцию.")


def seen_key(roadmap_id: int | None) -> str:
    """Return the key of the version of the roadmap that the user saw when the form opened."""
    return f"{SCREEN}_approval_seen_{roadmap_id}"


def _done(view: RoadmapView, kind: ApprovalKind) -> str:
    count = plural(view.progress.measures, "мероприятие", "мероприятия", "мероприятий")
    if kind is ApprovalKind.APPROVED:
        return f"Дорожная карта утверждена: редакция {view.roadmap.edition}, {count}."
    return "Согласование отмечено."


def _body(roadmap: Roadmap, kind: ApprovalKind) -> str:
    if kind is ApprovalKind.APPROVED:
        return read(get_organisation, roadmap.organisation_id).name
    if kind is ApprovalKind.AGREED_BY_COUNCIL:
        return "Методический совет"
    return next((one.association for one in read(roadmap_summaries, today()) if one.id == roadmap.id), "")


def _post(roadmap: Roadmap, kind: ApprovalKind, otherwise: str) -> str:
    """Return who usually signs: in a school the director, above it a head whose title differs."""
    is_school = read(get_organisation, roadmap.organisation_id).kind is OrganisationKind.SCHOOL
    return "Руководитель" if kind is ApprovalKind.APPROVED and not is_school else otherwise


def _look(roadmap_id: int | None, version: int) -> None:
    st.session_state[seen_key(roadmap_id)] = version


def _take(roadmap_id: int, kind: ApprovalKind, name: str, seen: int, done: str) -> None:
    """Take the step with what stands in the fields at the click."""
    number, body, whose, person = (typed(f"{name}_{field}") for field in ("number", "body", "post", "person"))
    when = st.session_state.get(f"{name}_date")
    day = when if isinstance(when, date) else today()
    if kind is ApprovalKind.APPROVED:
        work = partial(write, approve, roadmap_id, Order(number, day, body, whose, person), seen)
    else:
        step = agree_by_association if kind is ApprovalKind.AGREED_BY_ASSOCIATION else agree_by_council
        work = partial(write, step, roadmap_id, Agreement(body, number, day, whose, person), seen)
    if act(work, done) is not None:
        st.session_state.pop(seen_key(roadmap_id), None)
