"""What the demo's practices and its club say; all people and schools are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.practice.tables import EventKind, EventState, PracticeState, UseOutcome


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One decision of the demo."""

    state: PracticeState
    taken_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    responsible: str = ""
    protocol_number: str = ""
    reason: str = ""
    body: str = ""
    """Who decides where it is not the demo's club."""


@dataclass(frozen=True, slots=True)
class DemoUse:
    """A class that applied a practice; `school` is a code."""

    school: str
    grade: int
    letter: str
    year: int
    applied_on: date
    outcome: UseOutcome
    text: str
    author: str
    marked_on: date


@dataclass(frozen=True, slots=True)
class DemoNote:
    """A remark, or an answer to the remark before it."""

    text: str
    author: str
    written_on: date
    is_question: bool = False
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """One practice of the demo; `school` is a code."""

    school: str
    title: str
    subject: str
    elements: tuple[str, ...]
    author: str
    problem: str
    actions: str
    repeat: str
    conditions: str = ""
    result: str = ""
    task_types: tuple[str, ...] = ()
    method: str = "обобщение опыта"
    grades: tuple[int, ...] = ()
    class_grade: int | None = None
    class_letter: str = ""
    class_year: int | None = None
    offered_on: date | None = None
    steps: tuple[DemoStep, ...] = ()
    uses: tuple[DemoUse, ...] = ()
    notes: tuple[DemoNote, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """A line of the club's plan."""

    kind: EventKind
    title: str
    held_on: date
    time: str
    leader: str
    elements: tuple[str, ...]
    deficits: str
    practice: str
    state: EventState
    attended: int | None = None
    summary: str = ""


def _offered(on: date) -> DemoStep:
    return DemoStep(PracticeState.OFFERED, on)


_FRACTIONS = "Дроби на полосках бумаги"
_AREA = "Площадь без формулы: палетка и клетчатый лист"

PRACTICES = (
    DemoPractice(
        "edu990103", _FRACTIONS, "Математика", ("обыкновенные дроби",), "Орлова Т. В., учитель математики",
        problem="Правила действий с дробями заучивают, но не видят, о какой части целого речь: 1/2 + 1/3 = 2/5.",
        actions="Шесть уроков подряд первые десять минут складываем полоски бумаги: сравниваем, складываем, вычитаем "
        "доли руками и только потом записываем действие.\nКаждый ученик ведёт лист «Вижу – записываю».",
        repeat="Нарезать полоски одной длины по числу учеников.\nИдти от сравнения долей к сложению с разными "
        "знаменателями.\nПосле каждого шага – три задания на запись без полосок.",
        conditions="Шесть уроков по десять минут, цветная бумага, лист наблюдений.",
        result="К концу четверти ошибок на сложение с разными знаменателями стало заметно меньше; слабым ученикам "
        "полоски нужны дольше.",
        method="мастер-класс", grades=(5, 6), class_grade=5, class_letter="А", class_year=2026,
        offered_on=date(2025, 9, 15),
        steps=(
            _offered(date(2025, 9, 15)),
            DemoStep(
                PracticeState.ON_TRIAL, date(2025, 9, 30), date(2025, 10, 1), date(2026, 5, 15),
                "руководитель клуба",
            ),
            DemoStep(
                PracticeState.TRIED, date(2026, 6, 16), protocol_number="4",
                reason="Апробирована в трёх школах; отмечено, что полоски нужны не всем ученикам.",
            ),
            DemoStep(
                PracticeState.RECOMMENDED, date(2026, 9, 23), protocol_number="1",
                reason="Рекомендовать учителям 5–6 классов; показать на вебинаре клуба.",
            ),
        ),
        uses=(
            DemoUse(
                "edu990101", 5, "Б", 2026, date(2025, 11, 10), UseOutcome.HELPED,
                "Полоски делали сами дети, хватило четырёх уроков.", "Учитель математики, школа № 1",
                date(2026, 5, 20),
            ),
            DemoUse(
                "edu990105", 5, "А", 2026, date(2025, 12, 1), UseOutcome.PARTLY,
                "С вычитанием не помогло, вернулись к числовой прямой.", "Учитель математики, Берёзовская школа",
                date(2026, 5, 21),
            ),
        ),
        notes=(
            DemoNote(
                "Сколько времени уходит, если класс слабый?", "Учитель математики, школа № 2", date(2026, 9, 28),
                is_question=True,
            ),
            DemoNote(
                "Восемь уроков вместо шести; сравнение долей не сокращайте, на нём всё держится.",
                "Орлова Т. В., учитель математики", date(2026, 9, 29), is_answer=True,
            ),
            DemoNote(
                "Попробовали с магнитными полосками на доске – быстрее, но дети меньше делают сами.",
                "Учитель математики, школа № 1", date(2026, 10, 15),
            ),
        ),
    ),
    DemoPractice(
        "edu990105", _AREA, "Математика", ("площадь и периметр",), "Белова С. И., учитель начальных классов",
        problem="Площадь и периметр путают: обе величины для детей – «умножить стороны».",
        actions="До формулы две недели измеряем: накрываем фигуру клетками, обходим её ниткой, сравниваем фигуры с "
        "одинаковым периметром и разной площадью.",
        repeat="Раздать палетки и фигуры неправильной формы.\nНа каждом уроке – пара фигур «периметр равен, площадь "
        "нет».\nФормулу вводить, когда дети сами назовут способ считать быстрее.",
        conditions="Палетки на прозрачной плёнке, нитки, клетчатые листы.",
        grades=(3, 4), class_grade=4, class_letter="А", class_year=2027, offered_on=date(2026, 9, 10),
        steps=(
            _offered(date(2026, 9, 10)),
            DemoStep(
                PracticeState.ON_TRIAL, date(2026, 9, 23), date(2026, 10, 1), date(2027, 4, 30),
                "методист начальных классов",
            ),
        ),
        notes=(
            DemoNote(
                "Можно ли начать в третьем классе?", "Учитель начальных классов, школа № 4", date(2026, 10, 20),
                is_question=True,
            ),
        ),
    ),
    DemoPractice(
        "edu990106", "Домашние опыты по тепловым явлениям", "Физика", ("тепловые явления",),
        "Учитель физики Лесновской школы",
        problem="Приборов на всех нет, явления знают по видео и не могут объяснить опыт.",
        actions="Пять домашних опытов с кружкой, фольгой и термометром; на уроке – только обсуждение записей.",
        repeat="Раздать карточки опытов.\nСобрать таблицы измерений.\nНа уроке сравнить результаты, объяснить разброс.",
        conditions="Комнатный термометр, фольга, карточки; согласие родителей.",
        result="Дети стали приводить в ответах собственные наблюдения.", method="открытый урок", grades=(8,),
        class_grade=8, class_letter="А", class_year=2026, offered_on=date(2025, 10, 6),
        steps=(
            _offered(date(2025, 10, 6)),
            DemoStep(
                PracticeState.ON_TRIAL, date(2025, 10, 20), date(2025, 11, 1), date(2026, 4, 30), "методист по физике",
                body="РМО учителей физики",
            ),
            DemoStep(
                PracticeState.TRIED, date(2026, 6, 18), protocol_number="3",
                reason="Опыт одной малой школы: до рекомендации попробовать ещё в двух.", body="РМО учителей физики",
            ),
        ),
    ),
    DemoPractice(
        "edu990101", "Текстовая задача: сначала схема", "Математика", ("текстовые задачи",),
        "Учитель математики школы № 1",
        problem="Вычислять умеют, а задачу с теми же числами не решают: не видят, что с чем связано.",
        actions="Запрет на вычисления первые пять минут: только схема и вопрос к ней. Схемы сравниваем в парах.",
        repeat="Три недели каждый урок начинать с одной задачи.\nОценивать схему отдельно от ответа.",
        task_types=("текстовая задача",), grades=(5, 6), class_grade=6, class_letter="А", class_year=2027,
        offered_on=date(2026, 11, 9), steps=(_offered(date(2026, 11, 9)),),
    ),
    DemoPractice(
        "edu990104", "Разбор слова на скорость", "Русский язык", ("состав слова",),
        "Учитель начальных классов школы № 4",
        problem="Медленно разбирают слово по составу.", actions="Соревнования на время, счёт очков.",
        repeat="Карточки со словами, секундомер.", grades=(4,), offered_on=date(2026, 9, 2),
        steps=(
            _offered(date(2026, 9, 2)),
            DemoStep(
                PracticeState.REJECTED, date(2026, 9, 16),
                reason="Скорость закрепляет ошибку: предложите вариант, где ученик объясняет границы морфем.",
            ),
        ),
    ),
)

EVENTS = (
    DemoEvent(
        EventKind.WEBINAR, "Дроби: от модели к записи", date(2026, 10, 14), "15:00", "руководитель клуба",
        ("обыкновенные дроби",), "Как перейти от наглядной модели к правилу; что делать с отстающими.", _FRACTIONS,
        EventState.HELD, 34, "Показан фрагмент урока, разобраны типичные ошибки из работ 2025 года.",
    ),
    DemoEvent(
        EventKind.WEBINAR, "Площадь и периметр: почему путают", date(2026, 11, 11), "15:00",
        "методист начальных классов", ("площадь и периметр",),
        "Не хватает заданий на построение фигур; формулу вводят слишком рано.", _AREA, EventState.HELD, 27,
        "Договорились собрать общий набор заданий на клетчатой бумаге.",
    ),
    DemoEvent(
        EventKind.MASTER_CLASS, "Схема вместо краткой записи", date(2026, 12, 9), "14:30",
        "учитель математики школы № 1", ("текстовые задачи",), "", "", EventState.PLANNED,
    ),
)

ANSWERS: tuple[tuple[tuple[int, str, str], ...], ...] = (
    (
        (5, "Фрагмент урока и лист наблюдений.", ""), (5, "", ""), (4, "Разбор ошибок.", "Мало времени на вопросы."),
        (5, "Можно взять и завтра провести.", ""), (4, "", "Раздайте карточки заранее."), (4, "", ""),
        (3, "", "Хочется про 6 класс."), (5, "", ""), (4, "Идея с листом «Вижу – записываю».", ""), (5, "", ""),
        (4, "", ""), (5, "", ""),
    ),
    (
        (4, "Пары фигур с равным периметром.", ""), (5, "", ""), (3, "", "Звук прерывался."), (4, "", ""),
        (4, "Видно, почему путают.", "Нужен готовый набор заданий."), (5, "", ""), (4, "", ""),
    ),
)
"""Answers by the place of the event: mark 1–5, what was useful, what was missing."""

DECISIONS: tuple[tuple[tuple[str, str, str, date | None], ...], ...] = (
    (
        (
            "Разослать лист наблюдений и карточки всем школам.", "руководитель клуба", "до 21 октября 2026 года",
            date(2026, 10, 20),
        ),
    ),
    (
        (
            "Собрать набор заданий на клетчатой бумаге для 3–4 классов.", "методист начальных классов",
            "до 1 декабря 2026 года", None,
        ),
        ("Обсудить результаты апробации на встрече клуба.", "руководитель клуба", "май 2027 года", None),
    ),
)
"""Decisions by the place of the event: text, who, term, when it was done."""
