"""Every document of the register, made from the demo municipality, opened and turned into pages by LibreOffice."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from lxml import etree
from sqlalchemy import Engine
from sqlmodel import select

from core.cycle.cycles import open_cycle
from core.documents.file_names import plain_name
from core.documents.package import meeting_package
from core.documents.planning_kinds import meeting_subjects
from core.documents.records import last_made, note_made
from core.documents.register import KINDS, list_documents, make_document, maker_bytes
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.academic_year import year_on
from core.people.access import scope_for
from core.people.account_tables import Account, RoleGrant
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teacher_tables import Teacher
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from core.words.people import name_cases

EVERYBODY = Scope.local_administrator()
APPROVED = {
    "roadmap", "roadmap-control", "roadmap-edition", "association-plan", "qualification-plan", "mentorship",
    "closing-note", "association-year", "school-year", "municipality-year",
}
"""Kinds that are approved: the block stands above them."""
SIGNED = {
    "agenda", "minutes", "mentorship-order", "mentorship-orders", "mentorship-state", "monitoring", "recommendation",
    "route", "topic",
}


class Paper(NamedTuple):
    code: str
    ending: str
    content: bytes
    text: str
    """What the pages say, form feeds between them."""


class Town(NamedTuple):
    engine: Engine
    schools: dict[str, int]
    papers: list[Paper]


@pytest.fixture(scope="module")
def town(demo_store, tmp_path_factory) -> Iterator[Town]:
    """Give a copy of the demo with a cycle, and one document of each kind in each of its formats as pages."""
    folder = tmp_path_factory.mktemp("papers")
    shutil.copytree(demo_store.folder, folder / "store")
    engine = open_engine(f"sqlite:///{folder / 'store' / 'quality.db'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_STORE", str(folder / "store"))
        with writing(engine, "Тест") as session:
            schools = {
                one.name: one.id or 0
                for one in session.exec(select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL))
            }
            open_cycle(session, EVERYBODY, min(schools.values()), "napolnovskaya", year_on(date.today()))
        yield Town(engine, schools, _printed(folder, _made(engine)))
    engine.dispose()


def _made(engine: Engine) -> dict[tuple[str, str], bytes]:
    with reading(engine) as session:
        return {
            (code, ending): maker_bytes(session, EVERYBODY, kind, rows[0].subject.key, ending)
            for code, kind in KINDS.items()
            if (rows := list_documents(session, EVERYBODY, code))
            for ending in kind.makers
        }


def _printed(folder: Path, made: dict[tuple[str, str], bytes]) -> list[Paper]:
    """Return the documents with the text of their pages; LibreOffice starts once for all of them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "install LibreOffice: see the command in README.md"
    for (code, ending), content in made.items():
        (folder / f"{code}-{ending}.{ending}").write_bytes(content)
    names = [str(folder / f"{code}-{ending}.{ending}") for code, ending in made]
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
         *names],
        check=True, capture_output=True, timeout=300,
    )
    return [
        Paper(code, ending, content, subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{code}-{ending}.pdf"), "-"], check=True, capture_output=True,
        ).stdout.decode())
        for (code, ending), content in made.items()
    ]


def test_every_kind_becomes_pages_without_holes(town: Town) -> None:
    assert {paper.code for paper in town.papers} == set(KINDS)
    for paper in town.papers:
        where = f"{paper.code}.{paper.ending}"
        found = re.search(r"\{[{%#]|[}%#]\}|\bNone\b|\bnan\b|\bNaN\b|#REF|#ЗНАЧ|Ошибка:|\bTrue\b|\bFalse\b", paper.text)
        assert found is None, (where, paper.text[max(0, found.start() - 60): found.end() + 60])
        pages = paper.text.rstrip("\f").split("\f")
        assert all(page.strip() for page in pages), f"{where}: an empty page"
        assert len(re.sub(r"\s", "", paper.text)) > 100, f"{where}: hardly anything"
        assert not re.search(r"(?m):\s*[;,.]\s*$|\(\s*\)|«\s*»", paper.text), f"{where}: an empty field"
        for number, page in enumerate(pages, start=1):
            assert f"Страница {number} из" in page, f"{where}: page {number} has no number"


def test_what_is_approved_and_signed_has_its_blocks(town: Town) -> None:
    texts = {paper.code: paper.text for paper in town.papers if paper.ending == "docx"}
    for code in APPROVED:
        assert re.search("УТВЕРЖДАЮ|УТВЕРЖДЕНО", texts[code]), code
    for code in (APPROVED - {"roadmap", "roadmap-control", "roadmap-edition"}) | SIGNED:
        assert "____" in texts[code], code
    assert "РАССМОТРЕНО" in texts["association-plan"] or "СОГЛАСОВАНО" in texts["association-plan"]
    assert "Лист согласования" in texts["roadmap-control"] or "ЛИСТ СОГЛАСОВАНИЯ" in texts["approval-sheet"]


def test_files_are_whole(town: Town) -> None:
    """Every part is XML, every relation leads somewhere: nothing that an office programme would have to repair."""
    for paper in town.papers:
        with zipfile.ZipFile(io.BytesIO(paper.content)) as archive:
            names = archive.namelist()
            assert len(names) == len(set(names)) and archive.testzip() is None
            for name in names:
                if not name.endswith((".xml", ".rels")):
                    continue
                root = etree.fromstring(archive.read(name))
                if name.endswith(".rels"):
                    folder = name.replace("_rels/", "").rpartition("/")[0]
                    for link in root:
                        if link.get("TargetMode") == "External":
                            continue
                        target = str(link.get("Target"))
                        place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                        parts: list[str] = []
                        for part in place.split("/"):
                            parts = parts[:-1] if part == ".." else [*parts, part]
                        assert "/".join(parts) in names, (paper.code, name, target)


