"""One dropped form: what was recognised, what is wrong, the shares it holds, and the button that saves."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.diagnostics.form_shares import form_shares
from core.diagnostics.preview import SurveyPreview
from core.diagnostics.storing import store_survey
from core.diagnostics.undoing import undo_survey
from core.errors import QualityError
from core.people.academic_year import year_name, year_on
from core.words import day, plural
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.upload_mapping import show_form_mapping
from pages.analyse.deficit_parts.upload_questions import ask_about
from pages.analyse.deficit_parts.upload_state import FormState
from pages.widgets.acting import act
from pages.widgets.findings import show_findings
from pages.widgets.refusals import show_refusal
from pages.widgets.session import write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SAID_BELOW = {"school_missing", "school_unknown", "organisation_unknown"}
_SHARES = (
    Column("section", "Раздел", width="medium"),
    Column("text", "Вопрос", width="large"),
    Column("share", "Доля с дефицитом", "percent", width=130),
    Column("low", "Интервал от", "percent", width=100),
    Column("high", "до", "percent", width=80),
    Column("n", "Ответили", "integer", width=90),
)
_HEIGHT = 220
_CHANGES = (
    Column("school", "Школа"),
    Column("code", "Педагог", width="small"),
    Column("what", "Что меняется", width="large"),
    Column("old", "Было"),
    Column("new", "Станет"),
)


def show_form_card(key: str, state: FormState) -> None:
    """Show the card of one file. `key` is unique on the screen."""
    with st.container(border=True, key=f"{SCREEN}_card_{key}"):
        st.markdown(f"**{plain(state.name)}**")
        if state.stored is not None:
            _show_stored(key, state)
            return
        preview = state.preview()
        if preview.needs_mapping:
            show_findings(f"{SCREEN}_findings_{key}", preview.findings)
            show_form_mapping(key, state, preview)
            return
        _show_summary(preview)
        show_findings(
            f"{SCREEN}_findings_{key}", [one for one in preview.findings if one.code not in _SAID_BELOW]
        )
        ask_about(key, state, preview)
        _show_changes(key, preview)
        _offer_saving(key, state, preview)
        _show_shares(key, preview)


def _show_stored(key: str, state: FormState) -> None:
    st.success("Сохранено. Дефициты — на вкладках «Корпоративные» и «Триангуляция».", icon=":material/check_circle:")
    stored = state.stored
    if stored is not None:
        st.button(
            "Отменить загрузку", key=f"{SCREEN}_undo_now_{key}", icon=":material/undo:", on_click=_undo,
            args=(state, stored.upload_id),
        )


def _undo(state: FormState, upload_id: int) -> None:
    if act(partial(write, undo_survey, upload_id), "Загрузка отменена, прежние ответы возвращены.") is not None:
        state.stored = None


def _show_summary(preview: SurveyPreview) -> None:
    mapping, chosen = preview.inspection.mapping, preview.instrument
    if mapping is None or chosen is None:
        return
    refused = preview.inspection.without_consent
    sections = len({item.section for item in mapping.items if item.section})
    parts = (
        plural(len(preview.respondents), "педагог", "педагога", "педагогов"),
        plural(len(mapping.items), "вопрос или задание", "вопроса или задания", "вопросов или заданий"),
        plural(sections, "раздел", "раздела", "разделов") if sections else "",
        f"найдены в списке педагогов: {preview.matched}",
        f"без согласия, не сохраняются: {refused}" if refused else "",
    )
    kind = "новая" if chosen.is_new else "уже в системе"
    st.markdown(plain(f"Распознано: {mapping.kind.value} «{chosen.name}» ({kind})."))
    st.markdown(f"**{', '.join(part for part in parts if part)}**")
    if mapping.answers:
        words = "; ".join(
            answer.text + (" — дефицит" if answer.is_deficit else " — ресурс" if answer.is_resource else "")
            for answer in mapping.answers
        )
        st.caption(plain(f"Шкала: {words}."))
    if preview.inspection.dropped:
        st.caption(plain(f"Персональные данные не сохраняются: {', '.join(preview.inspection.dropped)}."))
    if preview.inspection.ignored:
        st.caption(plain(f"Столбцы, которые не используются: {', '.join(preview.inspection.ignored[:12])}."))
    if preview.organisation is not None and preview.organisation.name and preview.held_on is not None:
        wave = f"{preview.options.wave.value} волна, {day(preview.held_on)}, {year_name(year_on(preview.held_on))}"
        st.caption(plain(f"Чья диагностика: {preview.organisation.name}; {wave}."))


def _show_changes(key: str, preview: SurveyPreview) -> None:
    if preview.stored_before is not None:
        return
    rows: list[dict[str, object]] = []
    for change in preview.changes:
        if not change.replaced:
            continue
        rows += [{"school": change.name, "code": code, "what": "новый педагог"} for code in change.added]
        rows += [{"school": change.name, "code": code, "what": "педагога больше нет"} for code in change.removed]
        rows += [
            {"school": change.name, "code": one.code, "what": one.item, "old": one.old, "new": one.new}
            for one in change.changed
        ]
    if rows:
        show_table(f"{SCREEN}_changes_{key}", Table("Изменения", _CHANGES, rows), height=_HEIGHT)


def _offer_saving(key: str, state: FormState, preview: SurveyPreview) -> None:
    before = preview.stored_before
    if before is not None:
        who = f" ({before.uploaded_by})" if before.uploaded_by else ""
        st.info(plain(f"Эти ответы уже загружены {day(before.uploaded_at.date())}{who}. Повторная загрузка не нужна."))
        return
    if preview.refused:
        return
    if st.button("Сохранить", key=f"{SCREEN}_save_{key}", type="primary", icon=":material/save:"):
        try:
            state.stored = write(store_survey, preview, state.operation_id)
        except QualityError as refusal:
            show_refusal(refusal)
            return
        st.rerun()


def _show_shares(key: str, preview: SurveyPreview) -> None:
    """Show what the file says on the whole, before it is saved."""
    shares = form_shares(preview)
    if not shares:
        return
    title = "Что в файле: доля педагогов с дефицитом по вопросам"
    folded = st.expander(title, key=f"{SCREEN}_fold_{key}", on_change="rerun")
    if folded.open:
        with folded:
            rows = [
                {
                    "section": one.section, "text": one.text, "share": one.share, "low": one.low, "high": one.high,
                    "n": one.n,
                }
                for one in sorted(shares, key=lambda one: -one.share)
            ]
            show_table(f"{SCREEN}_shares_{key}", Table("Доли по вопросам", _SHARES, rows), height=320)
