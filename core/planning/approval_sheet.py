"""The approval sheet of a roadmap and the blocks above its table in the official document."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.access import visible_roadmap
from core.planning.approval import list_steps, steps_of_edition
from core.planning.redline import Redline, redline
from core.planning.snapshots import content_of, read_edition
from core.planning.tables import ApprovalKind, ApprovalStep
from core.words import day, moment

_BLANK_DATE = "«___» __________ 20___ г."


@dataclass(frozen=True, slots=True)
class ApprovalBlock:
    """One block: «УТВЕРЖДЕНО», whose order or minutes, who signs. Blanks are underscores to be filled by hand."""

    title: str
    body: str
    basis: str
    """«Приказ № 70 от 13.10.2020» or «Протокол № 3 от 01.09.2026»."""
    post: str
    person: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the approval sheet."""

    stage: str
    body: str
    basis: str
    signed_by: str
    taken_on: str


def approval_blocks(
    session: Session, scope: Scope, roadmap_id: int, edition: int | None = None
) -> tuple[ApprovalBlock, ...]:
    """Return the blocks of an edition (the present one): association (if any), council, order last.

    Blocks that are still open have blanks.
    """
    roadmap = visible_roadmap(session, scope, roadmap_id)
    taken = steps_of_edition(list_steps(session, scope, roadmap_id), edition or roadmap.edition)
    steps = {step.kind: step for step in taken}
    organisation = session.get_one(Organisation, roadmap.organisation_id)
    blocks: list[ApprovalBlock] = []
    if roadmap.association_id is not None:
        agreed = steps.get(ApprovalKind.AGREED_BY_ASSOCIATION)
        blocks.append(_agreed("РАССМОТРЕНО", agreed, "на заседании методического объединения"))
    council = steps.get(ApprovalKind.AGREED_BY_COUNCIL)
    blocks.append(_agreed("СОГЛАСОВАНО", council, "на заседании методического совета"))
    blocks.append(_approved(steps.get(ApprovalKind.APPROVED), organisation.name))
    return tuple(blocks)


def approval_sheet(session: Session, scope: Scope, roadmap_id: int) -> list[SheetLine]:
    """Return all steps of all editions as lines, the first one first."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    zone = session.get_one(Organisation, roadmap.organisation_id).time_zone
    return [
        SheetLine(
            stage=f"Редакция {step.edition}: {step.kind.value}",
            body=step.body,
            basis=_basis(step) or step.remark,
            signed_by=", ".join(part for part in (step.post, step.person) if part) or step.actor,
            taken_on=moment(step.taken_at, zone),
        )
        for step in list_steps(session, scope, roadmap_id)
    ]


def redline_of_editions(
    session: Session, scope: Scope, roadmap_id: int, before: int, after: int | None = None
) -> Redline:
    """Return what differs between an approved edition and a later one; None for `after`: what stands now."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    later = content_of(session, roadmap) if after is None else read_edition(session, scope, roadmap_id, after)
    return redline(read_edition(session, scope, roadmap_id, before), later)


def _agreed(title: str, step: ApprovalStep | None, body: str) -> ApprovalBlock:
    if step is None:
        return ApprovalBlock(title, body, f"Протокол № ____ от {_BLANK_DATE}", "", "______________")
    return ApprovalBlock(title, step.body or body, _basis(step), step.post, step.person or "______________")


def _approved(step: ApprovalStep | None, organisation: str) -> ApprovalBlock:
    if step is None:
        return ApprovalBlock(
            "УТВЕРЖДЕНО", organisation, f"Приказ № ____ от {_BLANK_DATE}", "Руководитель", "______________"
        )
    return ApprovalBlock(
        "УТВЕРЖДЕНО", step.body or organisation, _basis(step), step.post or "Руководитель",
        step.person or "______________",
    )


def _basis(step: ApprovalStep) -> str:
    """Return order and minutes of a step in words."""
    parts: list[str] = []
    if step.order_number and step.order_date is not None:
        parts.append(f"Приказ № {step.order_number} от {day(step.order_date)}")
    if step.protocol_number and step.protocol_date is not None:
        parts.append(f"Протокол № {step.protocol_number} от {day(step.protocol_date)}")
    return "; ".join(parts)
