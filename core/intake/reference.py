"""Aggregated reports, kept as reference rows against which works are compared.

Rows of the country, a region, a municipality belong to who uploaded the report: they are compared with there and below,
and nobody else's are replaced by them. Of schools only those of the uploader's organisations are kept.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.intake.contract import ReferenceReport, ReferenceRowSpec
from core.intake.tables import ReferenceRow, Upload
from core.people.organisations import normal_name
from core.people.ownership import new_owner, owners_for
from core.people.scope import Action, Scope
from core.people.tables import Organisation

_ABOVE_SCHOOLS = ("country", "region", "municipality")


def store_report(session: Session, scope: Scope, report: ReferenceReport, upload: Upload) -> None:
    """Store the rows that `kept_rows` names; the owner's rows of the same report and group are marked as replaced."""
    key = report.assessment
    owner = new_owner(session, scope, Action.UPLOAD)
    earlier = {
        (row.group_level, row.group_name): row
        for row in session.exec(
            select(ReferenceRow).where(
                ReferenceRow.kind == report.kind,
                ReferenceRow.procedure == (key.procedure or "ВПР"),
                ReferenceRow.subject == key.subject,
                ReferenceRow.grade == key.grade,
                ReferenceRow.year == key.year,
                ReferenceRow.owner_id == owner,
                col(ReferenceRow.deleted_at).is_(None),
                col(ReferenceRow.replaced_by).is_(None),
            )
        )
    }
    for row, organisation_id in kept_rows(session, scope, report):
        before = earlier.get((row.group_level, row.group[:300]))
        if before is not None:
            before.replaced_by = upload.id
            session.add(before)
        session.add(
            ReferenceRow(
                upload_id=upload.id or 0,
                owner_id=owner,
                procedure=key.procedure or "ВПР",
                subject=key.subject or "",
                grade=key.grade,
                year=key.year or 0,
                kind=report.kind,
                group_name=row.group[:300],
                group_level=row.group_level,
                group_code=row.group_code,
                organisation_id=organisation_id,
                schools=row.schools,
                participants=row.participants,
                values=row.values,
            )
        )


def kept_rows(
    session: Session, scope: Scope, report: ReferenceReport
) -> list[tuple[ReferenceRowSpec, int | None]]:
    """Return the rows of the report that the actor may store, each with the id of the organisation that it is about.

    Somebody unlimited stores all of them, others those above schools and those of their own organisations.
    """
    organisations = session.exec(select(Organisation).where(col(Organisation.deleted_at).is_(None))).all()
    by_code = {unit.code.casefold(): unit.id for unit in organisations}
    by_name = {normal_name(unit.name): unit.id for unit in organisations}
    subject = report.assessment.subject or ""
    kept: list[tuple[ReferenceRowSpec, int | None]] = []
    for row in report.rows:
        found = by_code.get((row.group_code or "").casefold()) or by_name.get(normal_name(row.group))
        own = found if found is not None and scope.sees_results(found, subject) else None
        if own is not None or row.group_level in _ABOVE_SCHOOLS or scope.organisations is None:
            kept.append((row, own))
    return kept


def reference_rows(
    session: Session, scope: Scope, *, procedure: str, subject: str, grade: int | None, year: int, kind: str
) -> list[ReferenceRow]:
    """Return the rows of a kind for a work that the scope may see: its own organisations, and regions and country.

    Of one group the row of the most specific owner comes first.
    """
    owners = owners_for(session, scope)
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
    seen = [
        row
        for row in rows
        if (row.group_level in _ABOVE_SCHOOLS and owners.counts(row.owner_id))
        or (row.organisation_id is not None and scope.sees_results(row.organisation_id, row.subject))
        or (row.organisation_id is None and row.owner_id is None and scope.organisations is None)
    ]
    return sorted(seen, key=lambda row: owners.rank(row.owner_id))
