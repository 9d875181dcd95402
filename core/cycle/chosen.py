"""By which model a cycle goes: a shipped one, or the edition of an organisation's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.cycle.cycle_tables import Cycle
from core.cycle.models import Model, model_by_code
from core.cycle.own_model_tables import OwnModel, OwnModelEdition
from core.cycle.records import ModelFile
from core.errors import NotFound

_OWN = "own-"
_MOST_DIGITS = 9
"""More do not fit into an id."""


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """A model that a cycle may go by, and where it comes from."""

    model: Model
    shipped_code: str
    """Code of the shipped model, or of the one that the own model was made from."""
    own_model_id: int | None = None
    own_edition_id: int | None = None


def own_code(own_model_id: int) -> str:
    """Return the code under which an own model is chosen.

    >>> own_code(12)
    'own-12'
    """
    return f"{_OWN}{own_model_id}"


def own_id(code: str) -> int:
    """Return the id of the own model that is chosen under a code; 0, which none has, for anything else.

    >>> own_id("own-12"), own_id("own-9999999999999999999"), own_id("nikolsky")
    (12, 0, 0)
    """
    number = code.removeprefix(_OWN)
    return int(number) if code.startswith(_OWN) and number.isdecimal() and len(number) <= _MOST_DIGITS else 0


def chosen_model(session: Session, organisation_id: int, code: str) -> ChosenModel:
    """Return the model of this code for an organisation: a shipped one, or the edition in force of its own.

    Raises NotFound for an unknown code, another organisation's model and one without an edition in force.
    """
    if not code.startswith(_OWN):
        return ChosenModel(model_by_code(code), code)
    row = session.get(OwnModel, own_id(code))
    if row is None or row.deleted_at is not None or row.organisation_id != organisation_id:
        raise NotFound("Управленческая модель")
    edition = session.exec(
        select(OwnModelEdition).where(
            col(OwnModelEdition.own_model_id) == row.id, col(OwnModelEdition.number) == row.edition
        )
    ).first()
    if edition is None:
        raise NotFound("Действующая редакция модели")
    return ChosenModel(_own(edition), row.origin_code, row.id, edition.id)


def model_of(session: Session, cycle: Cycle) -> Model:
    """Return the model by which a cycle goes, in the edition on which it was opened."""
    if cycle.own_edition_id is None:
        return model_by_code(cycle.model_code)
    edition = session.get(OwnModelEdition, cycle.own_edition_id)
    if edition is None:
        raise NotFound("Редакция модели")
    return _own(edition)


def _own(edition: OwnModelEdition) -> Model:
    return Model(own_code(edition.own_model_id), ModelFile.model_validate_json(edition.content))
