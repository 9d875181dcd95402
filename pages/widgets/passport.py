"""The passport of a report: for whom it is, from what data, how computed, what must not be concluded from it.

    show_passport(Passport(
        audience="заместителю директора и руководителю ШМО",
        source="ВПР, русский язык, 4 класс, 2026 год: 3 класса, 71 участник",
        method="доля набранных баллов от возможных; 95 % интервал Уилсона",
        limits=("Задания разных лет не сравниваются.",),
        procedure="ВПР",
    ))
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.widgets.links import link_to
from pages.widgets.texts import plain

VPR_LINE = "Результаты ВПР не используются для оценки деятельности педагогов, школ и органов управления образованием."


@dataclass(frozen=True, slots=True)
class Passport:
    """What a reader must know before drawing conclusions. All parts are Russian; `limits` are full sentences."""

    audience: str
    source: str
    method: str
    limits: tuple[str, ...] = ()
    procedure: str = ""
    """Name of the procedure; for ВПР the federal reservation is added."""

    def warnings(self) -> tuple[str, ...]:
        """Return everything that must not be concluded."""
        return (*self.limits, VPR_LINE) if self.procedure.startswith("ВПР") else self.limits

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the passport as pairs of heading and text."""
        return (
            ("Для кого", self.audience),
            ("Из каких данных", self.source),
            ("Как посчитано", self.method),
            ("Чего нельзя заключить", " ".join(self.warnings()) or "Особых оговорок нет."),
        )

    def notes(self) -> tuple[str, ...]:
        """Return the passport as lines, so that it travels with the numbers of a workbook."""
        return tuple(f"{heading}: {text}" for heading, text in self.lines())


def show_passport(passport: Passport) -> None:
    """Show a button «Паспорт» that opens the passport."""
    with st.popover("Паспорт", icon=":material/badge:"):
        for heading, text in passport.lines():
            st.markdown(f"**{heading}.** {plain(text)}")
        link_to("help", "Методика расчёта")
