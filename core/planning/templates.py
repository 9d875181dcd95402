"""Roadmaps to begin with, as files that people may edit: data/templates/roadmaps/*.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field
from sqlmodel import Session

from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.errors import NotFound
from core.people.scope import Scope
from core.planning.deadlines import PlanPeriod, read_deadline, shift_years
from core.planning.official_table import TableRow
from core.planning.periods import period_of
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.storing_tables import store_rows
from core.planning.tables import Roadmap
from core.store.settings import reference_directory


class TemplateRow(Record):
    """One row: number, measure, deadline, indicator, who carries it out, as the official table has them."""

    number: str = Field(pattern=r"^\d{1,4}(\.\d{1,4})*$")
    title: str = Field(min_length=1, max_length=4000)
    deadline: str = Field(default="", max_length=500)
    indicator: str = Field(default="", max_length=4000)
    owner: str = Field(default="", max_length=500)


class RoadmapTemplate(Sourced):
    """A file of a roadmap to begin with. `first_year` is the calendar year to which its deadlines belong."""

    title: str = Field(min_length=3, max_length=300)
    first_year: int = Field(ge=2000, le=2100)
    rows: tuple[TemplateRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """A template by the name of its file without the ending."""

    key: str
    template: RoadmapTemplate


def list_templates() -> list[KnownTemplate]:
    """Return the templates by name; raise InvalidInput naming file and key when one is broken."""
    folder = reference_directory() / "templates" / "roadmaps"
    return [KnownTemplate(path.stem, load_yaml(path, RoadmapTemplate)) for path in sorted(folder.glob("*.yaml"))]


def load_template(key: str) -> RoadmapTemplate:
    """Return one template; raise NotFound when there is none of this name."""
    path = reference_directory() / "templates" / "roadmaps" / f"{Path(key).name}.yaml"
    if not path.is_file():
        raise NotFound("Образец дорожной карты")
    return load_yaml(path, RoadmapTemplate)


def draft_from_template(
    session: Session, scope: Scope, draft: RoadmapDraft, key: str, *, move_years: bool = True
) -> Roadmap:
    """Store a roadmap with the rows of a template.

    With `move_years` the calendar years in its deadlines are moved so that the template's first year is the year in
    which the plan begins; a deadline that would then have passed before the beginning («май» in a plan from September)
    comes a year later. Without it every text stays as it is.
    """
    template = load_template(key)
    roadmap = create_roadmap(session, scope, draft)
    by = draft.starts_on.year - template.first_year if move_years else 0
    rows = [TableRow(row.number, row.title, row.deadline, row.indicator, row.owner) for row in template.rows]
    period = period_of(roadmap)
    store_rows(session, roadmap, rows, lambda text: _moved(text, by, period) if move_years else text)
    return roadmap


def _moved(text: str, by: int, period: PlanPeriod) -> str:
    moved = shift_years(text, by)
    windows = read_deadline(moved).windows(period)
    if windows and all(window.last < period.first for window in windows):
        return shift_years(text, by + 1)
    return moved
