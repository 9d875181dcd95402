"""A school beside the others of its group of schools in like circumstances."""

from __future__ import annotations

import streamlit as st

from core.monitoring.passports import Passport
from core.monitoring.side_by_side import is_judged
from core.monitoring.similar import Similar, similar_schools
from core.monitoring.similar_words import difference_words, group_words, pooled_words
from core.people.academic_year import year_name
from pages.widgets.passport import VPR_LINE
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_similar(organisation_id: int, passport: Passport, year: int) -> None:
    """Show the figure of the others of the school's group; nothing for what is no school or has no group."""
    found: dict[str, Similar] = read(similar_schools, organisation_id, year, (passport.code,))
    similar = found.get(passport.code)
    if similar is None:
        return
    difference = difference_words(passport, similar)
    st.markdown(
        f"**Похожие школы, {plain(year_name(year))}.** {plain(group_words(similar))}: "
        f"**{plain(pooled_words(passport, similar))}**"
        + (f"  \nЭта школа отличается от них на {plain(difference)}." if difference else "")
    )
    if not is_judged(passport):
        st.caption(plain(VPR_LINE))
