"""What the screen remembers of each dropped form: its inspection, the user's answers, the id of the save."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.diagnostics.opening import open_survey
from core.diagnostics.preview import InspectedSurvey, SurveyOptions, SurveyPreview
from core.diagnostics.previewing import preview_survey
from core.diagnostics.storing import StoredWave
from pages.widgets.session import look
from pages.widgets.texts import plain

_KEY = "deficits_files"


@dataclass
class FormState:
    """One dropped form on its way to being stored."""

    name: str
    content: bytes
    options: SurveyOptions = field(default_factory=SurveyOptions)
    inspected: InspectedSurvey | None = None
    operation_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    stored: StoredWave | None = None

    def answer(self, options: SurveyOptions) -> None:
        """Take the user's answers; the file is read again where they say what its columns are."""
        if options.mapping != self.options.mapping:
            self.inspected = None
        self.options = options

    def preview(self) -> SurveyPreview:
        """Return what storing would do now, reading the file if that has not been done yet."""
        if self.inspected is None:
            self.inspected = self._read()
        return look(preview_survey, self.inspected, self.options)

    def _read(self) -> InspectedSurvey:
        bar = st.progress(0.0, plain(f"Читаем файл «{self.name}»"))

        def tell(share: float, words: str) -> None:
            bar.progress(share, plain(words))

        try:
            return look(open_survey, self.content, self.name, self.options, tell)
        finally:
            bar.empty()


def form_states(dropped: list[UploadedFile]) -> dict[str, FormState]:
    """Return the states of the dropped files by their id; files that were taken away are forgotten."""
    known: dict[str, FormState] = st.session_state.setdefault(_KEY, {})
    states = {file.file_id: known.get(file.file_id) or FormState(file.name, file.getvalue()) for file in dropped}
    st.session_state[_KEY] = states
    return states
