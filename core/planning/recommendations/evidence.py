"""What proves that recommendations were carried out: files and links of the addressee."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import InvalidInput
from core.people.scope import Scope
from core.planning.recommendations.access import answerable_recommendation, visible_recommendation
from core.planning.tables import Recommendation, RecommendationEvidence, RecommendationState
from core.store.author import Author
from core.store.evidence import Attached, link_to_attach
from core.store.evidence_table import EvidenceTable, attach, opened, take_away

_PROOFS = EvidenceTable(
    RecommendationEvidence, "Подтверждение", 50, "Приложено уже 50 подтверждений.", "Удалите лишние."
)
_PROVEN = frozenset({RecommendationState.ACCEPTED, RecommendationState.DONE})


def list_proofs(session: Session, scope: Scope, recommendation_id: int) -> list[RecommendationEvidence]:
    """Return the proofs, the oldest first; NotFound when the actor does not see the recommendation."""
    visible_recommendation(session, scope, recommendation_id)
    return _PROOFS.rows(session, RecommendationEvidence.recommendation_id == recommendation_id)


def attach_proof(
    engine: Engine, scope: Scope, recommendation_id: int, file_name: str, content: bytes, title: str = ""
) -> int:
    """Keep a file of the addressee as a proof, in a transaction of its own; return its id.

    Raises InvalidInput for a file that is not allowed or a recommendation that was not accepted.
    """
    return attach(
        engine, Author(scope.actor_name, scope.actor_id), file_name, content, title,
        may=lambda session: _provable(session, scope, recommendation_id),
        add=lambda session, attached: _add(session, scope, recommendation_id, attached),
    )


def link_proof(
    session: Session, scope: Scope, recommendation_id: int, url: str, title: str = ""
) -> RecommendationEvidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, recommendation_id, link_to_attach(url, title))


def open_proof(session: Session, scope: Scope, proof_id: int) -> tuple[RecommendationEvidence, bytes]:
    """Return a file with its content; NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _PROOFS.found(session, proof_id)
    visible_recommendation(session, scope, row.recommendation_id)
    return opened(row)


def remove_proof(session: Session, scope: Scope, proof_id: int) -> None:
    """Take a proof away; the file stays, so that it can be restored from the journal."""
    row = _PROOFS.found(session, proof_id)
    _provable(session, scope, row.recommendation_id)
    take_away(session, row)


def _add(session: Session, scope: Scope, recommendation_id: int, attached: Attached) -> RecommendationEvidence:
    recommendation = _provable(session, scope, recommendation_id)
    row = RecommendationEvidence(
        organisation_id=recommendation.place_id, recommendation_id=recommendation_id, **asdict(attached),
        added_by=scope.actor_name,
    )
    return _PROOFS.add(session, row, RecommendationEvidence.recommendation_id == recommendation_id)


def _provable(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    row = answerable_recommendation(session, scope, recommendation_id)
    if row.state not in _PROVEN:
        raise InvalidInput(
            f"Рекомендация {row.state.value}: подтверждения прикладывают к принятой.", "Сначала ответьте «Принято»."
        )
    return row
