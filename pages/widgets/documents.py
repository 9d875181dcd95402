"""Handing out documents of the register: made when the button is pressed, and noted as made.

    document_button("roadmaps_docx", "DOCX", "roadmap", "4", "docx", roadmap.title)
"""

from __future__ import annotations

from contextlib import suppress

from core.documents.kinds import Ending
from core.documents.records import note_made
from core.documents.register import find_document, kind_of, maker_bytes
from core.errors import NotFound, StoreUnavailable
from pages.widgets.downloads import download
from pages.widgets.session import look, write

DOCUMENT_ADDRESS = ("document_code", "document_key")
"""What the address of the screen of documents holds to show one document: its kind and its subject."""


def document_button(key: str, label: str, code: str, subject: str, ending: Ending, title: str) -> None:
    """Show a button that hands out one document; the file is called by `title` and today's date."""
    download(key, label, title, ending, lambda: hand_out(code, subject, ending))


def hand_out(code: str, subject: str, ending: Ending) -> bytes:
    """Return a document for the person at this screen and note that it was made."""
    content = look(maker_bytes, kind_of(code), subject, ending)
    # Neither a full disk nor a plan that is still empty may stand between a person and the paper.
    with suppress(NotFound, StoreUnavailable):
        row = look(find_document, code, subject)
        write(note_made, row.subject.organisation_id, code, subject, ending)
    return content
