"""A passport in words."""

from __future__ import annotations

import streamlit as st

from core.monitoring.passports import Passport
from pages.widgets.texts import plain


def show_text(passport: Passport) -> None:
    """Show what the passport says, one line a heading."""
    for heading, text in (
        ("Цель", passport.goal), ("Вид и единица", f"{passport.kind.value}, {passport.unit}"),
        ("Числитель", passport.numerator), ("Знаменатель", passport.denominator), ("Формула", passport.formula),
        ("Источник", passport.source), ("Сбор", passport.method),
        ("Период и срок", f"{passport.period}; {passport.deadline}"), ("Уровень", passport.level.value),
        ("Ответственный", passport.responsible), ("Направление", passport.direction.value),
        ("Основание", passport.regulation), ("Происхождение", passport.basis),
    ):
        if text:
            st.markdown(f"**{heading}.** {plain(text)}")
