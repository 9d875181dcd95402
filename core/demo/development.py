"""Development of the demo's teachers: courses, routes, self-education, visits, events and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from sqlmodel import Session, select

from core.demo.municipality import MUNICIPALITY, SCHOOLS
from core.demo.teachers import DemoTeacher
from core.diagnostics.instrument_tables import Competence
from core.support.course_tables import Course, CourseEnrolment, CourseFeedback, EnrolmentState
from core.support.event_tables import EventFeedback, EventState, MethodicalEvent
from core.support.events import event_plan
from core.support.help_request_tables import HelpRequest, RequestState
from core.support.route_tables import IndividualRoute, RouteState, RouteStep
from core.support.self_education_tables import SelfEducation, SelfEducationPhase, SelfEducationStage
from core.support.visit_tables import LessonVisit, Seen, VisitLookFor

_AUTHOR = "Учебные данные"
_YEAR = 2027
_METHODS, _NEEDS = "methods", "individual-needs"
"""Competences with which the demo's help is; others wait for help in the matrix of coverage."""
_COURSES = (
    ("Методика работы с проблемными полями: обыкновенные дроби", "Математика", 72, 48, ("maths-fractions",)),
    ("Геометрия в основной школе: от чертежа к доказательству", "Математика", 72, 48,
     ("maths-geometry", "maths-reasoning")),
    ("Работа с текстом и критериальное оценивание", "Русский язык", 72, 36, ()),
    ("Физический эксперимент и качественные задачи", "Физика", 36, 24, ()),
    ("Формирующее оценивание и обратная связь", "", 36, 0, ("assessment",)),
)
_QUESTIONS = (
    (
        "Как объяснить, почему при делении дробей вторую переворачивают?",
        "Через модель: сколько раз доля помещается в целом.", True,
    ),
    ("Что делать, если половина класса не приступает к последнему заданию?", "", False),
    ("Как оценить сочинение, если нет одного из критериев?", "Оцените остальные, критерий отметьте отдельно.", True),
)


