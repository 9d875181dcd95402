"""Matching: for whom a mentor is sought, who could be it and why; a person decides."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import NotFound
from core.people.teachers import YOUNG_YEARS, TeacherCard, list_teachers
from core.support.candidates import Proposal, propose_mentors
from core.support.matching import Candidate
from core.support.mentorships import plan_mentorship
from core.support.state import state_of_mentorship
from core.words import percent
from pages.support.mentorship_parts.address import MENTEE, PAIR, SCREEN, asked, go_to
from pages.support.mentorship_parts.distances import show_distances
from pages.support.mentorship_parts.pair_form import draft_of, show_pair_fields
from pages.widgets.acting import act
from pages.widgets.empty_state import empty_state
from pages.widgets.once import write_once
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read
from pages.widgets.texts import plain

_SHOWN = 6


def show_matching(school_id: int) -> None:
    """Choose a teacher of the school and show candidates with reasons."""
    teachers: dict[int, TeacherCard] = {card.id: card for card in read(list_teachers, school_id)}
    if not teachers:
        empty_state("В школе нет педагогов", "Сначала внесите их список.", path="admin", label="Список педагогов")
        return
    waiting = read(state_of_mentorship, school_id).without_mentor
    order = [*(key for key in waiting if key in teachers), *(key for key in teachers if key not in waiting)]
    wanted = asked(MENTEE)
    if wanted is not None and wanted not in order:
        show_refusal(NotFound("Педагог"))
    chosen = st.selectbox(
        "Кому нужен наставник", order, index=order.index(wanted) if wanted in order else 0,
        format_func=lambda key: _teacher_words(teachers[key], key in waiting), key=f"{SCREEN}_mentee_{school_id}",
    )
    if chosen is None:
        return
    proposal = read(propose_mentors, chosen, school_id)
    _show_need(proposal)
    if not proposal.candidates:
        empty_state(
            "Предложить некого",
            "Внесите наставников в базу: тех, кто согласен и по диагностике силён там, где трудно коллеге.",
        )
        return
    for place, candidate in enumerate(proposal.candidates[:_SHOWN], start=1):
        _show_candidate(place, proposal, candidate, school_id)
    show_distances(school_id)
    if len(proposal.candidates) > _SHOWN:
        st.caption(f"Показаны первые {_SHOWN} из {len(proposal.candidates)}.")


def _teacher_words(card: TeacherCard, is_waiting: bool) -> str:
    subject = f", {card.subjects[0]}" if card.subjects else ""
    return f"{card.name}{subject}{f' – стаж до {YOUNG_YEARS} лет, наставника нет' if is_waiting else ''}"


def _show_need(proposal: Proposal) -> None:
    if not proposal.sees_deficits:
        st.info(
            "Дефициты этого педагога не учтены: диагностики нет или её видят только сам педагог, руководитель "
            "объединения и администрация школы. Кандидаты подобраны по предмету, школе и нагрузке.",
            icon=":material/info:",
        )
        return
    if not proposal.need.deficits:
        st.info("Диагностика не показала у педагога дефицитов.", icon=":material/info:")
        return
    names = "; ".join(
        f"{plain(name)} ({percent(proposal.shares[key], 0)})" if key in proposal.shares else plain(name)
        for key, name in proposal.need.deficits.items()
    )
    st.markdown(f"**Трудно (доля баллов при диагностике):** {names}")


def _show_candidate(place: int, proposal: Proposal, candidate: Candidate, school_id: int) -> None:
    teacher_id = candidate.offer.teacher
    name = proposal.names.get(teacher_id, "—")
    with st.container(border=True):
        words, button = st.columns([5, 1], vertical_alignment="center")
        with words:
            st.markdown(f"**{place}. {plain(name)}**" + ("" if candidate.is_ready else "  :gray-badge[с оговорками]"))
            if candidate.reasons:
                st.markdown(f"**Почему:** {plain('; '.join(candidate.reasons))}")
            if candidate.cautions:
                st.markdown(f"**Оговорки:** {plain('; '.join(candidate.cautions))}")
        with button:
            drawer = st.popover("Создать пару", key=f"{SCREEN}_make_{teacher_id}", on_change="rerun", width="stretch")
        with drawer:
            _show_form(proposal, teacher_id, name, school_id)


def _show_form(proposal: Proposal, mentor: int, mentor_name: str, school_id: int) -> None:
    mentee = proposal.need.teacher
    field = f"{SCREEN}_pair_{mentor}_{mentee}"
    subject = next(iter(sorted(proposal.need.subjects)), "")
    show_pair_fields(field, (mentor, mentor_name), {mentee: proposal.names.get(mentee, "—")}, subject)
    st.caption("Пара будет «готовится»: начать её можно, когда есть оба согласия и приказ.")
    st.button(
        "Создать пару", key=f"{field}_save", type="primary", icon=":material/group_add:", on_click=_create,
        args=(field, school_id, mentor, mentee),
    )


def _create(field: str, school_id: int, mentor: int, mentee: int) -> None:
    draft = draft_of(field, school_id, mentor, [mentee])
    made = act(
        partial(write_once, f"pair|{draft}", plan_mentorship, draft),
        "Пара создана. Составьте программу и начните, когда подписан приказ.", (f"{SCREEN}_make_{mentor}",),
    )
    if made:
        go_to(PAIR, made)
