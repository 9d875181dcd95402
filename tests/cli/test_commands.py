"""The command line as a person uses it: import files, ask questions, take a copy."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlmodel import Session

from core.cli.main import main
from core.errors import EditConflict
from core.intake.preview import UploadPreview
from core.intake.uploading import StoredUpload, store_upload
from core.people.scope import Scope
from tests.intake.file_formats import written
from tests.intake.layout_files import OGE, exam, fisoko_individual, oge_sparse, truth, wide


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program keep its store in a folder of the test's own."""
    folder = tmp_path / "store"
    monkeypatch.setenv("QUALITY_STORE", str(folder))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    return folder


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    """Run a command with --json and return its exit status and what it printed."""
    capsys.readouterr()
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def save(path: Path, sheets: dict[str, list[list]], **options: object) -> str:
    path.write_bytes(written(sheets, **options))
    return str(path)


def test_a_class_that_somebody_stored_meanwhile_is_looked_at_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = save(tmp_path / "результаты.xlsx", fisoko_individual(truth(classes=(("edu000001", "А", 5),))))
    tries = []

    def overtaken(session: Session, scope: Scope, preview: UploadPreview) -> StoredUpload:
        tries.append(preview)
        if len(tries) == 1:
            raise EditConflict("Результаты класса изменил другой человек.")
        return store_upload(session, scope, preview)

    monkeypatch.setattr("core.cli.uploads.store_upload", overtaken)
    status, report = answer(capsys, "import", file, "--create-organisations")
    assert (status, report["stored"], len(tries)) == (0, True, 2)


def test_from_a_file_to_problem_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    t = truth(maxima=(1, 2, 1, 3), classes=(("edu000001", "А", 25), ("edu000001", "Б", 24)))
    for index, row in enumerate(t.scores):
        row[0] = int(index % 10 == 0)
    file = save(tmp_path / "результаты.xlsx", fisoko_individual(t))
    status, report = answer(capsys, "import", file, "--create-organisations")
    assert status == 0
    assert report["layout"] == "fisoko-individual"
    assert report["assessment"] == {"procedure": "ВПР", "subject": "Математика", "grade": 4, "year": 2026}
    assert (report["participants"], report["absent"], report["stored"]) == (49, 0, True)
    assert (report["items"], report["maxima"]) == (["1", "2", "3", "4"], [1, 2, 1, 3])

    _status, works = answer(capsys, "works")
    assert [(work["subject"], work["participants"], work["items"]) for work in works] == [("Математика", 49, 4)]
    work = str(works[0]["id"])
    _status, items = answer(capsys, "items", work)
    assert items["n"] == 49
    assert items["items"][0]["facility"] == pytest.approx(5 / 49)
    assert items["items"][0]["low"] < 5 / 49 < items["items"][0]["high"]
    _status, fields = answer(capsys, "problem-fields", "--work", work)
    whole = [field for field in fields if field["scope"] == "school" and field["items"] == ["1"]]
    assert [field["status"] for field in whole] == ["достоверно ниже"]
    assert {"scope", "unit", "kind", "key", "facility", "low", "high", "threshold", "status", "severity", "reach",
            "repeats", "n"} <= set(fields[0])


def test_a_refused_file_exits_with_one_and_names_the_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    t = truth()
    t.scores[2][1] = 9
    file = save(tmp_path / "плохой.xlsx", fisoko_individual(t))
    status, report = answer(capsys, "import", file, "--create-organisations")
    assert (status, report["stored"], report["upload_id"]) == (1, False, None)
    error = next(finding for finding in report["findings"] if finding["severity"] == "error")
    assert error["sheet"]
    assert error["row"]
    assert error["column"]
    assert error["value"] == "9"
    assert "максимальн" in error["message"]
    _status, works = answer(capsys, "works")
    assert works == []


def test_a_dry_run_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    status, report = answer(capsys, "import", file, "--create-organisations", "--dry-run")
    assert (status, report["stored"]) == (0, False)
    assert answer(capsys, "works")[1] == []


def test_the_same_file_again_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    _status, first = answer(capsys, "import", file, "--create-organisations")
    status, second = answer(capsys, "import", file, "--create-organisations")
    assert (status, second["upload_id"]) == (0, first["upload_id"])
    assert "уже загружены" in second["findings"][-1]["message"]


def test_undo_takes_everything_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    _status, report = answer(capsys, "import", file, "--create-organisations")
    assert main(["undo", str(report["upload_id"])]) == 0
    assert answer(capsys, "works")[1] == []


