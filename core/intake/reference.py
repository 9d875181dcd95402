"""Aggregated reports, kept as reference rows against which works are compared."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.intake.contract import ReferenceReport
from core.intake.tables import ReferenceRow, Upload
from core.people.organisations import normal_name
from core.people.scope import Scope
from core.people.tables import Organisation


def store_report(session: Session, scope: Scope, report: ReferenceReport, upload: Upload) -> None:
    """Store every row of the report; rows of the same report and group stored before are marked as replaced."""
    key = report.assessment
    organisations = session.exec(select(Organisation).where(col(Organisation.deleted_at).is_(None))).all()
    by_code = {unit.code.casefold(): unit.id for unit in organisations}
    by_name = {normal_name(unit.name): unit.id for unit in organisations}
    earlier = {
        (row.group_level, row.group_name): row
        for row in session.exec(
            select(ReferenceRow).where(
                ReferenceRow.kind == report.kind,
                ReferenceRow.procedure == (key.procedure or "ВПР"),
                ReferenceRow.subject == key.subject,
                ReferenceRow.grade == key.grade,
                ReferenceRow.year == key.year,
                col(ReferenceRow.deleted_at).is_(None),
                col(ReferenceRow.replaced_by).is_(None),
            )
        )
    }
    for row in report.rows:
        before = earlier.get((row.group_level, row.group))
        if before is not None:
            before.replaced_by = upload.id
            session.add(before)
        organisation = by_code.get((row.group_code or "").casefold()) or by_name.get(normal_name(row.group))
        session.add(
            ReferenceRow(
                upload_id=upload.id or 0,
                procedure=key.procedure or "ВПР",
                subject=key.subject or "",
                grade=key.grade,
                year=key.year or 0,
                kind=report.kind,
                group_name=row.group[:300],
                group_level=row.group_level,
                group_code=row.group_code,
                organisation_id=organisation if organisation and scope.sees_organisation(organisation) else None,
                schools=row.schools,
                participants=row.participants,
                values=row.values,
            )
        )


def reference_rows(
    session: Session, scope: Scope, *, procedure: str, subject: str, grade: int | None, year: int, kind: str
) -> list[ReferenceRow]:
    """Return the rows of a kind for a work that the scope may see: its own organisations, and regions and country."""
    rows = session.exec(
        select(ReferenceRow)
        .where(
            ReferenceRow.procedure == procedure,
            ReferenceRow.subject == subject,
            ReferenceRow.grade == grade,
            ReferenceRow.year == year,
            ReferenceRow.kind == kind,
            col(ReferenceRow.deleted_at).is_(None),
            col(ReferenceRow.replaced_by).is_(None),
        )
        .order_by(col(ReferenceRow.id))
    ).all()
    return [
        row
        for row in rows
        if row.group_level in ("country", "region", "municipality")
        or (row.organisation_id is not None and scope.sees_results(row.organisation_id, row.subject))
        or (row.organisation_id is None and scope.organisations is None)
    ]
