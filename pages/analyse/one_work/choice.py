"""Which work and which unit of it: chosen in two lists, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.analysis.work import Unit, UnitLevel, Work
from core.intake.history import WorkSummary
from core.people.short_names import short_name
from core.people.suppression import Hidden

SCREEN = "results"
_WORK, _UNIT = f"{SCREEN}_work", f"{SCREEN}_unit"
_ORDER = (UnitLevel.REGION, UnitLevel.MUNICIPALITY, UnitLevel.SCHOOL, UnitLevel.CLASS)


def choose_work(works: Sequence[WorkSummary], labels: Mapping[int, str]) -> int:
    """Show the list of works and return the id of the chosen one, the newest at first."""
    return int(_choose("Работа", _WORK, {str(work.id): labels[work.id] for work in works}))


def choose_unit(work: Work) -> str | None:
    """Show the list of units and return the key of the chosen one, None for everything that the person sees.

    Hidden units stand at the end, with a word; choosing one says why it is hidden.
    """
    widest = [unit for unit in work.units if not unit.parents]
    names = {"": _whole_name(work, widest)}
    names |= {
        unit.key: _unit_name(unit)
        for unit in sorted(work.units, key=lambda unit: _ORDER.index(unit.level))
        if not unit.is_whole_school and not (len(widest) == 1 and unit is widest[0])
    }
    hidden = {unit.key for unit in work.units if work.suppression.of(unit) is not Hidden.NO}
    if work.suppression.of(None) is not Hidden.NO:
        hidden.add("")
    shown = {key: name for key, name in names.items() if key not in hidden}
    return _choose(
        "Организация или класс", _UNIT,
        shown | {key: f"{name} — скрыто" for key, name in names.items() if key in hidden},
    ) or None


def _whole_name(work: Work, widest: Sequence[Unit]) -> str:
    """Return what everything that the person sees is called."""
    if len(widest) == 1:
        return _unit_name(widest[0]) if widest[0].school_name else f"Все: {short_name(widest[0].name)}"
    return "Все классы и школы" if any(part.is_school_seen for part in work.classes) else "Мои классы"


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
