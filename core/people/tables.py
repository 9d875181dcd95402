"""Organisations and their dated place in the tree. Importing this module makes all tables of the room known."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlmodel import Field

import core.people.account_tables
import core.people.association_tables
import core.people.session_tables
import core.people.teacher_tables
import core.people.visit_tables  # noqa: F401  the other tables of the room, for the migrations
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
    closed_on: date | None = Field(default=None)
    """From this day on the organisation exists for past reports only: closed, or merged into its present parent."""


class OrganisationMembership(Versioned, table=True):
    """Organisation `organisation_id` belonged to `parent_id` from `valid_from` up to, not including, `valid_to`."""

    __tablename__ = "organisation_membership"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    parent_id: int = Field(foreign_key="organisation.id", index=True)
    valid_from: date = Field(default=date(1900, 1, 1))
    valid_to: date | None = Field(default=None)


class OrganisationName(Versioned, table=True):
    """A name that an organisation had up to, not including, `valid_to`; reports of that time carry it."""

    __tablename__ = "organisation_name"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=300)
    valid_to: date
