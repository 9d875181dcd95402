"""Writing about one problem field: the text is ready, the addressee chosen; it is sent at once or kept as a draft."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from core.errors import QualityError
from core.planning.recommendations.addressees import Addressee
from core.planning.recommendations.bases import numbers_in_words
from core.planning.recommendations.contents import EDITABLE
from core.planning.recommendations.deficits import is_deficit
from core.planning.recommendations.drafting import Proposal, propose, write_about
from core.planning.recommendations.listing import recommendations_on
from core.planning.tables import AddresseeKind
from core.words import day
from pages.plan.recommendation_parts.address import CHAIN, RECOMMENDATION, SCREEN, go_to, show_back
from pages.plan.recommendation_parts.wording import state_words
from pages.widgets.acting import act, typed
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import look, write
from pages.widgets.texts import plain

_TICKET = f"{SCREEN}_ticket"
"""In the session: a form that was not sent yet. A second click on its button finds none."""


def show_writing(key: str) -> None:
    """Show the form for a problem field or a corporate deficit."""
    with st.container(horizontal=True, vertical_alignment="center"):
        show_back()
        if is_deficit(key):
            link_to("deficits", "К дефицитам")
        else:
            link_to("problem-fields", "К полю", {"fields_key": key})
            link_to("recommendations", "Цепочка", {CHAIN: key})
    try:
        proposal = look(propose, key)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    _show_basis(proposal)
    _show_earlier(key)
    by_key = {one.key: one for one in proposal.addressees}
    name = hashlib.sha256(key.encode()).hexdigest()[:10]
    chosen = st.selectbox(
        "Кому", list(by_key), key=f"{SCREEN}_to_{name}", format_func=lambda one: by_key[one].name,
        index=0 if by_key else None, placeholder="Выберите адресата",
        help="Первым стоит объединение по предмету. Педагога можно выбрать только в своей школе.",
    )
    to = by_key.get(chosen) if chosen is not None else None
    if to is not None:
        proposal = look(propose, key, to)
    _show_form(key, proposal, to, f"{name}_{to.key if to is not None else ''}")


def _show_basis(proposal: Proposal) -> None:
    basis = proposal.field.basis
    numbers = numbers_in_words(basis, inside=True)
    st.markdown(
        f"**Основание** {plain(basis.label)}: {plain(basis.unit_name)}, {plain(basis.source)}.  \n"
        f":gray[{plain(numbers)} – {plain(basis.finding)}. Эти числа сохранятся в рекомендации. "
        f"Основание сохранено {day(basis.stored_on)}.]"
    )


def _show_earlier(key: str) -> None:
    for one in look(recommendations_on, [key]):
        st.info(
            f"По этому основанию уже есть: «{plain(one.row.title)}» – {plain(one.addressee.name)}, "
            f"{state_words(one.row.state)}.", icon=":material/info:",
        )


def _show_form(key: str, proposal: Proposal, to: Addressee | None, name: str) -> None:
    """Show the fields; each addressee has a text of its own, so that nothing typed is lost by choosing another one."""
    st.session_state[_TICKET] = name
    st.text_input("Заголовок", proposal.title, key=f"{SCREEN}_title_{name}", max_chars=300)
    st.text_area("Текст", proposal.text, key=f"{SCREEN}_text_{name}", height=150, max_chars=8000)
    first, second, third = st.columns([1, 2, 2])
    with first:
        st.text_input("Срок", proposal.deadline_text, key=f"{SCREEN}_deadline_text_{name}", help="«до 20 декабря»")
    with second:
        _show_practices(proposal, name)
    with third:
        st.text_input("Курсы и другая помощь", key=f"{SCREEN}_courses_{name}")
    if to is not None and to.kind is AddresseeKind.TEACHER:
        st.caption("Текст педагогу говорит об элементах содержания и классах. Его увидят педагог, руководитель его "
                   "объединения и администрация школы.")
    with st.container(horizontal=True):
        st.button(
            "Отправить", key=f"{SCREEN}_send_new", type="primary", icon=":material/send:", on_click=_save,
            args=(key, to, name, True),
        )
        st.button(
            "Сохранить черновиком", key=f"{SCREEN}_keep_new", icon=":material/edit_note:", on_click=_save,
            args=(key, to, name, False),
        )


def _show_practices(proposal: Proposal, name: str) -> None:
    """Offer the practices of the library that fit; where there are none, a field for words."""
    titles = {one.id: one.title for one in proposal.practices}
    if titles:
        st.multiselect("Практики из библиотеки", list(titles), key=f"{SCREEN}_practice_ids_{name}",
                       format_func=titles.__getitem__, placeholder="Какие стоит изучить")
    else:
        st.text_input("Практики, которые стоит изучить", key=f"{SCREEN}_practices_{name}")


def _save(key: str, to: Addressee | None, name: str, send: bool) -> None:
    """Store what was typed, once; after a refusal the form keeps it."""
    if st.session_state.pop(_TICKET, None) != name:
        return
    values = {field: typed(f"{SCREEN}_{field}_{name}") for field in EDITABLE}
    done = "Рекомендация отправлена. На ответ – 10 дней." if send else "Черновик сохранён."
    chosen = list(st.session_state.get(f"{SCREEN}_practice_ids_{name}") or ())
    row = act(partial(write, write_about, key, to, values, send=send, practice_ids=chosen), done)
    if row is not None:
        go_to(RECOMMENDATION, str(row.id))
