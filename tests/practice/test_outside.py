"""Practices without a browser: the command line, the document, the workbook; two people at the same moment."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from core.cli.main import main
from core.diagnostics.confirmations import confirm_deficit
from core.documents.practice_document import practice_document
from core.errors import EditConflict
from core.practice.club_deficits import club_deficits
from core.practice.deciding import reject, send_to_trial
from core.practice.library import find_practices
from core.practice.practices import practice_steps
from core.practice.sheet import library_sheet
from core.practice.tables import PracticeState
from core.store.unit_of_work import reading, writing
from core.workbooks.writing import write_workbook
from tests.practice.conftest import EVERYBODY, Library
from tests.store.threads import at_once


def test_two_decisions_at_the_same_moment_leave_one(both: Library) -> None:
    practice = both.add()
    seen = both.card(practice).version
    scopes = [both.scope("методист"), both.scope("директор")]

    def decide(number: int) -> None:
        with writing(both.engine, f"решает {number}") as session:
            if number:
                reject(session, scopes[1], practice, "Не нужно.", seen)
            else:
                send_to_trial(session, scopes[0], practice, both.trial(), seen)

    (refusal,) = at_once(2, decide)
    assert isinstance(refusal, EditConflict)
    with reading(both.engine) as session:
        steps = practice_steps(session, EVERYBODY, practice)
    assert len(steps) == 2 and steps[0].state is PracticeState.OFFERED
    assert both.card(practice).state is steps[1].state


def test_the_document_tells_everything_and_takes_no_markup(library: Library) -> None:
    practice = library.add(title="Дроби <b>{{ 7*7 }}</b>", result="Видят & понимают.")
    library.publish(practice)
    library.rule(practice)
    with reading(library.engine) as session:
        content = practice_document(session, EVERYBODY, practice)
    text = "\n".join(part.text for part in Document(io.BytesIO(content)).paragraphs)
    assert "Дроби <b>{{ 7*7 }}</b>" in text and "Видят & понимают." in text
    assert "Отвечает на элементы содержания: дроби" in text
    assert "протокол № 3 от 10.11.2026" in text and "Применили" not in text


def test_the_workbook_holds_the_descriptions_and_no_formulas(library: Library) -> None:
    library.add(title="=1+1")
    with reading(library.engine) as session:
        cards = find_practices(session, library.scope("учитель"))
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook([library_sheet(cards)]))).worksheets[0]
    head, row = list(sheet.iter_rows(min_row=3, max_row=4, values_only=True))
    cells = dict(zip(head, row, strict=True))
    assert "=1+1" in str(cells["Практика"]) and cells["Что сделано"] == "Складываем полоски."
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_the_command_line_lists_filters_and_exports(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    practice = library.add()
    monkeypatch.setattr("core.cli.practices.opened_engine", lambda: library.engine)
    monkeypatch.setattr("core.cli.exports.opened_engine", lambda: library.engine)
    for arguments, expected in (
        ([], [practice]), (["--subject", "матем"], [practice]), (["--subject", "Физика"], []),
        (["--element", "Дроби"], [practice]), (["--element", "проценты"], []),
    ):
        assert main(["practices", *arguments, "--json"]) == 0
        assert [one["id"] for one in json.loads(capsys.readouterr().out)] == expected, arguments
    assert main(["practices"]) == 0 and "Дроби на полосках" in capsys.readouterr().out
    assert main(["practices", "-o", str(tmp_path / "список.xlsx")]) == 0
    assert main(["export", "practice", str(practice), "-o", str(tmp_path / "практика.docx")]) == 0
    assert (tmp_path / "практика.docx").read_bytes().startswith(b"PK")
    assert main(["export", "practice", str(practice), "-o", str(tmp_path / "практика.xlsx")]) == 1
    assert "сохраняется как .docx" in capsys.readouterr().err
    assert main(["export", "practice", "999", "-o", str(tmp_path / "нет.docx")]) == 1


def test_a_club_page_tells_which_deficits_the_club_confirmed(library: Library) -> None:
    club = library.region.associations["РМО математиков"]
    with writing(library.engine, "методист") as session:
        confirm_deficit(
            session, library.scope("методист"), club, subject="Математика", confirmed_on=date(2026, 11, 3),
            protocol="5", element="дроби",
        )
    with reading(library.engine) as session:
        (found,) = club_deficits(session, library.scope("методист"), club)
    assert (found.what, found.confirmed.protocol) == ("дроби", "5")
