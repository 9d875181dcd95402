"""The documents that can be made now, as lines of a table with filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.documents.records import LastMade
from core.documents.register import DocumentRow, list_documents
from core.people.academic_year import year_name
from pages.widgets.screens import screen_at
from pages.widgets.session import read

SCREEN = "documents"


def document_rows() -> list[DocumentRow]:
    """Return what the person at the screen can make now."""
    found: list[DocumentRow] = read(list_documents)
    return found


def line_of(row: DocumentRow, made: dict[tuple[str, str], LastMade]) -> dict[str, object]:
    """Return a document as a line of the table and of the filters."""
    last = made.get((row.kind.code, row.subject.key))
    return {
        "code": row.kind.code,
        "key": row.subject.key,
        "document_stage": screen_at(row.kind.screen).stage or "Обзор",
        "document": row.kind.title,
        "about": row.subject.title,
        "organisation": row.organisation,
        "school_year": year_name(row.subject.year) if row.subject.year else None,
        "at": last.at if last is not None else None,
        "actor": last.actor if last is not None else "",
        "source": row.kind.source,
    }


def kind_lines(lines: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return a line for each kind of documents: how many there are, of which year the latest is, when one was made."""
    kinds: dict[object, list[Mapping[str, object]]] = {}
    for line in lines:
        kinds.setdefault(line["code"], []).append(line)
    found: list[dict[str, object]] = []
    for code, members in kinds.items():
        last = max((one for one in members if one["at"] is not None), key=lambda one: str(one["at"]), default=None)
        first = members[0]
        found.append({
            "code": code, "document_stage": first["document_stage"], "document": first["document"],
            "source": first["source"], "count": len(members),
            "school_year": max((str(one["school_year"]) for one in members if one["school_year"]), default=None),
            "at": last["at"] if last is not None else None, "actor": last["actor"] if last is not None else "",
        })
    return found
