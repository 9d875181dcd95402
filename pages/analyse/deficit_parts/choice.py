"""What the user asked for: round, school, subjects, associations; all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.diagnostics.corporate import DeficitFilter
from core.diagnostics.lines import LineKind
from core.diagnostics.options import DeficitOptions, deficit_options
from core.diagnostics.rounds import Round
from pages.widgets.filter_bar import Chosen, filter_bar
from pages.widgets.session import read

SCREEN = "deficits"
_ROUND, _SCHOOL = f"{SCREEN}_round", f"{SCREEN}_school"
_EVERYWHERE = "Все школы"
_EVERYWHERE_AND_ONE = 2
_FACETS = ("subject", "association")
KINDS = {"Вопросы": LineKind.ITEM, "Компетенции": LineKind.COMPETENCE, "Разделы": LineKind.SECTION}


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen round with everything that can be chosen beside it."""

    options: DeficitOptions
    round: Round | None
    school_id: int | None
    filters: Chosen

    def filter(self, kind: LineKind = LineKind.ITEM) -> DeficitFilter:
        """Return the choice for the use cases."""
        numbers = {name: number for number, name in self.options.associations.items()}
        return DeficitFilter(
            self.round.key if self.round else None, kind, self.subjects,
            tuple(numbers[str(name)] for name in self.filters.of("association") if str(name) in numbers),
            self.school_id,
        )

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the chosen subjects; empty means all."""
        return tuple(str(one) for one in self.filters.of("subject"))

    def words(self) -> str:
        """Return the choice as one line for passports."""
        where = self.options.schools.get(self.school_id or 0, "")
        parts = (self.round.name if self.round else "", where, self.filters.words())
        return ", ".join(part for part in parts if part)


def choose() -> Choice:
    """Show the filters and return the choice. Without answers there is nothing to choose from."""
    asked = st.session_state.get(_ROUND) or st.query_params.get(_ROUND)
    options = read(deficit_options, str(asked) if asked else None)
    if not options.rounds:
        return Choice(options, None, None, Chosen({}))
    rounds = {one.key: one.name for one in options.rounds}
    schools = {_EVERYWHERE: None, **{name: number for number, name in options.schools.items()}}
    place = _EVERYWHERE
    asks_school = len(schools) > _EVERYWHERE_AND_ONE
    columns = st.columns([2.6, 1.1, 3] if asks_school else [2.8, 3], vertical_alignment="bottom")
    with columns[0]:
        key = _select("Диагностика", list(rounds), _ROUND, rounds)
    if asks_school:
        with columns[1]:
            place = _select("Школа", list(schools), _SCHOOL, {})
    rows = [{"subject": subject} for subject in options.subjects]
    with columns[-1]:
        filters = filter_bar(SCREEN, rows, _FACETS, {"association": list(options.associations.values())})
    chosen = next((one for one in options.rounds if one.key == key), options.rounds[0])
    return Choice(options, chosen, schools.get(place), filters)


def kind_switch(name: str, kinds: tuple[str, ...] = tuple(KINDS)) -> LineKind:
    """Show the switch of what difficulties are of."""
    chosen = st.segmented_control(
        "Что", list(kinds), default=kinds[0], key=f"{SCREEN}_{name}", bind="query-params", persist_state="session",
        required=True, label_visibility="collapsed",
    )
    return KINDS[chosen or kinds[0]]


def _select(label: str, options: list[str], key: str, words: dict[str, str]) -> str:
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
    return st.selectbox(
        label, options, key=key, format_func=lambda one: words.get(one, one), bind="query-params",
        persist_state="session",
    )
