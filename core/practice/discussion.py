"""What people say of a practice: comments, questions to the author, answers; moderation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.practice.access import Reader, decides, visible_practice
from core.practice.names import Names, names_for
from core.practice.states import PUBLISHED, NoteKind, PracticeState
from core.practice.tables import Practice, PracticeNote
from core.store.base import utc_now

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One remark as the actor may see it; a removed one keeps its place without its text."""

    id: int
    kind: NoteKind
    text: str
    author: str
    is_practice_author: bool
    written_at: datetime
    is_removed: bool
    removed_why: str
    may_remove: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NoteThread:
    """A remark with its answers in order."""

    first: ShownNote
    answers: tuple[ShownNote, ...]

    @property
    def waits(self) -> bool:
        """Say whether it is a question that the author of the practice has not answered."""
        return self.first.kind is NoteKind.QUESTION and not self.first.is_removed and not any(
            answer.is_practice_author for answer in self.answers
        )


def list_notes(session: Session, scope: Scope, practice_id: int) -> list[NoteThread]:
    """Return the discussion of a practice, the oldest thread first."""
    practice, reader = visible_practice(session, scope, practice_id)
    query = select(PracticeNote).where(PracticeNote.practice_id == practice_id).order_by(col(PracticeNote.id))
    rows = list(session.exec(query))
    names = names_for(session, scope, (row.author_teacher_id for row in rows), ())
    moderates = decides(scope, practice.organisation_id, practice.subject)
    shown = {row.id: _shown(row, practice, reader, names, moderates) for row in rows}
    threads = [
        NoteThread(shown[row.id], tuple(shown[answer.id] for answer in rows if answer.answers_id == row.id))
        for row in rows
        if row.answers_id is None
    ]
    return [thread for thread in threads if not thread.first.is_removed or thread.answers or thread.first.may_remove]


def add_note(
    session: Session, scope: Scope, practice_id: int, text: str, kind: NoteKind = NoteKind.COMMENT,
    answers_id: int | None = None,
) -> PracticeNote:
    """Write a comment, a question to the author, or an answer. Raises InvalidInput for an empty or over-long text."""
    scope.require(Action.OFFER_PRACTICES)
    practice, reader = visible_practice(session, scope, practice_id)
    if practice.state is PracticeState.DRAFT:
        raise InvalidInput("Черновик ещё не обсуждают.", "Сначала предложите практику.")
    if answers_id is not None:
        asked = _found(session, answers_id, practice_id)
        answers_id, kind = asked.answers_id or asked.id, NoteKind.COMMENT
    row = PracticeNote(
        organisation_id=practice.organisation_id, practice_id=practice_id, answers_id=answers_id, kind=kind,
        text=_good_text(text), author=scope.actor_name, author_id=scope.actor_id, author_teacher_id=reader.teacher_id,
    )
    session.add(row)
    session.flush()
    return row


def remove_note(session: Session, scope: Scope, note_id: int, reason: str = "") -> PracticeNote:
    """Take a remark off the page: one's own at any time, another's as a moderator with a reason."""
    row, practice, reader = _of_practice(session, scope, note_id)
    if not _is_own(row, reader):
        _require_moderator(scope, practice)
        if not reason.strip():
            raise InvalidInput("Не сказано, почему запись снята.", "Напишите причину: её увидит автор записи.")
        row.hidden_reason = reason.strip()[:300]
    row.deleted_at = row.deleted_at or utc_now()
    session.add(row)
    return row


def restore_note(session: Session, scope: Scope, note_id: int) -> PracticeNote:
    """Bring a remark back: one's own unless a moderator took it off, any as a moderator."""
    row, practice, reader = _of_practice(session, scope, note_id)
    if row.hidden_reason or not _is_own(row, reader):
        _require_moderator(scope, practice)
    row.deleted_at, row.hidden_reason = None, ""
    session.add(row)
    return row


def may_discuss(scope: Scope, state: PracticeState) -> bool:
    """Say whether the actor may write under a practice in this state."""
    return scope.allows(Action.OFFER_PRACTICES) and (state in PUBLISHED or state is PracticeState.OFFERED)


def _shown(row: PracticeNote, practice: Practice, reader: Reader, names: Names, moderates: bool) -> ShownNote:
    mine = _is_own(row, reader)
    removed = row.deleted_at is not None
    is_author = (
        (row.author_teacher_id is not None and row.author_teacher_id == practice.author_teacher_id)
        or (row.author_teacher_id is None and bool(practice.author) and row.author == practice.author)
    )
    author = names.writer(row)
    if is_author and row.author_teacher_id is not None and practice.author_named:
        author = names.full.get(row.author_teacher_id, author)
    return ShownNote(
        id=row.id or 0, kind=row.kind, text="" if removed and not (moderates or mine) else row.text, author=author,
        is_practice_author=is_author, written_at=row.written_at, is_removed=removed, removed_why=row.hidden_reason,
        may_remove=(mine and not row.hidden_reason) or moderates, is_mine=mine,
    )


def _is_own(row: PracticeNote, reader: Reader) -> bool:
    return row.author_id == reader.account_id


def _of_practice(session: Session, scope: Scope, note_id: int) -> tuple[PracticeNote, Practice, Reader]:
    row = session.get(PracticeNote, note_id)
    if row is None:
        raise NotFound("Запись обсуждения")
    practice, reader = visible_practice(session, scope, row.practice_id)
    return row, practice, reader


def _require_moderator(scope: Scope, practice: Practice) -> None:
    if not decides(scope, practice.organisation_id, practice.subject):
        raise NotAllowed(
            "Чужую запись снимают методист и руководитель объединения.", "Сообщите им, что в записи не так."
        )


def _found(session: Session, note_id: int, practice_id: int) -> PracticeNote:
    row = session.get(PracticeNote, note_id)
    if row is None or row.deleted_at is not None or row.practice_id != practice_id:
        raise NotFound("Запись обсуждения")
    return row


def _good_text(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput("Запись пустая.", "Напишите, что думаете или о чём хотите спросить.")
    return require_length(words, _LONGEST, "Запись")
