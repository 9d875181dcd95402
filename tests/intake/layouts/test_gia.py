"""Protocols of ОГЭ and ЕГЭ: columns of §2.2, strings of §2.3, several exams, attempts, statuses, appeals."""

import numpy as np
import pytest

from tests.intake.layout_files import (
    EGE,
    MIXED,
    OGE,
    appeals,
    ege_compact,
    ege_variant_a,
    ege_variant_b,
    exam,
    oge_dense,
    oge_sparse,
    ris,
    strings,
)
from tests.intake.layouts.reading import assert_agrees, codes_of, finding, inspected, the_work

CATALOGUE = (OGE, EGE, MIXED)
ALL = [
    (oge_sparse, OGE, "ОГЭ", 9), (oge_dense, OGE, "ОГЭ", 9), (ege_variant_a, EGE, "ЕГЭ", 11),
    (ege_variant_b, EGE, "ЕГЭ", 11), (ege_compact, EGE, "ЕГЭ", 11),
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(("layout", "entry", "procedure", "grade"), ALL)
def test_every_column_set_is_read(layout, entry, procedure, grade, kind):
    t = exam(entry)
    inspection = inspected(layout(t), "протокол", kind, catalogue=CATALOGUE)
    work = the_work(inspection)
    assert inspection.layout == "gia-protocol"
    assert_agrees(work, t)
    key = work.assessment
    assert (key.procedure, key.subject, key.grade, key.year) == (procedure, entry.subject, grade, 2026)
    assert [(part.school.code, part.class_name) for part in work.classes] == [
        ("417000", "А"), ("417000", "Б"), ("417001", "А")
    ]
    assert not inspection.findings


def test_test_scores_and_marks_are_told_apart():
    t = exam(EGE)
    work = the_work(inspected(ege_variant_b(t), catalogue=CATALOGUE))
    assert np.concatenate([part.test_scores for part in work.classes]).tolist() == [10 * total for total in t.totals]
    assert not any(part.marks.any() for part in work.classes)
    t = exam(OGE)
    work = the_work(inspected(oge_dense(t), catalogue=CATALOGUE))
    assert all((part.marks >= 2).all() for part in work.classes)
    assert all((part.test_scores == -1).all() for part in work.classes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_csv_of_ris_is_known_by_its_strings_alone(encoding):
    t = exam(OGE)
    work = the_work(inspected(ris(t), "выгрузка", "csv", encoding, catalogue=CATALOGUE))
    assert_agrees(work, t)
    assert (work.assessment.procedure, work.assessment.subject, work.assessment.year) == ("ОГЭ", "Математика", 2026)
    assert work.dropped_columns == (
        "SurnameCell", "NameCell", "SecondNameCell", "DocumentSeriesCode", "DocumentNumberCode"
    )


def test_blueprint_says_which_positions_are_which_items():
    t = exam(MIXED)
    sheets = oge_sparse(t, MIXED, "01 - Русский язык 2026.06.09")
    assert_agrees(the_work(inspected(sheets, catalogue=CATALOGUE)), t)


def test_without_a_blueprint_items_are_numbered_in_a_row():
    t = exam(OGE)
    inspection = inspected(oge_sparse(t))
    work = the_work(inspection)
    assert [(item.code, item.max_score) for item in work.items] == [
        ("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 2), ("6", 3)
    ]
    assert codes_of(inspection) == ["items_in_a_row"]


def test_basic_mathematics_has_no_extended_answers_and_a_mark_for_a_score():
    t = exam(EGE)
    sheets = ege_variant_b(t)
    rows = sheets["Лист1"]
    rows[0][0] = "22 - Математика базовая 2026.05.29"
    del rows[1][11]
    for row in rows[2:]:
        row[10] = row[10][:3]
        del row[11]
        row[11] = sum(sign == "+" for sign in row[10])
        row[12] = 4
    work = the_work(inspected(sheets))
    assert work.assessment.procedure == "ЕГЭ"
    assert "базов" in work.assessment.subject.lower()
    assert len(work.items) == 3
    assert all((part.marks == 4).all() and (part.test_scores == -1).all() for part in work.classes)


def test_several_exams_follow_one_another_in_a_sheet():
    first, second = exam(OGE), exam(MIXED, seed=8)
    sheets = oge_sparse(first)
    sheets["Page 1"] += [[], *oge_sparse(second, MIXED, "01 - Русский язык 2026.06.09")["Page 1"][3:]]
    inspection = inspected(sheets, catalogue=CATALOGUE)
    assert [work.assessment.subject for work in inspection.works] == ["Математика", "Русский язык"]
    assert_agrees(inspection.works[0], first)
    assert_agrees(inspection.works[1], second)


def test_an_exam_without_a_header_of_its_own_shares_the_one_above():
    first, second = exam(OGE), exam(MIXED, seed=8)
    sheets = oge_sparse(first)
    sheets["Page 1"] += [["01 - Русский язык 2026.06.09"], *oge_sparse(second, MIXED)["Page 1"][6:]]
    inspection = inspected(sheets, catalogue=CATALOGUE)
    assert [work.participants for work in inspection.works] == [18, 18]
    assert_agrees(inspection.works[1], second)


def test_of_two_attempts_the_later_counts():
    t = exam(OGE)
    sheets = oge_sparse(t)
    again = [list(row) for row in sheets["Page 1"][6:8]]
    again[0][18:25:2] = ["++++", "2(2)3(3)", 9, 5]
    rest = [["02 - Математика 2026.06.25"], [], sheets["Page 1"][5], *again]
    inspection = inspected({"Page 1": rest + sheets["Page 1"][3:]}, catalogue=CATALOGUE)
    work = the_work(inspection)
    assert work.participants == len(t.scores)
    assert "2" in finding(inspection, "repeated_attempt").message
    best = max(int(part.totals.max()) for part in work.classes)
    assert best == 9
    assert work.assessment.held_on.day == 2


def test_a_participant_repeated_in_one_table_keeps_the_last_row():
    t = exam(OGE)
    sheets = oge_dense(t)
    rows = sheets["Лист1"]
    last = list(rows[2])
    last[11:14] = ["++++", "2(2)3(3)", 9]
    rows.append(last)
    inspection = inspected(sheets, catalogue=CATALOGUE)
    work = the_work(inspection)
    assert work.participants == len(t.scores)
    found = finding(inspection, "repeated_attempt")
    assert found.severity == "warning"
    assert "строки 3 и 21" in found.message
    assert 9 in work.classes[0].totals.tolist()


def test_void_results_are_left_out_and_those_who_did_not_come_are_absent():
    t = exam(OGE)
    sheets = oge_dense(t)
    rows = sheets["Лист1"]
    rows[1].append("Статус")
    for row in rows[2:]:
        row.append("Действующий результат")
    rows[2][-1] = "Аннулирован"
    rows[3][11:15] = ["", "", "", ""]
    rows[3][-1] = "Не явился"
    inspection = inspected(sheets, catalogue=CATALOGUE)
    work = the_work(inspection)
    assert work.participants == len(t.scores) - 2
    assert work.absent == 1
    assert finding(inspection, "void_results").row == 3


def test_spaces_line_breaks_and_other_dashes_in_the_strings_are_no_matter():
    t = exam(OGE)
    sheets = oge_dense(t)
    for row in sheets["Лист1"][2:]:
        row[11] = " ".join(row[11]).replace("-", "−")
        row[12] = row[12].replace(")", ")\n\u00a0")
    assert_agrees(the_work(inspected(sheets, catalogue=CATALOGUE)), t)


def test_a_total_that_disagrees_is_a_warning():
    t = exam(OGE)
    sheets = oge_dense(t)
    sheets["Лист1"][4][13] += 1
    inspection = inspected(sheets, catalogue=CATALOGUE)
    the_work(inspection)
    found = finding(inspection, "total_mismatch")
    assert (found.severity, found.row, found.column) == ("warning", 5, "N")


def test_a_string_of_another_shape_is_refused_with_its_place():
    t = exam(OGE)
    sheets = oge_dense(t)
    sheets["Лист1"][4][11] = "+++"
    sheets["Лист1"][5][12] = "1(2)9(3)"
    inspection = inspected(sheets, catalogue=CATALOGUE)
    found = [one for one in inspection.findings if one.code == "misread_answers"]
    assert [(one.row, one.column, one.value) for one in found] == [(5, "L", "+++"), (6, "M", "1(2)9(3)")]
    assert "4 знака" in found[0].message.replace("\u00a0", " ")
    assert inspection.refused


def test_appeals_are_recognised_and_refused():
    inspection = inspected(appeals())
    assert inspection.layout == "gia-protocol"
    assert codes_of(inspection) == ["appeals_file"]
    assert inspection.refused and not inspection.works


def test_namesakes_with_other_documents_are_two_people():
    t = exam(OGE)
    sheets = oge_dense(t)
    rows = sheets["Лист1"]
    for row in rows[1:]:
        del row[5]
    twin = list(rows[2])
    twin[9] = "999999"
    rows.append(twin)
    work = the_work(inspected(sheets, catalogue=CATALOGUE))
    assert work.participants == len(t.scores) + 1
    first = work.classes[0].codes
    assert f"{first[0]}-2" in first


def test_strings_are_written_as_in_real_protocols():
    assert strings([1, 0, 1, 1, 2, 0], OGE) == ("+-++", "2(2)0(3)")
