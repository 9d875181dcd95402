"""Proofs: what is accepted, what is refused, and that nothing is left behind."""

import io
import zipfile
from pathlib import Path

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound, StoreUnavailable
from core.planning.evidence import (
    attach_file,
    attach_link,
    list_evidence,
    open_evidence,
    remove_evidence,
    restore_evidence,
)
from core.planning.tables import IndicatorKind, Measure
from core.planning.updating import closing_cautions
from core.store.attachments import attachments_directory
from core.store.file_kinds import MAX_BYTES, file_kind
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, Plan

PDF = b"%PDF-1.7\n..."


def packed(*names: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<xml/>")
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("Протокол.PDF", PDF, "pdf"),
        ("справка.docx", packed("[Content_Types].xml", "word/document.xml"), "docx"),
        ("таблица.xlsx", packed("xl/workbook.xml"), "xlsx"),
        ("план.odt", packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        ("старый.doc", OLE + "WordDocument".encode("utf-16-le"), "doc"),
        ("фото.JPEG", b"\xff\xd8\xff\xe0abc", "jpg"),
        ("список.csv", "ФИО;Балл\n".encode("cp1251"), "csv"),
    ],
)
def test_files_that_are_accepted(name: str, content: bytes, ending: str) -> None:
    assert file_kind(name, content).ending == ending


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("пусто.pdf", b"", "пуст"),
        ("программа.exe", b"MZ\x90\0", "программа"),
        ("протокол.pdf", b"MZ\x90\0", "программа"),
        ("скрипт.txt", b"#!/bin/sh\nrm", "программа"),
        ("библиотека.txt", b"\x7fELF\x02", "программа"),
        ("макрос.docx", packed("word/document.xml", "word/vbaProject.bin"), "макросы"),
        ("макрос.xls", OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"), "макросы"),
        ("установщик.doc", OLE + "Property".encode("utf-16-le"), "такого вида"),
        ("архив.zip", packed("virus.exe"), "такого вида"),
        ("битый.docx", b"PK\x03\x04oops", "повреждён"),
        ("страница.html", b"<script>alert(1)</script>", "такого вида"),
        ("картинка.png", PDF, "внутри PDF"),
        ("команды.bat", b"del *.*", "такого вида"),
        ("видео.mp4", b"\0\0\0\x18ftypmp42", "такого вида"),
        ("текст.txt", b"abc\0def", "такого вида"),
    ],
)
def test_files_that_are_refused(name: str, content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        file_kind(name, content)
    assert words in refusal.value.message and refusal.value.advice


def test_two_hundred_megabytes_are_refused_in_words_and_leave_nothing(sqlite_plan: Plan) -> None:
    measure = sqlite_plan.add("А")
    with pytest.raises(InvalidInput, match=r"занимает 200 МБ, а помещается 20 МБ"):
        attach_file(sqlite_plan.engine, EVERYBODY, measure, "видео.pdf", PDF + bytes(200 * 1024 * 1024))
    assert not attachments_directory().exists()
    assert MAX_BYTES == 20 * 1024 * 1024


def test_a_file_is_kept_under_a_name_of_our_own_and_given_back(plan: Plan) -> None:
    measure = plan.add("А")
    key = attach_file(plan.engine, EVERYBODY, measure, "../../etc/Протокол № 1.pdf", PDF, title="Протокол")
    with reading(plan.engine) as session:
        row, content = open_evidence(session, EVERYBODY, key)
    assert (content, row.file_name, row.title, row.size) == (PDF, "Протокол № 1.pdf", "Протокол", len(PDF))
    (stored,) = attachments_directory().iterdir()
    assert stored.name == row.stored_name and "Протокол" not in stored.name
    assert stored.stat().st_mode & 0o077 == 0
    assert plan.rows()["1"].evidence == 1


def test_a_proof_that_cannot_be_noted_leaves_no_file(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = plan.add("А")

    def refuse(*_arguments: object) -> None:
        raise InvalidInput("Больше нельзя.")

    monkeypatch.setattr("core.store.evidence_table.EvidenceTable.add", refuse)
    with pytest.raises(InvalidInput, match="Больше нельзя"):
        attach_file(plan.engine, EVERYBODY, measure, "Протокол.pdf", PDF)
    assert list(attachments_directory().iterdir()) == []
    assert plan.rows()["1"].evidence == 0


def test_a_full_disk_is_said(sqlite_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = sqlite_plan.add("А")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreUnavailable, match="не удалось сохранить"):
        attach_file(sqlite_plan.engine, EVERYBODY, measure, "Протокол.pdf", PDF)
    assert list(attachments_directory().iterdir()) == []


def test_a_damaged_or_missing_file_is_said(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    measure = plan.add("А")
    key = attach_file(plan.engine, EVERYBODY, measure, "Протокол.pdf", PDF)
    (stored,) = attachments_directory().iterdir()
    stored.write_bytes(b"%PDF-other")
    with reading(plan.engine) as session, pytest.raises(StoreUnavailable, match="контрольная сумма"):
        open_evidence(session, EVERYBODY, key)
    stored.unlink()
    with reading(plan.engine) as session, pytest.raises(StoreUnavailable, match="не найден"):
        open_evidence(session, EVERYBODY, key)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "просто текст", "https://", "http://[", ""]
)
def test_links_that_are_refused(sqlite_plan: Plan, url: str) -> None:
    measure = sqlite_plan.add("А")
    with writing(sqlite_plan.engine, "Петрова") as session, pytest.raises(InvalidInput, match="не похоже на адрес"):
        attach_link(session, EVERYBODY, measure, url)


def test_links_are_kept_removed_and_restored(plan: Plan) -> None:
    measure = plan.add("А", indicator="Наличие протокола")
    with writing(plan.engine, "Петрова") as session:
        row = session.get_one(Measure, measure)
        assert row.indicator_kind is IndicatorKind.DOCUMENT
        assert "приложите файл или ссылку" in closing_cautions(row, [])[0]
        link = attach_link(session, EVERYBODY, measure, " https://школа.рф/протокол ", "Протокол")
        assert closing_cautions(row, list_evidence(session, EVERYBODY, measure)) == []
        with pytest.raises(NotFound):
            open_evidence(session, EVERYBODY, link.id or 0)
        remove_evidence(session, EVERYBODY, link.id or 0)
        assert list_evidence(session, EVERYBODY, measure) == []
        restore_evidence(session, EVERYBODY, link.id or 0)
        assert [one.url for one in list_evidence(session, EVERYBODY, measure)] == ["https://школа.рф/протокол"]


def test_who_may_prove(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    mine, others = plan.add("Моё", owner_teacher_id=plan.region.teachers["Смирнова"]), plan.add("Чужое")
    teacher = plan.scope("учитель")
    key = attach_file(plan.engine, teacher, mine, "Протокол.pdf", PDF)
    with pytest.raises(NotAllowed):
        attach_file(plan.engine, teacher, others, "Протокол.pdf", PDF)
    with reading(plan.engine) as session, pytest.raises(NotAllowed):
        open_evidence(session, plan.scope("без роли"), key)
