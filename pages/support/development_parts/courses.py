"""The tab «Курсы»: who is due, requests and their course, the catalogue, what participants said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.documents.kinds import year_key
from core.people.academic_year import year_on
from core.support.course_tables import EnrolmentState
from core.support.courses import EnrolmentCard, list_enrolments
from core.support.courses_due import DueTeacher, due_teachers
from core.words import count_of, plural
from pages.support.development_parts.address import ENROLMENT, SCREEN, go_to, row_key, turn
from pages.support.development_parts.catalogue import show_catalogue
from pages.support.development_parts.course_request import show_request
from pages.support.development_parts.feedback import show_results
from pages.support.development_parts.passports import DUE, ENROLMENTS
from pages.support.development_parts.viewer import Viewer
from pages.support.development_parts.wording import due_words, hours_words, period, state_words
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download, download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table

_DUE = (
    Column("name", "Педагог", width=260),
    Column("due", "Следующие курсы", width=260),
    Column("last", "Последние", "date", width=110),
    Column("now", "Сейчас", width=200),
)
_ENROLMENTS = (
    Column("state", "Состояние", width=120),
    Column("teacher", "Педагог", width=185),
    Column("course", "Курсы", width=250),
    Column("hours", "Часы", width=120),
    Column("dates", "Когда", width=125),
    Column("reason", "Зачем", width=190),
)
_ORDER = (
    EnrolmentState.REQUESTED, EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED,
    EnrolmentState.REFUSED, EnrolmentState.DROPPED,
)
_MOST = 330


def show_courses(viewer: Viewer) -> None:
    """Show the tab; who is due is for those who see the whole organisation."""
    if viewer.unit is not None:
        _show_due(viewer, viewer.unit.id or 0)
    elif viewer.workplace is not None and viewer.actor.teacher_id is not None:
        show_request(f"{SCREEN}_ask", viewer.workplace, viewer.actor.teacher_id)
    _show_enrolments(viewer)
    catalogue = st.expander("Каталог курсов", icon=":material/menu_book:", key=f"{SCREEN}_books", on_change="rerun")
    if catalogue.open:
        with catalogue:
            show_catalogue(viewer)
    said = st.expander("Что сказали участники", icon=":material/forum:", key=f"{SCREEN}_said", on_change="rerun")
    if said.open:
        with said:
            show_results()


def _show_due(viewer: Viewer, organisation_id: int) -> None:
    if viewer.school is None:
        st.caption("Кому пора на курсы, видно по каждой школе: выберите её вверху.")
        return
    today = date.today()
    found: list[DueTeacher] = read(due_teachers, organisation_id)
    late = [one for one in found if one.due_on is None or one.is_overdue(today)]
    waiting = [one for one in late if not one.is_enrolled]
    head = plural(len(late), "педагогу", "педагогам", "педагогам")
    st.markdown(
        f"**Пора на курсы {head}** (прошло больше трёх лет или сведений нет), из них без заявки – {len(waiting)}. "
        "Щёлкните в начале строки, чтобы подать заявку."
    )
    if not found:
        return
    table = Table("Кому пора на курсы", _DUE, [
        {
            "id": one.teacher_id, "name": one.name, "due": due_words(one.due_on, today), "last": one.last_on,
            "now": "есть заявка или обучается" if one.is_enrolled else "заявки нет",
        }
        for one in found
    ])
    chosen = row_key(show_table(f"{SCREEN}_due_{turn()}", table, choose=True, height=214, download=False))
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen and viewer.manages:
            show_request(f"{SCREEN}_due_ask_{chosen}", organisation_id, chosen)
        download_workbook(f"{SCREEN}_due_xlsx", table.title, [table.sheet(DUE.notes())], "Список в XLSX")
        show_passport(DUE)


def _show_enrolments(viewer: Viewer) -> None:
    cards: list[EnrolmentCard] = [card for card in read(list_enrolments) if viewer.counts(card.row.organisation_id)]
    if not cards:
        empty_state("Заявок на курсы пока нет", "Заявку подаёт сам педагог или методист.")
        return
    asked = sum(card.row.state is EnrolmentState.REQUESTED for card in cards)
    count = count_of(len(cards), "заявка")
    st.markdown(f"**{count}**, ждут согласования – {asked}. Щёлкните в начале строки, чтобы открыть.")
    table = enrolments_table(cards)
    height = min(_MOST, 40 + 62 * len(cards))
    key = f"{SCREEN}_enrolments_{turn()}"
    chosen = row_key(show_table(key, table, choose=True, height=height, lines=2, download=False))
    if chosen:
        go_to(ENROLMENT, chosen)
        st.rerun()
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_enrolments_xlsx", table.title, [table.sheet(ENROLMENTS.notes())], "Заявки в XLSX")
        if viewer.unit is not None:
            unit = viewer.unit.id or 0
            download(
                f"{SCREEN}_plan_docx", "План повышения квалификации (DOCX)", "План повышения квалификации", "docx",
                lambda: hand_out("qualification-plan", year_key(unit, year_on(date.today())), "docx"),
            )
        show_passport(ENROLMENTS)


def enrolments_table(cards: list[EnrolmentCard]) -> Table:
    """Return the requests as a table, those that wait first."""
    return Table("Заявки на курсы", _ENROLMENTS, [
        {
            "id": card.row.id or 0, "state": state_words(card.row.state), "teacher": card.teacher,
            "course": card.course.title, "hours": hours_words(card.course.hours, card.course.module_hours),
            "dates": period(card.row.starts_on, card.row.ends_on) or "дат нет", "reason": card.row.reason,
        }
        for card in sorted(cards, key=lambda card: _ORDER.index(card.row.state))
    ])
