"""What the screen remembers of each dropped file: its inspection, the user's answers, the id of the save."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.intake.opening import open_file
from core.intake.preview import InspectedFile, UploadOptions, UploadPreview
from core.intake.previewing import preview_upload
from core.intake.profiles import offered_profile
from core.intake.uploading import StoredUpload
from pages.widgets.session import look
from pages.widgets.texts import plain

_KEY = "upload_files"


@dataclass
class FileState:
    """One dropped file on its way to being stored."""

    name: str
    content: bytes
    options: UploadOptions = field(default_factory=UploadOptions)
    inspected: InspectedFile | None = None
    operation_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    stored: StoredUpload | None = None
    profile: str = ""
    """Name of the mapping profile that was used, "" for none."""
    plans: dict[int, int] = field(default_factory=dict)
    """Ids of the plans made from the file's reports, by the number of the report."""

    def answer(self, options: UploadOptions) -> None:
        """Take the user's answers; the file is read again where they change what it says."""
        before, self.options = self.options, options
        said = (options.assessment, options.mapping, options.corrections)
        if said != (before.assessment, before.mapping, before.corrections):
            self.inspected = None

    def preview(self) -> UploadPreview:
        """Return what storing would do now, reading the file if that has not been done yet."""
        if self.inspected is None:
            self.inspected = self._read()
        return look(preview_upload, self.inspected, self.options)

    def _read(self) -> InspectedFile:
        bar = st.progress(0.0, plain(f"Читаем файл «{self.name}»"))

        def tell(share: float, words: str) -> None:
            bar.progress(share, plain(words))

        try:
            inspected = look(open_file, self.content, self.name, self.options, tell)
            if inspected.inspection.layout is None and self.options.mapping is None:
                offered = look(offered_profile, inspected.inspection.sheets)
                if offered is not None:
                    profile, mapping, assessment = offered
                    self.profile = profile.name
                    self.options = replace(self.options, assessment=assessment, mapping=mapping)
                    inspected = look(open_file, self.content, self.name, self.options, tell)
        finally:
            bar.empty()
        return inspected


def file_states(dropped: list[UploadedFile]) -> dict[str, FileState]:
    """Return the states of the dropped files by their id; files that were taken away are forgotten."""
    known: dict[str, FileState] = st.session_state.setdefault(_KEY, {})
    states = {file.file_id: known.get(file.file_id) or FileState(file.name, file.getvalue()) for file in dropped}
    st.session_state[_KEY] = states
    return states
