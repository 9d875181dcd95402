"""Проблемные поля: what pupils cannot do, how sure that is, in which classes; and what people decided."""

from __future__ import annotations

import hashlib

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.intake.history import list_works
from core.people.scope import Action
from pages.analyse.fields.address import KEY, OPENED, SCREEN
from pages.analyse.fields.choice import Choice, choose
from pages.analyse.fields.decision import leave_decision
from pages.analyse.fields.detail import show_field
from pages.analyse.fields.heat import show_map
from pages.analyse.fields.listing import show_list, show_takeaways
from pages.analyse.fields.practices_link import show_practices_link
from pages.analyse.fields.wording import field_address, spread_words, summary_words
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read, require
from pages.widgets.texts import plain

_TURN = f"{SCREEN}_turn"
_TOLD = f"{SCREEN}_told"


def _show_overview(choice: Choice) -> None:
    """Show the sentence, the list and the map; a clicked row or cell opens its field."""
    turn = int(st.session_state.get(_TURN, 0))
    leave_decision()
    st.markdown(f"**{plain(summary_words(choice))}** {plain(spread_words(choice.listed))}")
    clicked: FoundField | None = None
    if choice.listed:
        clicked = show_list(choice, turn)
    else:
        empty_state("Таких полей нет", "Измените отбор над списком или посмотрите карту ниже.")
    if clicked is not None:
        _open(field_address(clicked))
    cell = show_map(choice, turn)
    if cell is not None:
        found = next((one for one in choice.found if _is_at(one, cell)), None)
        if found is not None:
            _open(field_address(found))
        if st.session_state.get(_TOLD) != cell:
            # The chart keeps its chosen cell; it is told once, not at every rerun.
            st.session_state[_TOLD] = cell
            st.toast("В этой ячейке проблемного поля нет: ни ниже порога, ни слабого места.", icon=":material/info:")
    show_takeaways(choice)


def _show_opened(choice: Choice, opened: FoundField) -> None:
    """Show one field and the way back and on."""
    order = list(choice.listed)
    place = order.index(opened) if opened in order else None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=_close)
        if place is not None:
            st.button(
                "Предыдущее", key=f"{SCREEN}_previous", disabled=place == 0, icon=":material/chevron_left:",
                on_click=_turn_to, args=(field_address(order[max(place - 1, 0)]),),
            )
            st.button(
                "Следующее", key=f"{SCREEN}_next", disabled=place + 1 == len(order), icon=":material/chevron_right:",
                on_click=_turn_to, args=(field_address(order[min(place + 1, len(order) - 1)]),),
            )
            st.caption(f"{place + 1} из {len(order)}")
        link_to("results", "Вся работа", {"results_work": str(opened.work.assessment_id)})
        show_practices_link(opened)
        if current_scope().allows(Action.EDIT_RECOMMENDATIONS):
            link_to("recommendations", "Написать рекомендацию", {"recommendation_field": field_address(opened)})
        link_to("recommendations", "Цепочка", {"chain": field_address(opened)})
    show_field(opened, hashlib.sha256(field_address(opened).encode()).hexdigest()[:10])


def _is_at(one: FoundField, cell: tuple[int, str, str]) -> bool:
    return (one.work.assessment_id, one.field.unit.key, one.field.key) == cell


def _open(address: str) -> None:
    _turn_to(address)
    st.rerun()


def _turn_to(address: str) -> None:
    st.query_params[KEY] = st.session_state[OPENED] = address
    st.session_state[_TURN] = int(st.session_state.get(_TURN, 0)) + 1


def _close() -> None:
    st.query_params.pop(KEY, None)


require(Action.VIEW)
st.title("Проблемные поля", anchor=False)
_works = read(list_works)
if not _works:
    empty_state(
        "Пока нечего анализировать", "Загрузите файл с результатами: поля найдутся сами.",
        path="upload", label="Загрузить результаты",
    )
else:
    _choice = choose(_works)
    _opened = next((one for one in _choice.found if field_address(one) == st.query_params.get(KEY)), None)
    if _opened is not None:
        _show_opened(_choice, _opened)
    else:
        if KEY in st.query_params:
            st.info("Поля из ссылки в этом отборе нет: данные изменились или отбор другой.", icon=":material/link_off:")
            _close()
        if _choice.works:
            _show_overview(_choice)
        else:
            empty_state("Таких работ нет", "Сбросьте отбор: под него не подходит ни одна работа.")
