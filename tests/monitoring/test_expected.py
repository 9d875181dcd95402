"""Expected results by years: closed by evidence, printed, what is missing named."""

import io

import pytest
from docx import Document

from core.documents.expected_document import expected_document
from core.errors import InvalidInput, NotAllowed
from core.monitoring.evidence import Proven, attach_file, attach_link, list_evidence, open_evidence, remove_evidence
from core.monitoring.expected import expected_table, start_expected
from core.monitoring.lifecycle import submit_values
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring

ADDRESS = "https://a.ru/1"


@pytest.fixture
def monitoring(sqlite_monitoring: Monitoring, tmp_path, monkeypatch) -> Monitoring:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    with writing(sqlite_monitoring.engine, "специалист") as session:
        start_expected(session, sqlite_monitoring.scope("специалист"), sqlite_monitoring.unit("район"), 2025)
    return sqlite_monitoring


def _table(monitoring: Monitoring, who: str = "специалист"):
    with reading(monitoring.engine) as session:
        return expected_table(session, monitoring.scope(who), monitoring.unit("район"))


def _printed(monitoring: Monitoring) -> tuple[list[list[str]], str]:
    with reading(monitoring.engine) as session:
        content = expected_document(session, monitoring.scope("специалист"), monitoring.unit("район"))
    document = Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    return rows, "\n".join(part.text for part in document.paragraphs)


def test_the_table_of_the_concept_is_printed_and_names_what_is_missing(monitoring: Monitoring):
    table = _table(monitoring)
    assert (table.years, len(table.rows), len(table.cells)) == ((2025, 2026, 2027), 7, 18)
    first = table.rows[0].cells[0]
    with writing(monitoring.engine, "специалист") as session:
        attach_link(session, monitoring.scope("специалист"), Proven(expected_id=first.id), ADDRESS, "Приказ 70")
    assert len(_table(monitoring).missing) == 17
    rows, text = _printed(monitoring)
    assert rows[0] == ["Документы", "2024/2025", "2025/2026", "2026/2027"] and len(rows) == 8
    assert "✓ Приказ 70" in rows[1][1] and "○ документ не приложен" in rows[1][2] and rows[2][3] == ""
    assert "Ещё не подтверждено" in text and first.title not in text and table.rows[1].cells[0].title in text


def test_a_full_table_names_nothing(monitoring: Monitoring):
    for cell in _table(monitoring).cells:
        with writing(monitoring.engine, "специалист") as session:
            attach_link(session, monitoring.scope("специалист"), Proven(expected_id=cell.id), ADDRESS, "Приказ")
    rows, text = _printed(monitoring)
    assert not _table(monitoring).missing and "не подтверждено" not in text
    assert not any("не приложен" in cell for row in rows for cell in row)


def test_a_table_is_made_once_and_by_those_who_enter(monitoring: Monitoring):
    with writing(monitoring.engine, "специалист") as session, pytest.raises(InvalidInput, match="уже есть"):
        start_expected(session, monitoring.scope("специалист"), monitoring.unit("район"), 2025)
    with writing(monitoring.engine, "наблюдатель") as session, pytest.raises(NotAllowed):
        start_expected(session, monitoring.scope("наблюдатель"), monitoring.unit("школа 1"), 2025)


def test_a_document_answered_with_yes_needs_its_file(monitoring: Monitoring):
    monitoring.enter("школа 1", 1, 10)
    with writing(monitoring.engine, "директор") as session:
        row = monitoring.row(session, "школа 1", "П39")
        row.fact = 1
        session.add(row)
        key = row.id or 0
    scope, school = monitoring.scope("директор"), monitoring.unit("школа 1")
    with writing(monitoring.engine, "директор") as session, pytest.raises(InvalidInput, match="документ не приложен"):
        submit_values(session, scope, school, YEAR, ["П39"])
    attach_file(monitoring.engine, scope, Proven(value_id=key), "справка.pdf", b"%PDF-1.4\n%%EOF\n")
    with writing(monitoring.engine, "директор") as session:
        assert submit_values(session, scope, school, YEAR, ["П39"]) == 1
        proofs = list_evidence(session, scope, Proven(value_id=key))
        assert open_evidence(session, scope, proofs[0].id or 0)[1].startswith(b"%PDF")
        with pytest.raises(InvalidInput, match="уже сдан"):
            remove_evidence(session, scope, proofs[0].id or 0)
