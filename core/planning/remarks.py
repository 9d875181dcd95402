"""The dialogue of remarks on a roadmap and its measures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.planning.access import changes, visible_measure, visible_roadmap
from core.planning.tables import Remark
from core.store.base import utc_now
from core.store.live import live_row

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class RemarkThread:
    """A remark with its answers in order."""

    remark: Remark
    answers: tuple[Remark, ...]

    @property
    def is_settled(self) -> bool:
        """Say whether the remark was settled."""
        return self.remark.settled_at is not None


def list_remarks(session: Session, scope: Scope, roadmap_id: int, *, with_settled: bool = True) -> list[RemarkThread]:
    """Return the remarks on a roadmap and its measures, the oldest first."""
    visible_roadmap(session, scope, roadmap_id)
    query = select(Remark).where(Remark.roadmap_id == roadmap_id, col(Remark.deleted_at).is_(None))
    rows = list(session.exec(query.order_by(col(Remark.id))))
    threads = [
        RemarkThread(row, tuple(answer for answer in rows if answer.answers_id == row.id))
        for row in rows
        if row.answers_id is None
    ]
    return [thread for thread in threads if with_settled or not thread.is_settled]


def add_remark(
    session: Session,
    scope: Scope,
    roadmap_id: int,
    text: str,
    measure_id: int | None = None,
    answers_id: int | None = None,
) -> Remark:
    """Write a remark on the roadmap, on one of its measures, or as an answer. Everybody who sees the roadmap may."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    if measure_id is not None and visible_measure(session, scope, measure_id)[1].roadmap_id != roadmap_id:
        raise NotFound("Мероприятие")
    if answers_id is not None:
        asked = _found(session, answers_id, roadmap_id)
        answers_id, measure_id = asked.answers_id or asked.id, asked.measure_id
    remark = new_remark(roadmap.organisation_id, roadmap_id, roadmap.edition, scope, text)
    remark.measure_id, remark.answers_id = measure_id, answers_id
    session.add(remark)
    session.flush()
    return remark


def settle_remark(session: Session, scope: Scope, remark_id: int) -> Remark:
    """Mark a remark as settled; who wrote it and who edits the roadmap may. A settled one stays as it is."""
    remark = live_row(session, Remark, remark_id, "Замечание")
    roadmap = visible_roadmap(session, scope, remark.roadmap_id)
    is_author = remark.author_id is not None and remark.author_id == scope.actor_id
    if not is_author and not changes(scope, Action.EDIT_ROADMAPS, roadmap.organisation_id, roadmap.association_id):
        raise NotAllowed("Замечание снимает его автор или тот, кто ведёт дорожную карту.")
    if remark.settled_at is None:
        remark.settled_at, remark.settled_by = utc_now(), scope.actor_name
        session.add(remark)
    return remark


def new_remark(organisation_id: int, roadmap_id: int, edition: int, scope: Scope, text: str) -> Remark:
    """Return a remark that is not stored yet. Raises InvalidInput for an empty or over-long text."""
    text = text.strip()
    if not text:
        raise InvalidInput("Замечание пустое.", "Напишите, что нужно исправить.")
    require_length(text, _LONGEST, "Замечание")
    return Remark(
        organisation_id=organisation_id, roadmap_id=roadmap_id, edition=edition, text=text, author=scope.actor_name,
        author_id=scope.actor_id,
    )


def _found(session: Session, remark_id: int, roadmap_id: int) -> Remark:
    remark = session.get(Remark, remark_id)
    if remark is None or remark.deleted_at is not None or remark.roadmap_id != roadmap_id:
        raise NotFound("Замечание")
    return remark
