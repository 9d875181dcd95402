"""Meetings: make, find, begin, attendance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.association_tables import Association, AssociationMember
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment
from core.people.text_length import require_length
from core.planning.access import actor_of, changes, sees, visible_roadmap
from core.planning.meeting_snapshots import remember_start
from core.planning.owners import teacher_names, working_teachers
from core.planning.tables import AgendaItem, Attendance, Decision, Meeting, MeetingState, Presence
from core.store.edits import CellEdit, EditOutcome, apply_edits
from core.store.grid_changes import GridChanges, save_changes
from core.store.live import live_row

_FIELDS = ("number", "held_on", "place", "topic", "chair", "secretary", "body")
_LONGEST = {"number": 40, "place": 300, "topic": 500, "chair": 200, "secretary": 200, "body": 300}
_ATTENDANCE = ("name", "post", "presence")

TEACHERS_COUNCIL = "Педагогический совет"
"""Of a school only; its minutes are numbered apart (№ 273-ФЗ, ст. 26, ч. 4)."""


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What a new meeting is to be. Without an association it is a meeting of the organisation's council."""

    organisation_id: int
    held_on: date
    roadmap_ids: Sequence[int]
    association_id: int | None = None
    body: str = ""
    number: str = ""
    place: str = ""
    topic: str = ""
    chair: str = ""
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with everything that its screen shows."""

    meeting: Meeting
    attendance: tuple[Attendance, ...]
    items: tuple[AgendaItem, ...]
    decisions: tuple[Decision, ...]
    may_hold: bool
    """Whether the actor runs the meeting; others look on and update their own measures."""


def list_meetings(
    session: Session, scope: Scope, organisation_id: int | None = None, association_id: int | None = None
) -> list[Meeting]:
    """Return the meetings that the actor sees, the latest first."""
    scope.require(Action.VIEW_ROADMAPS)
    query = select(Meeting).where(col(Meeting.deleted_at).is_(None))
    if organisation_id is not None:
        query = query.where(Meeting.organisation_id == organisation_id)
    if association_id is not None:
        query = query.where(Meeting.association_id == association_id)
    actor = actor_of(session, scope)
    rows = session.exec(query.order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc()))
    return [row for row in rows if sees(scope, actor, row.organisation_id, row.association_id)]


def view_meeting(session: Session, scope: Scope, meeting_id: int) -> MeetingView:
    """Return a meeting with attendance, agenda and decisions in order; NotFound out of scope."""
    meeting = visible_meeting(session, scope, meeting_id)
    people = session.exec(
        select(Attendance)
        .where(Attendance.meeting_id == meeting_id, col(Attendance.deleted_at).is_(None))
        .order_by(col(Attendance.id))
    )
    items = session.exec(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.deleted_at).is_(None))
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    decisions = session.exec(
        select(Decision)
        .where(Decision.meeting_id == meeting_id, col(Decision.deleted_at).is_(None))
        .order_by(col(Decision.position), col(Decision.id))
    )
    may_hold = changes(scope, Action.HOLD_MEETINGS, meeting.organisation_id, meeting.association_id)
    named = sorted(people, key=lambda one: natural_key(one.name))
    return MeetingView(meeting, tuple(named), tuple(items), tuple(decisions), may_hold)


def create_meeting(session: Session, scope: Scope, draft: MeetingDraft) -> Meeting:
    """Store a meeting with its members as present. The agenda is built by `build_agenda`.

    Raises NotFound for an association or roadmap that is not there, NotAllowed without the right to hold it.
    """
    scope.require(Action.HOLD_MEETINGS)
    association = _association(session, draft)
    if not changes(scope, Action.HOLD_MEETINGS, draft.organisation_id, draft.association_id):
        raise NotAllowed(f"Нет права {Action.HOLD_MEETINGS.value} здесь.", "Обратитесь к администрации организации.")
    for roadmap_id in draft.roadmap_ids:
        visible_roadmap(session, scope, roadmap_id)
    body = draft.body.strip() or (name_of(association) if association else "")
    meeting = Meeting(
        organisation_id=draft.organisation_id, association_id=draft.association_id, body=body[:300],
        number=draft.number.strip()[:40], held_on=draft.held_on, place=draft.place.strip()[:300],
        topic=draft.topic.strip()[:500], chair=draft.chair.strip()[:200], secretary=draft.secretary.strip()[:200],
        roadmap_ids=list(dict.fromkeys(draft.roadmap_ids)),
    )
    session.add(meeting)
    session.flush()
    _add_members(session, scope, meeting)
    return meeting


def change_meeting(session: Session, scope: Scope, meeting_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save changed head fields: number, held_on, place, topic, chair, secretary, body; conflicts as in grids."""
    open_meeting(session, scope, meeting_id)
    return apply_edits(session, Meeting, edits, _FIELDS, _head_value, col(Meeting.id) == meeting_id)


def begin_meeting(session: Session, scope: Scope, meeting_id: int) -> Meeting:
    """Begin the meeting: what it finds in its roadmaps is kept. One that runs already stays as it is."""
    meeting = open_meeting(session, scope, meeting_id)
    if meeting.state is MeetingState.PLANNED:
        remember_start(session, scope, meeting)
    meeting.state = MeetingState.RUNNING
    session.add(meeting)
    session.flush()
    return meeting


