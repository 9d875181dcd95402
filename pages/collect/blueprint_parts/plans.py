"""The list of plans with its filters; a chosen plan takes the place of the list."""

from __future__ import annotations

import streamlit as st

from core.blueprints.overview import BlueprintSummary, list_summaries
from core.people.academic_year import year_on
from core.store.base import utc_now
from core.words import plural
from pages.collect.blueprint_parts.adding import show_adding
from pages.collect.blueprint_parts.plan_card import show_plan
from pages.collect.blueprint_parts.unplanned import show_unplanned
from pages.widgets.empty_state import empty_state
from pages.widgets.filter_bar import filter_bar
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table

PLAN = "plan"
"""Name of the chosen plan's id in the address."""
_FACETS = ("procedure", "subject", "grade", "year", "origin")
_COLUMNS = (
    Column("procedure", "Процедура", width="small"),
    Column("subject", "Предмет", width="medium"),
    Column("grade", "Класс", "integer", width="small"),
    Column("years", "Годы", width="small"),
    Column("items", "Заданий", "integer", width="small"),
    Column("max_score", "Баллов", "integer", width="small"),
    Column("owner", "Чей", width=150),
    Column("origin", "Откуда", width=125),
    Column("source", "Источник", width="large"),
)
_PASSPORT = Passport(
    audience="методисту и заместителю директора",
    source="планы из поставки (источник назван у каждого), загруженные из файлов и введённые вручную",
    method=(
        "план находится по процедуре, предмету, классу и году; план школы важнее плана муниципалитета, а тот — общего; "
        "свой план важнее плана из поставки, план на меньшее число лет — плана на большее"
    ),
    limits=(
        "Планы из поставки собраны по открытым источникам: перед выводами сверьте их со своей демоверсией.",
        "Названия элементов содержания и типы заданий — составителей программы, их можно менять.",
        "План школы действует только в ней: в сводке муниципалитета та же работа читается по плану муниципалитета или "
        "общему.",
    ),
)


def show_plans(may_edit: bool) -> None:
    """Show the plan named in the address, else the list of plans, ways to add one, and works that have none."""
    asked = st.query_params.get(PLAN, "")
    summaries = read(list_summaries)
    everything = [*summaries, *read(list_summaries, deleted=True)]
    chosen = next((one for one in everything if str(one.id) == asked), None)
    if chosen is not None:
        show_plan(chosen, may_edit, _leave)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        is_deleted = st.toggle("Показать удалённые", key="blueprints_deleted")
        show_passport(_PASSPORT)
    _show_list(read(list_summaries, deleted=True) if is_deleted else summaries, is_deleted)
    show_unplanned(may_edit)
    if may_edit:
        show_adding()


def _show_list(summaries: list[BlueprintSummary], is_deleted: bool) -> None:
    if not summaries:
        if is_deleted:
            st.info("Удалённых планов нет.", icon=":material/delete:")
        else:
            empty_state("Планов ещё нет", "Добавьте план из файла или введите его вручную — ниже на этом экране.")
        return
    # A plan that holds for several years is found by each of them.
    facts = [
        {"id": one.id, "year": year, **_row(one)}
        for one in summaries
        for year in range(one.blueprint.year_from, min(one.blueprint.year_to, year_on(utc_now().date()) + 1) + 1)
    ]
    filters = filter_bar("blueprints", facts, _FACETS)
    admitted = {fact["id"] for fact in facts if filters.admits(fact)}
    shown = [one for one in summaries if one.id in admitted]
    what = plural(len(shown), "план", "плана", "планов")
    st.caption(f"{what}. Щёлкните в начале строки, чтобы открыть план.")
    table = Table("Планы работ", _COLUMNS, [_row(one) for one in shown])
    row = show_table("blueprints_list", table, choose=True, height=min(245, 40 + 36 * len(shown)))
    if row is not None:
        st.query_params[PLAN] = str(row["id"])
        st.rerun()


def _row(one: BlueprintSummary) -> dict[str, object]:
    plan = one.blueprint
    return {
        "id": one.id,
        "procedure": plan.procedure,
        "subject": plan.subject,
        "grade": plan.grade,
        "years": one.years,
        "items": one.items,
        "max_score": one.max_score,
        "owner": one.owner,
        "origin": plan.origin.value,
        "source": plan.source,
    }


def _leave() -> None:
    st.query_params.pop(PLAN, None)
