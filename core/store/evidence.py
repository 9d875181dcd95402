"""Files and links that prove or explain something: one way for every room that lets people attach them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Field, Session

from core.errors import InvalidInput
from core.store.attachments import forget, keep
from core.store.author import Author
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.file_kinds import file_kind
from core.store.unit_of_work import writing
from core.words.visible import visible

_LONGEST_ADDRESS = 2000


class EvidenceKind(StrEnum):
    """A stored file or an address."""

    FILE = "файл"
    LINK = "ссылка"


class EvidenceColumns(Versioned, SoftDeleted):
    """What tables of attached files and links share, their version and soft deletion too."""

    kind: EvidenceKind
    title: str = Field(max_length=300)
    url: str = Field(default="", max_length=_LONGEST_ADDRESS)
    stored_name: str = Field(default="", max_length=80)
    """Name in the folder of attachments; never the name that the user's file had."""
    file_name: str = Field(default="", max_length=255)
    """The user's name of the file, for the download only."""
    media_type: str = Field(default="", max_length=120)
    size: int = Field(default=0)
    """Bytes."""
    sha256: str = Field(default="", max_length=64)
    added_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    added_by: str = Field(default="", max_length=120)
    id: int | None = Field(default=None, primary_key=True)


@dataclass(frozen=True, slots=True)
class Attached:
    """The columns of a file or a link that is about to be noted."""

    kind: EvidenceKind
    title: str
    url: str = ""
    stored_name: str = ""
    file_name: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""


def store_file(
    engine: Engine, author: Author, file_name: str, content: bytes, title: str,
    note: Callable[[Session, Attached], int],
) -> int:
    """Keep a file and let `note` add its row, in a transaction of its own; return what `note` returns.

    Whatever fails, neither a file nor a row is left. Raises InvalidInput for a file that is empty, larger than 20 MB,
    a program or not of an allowed kind, and whatever `note` raises.
    """
    kind = file_kind(file_name, content)
    stored = keep(content, kind.ending)
    attached = Attached(
        EvidenceKind.FILE, _title(title, file_name), stored_name=stored, file_name=_plain_name(file_name),
        media_type=kind.media_type, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
    )
    try:
        with writing(engine, author.actor, author.actor_id) as session:
            return note(session, attached)
    except BaseException:
        forget(stored)
        raise


def link_to_attach(url: str, title: str = "") -> Attached:
    """Return an address as columns. Raises InvalidInput for anything but an http or https address."""
    address = url.strip()
    host = _host(address)
    if host is None or len(address) > _LONGEST_ADDRESS or any(sign.isspace() for sign in address):
        raise InvalidInput(
            f"«{address[:80]}» не похоже на адрес страницы.", "Вставьте адрес, который начинается с https://."
        )
    return Attached(EvidenceKind.LINK, _title(title, host), url=address)


def _host(address: str) -> str | None:
    """Return the host of an http or https address; None for anything else."""
    try:
        parts = urlsplit(address)
        return parts.hostname if parts.scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def _plain_name(file_name: str) -> str:
    """Return the last part of the user's name of the file, without signs that no system allows."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    cleaned = "".join("_" if sign in '<>:"|?*' or not sign.isprintable() else sign for sign in name)
    return cleaned[-255:] or "файл"


def _title(title: str, otherwise: str) -> str:
    return (visible(title).strip() or _plain_name(otherwise))[:300]
