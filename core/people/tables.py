"""Organisations and their dated place in the tree."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class OrganisationKind(StrEnum):
    """Levels of the tree, from the root down."""

    REGION = "регион"
    MUNICIPALITY = "муниципалитет"
    SCHOOL = "школа"


class Organisation(Versioned, SoftDeleted, table=True):
    """A region, a municipality or a school. `code` is the code people use (edu223160, 417000), unique."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=300)
    kind: OrganisationKind = Field(max_length=20)
    time_zone: str = Field(default="Europe/Moscow", max_length=64)


class OrganisationMembership(Versioned, table=True):
    """Organisation `organisation_id` belonged to `parent_id` from `valid_from` up to, not including, `valid_to`."""

    __tablename__ = "organisation_membership"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    parent_id: int = Field(foreign_key="organisation.id", index=True)
    valid_from: date = Field(default=date(1900, 1, 1))
    valid_to: date | None = Field(default=None)
