"""«Нормативные акты»: what the model stands on, present or not, and the register of the organisation with its texts."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.cycle.access import may_lead
from core.cycle.cycle_tables import RegulationKind
from core.cycle.evidence import Proven
from core.cycle.regulations import (
    REGULATION_FIELDS,
    RegulationCard,
    list_regulations,
    register_needed,
    restore_regulation,
    save_regulations,
)
from core.cycle.validity import Presence, Required, required, validity_words
from core.words import plural
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.proofs import show_proofs
from pages.widgets.acting import act
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_COLOURS = {
    Presence.PRESENT: "blue", Presence.ENDING: "orange", Presence.UNDATED: "orange", Presence.EXPIRED: "red",
    Presence.MISSING: "red",
}
_COLUMNS = (
    Column("state", "Состояние", width=170), Column("kind", "Вид", width=110), Column("title", "Название", width=340),
    Column("number", "Номер", width=90), Column("adopted_on", "Принят", "date", width=100),
    Column("adopted_by", "Кем принят", width=180), Column("valid_until", "Действует по", "date", width=110),
    Column("texts", "Текст", width=90),
)


def show_regulations(choice: Choice) -> None:
    """Show the regulations of the model beside the register of the organisation."""
    cards: list[RegulationCard] = read(list_regulations, choice.organisation_id)
    today = date.today()
    needed = required(choice.model.file.regulations, [one.registered for one in cards], today)
    _show_needed(needed, {one.row.id or 0: one for one in cards}, today)
    leads = may_lead(current_scope(), choice.organisation_id)
    missing = tuple(one.item.name for one in needed if one.presence is Presence.MISSING)
    if leads and missing:
        st.button(
            f"Внести в реестр ({len(missing)})", key=f"{SCREEN}_register", icon=":material/playlist_add:", on_click=act,
            args=(
                partial(write, register_needed, choice.organisation_id, missing),
                "Внесено. Впишите в таблице номера и даты принятия, приложите тексты.",
            ),
        )
    st.markdown(f"**Реестр: {plain(choice.organisation.name)}**")
    if leads:
        _show_grid(choice)
    elif cards:
        show_table(f"{SCREEN}_regulations", Table("Нормативные акты", _COLUMNS, [_row(one, today) for one in cards]))
    else:
        st.caption("В реестре пока ничего нет. Его ведёт администрация организации.")
    _show_texts(choice, cards)
    _show_gone(choice)


def _show_needed(needed: tuple[Required, ...], cards: dict[int, RegulationCard], today: date) -> None:
    if not needed:
        st.caption("Эта модель не называет нормативных актов. В реестр вносят то, по чему организация работает.")
        return
    there = sum(one.presence.is_there for one in needed)
    st.markdown(f"**Что называет модель: есть {there} из {plural(len(needed), 'акта', 'актов', 'актов')}**")
    half = (len(needed) + 1) // 2
    for column, part in zip(st.columns(2, gap="medium"), (needed[:half], needed[half:]), strict=True):
        with column:
            st.markdown("\n".join(_needed_words(one, cards, today) for one in part))


def _needed_words(one: Required, cards: dict[int, RegulationCard], today: date) -> str:
    year = f", {one.item.year}" if one.item.year else ""
    found = "; ".join(_found_words(one, cards[number], today) for number in one.ids)
    return (
        f"- :{_COLOURS[one.presence]}[{one.presence.sign} **{one.presence.value}**] "
        f"{plain(one.item.name + year)}" + (f" :gray[→ {plain(found)}]" if found.strip() else "")
    )


def _found_words(one: Required, card: RegulationCard, today: date) -> str:
    """Return what the register has: the title only where it differs from that of the model."""
    heading = card.requisites if card.row.title == one.item.name else card.heading
    held = validity_words(card.since, card.row.valid_until, today) if card.since is not None else ""
    return ", ".join(part for part in (heading, held) if part)


def _show_grid(choice: Choice) -> None:
    names = tuple(dict.fromkeys(one.name for one in choice.model.file.regulations))
    known: list[RegulationCard] = read(list_regulations, choice.organisation_id)
    # An act may answer to another model: its choice stays in the list.
    answers = tuple(dict.fromkeys((*names, *(one.row.answers for one in known if one.row.answers))))
    grid = Grid(
        f"regulation:{choice.organisation_id}",
        (
            GridColumn("state", "Состояние", editable=False, width=150),
            GridColumn("kind", "Вид", "choice", tuple(one.value for one in RegulationKind), required=True, width=120),
            GridColumn("title", "Название", required=True, width=300),
            GridColumn("number", "Номер", width=80),
            GridColumn("adopted_on", "Принят", "date", width=100),
            GridColumn("adopted_by", "Кем принят", width=160),
            GridColumn("valid_from", "Действует с", "date", width=105, help="Пусто – со дня принятия."),
            GridColumn("valid_until", "Действует по", "date", width=110, help="Последний день; пусто – без срока."),
            GridColumn("answers", "Какому акту модели соответствует", "choice", answers, width=240),
            GridColumn("note", "Примечание", width=160),
        ),
        may_add=True, may_delete=True, defaults={"kind": RegulationKind.STATUTE.value}, label="title",
    )
    grid_editor(
        grid, partial(_rows, choice.organisation_id), lambda changes: write(
            save_regulations, choice.organisation_id, changes
        ),
        lines=2,
    )


def _rows(organisation_id: int) -> list[GridRow]:
    today = date.today()
    cards: list[RegulationCard] = read(list_regulations, organisation_id)
    return [
        GridRow(one.row.id or 0, one.row.version, {
            **{name: getattr(one.row, name) for name in REGULATION_FIELDS}, "kind": one.row.kind.value,
            "answers": one.row.answers or None, "state": validity_words(one.since, one.row.valid_until, today),
        })
        for one in cards
    ]


def _row(one: RegulationCard, today: date) -> dict[str, object]:
    row = one.row
    return {
        "state": validity_words(one.since, row.valid_until, today), "kind": row.kind.value, "title": row.title,
        "number": row.number, "adopted_on": row.adopted_on, "adopted_by": row.adopted_by,
        "valid_until": row.valid_until, "texts": plural(one.texts, "файл", "файла", "файлов") if one.texts else "",
    }


def _show_texts(choice: Choice, cards: list[RegulationCard]) -> None:
    """Show files and links with the text of one regulation."""
    if not cards:
        return
    by_id = {one.row.id or 0: one for one in cards}
    with st.expander(f"Тексты актов ({sum(one.texts for one in cards)})", icon=":material/attach_file:"):
        chosen = st.selectbox(
            "Акт", list(by_id), key=f"{SCREEN}_regulation_{choice.organisation_id}",
            format_func=lambda number: by_id[number].heading if number in by_id else "",
        )
        if chosen is not None:
            show_proofs(
                Proven(regulation_id=chosen), may_change=may_lead(current_scope(), choice.organisation_id)
            )


def _show_gone(choice: Choice) -> None:
    """Show what was removed from the register, with buttons that bring it back."""
    if not may_lead(current_scope(), choice.organisation_id):
        return
    gone: list[RegulationCard] = read(list_regulations, choice.organisation_id, deleted=True)
    show_deleted(
        f"{SCREEN}_regulation", "Убранные акты", {one.row.id or 0: one.heading for one in gone},
        lambda regulation: write(restore_regulation, choice.organisation_id, regulation), "Возвращено.",
    )
