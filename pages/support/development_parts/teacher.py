"""A teacher's page: what is next, fields of the own classes, difficulties, courses, plans, mentor, visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.charts.palette import status_words
from core.people.scope import Action
from core.support.class_fields import fields_of_teacher
from core.support.own_deficits import TeacherDeficits, deficits_of
from core.support.teacher_page import Door, NextStep, TeacherPage, teacher_page
from core.words import academic_year, day, interval, percent, plural
from pages.support.development_parts.address import SCREEN, go_to, go_to_tab, show_back
from pages.support.development_parts.course_request import show_request
from pages.support.development_parts.passports import TEACHER as PASSPORT
from pages.support.development_parts.requests import show_question
from pages.support.development_parts.routes import show_route_form
from pages.support.development_parts.viewer import allowed
from pages.support.development_parts.visits import visit_state
from pages.support.development_parts.wording import DOOR_TITLES, due_words, period, state_words
from pages.widgets.acting import drawer
from pages.widgets.links import link_to
from pages.widgets.passport import VPR_LINE, show_passport
from pages.widgets.session import current_scope, read
from pages.widgets.texts import plain

_ARROW = ":material/arrow_forward:"
_MOST_FIELDS, _MOST_STEPS, _MOST_ROWS = 6, 6, 5


def show_teacher(teacher_id: int, *, with_back: bool) -> None:
    """Show the page; raises NotFound for a teacher whose help the person does not see."""
    page: TeacherPage = read(teacher_page, teacher_id)
    if with_back:
        show_back()
        st.subheader(plain(page.name), anchor=False)
    _show_next(page)
    places = [one for one in page.organisations if page.is_own or allowed(Action.MANAGE_HELP, one)]
    left, right = st.columns(2, gap="medium")
    with left:
        _show_fields(read(fields_of_teacher, teacher_id), page)
        _show_deficits(page, next(iter(places), None))
    with right:
        _show_courses(page)
        _show_plans(page)
        _show_pairs(page)
        _show_visits(page)
        _show_questions(page)
    show_passport(PASSPORT)


def _show_next(page: TeacherPage) -> None:
    with st.container(border=True):
        st.markdown("**Что дальше**")
        if not page.next_steps:
            st.markdown("✓ Ничего срочного нет.")
        for place, step in enumerate(page.next_steps[:_MOST_STEPS]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{'▼' if step.is_late else '○'} {plain(step.words)}")
                _show_door(step, place)
        if len(page.next_steps) > _MOST_STEPS:
            st.caption(f"И ещё {len(page.next_steps) - _MOST_STEPS}.")


def _show_door(step: NextStep, place: int) -> None:
    if step.door is Door.PAIR:
        link_to("mentorship", DOOR_TITLES[step.door], {"pair": str(step.key)})
        return
    key, label = f"{SCREEN}_next_{place}", DOOR_TITLES[step.door]
    if step.door is Door.COURSES:
        st.button(label, key=key, type="tertiary", icon=_ARROW, on_click=go_to_tab, args=("Курсы",))
    else:
        st.button(label, key=key, type="tertiary", icon=_ARROW, on_click=go_to, args=(step.door.value, step.key))


def _show_fields(found: Sequence[FoundField], page: TeacherPage) -> None:
    st.markdown("**В чём нужна помощь ученикам моих классов**" if page.is_own else "**Проблемные поля классов**")
    if not current_scope().allows(Action.VIEW):
        st.caption("Результаты классов вашей роли не видны.")
    elif not found:
        st.caption(
            "Полей ниже порога не найдено. Так бывает и тогда, когда результатов нет или классы не записаны в нагрузку."
        )
    for one in found[:_MOST_FIELDS]:
        field, work = one.field, one.work
        confirmed = " · подтверждено" if one.review is not None else ""
        numbers = f"{percent(field.facility, 0)} ({interval(field.low, field.high, 0)}, n = {field.participants})"
        st.markdown(
            f"{status_words(field.status)} · **{plain(field.key)}**, {plain(field.unit.name)}: {numbers}{confirmed}  \n"
            f":small[{plain(work.procedure)} {academic_year(work.year)}, {plain(work.subject)}]"
        )
    if len(found) > _MOST_FIELDS:
        st.caption(f"Показаны {_MOST_FIELDS} из {len(found)}.")
    st.caption(VPR_LINE)
    with st.container(horizontal=True):
        link_to("problem-fields", "Все поля")
        link_to("practices", "Практики коллег")


def _show_deficits(page: TeacherPage, place: int | None) -> None:
    found: TeacherDeficits = read(deficits_of, page.teacher_id)
    st.markdown("**Мои дефициты**" if page.is_own else "**Дефициты**")
    if found.diagnosed_on is None:
        st.caption("Диагностики нет, или её видят только сам педагог, руководитель объединения и администрация школы.")
    else:
        st.caption(plain(f"Диагностика {day(found.diagnosed_on)}, уровень «{found.level}»."))
        st.markdown("  \n".join(
            f"▼ {plain(one.name)} – {percent(one.share, 0)} баллов" for one in found.deficits
        ) or "✓ Затруднений не отмечено.")
        if found.strengths:
            st.caption(plain(f"Может помочь другим: {'; '.join(found.strengths)}."))
    with st.container(horizontal=True):
        if place is not None:
            first = found.deficits[0].competence_id if found.deficits else None
            show_request(f"{SCREEN}_own_course", place, page.teacher_id, first)
            with drawer(f"{SCREEN}_own_route", "Составить маршрут", ":material/route:"):
                show_route_form(f"{SCREEN}_own_route_of_{page.teacher_id}", place, page.teacher_id)
            if page.is_own:
                show_question(f"{SCREEN}_own_question", page.teacher_id, first)
        link_to("deficits", "Подробно")


def _show_courses(page: TeacherPage) -> None:
    st.markdown(f"**Курсы** · {due_words(page.course_due_on, date.today())}")
    for card in page.enrolments[:_MOST_ROWS]:
        dates = period(card.row.starts_on, card.row.ends_on)
        _row(f"{state_words(card.row.state)} · {card.course.title}{f', {dates}' if dates else ''}", Door.ENROLMENT,
             card.row.id or 0)


def _show_plans(page: TeacherPage) -> None:
    st.markdown("**Маршрут и самообразование**")
    if not page.routes and not page.topics:
        st.caption("Пока нет ни маршрута, ни темы.")
    for route in page.routes[:_MOST_ROWS]:
        words = f"{state_words(route.row.state)} · маршрут {period(route.row.starts_on, route.row.ends_on)}"
        _row(f"{words}, выполнено {route.done} из {len(route.steps)}", Door.ROUTE, route.row.id or 0)
    for topic in page.topics[:_MOST_ROWS]:
        words = f"{topic.row.topic}, этапов с отчётом: {topic.reported} из {len(topic.stages)}"
        _row(words, Door.TOPIC, topic.row.id or 0)


def _show_pairs(page: TeacherPage) -> None:
    st.markdown("**Наставничество**")
    if not page.pairs:
        st.caption("Ни наставника, ни наставляемых нет.")
    for pair in page.pairs[:_MOST_ROWS]:
        is_mentor = pair.row.mentor_teacher_id == page.teacher_id
        who = f"наставляемые: {', '.join(pair.mentees.values())}" if is_mentor else f"наставник: {pair.mentor}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(f"{pair.row.state.value} · {who}"))
            link_to("mentorship", "Открыть пару", {"pair": str(pair.id)})
    if not page.pairs:
        link_to("mentorship", "Наставничество")


def _show_visits(page: TeacherPage) -> None:
    st.markdown("**Посещения уроков**")
    if not page.visits:
        st.caption("Посещений не было.")
    for visit in page.visits[:_MOST_ROWS]:
        row = visit.row
        about = row.field_key or row.purpose or row.topic
        _row(f"{visit_state(visit)} · {day(row.held_on)}, {row.grade}{row.letter}: {about}", Door.VISIT, row.id or 0)


def _show_questions(page: TeacherPage) -> None:
    if not page.requests:
        return
    count = plural(len(page.requests), "вопрос", "вопроса", "вопросов")
    st.markdown(f"**Запросы о помощи** · {count}")
    for card in page.requests[:_MOST_ROWS]:
        text = card.row.question if len(card.row.question) <= 90 else f"{card.row.question[:89]}…"
        _row(f"{state_words(card.row.state)} · {text}", Door.REQUEST, card.row.id or 0)


def _row(words: str, door: Door, key: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(words))
        st.button(
            "Открыть", key=f"{SCREEN}_row_{door.value}_{key}", type="tertiary", icon=_ARROW, on_click=go_to,
            args=(door.value, key),
        )
