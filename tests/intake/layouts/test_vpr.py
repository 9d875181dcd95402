"""The collection form, the exports of 2020-2022 and «Индивидуальные результаты», in every format."""

import numpy as np
import pytest

from core.intake.contract import CatalogueEntry, CatalogueItem, InspectionRequest
from core.intake.inspecting import inspect
from tests.intake.file_formats import written
from tests.intake.layout_files import collection_form, export_2020, export_2021, export_2022, fisoko_individual, truth
from tests.intake.layouts.reading import assert_agrees, codes_of, finding, inspected, the_work

FORMATS = ["xlsx", "xls", "ods"]


@pytest.mark.parametrize("kind", FORMATS)
def test_collection_form_is_read_without_its_prepared_rows(kind):
    t = truth(codes=("1", "4К1", "9.1", "9.2"))
    inspection = inspected(collection_form(t), "Форма сбора результатов Русский язык 4 класс ВПР 2026", kind)
    work = the_work(inspection)
    assert inspection.layout == "vpr-collection-form"
    assert_agrees(work, t)
    assert work.absent == 1
    key = work.assessment
    assert (key.procedure, key.subject, key.grade, key.year) == ("ВПР", "Русский язык", 4, 2026)
    assert [part.class_name for part in work.classes] == ["1", "2", "3"]
    assert work.classes[0].codes[0] == "40001"
    assert work.classes[0].journal_marks[:3].tolist() == [4, 3, 0]
    assert work.classes[0].variants[:2].tolist() == [1, 2]
    assert work.classes[0].rows[0] == 2
    assert not inspection.findings


def test_criteria_are_read_with_either_alphabet():
    t = truth(codes=("4К1", "4К2", "5", "6"))
    sheets = collection_form(t)
    sheets["Протокол"][0][2] = "4K1 (1б)"
    items = the_work(inspected(sheets, "ВПР английский 8 класс 2026")).items
    assert [item.code for item in items][:2] == ["4К1", "4К2"]


def test_helper_columns_of_the_form_are_no_items():
    t = truth()
    sheets = collection_form(t)
    for row in sheets["Протокол"]:
        row += ["", "", 1, 0]
    sheets["Протокол"][0][-2:] = ["1", "2"]
    assert_agrees(the_work(inspected(sheets, "ВПР Русский язык 4 класс 2026")), t)


@pytest.mark.parametrize("kind", [*FORMATS, "csv"])
def test_export_of_2020_has_sequential_items(kind):
    t = truth(maxima=(1, 2, 2, 1), classes=(("edu000001", "А", 7), ("edu000002", "", 5)))
    work = the_work(inspected(export_2020(t), "vpr 2020 математика 5 класс", kind))
    assert work.layout == "vpr-export-2020"
    assert_agrees(work, t)
    assert [(part.school.code, part.school.name, part.class_name) for part in work.classes] == [
        ("edu000001", "Школа 1", "А"), ("edu000002", "Школа 2", "")
    ]
    assert work.classes[0].school.municipality == "Заречный район"
    assert (work.assessment.grade, work.assessment.year) == (5, 2020)
    assert work.classes[0].codes[0] == "50001"


def test_export_of_2021_counts_blank_rows_as_absent():
    t = truth(maxima=(1, 2, 2, 1), seed=5)
    inspection = inspected(export_2021(t), "Выгрузка ВПР 2021 история 6 класс")
    work = the_work(inspection)
    assert work.layout == "vpr-export-2021"
    assert_agrees(work, t)
    assert work.absent == 2
    assert codes_of(inspection) == ["maxima_from_scores"]
    assert work.classes[0].codes[0] == "60001"


def test_sequential_items_take_their_codes_from_the_only_fitting_blueprint():
    t = truth(maxima=(1, 2, 2, 1), seed=5)
    known = CatalogueEntry(
        "ВПР", "История", 6, 2021, 2021,
        tuple(CatalogueItem(code, top, False) for code, top in (("1К1", 1), ("1К2", 2), ("2(1)", 4), ("3", 1))),
    )
    inspection = inspected(export_2021(t), "Выгрузка ВПР 2021 история 6 класс", catalogue=(known,))
    items = the_work(inspection).items
    assert [(item.code, item.max_score) for item in items] == [("1К1", 1), ("1К2", 2), ("2(1)", 4), ("3", 1)]
    assert not inspection.findings


@pytest.mark.parametrize("kind", [*FORMATS, "csv"])
def test_export_of_2022_reads_every_spelling(kind):
    t = truth(maxima=(1, 2, 1, 3), codes=("1", "4(1)", "4(2)", "16(1)"), skipped=0.3)
    sheets = export_2022(t)
    sheets["Протокол"][0][11] = "16 (1) (3б)"
    inspection = inspected(sheets, "Физика 8 класс", kind)
    work = the_work(inspection)
    assert work.layout == "vpr-export-2022"
    assert_agrees(work, t)
    assert work.absent == 2
    assert (work.assessment.grade, work.assessment.year) == (8, 2022)
    assert [part.class_name for part in work.classes] == ["А", "Б", "А"]
    assert work.classes[0].school.region == "Северная область"


@pytest.mark.parametrize("kind", FORMATS)
def test_individual_results_take_work_and_levels_from_the_frame(kind):
    t = truth()
    inspection = inspected(fisoko_individual(t), "выгрузка", kind)
    work = the_work(inspection)
    assert inspection.layout == "fisoko-individual"
    assert_agrees(work, t)
    assert [item.level for item in work.items] == list(t.levels)
    key = work.assessment
    assert (key.procedure, key.subject, key.grade, key.year) == ("ВПР", "Математика", 4, 2026)
    assert f"{key.held_on:%d.%m.%Y}" == "20.04.2026"
    assert set(np.concatenate([part.marks for part in work.classes]).tolist()) <= {2, 3, 4, 5}
    assert work.classes[2].school.name == "МБОУ СОШ № 2"
    assert not inspection.findings


def test_individual_results_say_when_a_school_is_incomplete():
    t = truth()
    sheets = fisoko_individual(t)
    del next(iter(sheets.values()))[-1]
    inspection = inspected(sheets)
    found = finding(inspection, "incomplete_section")
    assert found.severity == "warning"
    assert "8" in found.message and "7" in found.message
    assert found.row == 23


def test_topic_not_taught_leaves_the_denominator():
    t = truth()
    sheets = collection_form(t)
    sheets["Протокол"][1][2] = "не пройд."
    sheets["Протокол"][1][-1] = t.totals[0] - (t.scores[0][0] if t.scores[0][0] != "X" else 0)
    assert the_work(inspected(sheets, "ВПР Русский язык 4 класс 2026")).classes[0].scores[0, 0] == -2


def test_the_slow_engine_reads_the_same():
    t = truth()
    content = written(fisoko_individual(t))
    request = InspectionRequest(name_key=b"k")
    assert_agrees(the_work(inspect(content, "выгрузка.xlsx", request, engine="openpyxl")), t)
