"""Systemic fields of a municipality beside the associations whose subject they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.analysis.systemic import SystemicField, systemic_fields
from core.people.association_tables import Association, AssociationKind
from core.people.associations import association_name
from core.people.organisations import Tree, load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.subject_parts import with_parts
from core.people.tables import OrganisationKind


@dataclass(frozen=True, slots=True)
class FieldAcross:
    """A systemic field: associations above schools with its subject by name, and how many there are in its schools."""

    field: SystemicField
    associations: tuple[str, ...]
    """Of the municipality and the region: РМО, ММК, clubs."""
    school_associations: int
    """ШМО with the subject in schools that are below the threshold."""


def fields_across(
    session: Session, scope: Scope, organisation_id: int, years: Iterable[int]
) -> tuple[FieldAcross, ...]:
    """Return the systemic fields of a municipality or a region with their associations.

    Raises NotAllowed without the right to look at a municipality, NotFound for one that the actor does not know.
    """
    scope.require(Action.VIEW_MUNICIPALITY)
    rows = session.exec(
        select(Association).where(col(Association.deleted_at).is_(None)).order_by(col(Association.id))
    ).all()
    tree = load_tree(session, scope)
    known = [(row, with_parts(row.subjects)) for row in rows if row.organisation_id in tree.organisations]
    return tuple(
        _across(one, [row for row, subjects in known if one.work.subject in subjects], tree)
        for one in systemic_fields(session, scope, organisation_id, years)
    )


def _across(field: SystemicField, rows: Iterable[Association], tree: Tree) -> FieldAcross:
    above, inside = [], 0
    for row in rows:
        if tree.organisations[row.organisation_id].kind is not OrganisationKind.SCHOOL:
            above.append(association_name(row))
        elif row.kind is AssociationKind.SCHOOL_ASSOCIATION and row.organisation_id in field.schools_below:
            inside += 1
    return FieldAcross(field, tuple(sorted(above, key=natural_key)), inside)
