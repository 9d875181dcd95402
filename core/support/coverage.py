"""Coverage: which shared deficits of an organisation are answered by which kind of help. Empty cells are the plan.

Rows are corporate and possible deficits in the latest round of each instrument, by competence. Cells count teachers, of
events that are still to come the events. Help counts from the academic year of the diagnostics on: a course of years
ago does not answer a difficulty that is found today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.groups import GroupKind
from core.diagnostics.instrument_tables import Competence
from core.diagnostics.lines import LineKind
from core.diagnostics.rounds import latest_rounds
from core.diagnostics.standing import Standing
from core.errors import NotFound
from core.people.academic_year import year_on
from core.people.access import organisations_below
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.support.access import sees_organisation
from core.support.given_help import Given, HelpKind, given_help

LEAST = Standing.POSSIBLE


class Cover(StrEnum):
    """What a cell says, with its sign."""

    HELPED = "✓ помощь оказана"
    PLANNED = "◌ запланирована или идёт"
    EMPTY = "▢ помощи нет"


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Help of one kind with one deficit: teachers helped, and teachers (of events: events) planned or under way."""

    kind: HelpKind
    helped: int
    planned: int

    @property
    def cover(self) -> Cover:
        """Return what the cell says."""
        return Cover.HELPED if self.helped else Cover.PLANNED if self.planned else Cover.EMPTY

    @property
    def words(self) -> str:
        """Return «✓ 4, ◌ 2»; «▢ нет» for an empty cell."""
        parts = [f"✓ {self.helped}" if self.helped else "", f"◌ {self.planned}" if self.planned else ""]
        return ", ".join(part for part in parts if part) or "▢ нет"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A shared deficit: where it stands worst, in which groups, and the help with it by kind."""

    competence_id: int
    name: str
    worst: SharedDeficit
    groups: tuple[str, ...]
    cells: tuple[CoverageCell, ...]

    @property
    def empty(self) -> int:
        """Return how many kinds of help there are not."""
        return sum(cell.cover is Cover.EMPTY for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix. `since` is from when help counts; None where no diagnostics is known."""

    since: date | None
    rounds: tuple[str, ...]
    rows: tuple[CoverageRow, ...]

    @property
    def without_any(self) -> int:
        """Return how many deficits are answered by no help at all."""
        return sum(row.empty == len(row.cells) for row in self.rows)


def coverage(session: Session, scope: Scope, organisation_id: int, on: date | None = None) -> Coverage:
    """Return the matrix of an organisation with everything below it, the deficits without help first.

    Raises NotAllowed without the right to shares, NotFound for an organisation whose help the actor does not see.
    """
    scope.require(Action.VIEW_DEFICITS)
    if not sees_organisation(scope, organisation_id):
        raise NotFound("Организация")
    day = on or date.today()
    rounds, shared = _shared(session, scope, organisation_id)
    if not rounds:
        return Coverage(None, (), ())
    since = date(year_on(min(held for held, _name in rounds)) - 1, 9, 1)
    units = organisations_below(session, organisation_id, day)
    given = given_help(session, units, since, day, _elements(session, shared))
    rows = [_row(competence, found, given) for competence, found in shared.items()]
    return Coverage(
        since, tuple(name for _held, name in rounds),
        tuple(sorted(rows, key=lambda row: (-row.empty, -row.worst.standing, -row.worst.share, row.name))),
    )


def _shared(
    session: Session, scope: Scope, organisation_id: int
) -> tuple[list[tuple[date, str]], dict[int, list[SharedDeficit]]]:
    """Return the rounds that were asked, and by competence the groups that share a deficit.

    Subjects and associations stand before the whole, the worst first.
    """
    unit = session.get(Organisation, organisation_id)
    school = organisation_id if unit is not None and unit.kind is OrganisationKind.SCHOOL else None
    rounds: list[tuple[date, str]] = []
    found: dict[int, list[SharedDeficit]] = {}
    for asked in latest_rounds(session, scope):
        wanted = DeficitFilter(asked.key, LineKind.COMPETENCE, school_id=school)
        try:
            listed = shared_deficits(session, scope, wanted)
        except NotFound:
            # Nobody of this school answered in the round.
            continue
        rounds.append((asked.held_on, asked.name))
        for one in listed.found:
            if one.standing >= LEAST and one.line.id is not None:
                found.setdefault(one.line.id, []).append(one)
    return rounds, {
        key: sorted(
            several, key=lambda one: (one.group.kind is GroupKind.WHOLE, -one.standing, -one.share, one.group.name)
        )
        for key, several in found.items()
    }


def _elements(session: Session, competences: dict[int, list[SharedDeficit]]) -> dict[int, tuple[str, str]]:
    """Return subject and content element of the competences that have one."""
    rows = [session.get_one(Competence, key) for key in competences]
    return {row.id or 0: (row.subject, row.element) for row in rows if row.element}


def _row(competence: int, found: list[SharedDeficit], given: Given) -> CoverageRow:
    cells = tuple(
        CoverageCell(kind, len(given.helped(competence, kind)), given.planned(competence, kind)) for kind in HelpKind
    )
    worst = found[0]
    groups = dict.fromkeys(one.group.name for one in found if one is worst or one.group.kind is not GroupKind.WHOLE)
    return CoverageRow(competence, worst.line.name, worst, tuple(groups), cells)
