"""Bad cells put right in the preview: only the cells with errors, each beside what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from core.intake.contract import CellCorrection
from core.intake.preview import UploadPreview
from core.words import noun
from pages.collect.uploading.file_state import FileState

_MOST = 50


def show_corrections(key: str, state: FileState, preview: UploadPreview) -> None:
    """Show a grid of the cells with errors where the user can type the right values; nothing when there are none."""
    cells = {
        (finding.sheet, finding.row, finding.column): finding
        for finding in preview.findings
        if finding.severity == "error" and finding.sheet and finding.row is not None and finding.column
    }
    if not cells or len(cells) > _MOST:
        return
    with st.expander("Исправить ячейки здесь, не открывая файл"):
        frame = pd.DataFrame(
            {
                "cell": [f"{sheet}, {column}{row}" for sheet, row, column in cells],
                "problem": [finding.message for finding in cells.values()],
                "old": [finding.value or "" for finding in cells.values()],
                "new": "",
            }
        )
        edited = st.data_editor(
            frame,
            key=f"upload_corrections_{key}_{len(state.options.corrections)}",
            hide_index=True,
            disabled=["cell", "problem", "old"],
            column_config={
                "cell": st.column_config.TextColumn("Ячейка"),
                "problem": st.column_config.TextColumn("Что не так", width="large"),
                "old": st.column_config.TextColumn("Сейчас", width="small"),
                "new": st.column_config.TextColumn("Правильное значение", width="medium", max_chars=60),
            },
        )
        typed = [str(value or "").strip()[:60] for value in edited["new"].tolist()[: len(cells)]]
        count = sum(bool(value) for value in typed)
        word = noun(count, "исправление", "исправления", "исправлений")
        label = f"Применить {count} {word}" if count else "Применить исправления"
        if st.button(label, key=f"upload_correct_{key}", disabled=not count):
            new = tuple(
                CellCorrection(sheet or "", row or 0, column or "", value)
                for (sheet, row, column), value in zip(cells, typed, strict=True)
                if value
            )
            state.answer(replace(state.options, corrections=(*state.options.corrections, *new)))
            st.rerun()
