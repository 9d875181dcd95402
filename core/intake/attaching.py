"""A blueprint for a stored work: attached when the work came without one, or another put in its place."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.blueprints.tables import Blueprint, BlueprintItem
from core.errors import InvalidInput, NotAllowed, NotFound
from core.intake.history import WorkSummary, get_assessment, list_works
from core.intake.tables import Assessment, ClassWork
from core.people.ownership import may_read, readable
from core.people.scope import Action, Scope
from core.store.live import live_row


@dataclass(frozen=True, slots=True)
class UnplannedWork:
    """A stored work without a blueprint, and the blueprints that it could have, the nearest years first."""

    work: WorkSummary
    fitting: tuple[Blueprint, ...]


def list_unplanned(session: Session, scope: Scope) -> list[UnplannedWork]:
    """Return the works of the scope that have no blueprint, in the order of `list_works`."""
    return [
        UnplannedWork(work, tuple(blueprints_for(session, scope, work.id)))
        for work in list_works(session, scope)
        if not work.has_blueprint
    ]


def attach_blueprint(session: Session, scope: Scope, assessment_id: int, blueprint_id: int) -> Assessment:
    """Attach the blueprint; every analysis of the work uses it from now on.

    Raise InvalidInput when an item of the work is missing in the blueprint or has another maximum, NotAllowed when
    schools elsewhere wrote the work too: it is theirs as well.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    work = get_assessment(session, scope, assessment_id)
    blueprint = live_row(session, Blueprint, blueprint_id, "План работы")
    if not may_read(session, scope, blueprint.organisation_id):
        raise NotFound("План работы")
    _require_whole(session, scope, work)
    planned = {
        row.code: row.max_score
        for row in session.exec(select(BlueprintItem).where(BlueprintItem.blueprint_id == blueprint_id))
    }
    problems = [
        f"задание {code}: в работе максимум {maximum}, в плане {planned.get(code, 'такого задания нет')}"
        for code, maximum in zip(work.item_codes, work.item_maxima, strict=True)
        if planned.get(code) != maximum
    ]
    if problems:
        more = f" и ещё {len(problems) - 5}" if len(problems) > 5 else ""
        raise InvalidInput(
            f"План не подходит к работе: {'; '.join(problems[:5])}{more}.",
            "Выберите другой план или исправьте его.",
        )
    work.blueprint_id = blueprint_id
    session.add(work)
    return work


def blueprints_for(session: Session, scope: Scope, assessment_id: int) -> list[Blueprint]:
    """Return the blueprints of the work's subject whose items fit it, the nearest years first."""
    work = get_assessment(session, scope, assessment_id)
    wanted = dict(zip(work.item_codes, work.item_maxima, strict=True))
    fitting = []
    candidates = select(Blueprint).where(Blueprint.subject == work.subject, col(Blueprint.deleted_at).is_(None))
    limit = readable(session, scope, col(Blueprint.organisation_id))
    if limit is not None:
        candidates = candidates.where(limit)
    for blueprint in session.exec(candidates):
        rows = session.exec(select(BlueprintItem).where(BlueprintItem.blueprint_id == blueprint.id))
        planned = {row.code: row.max_score for row in rows}
        if all(planned.get(code) == maximum for code, maximum in wanted.items()):
            fitting.append(blueprint)
    return sorted(fitting, key=lambda one: abs(one.year_to - work.year))


def _require_whole(session: Session, scope: Scope, work: Assessment) -> None:
    """Raise NotAllowed unless all stored classes of the work lie in the scope."""
    schools = session.exec(
        select(ClassWork.school_id)
        .where(
            ClassWork.assessment_id == work.id,
            col(ClassWork.deleted_at).is_(None),
            col(ClassWork.replaced_by).is_(None),
        )
        .distinct()
    ).all()
    if not all(scope.sees_results(school, work.subject) for school in schools):
        raise NotAllowed(
            "Эту работу писали и другие школы: общий план к ней прикрепляет специалист муниципалитета.",
            "Составьте свой план с теми же заданиями, классом и годом: у вас он будет действовать сам.",
        )
