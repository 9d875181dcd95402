"""What a form leaves open, asked of the user: whose it is, which wave, on what day."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.diagnostics.preview import SurveyPreview
from core.diagnostics.wave_tables import WaveKind
from core.people.organisations import load_tree, natural_key
from core.words import plural
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.upload_state import FormState
from pages.widgets.session import read
from pages.widgets.texts import plain

_ASKS_SCHOOL = {"school_missing", "organisation_unknown"}


def ask_about(key: str, state: FormState, preview: SurveyPreview) -> None:
    """Ask about the wave, and where the file does not name the schools, whose teachers answered."""
    codes = {finding.code for finding in preview.findings}
    options = state.options
    units = read(load_tree).organisations.values()
    names = {unit.code: unit.name for unit in sorted(units, key=lambda unit: natural_key(unit.name))}
    if preview.new_schools:
        allowed = st.checkbox(
            f"Создать {plural(len(preview.new_schools), 'школу', 'школы', 'школ')}, которых ещё нет в системе: "
            + plain(", ".join(school.name for school in preview.new_schools[:6])),
            value=options.create_organisations, key=f"{SCREEN}_create_{key}",
        )
        _answer(state, create_organisations=allowed)
    if not names and ("school_missing" in codes or (options.school_name and not options.create_organisations)):
        _ask_first_school(key, state)
    elif codes & _ASKS_SCHOOL:
        said = "В файле не сказано, чьи это педагоги. Выберите школу или муниципалитет."
        st.warning(said, icon=":material/home_work:")
    columns = st.columns([2.4, 1.4, 1.2, 2]) if names else [st.container(), *st.columns([1.4, 1.2, 2])]
    code = columns[0].selectbox(
        "Чьи педагоги", list(names), index=list(names).index(options.organisation_code)
        if options.organisation_code in names else None,
        format_func=lambda one: names[one], placeholder="Как сказано в файле", key=f"{SCREEN}_whose_{key}",
    ) if names else None
    waves = list(WaveKind)
    wave = columns[1].selectbox(
        "Волна", waves, index=waves.index(options.wave), format_func=lambda one: one.value, key=f"{SCREEN}_wave_{key}"
    )
    held = columns[2].date_input(
        "День", value=options.held_on or preview.held_on, format="DD.MM.YYYY", key=f"{SCREEN}_held_{key}"
    )
    title = columns[3].text_input(
        "Курс или название", value=options.title, key=f"{SCREEN}_title_{key}", max_chars=200,
        help="Волны с одним названием сравниваются между собой.",
    )
    _answer(
        state, organisation_code=code, wave=wave or options.wave, title=title.strip(),
        held_on=held if held != preview.held_on else options.held_on,
    )


def _ask_first_school(key: str, state: FormState) -> None:
    """Ask for the name of the school where the store holds none yet: there is nothing to choose from."""
    st.warning(
        "В файле не сказано, чьи это педагоги, а в системе ещё нет ни одной школы. Назовите её, и она будет создана "
        "вместе с ответами. Целый муниципалитет заводят на экране «Администрирование».",
        icon=":material/home_work:",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Название вашей школы", value=state.options.school_name or "", max_chars=200,
            key=f"{SCREEN}_school_name_{key}",
        )
        is_told = st.button("Продолжить", key=f"{SCREEN}_school_make_{key}", type="primary")
    if is_told and name.strip():
        _answer(state, school_name=name.strip(), create_organisations=True)


def _answer(state: FormState, **said: object) -> None:
    """Take the answers and show the preview anew when any of them is another one."""
    options = replace(state.options, **said)  # type: ignore[arg-type]  # the fields are checked by the dataclass
    if options != state.options:
        state.answer(options)
        st.rerun()
