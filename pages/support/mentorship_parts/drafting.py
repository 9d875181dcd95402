"""A programme that is not written yet: its goals come from deficits of the diagnostics, or are one's own."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import NotFound
from core.support.candidates import Proposal, propose_mentors
from core.support.mentorship_cards import MentorshipCard
from core.support.programme import GoalDraft, draft_programme
from core.words import percent
from pages.support.mentorship_parts.address import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.session import read, write


def show_drafting(card: MentorshipCard, manages: bool) -> None:
    """Choose deficits of the diagnostics, or write a goal of one's own."""
    st.markdown("**Составить программу из дефицитов.** К каждому будут записаны два шага, их можно изменить.")
    found: dict[tuple[int, str], GoalDraft] = {}
    for mentee in card.mentees if manages else ():
        try:
            proposal: Proposal = read(propose_mentors, mentee, card.row.organisation_id)
        except NotFound:
            # A mentee of another school, or one who has left: goals are written by hand.
            continue
        for key, name in proposal.need.deficits.items():
            found[mentee, key] = GoalDraft(mentee, name, proposal.competences.get(key), proposal.shares.get(key))
    chosen = st.multiselect(
        "Дефициты по диагностике", list(found), default=list(found)[:3], key=f"{SCREEN}_goals_{card.id}",
        format_func=lambda one: _goal_words(found[one], card), placeholder="Выберите",
        disabled=not found,
        help="Видны тем, кому открыты личные дефициты педагога." if not found else None,
    )
    st.text_area(
        "Своя цель (каждая с новой строки)", key=f"{SCREEN}_own_{card.id}",
        placeholder="Например: планирование урока по обновлённому ФГОС", height=80,
    )
    st.text_input("Срок для всех шагов", key=f"{SCREEN}_term_{card.id}", placeholder="октябрь–ноябрь 2026")
    st.button(
        "Составить программу", type="primary", icon=":material/auto_awesome:", key=f"{SCREEN}_draft_{card.id}",
        on_click=_draft, args=(card, [found[one] for one in chosen]),
    )


def _goal_words(goal: GoalDraft, card: MentorshipCard) -> str:
    share = f" – {percent(goal.share, 0)}" if goal.share is not None else ""
    who = f"{card.mentees[goal.mentee_teacher_id]}: " if len(card.mentees) > 1 else ""
    return f"{who}{goal.text}{share}"


def _draft(card: MentorshipCard, goals: list[GoalDraft]) -> None:
    first = next(iter(card.mentees))
    own = [GoalDraft(first, line.strip()) for line in typed(f"{SCREEN}_own_{card.id}").split("\n") if line.strip()]
    term = typed(f"{SCREEN}_term_{card.id}")
    act(
        partial(write, draft_programme, card.id, [*goals, *own], [term] if term else []),
        "Программа составлена: проверьте шаги и сроки.",
    )
