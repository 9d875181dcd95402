"""«Состояние системы наставничества»: figures with the people behind them, and the next step."""

from __future__ import annotations

import streamlit as st

from core.documents.mentorship_documents import figure_words, next_steps, state_sentences
from core.support.access import names_of
from core.support.figures import Figure as Share
from core.support.state import StateOfMentorship, state_of_mentorship
from core.words import interval, percent, signed
from pages.support.mentorship_parts.address import SCREEN
from pages.support.mentorship_parts.passports import STATE
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download, download_workbook
from pages.widgets.figures import Figure, show_figures
from pages.widgets.passport import show_passport
from pages.widgets.session import look, read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SHORT = ("С наставником", "Наставники", "Программы завершены", "Закрепились", "В конкурсах и др.")


def show_state(organisation_id: int) -> None:
    """Show the state of an organisation with everything below it."""
    state: StateOfMentorship = read(state_of_mentorship, organisation_id)
    show_figures([_card(label, one) for label, one in zip(_SHORT, state.figures, strict=True)])
    for sentence in state_sentences(state):
        st.markdown(plain(sentence))
    st.markdown(f"**Что дальше.** {plain(' '.join(next_steps(state)))}")
    _show_people(state)
    with st.container(horizontal=True):
        download(
            f"{SCREEN}_state_docx", "Анализ состояния (DOCX)", "Состояние наставничества", "docx",
            lambda: hand_out("mentorship-state", str(organisation_id), "docx"),
        )
        download_workbook(f"{SCREEN}_state_xlsx", "Показатели наставничества", [_table(state).sheet(STATE.notes())])
        show_passport(STATE)


def _card(label: str, share: Share) -> Figure:
    if not share.whole:
        return Figure(label, "—", note="не к кому отнести", help=share.title)
    return Figure(
        label, percent(share.share, 0), interval=interval(share.low, share.high, 0),
        note=f"{len(share.part)} из {len(share.whole)} ({share.of_what})", help=share.title,
    )


def _table(state: StateOfMentorship) -> Table:
    columns = (
        Column("title", "Показатель", width=420), Column("part", "Из них", "integer"),
        Column("whole", "Всего", "integer"), Column("share", "Доля", "percent"), Column("words", "С интервалом 95 %"),
    )
    return Table("Показатели наставничества", columns, [
        {"title": one.title, "part": len(one.part), "whole": len(one.whole),
         "share": one.share if one.whole else None, "words": figure_words(one)}
        for one in state.figures
    ])


def _show_people(state: StateOfMentorship) -> None:
    """Show who stands behind each figure, and the change between the questionnaires."""
    with st.expander("Кто стоит за показателями и что изменилось в анкетах"):
        for one in state.figures:
            if one.of_what != "педагоги" or not one.whole:
                continue
            names = look(names_of, one.whole)
            counted = sorted(names[key] for key in one.part if key in names)
            others = sorted(names[key] for key in one.whole - one.part if key in names)
            st.markdown(f"**{plain(one.title)}.** Учтены: {plain(', '.join(counted)) or 'никто'}.")
            if len(others) <= 30:
                st.caption(plain(f"Остальные: {', '.join(others) or 'никого'}."))
        rows = [
            {"side": side.value, "question": change.text, "pairs": change.pairs, "before": change.before,
             "after": change.after,
             "change": signed(change.change)}
            for side, found in state.changes.items()
            for change in found
            if change.before is not None
        ]
        if rows:
            show_table(f"{SCREEN}_changes", Table("Анкеты до и после", (
                Column("side", "Сторона", width=120), Column("question", "Вопрос", width=430),
                Column("pairs", "Ответили дважды", "integer"), Column("before", "До", "decimal"),
                Column("after", "После", "decimal"), Column("change", "Изменение"),
            ), rows), download=False)
