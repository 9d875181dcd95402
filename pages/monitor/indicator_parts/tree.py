"""Up and down the tree of organisations, among those whose figures the person sees."""

from __future__ import annotations

import streamlit as st

from core.people.organisations import Tree, load_tree
from core.people.scope import Action
from pages.monitor.indicator_parts.address import SCREEN, go_to_unit
from pages.widgets.organisations import organisations_for
from pages.widgets.session import current_scope, read


def has_below(organisation_id: int) -> bool:
    """Say whether anything stands below the organisation today."""
    tree: Tree = read(load_tree)
    return organisation_id in tree.parents.values()


def show_way_up(organisation_id: int) -> None:
    """Show a button to the organisation above, if the person sees its figures."""
    tree: Tree = read(load_tree)
    above = next(iter(tree.above(organisation_id)), None)
    if above is not None and above.id is not None and _is_seen(above.id):
        st.button(
            f"Выше: {above.name}", key=f"{SCREEN}_up", icon=":material/arrow_upward:", on_click=go_to_unit,
            args=(above.id,),
        )


def follow(chosen: object, organisation_id: int) -> None:
    """Go to the organisation that was clicked in a table, if it is another one and its figures are seen."""
    if isinstance(chosen, int) and chosen != organisation_id and _is_seen(chosen):
        go_to_unit(chosen)
        st.rerun()


def _is_seen(organisation_id: int) -> bool:
    return any(unit.id == organisation_id for unit in organisations_for(current_scope(), Action.VIEW_INDICATORS))
