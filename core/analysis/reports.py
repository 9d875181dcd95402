"""Rows of imported aggregated reports that may stand beside a work."""

from __future__ import annotations

from sqlmodel import Session

from core.analysis.work import Work
from core.intake.reference import reference_rows
from core.intake.tables import ReferenceRow
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN


def shown_reports(session: Session, scope: Scope, work: Work, kind: str) -> list[ReferenceRow]:
    """Return the rows of a kind of report for the work: country, regions, municipalities, and schools.

    Reports tell of schools by the same pupils. So rows of schools that are not the actor's own are left out, all of
    them, when one of them is small or a unit of the work is hidden: the others would give it away. Somebody who sees
    single classes is shown regions and the country only: a municipality's report less the other schools, which they see
    as a sum, would be the result of a colleague.
    """
    rows = reference_rows(
        session, scope, procedure=work.procedure, subject=work.subject, grade=work.grade, year=work.year, kind=kind
    )
    if not all(part.is_school_seen for part in work.classes):
        return [row for row in rows if row.group_level in ("country", "region")]
    own = {part.school_id for part in work.classes if part.owned}
    strange = [
        row for row in rows if row.organisation_id is not None and row.organisation_id not in own and _is_school(row)
    ]
    is_any_small = any(row.participants is None or row.participants < SMALLEST_SHOWN for row in strange)
    if scope.own_schools is None or not (is_any_small or work.suppression.units.any()):
        return rows
    return [row for row in rows if row not in strange]


def _is_school(row: ReferenceRow) -> bool:
    return row.group_level not in ("country", "region", "municipality")
