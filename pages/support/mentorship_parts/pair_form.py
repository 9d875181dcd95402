"""The form of a pair or group: people, form and kind, term, consents, order."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.support.mentorship_cards import MentorshipCard
from core.support.mentorship_checks import MentorshipDraft
from core.support.mentorship_tables import MentorshipForm, MentorshipKind
from pages.widgets.acting import typed


def show_pair_fields(
    name: str, mentor: tuple[int, str], mentees: dict[int, str], subject: str = "",
    card: MentorshipCard | None = None,
) -> None:
    """Show the fields; `name` begins their keys, `draft_of` reads them. `card` gives what stands there already."""
    row = card.row if card is not None else None
    today = date.today()
    ends = date(today.year + (today.month >= 6), 5, 31)
    st.markdown(f"**Наставник:** {mentor[1]} → **{', '.join(mentees.values())}**")
    first, second, third = st.columns(3)
    with first:
        st.date_input("Начало", row.starts_on if row else today, key=f"{name}_starts", format="DD.MM.YYYY")
        st.selectbox(
            "Форма", list(MentorshipForm), index=list(MentorshipForm).index(row.form) if row else 0,
            key=f"{name}_form", format_func=lambda one: one.value,
        )
        st.text_input("Приказ №", row.order_number if row else "", key=f"{name}_order", max_chars=60)
    with second:
        st.date_input("Окончание", row.ends_on if row else ends, key=f"{name}_ends", format="DD.MM.YYYY")
        st.selectbox(
            "Вид", list(MentorshipKind), key=f"{name}_kind", format_func=lambda one: one.value,
            index=list(MentorshipKind).index(row.kind if row else _kind(len(mentees))),
        )
        st.date_input("Приказ от", row.order_on if row else None, key=f"{name}_order_on", format="DD.MM.YYYY")
    with third:
        st.date_input(
            "Согласие наставника от", row.mentor_consent_on if row else None, key=f"{name}_consent",
            format="DD.MM.YYYY",
        )
        for teacher_id, mentee in mentees.items():
            st.date_input(
                "Согласие наставляемого от" if len(mentees) == 1 else f"Согласие: {mentee}",
                card.consents.get(teacher_id) if card else None, key=f"{name}_consent_{teacher_id}",
                format="DD.MM.YYYY",
            )
        st.text_input("Предмет", row.subject if row else subject, key=f"{name}_subject", max_chars=120)
    st.text_input(
        "Режим: как часто и как встречаются", row.schedule if row else "", key=f"{name}_schedule", max_chars=300
    )
    st.checkbox(
        "Основной наставник", row.is_main if row else True, key=f"{name}_main",
        help="Основной наставник у педагога один; другие помогают в отдельном вопросе.",
    )


def draft_of(name: str, organisation_id: int, mentor: int, mentees: list[int]) -> MentorshipDraft:
    """Return what was typed into the fields."""
    state = st.session_state
    return MentorshipDraft(
        organisation_id=organisation_id,
        mentor_teacher_id=mentor,
        mentees={teacher_id: state.get(f"{name}_consent_{teacher_id}") for teacher_id in mentees},
        starts_on=state.get(f"{name}_starts") or date.today(),
        ends_on=state.get(f"{name}_ends") or date.today(),
        form=state.get(f"{name}_form", MentorshipForm.TEACHER_TEACHER),
        kind=state.get(f"{name}_kind", MentorshipKind.TRADITIONAL),
        is_main=bool(state.get(f"{name}_main", True)),
        subject=typed(f"{name}_subject"),
        mentor_consent_on=state.get(f"{name}_consent"),
        order_number=typed(f"{name}_order"),
        order_on=state.get(f"{name}_order_on"),
        schedule=typed(f"{name}_schedule"),
    )


def _kind(mentees: int) -> MentorshipKind:
    return MentorshipKind.GROUP if mentees > 1 else MentorshipKind.TRADITIONAL
