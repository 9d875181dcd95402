"""One shared difficulty, opened: its numbers, what an association said of it, and the form of confirmation."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.diagnostics.confirmations import Numbers, confirm_deficit, withdraw_confirmation
from core.diagnostics.corporate import SharedDeficit
from core.diagnostics.lines import LineKind
from core.diagnostics.rounds import Round
from core.people.associations import association_name, list_associations
from core.people.scope import Action
from core.planning.recommendations.deficits import deficit_key
from core.words import interval, percent, plural
from pages.analyse.deficit_parts.choice import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.figures import Figure, show_figures
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read, write
from pages.widgets.texts import plain

_ASSOCIATION, _DAY = f"{SCREEN}_confirm_association", f"{SCREEN}_confirm_day"
_PROTOCOL, _REMARK = f"{SCREEN}_confirm_protocol", f"{SCREEN}_confirm_remark"


def show_confirmation(one: SharedDeficit, shown: Round | None) -> None:
    """Show the difficulty with what was decided about it; `shown` is the round that it comes from."""
    st.subheader(plain(f"{one.line.name} — {one.group.name}"), anchor=False)
    show_figures(
        [
            Figure(
                "Доля с дефицитом", percent(one.share) if one.asked else "нет",
                interval=interval(one.low, one.high) if one.asked else None,
                note=f"{one.lacking} из {plural(one.asked, 'педагога', 'педагогов', 'педагогов')}",
            ),
            Figure("Вывод", one.standing.words, note=one.confirmed.words if one.confirmed else "обсуждения не было"),
            Figure(
                "Компетенция", one.line.competence.block.value if one.line.competence else "не указана",
                note=one.line.competence.name if one.line.competence else "назначьте её на вкладке «Инструменты»",
            ),
        ]
    )
    with st.container(horizontal=True):
        if one.group.subject:
            link_to("problem-fields", "Проблемные поля предмета", {"fields_subject": one.group.subject})
        link_to("practices", "Практики")
        if one.is_corporate and shown is not None and current_scope().allows(Action.EDIT_RECOMMENDATIONS):
            asked = {"recommendation_field": deficit_key(shown, one)}
            link_to("recommendations", "Написать рекомендацию", asked)
    if one.confirmed is not None:
        _show_standing(one)
    elif current_scope().allows(Action.CONFIRM_FIELDS) and current_scope().allows(Action.VIEW_PEOPLE):
        _show_form(one)


def _show_standing(one: SharedDeficit) -> None:
    confirmed = one.confirmed
    if confirmed is None:
        return
    st.markdown(plain(f"Подтверждено: {confirmed.words}. {confirmed.remark}".strip()))
    if current_scope().allows(Action.CONFIRM_FIELDS):
        st.button(
            "Снять подтверждение", key=f"{SCREEN}_withdraw", icon=":material/undo:", on_click=act,
            args=(partial(write, withdraw_confirmation, confirmed.id), "Подтверждение снято."),
        )


def _show_form(one: SharedDeficit) -> None:
    associations = {
        row.id or 0: association_name(row)
        for row in read(list_associations)
        if not one.group.subject or not row.subjects or one.group.subject in row.subjects
    }
    if one.group.association_id is not None:
        associations = {key: name for key, name in associations.items() if key == one.group.association_id}
    if not associations:
        st.caption("Подтвердить дефицит может объединение или клуб по этому предмету; пока такого нет.")
        return
    with st.form(f"{SCREEN}_confirm", border=True):
        st.markdown("**Подтвердить обсуждением**")
        columns = st.columns([3, 1.3, 1.3, 3])
        columns[0].selectbox(
            "Кто обсудил", list(associations), format_func=lambda key: associations[key], key=_ASSOCIATION
        )
        columns[1].date_input("Когда", value="today", format="DD.MM.YYYY", key=_DAY)
        columns[2].text_input("Протокол №", key=_PROTOCOL)
        columns[3].text_input("Примечание", key=_REMARK)
        st.form_submit_button("Подтвердить", icon=":material/gavel:", on_click=_confirm, args=(one, associations))


def _confirm(one: SharedDeficit, associations: dict[int, str]) -> None:
    held = st.session_state.get(_DAY)
    chosen = st.session_state.get(_ASSOCIATION)
    act(
        partial(
            write, confirm_deficit, chosen if chosen in associations else 0, subject=one.group.subject,
            confirmed_on=held if isinstance(held, date) else date.today(), protocol=typed(_PROTOCOL),
            remark=typed(_REMARK), item_id=one.line.id if one.line.kind is LineKind.ITEM else None,
            competence_id=one.line.id if one.line.kind is LineKind.COMPETENCE else None,
            numbers=Numbers(one.share, one.low, one.high, one.asked) if one.asked else None,
        ),
        "Дефицит подтверждён.", (_PROTOCOL, _REMARK),
    )
