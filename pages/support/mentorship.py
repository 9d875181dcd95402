"""Наставничество: pairs and their pages, matching, registers, contests, the state of the system."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teachers import list_teachers
from core.support.access import sees_organisation
from pages.support.mentorship_parts.address import MENTEE, PAIR, SCREEN, asked, show_back
from pages.support.mentorship_parts.contests import show_contests
from pages.support.mentorship_parts.matching import show_matching
from pages.support.mentorship_parts.opened import show_pair
from pages.support.mentorship_parts.pairs import show_pairs
from pages.support.mentorship_parts.registers import show_mentees, show_mentors
from pages.support.mentorship_parts.state_tab import show_state
from pages.widgets.acting import show_outcome
from pages.widgets.organisations import choose_organisation, no_organisations, organisations_for
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_MANAGING = ("Пары и группы", "Подбор", "База наставников", "База наставляемых", "Конкурсы", "Состояние системы")
_IN_SCHOOLS = frozenset({"Подбор", "База наставников", "База наставляемых"})
"""Above schools pairs and figures of everything below are shown; people are registered where they work."""
_LOOKING = ("Пары и группы", "Состояние системы")


def _show_overview(scope: Scope) -> None:
    """Show the tabs of a chosen organisation; who only takes part or leads an association sees the pairs of these."""
    units = [unit for unit in organisations_for(scope, Action.VIEW_HELP) if sees_organisation(scope, unit.id or 0)]
    if not units and scope.allows(Action.MANAGE_HELP):
        no_organisations()
        return
    unit = _chosen(units)
    if unit is None or unit.id is None:
        show_pairs(None, may_manage=False)
        return
    manages = scope.allows(Action.MANAGE_HELP)
    is_school = unit.kind is OrganisationKind.SCHOOL
    names = [name for name in (_MANAGING if manages else _LOOKING) if is_school or name not in _IN_SCHOOLS]
    tabs = st.tabs(
        names, key=f"{SCREEN}_tab", on_change="rerun", bind="query-params",
        default="Подбор" if asked(MENTEE) and "Подбор" in names else None,
    )
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(name, unit.id, is_school, manages)


def _chosen(units: list[Organisation]) -> Organisation | None:
    """Return the chosen organisation, the highest one first; where a mentor is sought, that teacher's school."""
    if not units:
        return None
    mentee = asked(MENTEE)
    places = [card.organisation_ids for card in read(list_teachers) if card.id == mentee] if mentee else []
    begin_with = places[0][0] if places else units[0].id
    return choose_organisation(f"{SCREEN}_unit", "Организация", units, begin_with=begin_with)


def _show_part(name: str, unit: int, is_school: bool, manages: bool) -> None:
    match name:
        case "Подбор":
            show_matching(unit)
        case "База наставников":
            show_mentors(unit)
        case "База наставляемых":
            show_mentees(unit)
        case "Конкурсы":
            show_contests(unit, unit if is_school else None)
        case "Состояние системы":
            show_state(unit)
        case _:
            show_pairs(unit if is_school else None, manages and is_school)


_scope = require(Action.VIEW_HELP)
st.title("Наставничество", anchor=False)
show_outcome()
try:
    _pair = asked(PAIR)
    if _pair is not None:
        show_pair(_pair)
    else:
        _show_overview(_scope)
except QualityError as _refusal:
    show_refusal(_refusal)
    if asked(PAIR) is not None:
        show_back()
