"""The library: practices that the actor may read, searched and filtered, and how many answer which key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from core.people.scope import Action, Scope
from core.practice.access import Reader, decides, may_change, reader_of, sees, visible_practice
from core.practice.names import Names, names_for
from core.practice.states import PUBLISHED, PracticeState
from core.practice.tables import Practice, PracticeAttachment, PracticeNote, PracticeUse
from core.practice.values import TEXTS

_ORDER = {
    state: place
    for place, state in enumerate((
        PracticeState.RECOMMENDED, PracticeState.TRIED, PracticeState.ON_TRIAL, PracticeState.OFFERED,
        PracticeState.DRAFT, PracticeState.REJECTED,
    ))
}


@dataclass(frozen=True, slots=True)
class PracticeFilter:
    """What to list; an empty tuple or text means «all»."""

    text: str = ""
    subjects: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    task_types: tuple[str, ...] = ()
    states: tuple[PracticeState, ...] = ()
    association_id: int | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A practice as the actor may see it."""

    id: int
    version: int
    title: str
    subject: str
    elements: tuple[str, ...]
    task_types: tuple[str, ...]
    method: str
    grades: tuple[int, ...]
    class_name: str
    """«6Б, 2025/2026»; "" where none is given."""
    author: str
    organisation_id: int
    organisation: str
    state: PracticeState
    association_id: int | None
    trial_until: date | None
    texts: Mapping[str, str]
    """Parts of the description by the names of `values.TEXTS`."""
    created_at: datetime
    uses: int
    """In how many classes colleagues applied it."""
    notes: int
    attachments: int
    is_mine: bool
    may_change: bool
    may_decide: bool
    row: Practice

    @property
    def is_published(self) -> bool:
        """Say whether everybody of the municipality reads it."""
        return self.state in PUBLISHED


def find_practices(session: Session, scope: Scope, wanted: PracticeFilter | None = None) -> list[PracticeCard]:
    """Return the practices that the actor may read and that pass the filter: recommended ones first, then the newest.

    They are never sorted by results: the library is not a rating. With `deleted` those that the actor may restore.
    """
    chosen = wanted or PracticeFilter()
    reader = reader_of(session, scope)
    there = col(Practice.deleted_at)
    query = select(Practice).where(there.is_not(None) if chosen.deleted else there.is_(None))
    if chosen.subjects:
        query = query.where(col(Practice.subject).in_(chosen.subjects))
    if chosen.association_id is not None:
        query = query.where(Practice.association_id == chosen.association_id)
    rows = [
        row
        for row in session.exec(query)
        if (may_change(scope, reader, row) if chosen.deleted else sees(scope, reader, row)) and _passes(row, chosen)
    ]
    cards = _cards(session, scope, reader, rows)
    words = _folded(chosen.text).split()
    found = [card for card in cards if all(word in _searched(card) for word in words)]
    return sorted(found, key=lambda card: (_ORDER[card.state], -card.created_at.timestamp(), card.id))


def get_practice(session: Session, scope: Scope, practice_id: int, *, deleted: bool = False) -> PracticeCard:
    """Return one practice; raise NotFound when there is none or the actor may not read it."""
    row, reader = visible_practice(session, scope, practice_id, deleted=deleted)
    return _cards(session, scope, reader, [row])[0]


def practice_counts(session: Session, scope: Scope) -> Mapping[tuple[str, str], int]:
    """Return how many published practices answer each (subject, element or task type)."""
    if not scope.allows(Action.VIEW_PRACTICES):
        return {}
    reader = reader_of(session, scope)
    query = select(Practice).where(col(Practice.deleted_at).is_(None), col(Practice.state).in_(PUBLISHED))
    return Counter(
        (row.subject, key)
        for row in session.exec(query)
        if reader.reads(row.organisation_id)
        for key in (*row.elements, *row.task_types)
    )


def _passes(row: Practice, chosen: PracticeFilter) -> bool:
    if chosen.states and row.state not in chosen.states:
        return False
    if chosen.elements and not set(chosen.elements) & set(row.elements):
        return False
    return not chosen.task_types or bool(set(chosen.task_types) & set(row.task_types))


def _cards(session: Session, scope: Scope, reader: Reader, rows: Sequence[Practice]) -> list[PracticeCard]:
    names = names_for(
        session, scope, (row.author_teacher_id for row in rows), (row.organisation_id for row in rows)
    )
    ids = [row.id or 0 for row in rows]
    uses, notes, files = (_counts(session, table, ids) for table in (PracticeUse, PracticeNote, PracticeAttachment))
    return [_card(scope, reader, row, names, (uses, notes, files)) for row in rows]


def _card(
    scope: Scope, reader: Reader, row: Practice, names: Names, counts: tuple[Mapping[int, int], ...]
) -> PracticeCard:
    key = row.id or 0
    uses, notes, files = (found.get(key, 0) for found in counts)
    is_author = row.author_teacher_id is not None and row.author_teacher_id == reader.teacher_id
    return PracticeCard(
        id=key, version=row.version, title=row.title, subject=row.subject, elements=tuple(row.elements),
        task_types=tuple(row.task_types), method=row.method, grades=tuple(row.grades), class_name=class_words(
            row.class_grade, row.class_letter, row.class_year
        ),
        author=names.author(row), organisation_id=row.organisation_id,
        organisation=names.organisation(row.organisation_id), state=row.state, association_id=row.association_id,
        trial_until=row.trial_until, texts={field: getattr(row, field) for field in TEXTS}, created_at=row.created_at,
        uses=uses, notes=notes, attachments=files, is_mine=reader.wrote(row), may_change=may_change(scope, reader, row),
        may_decide=row.state is not PracticeState.DRAFT and not is_author
        and decides(scope, row.organisation_id, row.subject),
        row=row,
    )


def class_words(grade: int | None, letter: str, year: int | None) -> str:
    """Return a class with its academic year: «6Б, 2025/2026»; "" for none."""
    if grade is None:
        return ""
    return f"{grade}{letter}, {year - 1}/{year}" if year is not None else f"{grade}{letter}"


def _counts(
    session: Session, table: type[PracticeUse] | type[PracticeNote] | type[PracticeAttachment], ids: Sequence[int]
) -> dict[int, int]:
    query = (
        select(table.practice_id, func.count())
        .where(col(table.practice_id).in_(ids), col(table.deleted_at).is_(None))
        .group_by(col(table.practice_id))
    )
    return dict(session.exec(query).all())


def _searched(card: PracticeCard) -> str:
    parts = (
        card.title, card.subject, card.method, card.author, card.organisation, *card.elements, *card.task_types,
        *card.texts.values(),
    )
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
