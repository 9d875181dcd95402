"""Администрирование: организации, люди и роли, педагоги, объединения, нагрузка, входы, журнал, копии, безопасность."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.manage.administration.accounts import show_accounts
from pages.manage.administration.assignments import show_assignments
from pages.manage.administration.associations import show_associations
from pages.manage.administration.backups import show_backups
from pages.manage.administration.entries import show_entries
from pages.manage.administration.journal import show_journal
from pages.manage.administration.organisations import show_organisations
from pages.manage.administration.security import show_security
from pages.manage.administration.teachers import show_teachers
from pages.widgets.acting import show_outcome
from pages.widgets.links import link_to
from pages.widgets.organisations import is_everywhere
from pages.widgets.session import require

_TABS = {
    "Организации": (Action.MANAGE_ORGANISATIONS, show_organisations),
    "Люди и роли": (Action.MANAGE_ACCOUNTS, show_accounts),
    "Педагоги": (Action.MANAGE_TEACHERS, show_teachers),
    "Объединения": (Action.MANAGE_ASSOCIATIONS, show_associations),
    "Нагрузка": (Action.MANAGE_TEACHERS, show_assignments),
    "Входы": (Action.MANAGE, show_entries),
    "Журнал изменений": (Action.VIEW_AUDIT, show_journal),
    "Копии": (Action.MANAGE, show_backups),
    "Безопасность": (Action.MANAGE, show_security),
}

_scope = require(
    Action.MANAGE_ACCOUNTS,
    Action.MANAGE_ORGANISATIONS,
    Action.MANAGE_TEACHERS,
    Action.MANAGE_ASSOCIATIONS,
    Action.VIEW_AUDIT,
    Action.MANAGE,
)
st.title("Администрирование", anchor=False)
show_outcome()
link_to("blueprints", "Справочники, шкалы отметок и пороги — на странице «Планы работ»")
_open = {
    name: show
    for name, (action, show) in _TABS.items()
    if _scope.allows(action) and (action is not Action.MANAGE or is_everywhere(_scope, action))
}
for _tab, (_name, _show) in zip(
    st.tabs(list(_open), key="admin_tab", on_change="rerun", default=next(iter(_open)), bind="query-params"),
    _open.items(), strict=True,
):
    if _tab.open:
        with _tab:
            _show(_scope)
