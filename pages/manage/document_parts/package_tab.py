"""Everything for a meeting as one archive."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from core.documents.package import meeting_package, package_parts
from core.documents.planning_kinds import meeting_subjects
from core.documents.records import note_made
from core.errors import StoreUnavailable
from core.people.scope import Action
from pages.manage.document_parts.rows import SCREEN
from pages.widgets.downloads import download
from pages.widgets.empty_state import empty_state
from pages.widgets.session import current_scope, look, read, write
from pages.widgets.texts import plain


def show_package() -> None:
    """Show the meetings, what belongs to the chosen one, and the button that hands it out."""
    meetings = {subject.key: subject.title for subject in read(meeting_subjects)}
    if not meetings:
        _say_empty()
        return
    key = st.selectbox(
        "Заседание", list(meetings), format_func=lambda one: meetings[one], key=f"{SCREEN}_meeting",
        persist_state="session",
    )
    if key is None:
        return
    parts = read(package_parts, int(key))
    st.markdown("\n".join(f"{place}. {plain(part.title)} ({part.ending.upper()})"
                          for place, part in enumerate(parts, start=1)))
    st.caption("Что сделать не удастся, названо в файле «00 Состав пакета.txt» вместе с причиной.")
    download(
        f"{SCREEN}_package", "Скачать пакет (ZIP)", f"Пакет к заседанию {meetings[key]}", "zip",
        lambda: _hand_out(int(key)),
    )


def _say_empty() -> None:
    """Say what to do to whoever may hold meetings, and to everybody else what will stand here."""
    if current_scope().allows(Action.HOLD_MEETINGS):
        empty_state(
            "Заседаний пока нет", "Назначьте заседание: повестка соберётся сама, и пакет будет готов.", path="meeting",
            label="К заседаниям",
        )
        return
    empty_state("Заседаний пока нет", "Здесь появятся пакеты к заседаниям ваших объединений и советов.")


def _hand_out(meeting_id: int) -> bytes:
    """Return the archive and note each document in it as made."""
    package = look(meeting_package, meeting_id)
    # A full disk must not stand between a person and the papers.
    with suppress(StoreUnavailable):
        for part in package.made:
            write(note_made, package.organisation_id, part.kind, part.key, part.ending)
    return package.file.content
