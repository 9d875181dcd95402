"""The command about teachers' development: who is due for a course, and how far the requests are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import date

from sqlmodel import Session

from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.store.unit_of_work import reading
from core.support.course_tables import EnrolmentState
from core.support.courses import list_enrolments
from core.support.courses_due import DueTeacher, due_teachers
from core.words import day

_SCOPE = Scope.local_administrator()
_HEADER = ("Школа", "Педагог", "Курсы нужны", "Последние", "Сейчас")


def add_arguments(parser: ArgumentParser) -> None:
    """Give the parser its arguments and the function that carries the command out."""
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=show_development)


def show_development(options: Namespace) -> int:
    """Print the teachers whose course is due by today or of whose courses nothing is known, and requests by state."""
    today = date.today()
    with reading(opened_engine()) as session:
        due = _due(session, today)
        states = Counter(card.row.state for card in list_enrolments(session, _SCOPE))
    if options.json:
        say_json({
            "due": [_facts(school, one) for school, one in due],
            "enrolments": {state.value: states[state] for state in EnrolmentState},
        })
        return 0
    say("Заявки на курсы: " + ", ".join(f"{state.value} – {states[state]}" for state in EnrolmentState) + ".")
    if due:
        say_table(_HEADER, [_line(school, one) for school, one in due])
    else:
        say("Все педагоги учились в последние три года.")
    return 0


def _due(session: Session, today: date) -> list[tuple[str, DueTeacher]]:
    """Return the teachers of every open school who are overdue or of whom nothing is known."""
    return [
        (school.name, one)
        for school in load_tree(session, _SCOPE).schools()
        for one in due_teachers(session, _SCOPE, school.id or 0, today)
        if one.due_on is None or one.is_overdue(today)
    ]


def _facts(school: str, one: DueTeacher) -> dict[str, object]:
    return {
        "organisation": school,
        "teacher": one.teacher_id,
        "name": one.name,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "last_on": one.last_on.isoformat() if one.last_on else None,
        "enrolled": one.is_enrolled,
    }


def _line(school: str, one: DueTeacher) -> tuple[str, str, str, str, str]:
    return (
        school, one.name, f"с {day(one.due_on)}" if one.due_on else "сведений нет",
        day(one.last_on) if one.last_on else "—", "заявка или обучение" if one.is_enrolled else "заявки нет",
    )
