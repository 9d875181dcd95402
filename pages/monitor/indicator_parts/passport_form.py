"""Making, copying and changing own indicators."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.own_passports import (
    PassportView,
    correct_passport,
    create_passport,
    delete_passport,
    end_passport,
    free_code,
    revise_passport,
)
from core.monitoring.passport_drafts import PassportDraft, draft_of
from core.monitoring.passport_tables import Direction, IndicatorKind, Level
from core.people.academic_year import year_name
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.acting import act, drawer
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_NEW = f"{SCREEN}_new_passport"
_EMPTY = PassportDraft(
    "", "", "%", IndicatorKind.SHARE, "", "", "числитель / знаменатель · 100 %", "",
    "вносит организация, вышестоящая принимает", "год", "30 июня отчётного года", Level.SCHOOL, "",
    Direction.MORE, "",
)
_LONG = (
    ("numerator", "Числитель: кто или что считается"), ("denominator", "Знаменатель: из кого или чего"),
    ("formula", "Формула словами"), ("source", "Источник данных"), ("method", "Как собирают"),
    ("regulation", "Основание (документ)"),
)


def show_making(organisation_id: int, year: int, known: tuple[PassportView, ...]) -> None:
    """Show the form of a new own indicator, empty or filled from one that exists."""
    box = st.expander("Свой показатель", icon=":material/add:", key=_NEW, on_change="rerun")
    if not box.open:
        return
    with box:
        by_id = {one.passport.id: one.passport for one in known}
        source = st.selectbox(
            "Взять за основу", [0, *by_id], key=f"{_NEW}_source",
            format_func=lambda key: f"{by_id[key].code}. {by_id[key].name}" if key else "пустой паспорт",
        )
        begin = draft_of(by_id[source]) if source else _EMPTY
        left, right = st.columns(2)
        free = read(free_code)
        code = f"{_NEW}_code_{free}"
        with left:
            st.text_input("Код", free, key=code)
        with right:
            _ask_year("С какого отчётного года", year, f"{_NEW}_from")
        place = f"{_NEW}_{source}"
        ask_draft(place, begin)
        st.button(
            "Создать показатель", key=f"{_NEW}_create", type="primary", icon=":material/check:",
            on_click=_create, args=(organisation_id, code, place),
        )


def show_changing(year: int, one: PassportView) -> None:
    """Show what may be done with an opened version."""
    if not one.may_change:
        whose = "из каталога" if one.passport.organisation_id is None else f"организации «{one.owner}»"
        st.caption(plain(
            f"Этот паспорт – {whose}: его не меняют. Чтобы сделать похожий, откройте «Свой показатель» и возьмите его "
            "за основу."
        ))
        return
    # The form goes on standing on the version that was seen, so that nothing typed is lost when another one appears.
    form, base = _form_keys(one)
    begun: int = st.session_state.setdefault(form, one.version)
    seen: int = st.session_state.get(base, begun)
    place = f"{SCREEN}_passport_{one.passport.id}_{begun}"
    if seen != one.version:
        _show_overtaken(one, place)
    with st.expander("Изменить", icon=":material/edit:", expanded=begun != one.version):
        ask_draft(place, draft_of(one.passport))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _ask_year("Новая версия с года", max(year, one.passport.valid_from + 1), f"{place}_from")
            st.button(
                "Сохранить новой версией", key=f"{place}_revise", type="primary", on_click=_revise,
                args=(one, seen, place),
            )
            st.button("Исправить эту версию", key=f"{place}_correct", on_click=_correct, args=(one, seen, place))
        st.caption("Исправить версию можно, пока по ней ничего не сдано. Новая версия не меняет прежних значений.")
    with st.container(horizontal=True):
        with drawer(f"{place}_end_box", "Завершить", ":material/event_busy:"):
            _ask_year("Последний отчётный год", max(year, one.passport.valid_from), f"{place}_until")
            st.button("Завершить", key=f"{place}_end", on_click=_end, args=(one, place))
        st.button(
            "Удалить версию", key=f"{place}_delete", icon=":material/delete:", on_click=act,
            args=(partial(write, delete_passport, one.passport.id, one.version), "Версия удалена."),
        )


def _form_keys(one: PassportView) -> tuple[str, str]:
    """Return where the version stands with which the form began, and the one over which its text will be saved."""
    return f"{SCREEN}_passport_form_{one.passport.id}", f"{SCREEN}_passport_base_{one.passport.id}"


def _forget(one: PassportView) -> None:
    """Let the form begin anew from what is stored."""
    for key in _form_keys(one):
        st.session_state.pop(key, None)


def _keep(one: PassportView) -> None:
    """Let the text of the form be saved over the version that is stored now."""
    st.session_state[_form_keys(one)[1]] = one.version


def _show_overtaken(one: PassportView, place: str) -> None:
    """Say that somebody else changed the passport meanwhile; the person keeps the own text or takes theirs."""
    st.warning(
        "Паспорт тем временем изменил кто-то другой: выше – записанное, ниже – ваш текст.", icon=":material/sync:"
    )
    with st.container(horizontal=True):
        st.button("Взять записанное", key=f"{place}_theirs", on_click=_forget, args=(one,))
        st.button("Продолжить со своим текстом", key=f"{place}_mine", on_click=_keep, args=(one,))


def ask_draft(place: str, now: PassportDraft) -> None:
    """Ask for everything that a passport says; `place` begins the keys of the fields."""
    st.text_input("Наименование", now.name, key=f"{place}_name")
    left, middle, right = st.columns(3)
    with left:
        st.selectbox("Вид", list(IndicatorKind), list(IndicatorKind).index(now.kind), key=f"{place}_kind")
        st.text_input("Цель (группа показателей)", now.goal, key=f"{place}_goal")
        st.text_input("Период", now.period, key=f"{place}_period")
    with middle:
        st.selectbox(
            "Направление", list(Direction), list(Direction).index(now.direction), key=f"{place}_direction"
        )
        st.text_input("Единица", now.unit, key=f"{place}_unit")
        st.text_input("Срок", now.deadline, key=f"{place}_deadline")
    with right:
        st.selectbox("Уровень", list(Level), list(Level).index(now.level), key=f"{place}_level")
        st.text_input("Ответственный", now.responsible, key=f"{place}_responsible")
    halves = st.columns(2)
    for number, (name, title) in enumerate(_LONG):
        with halves[number % 2]:
            st.text_area(title, getattr(now, name), key=f"{place}_{name}", height=80)


def _ask_year(title: str, now: int, key: str) -> None:
    st.selectbox(title, range(now - 3, now + 4), 3, format_func=year_name, key=key, width=220)


def _typed(place: str) -> PassportDraft:
    held = st.session_state
    return PassportDraft(**{name: held[f"{place}_{name}"] for name in PassportDraft.__dataclass_fields__})


def _create(organisation_id: int, code_key: str, place: str) -> None:
    code, year, draft = str(st.session_state[code_key]), int(st.session_state[f"{_NEW}_from"]), _typed(place)
    work = partial(
        write_once, f"passport|{organisation_id}|{code}|{year}|{draft}", create_passport, organisation_id, code, draft,
        year,
    )
    act(work, f"Показатель {code} создан.", (_NEW,))


def _revise(one: PassportView, seen: int, place: str) -> None:
    year = int(st.session_state[f"{place}_from"])
    work = partial(
        write_once, f"revise|{one.passport.id}|{seen}|{year}", revise_passport, one.passport.id, seen, _typed(place),
        year,
    )
    said = f"Новая версия {one.passport.code} действует с {year_name(year)}; прежние значения не изменились."
    if act(work, said) is not None:
        _forget(one)


def _correct(one: PassportView, seen: int, place: str) -> None:
    work = partial(write, correct_passport, one.passport.id, seen, _typed(place))
    if act(work, f"Паспорт {one.passport.code} исправлен.") is not None:
        _forget(one)


def _end(one: PassportView, place: str) -> None:
    year = int(st.session_state[f"{place}_until"])
    work = partial(write, end_passport, one.passport.id, one.version, year)
    act(work, f"Показатель {one.passport.code} действует по {year_name(year)}.")
