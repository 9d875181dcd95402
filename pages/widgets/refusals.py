"""Refusals as the user sees them: what happened, where, and what to do."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from pages.widgets.texts import plain


def show_refusal(refusal: QualityError) -> None:
    """Show a refusal in red: place and sentence first, the advice under it.

        try:
            write(undo_upload, upload_id)
        except QualityError as refusal:
            show_refusal(refusal)
    """
    place = str(refusal.place) if refusal.place else ""
    sentence = f"{place[0].upper()}{place[1:]}: {refusal.message}" if place else refusal.message
    advice = f"\n\n{plain(refusal.advice)}" if refusal.advice else ""
    st.error(plain(sentence) + advice, icon=":material/block:")
