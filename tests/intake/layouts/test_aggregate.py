"""Aggregated ФИС ОКО reports and the tidy tables: reference rows with levels of groups and numbers."""

import pytest

from tests.intake.layout_files import (
    fisoko_groups,
    fisoko_items,
    fisoko_journal,
    fisoko_journal_old,
    fisoko_marks,
    fisoko_outcomes,
    fisoko_scores,
    survey,
    tidy_bias,
    tidy_marks,
    tidy_scores,
    truth,
)
from tests.intake.layouts.reading import codes_of, finding, inspected

T = truth(codes=("1", "2", "5.1", "5.2"))
LEVELS = ["country", "region", "municipality", "school"]
KINDS = ["xlsx", "xls", "ods"]


def report_of(inspection, layout):
    assert inspection.layout == layout
    assert not inspection.refused, [one.message for one in inspection.findings]
    assert len(inspection.reports) == 1 and not inspection.works
    return inspection.reports[0]


@pytest.mark.parametrize("kind", KINDS)
def test_marks(kind):
    report = report_of(inspected(fisoko_marks(), kind=kind), "fisoko-marks")
    assert report.kind == "marks"
    key = report.assessment
    assert (key.procedure, key.subject, key.grade, key.year) == ("ВПР", "Математика", 4, 2026)
    assert [row.group_level for row in report.rows] == LEVELS
    assert [row.group_code for row in report.rows] == [None, None, "reg22_m009", "edu000001"]
    assert report.rows[3].group == "МБОУ СОШ № 1"
    assert report.rows[0].values == {"2": 10.5, "3": 30.5, "4": 40, "5": 19}
    assert (report.rows[0].schools, report.rows[3].schools, report.rows[3].participants) == (6, None, 103)


@pytest.mark.parametrize("layout", [fisoko_journal, fisoko_journal_old])
@pytest.mark.parametrize("kind", KINDS)
def test_journal_in_both_forms(layout, kind):
    report = report_of(inspected(layout(), kind=kind), "fisoko-journal")
    assert [row.group_level for row in report.rows] == LEVELS
    assert report.rows[2].values == {"lowered": 20.5, "confirmed": 69.5, "raised": 10}
    assert report.rows[2].participants == 100


@pytest.mark.parametrize("kind", KINDS)
def test_distribution_of_scores(kind):
    report = report_of(inspected(fisoko_scores(), kind=kind), "fisoko-scores")
    assert report.rows[1].values == {"0": 10, "1": 20, "2": 30, "3": 20, "4": 15, "5": 5}


@pytest.mark.parametrize("kind", KINDS)
def test_items_with_their_row_of_maxima(kind):
    report = report_of(inspected(fisoko_items(T), kind=kind), "fisoko-items")
    assert [(item.code, item.max_score) for item in report.items] == list(zip(T.codes, T.maxima, strict=True))
    assert len(report.rows) == 4
    assert report.rows[3].values == {"1": 50.25, "2": 51.25, "5.1": 52.25, "5.2": 53.25}


@pytest.mark.parametrize("kind", KINDS)
def test_groups_of_marks(kind):
    report = report_of(inspected(fisoko_groups(T), kind=kind), "fisoko-groups")
    assert report.kind == "groups"
    assert [row.group_level for row in report.rows] == LEVELS
    assert report.rows[3].values["4|5.2"] == 40
    assert len(report.rows[3].values) == 16
    assert report.rows[3].participants == 100


@pytest.mark.parametrize("kind", KINDS)
def test_outcomes_with_skills(kind):
    report = report_of(inspected(fisoko_outcomes(T), kind=kind), "fisoko-outcomes")
    assert [item.max_score for item in report.items] == list(T.maxima)
    assert report.skills[2] == "5.1. Умение 5.1"
    assert [(row.group, row.group_level) for row in report.rows][-1] == ("РФ", "country")
    assert report.rows[-1].values["5.2"] == 63.5


def test_a_report_with_a_value_that_is_no_percentage_is_refused():
    sheets = fisoko_marks()
    rows = next(iter(sheets.values()))
    rows[9][4] = 130
    rows[10][5] = "нет"
    inspection = inspected(sheets)
    assert inspection.refused
    found = [one for one in inspection.findings if one.code == "bad_percent"]
    assert [(one.row, one.column, one.value) for one in found] == [(10, "E", "130"), (11, "F", "нет")]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_tidy_marks_give_a_report_for_each_work(kind):
    inspection = inspected(tidy_marks(), kind=kind)
    assert inspection.layout == "tidy-marks"
    assert {(r.assessment.subject, r.assessment.grade, r.assessment.year) for r in inspection.reports} == {
        ("Русский язык", 4, 2024), ("Математика", 5, 2024), ("Русский язык", 4, 2025), ("Математика", 5, 2025)
    }
    row = inspection.reports[0].rows[0]
    assert (row.group, row.group_code, row.group_level, row.participants) == ("Школа № 1", "edu000001", "school", 41)
    assert row.values == {"2": 10, "3": 30, "4": 40, "5": 20}


def test_tidy_scores():
    inspection = inspected(tidy_scores())
    assert inspection.layout == "tidy-scores"
    assert inspection.reports[0].kind == "scores"
    assert inspection.reports[0].rows[2].values["3"] == 30


def test_tidy_bias_has_a_report_for_each_work_named_in_a_column():
    inspection = inspected(tidy_bias())
    assert inspection.layout == "tidy-bias"
    assert [(r.assessment.subject, r.assessment.grade) for r in inspection.reports] == [
        ("Русский язык", 4), ("Математика", 4)
    ]
    assert inspection.reports[0].rows[0].values == {"markers": 1}


def test_a_teachers_questionnaire_is_sent_to_its_own_screen():
    inspection = inspected(survey())
    assert inspection.layout == "teacher-survey"
    assert codes_of(inspection) == ["teacher_survey"]
    assert "Профессиональные дефициты" in finding(inspection, "teacher_survey").advice
