"""Individual route, plan of self-education and plan of professional development as Word documents."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.people_words import UNKNOWN, head_post, organisation_name, paragraphs, person_words
from core.documents.rendering import Value
from core.errors import NotFound
from core.people.scope import Scope
from core.support.course_tables import EnrolmentState
from core.support.courses import EnrolmentCard, list_enrolments
from core.support.event_tables import MethodicalEvent
from core.support.events import list_events
from core.support.route_tables import RouteStep
from core.support.routes import get_route
from core.support.self_education import list_topics
from core.support.self_education_tables import SelfEducationStage
from core.words import academic_year, day


def route_document(session: Session, scope: Scope, route_id: int) -> bytes:
    """Return an individual route as .docx. Raises NotFound out of scope."""
    card = get_route(session, scope, route_id)
    row = card.row
    person = person_words(session, scope, row.teacher_id, date.today())
    before, after = card.levels
    diagnosed = f"{day(row.diagnosed_on)}, уровень: {before or UNKNOWN}" if row.diagnosed_on else UNKNOWN
    if after:
        diagnosed += f"; повторно: {after}"
    return fill(session, row.organisation_id, "individual-route", {
        "организация": organisation_name(session, row.organisation_id),
        "период": f"{day(row.starts_on)} – {day(row.ends_on)}",
        "педагог": person.name, "должность": person.position, "предметы": person.subjects, "стаж": person.experience,
        "категория": person.category, "диагностика": diagnosed, "тьютор": row.tutor or UNKNOWN,
        "приказ": f"приказ № {row.approval_order} от {day(row.approved_on)}" if row.approved_on else "проект",
        "шаги": [_step(place, step) for place, step in enumerate(card.steps, start=1)],
        "заключение": list(paragraphs(row.conclusion)),
    })


def self_education_document(session: Session, scope: Scope, topic_id: int) -> bytes:
    """Return a plan of self-education as .docx. Raises NotFound out of scope."""
    card = next((one for one in list_topics(session, scope) if one.row.id == topic_id), None)
    if card is None:
        raise NotFound("Тема самообразования")
    row = card.row
    person = person_words(session, scope, row.teacher_id, date.today())
    return fill(session, row.organisation_id, "self-education", {
        "организация": organisation_name(session, row.organisation_id),
        "период": f"{day(row.starts_on)} – {day(row.ends_on)}",
        "педагог": person.name, "должность": person.position, "категория": person.category, "тема": row.topic,
        "актуальность": list(paragraphs(row.relevance)), "цель": list(paragraphs(row.aim)),
        "задачи": list(paragraphs(row.tasks)), "литература": list(paragraphs(row.literature)),
        "этапы": [_stage(stage) for stage in card.stages],
    })


def qualification_plan_document(session: Session, scope: Scope, organisation_id: int, year: int) -> bytes:
    """Return the plan of professional development of an academic year (its spring) as .docx, with the courses."""
    events = list_events(session, scope, organisation_id, year)
    courses = courses_of_year(session, scope, organisation_id, year)
    return fill(session, organisation_id, "qualification-plan", {
        "организация": organisation_name(session, organisation_id),
        "утверждает": head_post(session, organisation_id),
        "год": academic_year(year),
        "строки": [_event(place, event.row) for place, event in enumerate(events, start=1)],
        "курсы": [_course(place, card) for place, card in enumerate(courses, start=1)],
    })


def courses_of_year(session: Session, scope: Scope, organisation_id: int, year: int) -> list[EnrolmentCard]:
    """Return who goes to which course in an academic year, the earliest first; requests without days count too."""
    first, last = date(year - 1, 7, 1), date(year, 6, 30)
    found = [
        card
        for card in list_enrolments(session, scope)
        if card.row.organisation_id == organisation_id
        and card.row.state not in (EnrolmentState.REFUSED, EnrolmentState.DROPPED)
        and (card.row.starts_on is None or first <= card.row.starts_on <= last)
    ]
    return found[::-1]


def _step(place: int, step: RouteStep) -> dict[str, Value]:
    done = day(step.done_on) if step.done_on else ""
    return {
        "номер": place, "дефицит": step.deficit, "задача": step.task, "мероприятие": step.activity, "форма": step.form,
        "срок": step.deadline_text, "предъявление": step.result_form,
        "отметка": ", ".join(part for part in (step.outcome.rstrip("."), done) if part),
    }


def _stage(stage: SelfEducationStage) -> dict[str, Value]:
    reported = day(stage.reported_on) if stage.reported_on else ""
    return {
        "название": stage.phase.value, "мероприятия": stage.activities, "срок": stage.deadline_text,
        "результат": stage.expected_result, "форма": stage.report_form,
        "отчёт": ", ".join(part for part in (stage.report.rstrip("."), reported) if part),
    }


def _event(place: int, row: MethodicalEvent) -> dict[str, Value]:
    held = f", {day(row.held_on)}" if row.held_on else ""
    return {
        "номер": place, "содержание": row.content, "срок": row.deadline_text, "форма": row.form,
        "ответственные": row.responsible, "отметка": f"{row.state.value}{held}",
    }


def _course(place: int, card: EnrolmentCard) -> dict[str, Value]:
    row, course = card.row, card.course
    module = f" ({course.module_hours})" if course.module_hours else ""
    dates = " – ".join(day(when) for when in (row.starts_on, row.ends_on) if when is not None)
    document = f", документ № {row.document_number}" if row.document_number else ""
    return {
        "номер": place, "педагог": card.teacher,
        "программа": f"{course.title}, {course.provider}" if course.provider else course.title,
        "часы": f"{course.hours}{module}", "даты": dates or UNKNOWN,
        "дефицит": row.reason or UNKNOWN,
        "состояние": f"{row.state.value}{document}",
    }
