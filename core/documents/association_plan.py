"""The year's plan of a methodical association: tasks from the model's stages, members, meetings, measures, events."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.cycle.chosen import model_of
from core.cycle.cycle_tables import Cycle
from core.cycle.models import Model, models
from core.cycle.records import Level
from core.documents.own_templates import fill
from core.documents.people_words import UNKNOWN, head_post, organisation_name, person_words
from core.documents.rendering import Value
from core.errors import NotFound
from core.people.academic_year import year_name, year_on
from core.people.association_tables import Association
from core.people.associations import association_name, get_association, list_members
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.planning.access import actor_of, sees
from core.planning.measures import rows_of, tree_of
from core.planning.meetings import list_meetings
from core.planning.roadmaps import list_roadmaps
from core.planning.storing_tables import table_rows
from core.planning.tables import MeasureKind, Meeting, Roadmap
from core.planning.tree import flat
from core.support.event_tables import MethodicalEvent
from core.support.self_education import list_topics
from core.words import day, listing

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)


def association_plan_document(session: Session, scope: Scope, association_id: int, year: int) -> bytes:
    """Return the plan of an association in an academic year (its spring) as .docx. Raises NotFound out of scope."""
    row = visible_association(session, scope, association_id)
    return fill(session, row.organisation_id, "association-plan", plan_values(session, scope, row, year))


def visible_association(session: Session, scope: Scope, association_id: int) -> Association:
    """Return an association whose plans the actor sees; raise NotFound for any other."""
    row = get_association(session, scope, association_id)
    if not sees(scope, actor_of(session, scope), row.organisation_id, association_id):
        raise NotFound("Объединение")
    return row


def plan_values(session: Session, scope: Scope, row: Association, year: int) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    name = association_name(row)
    model = model_for(session, row.organisation_id, year)
    measures = plan_measures(session, scope, row, year)
    people = list_members(session, scope, row.id or 0)
    return {
        "организация": organisation_name(session, row.organisation_id),
        "объединение": name,
        "год": year_name(year),
        "предметы": listing(row.subjects) if row.subjects else "",
        "утверждает": head_post(session, row.organisation_id),
        "модель": model.file.title,
        "тема": model.file.theme or "",
        "задачи": [stage.name for stage in model.file.stages],
        "цели": [one.goal for one in _roadmaps(session, scope, row, year) if one.goal],
        "члены": plan_members(session, scope, row),
        "заседания": [
            _meeting(place, one)
            for place, one in enumerate(sorted(plan_meetings(session, scope, row, year), key=_when), start=1)
        ],
        "мероприятия": measures,
        "события": [_event(place, one) for place, one in enumerate(plan_events(session, scope, row, year), start=1)],
        "руководитель": next((one.name for one in people if one.is_head), ""),
    }


def model_for(session: Session, organisation_id: int, year: int) -> Model:
    """Return the model by which the organisation, or the nearest one above, goes in the year.

    Where no cycle was opened: the shipped model of an association.
    """
    tree = load_tree(session, Scope.local_administrator())
    for place in (organisation_id, *(unit.id or 0 for unit in tree.above(organisation_id))):
        cycle = session.exec(
            select(Cycle).where(
                Cycle.organisation_id == place, Cycle.year == year, col(Cycle.deleted_at).is_(None)
            )
        ).first()
        if cycle is not None:
            return model_of(session, cycle)
    return next((one for one in models() if one.file.level is Level.ASSOCIATION), models()[0])


def plan_members(session: Session, scope: Scope, row: Association) -> list[dict[str, Value]]:
    """Return the members of today with what is known of them, heads first."""
    topics: dict[int, str] = {}
    if scope.allows(Action.VIEW_HELP):
        for card in list_topics(session, scope):
            topics.setdefault(card.row.teacher_id, card.row.topic)
    found: list[dict[str, Value]] = []
    for place, member in enumerate(list_members(session, scope, row.id or 0), start=1):
        person = person_words(session, scope, member.teacher_id, date.today())
        found.append({
            "номер": place, "имя": f"{member.name} (руководитель)" if member.is_head else member.name,
            "должность": person.position, "стаж": person.experience, "категория": person.category,
            "тема": topics.get(member.teacher_id, UNKNOWN),
        })
    return found


def _roadmaps(session: Session, scope: Scope, row: Association, year: int) -> list[Roadmap]:
    """Return the roadmaps of the association, and those of its organisation on its subjects, that reach the year."""
    first, last = date(year - 1, 9, 1), date(year, 8, 31)
    return [
        one
        for one in list_roadmaps(session, scope, row.organisation_id)
        if (one.association_id == row.id or (one.association_id is None and one.subject in row.subjects))
        and one.starts_on <= last
        and one.ends_on >= first
    ]


def plan_measures(session: Session, scope: Scope, row: Association, year: int) -> list[dict[str, Value]]:
    """Return the measures of the roadmaps that fall into the year, or into none."""
    first, last = date(year - 1, 9, 1), date(year, 8, 31)
    found: list[dict[str, Value]] = []
    for roadmap in _roadmaps(session, scope, row, year):
        tree = tree_of(session, roadmap.id or 0)
        known = rows_of(session, scope, roadmap, flat(tree), date.today())
        found.extend(
            {
                "номер": written.official_number, "мероприятие": written.title, "срок": written.deadline or UNKNOWN,
                "результат": written.indicator or written.expected_result or UNKNOWN,
                "ответственные": written.owner or UNKNOWN,
            }
            for one, written in zip(known, table_rows(tree), strict=True)
            if one.kind is not MeasureKind.GROUP
            and (not one.check_dates or any(first <= when <= last for when in one.check_dates))
        )
    return found


def plan_meetings(session: Session, scope: Scope, row: Association, year: int) -> list[Meeting]:
    """Return the meetings of the association in an academic year."""
    return [
        one
        for one in list_meetings(session, scope, row.organisation_id, row.id)
        if year_on(one.held_on) == year
    ]


def _when(one: Meeting) -> date:
    return one.held_on


def _meeting(place: int, one: Meeting) -> Value:
    return {
        "номер": one.number or str(place), "месяц": _MONTHS[one.held_on.month - 1], "дата": day(one.held_on),
        "тема": one.topic or UNKNOWN, "ответственные": one.chair or UNKNOWN,
    }


def plan_events(session: Session, scope: Scope, row: Association, year: int) -> list[MethodicalEvent]:
    """Return the events of the association's organisation in a year: its own and those of everybody."""
    if not scope.allows(Action.VIEW_HELP):
        return []
    query = select(MethodicalEvent).where(
        MethodicalEvent.organisation_id == row.organisation_id, MethodicalEvent.year == year,
        col(MethodicalEvent.deleted_at).is_(None),
        col(MethodicalEvent.association_id).is_(None) | (col(MethodicalEvent.association_id) == row.id),
    )
    return list(session.exec(query.order_by(col(MethodicalEvent.position), col(MethodicalEvent.id))))


def _event(place: int, one: MethodicalEvent) -> Value:
    return {
        "номер": place, "содержание": one.content, "срок": one.deadline_text or UNKNOWN, "форма": one.form or UNKNOWN,
        "ответственные": one.responsible or UNKNOWN,
    }
