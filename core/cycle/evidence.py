"""What proves a mark by hand, and the texts of regulations: files and links."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from core.cycle.access import is_seen, markable_cycle, may_mark, require_leading
from core.cycle.cycle_tables import CycleEvidence, CycleMark, Regulation
from core.cycle.hand_marks import stage_of
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.store.author import Author
from core.store.evidence import Attached, link_to_attach
from core.store.evidence_table import EvidenceTable, attach, bring_back, opened, take_away

_CALLED = "Документ"
_PROOFS = EvidenceTable(CycleEvidence, _CALLED, 20, "Приложено уже 20 документов.", "Уберите лишние.")


@dataclass(frozen=True, slots=True)
class Proven:
    """To what a file or a link belongs: a mark or a regulation, by its id; the other one is None."""

    mark_id: int | None = None
    regulation_id: int | None = None


def list_evidence(session: Session, scope: Scope, proven: Proven, *, deleted: bool = False) -> list[CycleEvidence]:
    """Return the files and links, the oldest first, or those that were taken away.

    Texts of regulations are for everybody who sees the organisation; what proves a mark may name people and is for
    those who mark on its stage: NotAllowed or NotFound otherwise.
    """
    _readable(session, scope, proven)
    return _PROOFS.rows(session, *_of(proven), deleted=deleted)


def attach_file(engine: Engine, scope: Scope, proven: Proven, file_name: str, content: bytes, title: str = "") -> int:
    """Keep a file, in a transaction of its own; return its id. Refusals are those of `store_file`."""
    return attach(
        engine, Author(scope.actor_name, scope.actor_id), file_name, content, title,
        may=lambda session: _changeable(session, scope, proven),
        add=lambda session, attached: _add(session, scope, proven, attached),
    )


def attach_link(session: Session, scope: Scope, proven: Proven, url: str, title: str = "") -> CycleEvidence:
    """Note an address. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, proven, link_to_attach(url, title))


def open_evidence(session: Session, scope: Scope, evidence_id: int) -> tuple[CycleEvidence, bytes]:
    """Return a file with its content; refusals as `list_evidence`, StoreUnavailable when it is damaged."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    _readable(session, scope, Proven(row.mark_id, row.regulation_id))
    return opened(row)


def remove_evidence(session: Session, scope: Scope, evidence_id: int) -> CycleEvidence:
    """Take a file or a link away; it can be brought back."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    _changeable(session, scope, Proven(row.mark_id, row.regulation_id))
    return take_away(session, row)


def restore_evidence(session: Session, scope: Scope, evidence_id: int) -> CycleEvidence:
    """Bring a file or a link back that was taken away."""
    row = _PROOFS.found(session, evidence_id, deleted=True)
    _changeable(session, scope, Proven(row.mark_id, row.regulation_id))
    return bring_back(session, row)


def _add(session: Session, scope: Scope, proven: Proven, attached: Attached) -> CycleEvidence:
    organisation_id = _changeable(session, scope, proven)
    row = CycleEvidence(
        organisation_id=organisation_id, mark_id=proven.mark_id, regulation_id=proven.regulation_id,
        **asdict(attached), added_by=scope.actor_name,
    )
    return _PROOFS.add(session, row, *_of(proven))


def _of(proven: Proven) -> tuple[bool, bool]:
    """Return the conditions of a query by which a row belongs to this."""
    return CycleEvidence.mark_id == proven.mark_id, CycleEvidence.regulation_id == proven.regulation_id


def _changeable(session: Session, scope: Scope, proven: Proven) -> int:
    """Return whose it is; raise unless the actor marks on the stage of an open cycle, or keeps the regulations."""
    owner = _owner(session, scope, proven)
    mark = session.get(CycleMark, proven.mark_id) if proven.mark_id is not None else None
    if mark is None:
        require_leading(scope, owner)
    else:
        markable_cycle(session, scope, mark.cycle_id, stage_of(session, mark.cycle_id, mark.stage_number))
    return owner


def _readable(session: Session, scope: Scope, proven: Proven) -> None:
    owner = _owner(session, scope, proven)
    mark = session.get(CycleMark, proven.mark_id) if proven.mark_id is not None else None
    if mark is None:
        return
    scope.require(Action.MARK_CYCLE)
    if not may_mark(scope, owner, stage_of(session, mark.cycle_id, mark.stage_number).association_id):
        raise NotFound(_CALLED)


def _owner(session: Session, scope: Scope, proven: Proven) -> int:
    """Return whose it is; what is out of reach is told of in the words of what there is not."""
    mark = session.get(CycleMark, proven.mark_id) if proven.mark_id is not None else None
    regulation = session.get(Regulation, proven.regulation_id) if proven.regulation_id is not None else None
    if mark is not None and is_seen(session, scope, mark.organisation_id):
        return mark.organisation_id
    if regulation is not None and regulation.deleted_at is None and is_seen(session, scope, regulation.organisation_id):
        return regulation.organisation_id
    raise NotFound(_CALLED)
