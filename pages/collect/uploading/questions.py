"""What a dropped file leaves open, asked of the user: the school, and which work it is."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.blueprints.dictionaries import procedures, subjects
from core.intake.contract import AssessmentKey
from core.intake.preview import UploadPreview
from core.people.organisations import load_tree
from core.words import plural
from pages.collect.uploading.file_state import FileState
from pages.widgets.session import read
from pages.widgets.texts import plain

ASKS_SCHOOL = {"school_missing", "school_unknown"}
_ASKS_WORK = {"subject_unknown", "report_unnamed", "wrong_subject"}


def ask_school(key: str, state: FileState, preview: UploadPreview) -> None:
    """Ask whether new schools may be created, and to which school results belong that name none."""
    codes = {finding.code for finding in preview.findings}
    if not (codes & ASKS_SCHOOL or preview.new_schools or state.options.school_code):
        return
    if preview.new_schools:
        allowed = st.checkbox(
            f"Создать {plural(len(preview.new_schools), 'школу', 'школы', 'школ')}, которых ещё нет в системе: "
            + plain(", ".join(school.name for school in preview.new_schools[:6])),
            value=state.options.create_organisations,
            key=f"upload_create_{key}",
        )
        _answer(state, create=allowed)
    if "school_missing" in codes or state.options.school_code:
        schools = {unit.code: unit.name for unit in read(load_tree).schools()}
        if not schools:
            name = st.text_input("Название вашей школы", key=f"upload_school_name_{key}")
            if name.strip() and st.button("Создать школу", key=f"upload_school_make_{key}", type="primary"):
                state.options = replace(state.options, school_name=name.strip()[:200], create_organisations=True)
                st.rerun()
            return
        chosen = st.selectbox(
            "К какой школе относятся результаты",
            options=list(schools),
            index=list(schools).index(state.options.school_code) if state.options.school_code in schools else None,
            format_func=schools.__getitem__,
            placeholder="Выберите школу",
            key=f"upload_school_{key}",
        )
        if chosen and chosen != state.options.school_code:
            state.options = replace(state.options, school_code=chosen)
            st.rerun()


def _answer(state: FileState, *, create: bool) -> None:
    if create != state.options.create_organisations:
        state.options = replace(state.options, create_organisations=create)
        st.rerun()


def ask_work(key: str, state: FileState, preview: UploadPreview) -> None:
    """Let the user say which work it is, where the file does not say it or says it wrongly."""
    codes = {finding.code for finding in preview.findings}
    works = preview.inspection.works
    if not (works or preview.reports):
        return
    known = preview.works[0].key if preview.works else works[0].assessment if works else preview.reports[0].assessment
    with st.expander("Уточнить, какая это работа", expanded=bool(codes & _ASKS_WORK)), st.form(f"upload_work_{key}"):
        columns = st.columns(4)
        names = [procedure.name for procedure in procedures().procedures]
        lessons = [subject.name for subject in subjects().subjects]
        procedure = columns[0].selectbox(
            "Процедура", names, index=names.index(known.procedure) if known.procedure in names else None
        )
        subject = columns[1].selectbox(
            "Предмет", lessons, index=lessons.index(known.subject) if known.subject in lessons else None
        )
        grade = columns[2].number_input("Класс", 1, 11, value=known.grade)
        year = columns[3].number_input("Год проведения", 2010, 2100, value=known.year)
        if st.form_submit_button("Уточнить"):
            state.answer(replace(state.options, assessment=AssessmentKey(procedure, subject, grade, year)))
            st.rerun()
