"""Marks of data and analysis: works, plans of works, questionnaires, deficits, decisions on problem fields."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.status import Status
from core.analysis.told_once import told_once
from core.cycle.marks import Mark, MarkState, counted
from core.cycle.place import CyclePlace
from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.reach import responses_in_reach, rights_of
from core.diagnostics.rounds import Round, list_rounds
from core.diagnostics.standing import Standing
from core.errors import NotFound
from core.intake.plans import plans_of
from core.intake.tables import Assessment, ClassWork
from core.intake.visible import CLASS_COLUMNS
from core.people.academic_year import year_name
from core.people.scope import Action, Scope
from core.words import plural


def works_uploaded(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return whether results of the year before or of the year itself are there, and of how many schools."""
    works, schools = _works(session, scope, place)
    said = plural(len(works), "работа", "работы", "работ")
    if not place.is_school:
        said += f", {plural(len(schools), 'школа', 'школы', 'школ')}"
    first, last = place.result_years
    return counted(
        len(works), len(works), said,
        f"Нет результатов работ {year_name(first)} и {year_name(last)} учебных годов: загрузите их.",
    )


def plans_attached(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many of the works have a plan, without which nothing is known of content elements."""
    works, _schools = _works(session, scope, place)
    planned = len(plans_of(session, scope.require(Action.VIEW), works)) if works else 0
    return counted(
        planned, len(works), f"план есть у {planned} из {plural(len(works), 'работы', 'работ', 'работ')}",
        f"Нет плана у {plural(len(works) - planned, 'работы', 'работ', 'работ')}: прикрепите." if works
        else "Планы прикреплять не к чему: работ ещё нет.",
    )


def fields_confirmed(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return on how many of the surely low fields people have decided."""
    works, _schools = _works(session, scope, place)
    if not works:
        return Mark(MarkState.MISSING, "", "Проблемных полей нет: ещё не загружены работы.")
    wanted = FieldFilter(years=place.result_years, kinds=(Kind.ELEMENT,), organisation_id=place.organisation.id)
    every = told_once(problem_fields(session, scope, wanted).fields)
    found = [one for one in every if one.field.status is Status.SURELY_BELOW or one.review is not None]
    decided = sum(one.review is not None for one in found)
    if not found:
        return Mark(MarkState.DONE, "достоверных проблемных полей не найдено")
    rest = len(found) - decided
    return counted(
        decided, len(found), f"решение по {decided} из {plural(len(found), 'поля', 'полей', 'полей')}",
        f"Нет решения по {plural(rest, 'достоверному полю', 'достоверным полям', 'достоверным полям')}.",
    )


def surveys_uploaded(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return whether teachers were asked or tested, and how many answers there are."""
    rounds, answers = _answered(session, scope, place)
    return counted(
        len(rounds), len(rounds),
        f"{plural(len(rounds), 'анкета или тест', 'анкеты или теста', 'анкет и тестов')}, "
        f"{plural(answers, 'ответ', 'ответа', 'ответов')}",
        "Нет ответов педагогов на анкеты и тесты: загрузите их.",
    )


def deficits_collected(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return whether shared deficits may be seen, and how many are at least possible."""
    if not scope.allows(Action.VIEW_DEFICITS):
        return Mark(MarkState.CLOSED)
    school = place.organisation.id if place.is_school else None
    groups = shared = 0
    rounds, _answers = _answered(session, scope, place)
    for asked in rounds:
        try:
            listed = shared_deficits(session, scope, DeficitFilter(asked.key, school_id=school))
        except NotFound:
            # Nobody of this school answered in the round.
            continue
        groups += len(listed.groups)
        shared += sum(one.standing >= Standing.POSSIBLE for one in listed.found)
    said = f"{plural(shared, 'общий дефицит', 'общих дефицита', 'общих дефицитов')} " \
        f"в {plural(groups, 'группе', 'группах', 'группах')}"
    if rounds and not groups:
        return Mark(MarkState.PART, "", "Ответов мало: группы меньше пяти педагогов не показываются.")
    return counted(groups, groups, said, "Дефициты не собраны: нет ответов педагогов.")


def _works(session: Session, scope: Scope, place: CyclePlace) -> tuple[list[Assessment], set[int]]:
    """Return the works of the cycle's results that the actor sees in the units, and their schools."""
    query = (
        select(Assessment.id, ClassWork.school_id)
        .join(ClassWork, col(ClassWork.assessment_id) == Assessment.id)
        .where(
            col(Assessment.year).in_(place.result_years), col(Assessment.deleted_at).is_(None),
            col(ClassWork.deleted_at).is_(None), col(ClassWork.replaced_by).is_(None),
            col(ClassWork.school_id).in_(place.units),
        )
        .distinct()
    )
    rows = session.exec(scope.require(Action.VIEW).within_classes(query, CLASS_COLUMNS)).all()
    ids = sorted({work_id for work_id, _school in rows if work_id is not None})
    # The rows themselves hold JSON, of which PostgreSQL cannot tell what is distinct.
    works = session.exec(select(Assessment).where(col(Assessment.id).in_(ids)).order_by(col(Assessment.id)))
    return list(works), {school for _work, school in rows}


def _answered(session: Session, scope: Scope, place: CyclePlace) -> tuple[list[Round], int]:
    """Return the rounds of both years in which somebody of the units answered, and the number of answers."""
    rights = rights_of(session, scope)
    rounds = [one for one in list_rounds(session, scope) if one.year in place.result_years]
    waves = [wave for one in rounds for wave in one.wave_ids]
    rows = responses_in_reach(session, rights, waves)
    here = [row.wave_id for row in rows if place.has(row.organisation_id)]
    return [one for one in rounds if set(one.wave_ids) & set(here)], len(here)
