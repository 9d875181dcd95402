"""An account tied to a teacher, and untied."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.account_list import AccountRow
from core.people.account_teacher import link_teacher, unlink_teacher
from core.people.teachers import list_teachers
from pages.widgets.acting import act
from pages.widgets.session import look, write
from pages.widgets.texts import plain


def show_teacher_link(row: AccountRow) -> None:
    """Show to which teacher the account belongs, and offer to change that; the person has to sign in again."""
    teachers = {card.id: card.name for card in look(list_teachers, row.organisation_id)} if row.organisation_id else {}
    if row.teacher_id is not None:
        name = teachers.get(row.teacher_id, f"педагог № {row.teacher_id}")
        st.markdown(f"Связана с педагогом: **{plain(name)}**.")
        st.button("Отвязать", key="card_unlink", icon=":material/link_off:", on_click=_unlink, args=(row.id,))
    if not teachers:
        st.caption("В организации этой учётной записи нет педагогов в списке.")
        return
    others = [one for one in teachers if one != row.teacher_id]
    st.selectbox(
        "Педагог", others, index=None, format_func=teachers.__getitem__, placeholder="Выберите", key="card_teacher_id",
        help="Связь открывает учителю его классы, наставнику — его данные. Человеку нужно будет войти заново.",
    )
    st.button("Связать", key="card_link", type="primary", icon=":material/link:", on_click=_link, args=(row.id,))


def _link(account_id: int) -> None:
    teacher = st.session_state.get("card_teacher_id")
    if teacher is None:
        st.toast("Выберите педагога из списка.", icon=":material/info:")
        return
    act(
        partial(write, link_teacher, account_id, teacher),
        "Связано. Человеку нужно войти заново.",
        forget=("card_teacher_id", "card_teacher"),
    )


def _unlink(account_id: int) -> None:
    act(partial(write, unlink_teacher, account_id), "Связи больше нет.", forget=("card_teacher",))
