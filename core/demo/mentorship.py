"""Mentorship of the demo: a finished year and the present one, with programmes, journals and questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from core.demo.municipality import MUNICIPALITY, SCHOOLS
from core.demo.streams import Stream, generator
from core.demo.teachers import DemoTeacher
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.support.mentorship_tables import (
    Contest,
    ContestEntry,
    Mentee,
    MenteeCategory,
    Mentor,
    MentoringMeeting,
    Mentorship,
    MentorshipAnswer,
    MentorshipMentee,
    MentorshipProgramme,
    MentorshipState,
    Moment,
    ProgrammeGoal,
    ProgrammeStep,
    SchoolDistance,
    Side,
)
from core.support.mentorship_words import SATISFACTION, mentorship_words

_EXPERIENCED = 10
_YOUNG_NOW = 1
"""Years on 01.09.2024 of those who are still young specialists in November 2026."""
_NOON = time(9, 0, tzinfo=UTC)
_AUTHOR = "Учебные данные"
_GOALS = {
    "Математика": ("решение текстовых задач", "обратная связь по типичным ошибкам"),
    "Русский язык": ("работа с текстом на уроке", "оценивание сочинений по критериям"),
    "Физика": ("эксперимент на уроке", "решение качественных задач"),
    "Начальные классы": ("смысловое чтение", "работа с родителями"),
}
_TOPICS = ("Разбор затруднений", "Подготовка урока", "Урок и его обсуждение", "Проверка работ", "Итоги месяца")


@dataclass(frozen=True, slots=True)
class _Plan:
    """One mentorship of the demo: its year (spring), how it stands, how many meetings both sides confirmed."""

    year: int
    state: MentorshipState
    meetings: int
    confirmed: int


def add_mentorship(session: Session, seed: int, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> int:
    """Add registers, pairs, contest and council of young teachers; return the number of pairs.

    `units` are ids of organisations by code. The same seed gives the same data.
    """
    rng = generator(seed, Stream.MENTORSHIP, 0)
    pairs = 0
    young: list[DemoTeacher] = []
    for school in SCHOOLS:
        here = [one for one in teachers if one.school == school.code]
        mentors = [one for one in here if one.experience >= _EXPERIENCED]
        mentees = [one for one in here if one.experience <= _YOUNG_NOW]
        young += mentees
        _add_registers(session, units[school.code], mentors[:3], mentees)
        for place, mentee in enumerate(mentees[: len(mentors)]):
            for plan in _plans(school.number + place):
                marks = rng.integers(3, 11, size=4)
                mentor = mentors[(place + plan.year) % len(mentors)]
                _add_pair(session, units[school.code], mentor, mentee, plan, [int(mark) for mark in marks])
                pairs += 1
    _add_contest(session, units[MUNICIPALITY.code], young)
    _add_council(session, units[MUNICIPALITY.code], young)
    _add_distances(session, units)
    session.flush()
    return pairs


def _plans(number: int) -> tuple[_Plan, ...]:
    """Return the pairs of a mentee: last year's, mostly finished, and this year's in every state."""
    last = MentorshipState.ENDED_EARLY if number % 7 == 3 else MentorshipState.FINISHED
    present = {0: MentorshipState.PREPARED}.get(number % 6, MentorshipState.ACTIVE)
    if number % 5 == 4:
        return (_Plan(2026, last, 6, 6),)
    return _Plan(2026, last, 6, 6 if number % 2 else 5), _Plan(2027, present, 3, number % 4)


def _add_registers(
    session: Session, school: int, mentors: Sequence[DemoTeacher], mentees: Sequence[DemoTeacher]
) -> None:
    for place, one in enumerate(mentors):
        session.add(
            Mentor(
                organisation_id=school, teacher_id=one.id, capacity=2 if place == 0 else 1,
                strengths=f"Методика: {_GOALS[one.subject][0]}", helps_other_schools=place == 0,
                consent_on=date(2025, 8, 27), registered_on=date(2025, 8, 27),
            )
        )
    for one in mentees:
        session.add(
            Mentee(
                organisation_id=school, teacher_id=one.id, category=MenteeCategory.YOUNG,
                expectations="Помощь в подготовке уроков и в работе с классом", consent_on=date(2025, 8, 28),
                registered_on=date(2025, 8, 28),
            )
        )


def _add_pair(
    session: Session, school: int, mentor: DemoTeacher, mentee: DemoTeacher, plan: _Plan, marks: Sequence[int]
) -> None:
    prepared = plan.state is MentorshipState.PREPARED
    begins, ends = date(plan.year - 1, 9, 2), date(plan.year, 5, 29)
    row = Mentorship(
        organisation_id=school, mentor_teacher_id=mentor.id, subject=mentee.subject, starts_on=begins, ends_on=ends,
        mentor_consent_on=None if prepared else date(plan.year - 1, 8, 28),
        order_number="" if prepared else f"{plan.year % 100 + 80}-ОД",
        order_on=None if prepared else date(plan.year - 1, 8, 31), schedule="раз в две недели, очно", state=plan.state,
        created_by=_AUTHOR,
    )
    if plan.state is MentorshipState.FINISHED:
        row.ended_on, row.outcome = ends, "Наставляемый ведёт уроки самостоятельно, цели программы достигнуты."
    if plan.state is MentorshipState.ENDED_EARLY:
        row.ended_on, row.ended_by = date(plan.year, 2, 16), Side.MENTOR
        row.notice_on, row.end_reason = date(plan.year, 2, 9), "Изменилась нагрузка наставника"
    session.add(row)
    session.flush()
    key = row.id or 0
    session.add(
        MentorshipMentee(
            organisation_id=school, mentorship_id=key, teacher_id=mentee.id,
            consent_on=None if prepared else date(plan.year - 1, 8, 29),
        )
    )
    goal = _add_programme(session, school, key, mentee, plan)
    if not prepared:
        _add_meetings(session, school, key, goal, plan)
        _add_answers(session, school, key, (mentor.id, mentee.id), plan, marks)


def _add_programme(session: Session, school: int, pair: int, mentee: DemoTeacher, plan: _Plan) -> int | None:
    """Add head, goals and steps; return the first goal."""
    words = mentorship_words()
    finished = plan.state is MentorshipState.FINISHED
    session.add(
        MentorshipProgramme(
            organisation_id=school, mentorship_id=pair, relevance="Педагог начинает работу в школе.",
            aim=f"Преодолеть затруднения: {'; '.join(_GOALS[mentee.subject])}.",
            expected_result="Уроки построены на заданиях, которые отвечают проблемным полям класса.",
        )
    )
    first: int | None = None
    for place, text in enumerate(_GOALS[mentee.subject]):
        goal = ProgrammeGoal(
            organisation_id=school, mentorship_id=pair, mentee_teacher_id=mentee.id, text=text,
            position=float(place + 1), is_reached=True if finished else None,
        )
        session.add(goal)
        session.flush()
        first = first or goal.id
        months = ("октябрь", "ноябрь") if place == 0 else ("февраль", "март")
        for offset, (content, form) in enumerate((
            (f"Разобрать с наставником: {text}", "совместная подготовка урока"),
            (f"Провести урок: {text}", "посещение урока наставляемого"),
        )):
            year = plan.year - (place == 0)
            session.add(
                ProgrammeStep(
                    organisation_id=school, mentorship_id=pair, goal_id=goal.id, position=float(2 * place + offset + 1),
                    direction=words.directions[place + 1], content=content, form=form,
                    deadline_text=f"{months[offset]} {year}", planned_result="Сценарий урока, лист наблюдения",
                    actual_result="Урок проведён" if finished else "",
                    done_on=date(year, (10, 11, 2, 3)[2 * place + offset], 20) if finished else None,
                )
            )
    return first


def _add_meetings(session: Session, school: int, pair: int, goal: int | None, plan: _Plan) -> None:
    for number in range(plan.meetings):
        held_on = date(plan.year - 1, 9, 16) + timedelta(days=14 * number)
        at = datetime.combine(held_on, _NOON)
        session.add(
            MentoringMeeting(
                organisation_id=school, mentorship_id=pair, goal_id=goal, held_on=held_on,
                topic=_TOPICS[number % len(_TOPICS)], form="очно", minutes=45, outcome="Намечены шаги к уроку",
                next_step="Подготовить задания", mentor_confirmed_at=at,
                mentee_confirmed_at=at if number < plan.confirmed else None, written_by=_AUTHOR,
            )
        )


def _add_answers(
    session: Session, school: int, pair: int, people: tuple[int, int], plan: _Plan, marks: Sequence[int]
) -> None:
    """Add questionnaires: before for both, after where the mentorship is over."""
    for side, teacher_id, (before, after) in zip(
        (Side.MENTOR, Side.MENTEE), people, ((marks[0], marks[1]), (marks[2], marks[3])), strict=True
    ):
        moments = {Moment.BEFORE: (min(before, 7), date(plan.year - 1, 9, 10))}
        if plan.state is MentorshipState.FINISHED:
            # The autumn after: the questionnaires of a year are asked for with its first meetings.
            moments[Moment.AFTER] = (max(after, 5), date(plan.year, 9, 15))
        for moment, (mark, filled_on) in moments.items():
            answers = {question.key: mark for question in mentorship_words().questions(side)}
            answers[SATISFACTION] = mark
            session.add(
                MentorshipAnswer(
                    organisation_id=school, mentorship_id=pair, teacher_id=teacher_id, side=side, moment=moment,
                    answers=answers, filled_on=filled_on,
                )
            )


def _add_contest(session: Session, municipality: int, young: Sequence[DemoTeacher]) -> None:
    contest = Contest(
        organisation_id=municipality, title="Педагогический дебют", held_on=date(2026, 10, 21), order_number="88"
    )
    session.add(contest)
    session.flush()
    for place, one in enumerate(young[::2]):
        session.add(
            ContestEntry(
                organisation_id=municipality, contest_id=contest.id or 0, teacher_id=one.id,
                result="победитель" if place == 0 else "участник",
            )
        )


def _add_council(session: Session, municipality: int, young: Sequence[DemoTeacher]) -> None:
    council = Association(
        organisation_id=municipality, kind=AssociationKind.YOUNG_COUNCIL, name="Заречного района", subjects=[]
    )
    session.add(council)
    session.flush()
    for place, one in enumerate(young[:4]):
        session.add(
            AssociationMember(
                association_id=council.id or 0, teacher_id=one.id, is_head=place == 0, valid_from=date(2025, 9, 1)
            )
        )


def _add_distances(session: Session, units: Mapping[str, int]) -> None:
    """Add how far the schools are apart: those of the town near each other, the villages farther."""
    for place, school in enumerate(SCHOOLS):
        for other in SCHOOLS[place + 1 :]:
            town = school.number <= 4 and other.number <= 4
            distance = 1.5 * (other.number - school.number) if town else 6.0 * (other.number - school.number) + 4
            session.add(
                SchoolDistance(
                    first_id=min(units[school.code], units[other.code]),
                    second_id=max(units[school.code], units[other.code]), kilometres=distance,
                )
            )
