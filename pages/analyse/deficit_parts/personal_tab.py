"""Personal deficits: one's own, or those of the people for whom the viewer answers."""

from __future__ import annotations

import hashlib
import math

import streamlit as st

from core.charts.shares import ShareRow, share_chart
from core.diagnostics.personal import PersonalDeficits, PersonalLine, personal_deficits
from core.people.scope import Action
from core.people.short_names import in_lines, short_name
from core.words import percent, plural
from pages.analyse.deficit_parts.choice import SCREEN, Choice
from pages.analyse.deficit_parts.passports import personal_passport
from pages.analyse.deficit_parts.wording import line_words, row_names, short
from pages.widgets.chart_frame import chart_frame
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.passport import show_passport
from pages.widgets.session import current_scope, data_version, read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("name", "Педагог", width=160),
    Column("organisation", "Школа", width=160),
    Column("subject", "Предмет", width=110),
    Column("experience", "Стаж", "integer", width=56),
    Column("level", "Уровень", width=105),
    Column("share", "Баллы", "percent", width=68),
    Column("hard", "Дефицитов", "integer", width=84),
    Column("what", "Что трудно", width=200),
    Column("strong", "Поможет", "integer", width=74),
)
_LINES = (
    Column("mark", "Что это", width=140),
    Column("line", "Вопрос", width=450),
    Column("level", "Ответ", width=190),
    Column("section", "Раздел", width=270),
)
_HEIGHT = 300
_LONGEST_NAME = 44
_LABEL_WIDTH = 26
"""Signs of a line, so that a phone has room for the points beside the names."""


def show_personal(choice: Choice) -> None:
    """Show the tab: who sees only themselves gets no list."""
    listed = read(personal_deficits, choice.round.key if choice.round else None)
    teachers = [one for one in listed.teachers if _admitted(one, choice)]
    if not teachers:
        empty_state(
            "Личных ответов, которые вам видны, нет",
            "Здесь появятся ответы педагога, когда его файл загружен и педагог найден в списке педагогов.",
        )
        return
    if len(teachers) == 1 and teachers[0].is_own:
        _show_one(teachers[0], choice)
        return
    found = _show_list(teachers, choice)
    if found is not None:
        _show_one(found, choice)
    else:
        st.caption("Щёлкните в начале строки: откроются уровни, затруднения и сильные стороны педагога.")


def _admitted(one: PersonalDeficits, choice: Choice) -> bool:
    where = choice.options.schools.get(choice.school_id or 0)
    return (not choice.subjects or one.subject in choice.subjects) and where in (None, one.organisation)


def _show_list(teachers: list[PersonalDeficits], choice: Choice) -> PersonalDeficits | None:
    passport = personal_passport(choice)
    count = plural(len(teachers), "педагог", "педагога", "педагогов")
    needy = sum(bool(one.hard) for one in teachers)
    st.markdown(f"**{count}**, с дефицитами — {needy}. Эти сведения видят только педагог, руководитель и директор.")
    table = Table("Личные дефициты", _COLUMNS, [_row(one) for one in teachers])
    told = hashlib.sha256(f"{data_version()}{[one.response_id for one in teachers]}".encode()).hexdigest()[:12]
    chosen = show_table(f"{SCREEN}_people_{told}", table, choose=True, height=_HEIGHT, lines=2, download=False)
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_people_xlsx", table.title, [table.sheet(passport.notes())], label="Список в XLSX")
        show_passport(passport)
    return next((one for one, row in zip(teachers, table.rows, strict=True) if row is chosen), None)


def _show_one(one: PersonalDeficits, choice: Choice) -> None:
    st.subheader(plain(one.name), anchor=False)
    facts = (one.subject, one.organisation, f"уровень в целом — {one.level}", _share(one.share))
    st.caption(plain(" · ".join(part for part in facts if part)))
    names = row_names([part.line.name for part in one.sections], 60)
    rows = [
        ShareRow(in_lines(f"{name} — {part.level}", _LABEL_WIDTH), "уровень", part.share, detail=part.level)
        for name, part in zip(names, one.sections, strict=True)
        if not math.isnan(part.share)
    ]
    columns = (Column("part", "Раздел"), Column("share", "Доля баллов", "percent"), Column("level", "Уровень"))
    table = Table(
        f"Уровни по разделам: {one.name}", columns,
        [{"part": part.line.name, "share": part.share, "level": part.level} for part in one.sections],
        file_title=f"Уровни по разделам, ответ {one.response_id}",
    )
    chart_frame(
        f"{SCREEN}_person_{one.response_id}", table.title, share_chart(rows, "Доля баллов от возможных"), table,
        personal_passport(choice), heading=False,
    )
    shown = [_line(part, "▼ затруднение") for part in one.hard]
    shown += [_line(part, "● может помочь") for part in one.strong]
    if shown:
        show_table(
            f"{SCREEN}_person_lines_{one.response_id}",
            Table(
                f"Затруднения и сильные стороны: {one.name}", _LINES, shown,
                file_title=f"Затруднения и сильные стороны, ответ {one.response_id}",
            ),
            height=_HEIGHT, lines=2,
        )
    else:
        st.success("Ни одного затруднения и ни одной сильной стороны не отмечено.", icon=":material/check:")
    with st.container(horizontal=True):
        link_to("practices", "Практики коллег")
        if one.teacher_id is not None and current_scope().allows(Action.MANAGE_HELP):
            link_to("mentorship", "Подобрать наставника", {"mentee": str(one.teacher_id)})
        else:
            link_to("mentorship", "Наставничество")
        link_to("development", "Курсы и маршруты")


def _line(part: PersonalLine, mark: str) -> Row:
    return {"mark": mark, "section": part.line.section, "line": part.line.name, "level": part.level}


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{percent(value)} баллов от возможных"


def _row(one: PersonalDeficits) -> Row:
    hardest = short(line_words(one.hard[0].line), _LONGEST_NAME) if one.hard else ""
    rest = len(one.hard) - 1
    return {
        "name": f"{one.name} (вы)" if one.is_own else one.name,
        "organisation": short_name(one.organisation),
        "subject": one.subject, "experience": one.experience, "level": one.level,
        "share": None if math.isnan(one.share) else one.share, "hard": len(one.hard),
        "what": hardest + (f" и ещё {rest}" if rest > 0 else ""), "strong": len(one.strong),
    }
