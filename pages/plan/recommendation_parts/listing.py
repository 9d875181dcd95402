"""The list: what is awaited soonest first, drafts that are sent together, and the texts of the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.people.scope import Action, Scope
from core.planning.recommendations.listing import RecommendationRow, list_recommendations
from core.planning.tables import RecommendationState
from core.words import plural
from core.workbooks.writing import TableSheet
from pages.plan.recommendation_parts.address import RECOMMENDATION, SCREEN, go_to, turn
from pages.plan.recommendation_parts.drafts import show_drafts
from pages.plan.recommendation_parts.passports import PASSPORT
from pages.plan.recommendation_parts.texts import show_texts
from pages.plan.recommendation_parts.wording import basis_words, clock_words, state_words
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Row, Table, show_table

_COLUMNS = (
    Column("clock", "Сколько осталось", width=165, help="10 дней на отправку, 10 дней на ответ, затем срок."),
    Column("state", "Состояние", width=110),
    Column("to", "Кому", width=190),
    Column("title", "Рекомендация", width=270),
    Column("basis", "Основание", width=285),
)
_FILE_COLUMNS = (
    Column("title", "Рекомендация"), Column("to", "Кому"), Column("from", "От кого"), Column("subject", "Предмет"),
    Column("state", "Состояние"), Column("clock", "Сколько осталось"), Column("until", "До", "date"),
    Column("basis", "Основание"), Column("deadline", "Срок"), Column("sent", "Отправлена", "date"),
    Column("answered", "Ответ"), Column("reason", "Причина или примечание"), Column("result", "Результат"),
)


def show_listing(scope: Scope) -> None:
    """Show the tabs; an addressee begins with what awaits their answer."""
    rows = read(list_recommendations, date.today())
    may_write = scope.allows(Action.EDIT_RECOMMENDATIONS)
    mine = [one for one in rows if one.is_mine_to_answer]
    drafts = [one for one in rows if one.row.state is RecommendationState.DRAFT]
    names = [f"Все ({len(rows)})", f"Ждут меня ({len(mine)})"]
    if may_write:
        names += [f"Черновики ({len(drafts)})", "Тексты рекомендаций"]
    tabs = st.tabs(names, key=f"{SCREEN}_tab", on_change="rerun", default=names[1] if mine and not may_write else None)
    if tabs[0].open:
        with tabs[0]:
            _show_all(rows, may_write)
    if tabs[1].open:
        with tabs[1]:
            _show_mine(mine)
    if may_write and tabs[2].open:
        with tabs[2]:
            show_drafts(drafts)
    if may_write and tabs[3].open:
        with tabs[3]:
            show_texts()


def _show_all(rows: Sequence[RecommendationRow], may_write: bool) -> None:
    if not rows:
        if may_write:
            empty_state(
                "Рекомендаций пока нет",
                "Откройте проблемное поле и нажмите «Написать рекомендацию» или подготовьте черновики сразу по "
                "предмету на вкладке «Черновики».",
                path="problem-fields", label="Проблемные поля",
            )
        else:
            empty_state("Рекомендаций пока нет", "Здесь появятся рекомендации, которые вам адресованы.")
        return
    late = sum(one.clock is not None and one.clock.is_late for one in rows)
    words = plural(len(rows), "рекомендация", "рекомендации", "рекомендаций")
    tail = f"просрочено {late} – они стоят первыми." if late else "просроченных нет."
    st.markdown(f"**{words}:** {tail} Щёлкните в начале строки, чтобы открыть.")
    _show_table("all", rows)
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_xlsx", "Рекомендации", [recommendations_sheet(rows)], label="Список в XLSX")
        show_passport(PASSPORT)


def _show_mine(rows: Sequence[RecommendationRow]) -> None:
    if not rows:
        empty_state(
            "От вас ничего не ждут", "Здесь стоят рекомендации, на которые вы отвечаете или которые исполняете."
        )
        return
    st.caption("Щёлкните в начале строки, чтобы прочитать и ответить.")
    _show_table("mine", rows)


def _show_table(name: str, rows: Sequence[RecommendationRow]) -> None:
    shown: list[Row] = [
        {
            "id": one.id, "clock": clock_words(one), "state": state_words(one.row.state), "to": one.addressee.name,
            "title": one.row.title, "basis": basis_words(one),
        }
        for one in rows
    ]
    chosen = show_table(
        f"{SCREEN}_{name}_{turn()}", Table("Рекомендации", _COLUMNS, shown), choose=True,
        height=420, lines=2, download=False,
    )
    if chosen is not None:
        go_to(RECOMMENDATION, str(chosen["id"]))
        st.rerun()


def recommendations_sheet(rows: Sequence[RecommendationRow]) -> TableSheet:
    """Return the list as a sheet with its passport."""
    shown: list[Row] = [
        {
            "title": one.row.title, "to": one.addressee.name, "from": one.writer, "subject": one.row.subject,
            "state": one.row.state.value, "clock": clock_words(one),
            "until": one.clock.until if one.clock is not None else None,
            "basis": "; ".join(
                f"{basis.label}, {basis.source}, {basis.unit_name}: {basis.numbers}" for basis in one.bases
            ),
            "deadline": one.row.deadline_text, "sent": one.row.sent_on, "answered": one.row.answered_by,
            "reason": one.row.reason, "result": one.row.result,
        }
        for one in rows
    ]
    return Table("Рекомендации", _FILE_COLUMNS, shown).sheet(PASSPORT.notes())
