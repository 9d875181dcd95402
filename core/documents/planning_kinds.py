"""Kinds of documents on planning: minutes, roadmaps, recommendations, and practices that they lean on."""

from __future__ import annotations

from sqlmodel import Session

from core.documents.kinds import DocumentKind, Subject, by_id, by_year, year_key
from core.documents.minutes_document import minutes_document
from core.documents.practice_document import practice_document
from core.documents.recommendation_document import recommendation_document
from core.documents.roadmap_document import roadmap_document
from core.people.academic_year import year_on
from core.people.scope import Action, Scope
from core.planning.approved_editions import export_edition, list_editions
from core.planning.bodies import COUNCIL
from core.planning.meetings import list_meetings
from core.planning.recommendations.listing import list_recommendations
from core.planning.roadmaps import list_roadmaps
from core.planning.tables import AddresseeKind, Recommendation
from core.planning.workbook import export_roadmap
from core.practice.library import find_practices
from core.words import day

_LONGEST = 160


def meeting_subjects(session: Session, scope: Scope) -> list[Subject]:
    """Return the meetings that the actor sees, the latest first."""
    return [
        Subject(
            str(row.id), ", ".join(part for part in (
                f"№ {row.number}" if row.number else "", row.body or COUNCIL, day(row.held_on), row.topic
            ) if part)[:_LONGEST], row.organisation_id, year_on(row.held_on),
        )
        for row in list_meetings(session, scope)
    ]


def roadmap_subjects(session: Session, scope: Scope) -> list[Subject]:
    """Return the roadmaps that the actor sees; each belongs to the academic year in which it begins."""
    return [
        Subject(str(row.id), row.title[:_LONGEST], row.organisation_id, year_on(row.starts_on))
        for row in list_roadmaps(session, scope)
    ]


def _editions(session: Session, scope: Scope) -> list[Subject]:
    """Return the approved editions; each belongs to the academic year in which its roadmap begins."""
    return [
        Subject(
            year_key(one.roadmap.id or 0, one.number), f"Редакция {one.number}: {one.roadmap.title}"[:_LONGEST],
            one.roadmap.organisation_id, year_on(one.roadmap.starts_on),
        )
        for one in list_editions(session, scope)
    ]


def _recommendations(session: Session, scope: Scope) -> list[Subject]:
    return [
        Subject(
            str(one.id), ", ".join(part for part in (
                one.addressee.name, one.row.title, one.row.subject
            ) if part)[:_LONGEST], one.row.organisation_id,
            year_on(one.row.sent_on) if one.row.sent_on is not None else 0, recommendation_file(one.row),
        )
        for one in list_recommendations(session, scope)
    ]


def recommendation_file(row: Recommendation) -> str | None:
    """Return what stands in the name of the file of a recommendation to a teacher: its number and day; else None."""
    if row.addressee is not AddresseeKind.TEACHER:
        return None
    return f"№ {row.id} от {day(row.sent_on)}" if row.sent_on is not None else f"№ {row.id}, черновик"


def _practices(session: Session, scope: Scope) -> list[Subject]:
    return [
        Subject(str(one.id), one.title[:_LONGEST], one.organisation_id, year_on(one.created_at.date()))
        for one in find_practices(session, scope)
    ]


def _control(session: Session, scope: Scope, roadmap_id: int) -> bytes:
    return roadmap_document(session, scope, roadmap_id, with_control=True)


PLANNING_KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "minutes", "Протокол заседания", "meeting", "повестка, явка, решения и голосование заседания",
        Action.VIEW_ROADMAPS, meeting_subjects, {"docx": by_id(minutes_document)}, ("minutes",),
    ),
    DocumentKind(
        "roadmap", "Дорожная карта", "roadmaps", "мероприятия карты и её согласование",
        Action.VIEW_ROADMAPS, roadmap_subjects,
        {"docx": by_id(roadmap_document), "xlsx": by_id(export_roadmap)}, ("roadmap",),
    ),
    DocumentKind(
        "roadmap-control", "Контроль дорожной карты", "roadmaps", "мероприятия карты, их ход и отметки о выполнении",
        Action.VIEW_ROADMAPS, roadmap_subjects,
        {"docx": by_id(_control), "xlsx": by_id(export_roadmap)}, ("roadmap-control",),
    ),
    DocumentKind(
        "roadmap-edition", "Утверждённая редакция дорожной карты", "roadmaps",
        "карта и её согласование, какими их утвердили", Action.VIEW_ROADMAPS, _editions,
        {"docx": by_year(roadmap_document), "xlsx": by_year(export_edition)}, ("roadmap",),
    ),
    DocumentKind(
        "recommendation", "Адресные рекомендации", "recommendations", "основания с числами, практики, срок и ответ",
        Action.VIEW_RECOMMENDATIONS, _recommendations, {"docx": by_id(recommendation_document)}, ("recommendation",),
    ),
    DocumentKind(
        "practice", "Описание практики", "practices", "описание, апробация, изменение результатов",
        Action.VIEW_PRACTICES, _practices, {"docx": by_id(practice_document)}, ("practice",),
    ),
)