def test_several_files_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    (tmp_path / "б.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    capsys.readouterr()
    status = main(["import", good, str(tmp_path / "б.xlsx"), "--create-organisations", "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (status, [line["stored"] for line in lines]) == (1, [True, False])
    assert "xlsx" in lines[1]["findings"][0]["message"]


def test_options_say_what_the_file_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "таблица.xlsx", wide(truth(), title=None))
    status, report = answer(capsys, "import", file, "--create-organisations", "--kind", "НИКО", "--subject", "Химия",
                            "--grade", "10", "--year", "2025")
    assert status == 0, report["findings"]
    assert report["assessment"] == {"procedure": "НИКО", "subject": "Химия", "grade": 10, "year": 2025}


def test_unknown_subject_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    assert main(["import", file, "--subject", "Алхимия"]) == 1
    assert "«Алхимия»" in capsys.readouterr().err


def test_no_name_or_document_stays_anywhere(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    t = exam(OGE)
    file = save(tmp_path / "протокол.xlsx", oge_sparse(t))
    status, report = answer(capsys, "import", file, "--create-organisations")
    assert status == 0, report["findings"]
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    kept = [path.read_bytes() for path in (*store.rglob("*"), tmp_path / "copy.db") if path.is_file()]
    said = capsys.readouterr().out + caplog.text + json.dumps(report, ensure_ascii=False)
    for surname, _first, patronymic in t.names:
        for secret in (surname, patronymic):
            assert not any(secret.encode() in content for content in kept), secret
            assert secret not in said
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT sum(participants) FROM class_work").fetchone() == (len(t.scores),)


def test_backup_restore_and_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    _status, report = answer(capsys, "import", file, "--create-organisations")
    copy = str(tmp_path / "copy.db")
    assert main(["backup", copy]) == 0
    assert main(["undo", str(report["upload_id"])]) == 0
    assert main(["restore", copy]) == 0
    assert main(["verify"]) == 0
    assert len(answer(capsys, "works")[1]) == 1
    (tmp_path / "copy.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    assert main(["restore", copy]) == 1
    assert len(answer(capsys, "works")[1]) == 1, "a broken copy changes nothing"


def test_exports_are_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    file = save(tmp_path / "а.xlsx", fisoko_individual(truth()))
    answer(capsys, "import", file, "--create-organisations")
    work = str(answer(capsys, "works")[1][0]["id"])
    for kind in ("items", "problem-fields"):
        target = tmp_path / f"{kind}.xlsx"
        assert main(["export", kind, work, "-o", str(target)]) == 0
        assert openpyxl.load_workbook(target).worksheets[0].max_row >= 3


def test_a_work_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert main(["items", "999"]) == 1
    assert "не найден" in capsys.readouterr().err


def test_demo_fills_an_empty_store_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert len(answer(capsys, "works")[1]) == 30
    assert main(["demo"]) == 1


def test_roadmaps_are_listed_and_saved_by_the_ending_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo"]) == 0
    status, found = answer(capsys, "roadmaps")
    assert status == 0
    ours = [one for one in found if one["organisation"] != "Приозёрный район"]
    assert len(found) == 7 and len(ours) == 6, "the neighbouring district has one of its own"
    states = {one["state"]: one for one in ours if "2025/2026" not in one["title"]}
    assert set(states) == {"утверждена", "согласована советом", "проект"}
    approved = states["утверждена"]
    assert (approved["measures"], approved["done"], approved["approved_edition"]) == (12, 2, 1)
    for ending, signature in ((".xlsx", b"PK"), (".docx", b"PK")):
        target = tmp_path / f"карта{ending}"
        assert main(["export", "roadmap", str(approved["id"]), "-o", str(target)]) == 0
        assert target.read_bytes().startswith(signature)
    capsys.readouterr()
    edition = ["export", "roadmap-edition", f"{approved['id']}|1", "-o", str(tmp_path / "редакция.docx")]
    assert main(["export", "roadmap-edition"]) == 0 and f"{approved['id']}|1\t" in capsys.readouterr().out
    assert main(edition) == 0 and (tmp_path / "редакция.docx").read_bytes().startswith(b"PK")
    assert main([*edition[:2], str(approved["id"]), *edition[3:]]) == 1
    assert "карта без номера редакции" in capsys.readouterr().err
    assert main(["export", "roadmap", "1", "-o", str(tmp_path / "карта.pdf")]) == 1
    assert "сохраняется как .docx или .xlsx" in capsys.readouterr().err
