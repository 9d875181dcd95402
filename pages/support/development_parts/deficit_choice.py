"""Choosing difficulties of a teacher in a form."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.support.own_deficits import KnownDeficit, TeacherDeficits, deficits_of
from core.words import percent
from pages.widgets.session import read

_NOT_SEEN = (
    "Дефицитов не видно: диагностики нет или её видят только сам педагог, руководитель объединения и администрация "
    "школы."
)


def known_deficits(teacher_id: int) -> Mapping[str, KnownDeficit]:
    """Return the difficulties of a teacher that this person may know, by key, the hardest first."""
    found: TeacherDeficits = read(deficits_of, teacher_id)
    return {one.key: one for one in found.deficits}


def choose_deficits(key: str, teacher_id: int) -> list[KnownDeficit]:
    """Show the difficulties to choose several from; say why there are none."""
    known = known_deficits(teacher_id)
    if not known:
        st.caption(_NOT_SEEN)
        return []
    chosen = st.multiselect(
        "Дефициты по диагностике", list(known), default=list(known)[:2], key=key, placeholder="Выберите",
        format_func=lambda one: deficit_words(known[one]),
    )
    return [known[one] for one in chosen]


def choose_deficit(key: str, teacher_id: int, wanted: int | None = None) -> KnownDeficit | None:
    """Show the difficulties to choose one from, or none; `wanted` is the competence that stands there first."""
    known = known_deficits(teacher_id)
    if not known:
        st.caption(_NOT_SEEN)
        return None
    options = ["", *known]
    first = next((place for place, one in enumerate(known.values(), 1) if one.competence_id == wanted), 0)
    chosen = st.selectbox(
        "Какому дефициту отвечает", options, index=first if wanted is not None else 0, key=key,
        format_func=lambda one: deficit_words(known[one]) if one else "не связано с дефицитом",
    )
    return known.get(chosen or "")


def deficit_words(one: KnownDeficit) -> str:
    """Return the difficulty with the part of the points that the teacher reached."""
    return f"{one.name} – {percent(one.share, 0)} баллов"
