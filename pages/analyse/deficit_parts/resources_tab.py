"""Resource teachers: who can share experience in what others find hard; only those who agreed to be named."""

from __future__ import annotations

import streamlit as st

from core.charts.tone_map import standing_words
from core.diagnostics.helpers import Resources, resource_teachers
from core.people.scope import Action
from core.words import plural
from pages.analyse.deficit_parts.choice import SCREEN, Choice, kind_switch
from pages.analyse.deficit_parts.passports import resources_passport
from pages.analyse.deficit_parts.wording import share_words
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.passport import show_passport
from pages.widgets.session import current_scope, read
from pages.widgets.tables import Column, Row, Table, show_table

_COLUMNS = (
    Column("standing", "Где трудно", width=130),
    Column("group", "Группа", width=130),
    Column("line", "Затруднение", width=270),
    Column("share", "Доля с дефицитом", width=186, help="В скобках — 95 % интервал, затем сколько из ответивших."),
    Column("teachers", "Могут поделиться опытом", width=250),
    Column("unnamed", "Без согласия", width=90, help="Могут, но согласия на показ имени нет."),
)
_HEIGHT = 420


def show_resources(choice: Choice) -> None:
    """Show the tab."""
    scope = current_scope()
    kind = kind_switch("resource_kind", ("Вопросы", "Компетенции"))
    listed = read(resource_teachers, choice.filter(kind))
    passport = resources_passport(choice)
    if not listed.found:
        empty_state(
            "Общих затруднений нет", "Педагоги-ресурсы подбираются там, где трудно не меньше чем 30 % группы."
        )
        return
    named = {one.teacher_id for part in listed.found for one in part.teachers}
    if named:
        count = plural(len(named), "педагог готов", "педагога готовы", "педагогов готовы")
        st.markdown(f"**{count} помочь коллегам.**")
    else:
        where = "в карточке педагога («Администрирование»)"
        who = f"Его отмечают {where}." if scope.allows(Action.MANAGE_TEACHERS) else "Его отмечает администрация школы."
        st.info(f"Согласия на показ имени пока никто не дал. {who}", icon=":material/badge:")
    table = Table("Педагоги-ресурсы", _COLUMNS, [_row(one) for one in listed.found])
    show_table(f"{SCREEN}_resources", table, height=_HEIGHT, lines=2, download=False)
    with st.container(horizontal=True):
        download_workbook(
            f"{SCREEN}_resources_xlsx", table.title, [table.sheet(passport.notes())], label="Список в XLSX"
        )
        show_passport(passport)
        if scope.allows(Action.MANAGE_HELP):
            link_to("mentorship", "Подобрать наставника")
        if scope.allows(Action.MANAGE_TEACHERS):
            link_to("admin", "Согласия педагогов")


def _row(one: Resources) -> Row:
    people = [", ".join(part for part in (who.name, who.organisation) if part) for who in one.teachers]
    hard = one.deficit
    return {
        "standing": standing_words(hard.standing), "group": hard.group.name, "line": hard.line.name,
        "share": share_words(hard.share, hard.low, hard.high, hard.lacking, hard.asked),
        "teachers": "; ".join(people) or "пока никто", "unnamed": str(one.unnamed) if one.unnamed else "нет",
    }
