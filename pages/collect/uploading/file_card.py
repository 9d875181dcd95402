"""One dropped file: what was recognised, what is wrong, what will change, and the button that saves."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import QualityError
from core.intake.history import assessment_name
from core.intake.layouts.survey import TEACHER_SURVEY
from core.intake.preview import UploadPreview
from core.intake.uploading import store_upload
from core.words import day, plural
from core.workbooks.annotate import mark_in_child, marked_name
from pages.collect.uploading.corrections import show_corrections
from pages.collect.uploading.file_state import FileState
from pages.collect.uploading.layout_names import layout_title
from pages.collect.uploading.mapping_form import show_mapping
from pages.collect.uploading.plan_from_report import offer_plan
from pages.collect.uploading.questions import ASKS_SCHOOL, ask_school, ask_work
from pages.widgets.downloads import download
from pages.widgets.findings import show_findings
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SAID_BELOW = {*ASKS_SCHOOL, "school_created", "school_placeholder", "class_replaced"}


def show_file(key: str, state: FileState) -> None:
    """Show the card of one file. `key` is unique on the screen."""
    with st.container(border=True, key=f"upload_card_{key}"):
        st.markdown(f"**{plain(state.name)}**")
        if state.stored is not None:
            _show_stored(state)
            if state.inspected is not None:
                offer_plan(key, state, state.inspected.inspection.reports)
            return
        preview = state.preview()
        if preview.needs_mapping:
            show_findings(f"upload_findings_{key}", preview.findings)
            show_mapping(key, state, preview)
            return
        _show_summary(state, preview)
        # What a corrected file replaces is shown cell by cell below; what has to be asked is asked below.
        told = [finding for finding in preview.findings if finding.code not in _SAID_BELOW]
        show_findings(f"upload_findings_{key}", told)
        if any(finding.code == TEACHER_SURVEY for finding in preview.findings):
            link_to("deficits", "Загрузить ответы педагогов", {"deficits_tab": "Загрузка анкет"})
        ask_school(key, state, preview)
        ask_work(key, state, preview)
        if preview.refused:
            _offer_marked(key, state, preview)
            show_corrections(key, state, preview)
        _show_changes(key, preview)
        offer_plan(key, state, preview.reports)
        _offer_saving(key, state, preview)


def _show_stored(state: FileState) -> None:
    st.success("Сохранено. Анализ готов.", icon=":material/check_circle:")
    with st.container(horizontal=True):
        for work in (state.stored.assessment_ids if state.stored else ())[:1]:
            link_to("problem-fields", "Проблемные поля этой работы", {"fields_work": str(work)})
            link_to("results", "Результаты работы", {"results_work": str(work)})


def _show_summary(state: FileState, preview: UploadPreview) -> None:
    if preview.layout:
        st.caption(plain(f"Распознано: {layout_title(preview.layout)}"))
    if state.profile:
        st.caption(plain(f"Столбцы назначены по сохранённому профилю «{state.profile}»."))
    for work in preview.works:
        key = work.key
        name = assessment_name(key.procedure or "", key.subject or "предмет не указан", key.grade, key.year or 0)
        schools = {part.school.code for part in work.classes}
        parts = (
            plural(work.parsed.participants, "участник", "участника", "участников"),
            f"отсутствовали: {work.parsed.absent}" if work.parsed.absent else "",
            plural(len(work.classes), "класс", "класса", "классов"),
            plural(len(schools), "школа", "школы", "школ"),
            plural(len(work.parsed.items), "задание", "задания", "заданий"),
        )
        st.markdown(f"**{plain(name)}**: {', '.join(part for part in parts if part)}")
        if work.blueprint_id is None:
            st.caption("План работы не найден: анализ будет по заданиям, без элементов содержания.")
        if work.parsed.dropped_columns:
            st.caption(plain(f"Персональные данные не сохраняются: {', '.join(work.parsed.dropped_columns)}."))
        if work.parsed.ignored_columns:
            st.caption(plain(f"Столбцы, которые не используются: {', '.join(work.parsed.ignored_columns[:12])}."))
    for report in preview.reports:
        name = assessment_name(
            "", report.assessment.subject or "", report.assessment.grade, report.assessment.year or 0
        )
        rows = plural(len(report.rows), "строка", "строки", "строк")
        st.markdown(f"**{plain(name)}**: сводный отчёт, {rows} для сравнения")


def _offer_marked(key: str, state: FileState, preview: UploadPreview) -> None:
    marks = [
        (finding.sheet, finding.row, finding.column, f"{finding.message} {finding.advice}".strip())
        for finding in preview.findings
        if finding.row is not None
    ]
    if marks:
        make = partial(mark_in_child, state.content, state.name, marks)
        title = marked_name(state.name).removesuffix(".xlsx")
        download(f"upload_marked_{key}", "Скачать файл с отмеченными ячейками", title, "xlsx", make)


def _show_changes(key: str, preview: UploadPreview) -> None:
    if not preview.changes or preview.stored_before is not None:
        return
    rows: list[dict[str, object]] = []
    for work in preview.works:
        for part in work.classes:
            if part.difference is None:
                continue
            where = {"school": part.school.name, "class": part.part.class_name}
            rows += [{**where, "code": code, "what": "новый участник"} for code in part.difference.added]
            rows += [{**where, "code": code, "what": "участника больше нет"} for code in part.difference.removed]
            rows += [
                {**where, "code": cell.code, "what": cell.column, "old": cell.old, "new": cell.new}
                for cell in part.difference.changed
            ]
    count = plural(len(rows), "изменение", "изменения", "изменений")
    st.warning(f"Эта работа уже загружена. Новый файл внесёт {count}; прежний вариант можно будет вернуть.")
    columns = (
        Column("school", "Школа"),
        Column("class", "Класс", width="small"),
        Column("code", "Участник", width="small"),
        Column("what", "Что меняется"),
        Column("old", "Было", width="small"),
        Column("new", "Станет", width="small"),
    )
    show_table(f"upload_changes_{key}", Table("Изменения", columns, rows), height=240)


def _offer_saving(key: str, state: FileState, preview: UploadPreview) -> None:
    if preview.stored_before is not None:
        before = preview.stored_before
        who = f" ({before.uploaded_by})" if before.uploaded_by else ""
        st.info(plain(f"Эти данные уже загружены {day(before.uploaded_at.date())}{who}. Повторная загрузка не нужна."))
        return
    if preview.refused:
        return
    label = "Сохранить изменения" if preview.changes else "Сохранить"
    if st.button(label, key=f"upload_save_{key}", type="primary", icon=":material/save:"):
        try:
            state.stored = write(store_upload, preview, state.operation_id)
        except QualityError as refusal:
            show_refusal(refusal)
            return
        st.rerun()
