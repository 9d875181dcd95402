"""Pieces of «Закрытие»: decisions in a grid, the note, what was kept, the row of cycles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from core.cycle.closing import ChainLink, ClosingState, closing_note, closing_state, cycle_chain
from core.cycle.closing_contract import ClosingItem, ClosingNote
from core.cycle.closing_decisions import CARRY, REASON, save_decisions
from core.cycle.closing_tables import Decision
from core.cycle.closing_words import parts_of, years_words
from core.cycle.opened import OpenedCycle
from core.people.academic_year import year_name
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.words import day
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.widgets.documents import document_button
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_DECISIONS = (
    GridColumn("kind", "Что", editable=False, width=115),
    GridColumn("words", "О чём речь", editable=False, width=400),
    GridColumn("outcome", "Что стало", editable=False, width=110),
    GridColumn("years", "Сколько лет", editable=False, width=105),
    GridColumn(CARRY, "Перенести", "flag", width=100),
    GridColumn(REASON, "Почему не переносится", width=225),
)
_KEPT = (
    Column("kind", "Что", width=130), Column("words", "О чём речь", width="large"),
    Column("outcome", "Что стало", width=120), Column("decision", "Решение", width=120),
    Column("years", "Сколько лет", width=130), Column("reason", "Почему не переносится", width="medium"),
)
_CHAIN = (
    Column("year", "Учебный год", width=110), Column("state", "Состояние", width=110), Column("model", "Модель"),
    Column("solved", "Решено", "integer", width=90), Column("carried", "Перенесено", "integer", width=100),
    Column("dropped", "Не перенесено", "integer", width=120), Column("from", "Открыт из", width=120),
)


def show_decisions(opened: OpenedCycle, state: ClosingState) -> None:
    """Show what is unsettled: each is proposed to be carried over; what is not needs a reason."""
    if not state.findings.unsettled:
        st.success("Нерешённого по записям нет: переносить в следующий цикл нечего.", icon=":material/check:")
        return
    st.markdown("**Что перенести в следующий цикл**")
    if not state.may_lead:
        _table(opened, state.findings.unsettled)
        return
    grid_editor(
        Grid(f"closing:{opened.id}", _DECISIONS, label="words"), partial(_rows, opened.id),
        partial(_save, opened.id), lines=3, height=min(430, 38 + 72 * len(state.findings.unsettled)),
    )


def show_note(cycle_id: int) -> None:
    """Show the closing note in its parts."""
    note: ClosingNote = read(closing_note, cycle_id)
    with st.container(border=True):
        st.markdown(f"**{plain(note.title)}**")
        if note.closed_on is not None:
            st.caption(plain(f"Закрыт {day(note.closed_on)}: {note.closed_by.rstrip('.')}. Модель «{note.model}»."))
        _show_parts((part.title, part.paragraphs) for part in note.sections)
    offer_document(cycle_id, note.title)


def show_on_paper(text: str) -> None:
    """Show the text of a note as it stands in its field where it is printed: fields stay on the screen."""
    with st.container(key="only_on_paper_note"):
        _show_parts(parts_of(text))


def _show_parts(parts: Iterable[tuple[str, Sequence[str]]]) -> None:
    for title, lines in parts:
        st.markdown(f"**{plain(title)}.** " + " ".join(plain(line) for line in lines))


def offer_document(cycle_id: int, title: str) -> None:
    """Offer the closing note as a Word document, the draft of an open cycle too."""
    document_button(
        f"{SCREEN}_note_docx_{cycle_id}", "Скачать DOCX", "closing-note", str(cycle_id), "docx", title
    )


def show_kept(opened: OpenedCycle, state: ClosingState) -> None:
    """Show everything that a closed cycle left, with its decision."""
    if state.findings.items:
        with st.expander(f"О чём шла речь и что решено ({len(state.findings.items)})", icon=":material/list:"):
            _table(opened, state.findings.items)


def show_chain(choice: Choice) -> None:
    """Show the cycles of the organisation as they follow one another."""
    links: tuple[ChainLink, ...] = read(cycle_chain, choice.organisation_id)
    if not links:
        return
    years = {one.cycle_id: year_name(one.year) for one in links}
    st.markdown("**Циклы организации**")
    st.markdown(" → ".join(_link_words(one) for one in links))
    rows = [
        {
            "year": year_name(one.year), "state": "○ идёт" if one.is_open else "● закрыт", "model": one.model,
            "solved": None if one.is_open else one.solved, "carried": None if one.is_open else one.carried,
            "dropped": None if one.is_open else one.dropped, "from": years.get(one.previous_id or 0, "—"),
        }
        for one in links
    ]
    show_table(f"{SCREEN}_chain", Table("Циклы организации", _CHAIN, rows), download=False)


def _link_words(one: ChainLink) -> str:
    sign = "○" if one.is_open else "●"
    said = "идёт" if one.is_open else f"решено {one.solved}, перенесено {one.carried}"
    return f"{sign} **{year_name(one.year)}** :small[:gray[{said}]]"


def _rows(cycle_id: int) -> list[GridRow]:
    fresh: ClosingState = read(closing_state, cycle_id)
    return [
        GridRow(one.number, one.version, {
            "kind": one.item.kind.value, "words": one.item.words, "outcome": one.item.outcome.value,
            "years": years_words(one.years), CARRY: one.decision is Decision.CARRIED, REASON: one.reason,
        })
        for one in fresh.findings.unsettled
    ]


def _save(cycle_id: int, changes: GridChanges) -> EditOutcome:
    return write(save_decisions, cycle_id, changes)


def _table(opened: OpenedCycle, items: tuple[ClosingItem, ...]) -> None:
    rows = [
        {
            "kind": one.item.kind.value, "words": one.item.words, "outcome": one.item.outcome.value,
            "decision": one.decision.value, "years": years_words(one.years), "reason": one.reason,
        }
        for one in items
    ]
    show_table(f"{SCREEN}_kept_{opened.id}", Table(f"Итоги цикла {year_name(opened.year)}", _KEPT, rows), lines=2)
