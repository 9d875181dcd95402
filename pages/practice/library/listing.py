"""The library: search, filters in the address, the list, and what can be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from core.people.scope import Action
from core.people.short_names import short_name
from core.practice.library import PracticeCard, PracticeFilter, find_practices
from core.practice.practices import restore_practice
from core.practice.sheet import LIBRARY, grades_words, library_sheet
from core.words import plural
from pages.practice.library.address import FACETS, PRACTICE, SCREEN, accept_link, note_choice, show_form, show_one, turn
from pages.practice.library.passports import library_passport
from pages.widgets.acting import act
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.filter_bar import Chosen, filter_bar
from pages.widgets.passport import show_passport
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_HEIGHT = 460
_COLUMNS = (
    Column("title", "Практика", width=215),
    Column("keys", "Отвечает на", width=155),
    Column("subject", "Предмет", width=95),
    Column("grades", "Классы", width=60),
    Column("state", "Состояние", width=135),
    Column("author", "Автор", width=140),
    Column("organisation", "Где", width=130),
    Column("uses", "Применили", "integer", "В скольких классах коллеги отметили, что применили практику.", width=80),
)


def show_library() -> None:
    """Show search, filters and the list; a clicked practice opens."""
    accept_link()
    everything = read(find_practices)
    may_offer = current_scope().allows(Action.OFFER_PRACTICES)
    if not everything:
        empty_state(
            "Практик пока нет",
            "Опишите первую: какую проблему она решает, что сделано и как это повторить."
            if may_offer else "Здесь появятся практики, которые педагоги муниципалитета опишут и апробируют.",
        )
        _show_offer(may_offer, "first")
        return
    search, button = st.columns([4, 1], vertical_alignment="bottom")
    with search:
        text = st.text_input(
            "Поиск", key=f"{SCREEN}_text", bind="query-params", placeholder="Слова из названия, описания, автора",
            label_visibility="collapsed", max_chars=200,
        )
    with button:
        _show_offer(may_offer, "top")
    rows = [row for card in everything for row in _filter_rows(card)]
    chosen = filter_bar(SCREEN, rows, FACETS)
    note_choice(chosen)
    admitted = {row["id"] for row in rows if chosen.admits(row)}
    fitting = read(find_practices, PracticeFilter(text=text or "")) if text else everything
    cards = [card for card in fitting if card.id in admitted]
    if not cards:
        _show_nothing(chosen, may_offer)
        return
    st.caption(plain(_summary(cards)))
    table = Table(LIBRARY, _COLUMNS, [_row(card) for card in cards])
    clicked = show_table(
        f"{SCREEN}_list_{turn()}", table, choose=True, lines=2, height=_HEIGHT,
        download=False,
    )
    if clicked is not None:
        show_one(PRACTICE, int(str(clicked["id"])))
        st.rerun()
    passport = library_passport(chosen.words())
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_xlsx", LIBRARY, [library_sheet(cards, passport.notes())], label="Список в XLSX")
        show_passport(passport)
    _show_deleted()


def _show_offer(may_offer: bool, place: str) -> None:
    if may_offer:
        st.button(
            "Предложить практику", key=f"{SCREEN}_offer_{place}", type="primary", icon=":material/add:",
            on_click=show_form, width="stretch" if place == "top" else "content",
        )


def _show_nothing(chosen: Chosen, may_offer: bool) -> None:
    """Say that nothing answers the choice, and what to do about it."""
    keys = [str(value) for facet in ("element", "task_type") for value in chosen.of(facet)]
    if keys:
        empty_state(
            f"Практик, отвечающих на «{', '.join(keys)}», пока нет",
            "Спросите педагогов, у чьих классов с этим лучше, или обсудите поле в предметном клубе."
            + (" Если у вас есть такой опыт, опишите его." if may_offer else ""),
            path="problem-fields", label="К проблемным полям",
        )
        return
    empty_state("Таких практик нет", "Измените слова поиска или сбросьте отбор.")


def _show_deleted() -> None:
    """Offer deleted practices to those who may bring them back."""
    if not current_scope().allows(Action.OFFER_PRACTICES):
        return
    gone = read(find_practices, PracticeFilter(deleted=True))
    if not gone:
        return
    folded = st.expander(f"Удалённые ({len(gone)})", icon=":material/delete:", key=f"{SCREEN}_gone", on_change="rerun")
    if folded.open:
        with folded:
            for card in gone:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(plain(card.title), width="stretch")
                    st.button(
                        "Восстановить", key=f"{SCREEN}_restore_{card.id}", icon=":material/undo:", on_click=act,
                        args=(lambda one=card.id: write(restore_practice, one), "Практика восстановлена."),
                    )


def _filter_rows(card: PracticeCard) -> Iterator[Row]:
    """Give a row for each element, task type and grade, so that every filter finds the practice."""
    for element in card.elements or (None,):
        for task_type in card.task_types or (None,):
            for grade in card.grades or (None,):
                yield {
                    "id": card.id, "subject": card.subject or None, "element": element, "task_type": task_type,
                    "grade": grade, "work_kind": card.method or None, "state": card.state.value,
                }


def _summary(cards: Sequence[PracticeCard]) -> str:
    states = dict.fromkeys(card.state for card in cards)
    parts = [f"{state.value} – {sum(card.state is state for card in cards)}" for state in states]
    count = plural(len(cards), "практика", "практики", "практик")
    return f"{count}: {', '.join(parts)}. Список не рейтинг."


def _row(card: PracticeCard) -> Row:
    return {
        "id": card.id, "title": card.title, "keys": "; ".join((*card.elements, *card.task_types)),
        "subject": card.subject or "любой", "grades": grades_words(card.grades), "state": card.state.value,
        "author": card.author, "organisation": short_name(card.organisation), "uses": card.uses,
    }
