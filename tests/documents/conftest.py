"""A town with two schools and one work, for notes and their tables."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from sqlalchemy import Engine

from core.documents.note_document import note_document
from core.documents.notes.generating import note_text
from core.documents.text import DocumentText, NoteKind, NoteSubject, Section
from core.people.scope import Scope
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, scope_of

DAY = date(2026, 11, 22)
EVERYBODY = Scope.local_administrator()


@dataclass(frozen=True)
class Town:
    engine: Engine
    ids: dict[str, int]
    work: int

    def note(self, scope: Scope, unit: str, kind: NoteKind = NoteKind.WORK_LONG) -> DocumentText:
        with reading(self.engine) as session:
            return note_text(session, scope, kind, NoteSubject(self.work, unit), DAY)

    def paper(self, scope: Scope, unit: str, kind: NoteKind = NoteKind.WORK_LONG) -> Paper:
        with reading(self.engine) as session:
            return Document(io.BytesIO(note_document(session, scope, kind, NoteSubject(self.work, unit))))

    @property
    def director(self) -> Scope:
        return scope_of(self.ids, "school1", own=["school1"])

    @property
    def specialist(self) -> Scope:
        return scope_of(self.ids, "town", "school1", "school2")


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    path = tmp_path_factory.mktemp("notes") / "quality.db"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine, "подготовка теста") as session:
        ids = add_organisations(session)
        work = add_work(session, ids, plan_id=add_plan(session))
    yield Town(engine, ids, work)
    engine.dispose()


def section(note: DocumentText, key: str) -> Section:
    return next(one for one in note.sections if one.key == key)
