"""The matrix: order, hypotheses, what to do where a side is missing."""

from core.analysis.status import Status
from core.diagnostics.standing import Standing
from core.diagnostics.triangulation import (
    ElementRow,
    PupilSide,
    Remark,
    TeacherSide,
    worst_first,
    worst_pupils,
    worst_teachers,
)


def pupils(facility: float, status: Status, work: str = "ВПР, 6 класс, 2026") -> PupilSide:
    return PupilSide(1, work, "organisation:1", facility, facility - 0.1, facility + 0.1, 60, status, 0.6)


def teachers(share: float, standing: Standing) -> TeacherSide:
    return TeacherSide(1, "Преподавание дробей", "Математика", 12, round(12 * share), share, 0.1, 0.9, standing)


RED = pupils(0.3, Status.SURELY_BELOW)
CORPORATE = teachers(0.6, Standing.CORPORATE)
REMARK = Remark(1, "Нет работы с ошибками.", "эксперт, 12.10.2026")


def row(element: str, **sides: object) -> ElementRow:
    return ElementRow("Математика", element, **sides)  # type: ignore[arg-type]


def test_where_all_sides_agree_stands_first_and_silence_last():
    found = worst_first(
        [
            row("достигнуто", pupils=(pupils(0.8, Status.REACHED),)),
            row("только ученики", pupils=(RED,)),
            row("вероятно", pupils=(pupils(0.5, Status.PROBABLY_BELOW),)),
            row("все три", pupils=(RED,), teachers=(CORPORATE,), remarks=(REMARK,), is_linked=True),
            row("двое", pupils=(RED,), teachers=(CORPORATE,), is_linked=True),
            row("только педагоги", teachers=(CORPORATE,), is_linked=True),
        ]
    )
    assert [one.element for one in found] == [
        "все три", "двое", "только ученики", "вероятно", "только педагоги", "достигнуто",
    ]


def test_a_hypothesis_never_names_a_cause():
    both = row("дроби", pupils=(RED,), teachers=(CORPORATE,), is_linked=True)
    assert both.hypothesis == (
        "На элемент указывают результаты учеников и затруднения педагогов: обсудите, связаны ли они."
    )
    assert row("дроби", pupils=(pupils(0.9, Status.REACHED),)).hypothesis.startswith("Ни одна из сторон")


def test_a_missing_side_says_what_to_do():
    assert "свяжите с элементом компетенцию" in row("дроби", pupils=(RED,)).hypothesis
    assert row("дроби", pupils=(RED,), is_linked=True).advice == "проведите анкетирование по связанной компетенции."
    assert "загрузите работу" in row("дроби", teachers=(CORPORATE,), is_linked=True).advice
    assert "меньше пяти" in row("дроби", pupils=(RED,), is_linked=True, is_hidden=True).advice
    full = row("дроби", pupils=(RED,), teachers=(teachers(0.1, Standing.PERSONAL),), is_linked=True)
    assert full.advice == ""
    assert full.hypothesis == "Указывают только результаты учеников; остальные стороны этого не подтверждают."


def test_works_and_competences_stand_worst_first():
    sides = worst_pupils([pupils(0.5, Status.PROBABLY_BELOW, "б"), pupils(0.7, Status.REACHED, "в"), RED])
    assert [side.facility for side in sides] == [0.3, 0.5, 0.7]
    shares = worst_teachers([teachers(0.4, Standing.POSSIBLE), CORPORATE])
    assert shares[0] is CORPORATE
