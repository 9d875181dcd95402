"""«Приёмка»: which organisations handed in, what they handed in, accepting, returning with a reason, locking."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.acceptance import Handed, handed_in
from core.monitoring.lifecycle import accept_values, lock_values, return_values
from core.monitoring.value_tables import ValueState
from core.monitoring.values import EntryRow, entry_rows
from core.monitoring.wording import fact_words
from core.people.academic_year import year_name
from core.words import number, plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.monitor.indicator_parts.proofs import show_documents
from pages.widgets.acting import act, typed
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_REASON = f"{SCREEN}_reason"
_CODES = f"{SCREEN}_decided_codes"
_WITHHELD = "на табло"
_DECIDED = (ValueState.SUBMITTED, ValueState.ACCEPTED, ValueState.LOCKED)


def show_acceptance(organisation_id: int, year: int) -> None:
    """Show what stands below the unit and how far each organisation is; one is looked at and decided on."""
    units: tuple[Handed, ...] = read(handed_in, organisation_id, year)
    if not units:
        st.info("Под этой организацией нет других, у которых вы принимаете показатели.", icon=":material/info:")
        return
    by_id = {one.organisation_id: one for one in units}
    waiting = sum(bool(one.counts.get(ValueState.SUBMITTED)) for one in units)
    st.markdown(
        f"**Ждут решения: {plural(waiting, 'организация', 'организации', 'организаций')}**" if waiting
        else "**Всё сданное принято или возвращено**"
    )
    chosen = st.selectbox(
        "Организация, о которой решаем", list(by_id), key=f"{SCREEN}_decided",
        format_func=lambda key: f"{by_id[key].word}: {by_id[key].name}",
    )
    if chosen is not None:
        _show_decision(by_id[chosen], year)
    with st.expander(f"Все организации ({len(units)})", icon=":material/list:"):
        _show_units(units, year)


def _show_units(units: tuple[Handed, ...], year: int) -> None:
    columns = (
        Column("name", "Организация", width=300, pinned=True), Column("word", "Что делать", width=180),
        *(Column(state.name, state.value, "integer") for state in ValueState),
    )
    show_table(f"{SCREEN}_handed", Table(f"Приёмка показателей, {year_name(year)}", columns, [
        {"id": one.organisation_id, "name": one.name, "word": one.word,
         **{state.name: one.counts.get(state, 0) for state in ValueState}}
        for one in units
    ]))


def _show_decision(one: Handed, year: int) -> None:
    """Show the values of one organisation, what is strange about them, and the buttons."""
    unit = one.organisation_id
    rows: list[EntryRow] = read(entry_rows, unit, year)
    rows = [row for row in rows if row.state in _DECIDED]
    if not rows:
        st.info("Эта организация пока ничего не сдала.", icon=":material/hourglass_empty:")
        return
    # What waits comes first, and of that what is strange.
    rows.sort(key=lambda row: (row.state is not ValueState.SUBMITTED, not _remarks(row)))
    show_table(f"{SCREEN}_values", Table(f"{one.name}: показатели за {year_name(year)}", (
        Column("code", "Код", width=64, pinned=True), Column("name", "Показатель", width=250),
        Column("says", "Сдано", width=170), Column("before", "Год назад", width=150),
        Column("remarks", "Проверьте", width=200), Column("comment", "Комментарий", width=190),
        Column("plan", "План", width=70), Column("state", "Состояние", width=90),
    ), [_line(row) for row in rows]), lines=3, download=False, height=min(270, 38 + 74 * len(rows)))
    if any(row.is_withheld for row in rows):
        st.caption(plain(
            "«На табло» – показатель считает программа; число видно на табло организации, если группа не мала."
        ))
    _show_buttons(one, rows, year)
    show_documents(rows, may_change=False)


def _line(row: EntryRow) -> dict[str, object]:
    says = _WITHHELD if row.is_withheld else fact_words(row.passport, row.says)
    return {
        "code": row.passport.code, "name": row.passport.name, "says": says,
        "before": fact_words(row.passport, row.before) if row.before is not None else "—", "remarks": _remarks(row),
        "comment": row.comment, "plan": "—" if row.plan is None else number(row.plan, 1 if row.plan % 1 else 0),
        "state": row.state.value,
    }


def _remarks(row: EntryRow) -> str:
    """Return what is strange about the figure; that no plan was set is none of it."""
    return " ".join(f"△ {one.text}" for one in row.findings if row.says is not None and one.text != "План не задан.")


def _show_buttons(one: Handed, rows: list[EntryRow], year: int) -> None:
    unit = one.organisation_id
    names = {row.passport.code: f"{row.passport.code}. {row.passport.name}" for row in rows}
    left, right = st.columns(2)
    with left:
        # After every decision the field begins anew: what was chosen is done with.
        picked = st.multiselect(
            "Только эти показатели", list(names), key=f"{_CODES}_{unit}_{sum(row.version for row in rows)}",
            format_func=lambda code: names[code], placeholder="Пусто – все показатели",
        )
    with right:
        st.text_input("Причина возврата или открытия", key=_REASON, placeholder="Например: уточните знаменатель по П41")
    meant = [row for row in rows if not picked or row.passport.code in picked]
    waiting = [row for row in meant if row.state is ValueState.SUBMITTED]
    accepted = one.counts.get(ValueState.ACCEPTED, 0)
    with st.container(horizontal=True):
        st.button(
            f"Принять ({len(waiting)})", key=f"{SCREEN}_accept", type="primary", icon=":material/check:",
            disabled=not waiting, on_click=act, args=(
                partial(write, accept_values, unit, year, tuple(row.passport.code for row in waiting),
                        {row.id: row.version for row in waiting}), _said("Принято"),
            ),
        )
        st.button(
            f"Вернуть или открыть ({len(meant)})", key=f"{SCREEN}_return", icon=":material/undo:", disabled=not meant,
            on_click=_return, args=(unit, year, tuple(row.passport.code for row in meant)),
        )
        st.button(
            f"Закрыть принятые ({accepted})", key=f"{SCREEN}_lock", icon=":material/lock:", disabled=not accepted,
            on_click=act, args=(partial(write, lock_values, unit, year), _said("Закрыто")),
        )
    st.caption(plain("Пока исправленное значение не принято, в сумме выше остаётся принятое раньше."))


def _return(organisation_id: int, year: int, codes: tuple[str, ...]) -> None:
    work = partial(write, return_values, organisation_id, year, typed(_REASON), codes)
    act(work, _said("Возвращено"), (_REASON,))


def _said(word: str) -> partial[str]:
    return partial(_count_words, word)


def _count_words(word: str, count: int) -> str:
    return f"{word}: {plural(count, 'показатель', 'показателя', 'показателей')}."
