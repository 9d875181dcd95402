"""Models of an organisation's own, found beside the shipped ones.

A draft is changed freely. «Ввести в действие» checks it by the schema of the files and keeps it as an edition, which
never changes again. A new cycle is opened by the newest edition; a cycle that is open keeps the one it was opened by.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from core.cycle.access import may_lead, require_leading, seen_organisation
from core.cycle.chosen import own_code, own_id
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.model_check import check_content
from core.cycle.model_content import Content, read_content, written
from core.cycle.models import Model, model_by_code, models
from core.cycle.own_model_tables import OwnModel, OwnModelEdition
from core.cycle.records import ModelFile
from core.errors import NotFound
from core.people.organisations import load_tree
from core.people.ownership import readable
from core.people.scope import Action, Scope
from core.store.history import HistoryLine, history

_PREFIX = "own-"


@dataclass(frozen=True, slots=True)
class OwnModelCard:
    """An own model in the list."""

    id: int
    organisation_id: int
    title: str
    origin: str
    """What it was made of, in words."""
    edition: int
    is_changed: bool
    """The draft differs from the edition in force."""
    changed_by: str
    changed_at: datetime
    version: int
    may_edit: bool
    open_cycles: int
    """Open cycles that stand on one of its editions."""


def models_for(session: Session, scope: Scope, organisation_id: int) -> tuple[Model, ...]:
    """Return the models that an organisation may open a cycle by: its own that are in force, then the shipped."""
    seen_organisation(session, scope, organisation_id)
    return (*_of_organisations(session, (organisation_id,)), *models())


def models_to_copy(session: Session, scope: Scope, organisation_id: int) -> tuple[Model, ...]:
    """Return the models of which an organisation may make its own: the shipped, its own, those of what is above it."""
    seen_organisation(session, scope, organisation_id)
    above = load_tree(session, Scope.local_administrator()).above(organisation_id)
    return (*models(), *_of_organisations(session, (organisation_id, *(unit.id or 0 for unit in above))))


def _of_organisations(session: Session, organisation_ids: Collection[int]) -> tuple[Model, ...]:
    rows = session.exec(
        select(OwnModelEdition)
        .join(OwnModel, and_(col(OwnModelEdition.own_model_id) == OwnModel.id, _in_force()))
        .where(col(OwnModel.organisation_id).in_(organisation_ids), col(OwnModel.deleted_at).is_(None))
        .order_by(col(OwnModel.id))
    ).all()
    return tuple(Model(own_code(edition.own_model_id), _file(edition)) for edition in rows)


def find_model(session: Session, scope: Scope, code: str) -> Model:
    """Return the shipped model, or the edition in force of an own one («own-12»); raise NotFound for others."""
    if not code.startswith(_PREFIX):
        return model_by_code(code)
    # Those of organisations above are found too: a school copies the model of its municipality.
    row = _readable_row(session, scope, own_id(code))
    edition = newest_edition(session, row.id or 0)
    if edition is None:
        raise NotFound("Управленческая модель")
    return Model(code, _file(edition))


def newest_edition(session: Session, model_id: int) -> OwnModelEdition | None:
    """Return the edition in force of an own model, None while there is none."""
    return session.exec(
        select(OwnModelEdition).where(OwnModelEdition.own_model_id == model_id)
        .order_by(col(OwnModelEdition.number).desc()).limit(1)
    ).first()


def list_own_models(session: Session, scope: Scope, organisation_id: int) -> list[OwnModelCard]:
    """Return the own models of an organisation, the latest changed first; NotFound for one out of reach."""
    seen_organisation(session, scope, organisation_id)
    rows = session.exec(
        select(OwnModel)
        .where(OwnModel.organisation_id == organisation_id, col(OwnModel.deleted_at).is_(None))
        .order_by(col(OwnModel.changed_at).desc())
    ).all()
    return [_card(session, scope, row) for row in rows]


def deleted_own_models(session: Session, scope: Scope, organisation_id: int) -> dict[int, str]:
    """Return the deleted own models of an organisation: names by id."""
    seen_organisation(session, scope, organisation_id)
    rows = session.exec(
        select(OwnModel).where(
            OwnModel.organisation_id == organisation_id, col(OwnModel.deleted_at).is_not(None)
        ).order_by(col(OwnModel.id))
    )
    return {row.id or 0: row.title for row in rows}


def own_model_history(session: Session, scope: Scope, model_id: int) -> list[HistoryLine]:
    """Return who changed what in an own model, the latest first: words of the changes, not the stored content."""
    _readable_row(session, scope, model_id)
    lines = history(session, "own_model", model_id)
    return [one for one in lines if one.field not in ("changed_at", "changed_by") and not _is_checksum(one)]


def own_model_card(session: Session, scope: Scope, model_id: int) -> OwnModelCard:
    """Return one own model; raise NotFound for one out of reach."""
    return _card(session, scope, _readable_row(session, scope, model_id))


def own_content(session: Session, scope: Scope, model_id: int) -> Content:
    """Return the draft of an own model."""
    return read_content(_readable_row(session, scope, model_id).content)


def editable_model(session: Session, scope: Scope, model_id: int) -> OwnModel:
    """Return the own model that the person may change; raise NotFound or NotAllowed."""
    row = _readable_row(session, scope, model_id)
    require_leading(scope, row.organisation_id)
    return row


def _card(session: Session, scope: Scope, row: OwnModel) -> OwnModelCard:
    last = newest_edition(session, row.id or 0)
    running = session.exec(
        select(Cycle.id).where(
            Cycle.own_model_id == row.id, Cycle.state == CycleState.OPEN, col(Cycle.deleted_at).is_(None)
        )
    ).all()
    draft = check_content(read_content(row.content)).file
    is_changed = last is None or draft is None or written(draft.model_dump(mode="json")) != last.content
    return OwnModelCard(
        row.id or 0, row.organisation_id, row.title, _origin_words(session, row.origin_code), row.edition, is_changed,
        row.changed_by, row.changed_at, row.version, may_lead(scope, row.organisation_id), len(running),
    )


def _origin_words(session: Session, code: str) -> str:
    if not code:
        return "из файла"
    if code.startswith(_PREFIX):
        row = session.get(OwnModel, own_id(code))
        return f"копия модели «{row.title}»" if row is not None else "копия своей модели"
    known = next((one for one in models() if one.code == code), None)
    return f"копия модели «{known.file.short}»" if known is not None else "копия"


def _readable_row(session: Session, scope: Scope, model_id: int) -> OwnModel:
    viewing = scope.require(Action.VIEW)
    query = select(OwnModel).where(OwnModel.id == model_id, col(OwnModel.deleted_at).is_(None))
    limit = readable(session, viewing, col(OwnModel.organisation_id))
    row = session.exec(query if limit is None else query.where(limit)).first()
    if row is None:
        raise NotFound("Управленческая модель")
    return row


def _is_checksum(line: HistoryLine) -> bool:
    """Say whether the line tells of the stored bytes: the words of the same change stand beside it."""
    return line.field == "content" and line.old is not None


def _in_force() -> ColumnElement[bool]:
    return col(OwnModelEdition.number) == OwnModel.edition


def _file(edition: OwnModelEdition) -> ModelFile:
    return ModelFile.model_validate_json(edition.content)
