"""Cycles of the demo's two municipalities.

The district with the schools goes by the municipal model whose every stage is told by records of schools, and has a
closed cycle behind; the neighbour, which has only begun, by the concept whose first year is documents.
"""

from __future__ import annotations

from datetime import date

from core.cycle.cycle_tables import HandState, RegulationKind, StageSide
from core.demo.cycle_records import REGISTER, DemoCycle, DemoRegulation, HandMark, PlannedStage
from core.demo.municipality import MUNICIPALITY, NEIGHBOUR

METHODIST, NEIGHBOUR_METHODIST = "Громова Л. И.", "Соколова И. П."
_OFFICE, _DEPARTMENT = "Методический кабинет: Л. И. Громова", "Управление образования Заречного района"
_NEXT_DEPARTMENT = "Управление образования Приозёрного района"
_NEXT_OFFICE = "Методисты ММК: И. П. Соколова"
_STATUTE, _ORDER = RegulationKind.STATUTE, RegulationKind.ORDER

CLOSED = DemoCycle(
    MUNICIPALITY.code, "zelenchuk", 2026, date(2025, 9, 8), METHODIST,
    (
        PlannedStage("I", date(2025, 9, 8), date(2025, 10, 31), _DEPARTMENT),
        PlannedStage("II", date(2025, 11, 1), date(2025, 12, 15), "Специалист управления образования"),
        PlannedStage("III", date(2025, 11, 15), date(2026, 2, 28), _OFFICE),
        PlannedStage("IV", date(2026, 1, 15), date(2026, 4, 30), _OFFICE),
        PlannedStage("VI", date(2026, 5, 1), date(2026, 6, 30), f"{_DEPARTMENT}; руководители школ"),
    ),
    (
        HandMark(
            "II", "Данные для руководителей", HandState.DONE,
            "Переданы на совещании руководителей РМО, до появления адресных рекомендаций.", date(2025, 11, 20),
            METHODIST, link=f"{REGISTER}/soveshchanie-rmo", title="Материалы совещания руководителей РМО",
        ),
        HandMark(
            "III", "Заседания РМО и ШМО", HandState.DONE,
            "Каждое РМО заседало дважды; протоколы на бумаге в методическом кабинете.", date(2026, 3, 5), METHODIST,
        ),
    ),
)
CLOSED_ON = date(2026, 8, 28)
DROPPED = "indicator:П01"
"""Of its unsettled things, the one that was not carried over; and why."""
REASON = "С осени 2026 года диагностику проводят во всех школах района: вопрос решается в плановом порядке."
NEXT_OPENED_ON = date(2026, 9, 1)
NEXT_MARKS = (
    HandMark(
        "III", "Заседания РМО и ШМО", HandState.PART,
        "Первые заседания РМО прошли на осенних каникулах, вторые – в марте.", date(2026, 11, 9), METHODIST,
        link=f"{REGISTER}/protokoly-rmo", title="Протоколы РМО, октябрь 2026 г.",
    ),
)

NEIGHBOURS = DemoCycle(
    NEIGHBOUR.code, "nikolsky", 2027, date(2026, 9, 10), NEIGHBOUR_METHODIST,
    (
        PlannedStage("1", date(2026, 9, 10), date(2026, 10, 31), _NEXT_DEPARTMENT),
        PlannedStage("2", date(2026, 10, 1), date(2026, 12, 31), _NEXT_DEPARTMENT),
        PlannedStage("3", date(2026, 9, 10), date(2027, 5, 31), _NEXT_OFFICE),
        PlannedStage("4", date(2026, 10, 1), date(2027, 5, 31), f"{_NEXT_DEPARTMENT}; методисты ММК"),
        PlannedStage("5", date(2026, 9, 10), date(2027, 5, 31), "Совет молодых педагогов Приозёрного района"),
    ),
    (
        HandMark(
            "1", "Положения о методическом сопровождении", HandState.DONE, "Утверждены приказами № 71–74.",
            date(2026, 9, 28), NEIGHBOUR_METHODIST, link=f"{REGISTER}/polozheniya",
            title="Положения Приозёрного района",
        ),
        HandMark(
            "1", "Положение о мониторинге", HandState.PART, "Проект на согласовании у руководителей РМО.",
            date(2026, 11, 13), NEIGHBOUR_METHODIST,
        ),
        HandMark(
            "3", "Примерная тематика", HandState.DONE, "Разослана руководителям РМО.", date(2026, 9, 21),
            NEIGHBOUR_METHODIST, StageSide.IN,
        ),
        HandMark(
            "5", "Примерная тематика", HandState.DONE, "Разослана руководителям РМО.", date(2026, 9, 21),
            NEIGHBOUR_METHODIST, link=f"{REGISTER}/tematika", title="Примерная тематика на 2026/2027 год",
        ),
        HandMark(
            "5", "Видеоролики", HandState.MISSING, "Первый ролик снимают к декабрю.", date(2026, 11, 13),
            "Совет молодых педагогов",
        ),
    ),
    (
        DemoRegulation(
            "Концепция системы оценки качества образования Приозёрного района", _ORDER, "52", _NEXT_DEPARTMENT,
            date(2026, 6, 15), answers="Концепция", link=f"{REGISTER}/kontseptsiya",
        ),
        DemoRegulation(
            "Положение о системе методического сопровождения", _STATUTE, "71", _NEXT_DEPARTMENT,
            date(2026, 9, 25), answers="Положение о системе методического",
        ),
        DemoRegulation(
            "Положение о районном методическом объединении", _STATUTE, "72", _NEXT_DEPARTMENT,
            date(2026, 9, 25), answers="Положение о районном",
        ),
        DemoRegulation(
            "Положение о школьном методическом объединении", _STATUTE, "73", _NEXT_DEPARTMENT,
            date(2023, 1, 16), date(2026, 12, 31), "Положение о школьном",
        ),
        DemoRegulation(
            "Положение о системе наставничества", _STATUTE, "38", _NEXT_DEPARTMENT, date(2023, 9, 1),
            date(2026, 8, 31), "Положение о системе наставничества",
        ),
    ),
)
