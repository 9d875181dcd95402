"""Choosing an organisation of the tree."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.errors import NotAllowed
from core.people.organisations import Tree, load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from pages.widgets.empty_state import empty_state
from pages.widgets.session import read

_ORDER = {OrganisationKind.REGION: 0, OrganisationKind.MUNICIPALITY: 1, OrganisationKind.SCHOOL: 2}


def is_everywhere(scope: Scope, action: Action) -> bool:
    """Say whether the person may take the action in the whole system."""
    try:
        scope.require_everywhere(action)
    except NotAllowed:
        return False
    return True


def organisations_for(
    scope: Scope, action: Action, kinds: frozenset[OrganisationKind] = frozenset(OrganisationKind)
) -> list[Organisation]:
    """Return the open organisations in which the person may take the action, from the top of the tree down."""
    tree: Tree = read(load_tree)
    reach = scope.require(action)
    found = [
        unit
        for unit in tree.organisations.values()
        if unit.kind in kinds
        and (unit.closed_on is None or unit.closed_on > tree.day)
        and reach.sees_organisation(unit.id or 0)
    ]
    return sorted(found, key=lambda unit: (_ORDER[unit.kind], natural_key(unit.name)))


def no_organisations() -> None:
    """Say that there is nothing to choose from yet, with the door to where it is entered."""
    empty_state(
        "Организаций пока нет", "Внесите школы и педагогов или загрузите файл с результатами.",
        path="admin", label="Организации",
    )


def choose_organisation(
    key: str, label: str, units: list[Organisation], *, begin_with: int | None = None
) -> Organisation | None:
    """Show a selection field with the organisations; return the chosen one, None when there is none to choose.

    People work in schools for the most part, so the first school stands there at the beginning, unless `begin_with`
    or the address of a link (`?key=12`) names another.
    """
    if not units:
        no_organisations()
        return None
    by_id = {unit.id or 0: unit for unit in units}
    schools = (place for place, unit in enumerate(units) if unit.kind is OrganisationKind.SCHOOL)
    wanted = list(by_id).index(begin_with) if begin_with in by_id else None
    first = wanted if wanted is not None else next(schools, 0)
    asked = st.query_params.get(key, "")
    if asked.isdigit() and int(asked) in by_id:
        # Once: from here on the person chooses.
        st.query_params.pop(key)
        st.session_state[key], first = int(asked), 0
    chosen = st.selectbox(
        label, list(by_id), index=first, format_func=lambda unit: by_id[unit].name, key=key, persist_state="session"
    )
    return by_id[chosen] if chosen is not None else units[0]


def row_id(row: Mapping[str, object] | None) -> int:
    """Return the id that a chosen line of a table carries, 0 when none was chosen."""
    found = row.get("id") if row is not None else None
    return found if isinstance(found, int) else 0
