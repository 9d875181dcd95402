"""Kinds of documents on methodical help and monitoring: mentorship, routes, plans, expected results."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.documents.development_documents import (
    qualification_plan_document,
    route_document,
    self_education_document,
)
from core.documents.expected_document import expected_document
from core.documents.kinds import DocumentKind, Subject, by_id, by_year, year_key
from core.documents.mentorship_documents import order_document, state_document
from core.documents.mentorship_orders import order_subjects, several_order
from core.documents.mentorship_programme import programme_document
from core.documents.sheets import (
    expected_workbook,
    mentorship_state_workbook,
    qualification_plan_workbook,
    route_workbook,
)
from core.monitoring.value_tables import ExpectedResult
from core.people.academic_year import year_name, year_on
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.support.access import sees_organisation
from core.support.event_tables import MethodicalEvent
from core.support.mentorship_cards import MentorshipCard, list_mentorships
from core.support.routes import list_routes
from core.support.self_education import list_topics
from core.words import day

_LONGEST = 160


def organisations_of(session: Session, scope: Scope, action: Action) -> list[Organisation]:
    """Return the open organisations in which the actor has the right as a whole, by name."""
    reach = scope.require(action)
    tree = load_tree(session, scope)
    found = [
        unit
        for unit in tree.organisations.values()
        if (unit.closed_on is None or unit.closed_on > tree.day) and reach.sees_organisation(unit.id or 0)
    ]
    return sorted(found, key=lambda unit: natural_key(unit.name))


def _mentorships(session: Session, scope: Scope) -> list[Subject]:
    return [_mentorship(card) for card in list_mentorships(session, scope)]


def _mentorship(card: MentorshipCard) -> Subject:
    names = ", ".join(card.mentees.values())
    return _of_person(card.row.id or 0, f"{card.mentor} – {names}", card.row.organisation_id, card.row.starts_on)


def _of_person(row_id: int, title: str, organisation_id: int, starts_on: date) -> Subject:
    """Return the subject of a paper on persons; its file is called by number and day."""
    return Subject(
        str(row_id), title[:_LONGEST], organisation_id, year_on(starts_on), f"№ {row_id} с {day(starts_on)}"
    )


def _routes(session: Session, scope: Scope) -> list[Subject]:
    return [
        _of_person(card.row.id or 0, card.teacher, card.row.organisation_id, card.row.starts_on)
        for card in list_routes(session, scope)
    ]


def _topics(session: Session, scope: Scope) -> list[Subject]:
    return [
        _of_person(
            card.row.id or 0, f"{card.teacher}: {card.row.topic}", card.row.organisation_id, card.row.starts_on
        )
        for card in list_topics(session, scope)
    ]


def _states(session: Session, scope: Scope) -> list[Subject]:
    year = year_on(date.today())
    return [
        Subject(str(unit.id), unit.name, unit.id or 0, year)
        for unit in organisations_of(session, scope, Action.VIEW_HELP)
        if sees_organisation(scope, unit.id or 0)
    ]


def _plans(session: Session, scope: Scope) -> list[Subject]:
    """Return the plans that have rows, the newest year first."""
    known = session.exec(
        select(MethodicalEvent.organisation_id, MethodicalEvent.year)
        .where(col(MethodicalEvent.deleted_at).is_(None))
        .group_by(col(MethodicalEvent.organisation_id), col(MethodicalEvent.year))
    ).all()
    units = {unit.id or 0: unit.name for unit in organisations_of(session, scope, Action.VIEW_HELP)}
    found = sorted(((year, organisation_id) for organisation_id, year in known if organisation_id in units),
                   key=lambda one: (-one[0], natural_key(units[one[1]])))
    return [
        Subject(year_key(organisation_id, year), f"{units[organisation_id]}, {year_name(year)}", organisation_id, year)
        for year, organisation_id in found
    ]


def _expected(session: Session, scope: Scope) -> list[Subject]:
    filled = set(session.exec(select(ExpectedResult.organisation_id).where(col(ExpectedResult.deleted_at).is_(None))))
    return [
        Subject(str(unit.id), unit.name, unit.id or 0)
        for unit in organisations_of(session, scope, Action.VIEW_INDICATORS)
        if unit.id in filled
    ]


def _order(session: Session, scope: Scope, mentorship_id: int) -> bytes:
    return order_document(session, scope, [mentorship_id])


HELP_KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "mentorship", "Программа наставничества", "mentorship", "пара, цели из дефицитов, журнал встреч, анкеты",
        Action.VIEW_HELP, _mentorships, {"docx": by_id(programme_document)}, ("mentorship-programme",),
    ),
    DocumentKind(
        "mentorship-order", "Приказ о закреплении пары", "mentorship", "состав пары или группы, сроки, согласия",
        Action.VIEW_HELP, _mentorships, {"docx": by_id(_order)}, ("mentorship-order",),
    ),
    DocumentKind(
        "mentorship-orders", "Приказ о закреплении нескольких пар", "mentorship",
        "пары и группы одного приказа или те, которые готовятся", Action.VIEW_HELP, order_subjects,
        {"docx": several_order}, ("mentorship-order",),
    ),
    DocumentKind(
        "mentorship-state", "Анализ состояния наставничества", "mentorship",
        "пары, журналы и анкеты с начала учебного года", Action.VIEW_HELP, _states,
        {"docx": by_id(state_document), "xlsx": by_id(mentorship_state_workbook)},
        ("mentorship-state",),
    ),
    DocumentKind(
        "route", "Индивидуальный образовательный маршрут", "development", "дефициты педагога и шаги маршрута",
        Action.VIEW_HELP, _routes, {"docx": by_id(route_document), "xlsx": by_id(route_workbook)},
        ("individual-route",),
    ),
    DocumentKind(
        "topic", "План самообразования", "development", "тема, цель и этапы самообразования",
        Action.VIEW_HELP, _topics, {"docx": by_id(self_education_document)}, ("self-education",),
    ),
    DocumentKind(
        "qualification-plan", "План повышения квалификации", "development", "план мероприятий года и заявки на курсы",
        Action.VIEW_HELP, _plans,
        {"docx": by_year(qualification_plan_document), "xlsx": by_year(qualification_plan_workbook)},
        ("qualification-plan",),
    ),
    DocumentKind(
        "expected-results", "Таблица ожидаемых результатов", "indicators",
        "ожидаемые документы по годам и подтверждения", Action.VIEW_INDICATORS, _expected,
        {"docx": by_id(expected_document), "xlsx": by_id(expected_workbook)}, ("expected-results",),
    ),
)
