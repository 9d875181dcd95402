"""What proves a value or an expected document: files and links."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import InvalidInput, NotFound
from core.monitoring.access import require_entering, seen_unit
from core.monitoring.collection import require_collecting
from core.monitoring.value_tables import ExpectedResult, IndicatorEvidence, IndicatorValue
from core.monitoring.values import EDITABLE
from core.people.scope import Scope
from core.store.author import Author
from core.store.evidence import Attached, link_to_attach
from core.store.evidence_table import EvidenceTable, attach, bring_back, opened, take_away

_PROOFS = EvidenceTable(IndicatorEvidence, "Подтверждение", 20, "Приложено уже 20 документов.", "Уберите лишние.")


@dataclass(frozen=True, slots=True)
class Proven:
    """What a file or a link proves: a value or an expected document, by its id; the other one is None."""

    value_id: int | None = None
    expected_id: int | None = None


def list_evidence(
    session: Session, scope: Scope, proven: Proven, *, deleted: bool = False
) -> list[IndicatorEvidence]:
    """Return the proofs, the oldest first, or those that were taken away; NotFound out of scope."""
    seen_unit(session, scope, _owner(session, proven))
    return _PROOFS.rows(session, *_of(proven), deleted=deleted)


def attach_file(engine: Engine, scope: Scope, proven: Proven, file_name: str, content: bytes, title: str = "") -> int:
    """Keep a file as a proof, in a transaction of its own; return its id. Refusals are those of `store_file`."""
    return attach(
        engine, Author(scope.actor_name, scope.actor_id), file_name, content, title,
        may=lambda session: _open(session, scope, proven),
        add=lambda session, attached: _add(session, scope, proven, attached),
    )


def attach_link(session: Session, scope: Scope, proven: Proven, url: str, title: str = "") -> IndicatorEvidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, proven, link_to_attach(url, title))


def open_evidence(session: Session, scope: Scope, evidence_id: int) -> tuple[IndicatorEvidence, bytes]:
    """Return a file with its content; NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    seen_unit(session, scope, row.organisation_id)
    return opened(row)


def remove_evidence(session: Session, scope: Scope, evidence_id: int) -> IndicatorEvidence:
    """Take a proof away; it can be brought back."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    _open(session, scope, Proven(row.value_id, row.expected_id))
    return take_away(session, row)


def restore_evidence(session: Session, scope: Scope, evidence_id: int) -> IndicatorEvidence:
    """Bring a proof back that was taken away."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    _open(session, scope, Proven(row.value_id, row.expected_id))
    return bring_back(session, row)


def _add(session: Session, scope: Scope, proven: Proven, attached: Attached) -> IndicatorEvidence:
    organisation_id = _open(session, scope, proven)
    row = IndicatorEvidence(
        organisation_id=organisation_id, value_id=proven.value_id, expected_id=proven.expected_id,
        **asdict(attached), added_by=scope.actor_name,
    )
    return _PROOFS.add(session, row, *_of(proven))


def _of(proven: Proven) -> tuple[bool, bool]:
    """Return the conditions of a query by which a row belongs to this."""
    return IndicatorEvidence.value_id == proven.value_id, IndicatorEvidence.expected_id == proven.expected_id


def _open(session: Session, scope: Scope, proven: Proven) -> int:
    """Return whose proof it is; raise unless the actor enters there and the value is still open."""
    owner = _owner(session, proven)
    require_entering(scope, owner)
    value = session.get(IndicatorValue, proven.value_id) if proven.value_id is not None else None
    if value is not None and value.state not in EDITABLE:
        raise InvalidInput(
            f"Показатель «{value.code}» уже сдан ({value.state.value}).", "Попросите вернуть его на доработку."
        )
    if value is not None:
        require_collecting(session, owner, value.year, [value.returned_at])
    return owner


def _owner(session: Session, proven: Proven) -> int:
    if proven.value_id is not None:
        value = session.get(IndicatorValue, proven.value_id)
        if value is not None:
            return value.organisation_id
    elif proven.expected_id is not None:
        expected = session.get(ExpectedResult, proven.expected_id)
        if expected is not None and expected.deleted_at is None:
            return expected.organisation_id
    raise NotFound("То, что подтверждается")
