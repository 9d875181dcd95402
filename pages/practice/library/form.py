"""The form of a new practice, and of a change: what was typed stays after a refusal and on the way through screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core.errors import NotAllowed
from core.people.academic_year import year_name, year_on
from core.people.scope import Action
from core.people.teachers import list_teachers
from core.practice.access import reader_of
from core.practice.keys import keys_of_subject, known_subjects
from core.practice.library import PracticeCard, get_practice
from core.practice.practices import create_practice
from core.practice.states import METHODS
from core.practice.uses import places_to_offer
from core.practice.values import FIRST_GRADE, LAST_GRADE, REQUIRED, TEXTS
from pages.practice.library.address import PRACTICE, leave, leave_form, show_one
from pages.practice.library.form_values import Field, changed_cells, draft_of, fill_once, forget_form, save_edits
from pages.widgets.acting import act
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, read
from pages.widgets.texts import plain

_HINTS = {
    "problem": "Что не получалось у учеников или педагогов, из чего это видно",
    "actions": "Что именно делали, по шагам",
    "repeat": "Что сделать коллеге, чтобы получилось так же",
    "conditions": "Часы, материалы, оборудование, подготовка",
    "result": "Что изменилось и как вы это узнали",
}
_YEARS_BACK = 5
_ME, _TEACHER, _OTHER = "Я", "Педагог из списка", "Другой автор"


def show_offer_form(practice_id: int | None) -> None:
    """Show the form of a new practice (None) or of the change of a stored one."""
    card = read(get_practice, practice_id) if practice_id is not None else None
    if card is not None and not card.may_change:
        raise NotAllowed("Эту практику меняет её автор или те, кто о ней решает.", "Откройте её, чтобы прочитать.")
    field = Field(card)
    fill_once(field)
    st.subheader(plain(f"Изменение: {card.title}") if card else "Новая практика", anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        subject = _show_head(field, card)
    with left:
        st.text_input("Название", key=field.key("title"), max_chars=300, placeholder="Коротко и понятно коллеге")
        for name, label in TEXTS.items():
            mark = " *" if name in REQUIRED else ""
            st.text_area(
                f"{label}{mark}", key=field.key(name), height=96, placeholder=_HINTS[name], persist_state="session"
            )
        st.caption("* – без этого практику нельзя предложить, только сохранить черновиком.")
    _show_buttons(field, card, subject)


def _show_head(field: Field, card: PracticeCard | None) -> str:
    """Show subject, keys, grades, place, author; return the subject."""
    subjects = list(dict.fromkeys([*read(known_subjects), *([card.subject] if card and card.subject else [])]))
    subject = st.selectbox(
        "Предмет", subjects, index=None, key=field.key("subject"), placeholder="Не об одном предмете",
        persist_state="session",
    ) or ""
    keys = read(keys_of_subject, subject)
    _several("Элементы содержания", keys.elements, field.key("elements"), "Выберите, на что отвечает практика")
    _several("Типы заданий", keys.task_types, field.key("task_types"), "Если дело в виде заданий")
    first, second = st.columns(2)
    with first:
        st.selectbox(
            "Вид работы", METHODS, index=None, key=field.key("method"), placeholder="Выберите", persist_state="session"
        )
    with second:
        _several("Для классов", tuple(range(FIRST_GRADE, LAST_GRADE)), field.key("grades"), "Любые")
    if card is None:
        places = dict(read(places_to_offer, subject))
        st.selectbox(
            "Где сделано", list(places), format_func=lambda one: places[one], key=field.key("organisation_id"),
            index=0 if len(places) == 1 else None, placeholder="Выберите организацию", persist_state="session",
        )
    _show_class(field)
    if card is None:
        _show_author(field)
    elif card.row.author_teacher_id is not None and card.row.author_teacher_id == read(reader_of).teacher_id:
        st.checkbox("Согласен, чтобы моё имя видели в других школах", key=field.key("author_named"))
    return subject


def _several(label: str, options: Sequence[object], key: str, hint: str) -> None:
    kept = [value for value in st.session_state.get(key) or () if value not in options]
    st.multiselect(label, [*options, *kept], key=key, placeholder=hint, persist_state="session")


def _show_class(field: Field) -> None:
    this_year = year_on(date.today())
    grade, letter, year = st.columns([2, 2, 3])
    with grade:
        st.selectbox(
            "Класс", list(range(FIRST_GRADE, LAST_GRADE)), index=None, key=field.key("class_grade"), placeholder="–",
            help="В каком классе вы это делали: по нему найдутся результаты до и после.", persist_state="session",
        )
    with letter:
        st.text_input("Буква", key=field.key("class_letter"), max_chars=10, persist_state="session")
    with year:
        st.selectbox(
            "Учебный год", list(range(this_year, this_year - _YEARS_BACK, -1)), index=None,
            key=field.key("class_year"), format_func=year_name, placeholder="–", persist_state="session",
        )


def _show_author(field: Field) -> None:
    """Ask who the author is: oneself, a teacher of the list, or somebody by name."""
    scope = current_scope()
    reader = read(reader_of)
    teachers = {one.id: one.name for one in read(list_teachers)} if scope.allows(Action.VIEW_PEOPLE) else {}
    choices = [_ME] if reader.teacher_id is not None else []
    if not choices or not _only_oneself():
        choices += [_TEACHER, _OTHER] if teachers else [_OTHER]
    chosen = st.radio("Автор", choices, key=field.key("who"), horizontal=True) if len(choices) > 1 else choices[0]
    if chosen == _ME:
        st.checkbox(
            "Согласен, чтобы моё имя видели в других школах", key=field.key("named"),
            help="Без согласия за пределами вашей школы вместо имени стоит условное.",
        )
    elif chosen == _TEACHER:
        st.selectbox(
            "Педагог", list(teachers), format_func=lambda one: teachers[one], index=None, key=field.key("teacher_id"),
            placeholder="Выберите педагога", persist_state="session",
        )
    else:
        st.text_input("Автор", key=field.key("author"), max_chars=200, placeholder="Как подписать практику")


def _only_oneself() -> bool:
    """Say whether the person offers nothing but their own practices."""
    return current_scope().require(Action.OFFER_PRACTICES).organisations == frozenset()


def _show_buttons(field: Field, card: PracticeCard | None, subject: str) -> None:
    with st.container(horizontal=True):
        if card is None:
            st.button(
                "Предложить", key=field.key("send"), type="primary", icon=":material/send:", on_click=_create,
                args=(field, subject), kwargs={"offer": True},
            )
            st.button("Сохранить черновик", key=field.key("keep"), icon=":material/save:", on_click=_create,
                      args=(field, subject))
        else:
            cells = changed_cells(field)
            st.button(
                "Сохранить", key=field.key("save"), type="primary", icon=":material/save:", on_click=_save,
                args=(field,), disabled=not cells,
            )
        st.button("Отмена", key=field.key("cancel"), on_click=_cancel, args=(field,))


def _create(field: Field, subject: str, *, offer: bool = False) -> None:
    draft = draft_of(field, subject, by_me=field.value("who") in (None, _ME) and _is_somebody())
    intention = f"practice|{field.turn}|{offer}|{draft}"
    done = "Практика предложена: её увидят те, кто решает." if offer else "Черновик сохранён, его видите только вы."
    made = act(partial(write_once, intention, create_practice, draft, offer=offer), done)
    if made is not None:
        forget_form(field)
        show_one(PRACTICE, made)



def _is_somebody() -> bool:
    return read(reader_of).teacher_id is not None


def _save(field: Field) -> None:
    if save_edits(field):
        forget_form(field)
        leave_form()


def _cancel(field: Field) -> None:
    forget_form(field)
    if field.card is None:
        leave()
    else:
        leave_form()
