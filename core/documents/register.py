"""The one register of documents: every kind, what it is made from, what can be made now, and making it.

    rows = list_documents(session, scope)                       # what the actor can make now
    file = make_document(session, scope, "minutes", "4", "docx")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from core.documents.file_names import dated_name
from core.documents.help_kinds import HELP_KINDS
from core.documents.kinds import DocumentKind, Ending, NamedFile, Subject
from core.documents.note_kinds import NOTE_KINDS
from core.documents.planning_kinds import PLANNING_KINDS
from core.documents.year_kinds import YEAR_KINDS
from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.answers import answer_of

KINDS: Final[dict[str, DocumentKind]] = {
    kind.code: kind for kind in (*PLANNING_KINDS, *YEAR_KINDS, *HELP_KINDS, *NOTE_KINDS)
}
"""All kinds of documents by their codes."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that the actor can make now."""

    kind: DocumentKind
    subject: Subject
    organisation: str

    @property
    def title(self) -> str:
        """Return kind and subject as the name of a file begins, the kind once."""
        kind, subject = self.kind.title, self.subject.title
        return subject if subject.lower().startswith(kind.lower()) else f"{kind} – {subject}"

    @property
    def file_title(self) -> str:
        """Return what the file is called: the title, or kind, number, day and organisation where it names a person."""
        if self.subject.in_file_name is None:
            return self.title
        return f"{self.kind.title} – {self.subject.in_file_name}, {self.organisation}"


def kind_of(code: str) -> DocumentKind:
    """Return a kind by its code; raise NotFound for an unknown one."""
    if code not in KINDS:
        raise NotFound("Вид документа")
    return KINDS[code]


def kinds_for(scope: Scope) -> list[DocumentKind]:
    """Return the kinds that the actor has a right to."""
    return [kind for kind in KINDS.values() if scope.allows(kind.action)]


def list_documents(session: Session, scope: Scope, code: str | None = None) -> list[DocumentRow]:
    """Return what the actor can make now, kind by kind; of one kind if given."""
    wanted = kinds_for(scope) if code is None else [kind for kind in kinds_for(scope) if kind.code == code]
    found = [(kind, subject) for kind in wanted for subject in answer_of(session, scope, kind.subjects)]
    ids = {subject.organisation_id for _kind, subject in found}
    names = dict(
        session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))).all()
    )
    return [DocumentRow(kind, subject, names.get(subject.organisation_id, "")) for kind, subject in found]


def find_document(session: Session, scope: Scope, code: str, key: str) -> DocumentRow:
    """Return one document that the actor can make; raise NotFound for any other."""
    kind = kind_of(code)
    if kind.find is not None and scope.allows(kind.action):
        subject = kind.find(session, scope, key)
        return DocumentRow(kind, subject, session.get_one(Organisation, subject.organisation_id).name)
    for row in list_documents(session, scope, kind_of(code).code):
        if row.subject.key == key:
            return row
    raise NotFound("Документ")


def make_document(session: Session, scope: Scope, code: str, key: str, ending: str) -> NamedFile:
    """Return a document as a file with its name.

    Raises NotFound for what is not in scope, InvalidInput for a format that the kind does not have or a template that
    does not work.
    """
    row = find_document(session, scope, code, key)
    return NamedFile(dated_name(row.file_title, ending), maker_bytes(session, scope, row.kind, key, ending))


def maker_bytes(session: Session, scope: Scope, kind: DocumentKind, key: str, ending: str) -> bytes:
    """Return the content of a document; raises as `make_document` does."""
    scope.require(kind.action)
    maker = next((make for known, make in kind.makers.items() if known == ending), None)
    if maker is None:
        raise InvalidInput(
            f"«{kind.title}» не делается в виде «{ending}».", f"Есть: {', '.join(sorted(kind.makers))}."
        )
    return maker(session, scope, key)


def endings_of(kind: DocumentKind) -> tuple[Ending, ...]:
    """Return the formats of a kind, Word first."""
    return tuple(sorted(kind.makers))