def add_development(session: Session, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> int:
    """Add courses with their participants and everything else about development; return the number of enrolments."""
    town = units[MUNICIPALITY.code]
    methods, needs = (
        session.exec(select(Competence.id).where(Competence.shipped_key == key)).first() for key in (_METHODS, _NEEDS)
    )
    courses = _add_courses(session, town)
    enrolments = sum(
        _add_enrolments(session, units, place, one, courses, methods) for place, one in enumerate(teachers)
    )
    for place, one in enumerate(teachers[::6]):
        _add_route(session, units[one.school], one, place, methods)
    for one in teachers[1::5]:
        _add_topic(session, units[one.school], one)
    for school in SCHOOLS[:4]:
        here = [one for one in teachers if one.school == school.code]
        _add_visit(session, units[school.code], here, needs)
        _add_events(session, units[school.code])
    for (question, answer, shared), one in zip(_QUESTIONS, teachers, strict=False):
        _add_question(session, units[one.school], one, question, answer, shared)
    session.flush()
    return enrolments


def _add_courses(session: Session, organisation: int) -> list[Course]:
    ids = {row.shipped_key: row.id or 0 for row in session.exec(select(Competence))}
    rows = [
        Course(
            organisation_id=organisation, title=title, provider="Институт развития образования (вымышлен)",
            subject=subject, hours=hours, module_hours=module, form="очно-заочно", in_federal_register=place % 2 == 0,
            competence_ids=[ids[key] for key in develops],
        )
        for place, (title, subject, hours, module, develops) in enumerate(_COURSES)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _add_enrolments(
    session: Session, units: Mapping[str, int], place: int, one: DemoTeacher, courses: Sequence[Course],
    competence: int | None,
) -> int:
    """Add the courses of a teacher: one in the past, for some another now. A fifth have none: they are due."""
    fitting = [course for course in courses if course.subject in ("", one.subject)]
    if place % 5 == 0:
        return 0
    past = date((2022, 2024, 2025, 2026)[place % 4], 3, 10)
    finished = CourseEnrolment(
        organisation_id=units[one.school], teacher_id=one.id, course_id=fitting[0].id or 0, starts_on=past,
        ends_on=past.replace(day=28), state=EnrolmentState.FINISHED, reason="плановое повышение квалификации",
        requested_by=_AUTHOR, document_number=f"УПК-{1000 + one.id}", document_on=past.replace(day=30),
    )
    session.add(finished)
    session.flush()
    for is_exit, mark in ((False, 3), (True, 4 + place % 2)):
        session.add(
            CourseFeedback(
                organisation_id=units[one.school], enrolment_id=finished.id or 0, is_exit=is_exit,
                satisfaction=mark if is_exit else None, answers={"practice": mark, "content": mark},
                filled_on=past if not is_exit else past.replace(day=28),
            )
        )
    if place % 4:
        return 1
    state = (EnrolmentState.REQUESTED, EnrolmentState.APPROVED, EnrolmentState.STUDYING)[place % 3]
    session.add(
        CourseEnrolment(
            organisation_id=units[one.school], teacher_id=one.id, course_id=fitting[-1].id or 0,
            starts_on=date(2026, 11, 9) if state is EnrolmentState.STUDYING else date(2027, 1, 18),
            ends_on=date(2026, 12, 4) if state is EnrolmentState.STUDYING else date(2027, 2, 12), state=state,
            competence_id=competence, reason="дефицит: обратная связь по типичным ошибкам", requested_by=_AUTHOR,
            decided_by="" if state is EnrolmentState.REQUESTED else _AUTHOR,
            decided_on=None if state is EnrolmentState.REQUESTED else date(2026, 10, 12),
        )
    )
    return 2


def _add_route(session: Session, school: int, one: DemoTeacher, place: int, competence: int | None) -> None:
    state = (RouteState.APPROVED, RouteState.FINISHED, RouteState.DRAFT)[place % 3]
    finished = state is RouteState.FINISHED
    begins, ends = (date(2025, 9, 15), date(2026, 5, 29)) if finished else (date(2026, 9, 15), date(2027, 5, 28))
    route = IndividualRoute(
        organisation_id=school, teacher_id=one.id, diagnosed_on=begins, level_before="минимальный",
        level_after="средний" if finished else "", starts_on=begins, ends_on=ends, tutor="Методист ММК", state=state,
        approval_order="" if state is RouteState.DRAFT else f"{place + 40}-ОД",
        approved_on=None if state is RouteState.DRAFT else begins,
        conclusion="Уровень вырос, опыт представлен на заседании объединения." if finished else "",
    )
    session.add(route)
    session.flush()
    rows = (
        ("Курсы и отбор заданий", "курсы повышения квалификации", "октябрь", "Подборка заданий"),
        ("Открытый урок с обсуждением", "открытый урок", "февраль", "Лист наблюдения"),
    )
    for position, (activity, form, month, result) in enumerate(rows, start=1):
        year = ends.year if month == "февраль" else begins.year
        done = date(year, 2 if month == "февраль" else 10, 20)
        session.add(
            RouteStep(
                organisation_id=school, route_id=route.id or 0, position=float(position), competence_id=competence,
                deficit="обратная связь по типичным ошибкам", task="Освоить приёмы формирующего оценивания",
                activity=activity, form=form, deadline_text=f"{month} {year}", result_form=result,
                outcome="выполнено" if finished else "", done_on=done if finished else None,
            )
        )


def _add_topic(session: Session, school: int, one: DemoTeacher) -> None:
    topic = SelfEducation(
        organisation_id=school, teacher_id=one.id, topic=f"Задания на понимание: {one.subject.lower()}",
        aim="Собрать и проверить на уроках задания, которые вызывают затруднения", starts_on=date(2025, 9, 1),
        ends_on=date(2027, 5, 31),
    )
    session.add(topic)
    session.flush()
    for position, phase in enumerate(SelfEducationPhase, start=1):
        reported = date(2025, 12, 20) if position == 1 else date(2026, 5, 20) if position == 2 else None
        session.add(
            SelfEducationStage(
                organisation_id=school, topic_id=topic.id or 0, phase=phase, position=float(position),
                activities="Изучить литературу и опыт" if position == 1 else "Применить на уроках и обсудить",
                deadline_text=f"{'декабрь' if position % 2 else 'май'} {2025 + position // 2}",
                expected_result="Подборка заданий", report_form="выступление на ШМО",
                report="Выступление проведено" if reported else "", reported_on=reported,
            )
        )


def _add_visit(session: Session, school: int, here: Sequence[DemoTeacher], competence: int | None) -> None:
    if len(here) < 2:
        return
    visited, visitor = here[0], here[1]
    visit = LessonVisit(
        organisation_id=school, teacher_id=visited.id, visitor_teacher_id=visitor.id, held_on=date(2026, 10, 14),
        grade=5, letter="А", subject=visited.subject, topic="Урок повторения", purpose="Посмотреть обратную связь",
        conclusion="Ученики объясняют решение; слабым даны те же задания, что и всем.",
        advice="Подготовить карточки двух уровней.", written_by=_AUTHOR, competence_id=competence,
    )
    session.add(visit)
    session.flush()
    looked = (("Ученики сами объясняют способ решения", Seen.YES), ("Слабым ученикам дано другое задание", Seen.NO))
    for position, (text, seen) in enumerate(looked, start=1):
        session.add(
            VisitLookFor(
                organisation_id=school, visit_id=visit.id or 0, position=float(position), text=text, seen=seen
            )
        )


def _add_events(session: Session, school: int) -> None:
    for position, row in enumerate(event_plan().rows, start=1):
        held = position in (2, 4)
        event = MethodicalEvent(
            organisation_id=school, year=_YEAR, position=float(position), content=row.content,
            deadline_text=row.deadline, form=row.form, responsible=row.responsible,
            state=EventState.HELD if held else EventState.PLANNED, held_on=date(2026, 10, 28) if held else None,
            participants=7 if held else None,
        )
        session.add(event)
        session.flush()
        if held:
            for mark in (5, 4, 5, 3, 4):
                session.add(
                    EventFeedback(
                        organisation_id=school, event_id=event.id or 0, satisfaction=mark, filled_on=date(2026, 10, 29)
                    )
                )


def _add_question(
    session: Session, school: int, one: DemoTeacher, question: str, answer: str, shared: bool
) -> None:
    asked_at = datetime.combine(date(2026, 11, 5), time(9, 0), UTC)
    session.add(
        HelpRequest(
            organisation_id=school, teacher_id=one.id, subject=one.subject, question=question, asked_at=asked_at,
            asked_by=_AUTHOR, state=RequestState.ANSWERED if answer else RequestState.OPEN, answer=answer,
            answered_at=datetime.combine(date(2026, 11, 9), time(9, 0), UTC) if answer else None,
            answered_by="Методист ММК" if answer else "", may_be_shared=shared, in_bank=shared and bool(answer),
        )
    )
