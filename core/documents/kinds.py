"""The plain contract of the register: what a kind of documents is, what one document is about, what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlmodel import Session

from core.errors import NotFound
from core.people.scope import Action, Scope

Ending: TypeAlias = Literal["docx", "xlsx"]
Maker: TypeAlias = Callable[[Session, Scope, str], bytes]
"""Makes a document from the key of its subject. Raises NotFound for a subject out of scope."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one document is about, as far as the actor sees it. `key` goes into addresses and the log."""

    key: str
    title: str
    organisation_id: int
    year: int = 0
    """Academic year by its spring; 0 where the document belongs to none."""
    in_file_name: str | None = None
    """What the file is called in place of a title that names persons, the organisation comes behind it; None: title."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of documents.

    `code` stands on the command line and in the log, `screen` is the address where its data are kept, `source` says in
    words what it is made from, `action` is the right that it needs; `makers` go by the ending of the file.
    """

    code: str
    title: str
    screen: str
    source: str
    action: Action
    subjects: Callable[[Session, Scope], list[Subject]]
    makers: Mapping[Ending, Maker]
    templates: tuple[str, ...] = ()
    """Names of the Word templates that it fills."""
    find: Callable[[Session, Scope, str], Subject] | None = None
    """For a kind that can be made of more subjects than its list shows: the subject of a key. Raises NotFound."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A finished file with a name that every system accepts."""

    name: str
    content: bytes


def by_id(make: Callable[[Session, Scope, int], bytes]) -> Maker:
    """Return a maker for documents whose key is the id of a row."""

    def made(session: Session, scope: Scope, key: str) -> bytes:
        return make(session, scope, id_of(key))

    return made


def by_year(make: Callable[[Session, Scope, int, int], bytes]) -> Maker:
    """Return a maker for documents of an object in a year or an edition: the key has two numbers (`year_key`)."""

    def made(session: Session, scope: Scope, key: str) -> bytes:
        return make(session, scope, *parts_of(key))

    return made


def year_key(object_id: int, year: int) -> str:
    """Return the key of a document of an organisation or association in an academic year, of a roadmap in an edition.

    >>> year_key(3, 2027)
    '3|2027'
    """
    return f"{object_id}|{year}"


def parts_of(key: str) -> tuple[int, int]:
    """Return the two numbers of a key, an object and its year or edition; NotFound for anything else."""
    object_id, _sign, year = key.partition("|")
    return id_of(object_id), id_of(year)


def id_of(key: str) -> int:
    """Return the id that a key holds; NotFound for anything else."""
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise NotFound("Документ")
    return int(key)
