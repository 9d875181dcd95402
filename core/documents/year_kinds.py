"""Kinds of documents of a year and a body: plan of an association, monitoring, closing note, agenda, approval sheet."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.cycle.cycle_tables import Cycle
from core.documents.approval_document import agenda_document, approval_sheet_document
from core.documents.association_plan import association_plan_document
from core.documents.association_sheet import association_plan_workbook
from core.documents.help_kinds import organisations_of
from core.documents.kinds import DocumentKind, Subject, by_id, by_year, year_key
from core.documents.planning_kinds import meeting_subjects, roadmap_subjects
from core.documents.sheets import approval_workbook, monitoring_workbook
from core.documents.work_tables import fields_workbook, items_workbook
from core.documents.year_documents import closing_document, monitoring_document
from core.intake.history import list_works
from core.monitoring.value_tables import IndicatorValue
from core.people.academic_year import year_name, year_on
from core.people.associations import association_name, list_associations
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.planning.access import actor_of, sees


def _plans(session: Session, scope: Scope) -> list[Subject]:
    """Return the associations whose plans the actor sees, in this academic year and the one before."""
    if not scope.allows(Action.VIEW_PEOPLE):
        return []
    actor, this_year = actor_of(session, scope), year_on(date.today())
    return [
        Subject(year_key(row.id or 0, year), f"{association_name(row)}, {year_name(year)}", row.organisation_id, year)
        for row in list_associations(session, scope)
        if sees(scope, actor, row.organisation_id, row.id)
        for year in (this_year, this_year - 1)
    ]


def _monitoring(session: Session, scope: Scope) -> list[Subject]:
    """Return the organisations in the years for which there are values, the running year too."""
    years = set(session.exec(select(IndicatorValue.year).group_by(col(IndicatorValue.year))))
    shown = sorted(years | {year_on(date.today())}, reverse=True)
    return [
        Subject(year_key(unit.id or 0, year), f"{unit.name}, {year_name(year)}", unit.id or 0, year)
        for unit in organisations_of(session, scope, Action.VIEW_INDICATORS)
        for year in shown
    ]


def _cycles(session: Session, scope: Scope) -> list[Subject]:
    known = load_tree(session, scope).organisations
    rows = session.exec(
        select(Cycle).where(col(Cycle.deleted_at).is_(None)).order_by(col(Cycle.year).desc(), col(Cycle.id))
    )
    return [
        Subject(
            str(row.id), f"{known[row.organisation_id].name}, {year_name(row.year)}, {row.state.value}",
            row.organisation_id, row.year,
        )
        for row in rows
        if row.organisation_id in known
    ]


def _works(session: Session, scope: Scope) -> list[Subject]:
    """Return the works. A work belongs to no organisation: the highest one that the actor knows stands for all."""
    tree = load_tree(session, scope)
    top = next((key for key, parent in tree.parents.items() if parent not in tree.organisations), None)
    if top is None:
        return []
    return [Subject(str(one.id), one.name, top, one.year) for one in list_works(session, scope)]


YEAR_KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "agenda", "Повестка заседания", "meeting", "пункты повестки и докладчики", Action.VIEW_ROADMAPS,
        meeting_subjects, {"docx": by_id(agenda_document)}, ("agenda",),
    ),
    DocumentKind(
        "approval-sheet", "Лист согласования", "roadmaps", "ход согласования и утверждения карты",
        Action.VIEW_ROADMAPS, roadmap_subjects,
        {"docx": by_id(approval_sheet_document), "xlsx": by_id(approval_workbook)}, ("approval-sheet",),
    ),
    DocumentKind(
        "association-plan", "План работы объединения", "roadmaps",
        "этапы управленческой модели, состав, заседания, мероприятия карт и план мероприятий года",
        Action.VIEW_ROADMAPS, _plans,
        {"docx": by_year(association_plan_document), "xlsx": by_year(association_plan_workbook)},
        ("association-plan",),
    ),
    DocumentKind(
        "monitoring", "Мониторинг показателей", "indicators", "значения показателей за отчётный год, план и изменение",
        Action.VIEW_INDICATORS, _monitoring,
        {"docx": by_year(monitoring_document), "xlsx": by_year(monitoring_workbook)}, ("monitoring",),
    ),
    DocumentKind(
        "closing-note", "Заключение по управленческому циклу", "cycle", "что решено, что повторяется и что перенесено",
        Action.VIEW, _cycles, {"docx": by_id(closing_document)}, ("closing-note",),
    ),
    DocumentKind(
        "items", "Выполнение заданий работы", "results", "результаты всех классов, которые вам видны",
        Action.VIEW, _works, {"xlsx": by_id(items_workbook)},
    ),
    DocumentKind(
        "problem-fields", "Проблемные поля работы", "problem-fields", "результаты всех классов, которые вам видны",
        Action.VIEW, _works, {"xlsx": by_id(fields_workbook)},
    ),
)