def test_tables_hold_numbers_and_print_on_paper(town: Town) -> None:
    books = {paper.code: openpyxl.load_workbook(io.BytesIO(paper.content)) for paper in town.papers
             if paper.ending == "xlsx"}
    for code, book in books.items():
        sheet = book.worksheets[0]
        assert sheet.freeze_panes == "A4" and sheet.print_title_rows == "$3:$3", code
        assert sheet.print_area and sheet.page_setup.paperSize == 9, code
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, code
        texts = [cell.value for one in book.worksheets for row in one.iter_rows() for cell in row
                 if isinstance(cell.value, str)]
        assert not any(text.startswith(("=", "+", "@")) for text in texts), code
    plan = books["qualification-plan"]["Курсы"]
    hours, begins = plan["E4"], plan["G4"]
    assert isinstance(hours.value, int) and begins.is_date and begins.number_format == "dd.mm.yyyy"
    figures = books["mentorship-state"]["Показатели"]
    assert isinstance(figures["B4"].value, int) and figures["D4"].number_format == "0.0%"
    assert isinstance(books["items"].worksheets[0]["E4"].value, float)


def test_documents_of_a_school_tell_nothing_of_another(town: Town) -> None:
    """A director sees own documents only, and none of them names another school."""
    names = sorted(town.schools)
    first, second = (_director(town.engine, town.schools[name]) for name in names[:2])
    published = {"practice"}
    with reading(town.engine) as session:
        for code, kind in KINDS.items():
            if code in published:
                continue
            own = list_documents(session, first, code)
            theirs = list_documents(session, second, code)
            assert all(row.subject.organisation_id == town.schools[names[0]] for row in own), code
            for row in theirs:
                if code not in ("items", "problem-fields"):
                    with pytest.raises((NotFound, NotAllowed)):
                        make_document(session, first, code, row.subject.key, next(iter(kind.makers)))
            for row in own[:1]:
                for ending in kind.makers:
                    told = _words(maker_bytes(session, first, kind, row.subject.key, ending))
                    assert not [name for name in names[1:] if name in told], (code, ending)


def test_the_package_of_a_meeting_opens_everywhere(town: Town) -> None:
    with reading(town.engine) as session:
        meeting = meeting_subjects(session, EVERYBODY)[0]
        package = meeting_package(session, EVERYBODY, int(meeting.key))
        with pytest.raises(NotFound):
            meeting_package(session, EVERYBODY, 999)
    assert package.file.name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(package.file.content)) as archive:
        names = archive.namelist()
        contents = archive.read("00 Состав пакета.txt").decode("utf-8-sig")
        assert all(one.flag_bits & 0x800 for one in archive.infolist()), "names are UTF-8"
    assert len({name.lower() for name in names}) == len(names) >= 5
    assert not [name for name in names if re.search(r'[\\/:*?"<>|]|[ .]\.\w+$', name) or len(name) > 90]
    assert names[0] == "01 Повестка.docx" and any("протокол" in name.lower() for name in names)
    assert any(name.endswith(".xlsx") for name in names) and all(name in contents for name in names[:-1])


def test_no_file_is_called_by_a_person(town: Town) -> None:
    """Neither a document of the register nor anything in a package; the titles on the screen do name them."""
    with reading(town.engine) as session:
        teachers = [one.full_name.split() for one in session.exec(select(Teacher))]
        surnames = {form.casefold() for name in teachers for form in name_cases(" ".join(name))[0]}
        rows = list_documents(session, EVERYBODY)
        called = {row.file_title for row in rows}
        packed = meeting_package(session, EVERYBODY, int(meeting_subjects(session, EVERYBODY)[0].key)).file.content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        called |= set(archive.namelist())
    words = {word.casefold() for name in called for word in re.findall(r"\w+", plain_name(name))}
    assert words & surnames == set() and surnames & {word.casefold() for row in rows for word in row.title.split()}
    pair = next(row for row in rows if row.kind.code == "mentorship")
    number, about = rf"№ {pair.subject.key} с \d\d\.\d\d\.\d{{4}}", re.escape(pair.organisation)
    assert re.fullmatch(f"Программа наставничества – {number}, {about}", pair.file_title)


def test_it_is_known_when_and_by_whom_a_document_was_made(town: Town) -> None:
    director = _director(town.engine, min(town.schools.values()))
    with writing(town.engine, "Директор") as session:
        note_made(session, director, min(town.schools.values()), "minutes", "1", "docx")
    with reading(town.engine) as session:
        assert last_made(session, director)["minutes", "1"].actor == director.actor_name
        assert ("minutes", "1") not in last_made(session, _director(town.engine, max(town.schools.values())))
        with pytest.raises(InvalidInput, match="не делается"):
            make_document(session, EVERYBODY, "minutes", meeting_subjects(session, EVERYBODY)[0].key, "xlsx")


def _director(engine: Engine, school_id: int) -> Scope:
    with writing(engine, "Тест") as session:
        login = f"director{school_id}"
        account = session.exec(select(Account).where(Account.login == login)).first()
        if account is None:
            account = Account(login=login, display_name=f"Директор {school_id}", organisation_id=school_id)
            session.add(account)
            session.flush()
            session.add(RoleGrant(account_id=account.id or 0, role=Role.DIRECTOR, organisation_id=school_id))
            session.flush()
        return scope_for(session, account)


def _words(content: bytes) -> str:
    """Return all texts of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]+>", "", part) for part in parts)
