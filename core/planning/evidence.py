"""What proves that measures were carried out: files and links."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session

from core.people.scope import Scope
from core.planning.access import updatable_measure, visible_measure
from core.planning.tables import Evidence
from core.store.author import Author
from core.store.evidence import Attached, link_to_attach
from core.store.evidence_table import EvidenceTable, attach, bring_back, opened, take_away

_PROOFS = EvidenceTable(
    Evidence, "Подтверждение", 50, "К мероприятию приложено уже 50 подтверждений.", "Удалите лишние."
)


def list_evidence(session: Session, scope: Scope, measure_id: int, *, deleted: bool = False) -> list[Evidence]:
    """Return the proofs of a measure, the oldest first, or those that were taken away.

    Raises NotFound when the actor does not see the measure.
    """
    visible_measure(session, scope, measure_id)
    return _PROOFS.rows(session, Evidence.measure_id == measure_id, deleted=deleted)


def attach_file(
    engine: Engine, scope: Scope, measure_id: int, file_name: str, content: bytes, title: str = "", actor: str = ""
) -> int:
    """Keep a file and note it as a proof, in a transaction of its own; return the id of the proof.

    Whatever fails, neither a file nor a note is left. `actor` is the name for the journal, by default the scope's.
    Raises InvalidInput for a file that is empty, larger than 20 MB, a program or not of an allowed kind.
    """
    return attach(
        engine, Author(actor or scope.actor_name, scope.actor_id), file_name, content, title,
        may=lambda session: updatable_measure(session, scope, measure_id),
        add=lambda session, attached: _add(session, scope, measure_id, attached),
    )


def attach_link(session: Session, scope: Scope, measure_id: int, url: str, title: str = "") -> Evidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, measure_id, link_to_attach(url, title))


def open_evidence(session: Session, scope: Scope, evidence_id: int) -> tuple[Evidence, bytes]:
    """Return a file of evidence with its content; raise NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _PROOFS.found(session, evidence_id)
    visible_measure(session, scope, row.measure_id)
    return opened(row)


def remove_evidence(session: Session, scope: Scope, evidence_id: int) -> None:
    """Take a proof away; the file stays until the row is thrown away, so that it can be restored."""
    row = _PROOFS.found(session, evidence_id)
    updatable_measure(session, scope, row.measure_id)
    take_away(session, row)


def restore_evidence(session: Session, scope: Scope, evidence_id: int) -> Evidence:
    """Bring a proof back that was taken away."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    updatable_measure(session, scope, row.measure_id)
    return bring_back(session, row)


def _add(session: Session, scope: Scope, measure_id: int, attached: Attached) -> Evidence:
    roadmap, _measure = updatable_measure(session, scope, measure_id)
    row = Evidence(
        organisation_id=roadmap.organisation_id, measure_id=measure_id, **asdict(attached), added_by=scope.actor_name
    )
    return _PROOFS.add(session, row, Evidence.measure_id == measure_id)
