"""The catalogue of blueprints in the database, and which of them fits a work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from core.blueprints.entries import CatalogueCriterion, CatalogueEntry, CatalogueItem, match_by_items, narrow
from core.blueprints.tables import AnswerFormat, Blueprint, BlueprintItem, MarkScale, Origin
from core.people.ownership import SHARED, Owners

__all__ = [
    "CatalogueCriterion", "CatalogueEntry", "CatalogueItem", "catalogue", "find_blueprint", "find_scale", "items_of",
    "match_by_items", "narrow", "scale_among", "scales_of",
]


def catalogue(session: Session, owners: Owners = SHARED) -> tuple[CatalogueEntry, ...]:
    """Return every blueprint that counts for the owners, as plain values; two queries whatever their number.

    The most specific come last: who takes one of several that fit takes the last.
    """
    found = session.exec(
        select(Blueprint)
        .where(col(Blueprint.deleted_at).is_(None), owners.among(col(Blueprint.organisation_id)))
        .order_by(col(Blueprint.id))
    ).all()
    blueprints = sorted(found, key=lambda one: -owners.rank(one.organisation_id))
    items: dict[int, list[CatalogueItem]] = defaultdict(list)
    rows = session.exec(select(BlueprintItem).order_by(col(BlueprintItem.blueprint_id), col(BlueprintItem.position)))
    for row in rows:
        items[row.blueprint_id].append(catalogue_item(row))
    return tuple(
        CatalogueEntry(b.procedure, b.subject, b.grade, b.year_from, b.year_to, tuple(items[b.id]))
        for b in blueprints
        if b.id is not None and b.id in items
    )


def catalogue_item(row: BlueprintItem) -> CatalogueItem:
    """Return a stored item as a plain value."""
    criteria = tuple(CatalogueCriterion(str(criterion["code"]), int(criterion["max"])) for criterion in row.criteria)
    return CatalogueItem(row.code, row.max_score, row.answer_format is AnswerFormat.EXTENDED, criteria)


def find_blueprint(
    session: Session, procedure: str, subject: str, grade: int | None, year: int, owners: Owners = SHARED
) -> Blueprint | None:
    """Return the blueprint that holds for the work, None when there is none.

    The blueprint of the most specific owner goes first, then people's own before shipped ones, then the one for fewer
    years, then the newest. With an unknown grade the answer is given only when blueprints of one grade fit.
    """
    query = select(Blueprint).where(
        Blueprint.procedure == procedure, Blueprint.subject == subject, *_holds(year, owners)
    )
    if grade is not None:
        query = query.where(Blueprint.grade == grade)
    found = session.exec(query).all()
    if len({blueprint.grade for blueprint in found}) > 1:
        return None
    return min(found, key=lambda one: preference(one, owners), default=None)


def find_scale(
    session: Session, procedure: str, subject: str, grade: int | None, year: int, max_score: int | None = None,
    owners: Owners = SHARED,
) -> MarkScale | None:
    """Return the mark scale that holds for the work; with `max_score` only a scale of the same or an unknown greatest
    score.

    The order of preference is that of `find_blueprint`.
    """
    return scale_among(scales_of(session, owners, subject), procedure, subject, grade, year, max_score, owners)


def scales_of(session: Session, owners: Owners = SHARED, subject: str | None = None) -> list[MarkScale]:
    """Return the mark scales that count for the owners, of one subject or of all: for `scale_among`."""
    query = select(MarkScale).where(owners.among(col(MarkScale.organisation_id)), col(MarkScale.deleted_at).is_(None))
    if subject is not None:
        query = query.where(MarkScale.subject == subject)
    return list(session.exec(query))


def scale_among(
    scales: Sequence[MarkScale], procedure: str, subject: str, grade: int | None, year: int,
    max_score: int | None = None, owners: Owners = SHARED,
) -> MarkScale | None:
    """Return what `find_scale` returns, of scales that were read before: for many works at once."""
    found = [
        scale for scale in scales
        if (scale.procedure, scale.subject) == (procedure, subject) and scale.year_from <= year <= scale.year_to
        and grade in (None, scale.grade) and (max_score is None or scale.max_score in (None, max_score))
    ]
    if len({scale.grade for scale in found}) > 1:
        return None
    return min(found, key=lambda one: preference(one, owners), default=None)


def items_of(session: Session, blueprint_id: int) -> list[BlueprintItem]:
    """Return the items of a blueprint in the order of the work."""
    query = select(BlueprintItem).where(BlueprintItem.blueprint_id == blueprint_id)
    return list(session.exec(query.order_by(col(BlueprintItem.position))))


def _holds(year: int, owners: Owners) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions «not deleted», «holds in this year» and «counts for the owners»."""
    return (
        owners.among(col(Blueprint.organisation_id)),
        col(Blueprint.deleted_at).is_(None),
        col(Blueprint.year_from) <= year,
        col(Blueprint.year_to) >= year,
    )


def preference(row: Blueprint | MarkScale, owners: Owners) -> tuple[int, bool, int, int]:
    """Return a sort key by which the row to be taken comes first."""
    is_shipped = row.origin is Origin.SHIPPED
    return owners.rank(row.organisation_id), is_shipped, row.year_to - row.year_from, -(row.id or 0)
