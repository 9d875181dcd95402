"""The tab «Посещения уроков»: the list, and a new visit tied to a problem field of the class."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.assignments import GRADES
from core.support.asking import colleagues
from core.support.class_fields import VisitField, fields_for_visit, taught_classes
from core.support.visits import VisitCard, VisitDraft, list_visits, plan_visit
from core.words import count_of, day
from pages.support.development_parts.address import SCREEN, VISIT, go_to, row_key, turn
from pages.support.development_parts.deficit_choice import choose_deficit
from pages.support.development_parts.viewer import Viewer
from pages.widgets.acting import act, drawer, typed
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.once import write_once
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("state", "Состояние", width=150),
    Column("held_on", "Дата", "date", width=95),
    Column("class", "Класс", width=60),
    Column("subject", "Предмет", width=110),
    Column("teacher", "Урок ведёт", width=190),
    Column("visitor", "Посещает", width=190),
    Column("field", "О чём", width=195),
)
_OTHER = "другой класс"


def show_visits(viewer: Viewer) -> None:
    """Show the tab."""
    place = viewer.place_of_help()
    if place is not None:
        with drawer(f"{SCREEN}_visit", "Запланировать посещение", ":material/co_present:"):
            _show_form(viewer, place)
    cards: list[VisitCard] = [card for card in read(list_visits) if viewer.counts(card.row.organisation_id)]
    if not cards:
        empty_state(
            "Посещений уроков пока нет",
            "Посещение – это помощь: выберите класс и проблемное поле, а программа предложит, на что смотреть.",
        )
        return
    st.markdown(f"**{count_of(len(cards), 'посещение')}.** Щёлкните в начале строки, чтобы открыть.")
    table = Table("Посещения уроков", _COLUMNS, [_row(card) for card in cards])
    key = f"{SCREEN}_visits_{turn()}"
    chosen = row_key(show_table(key, table, choose=True, height=400, lines=2, download=False))
    if chosen:
        go_to(VISIT, chosen)
        st.rerun()
    download_workbook(f"{SCREEN}_visits_xlsx", table.title, [table.sheet()], "Посещения в XLSX")


def visit_state(card: VisitCard) -> str:
    """Return how far a visit is, with a sign."""
    row = card.row
    if not row.conclusion:
        return "◌ вывода нет" if row.held_on <= date.today() else "◌ запланировано"
    return "✓ педагог ознакомлен" if row.teacher_read_at is not None else "● ждёт педагога"


def _row(card: VisitCard) -> dict[str, object]:
    row = card.row
    kind = "открытый урок; " if row.is_open else ""
    return {
        "id": row.id or 0, "state": visit_state(card), "held_on": row.held_on, "class": f"{row.grade}{row.letter}",
        "subject": row.subject, "teacher": card.teacher, "visitor": card.visitor,
        "field": f"{kind}{row.field_key or row.purpose or row.topic}",
    }


def _show_form(viewer: Viewer, school: int) -> None:
    name = f"{SCREEN}_visit"
    people = dict(viewer.teachers()) if viewer.manages else read(colleagues)
    if not people:
        st.info("В школе нет педагогов.", icon=":material/info:")
        return
    teacher = st.selectbox(
        "Чей урок", list(people), format_func=lambda key: people[key], key=f"{name}_teacher"
    )
    if teacher is None:
        return
    is_known = viewer.manages or teacher == viewer.actor.teacher_id
    grade, letter, subject = _choose_class(name, teacher, school if is_known else None)
    first, second = st.columns(2)
    first.date_input("Дата", date.today(), key=f"{name}_on", format="DD.MM.YYYY")
    visitors: dict[int | None, str] = {None: "впишу ниже"}
    visitors.update((key, who) for key, who in people.items() if key != teacher)
    if is_known:
        second.selectbox("Кто придёт", list(visitors), format_func=lambda key: visitors[key], key=f"{name}_visitor")
        st.text_input("Кто ещё (или не из списка)", key=f"{name}_who", max_chars=300)
    st.checkbox("Открытый урок", key=f"{name}_open")
    fields: tuple[VisitField, ...] = read(fields_for_visit, school, grade, letter, subject) if subject else ()
    field = st.selectbox(
        "Проблемное поле класса", [-1, *range(len(fields))], key=f"{name}_field_{grade}{letter}{subject}",
        format_func=lambda key: fields[key].words if key >= 0 else "без поля",
        help=None if fields else "Подтверждённых полей этого класса нет; их подтверждают на экране «Проблемные поля».",
    )
    deficit = choose_deficit(f"{name}_deficit_{teacher}", teacher if is_known else None)
    st.text_input("Тема урока", key=f"{name}_topic", max_chars=500)
    st.text_input("Цель посещения", key=f"{name}_purpose", max_chars=1000)
    chosen = fields[field].field if field is not None and 0 <= field < len(fields) else None
    draft = VisitDraft(
        school, teacher, date.today(), grade, letter, subject, field=chosen,
        competence_id=deficit.competence_id if deficit else None,
    )
    st.button(
        "Запланировать", type="primary", icon=":material/event:", key=f"{name}_make", on_click=_plan,
        args=(draft, name),
    )


def _choose_class(name: str, teacher: int, school: int | None) -> tuple[int, str, str]:
    """Return grade, letter and subject: of a class that the teacher teaches in the school, or as written."""
    taught = [one for one in read(taught_classes, teacher) if one.school_id == school] if school is not None else []
    labels = [f"{one.grade}{one.letter}, {one.subject}" for one in taught]
    place = len(taught)
    if taught:
        chosen = st.selectbox(
            "Класс", [*range(len(taught)), len(taught)], key=f"{name}_class_{teacher}",
            format_func=lambda key: [*labels, _OTHER][key],
        )
        place = chosen if chosen is not None else 0
    if place < len(taught):
        return taught[place].grade, taught[place].letter, taught[place].subject
    first, second, third = st.columns(3)
    grade = first.selectbox("Класс", list(GRADES), key=f"{name}_grade", index=4) or GRADES[0]
    second.text_input("Буква", key=f"{name}_letter", max_chars=40)
    third.text_input("Предмет", key=f"{name}_subject", max_chars=120)
    return int(grade), typed(f"{name}_letter"), typed(f"{name}_subject")


def _plan(draft: VisitDraft, name: str) -> None:
    state = st.session_state
    letter, subject = draft.letter, draft.subject
    if f"{name}_subject" in state:
        # The class is written by hand, perhaps just before the click.
        letter, subject = typed(f"{name}_letter"), typed(f"{name}_subject")
    whole = VisitDraft(
        draft.organisation_id, draft.teacher_id, state.get(f"{name}_on") or date.today(), draft.grade, letter,
        subject, typed(f"{name}_topic"), typed(f"{name}_purpose"), bool(state.get(f"{name}_open")),
        state.get(f"{name}_visitor"), typed(f"{name}_who"), draft.field, draft.competence_id,
    )
    made = act(
        partial(write_once, f"visit|{whole}", plan_visit, whole),
        f"Посещение запланировано на {day(whole.held_on)}.",
        (name, f"{name}_topic", f"{name}_purpose", f"{name}_who"),
    )
    if made:
        go_to(VISIT, made)
