"""Blueprints from workbooks and back."""

from dataclasses import replace

import pytest

from core.blueprints.columns import Role, role_of
from core.blueprints.drafts import BlueprintDraft, DraftItem, from_outcomes
from core.blueprints.reference import load_blueprints
from core.blueprints.tables import AnswerFormat, Level
from core.blueprints.template import blank_template, blueprint_workbook
from core.blueprints.workbook import read_blueprint
from core.errors import InvalidInput
from core.workbooks.grid import Sheet, Workbook
from core.workbooks.reading import read_workbook


def book(rows, file_name="план.xlsx", name="Лист1"):
    return Workbook(file_name, (Sheet(name, rows),))


def draft_of(record):
    return BlueprintDraft(
        procedure=record.procedure, subject=record.subject, grade=record.grade, year_from=record.year_from,
        year_to=record.year_to, title=record.title, source=" ".join(record.source.split()),
        items=tuple(
            DraftItem(
                code=item.code, max_score=item.max, level=item.level, elements=item.elements, element_codes=item.codes,
                requirement_codes=item.requirements, task_type=item.task_type, answer_format=item.format,
                skill=item.skill, is_cross_cutting=item.cross_cutting,
                criteria=tuple((one.code, one.max) for one in item.criteria),
            )
            for item in record.items
        ),
    )


@pytest.mark.parametrize("name", sorted(load_blueprints()))
def test_every_shipped_blueprint_survives_the_round_trip(name):
    draft = draft_of(load_blueprints()[name])
    read = read_blueprint(read_workbook(blueprint_workbook(draft), "выгрузка.xlsx"))
    assert read.problems == ()
    assert read.draft == draft


def test_the_blank_template_can_be_read():
    read = read_blueprint(read_workbook(blank_template(), "шаблон.xlsx"))
    assert read.problems == ()
    assert [item.code for item in read.draft.items] == ["1", "2.1"]
    assert read.draft.items[1].elements == ("первый элемент", "второй элемент")
    assert (read.draft.procedure, read.draft.subject, read.draft.grade) == (None, None, None)


def test_official_description_with_a_row_for_each_pair_of_codes():
    rows = [
        ["Описание работы"],
        ["ВПР 2021 Физика 8 класс"],
        ["№ по КИМу", "№", "Умения, виды деятельности (в соответствии с ФГОС)", "Блоки ПООП: выпускник научится",
         "Уровень сложности", "Код КЭС", "Код КТ", "Максимальный балл", "Примерное время (мин)"],
        [1.0, 1.0, "Проводить измерения", "", "Б", 1.1, "2.3", 1.0, 2.0],
        ["", "", "", "", "", "1.2", "2.4", "", ""],
        ["10(1)", 2.0, "Решать задачи. Записывать решение", "", "Высокий", "3", "4", 3.0, 7.0],
        ["10 (1)", 2.0, "Решать задачи. Записывать решение", "", "Высокий", "3", "5", 3.0, 7.0],
        ["10(2)", 3.0, "Решать задачи", "", "В", "3", "4", 3.0, 7.0],
        ["Всего заданий – 3", "", "", "", "", "", "", 7.0, ""],
    ]
    read = read_blueprint(book(rows, "opisanie.xlsx"))
    assert read.problems == ()
    draft = read.draft
    assert (draft.procedure, draft.subject, draft.grade, draft.year_from) == ("ВПР", "Физика", 8, 2021)
    assert [(item.code, item.max_score, item.level) for item in draft.items] == [
        ("1", 1, Level.BASIC), ("10(1)", 3, Level.HIGH), ("10(2)", 3, Level.HIGH)
    ]
    assert (draft.items[0].element_codes, draft.items[0].requirement_codes) == ("1.1, 1.2", "2.3, 2.4")
    assert draft.items[1].requirement_codes == "4, 5"
    assert draft.items[1].elements == ("Решать задачи",)


