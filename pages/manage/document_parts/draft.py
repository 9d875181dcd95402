"""The draft of a note: read it, put other words into a section, choose when the figures have changed since."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from core.documents.drafts import (
    LONGEST,
    NoteDraft,
    SectionDraft,
    keep_own,
    open_draft,
    section_history,
    take_generated,
    write_section,
)
from core.documents.text import NoteKind, NoteSubject
from core.errors import EditConflict, QualityError
from core.words import moment
from pages.manage.document_parts import unsaved
from pages.manage.document_parts.rewordings import as_markdown
from pages.widgets.acting import act, refuse
from pages.widgets.session import look, read, time_zone, write
from pages.widgets.texts import plain


def show_draft(kind: NoteKind, subject: NoteSubject) -> None:
    """Show the draft folded; opened, one section at a time with its text, its state and what can be done with it."""
    name = draft_name(kind, subject)
    folded = st.expander(
        "Черновик: прочитать и поправить текст", icon=":material/edit_document:", key=f"{name}_folded",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        draft = read(open_draft, kind, subject)
        if draft.outdated:
            st.warning(
                f"Данные изменились после правки. Разделов, где нужно выбрать текст: {draft.outdated}.",
                icon=":material/update:",
            )
        places = {one.section.key: one for one in draft.sections}
        key = st.selectbox(
            "Раздел", list(places), key=f"{name}_section", format_func=lambda one: _line(draft, places[one]),
        )
        _show_section(f"{name}_{key}", kind, subject, draft, places[key])


def draft_name(kind: NoteKind, subject: NoteSubject) -> str:
    """Return the beginning of the keys of a draft's fields."""
    return f"draft_{hashlib.sha256(f'{kind.value} {subject.key}'.encode()).hexdigest()[:12]}"


def _line(draft: NoteDraft, one: SectionDraft) -> str:
    number = draft.sections.index(one) + 1
    state = " – ✎ данные изменились, выберите текст" if one.is_outdated else " – ✎ изменён" if one.is_edited else ""
    return f"{number}. {one.section.title}{state}"


def _show_section(name: str, kind: NoteKind, subject: NoteSubject, draft: NoteDraft, one: SectionDraft) -> None:
    if one.is_outdated:
        _show_choice(name, kind, subject, draft.may_edit, one)
    if not draft.may_edit:
        for line in one.section.paragraphs:
            st.markdown(plain(line))
        return
    # A saved change begins a new field, so that it shows the stored words and not those typed before.
    field = f"{name}_text_{one.version}"
    waiting = unsaved.kept(name)
    if field not in st.session_state:
        st.session_state[field] = waiting if waiting is not None else one.section.text
    st.text_area(
        "Текст раздела, каждый абзац – с новой строки", key=field, height=240, max_chars=LONGEST,
        on_change=unsaved.keep, args=(name, field),
    )
    if waiting is not None and waiting != one.section.text:
        st.caption("В поле – ваш несохранённый текст. Сохранено сейчас:")
        st.markdown(plain(one.section.text))
    if one.section.table is not None or one.section.chart is not None:
        st.caption("Таблица и рисунок раздела всегда строятся по данным.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Сохранить", key=f"{name}_save", type="primary", icon=":material/save:", on_click=_save,
            args=(name, field, kind, subject, one),
        )
        if one.is_edited:
            st.button(
                "Вернуть текст по данным", key=f"{name}_back", icon=":material/undo:", on_click=_take,
                args=(name, kind, subject, one),
            )
            st.caption(_written(one))
    if one.is_edited:
        with st.expander("Чем ваш текст отличается от текста по данным"):
            st.caption("Зачёркнуто – было в тексте по данным, полужирное – ваше.")
            st.markdown(as_markdown(one.difference))
    _show_history(name, kind, subject, one)


def _show_choice(name: str, kind: NoteKind, subject: NoteSubject, may_edit: bool, one: SectionDraft) -> None:
    """Show what is new in the generated text since the person wrote, with both ways out."""
    with st.container(border=True):
        st.markdown("**Что изменилось в тексте по данным с тех пор, как раздел правили**")
        st.caption("Зачёркнуто – прежний текст по данным, полужирное – новый. Напечатан будет текст человека.")
        st.markdown(as_markdown(one.news))
        if may_edit:
            with st.container(horizontal=True):
                st.button(
                    "Оставить мой", key=f"{name}_keep", icon=":material/person:", on_click=act,
                    args=(
                        partial(write, keep_own, kind, subject, one.section.key, one.generated, one.version),
                        "Ваш текст оставлен.",
                    ),
                )
                st.button(
                    "Взять новый", key=f"{name}_take", icon=":material/sync:", on_click=_take,
                    args=(name, kind, subject, one),
                )


def _show_history(name: str, kind: NoteKind, subject: NoteSubject, one: SectionDraft) -> None:
    if not one.version:
        return
    folded = st.expander("Прежние формулировки", key=f"{name}_history", on_change="rerun")
    if folded.open:
        with folded:
            for wording in look(section_history, kind, subject, one.section.key):
                st.caption(plain(f"{moment(wording.written_at, time_zone().key)}, {wording.written_by}"))
                st.markdown(plain(wording.text) if wording.text else "Возвращён текст по данным.")


def _written(one: SectionDraft) -> str:
    when = f", {moment(one.written_at, time_zone().key)}" if one.written_at is not None else ""
    return plain(f"Правка: {one.written_by}{when}")


def _save(name: str, field: str, kind: NoteKind, subject: NoteSubject, one: SectionDraft) -> None:
    """Save what was typed; after a refusal it stays in the field and among the unsaved words."""
    text = str(st.session_state.get(field) or "")
    try:
        write(write_section, kind, subject, one.section.key, text, one.generated, one.version)
    except EditConflict as conflict:
        unsaved.keep(name, field)
        refuse(conflict)
        return
    except QualityError as refusal:
        refuse(refusal)
        return
    unsaved.forget(name)
    act(lambda: None, "Раздел сохранён.")


def _take(name: str, kind: NoteKind, subject: NoteSubject, one: SectionDraft) -> None:
    """Return to the generated text; the person's words stay among the former ones."""
    if act(partial(_taken, kind, subject, one), "В разделе текст по данным."):
        unsaved.forget(name)


def _taken(kind: NoteKind, subject: NoteSubject, one: SectionDraft) -> bool:
    write(take_generated, kind, subject, one.section.key, one.version)
    return True
