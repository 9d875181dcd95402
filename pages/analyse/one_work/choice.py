"""Which work and which unit of it: chosen in two lists, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.analysis.work import Unit, UnitLevel
from core.intake.history import WorkSummary
from core.people.short_names import short_name

SCREEN = "results"
_WORK, _UNIT = f"{SCREEN}_work", f"{SCREEN}_unit"
_ORDER = (UnitLevel.REGION, UnitLevel.MUNICIPALITY, UnitLevel.SCHOOL, UnitLevel.CLASS)


def choose_work(works: Sequence[WorkSummary], labels: Mapping[int, str]) -> int:
    """Show the list of works and return the id of the chosen one, the newest at first."""
    return int(_choose("Работа", _WORK, {str(work.id): labels[work.id] for work in works}))


def choose_unit(units: Sequence[Unit]) -> str | None:
    """Show the list of units and return the key of the chosen one, None for the whole work."""
    widest = [unit for unit in units if not unit.parents]
    names = {"": f"Все: {short_name(widest[0].name)}" if len(widest) == 1 else "Все классы и школы"}
    ordered = sorted(units, key=lambda unit: _ORDER.index(unit.level))
    names |= {
        unit.key: _unit_name(unit)
        for unit in ordered
        if not unit.is_whole_school and not (len(widest) == 1 and unit is widest[0])
    }
    return _choose("Организация или класс", _UNIT, names) or None


def _unit_name(unit: Unit) -> str:
    return f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name)


def _choose(label: str, key: str, names: Mapping[str, str]) -> str:
    """Show a list whose choice stands in the address as `key`; what the address lacks or mistakes is the first one."""
    options = list(names)
    asked = str(st.query_params.get(key, st.session_state.get(f"{key}_last", "")))
    if asked not in names:
        asked = options[0]
        st.query_params.pop(key, None)
    widget = f"{key}_chosen"
    st.session_state[widget] = asked
    st.selectbox(label, options, key=widget, format_func=lambda option: names[option], on_change=_to_address,
                 args=(key, widget))
    st.session_state[f"{key}_last"] = asked
    return asked


def _to_address(key: str, widget: str) -> None:
    chosen = str(st.session_state[widget])
    st.session_state[f"{key}_last"] = chosen
    if chosen:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)
