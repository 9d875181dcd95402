"""Works of the demo as workbooks: they go in like real ones, and each teaches what it is for."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Engine

from core.blueprints.catalogue import catalogue
from core.demo.workbooks.files import demo_files
from core.demo.workbooks.protocol import MEN, SURNAMES, WOMEN
from core.intake.contract import InspectionRequest
from core.intake.history import completeness
from core.intake.inspecting import inspect
from core.intake.preview import InspectedFile, UploadOptions, UploadPreview
from core.intake.previewing import preview_upload
from core.intake.uploading import store_upload
from core.people.scope import Scope
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from tests.conftest import DemoStore

ADMINISTRATOR = Scope.local_administrator()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the five files by what they are for."""
    names = ("gap", "all schools", "corrected", "protocol", "mistakes")
    return dict(zip(names, demo_files(tmp_path_factory.mktemp("files")), strict=True))


@pytest.fixture
def filled(demo_store: DemoStore, tmp_path: Path) -> Iterator[Engine]:
    """Give a filled store that the test may change."""
    copytree(demo_store.folder, tmp_path / "store")
    engine = open_engine(f"sqlite:///{tmp_path / 'store' / 'quality.db'}")
    yield engine
    engine.dispose()


def previewed(engine: Engine, path: Path, school: str | None = None) -> UploadPreview:
    """Return the preview of a file, read in this process."""
    with reading(engine) as session:
        found = inspect(path.read_bytes(), path.name, InspectionRequest(catalogue=catalogue(session)))
        file = InspectedFile(path.name, "0" * 64, found)
        return preview_upload(session, ADMINISTRATOR, file, UploadOptions(school_code=school))


def test_the_same_seed_gives_the_same_bytes(files: dict[str, Path], tmp_path: Path) -> None:
    again = demo_files(tmp_path)
    assert [path.name for path in again] == [path.name for path in files.values()]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files.values()]


def test_the_late_form_fills_the_gap_on_the_board(filled: Engine, files: dict[str, Path]) -> None:
    preview = previewed(filled, files["gap"], "edu990108")
    assert preview.layout == "vpr-collection-form"
    assert not preview.refused
    with writing(filled, "Методист") as session:
        stored = store_upload(session, ADMINISTRATOR, preview)
    with reading(filled) as session:
        board = completeness(session, ADMINISTRATOR, 2026)
    small = next(school for school in board.schools if school.code == "edu990108")
    assert stored.assessment_ids[0] in board.participants[small.id or 0]


def test_the_report_of_all_schools_is_what_is_stored(filled: Engine, files: dict[str, Path]) -> None:
    preview = previewed(filled, files["all schools"])
    assert preview.layout == "fisoko-individual"
    assert not preview.refused
    assert len({part.school.code for part in preview.works[0].classes}) == 8
    assert all(part.difference is not None and part.difference.is_empty for part in preview.works[0].classes)


def test_the_corrected_report_shows_its_few_changes(filled: Engine, files: dict[str, Path]) -> None:
    preview = previewed(filled, files["corrected"])
    assert not preview.refused
    first, *others = (part.difference for part in preview.works[0].classes)
    assert first is not None
    scores = [change for change in first.changed if change.column.startswith("задание")]
    assert len(scores) == 4
    assert all(difference is not None and difference.is_empty for difference in others)


def test_the_protocol_agrees_and_its_names_stay_outside(filled: Engine, files: dict[str, Path]) -> None:
    preview = previewed(filled, files["protocol"])
    assert preview.layout == "gia-protocol"
    assert not preview.refused
    assert all(part.difference is not None and part.difference.is_empty for part in preview.works[0].classes)
    said = repr(preview)
    assert not any(name in said for name in (*SURNAMES, *MEN, *WOMEN))


def test_the_form_with_mistakes_names_each_of_them(filled: Engine, files: dict[str, Path]) -> None:
    preview = previewed(filled, files["mistakes"], "edu990105")
    assert preview.refused
    errors = [finding for finding in preview.findings if finding.severity == "error"]
    assert {(error.row, error.column) for error in errors} == {(3, "A"), (5, "C"), (7, "E"), (9, "A")}


def test_the_files_go_into_an_empty_store_too(sqlite_engine: Engine, files: dict[str, Path]) -> None:
    path = files["all schools"]
    found = inspect(path.read_bytes(), path.name, InspectionRequest())
    file = InspectedFile(path.name, "0" * 64, found)
    with reading(sqlite_engine) as session:
        preview = preview_upload(session, ADMINISTRATOR, file, UploadOptions(create_organisations=True))
    with writing(sqlite_engine, "Методист") as session:
        stored = store_upload(session, ADMINISTRATOR, preview)
    assert stored.is_new
    assert preview.participants > 200