def test_generalised_plan_with_ranges_and_footers():
    rows = [
        ["Обобщённый план варианта КИМ ЕГЭ 2026 года по МАТЕМАТИКЕ (профильный уровень)"],
        ["Приложение 1"],
        ["Номер\nзадания", "Проверяемый элемент содержания", "Коды проверяемых элементов содержания (по кодификатору)",
         "Коды проверяемых требований к предметным результатам", "Уровень сложности задания",
         "Максимальный балл за выполнение задания", "Тип ответа"],
        ["Часть 1"],
        ["1–3", "геометрия", "7", "9, 10", "Б", 1.0, "КО"],
        ["4", "вероятность\nи статистика", "6", "8", "Б", "1", "КО"],
        ["Часть 2"],
        ["13", "уравнения", "2", "3", "П", "2", "РО"],
        ["Всего заданий – 5"],
    ]
    read = read_blueprint(book(rows))
    assert read.problems == ()
    draft = read.draft
    assert (draft.procedure, draft.subject, draft.grade, draft.year_to) == ("ЕГЭ", "Математика профильная", 11, 2026)
    assert [item.code for item in draft.items] == ["1", "2", "3", "4", "13"]
    assert draft.max_score == 6
    assert draft.items[3].elements == ("вероятность и статистика",)
    assert [item.answer_format for item in draft.items][-2:] == [AnswerFormat.SHORT, AnswerFormat.EXTENDED]


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        (["2", "много", "Б"], "лист «Лист1», строка 3, столбец B «Макс. балл»", "Наибольший балл «много»"),
        (["2", 101, "Б"], "столбец B", "от 1 до 100"),
        (["2", 0, "Б"], "столбец B", "«0»"),
        (["2", 1.5, "Б"], "столбец B", "«1.5»"),
        (["2", 1, "Ж"], "столбец C «Уровень»", "Уровень «Ж» неизвестен"),
        (["№2а?", 1, "Б"], "столбец A «№ задания»", "Номер задания «№2а?» непонятен"),
        (["1", 2, "Б"], "строка 3", "записано дважды с разными баллами: 1 и 2"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(row, place, said):
    read = read_blueprint(book([["№ задания", "Макс. балл", "Уровень"], ["1", 1, "Б"], row]))
    assert len(read.problems) == 1
    assert place in str(read.problems[0].place)
    assert said in str(read.problems[0])
    assert read.problems[0].advice


def test_a_number_that_comes_again_further_down_is_refused():
    rows = [["№ задания", "Макс. балл"], ["1", 1], ["2", 1], ["1", 1]]
    (problem,) = read_blueprint(book(rows)).problems
    assert "Задание «1» встречается дважды" in str(problem)


def test_criteria_must_add_up():
    rows = [["№ задания", "Макс. балл", "Критерии"], ["27", 5, "К1 (1б); К2 (3б)"]]
    (problem,) = read_blueprint(book(rows)).problems
    assert "дают 4, а его наибольший балл — 5" in str(problem)


def test_a_workbook_without_a_plan_is_refused():
    with pytest.raises(InvalidInput, match="нет таблицы плана работы"):
        read_blueprint(book([["Код участника", "1 (2б)"], ["40001", 2]]))
    (problem,) = read_blueprint(book([["№ задания", "Макс. балл"]])).problems
    assert "нет ни одного задания" in str(problem)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("№ по КИМу", Role.CODE), ("Номер задания", Role.CODE), ("№", Role.CODE), ("Код КЭС", Role.ELEMENT_CODES),
        ("Коды проверяемых требований (КТ)", Role.REQUIREMENT_CODES), ("Макс балл", Role.MAX),
        ("Сложность", Role.LEVEL),
        ("Проверяемые элементы содержания", Role.ELEMENT), ("Умения, виды деятельности", Role.SKILL),
        ("Тип задания", Role.TASK_TYPE), ("Тип ответа (КО/РО)", Role.FORMAT), ("Примерное время (мин)", None),
        ("Умения (в соответствии с ФГОС)", Role.SKILL), ("", None),
    ],
)
def test_headers_of_a_plan(header, role):
    assert role_of(header) is role


def test_draft_from_planned_results():
    skills = [
        "1. Умение: сложение и вычитание", "5.1. Умение: площадь и периметр", "5.2. Умение: площадь и периметр",
        "Умение распознавать орфограммы. Соблюдать нормы письма",
    ]
    draft = from_outcomes("ВПР", "Математика", 4, 2026, ["1", "5.1", "5,2", "4K1"], [1, 1, 1, 2], skills, ["Б", "П"])
    assert [item.code for item in draft.items] == ["1", "5.1", "5.2", "4К1"]
    assert [item.elements for item in draft.items] == [
        ("сложение и вычитание",), ("площадь и периметр",), ("площадь и периметр",), ("Умение распознавать орфограммы",)
    ]
    assert [item.level for item in draft.items] == [Level.BASIC, Level.ADVANCED, None, None]
    assert draft.items[3].skill == skills[3]
    assert (draft.year_from, draft.year_to, draft.max_score) == (2026, 2026, 5)
    assert replace(draft, items=()).max_score == 0
