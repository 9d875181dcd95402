"""Choosing what help is about in a form: a difficulty of the teacher, or any competence, so that coverage counts it.

Whoever may not know the difficulties of the teacher chooses among competences alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st

from core.diagnostics.editing import list_competences
from core.support.own_deficits import KnownDeficit, TeacherDeficits, deficits_of
from core.words import percent
from pages.support.development_parts.address import WANTED
from pages.widgets.session import read

_MOST = 2


def choose_deficits(key: str, teacher_id: int) -> list[KnownDeficit]:
    """Show what a route may be about, to choose several from; the hardest stand there already."""
    known, wanted = _offered(teacher_id), st.session_state.get(WANTED)
    hard = [name for name, one in known.items() if not math.isnan(one.share)]
    first = [name for name, one in known.items() if wanted is not None and one.competence_id == wanted]
    chosen = st.multiselect(
        "Дефициты", list(known), default=first or hard[:_MOST], key=f"{key}_{wanted or ''}", placeholder="Выберите",
        format_func=lambda one: deficit_words(known[one]), help=_HELP,
    )
    return [known[one] for one in chosen]


def choose_deficit(key: str, teacher_id: int | None, wanted: int | None = None) -> KnownDeficit | None:
    """Show what help may be about, to choose one from, or none; `wanted` is the competence that stands there first.

    Without a teacher only competences are offered.
    """
    known = _offered(teacher_id)
    sought = st.session_state.get(WANTED) or wanted
    options = ["", *known]
    first = next((place for place, one in enumerate(known.values(), 1) if one.competence_id == sought), 0)
    chosen = st.selectbox(
        "Какому дефициту отвечает", options, index=first if sought is not None else 0, key=f"{key}_{sought or ''}",
        format_func=lambda one: deficit_words(known[one]) if one else "не связано с дефицитом", help=_HELP,
    )
    return known.get(chosen or "")


def deficit_words(one: KnownDeficit) -> str:
    """Return the difficulty with the part of the points that the teacher reached, where it is known."""
    return one.name if math.isnan(one.share) else f"▼ {one.name} – {percent(one.share, 0)} баллов"


_HELP = (
    "▼ – дефициты педагога по диагностике; их видят он сам, руководитель объединения и администрация школы. "
    "Остальное – компетенции из справочника. По ним помощь видна на вкладке «Покрытие»."
)


def _offered(teacher_id: int | None) -> Mapping[str, KnownDeficit]:
    """Return the difficulties that this person may know, the hardest first, then the other competences."""
    found: dict[str, KnownDeficit] = {}
    if teacher_id is not None:
        known: TeacherDeficits = read(deficits_of, teacher_id)
        found = {one.key: one for one in known.deficits}
    for row in read(list_competences):
        key = f"competence:{row.id}"
        found.setdefault(key, KnownDeficit(key, row.name, row.id, math.nan))
    return found
