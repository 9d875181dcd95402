"""Topics of self-education with their stages and reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed
from core.people.cell_values import choice_of_cell
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.store.live import live_row
from core.support.access import manages, names_of, require_managed, require_teacher, sees_teacher, workplaces
from core.support.cells import deadline_cell, long_text, past_day_cell, position_cell
from core.support.development_rules import require_order
from core.support.self_education_tables import SelfEducation, SelfEducationPhase, SelfEducationStage

STAGE_FIELDS = (
    "phase", "position", "activities", "deadline_text", "expected_result", "report_form", "report", "reported_on",
)
LONGEST_YEARS = 3
_LONGEST = {"report_form": 300}


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """What a topic of self-education is to be."""

    organisation_id: int
    teacher_id: int
    topic: str
    starts_on: date
    ends_on: date
    relevance: str = ""
    aim: str = ""
    tasks: str = ""
    literature: str = ""
    competence_id: int | None = None


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic as the actor sees it."""

    row: SelfEducation
    teacher: str
    stages: tuple[SelfEducationStage, ...]

    @property
    def reported(self) -> int:
        """Return how many stages have a report."""
        return sum(stage.reported_on is not None for stage in self.stages)


def list_topics(session: Session, scope: Scope, teacher_id: int | None = None) -> list[TopicCard]:
    """Return the topics of the teachers whom the actor sees, the latest first."""
    scope.require(Action.VIEW_HELP)
    query = select(SelfEducation).where(col(SelfEducation.deleted_at).is_(None))
    if teacher_id is not None:
        query = query.where(SelfEducation.teacher_id == teacher_id)
    actor = actor_of(session, scope)
    rows = [
        row
        for row in session.exec(query.order_by(col(SelfEducation.starts_on).desc(), col(SelfEducation.id).desc()))
        if sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    stages: dict[int, list[SelfEducationStage]] = {}
    found = session.exec(
        select(SelfEducationStage)
        .where(
            col(SelfEducationStage.topic_id).in_([row.id for row in rows]),
            col(SelfEducationStage.deleted_at).is_(None),
        )
        .order_by(col(SelfEducationStage.position), col(SelfEducationStage.id))
    )
    for stage in found:
        stages.setdefault(stage.topic_id, []).append(stage)
    names = names_of(session, scope, {row.teacher_id for row in rows})
    return [TopicCard(row, names.get(row.teacher_id, "—"), tuple(stages.get(row.id or 0, ()))) for row in rows]


def add_topic(session: Session, scope: Scope, draft: TopicDraft) -> SelfEducation:
    """Store a topic with its four stages. The teacher may for themselves, and who arranges the help.

    Raises InvalidInput for a missing topic, dates out of order or more than three years.
    """
    require_teacher(session, scope, draft.teacher_id)
    if actor_of(session, scope).teacher_id != draft.teacher_id:
        require_managed(scope, draft.organisation_id)
    if draft.organisation_id not in workplaces(session, draft.teacher_id):
        raise InvalidInput("Педагог не работает в этой организации.", "Выберите место его работы.")
    topic = draft.topic.strip()
    if not topic:
        raise InvalidInput("Не указана тема самообразования.", "Впишите её.")
    require_order(draft.starts_on, draft.ends_on, "Самообразование")
    if (draft.ends_on - draft.starts_on).days > LONGEST_YEARS * 366:
        raise InvalidInput("Над темой работают от года до трёх лет.", "Исправьте даты.")
    row = SelfEducation(
        organisation_id=draft.organisation_id, teacher_id=draft.teacher_id, competence_id=draft.competence_id,
        topic=topic[:500], relevance=draft.relevance.strip(), aim=draft.aim.strip(), tasks=draft.tasks.strip(),
        literature=draft.literature.strip(), starts_on=draft.starts_on, ends_on=draft.ends_on,
    )
    session.add(row)
    session.flush()
    for position, (phase, (activities, result, report)) in enumerate(_STAGES.items(), start=1):
        session.add(
            SelfEducationStage(
                organisation_id=draft.organisation_id, topic_id=row.id or 0, phase=phase, position=float(position),
                activities=activities, expected_result=result, report_form=report,
            )
        )
    session.flush()
    return row


def save_stages(session: Session, scope: Scope, topic_id: int, changes: GridChanges) -> EditOutcome:
    """Save the stages of a topic. The teacher may, and who arranges the help."""
    topic = live_row(session, SelfEducation, topic_id, "Тема самообразования")
    require_teacher(session, scope, topic.teacher_id)
    keeps = manages(scope, topic.organisation_id)
    if not keeps and actor_of(session, scope).teacher_id != topic.teacher_id:
        raise NotAllowed("План самообразования ведут педагог и методист.", "Обратитесь к ним.")

    def validate(_row: SelfEducationStage, field: str, value: object) -> object:
        if field == "phase":
            return choice_of_cell(value, SelfEducationPhase, "этап")
        if field == "position":
            return position_cell(value)
        if field == "deadline_text":
            return deadline_cell(value)
        if field == "reported_on":
            return past_day_cell(value, topic.starts_on, "Отчёт раньше начала работы над темой.")
        return long_text(field, value, _LONGEST, {"activities": "Не указаны мероприятия этапа."})

    fixed = {"organisation_id": topic.organisation_id, "topic_id": topic_id}
    here = col(SelfEducationStage.topic_id) == topic_id
    return save_changes(session, SelfEducationStage, changes, STAGE_FIELDS, validate, fixed, here)


_STAGES = {
    SelfEducationPhase.DIAGNOSTIC: (
        "Выявить затруднения, подобрать литературу и практики", "План работы над темой", "план",
    ),
    SelfEducationPhase.PRACTICE: (
        "Применить изученное на уроках, собрать материалы", "Разработки уроков и заданий", "открытый урок",
    ),
    SelfEducationPhase.SUMMARY: (
        "Обобщить, что получилось, сравнить результаты", "Выводы и методические материалы", "выступление на ШМО",
    ),
    SelfEducationPhase.SPREADING: (
        "Поделиться опытом с коллегами", "Опыт применяют другие педагоги", "мастер-класс или публикация",
    ),
}
