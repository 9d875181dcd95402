"""Preview, save, repeat, correct and undo an upload."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import col, func, select

from core.errors import EditConflict, InvalidInput, NotFound
from core.intake.contract import (
    AssessmentKey,
    Finding,
    Inspection,
    ReferenceReport,
    ReferenceRowSpec,
    SchoolRef,
)
from core.intake.history import completeness, list_uploads, list_works
from core.intake.packing import unpack_class
from core.intake.preview import CellChange, InspectedFile, UploadOptions, UploadPreview
from core.intake.previewing import preview_upload
from core.intake.reference import reference_rows
from core.intake.tables import Assessment, ClassWork, Upload, UploadState
from core.intake.undoing import redo_upload, undo_upload
from core.intake.uploading import StoredUpload, clean_file_name, store_upload
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.store.unit_of_work import reading, writing
from tests.intake.builders import KEY, inspected, parsed_class

EVERYTHING = Scope.local_administrator()
CREATE = UploadOptions(create_organisations=True)
FIRST = parsed_class([[1, 2, 0], [0, 1, 2], [1, -1, 1]], marks=[4, 4, 3])
CORRECTED = parsed_class([[1, 2, 0], [0, 2, 2], [1, -1, 1]], marks=[4, 5, 3])


def preview(engine: Engine, file: InspectedFile, options: UploadOptions = CREATE) -> UploadPreview:
    with reading(engine) as session:
        return preview_upload(session, EVERYTHING, file, options)


def store(engine: Engine, file: InspectedFile, options: UploadOptions = CREATE) -> StoredUpload:
    seen = preview(engine, file, options)
    with writing(engine, "Методист") as session:
        return store_upload(session, EVERYTHING, seen)


def report(percent: float) -> InspectedFile:
    """Return a file with one report of one row."""
    row = ReferenceRowSpec("Вся выборка", "country", None, None, None, {"1": percent})
    found = ReferenceReport("fisoko-items", "items", KEY, (row,), "Лист1")
    return InspectedFile("отчёт.xlsx", f"{percent}", Inspection("fisoko-items", reports=(found,)))


def live_scores(engine: Engine) -> list[list[int]]:
    with reading(engine) as session:
        rows = session.exec(
            select(ClassWork).where(col(ClassWork.deleted_at).is_(None), col(ClassWork.replaced_by).is_(None))
        ).all()
        return [unpack_class(row).scores.tolist() for row in rows]


def count(engine: Engine, table: type) -> int:
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_what_is_stored_is_what_the_file_said(engine: Engine) -> None:
    stored = store(engine, inspected(FIRST, absent=2))
    assert stored.is_new
    with reading(engine) as session:
        works = list_works(session, EVERYTHING)
        assert [(work.name, work.participants, work.absent, work.classes) for work in works] == [
            ("ВПР, Математика, 4 класс, 2026", 3, 2, 1)
        ]
        columns = unpack_class(session.exec(select(ClassWork)).one())
        assert columns.codes == FIRST.codes
        assert columns.scores.tolist() == [[1, 2, 0], [0, 1, 2], [1, -1, 1]]
        assert columns.marks.tolist() == [4, 4, 3]
        assert columns.totals.tolist() == [3, 3, 2]
        assert columns.test_scores.size == 0


def test_new_school_gets_its_municipality_and_region(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    with reading(engine) as session:
        names = {unit.kind.value: unit.name for unit in session.exec(select(Organisation))}
    assert names == {"школа": "МБОУ СОШ № 1", "муниципалитет": "Заречный район", "регион": "Северная область"}


def test_unknown_school_refuses_until_creation_is_allowed(engine: Engine) -> None:
    seen = preview(engine, inspected(FIRST), UploadOptions())
    assert seen.refused
    assert "«МБОУ СОШ № 1» (код edu223160)" in seen.findings[0].message
    with pytest.raises(InvalidInput), writing(engine, "Методист") as session:
        store_upload(session, EVERYTHING, seen)
    assert count(engine, Upload) == count(engine, Organisation) == 0


def test_file_without_a_school_goes_to_the_only_school(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    nameless = inspected(parsed_class([[0, 0, 0]], class_name="Б", school=SchoolRef()))
    assert store(engine, nameless, UploadOptions()).is_new
    with reading(engine) as session:
        assert list_works(session, EVERYTHING)[0].schools == 1


def test_file_without_a_school_asks_when_there_are_several(engine: Engine) -> None:
    store(engine, inspected(FIRST, parsed_class([[1, 1, 1]], school=SchoolRef(code="edu2", name="СОШ № 2"))))
    nameless = inspected(parsed_class([[0, 0, 0]], school=SchoolRef()))
    assert preview(engine, nameless, UploadOptions()).findings[0].code == "school_missing"
    chosen = store(engine, nameless, UploadOptions(school_code="EDU2"))
    with reading(engine) as session:
        row = session.exec(select(ClassWork).where(ClassWork.upload_id == chosen.upload_id)).one()
        school = session.get(Organisation, row.school_id)
        assert school is not None
        assert school.name == "СОШ № 2"


def test_error_in_the_file_stores_nothing(engine: Engine) -> None:
    bad = inspected(FIRST, findings=(Finding("error", "score_above_maximum", "балл 5 больше максимального 1."),))
    seen = preview(engine, bad)
    with pytest.raises(InvalidInput), writing(engine, "Методист") as session:
        store_upload(session, EVERYTHING, seen)
    assert count(engine, Upload) == count(engine, ClassWork) == count(engine, Assessment) == 0


def test_same_file_twice_changes_nothing(engine: Engine) -> None:
    first = store(engine, inspected(FIRST))
    again = preview(engine, inspected(FIRST))
    assert again.stored_before is not None
    assert again.stored_before.upload_id == first.upload_id
    second = store(engine, inspected(FIRST))
    assert (second.upload_id, second.is_new) == (first.upload_id, False)
    assert count(engine, Upload) == count(engine, ClassWork) == 1


def test_same_data_saved_again_is_known_too(engine: Engine) -> None:
    first = store(engine, inspected(FIRST))
    resaved = inspected(FIRST, content="other bytes, same numbers")
    assert preview(engine, resaved).stored_before is not None
    assert store(engine, resaved).upload_id == first.upload_id
    assert count(engine, Upload) == 1


def test_corrected_file_shows_each_cell_before_saving(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    seen = preview(engine, inspected(CORRECTED))
    difference = seen.works[0].classes[0].difference
    assert difference is not None
    assert difference.changed == (
        CellChange("40002", "задание 2", "1", "2"),
        CellChange("40002", "отметка", "4", "5"),
        CellChange("40002", "первичный балл", "3", "4"),
    )
    assert seen.changes == 3
    store(engine, inspected(CORRECTED))
    assert live_scores(engine) == [[[1, 2, 0], [0, 2, 2], [1, -1, 1]]]


def test_added_and_removed_participants_are_shown(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    moved = parsed_class([[0, 1, 2], [1, -1, 1], [0, 0, 0]], marks=[4, 3, 2], first_code=40002)
    difference = preview(engine, inspected(moved)).works[0].classes[0].difference
    assert difference is not None
    assert (difference.added, difference.removed, difference.changed) == (("40004",), ("40001",), ())


def test_undo_takes_the_upload_back_and_redo_brings_it(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    second = store(engine, inspected(CORRECTED))
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, second.upload_id)
    assert live_scores(engine) == [FIRST.scores.tolist()]
    with writing(engine, "Методист") as session:
        redo_upload(session, EVERYTHING, second.upload_id)
    assert live_scores(engine) == [CORRECTED.scores.tolist()]
    with reading(engine) as session:
        assert [line.state for line in list_uploads(session, EVERYTHING)] == [UploadState.STORED, UploadState.REPLACED]


def test_undoing_a_replaced_upload_leaves_the_later_one_alone(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    second = store(engine, inspected(CORRECTED))
    again = parsed_class([[1, 2, 2], [0, 2, 2], [1, 1, 1]])
    third = store(engine, inspected(again))
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, second.upload_id)
    assert live_scores(engine) == [again.scores.tolist()], "each class counts once"
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, third.upload_id)
    assert live_scores(engine) == [FIRST.scores.tolist()]
    with writing(engine, "Методист") as session:
        redo_upload(session, EVERYTHING, second.upload_id)
    assert live_scores(engine) == [CORRECTED.scores.tolist()]


def test_an_undone_report_that_comes_back_stands_alone(engine: Engine) -> None:
    stored = [store(engine, report(percent)).upload_id for percent in (60.0, 70.0)]
    for action in (undo_upload, redo_upload):
        with writing(engine, "Методист") as session:
            action(session, EVERYTHING, stored[1])
    with reading(engine) as session:
        rows = reference_rows(
            session, EVERYTHING, procedure="ВПР", subject="Математика", grade=4, year=2026, kind="items"
        )
        assert [row.values for row in rows] == [{"1": 70.0}]
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, stored[0])
        undo_upload(session, EVERYTHING, stored[1])
    store(engine, report(80.0))
    with pytest.raises(EditConflict, match="другой отчёт"), writing(engine, "Методист") as session:
        redo_upload(session, EVERYTHING, stored[0])


def test_undo_of_everything_leaves_no_work(engine: Engine) -> None:
    only = store(engine, inspected(FIRST))
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, only.upload_id)
    with reading(engine) as session:
        assert list_works(session, EVERYTHING) == []
    assert store(engine, inspected(FIRST)).is_new, "an undone file can be uploaded again"


def test_a_persons_name_in_the_name_of_a_file_is_not_kept(engine: Engine) -> None:
    assert clean_file_name("Ветрова Анна Олеговна физика 8.xlsx") == "••• физика 8.xlsx"
    assert clean_file_name("8А Ветрова А.О. +7 912 345-67-89.xlsx") == "8А ••• •••.xlsx"
    assert clean_file_name("Русский язык 4 класс ВПР 2026.xlsx") == "Русский язык 4 класс ВПР 2026.xlsx"
    nameless = inspected(parsed_class([[1, 1, 1]], school=SchoolRef()), file_name="Ветрова Анна Олеговна.xlsx")
    store(engine, nameless)
    with reading(engine) as session:
        assert [unit.name for unit in session.exec(select(Organisation))] == ["Школа из файла „•••“"]


def test_redo_is_refused_when_later_results_stand_there(engine: Engine) -> None:
    first = store(engine, inspected(FIRST))
    with writing(engine, "Методист") as session:
        undo_upload(session, EVERYTHING, first.upload_id)
    store(engine, inspected(CORRECTED))
    with pytest.raises(EditConflict, match="уже загружены другие результаты"), writing(engine, "Методист") as session:
        redo_upload(session, EVERYTHING, first.upload_id)


def test_two_people_upload_the_same_class_at_once(engine: Engine) -> None:
    store(engine, inspected(FIRST))
    mine, theirs = preview(engine, inspected(CORRECTED)), preview(engine, inspected(parsed_class([[0, 0, 0]])))
    with writing(engine, "Первый") as session:
        store_upload(session, EVERYTHING, mine)
    with pytest.raises(EditConflict, match="изменил другой"), writing(engine, "Второй") as session:
        store_upload(session, EVERYTHING, theirs)
    assert live_scores(engine) == [CORRECTED.scores.tolist()]


def test_double_click_saves_once(engine: Engine) -> None:
    seen = preview(engine, inspected(FIRST))
    results = []
    for _click in range(2):
        with writing(engine, "Методист") as session:
            results.append(store_upload(session, EVERYTHING, seen, operation_id="click-1"))
    assert results[0].upload_id == results[1].upload_id
    assert count(engine, Upload) == count(engine, ClassWork) == 1


def test_other_items_make_another_work(engine: Engine) -> None:
    from core.intake.contract import ItemSpec

    store(engine, inspected(FIRST))
    other = inspected(parsed_class([[1, 2]]), items=(ItemSpec("1", 1), ItemSpec("2", 2)))
    store(engine, other)
    assert count(engine, Assessment) == 2


def test_what_lies_outside_the_scope_does_not_exist(engine: Engine) -> None:
    stored = store(engine, inspected(FIRST))
    stranger = Scope(7, "Чужая школа", frozenset({999}), frozenset({999}), None, None, EVERYTHING.actions)
    with reading(engine) as session:
        assert list_works(session, stranger) == []
        assert list_uploads(session, stranger) == []
    with pytest.raises(NotFound), writing(engine, "Чужая школа") as session:
        undo_upload(session, stranger, stored.upload_id)


def test_board_shows_who_has_not_sent(engine: Engine) -> None:
    second_school = SchoolRef(code="edu2", name="СОШ № 2")
    store(engine, inspected(FIRST, parsed_class([[1, 1, 1]], school=second_school)))
    russian = AssessmentKey("ВПР", "Русский язык", 4, 2026)
    store(engine, inspected(parsed_class([[1, 1, 1]]), key=russian))
    with reading(engine) as session:
        board = completeness(session, EVERYTHING, 2026)
    sent = {school.name: [work.subject for work in board.works if work.id in board.participants.get(school.id or 0, {})]
            for school in board.schools}
    assert sent == {"МБОУ СОШ № 1": ["Математика", "Русский язык"], "СОШ № 2": ["Математика"]}


def test_file_without_a_subject_is_refused(engine: Engine) -> None:
    seen = preview(engine, inspected(FIRST, key=AssessmentKey("ВПР", None, 4, 2026)))
    assert [finding.code for finding in seen.findings if finding.severity == "error"] == ["subject_unknown"]


@pytest.mark.parametrize(
    ("name", "clean"),
    [("..\\..\\evil.xlsx", "evil.xlsx"), ("/etc/файл.xls", "файл.xls"), ("а\nб\u202e.csv", "аб.csv")],
)
def test_file_name_is_only_a_name(name: str, clean: str) -> None:
    assert clean_file_name(name) == clean
    assert len(clean_file_name("я" * 500 + ".xlsx")) <= 160


def test_year_falls_back_to_the_school_year(engine: Engine) -> None:
    store(engine, inspected(FIRST, key=AssessmentKey("ВПР", "Математика", 4, None)))
    with reading(engine) as session:
        assert list_works(session, EVERYTHING)[0].year >= KEY.year


def test_a_school_keeps_reports_for_itself_and_nothing_about_strangers(engine: Engine) -> None:
    one, two = parsed_class([[1, 2, 0]]), parsed_class([[1, 1, 1]], school=SchoolRef(code="edu2", name="СОШ № 2"))
    store(engine, inspected(one, two))
    store(engine, report(70.0))
    with reading(engine) as session:
        schools = {unit.code: unit.id or 0 for unit in session.exec(select(Organisation))}
    own = Scope(
        5, "Завуч", frozenset({schools["edu223160"]}), frozenset(), None, None, frozenset({Action.VIEW, Action.UPLOAD})
    )
    rows = (
        ReferenceRowSpec("Вся выборка", "country", None, None, None, {"1": 10.0}),
        ReferenceRowSpec("МБОУ СОШ № 1", "school", "edu223160", None, 1, {"1": 20.0}),
        ReferenceRowSpec("СОШ № 2", "school", "edu2", None, 1, {"1": 30.0}),
    )

    def upload(*kept: ReferenceRowSpec, sha: str = "завуч") -> UploadPreview:
        found = ReferenceReport("fisoko-items", "items", KEY, kept, "Лист1")
        with reading(engine) as session:
            return preview_upload(
                session, own, InspectedFile("отчёт.xlsx", sha, Inspection("fisoko-items", reports=(found,))), CREATE
            )

    seen = upload(*rows)
    assert [one.code for one in seen.findings] == ["report_rows_foreign"] and "СОШ № 2" in seen.findings[0].message
    with writing(engine, "Завуч") as session:
        mine = store_upload(session, own, seen).upload_id
    assert upload(*rows).stored_before is not None
    assert upload(*rows, sha="70.0").stored_before is None, "the same file of somebody else is not one's own"
    asked = {"procedure": "ВПР", "subject": "Математика", "grade": 4, "year": 2026, "kind": "items"}
    with reading(engine) as session:
        everybody = [(row.group_name, row.values["1"]) for row in reference_rows(session, EVERYTHING, **asked)]
        school = [(row.group_name, row.values["1"]) for row in reference_rows(session, own, **asked)]
        assert mine in [one.id for one in list_uploads(session, own)]
    assert everybody == [("Вся выборка", 70.0), ("МБОУ СОШ № 1", 20.0)], "the shared row stands as it was"
    assert school == [("Вся выборка", 10.0), ("МБОУ СОШ № 1", 20.0), ("Вся выборка", 70.0)], "the nearest first"
    refused = upload(rows[2])
    assert refused.refused and "ни одной строки о вашей организации" in refused.findings[0].message
    with writing(engine, "Завуч") as session:
        undo_upload(session, own, mine)
    with reading(engine) as session:
        assert [row.values["1"] for row in reference_rows(session, own, **asked)] == [70.0]
