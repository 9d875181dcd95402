"""Clubs and associations of the municipality: who meets when, what was born there."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from core.practice.clubs import ClubCard, list_clubs
from core.words import day, listing
from pages.practice.library.address import CLUB, SCREEN, show_one, turn
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read
from pages.widgets.tables import Column, Row, Table, show_table

_HEIGHT = 480
_COLUMNS = (
    Column("name", "Клуб, объединение", width=300),
    Column("subjects", "Предметы", width=190),
    Column("organisation", "Где", width=230),
    Column("members", "Участников", "integer", width=90),
    Column("next", "Ближайшая встреча", width=280),
    Column("held", "Проведено", "integer", width=85),
    Column("practices", "Практик", "integer", width=75),
)


def show_clubs() -> None:
    """Show the list; a clicked club opens."""
    cards = read(list_clubs)
    if not cards:
        empty_state(
            "Клубов и объединений пока нет",
            "Их создаёт администрация школы или муниципалитета; здесь появятся планы встреч, вебинары и решения.",
            path="admin", label="Создать объединение",
        )
        return
    table = Table("Клубы и объединения", _COLUMNS, [_row(card) for card in cards])
    clicked = show_table(
        f"{SCREEN}_clubs_{turn()}", table, choose=True, lines=2, height=_HEIGHT,
    )
    if clicked is not None:
        show_one(CLUB, int(str(clicked["id"])))
        st.rerun()
    if current_scope().allows(Action.MANAGE_ASSOCIATIONS):
        link_to("admin", "Состав объединений")


def _row(card: ClubCard) -> Row:
    event = card.next_event
    return {
        "id": card.id, "name": card.name, "subjects": listing(card.subjects) if card.subjects else "все предметы",
        "organisation": card.organisation, "members": card.members, "held": card.held, "practices": card.practices,
        "next": f"{day(event.held_on)}, {event.kind.value}: {event.title}" if event else "",
    }
