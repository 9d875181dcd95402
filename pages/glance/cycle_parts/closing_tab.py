"""«Закрытие»: what will be solved, repeat and go on; what to carry over; the note; the next cycle; the chain."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.cycle.access import may_lead
from core.cycle.closing import ClosingState, closing_state
from core.cycle.closing_acts import close_cycle, reopen_cycle, save_note
from core.cycle.closing_contract import Findings
from core.cycle.closing_tables import Outcome
from core.cycle.next_cycle import close_and_open_next, open_next
from core.cycle.opened import OpenedCycle
from core.people.academic_year import year_name
from core.words import plural
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.closing_parts import (
    offer_document,
    show_chain,
    show_decisions,
    show_kept,
    show_note,
    show_on_paper,
)
from pages.widgets.acting import act, drawer, typed
from pages.widgets.figures import Figure, show_figures
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, data_version, read, write
from pages.widgets.texts import plain

_ACKNOWLEDGED = f"{SCREEN}_closing_acknowledged"
_WITH_NEXT = f"{SCREEN}_closing_with_next"


def show_closing(choice: Choice) -> None:
    """Show what there is to close, or what was closed; before a cycle is opened only the earlier ones."""
    opened = choice.opened
    if opened is None:
        leads = may_lead(current_scope(), choice.organisation_id)
        how = "Откройте его на вкладке «Этапы»." if leads else "Его открывает администрация организации."
        st.info(f"Цикл {year_name(choice.year)} не открыт – закрывать нечего. {how}", icon=":material/info:")
    else:
        state: ClosingState = read(closing_state, opened.id)
        _show_figures(state.findings)
        if state.is_open:
            _show_open(opened, state)
        else:
            _show_closed(opened, state)
    show_chain(choice)


def _show_figures(found: Findings) -> None:
    def count(outcome: Outcome) -> str:
        return str(len(found.with_outcome(outcome)))

    show_figures([
        Figure("Решено", count(Outcome.SOLVED)), Figure("Повторяется", count(Outcome.REPEATS)),
        Figure("Продолжается", count(Outcome.GOES_ON)), Figure("Несопоставимо", count(Outcome.INCOMPARABLE)),
    ])
    if found.unseen:
        unseen = ", ".join(kind.value for kind in found.unseen)
        st.caption(plain(f"Вашей роли не видно поимённо: {unseen}. Числа по ним – в заключении."))


def _show_open(opened: OpenedCycle, state: ClosingState) -> None:
    show_decisions(opened, state)
    if state.open_points:
        count = plural(len(state.open_points), "замечание", "замечания", "замечаний")
        with st.expander(f"На этапах ещё не всё сделано: {count}", icon=":material/pending_actions:"):
            st.markdown("\n".join(f"- {plain(one)}" for one in state.open_points))
    _show_note_form(state)
    if state.may_lead:
        _show_button(opened, state)
    else:
        st.caption("Закрывает цикл администрация организации.")


def _show_note_form(state: ClosingState) -> None:
    st.markdown("**Заключение**")
    if not state.may_lead:
        show_note(state.cycle_id)
        return
    key = f"{SCREEN}_note_{state.cycle_id}_{state.version}"
    text = st.text_area(
        "Текст заключения", state.note, key=key, height=260, label_visibility="collapsed", max_chars=20_000,
        help="Написано по записям. Заголовки оставьте отдельными строками: по ним заключение делится на части.",
    )
    show_on_paper(text)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Сохранить заключение", key=f"{key}_save", icon=":material/save:", on_click=_save_note,
            args=(state.cycle_id, state.version, key),
        )
        offer_document(state.cycle_id, "Заключение по циклу")
        if state.is_own_note:
            st.button(
                "Написать заново по записям", key=f"{key}_rules", icon=":material/refresh:", on_click=act,
                args=(
                    partial(write, save_note, state.cycle_id, state.version, ""),
                    "Заключение снова пишется по записям.",
                ),
            )
            st.caption("Текст сохранён и за записями больше не следит.")
        else:
            st.caption("Пишется по записям, пока вы его не изменили.")


def _show_button(opened: OpenedCycle, state: ClosingState) -> None:
    with st.container(border=True):
        needs = bool(state.open_points)
        if needs:
            st.checkbox(
                "Прочитано: цикл закрывается с тем, что на этапах не сделано", key=_key(_ACKNOWLEDGED, opened.id)
            )
        st.checkbox(
            f"Сразу открыть цикл {year_name(opened.year + 1)}: та же модель, сроки через год, те же ответственные",
            value=True, key=_key(_WITH_NEXT, opened.id),
        )
        st.button(
            "Закрыть цикл", key=f"{SCREEN}_close_{opened.id}", type="primary", icon=":material/lock:",
            disabled=needs and not st.session_state.get(_key(_ACKNOWLEDGED, opened.id)), on_click=_close,
            args=(opened.id, opened.year, state.version),
        )
        st.caption(
            "После закрытия отметки, сроки и подтверждения этого цикла не меняют. Открыть его снова может только "
            "вышестоящая организация."
        )


def _show_closed(opened: OpenedCycle, state: ClosingState) -> None:
    show_note(state.cycle_id)
    show_kept(opened, state)
    with st.container(horizontal=True, vertical_alignment="center"):
        following = year_name(opened.year + 1)
        if state.next_id is not None:
            st.button(
                f"Перейти в цикл {following}", key=f"{SCREEN}_go_next", type="primary", icon=":material/arrow_forward:",
                on_click=_go, args=(opened.year + 1,),
            )
        elif state.may_lead:
            st.button(
                f"Открыть цикл {following}", key=f"{SCREEN}_next_{opened.id}", type="primary",
                icon=":material/play_arrow:", on_click=_next, args=(opened.id, opened.year),
            )
        if state.may_reopen and state.next_id is None:
            with drawer(f"{SCREEN}_reopen", "Открыть снова", ":material/lock_open:"):
                st.text_input("Почему", key=f"{SCREEN}_reopen_reason", max_chars=1000)
                st.button("Открыть цикл снова", key=f"{SCREEN}_reopen_do", on_click=_reopen, args=(opened.id,))


def _key(name: str, cycle_id: int) -> str:
    """Return the key of a field that belongs to one cycle: what was ticked for it does not hold for another."""
    return f"{name}_{cycle_id}"


def _save_note(cycle_id: int, version: int, key: str) -> None:
    act(partial(write, save_note, cycle_id, version, typed(key)), "Заключение сохранено.")


def _close(cycle_id: int, year: int, version: int) -> None:
    acknowledged = bool(st.session_state.get(_key(_ACKNOWLEDGED, cycle_id)))
    with_next = bool(st.session_state.get(_key(_WITH_NEXT, cycle_id)))
    use_case = close_and_open_next if with_next else close_cycle
    done = f"Цикл {year_name(year)} закрыт" + (f", цикл {year_name(year + 1)} открыт." if with_next else ".")
    act(
        partial(
            write_once, f"close|{cycle_id}|{version}|{with_next}", use_case, cycle_id, acknowledged=acknowledged,
            version_seen=version,
        ),
        done,
    )


def _next(cycle_id: int, year: int) -> None:
    if act(
        partial(write_once, f"next|{cycle_id}|{data_version()}", open_next, cycle_id),
        f"Открыт цикл {year_name(year + 1)}. Что перенесено, видно у этапов.",
    ) is not None:
        _go(year + 1)


def _reopen(cycle_id: int) -> None:
    reason = typed(f"{SCREEN}_reopen_reason")
    act(
        partial(write, reopen_cycle, cycle_id, reason), "Цикл открыт снова.",
        forget=(f"{SCREEN}_reopen_reason", f"{SCREEN}_reopen"),
    )


def _go(year: int) -> None:
    """Turn the screen to the cycle of another year."""
    st.session_state[f"{SCREEN}_year"] = year_name(year)
