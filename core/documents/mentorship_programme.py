"""The personalised programme of mentorship as a Word document, with its journal and questionnaires."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.people_words import UNKNOWN, head_post, organisation_name, paragraphs, person_words
from core.documents.rendering import Value
from core.people.scope import Scope
from core.support.journal import is_confirmed, list_meetings
from core.support.mentorship_tables import MentoringMeeting, ProgrammeGoal, ProgrammeStep, Side
from core.support.programme import Programme, get_programme
from core.support.questionnaires import changes, list_answers
from core.words import count_of, day, number, percent, plural, signed


def programme_document(session: Session, scope: Scope, mentorship_id: int, on: date | None = None) -> bytes:
    """Return the programme as .docx. Raises NotFound out of scope and InvalidInput when the template is broken."""
    programme = get_programme(session, scope, mentorship_id)
    meetings = list_meetings(session, scope, mentorship_id)[::-1]
    row, head, today = programme.card.row, programme.head, on or date.today()
    return fill(session, row.organisation_id, "mentorship-programme", {
        "организация": organisation_name(session, row.organisation_id),
        "утверждает": head_post(session, row.organisation_id),
        **_approval(programme),
        "период": f"{day(row.starts_on)} – {day(row.ends_on)}",
        "участники": [
            {
                "роль": role.value, "имя": person.name, "должность": person.position, "стаж": person.experience,
                "категория": person.category,
            }
            for role, teacher_id in _people(programme)
            for person in [person_words(session, scope, teacher_id, today)]
        ],
        "форма": row.form.value,
        "вид": row.kind.value,
        "предмет": row.subject,
        "режим": row.schedule,
        "основание": _basis(programme),
        "актуальность": list(paragraphs(head.relevance)),
        "цель": list(paragraphs(head.aim)),
        "задачи": list(paragraphs(head.tasks)),
        "ожидаемые": list(paragraphs(head.expected_result)),
        "нормы": list(paragraphs(head.regulation)),
        "цели": [_goal(place, goal, programme) for place, goal in enumerate(programme.goals, start=1)],
        "шаги": [_step(place, step) for place, step in enumerate(programme.steps, start=1)],
        "встречи_итог": _meetings_words(meetings),
        "встречи": [_meeting(meeting) for meeting in meetings],
        "анкеты": [
            {
                "сторона": side.value, "вопрос": change.text, "до": _mean(change.before), "после": _mean(change.after),
                "изменение": signed(change.change),
            }
            for side in (Side.MENTEE, Side.MENTOR)
            for change in changes(list_answers(session, scope, mentorship_id), side)
            if change.pairs
        ],
        "итог": list(paragraphs(row.outcome or row.end_reason)),
        "наставник": programme.card.mentor,
        "наставляемые": list(programme.card.mentees.values()),
    })


def _people(programme: Programme) -> list[tuple[Side, int]]:
    mentees = [(Side.MENTEE, teacher_id) for teacher_id in programme.card.mentees]
    return [(Side.MENTOR, programme.card.row.mentor_teacher_id), *mentees]


def _approval(programme: Programme) -> dict[str, Value]:
    head = programme.head
    return {
        "согласовано": head.agreed_by or "Методический совет",
        "согласовано_дата": day(head.agreed_on) if head.agreed_on else "«___» __________ 20__ г.",
        "утвердил": head.approved_by,
        "приказ": f"Приказ № {head.approval_order} от {day(head.approved_on)}"
        if head.approved_on
        else "Приказ № ____ от «___» __________ 20__ г.",
    }


def _basis(programme: Programme) -> str:
    row = programme.card.row
    if row.order_on is None or not row.order_number:
        return "приказ ещё не издан"
    return f"приказ о закреплении № {row.order_number} от {day(row.order_on)}, письменное согласие участников"


def _goal(place: int, goal: ProgrammeGoal, programme: Programme) -> dict[str, Value]:
    reached = {None: "оценки нет", True: "да", False: "нет"}[goal.is_reached]
    known = programme.shares.get(goal.id or 0)
    share = UNKNOWN if known is None else percent(known, 0)
    return {
        "номер": place, "кто": programme.card.mentees.get(goal.mentee_teacher_id, UNKNOWN), "текст": goal.text,
        "доля": share, "достигнута": reached,
    }


def _step(place: int, step: ProgrammeStep) -> dict[str, Value]:
    done = day(step.done_on) if step.done_on else ""
    return {
        "номер": place, "направление": step.direction, "содержание": step.content, "форма": step.form,
        "срок": step.deadline_text, "планируемый": step.planned_result,
        "фактический": ", ".join(part for part in (step.actual_result.rstrip("."), done) if part) or UNKNOWN,
    }


def _meeting(meeting: MentoringMeeting) -> dict[str, Value]:
    confirmed_by = [
        word
        for word, at in (("наставник", meeting.mentor_confirmed_at), ("наставляемый", meeting.mentee_confirmed_at))
        if at is not None
    ]
    return {
        "дата": day(meeting.held_on), "тема": meeting.topic,
        "форма": ", ".join(part for part in (meeting.form, f"{meeting.minutes} мин") if part),
        "итог": meeting.outcome or UNKNOWN, "дальше": meeting.next_step or UNKNOWN,
        "подтвердили": ", ".join(confirmed_by) or "никто",
    }


def _meetings_words(meetings: list[MentoringMeeting]) -> str:
    if not meetings:
        return "Встреч пока не было."
    confirmed = sum(is_confirmed(meeting) for meeting in meetings)
    minutes = sum(meeting.minutes for meeting in meetings)
    total = plural(minutes, "минута", "минуты", "минут")
    return f"Всего {count_of(len(meetings), 'встреча')}, {total}; обеими сторонами подтверждено {number(confirmed)}."


def _mean(value: float | None) -> str:
    return UNKNOWN if value is None else number(value, 1)