def show_item(session: Session, scope: Scope, meeting_id: int, item_id: int | None) -> Meeting:
    """Put an item on the screen of everybody who follows the meeting."""
    meeting = open_meeting(session, scope, meeting_id)
    item = session.get(AgendaItem, item_id) if item_id is not None else None
    if item_id is not None and (item is None or item.deleted_at is not None or item.meeting_id != meeting_id):
        raise NotFound("Пункт повестки")
    meeting.current_item_id = item_id
    session.add(meeting)
    session.flush()
    return meeting


def save_attendance(session: Session, scope: Scope, meeting_id: int, grid: GridChanges) -> EditOutcome:
    """Save who is there: «name», «post», «presence»; new rows are guests."""
    meeting = open_meeting(session, scope, meeting_id)
    return save_changes(
        session, Attendance, grid, _ATTENDANCE, _attendance_value,
        {"meeting_id": meeting_id, "organisation_id": meeting.organisation_id},
        col(Attendance.meeting_id) == meeting_id,
    )


def visible_meeting(session: Session, scope: Scope, meeting_id: int) -> Meeting:
    """Return a meeting; raise NotFound when there is none or the actor does not see it."""
    scope.require(Action.VIEW_ROADMAPS)
    meeting = live_row(session, Meeting, meeting_id, "Заседание")
    if not sees(scope, actor_of(session, scope), meeting.organisation_id, meeting.association_id):
        raise NotFound("Заседание")
    return meeting


def open_meeting(session: Session, scope: Scope, meeting_id: int, version_seen: int | None = None) -> Meeting:
    """Return a meeting that the actor runs and that is not closed. Raises NotAllowed and InvalidInput otherwise.

    With `version_seen` EditConflict is raised when somebody else changed the meeting meanwhile.
    """
    meeting = visible_meeting(session, scope, meeting_id)
    if not changes(scope, Action.HOLD_MEETINGS, meeting.organisation_id, meeting.association_id):
        raise NotAllowed("Заседание ведёт руководитель объединения, методист или администрация.")
    if meeting.state is MeetingState.CLOSED:
        raise InvalidInput(
            f"Заседание закрыто ({meeting.closed_by}), протокол готов, поэтому изменить его нельзя.",
            "Исправления внесите решением следующего заседания.",
        )
    if version_seen is not None and meeting.version != version_seen:
        raise EditConflict("Заседание тем временем изменил кто-то другой.", "Посмотрите и повторите.")
    return meeting


def _association(session: Session, draft: MeetingDraft) -> Association | None:
    if draft.association_id is None:
        return None
    association = live_row(session, Association, draft.association_id, "Объединение")
    if association.organisation_id != draft.organisation_id:
        raise NotFound("Объединение")
    return association


def name_of(association: Association) -> str:
    """Return an association with its kind, which people often write into the name themselves."""
    kind = association.kind.value
    return association.name if association.name.startswith(kind) else f"{kind} {association.name}"


def _members(session: Session, meeting: Meeting) -> Sequence[int]:
    if meeting.association_id is None:
        is_whole = meeting.body == TEACHERS_COUNCIL
        return sorted(working_teachers(session, meeting.organisation_id, meeting.held_on)) if is_whole else ()
    return session.exec(
        select(AssociationMember.teacher_id).where(
            AssociationMember.association_id == meeting.association_id,
            AssociationMember.valid_from <= meeting.held_on,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > meeting.held_on),
        )
    ).all()


def _add_members(session: Session, scope: Scope, meeting: Meeting) -> None:
    """Note as present the members of the association on the day; of a teachers' council, who works in the school."""
    members = _members(session, meeting)
    posts = dict(
        session.exec(
            select(Employment.teacher_id, Employment.position).where(
                col(Employment.teacher_id).in_(members), col(Employment.deleted_at).is_(None)
            )
        ).all()
    )
    for teacher_id, name in teacher_names(session, scope, members).items():
        session.add(
            Attendance(
                organisation_id=meeting.organisation_id, meeting_id=meeting.id or 0, teacher_id=teacher_id, name=name,
                post=posts.get(teacher_id, ""), presence=Presence.PRESENT,
            )
        )
    session.flush()


def _head_value(_meeting: Meeting, field: str, value: object) -> object:
    if field == "held_on":
        if not isinstance(value, date):
            raise InvalidInput("Не указан день заседания.", "Выберите его.")
        return value
    return _text(value, _LONGEST[field])


def _attendance_value(_row: Attendance, field: str, value: object) -> object:
    if field == "presence":
        found = next((one for one in Presence if value == one or str(value).strip().lower() == one.value), None)
        if found is None:
            raise InvalidInput(f"«{value}» здесь не бывает.", f"Есть: {', '.join(Presence)}.")
        return found
    text = _text(value, 200)
    if field == "name" and not text:
        raise InvalidInput("Не указано имя участника.", "Впишите фамилию и инициалы.")
    return text


def _text(value: object, longest: int) -> str:
    text = "" if value is None or value != value else " ".join(str(value).split())
    return require_length(text, longest)
