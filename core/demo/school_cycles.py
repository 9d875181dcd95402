"""Cycles of the demo's schools: three models, three stages of the year."""

from __future__ import annotations

from datetime import date

from core.cycle.cycle_tables import HandState, RegulationKind, StageSide
from core.demo.cycle_records import REGISTER, DemoCycle, DemoRegulation, HandMark, PlannedStage
from core.demo.school_associations import PRIMARY_TEACHERS, SCIENCES
from core.demo.teachers import MATHS, PRIMARY, RUSSIAN

_DEPUTY, _GYMNASIUM, _VILLAGE = "Лаптева В. С.", "Воронцова Е. М.", "Орлова Н. Ф."
_STATUTE, _ORDER = RegulationKind.STATUTE, RegulationKind.ORDER

SCHOOL_CYCLES = (
    DemoCycle(
        "edu990102", "napolnovskaya", 2027, date(2026, 9, 3), _DEPUTY,
        (
            PlannedStage("1", date(2026, 9, 3), date(2026, 9, 30), "Заместитель директора В. С. Лаптева"),
            PlannedStage(
                "2", date(2026, 9, 15), date(2026, 10, 31), "Руководители ШМО, члены ШМС", MATHS, SCIENCES,
            ),
            PlannedStage("3", date(2026, 10, 1), date(2026, 11, 30), "Методический совет школы", RUSSIAN),
            PlannedStage("4", date(2026, 10, 15), date(2026, 12, 15), "Руководитель ШМО", MATHS, SCIENCES),
            PlannedStage("5", date(2026, 11, 2), date(2027, 4, 30), "Заместитель директора В. С. Лаптева"),
            PlannedStage("6", date(2027, 4, 1), date(2027, 6, 10), "Администрация школы, ШМО"),
        ),
        (
            HandMark(
                "3", "Эффективные педагогические практики", HandState.PART,
                "Опыт уроков геометрии обсуждён, описание готовим к декабрю.", date(2026, 11, 12), "Рогов И. Д.",
            ),
            HandMark(
                "5", "Запросы и потребности учителей", HandState.DONE, "Собраны на методическом совете 29.10.2026.",
                date(2026, 10, 30), _DEPUTY, StageSide.IN, f"{REGISTER}/zaprosy", "Сводка запросов учителей",
            ),
            HandMark(
                "6", "Результаты аттестации", HandState.MISSING, "Два учителя аттестуются в феврале 2027 г.",
                date(2026, 10, 30), _DEPUTY, StageSide.IN,
            ),
        ),
        (
            DemoRegulation(
                "Федеральный закон «Об образовании в Российской Федерации»", RegulationKind.LAW, "273-ФЗ",
                "Государственная Дума", date(2012, 12, 29), answers="Закон",
            ),
            DemoRegulation(
                "Устав МБОУ «Средняя школа № 2»", RegulationKind.CHARTER, "214", "Администрация Заречного района",
                date(2021, 3, 15), answers="Устав", link=f"{REGISTER}/ustav",
            ),
            DemoRegulation(
                "Положение о методическом совете", _STATUTE, "87-о", "МБОУ «Средняя школа № 2»", date(2021, 8, 30),
                date(2026, 8, 31), "Положение о методическом совете",
            ),
        ),
    ),
    DemoCycle(
        "edu990103", "sasovo-106", 2027, date(2026, 9, 7), _GYMNASIUM,
        (
            PlannedStage("1", date(2026, 9, 7), date(2026, 10, 15), "Заместитель директора Е. М. Воронцова"),
            PlannedStage("2", date(2026, 10, 1), date(2026, 11, 30), "Заместитель директора, учителя-предметники",
                         MATHS),
            PlannedStage("3", date(2026, 11, 16), date(2027, 1, 31), "Методическая служба гимназии", RUSSIAN),
            PlannedStage("4", date(2027, 1, 11), date(2027, 2, 28), "Методическая служба гимназии"),
            PlannedStage("5", date(2027, 2, 1), date(2027, 5, 15), "Институт развития образования"),
            PlannedStage("6", date(2027, 5, 1), date(2027, 6, 25), "Директор гимназии"),
        ),
        (
            HandMark(
                "1", "Анкетирование слушателей", HandState.DONE, "Входную анкету заполнили все слушатели курсов.",
                date(2026, 10, 9), _GYMNASIUM, StageSide.IN,
            ),
            HandMark(
                "5", "Проблемы и затруднения", HandState.PART, "На сайте института свои вопросы указали 6 учителей.",
                date(2026, 11, 17), _GYMNASIUM, StageSide.IN, "https://example.org/voprosy-uchiteley",
                "Вопросы учителей гимназии",
            ),
        ),
        (
            DemoRegulation(
                "Положение о внутренней системе оценки качества образования", _STATUTE, "61", "МБОУ «Гимназия № 3»",
                date(2022, 1, 10), date(2026, 12, 31), link=f"{REGISTER}/vsoko",
            ),
        ),
    ),
    DemoCycle(
        "edu990105", "isadskaya", 2027, date(2026, 9, 1), _VILLAGE,
        (
            PlannedStage("1", date(2026, 9, 1), date(2026, 9, 30), "Учителя; администрация школы", PRIMARY),
            PlannedStage("2", date(2026, 10, 1), date(2026, 10, 31), "Руководитель ШМО", MATHS, SCIENCES),
            PlannedStage("3", date(2026, 11, 2), date(2026, 12, 25), "Руководитель ШМО", MATHS, SCIENCES),
            PlannedStage("4", date(2027, 1, 11), date(2027, 4, 30), "Руководитель ШМО", PRIMARY, PRIMARY_TEACHERS),
            PlannedStage("5", date(2027, 5, 3), date(2027, 6, 15), "Директор Н. Ф. Орлова"),
        ),
        (
            HandMark(
                "3", "Документы программного", HandState.PART,
                "План работы ШМО учителей естественно-математических дисциплин готов, второй дописываем.",
                date(2026, 11, 16), _VILLAGE, link=f"{REGISTER}/plan-shmo", title="План работы ШМО на 2026/2027 год",
            ),
        ),
        (
            DemoRegulation(
                "ФГОС начального, основного и среднего общего образования", _ORDER, "286, 287", "Минпросвещения России",
                date(2021, 5, 31), answers="Федеральные и региональные задачи",
            ),
            DemoRegulation(
                "Модель организации методической работы школы", _ORDER, "94", "МБОУ «Берёзовская средняя школа»",
                date(2025, 8, 29), answers="Типовая управленческая модель организации",
            ),
        ),
    ),
)
