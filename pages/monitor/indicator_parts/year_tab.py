"""«Итоги года»: the note of the year, who owes values, what is proposed and where it goes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.year_handover import draft_measure, draft_recommendation
from core.monitoring.year_proposals import Proposal
from core.monitoring.year_summary import YearSummary, year_summary
from core.people.scope import Action
from core.people.short_names import short_name
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.words import plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.acting import act
from pages.widgets.downloads import download, download_workbook
from pages.widgets.links import link_to
from pages.widgets.once import write_once
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_PASSPORT = Passport(
    audience="директору, муниципальному специалисту, методисту",
    source="значения показателей отчётного года и года перед ним, цели, состояние сбора",
    method="выводы написаны по правилам: план не выполнен – весь 95 % интервал доли хуже плана; лучше или хуже – "
    "изменение больше случайного (интервал Ньюкомба); рекомендации – тем, кто сам не достиг плана",
    limits=("Показатели не ранжируют школы и не оценивают педагогов.", "Связь с мерами не доказывает причину."),
    procedure="ВПР",
)


def show_year(organisation_id: int, year: int) -> None:
    """Show the note with its table, and the proposals with the way on."""
    found: YearSummary = read(year_summary, organisation_id, year)
    place = f"{SCREEN}_note_{organisation_id}_{year}"
    written = str(st.session_state.get(place) or found.text)
    with st.container(horizontal=True, vertical_alignment="center"):
        table = _table(found)
        download(f"{place}_txt", "Скачать текст", found.title, "txt", partial(str.encode, written))
        download_workbook(f"{place}_xlsx", found.title, [table.sheet(_PASSPORT.notes())])
        show_passport(_PASSPORT)
    st.text_area("Аналитическая записка: проверьте и исправьте", found.text, height=340, key=place)
    _show_proposals(organisation_id, year, found)
    with st.expander(f"Все показатели года ({len(found.rows)})", icon=":material/table_rows:"):
        show_table(f"{place}_rows", table, lines=2, download=False, height=420)


def _table(found: YearSummary) -> Table:
    return Table(found.title, (
        Column("code", "Код", width=70, pinned=True), Column("name", "Показатель", width=330),
        Column("value", "Значение", width=240), Column("plan", "Цель", width=200),
        Column("change", "Изменение за год", width=210), Column("verdict", "Вывод", width=230),
    ), [
        {"code": one.code, "name": one.name, "value": one.value, "plan": one.plan, "change": one.change,
         "verdict": one.verdict}
        for one in found.rows
    ])


def _show_proposals(organisation_id: int, year: int, found: YearSummary) -> None:
    if not found.proposals:
        st.success("Показателей, по которым нужна рекомендация, нет.", icon=":material/check:")
        return
    count = plural(len(found.proposals), "рекомендация", "рекомендации", "рекомендаций")
    st.markdown(f"**Что предлагается: {count}**")
    chosen = show_table(f"{SCREEN}_proposals", Table("Предложения по итогам года", (
        Column("code", "Код", width=70, pinned=True), Column("unit", "Кому", width=230),
        Column("why", "Почему", width=690),
    ), [
        {"key": one.key, "code": one.code, "unit": short_name(one.organisation), "why": one.why}
        for one in found.proposals
    ]), choose=True, lines=4, height=min(420, 38 + 92 * len(found.proposals)))
    one = next((each for each in found.proposals if chosen is not None and each.key == chosen["key"]), None)
    if one is None:
        st.caption("Нажмите на строку, чтобы сделать из неё черновик рекомендации или мероприятие дорожной карты.")
        return
    with st.container(border=True):
        st.markdown(plain(f"{one.title} – {one.organisation}"))
        st.write(plain(one.text))
        _show_ways(organisation_id, year, one)


def _show_ways(organisation_id: int, year: int, one: Proposal) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if current_scope().allows(Action.EDIT_RECOMMENDATIONS):
            st.button(
                "В черновик рекомендации", key=f"{SCREEN}_to_draft", type="primary", icon=":material/forward_to_inbox:",
                on_click=_draft, args=(organisation_id, year, one.key),
            )
            link_to("recommendations", "Рекомендации")
        roadmaps = _roadmaps()
        if roadmaps:
            target = st.selectbox(
                "Дорожная карта", list(roadmaps), key=f"{SCREEN}_to_roadmap",
                format_func=lambda key: roadmaps[key].roadmap.title, width=420,
            )
            st.button(
                "Добавить мероприятие", key=f"{SCREEN}_to_measure", icon=":material/playlist_add:",
                on_click=_measure, args=(organisation_id, year, one.key, target),
            )


def _roadmaps() -> dict[int, RoadmapSummary]:
    if not current_scope().allows(Action.EDIT_ROADMAPS):
        return {}
    return {one.id: one for one in read(roadmap_summaries) if one.may_edit}


def _draft(organisation_id: int, year: int, key: str) -> None:
    work = partial(
        write_once, f"year|{organisation_id}|{year}|{key}|recommendation", draft_recommendation, organisation_id, year,
        key,
    )
    act(work, "Черновик рекомендации готов: проверьте его и отправьте на экране «Рекомендации».")


def _measure(organisation_id: int, year: int, key: str, roadmap_id: int) -> None:
    work = partial(write, draft_measure, organisation_id, year, key, roadmap_id)
    act(work, "Мероприятие добавлено в дорожную карту последней строкой.")
