"""One club: members, plan of meetings, webinars with feedback, decisions, practices, what was discussed."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from core.practice.club_deficits import club_deficits
from core.practice.clubs import ClubCard, club_members, club_practices, discussed_elements, get_club
from core.practice.events import list_events
from core.practice.library import find_practices
from core.words import day, listing, plural
from pages.practice.clubs.decisions import show_decisions
from pages.practice.clubs.plan import show_plan
from pages.practice.library.address import PRACTICE, SCREEN, VIEWS, leave, show_one
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_MEMBERS = (Column("name", "Участник", width=320), Column("head", "Роль", width=160),
            Column("since", "С какого дня", "date", width=130))
_TABS = ("План и встречи", "Решения", "Практики", "Проблемные поля", "Участники")


def show_club(association_id: int) -> None:
    """Show everything about a club."""
    card = read(get_club, association_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("К клубам", key=f"{SCREEN}_club_back", icon=":material/arrow_back:", on_click=_back)
        link_to("roadmaps", "Дорожные карты")
        link_to("meeting", "Заседания с протоколом")
        link_to("deficits", "Профессиональные дефициты")
    st.subheader(plain(card.name), anchor=False)
    parts = [listing(card.subjects) if card.subjects else "все предметы", card.organisation,
             plural(card.members, "участник", "участника", "участников") if card.members else "участники не записаны"]
    st.caption(plain(" · ".join(parts)))
    tabs = st.tabs(_TABS, key=f"{SCREEN}_club_tab", on_change="rerun", bind="query-params")
    for tab, show in zip(tabs, (show_plan, show_decisions, _show_practices, _show_fields, _show_members), strict=True):
        if tab.open:
            with tab:
                show(card)


def _back() -> None:
    leave()
    st.session_state[f"{SCREEN}_view"] = VIEWS[1]


def _show_practices(card: ClubCard) -> None:
    """List the practices that were born or tried in the club."""
    wanted = set(read(club_practices, card.id))
    cards = [one for one in read(find_practices) if one.id in wanted]
    if not cards:
        st.caption(
            "Практик здесь ещё не апробировали. Откройте предложенную практику и на вкладке «Решения» отправьте её на "
            "апробацию в этот клуб."
        )
    for one in cards:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(one.title)}** – {plain(one.state.value)}, {plain(one.author)}", width="stretch")
            st.button("Открыть", key=f"{SCREEN}_club_practice_{one.id}", on_click=show_one, args=(PRACTICE, one.id))


def _show_fields(card: ClubCard) -> None:
    """List what was discussed by content element, with the way to fields and practices."""
    events = read(list_events, card.id)
    discussed = discussed_elements(events)
    if not discussed:
        st.caption("Укажите в плане встречи элементы содержания, которые обсуждаете: здесь они соберутся вместе.")
    for subject, element, held_on in discussed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(element)}** – {plain(subject)}, {day(held_on)}", width="stretch")
            link_to("problem-fields", "Поля", {"fields_subject": subject})
            link_to("practices", "Практики", {"practices_subject": subject, "practices_element": element})
    confirmed = read(club_deficits, card.id)
    if confirmed:
        st.markdown("**Корпоративные дефициты, которые объединение подтвердило**")
        for one in confirmed:
            st.markdown(plain(f"{one.what} – {day(one.confirmed.on)}, протокол № {one.confirmed.protocol}"))
    told = [event for event in events if event.deficits]
    if told:
        st.markdown("**Какие затруднения педагогов назвали**")
        for event in told:
            st.markdown(plain(f"{day(event.held_on)}: {event.deficits}"))


def _show_members(card: ClubCard) -> None:
    members = read(club_members, card.id)
    if not members:
        count = plural(card.members, "участник", "участника", "участников")
        st.caption(
            f"В объединении {count}. Список видят его участники, руководитель и администрация." if card.members
            else "Участников пока нет: их записывают на экране «Администрирование»."
        )
        return
    rows = [
        {"name": one.name, "head": "руководитель" if one.is_head else "участник", "since": one.valid_from}
        for one in members
    ]
    show_table(f"{SCREEN}_club_members", Table(f"Участники. {card.name}", _MEMBERS, rows))
    if current_scope().allows(Action.MANAGE_ASSOCIATIONS):
        link_to("admin", "Изменить состав")
