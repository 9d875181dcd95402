"""What proves that recommendations were carried out: files and links of the addressee."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.recommendations.access import answerable_recommendation, visible_recommendation
from core.planning.tables import Recommendation, RecommendationEvidence, RecommendationState
from core.store.attachments import fetch
from core.store.base import utc_now
from core.store.evidence import Attached, Author, EvidenceKind, link_to_attach, store_file
from core.store.unit_of_work import reading

_MOST = 50
_PROVEN = frozenset({RecommendationState.ACCEPTED, RecommendationState.DONE})


def list_proofs(session: Session, scope: Scope, recommendation_id: int) -> list[RecommendationEvidence]:
    """Return the proofs, the oldest first; NotFound when the actor does not see the recommendation."""
    visible_recommendation(session, scope, recommendation_id)
    return _proofs(session, recommendation_id)


def attach_proof(
    engine: Engine, scope: Scope, recommendation_id: int, file_name: str, content: bytes, title: str = ""
) -> int:
    """Keep a file of the addressee as a proof, in a transaction of its own; return its id.

    Raises InvalidInput for a file that is not allowed or a recommendation that was not accepted.
    """
    with reading(engine) as session:
        _provable(session, scope, recommendation_id)

    def note(session: Session, attached: Attached) -> int:
        return _add(session, scope, recommendation_id, attached).id or 0

    return store_file(engine, Author(scope.actor_name, scope.actor_id), file_name, content, title, note)


def link_proof(
    session: Session, scope: Scope, recommendation_id: int, url: str, title: str = ""
) -> RecommendationEvidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, recommendation_id, link_to_attach(url, title))


def open_proof(session: Session, scope: Scope, proof_id: int) -> tuple[RecommendationEvidence, bytes]:
    """Return a file with its content; NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _found(session, proof_id)
    visible_recommendation(session, scope, row.recommendation_id)
    if row.kind is not EvidenceKind.FILE:
        raise NotFound("Файл")
    return row, fetch(row.stored_name, row.sha256)


def remove_proof(session: Session, scope: Scope, proof_id: int) -> None:
    """Take a proof away; the file stays, so that it can be restored from the journal."""
    row = _found(session, proof_id)
    _provable(session, scope, row.recommendation_id)
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def _add(session: Session, scope: Scope, recommendation_id: int, attached: Attached) -> RecommendationEvidence:
    recommendation = _provable(session, scope, recommendation_id)
    if len(_proofs(session, recommendation_id)) >= _MOST:
        raise InvalidInput(f"Приложено уже {_MOST} подтверждений.", "Удалите лишние.")
    row = RecommendationEvidence(
        organisation_id=recommendation.place_id, recommendation_id=recommendation_id, **asdict(attached),
        added_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def _provable(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    row = answerable_recommendation(session, scope, recommendation_id)
    if row.state not in _PROVEN:
        raise InvalidInput(
            f"Рекомендация {row.state.value}: подтверждения прикладывают к принятой.", "Сначала ответьте «Принято»."
        )
    return row


def _proofs(session: Session, recommendation_id: int) -> list[RecommendationEvidence]:
    query = select(RecommendationEvidence).where(
        RecommendationEvidence.recommendation_id == recommendation_id,
        col(RecommendationEvidence.deleted_at).is_(None),
    )
    return list(session.exec(query.order_by(col(RecommendationEvidence.id))))


def _found(session: Session, proof_id: int) -> RecommendationEvidence:
    row = session.get(RecommendationEvidence, proof_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("Подтверждение")
    return row
