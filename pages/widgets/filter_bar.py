"""Filters above a screen: options from the rows themselves, chosen values in the address.

    rows = [{"subject": "Русский язык", "grade": 4, "year": 2026, "work": 12}, …]     # what can be chosen from
    chosen = filter_bar("fields", rows, ("subject_group", "subject", "grade", "year", "procedure", "kind"))
    works = [row["work"] for row in rows if chosen.admits(row)]
    st.caption(chosen.words())                                                  # «Русский язык, 4 класс, 2026 год»

The key of a filter in the address is `<screen>_<facet>`, such as `fields_subject`. A facet offers only values that go
with what the other facets have chosen, so that no choice leads to an empty screen. Nothing chosen means everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.people.organisations import natural_key

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: its name in the rows, its label, the room it needs, and how a value is said without its label."""

    name: str
    label: str
    room: float = 1.0
    words: Callable[[object], str] = str


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("subject_group", "Группа предметов", 1.3),
        Facet("association", "Объединение", 1.4),
        Facet("subject", "Предмет", 1.3),
        Facet("grade", "Класс", 0.9, lambda value: f"{value} класс"),
        Facet("year", "Год", 1.5, lambda value: f"{value} год"),
        Facet("procedure", "Процедура", 1.05),
        Facet("work_name", "Работа", 1.4),
        Facet("organisation", "Организация", 1.4),
        Facet("kind", "Вид поля"),
        Facet("status", "Статус"),
        Facet("origin", "Откуда"),
        Facet("element", "Элемент содержания", 1.7),
        Facet("task_type", "Тип заданий", 1.3),
        Facet("work_kind", "Вид работы", 1.3),
        Facet("state", "Состояние", 1.2),
        Facet("document_stage", "Этап", 1.3),
        Facet("document", "Документ", 1.6),
        Facet("school_year", "Учебный год", 1.1),
        Facet("model_part", "Часть документа", 1.3),
        Facet("said", "Что это", 1.3),
    )
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user chose: values by facet, an empty tuple where everything is admitted."""

    values: Mapping[str, tuple[object, ...]]
    apart: frozenset[str] = frozenset()
    """Facets that the rows do not have."""

    def of(self, facet: str) -> tuple[object, ...]:
        """Return the chosen values of a facet; empty means all."""
        return self.values.get(facet, ())

    def admits(self, row: Row, without: str | None = None) -> bool:
        """Say whether a row goes with the choice, leaving out one facet if asked."""
        return all(
            not values or name == without or name in self.apart or row.get(name) in values
            for name, values in self.values.items()
        )

    def words(self) -> str:
        """Return the choice as one line; «все данные» when nothing was chosen."""
        parts = [FACETS[name].words(value) for name, values in self.values.items() for value in values]
        return ", ".join(parts) or "все данные"


def filter_bar(
    screen: str, rows: Sequence[Row], facets: Sequence[str], fixed: Mapping[str, Sequence[object]] | None = None
) -> Chosen:
    """Show the filters of a screen in one row and return what was chosen. Names of facets are keys of `FACETS`.

    `fixed` holds the options of facets that are not in the rows; `Chosen.admits` leaves them to the caller.
    """
    apart = fixed or {}
    chosen = Chosen({name: tuple(st.session_state.get(f"{screen}_{name}", ())) for name in facets}, frozenset(apart))
    with st.container(key="filters"):
        columns = st.columns([*(FACETS[name].room for name in facets), 0.9], vertical_alignment="bottom")
        values: dict[str, tuple[object, ...]] = {}
        for column, name in zip(columns, facets, strict=False):
            facet = FACETS[name]
            with column:
                values[name] = tuple(
                    st.multiselect(
                        facet.label,
                        list(apart[name]) if name in apart else options_of(name, rows, chosen),
                        key=f"{screen}_{name}",
                        bind="query-params",
                        persist_state="session",
                        placeholder="Все",
                    )
                )
        with columns[-1]:
            st.button(
                "Сбросить",
                key=f"{screen}_reset",
                on_click=_reset,
                args=(screen, tuple(facets)),
                disabled=not any(values.values()),
                width="stretch",
            )
    return Chosen(values, frozenset(apart))


def options_of(name: str, rows: Iterable[Row], chosen: Chosen) -> list[object]:
    """Return the values of a facet that go with the other facets' choice, and those already chosen, sorted."""
    found = {row.get(name) for row in rows if chosen.admits(row, without=name)}
    return sorted((found | set(chosen.of(name))) - {None}, key=lambda value: natural_key(str(value)))


def _reset(screen: str, facets: tuple[str, ...]) -> None:
    for name in facets:
        st.session_state[f"{screen}_{name}"] = []
