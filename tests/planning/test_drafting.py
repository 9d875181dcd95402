"""Roadmaps from problem fields, templates, earlier roadmaps and workbooks; and back into workbooks."""

from datetime import date

import pytest
from sqlalchemy import Engine

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.errors import InvalidInput, NotFound
from core.planning.deadlines import DeadlineKind, YearKind, read_deadline
from core.planning.drafting import add_fields, copy_roadmap, draft_from_fields
from core.planning.field_links import fields_of, link_field, unlink_field
from core.planning.indicators import read_indicator
from core.planning.measures import view_roadmap
from core.planning.official_table import RoadmapTable, TableRow, places_of
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.tables import IndicatorKind, MeasureKind, MeasureStatus
from core.planning.templates import draft_from_template, list_templates, load_template
from core.planning.workbook import export_roadmap, import_roadmap, read_roadmap, read_roadmap_file, write_table
from core.store.unit_of_work import reading, writing
from core.workbooks.grid import Sheet, Workbook
from core.workbooks.reading import read_workbook
from tests.analysis.stored import add_organisations, add_plan, add_work, scope_of
from tests.planning.conftest import EVERYBODY, TODAY, Plan

NIKOLSKY = ["1.", "2.", "3.", "4.", "5.", "5.1", "5.1.1", "5.1.2", "5.2", "5.3", "5.3.1", "5.3.2", "5.3.3"]


@pytest.fixture
def town(engine: Engine) -> tuple[Engine, dict[str, int], dict[str, int]]:
    """Give the engine, ids of organisations and ids of confirmed fields by the unit."""
    with writing(engine, "Методист") as session:
        ids = add_organisations(session)
        work = add_work(session, ids, plan_id=add_plan(session))
        units = {
            "class": f"class:{ids['school1']}:А", "school": f"organisation:{ids['school1']}",
            "town": f"organisation:{ids['town']}", "small": f"class:{ids['school2']}:В",
        }
        reviews = {
            name: review_field(
                session, EVERYBODY, assessment_id=work, unit=unit, kind=Kind.ELEMENT, key="геометрия",
                state=ReviewState.CONFIRMED, cause="Тема не пройдена",
            ).id or 0
            for name, unit in units.items()
        }
    return engine, ids, reviews


def year_draft(organisation_id: int, title: str = "Дорожная карта") -> RoadmapDraft:
    return RoadmapDraft(organisation_id, title, date(2026, 9, 1), date(2027, 5, 31))


def test_fields_become_sections_with_measures_that_keep_the_numbers(town) -> None:
    engine, ids, reviews = town
    with writing(engine, "Методист") as session:
        roadmap = draft_from_fields(
            session, EVERYBODY, year_draft(ids["school1"]), [reviews["school"], reviews["class"]]
        )
    with reading(engine) as session:
        view = view_roadmap(session, EVERYBODY, roadmap.id or 0, TODAY)
        links = fields_of(session, EVERYBODY, [row.id for row in view.rows if row.kind is MeasureKind.MEASURE])
    assert [row.number for row in view.rows] == ["1.", "1.1", "1.2", "1.3", "2.", "2.1", "2.2", "2.3"]
    assert "геометрия" in view.rows[0].title and view.rows[0].kind is MeasureKind.GROUP
    assert "Заседание ШМО" in view.rows[1].title and "тема не пройдена" in view.rows[1].title
    assert "Разбор ошибок" in view.rows[5].title
    check = view.rows[3]
    assert (check.indicator_kind, check.target, check.unit) == (IndicatorKind.NUMBER, 60.0, "%")
    for row in view.rows:
        if row.kind is MeasureKind.MEASURE:
            assert read_deadline(row.deadline_text).kind is DeadlineKind.MONTH
            assert date(2026, 9, 1) <= row.check_dates[0] <= date(2027, 5, 31)
    assert {link.review_id for link in links} == {reviews["school"], reviews["class"]}
    assert all(link.facility is not None and link.participants for link in links)


def test_a_field_of_the_municipality_is_work_for_the_district(town) -> None:
    engine, ids, reviews = town
    with writing(engine, "Методист") as session:
        roadmap = draft_from_fields(session, EVERYBODY, year_draft(ids["town"]), [reviews["town"]])
        view = view_roadmap(session, EVERYBODY, roadmap.id or 0, TODAY)
    assert "Заседание РМО" in view.rows[1].title
    assert "Семинар-практикум" in view.rows[2].title


def test_fields_are_added_once_and_can_be_linked_by_hand(town) -> None:
    engine, ids, reviews = town
    with writing(engine, "Методист") as session:
        roadmap = draft_from_fields(session, EVERYBODY, year_draft(ids["school1"]), [reviews["school"]])
        assert add_fields(session, EVERYBODY, roadmap.id or 0, [reviews["school"]]) == []
        section, *measures = add_fields(session, EVERYBODY, roadmap.id or 0, [reviews["class"]])
        link = link_field(session, EVERYBODY, measures[0].id or 0, reviews["school"])
        assert link_field(session, EVERYBODY, measures[0].id or 0, reviews["school"]).id == link.id
        assert len(fields_of(session, EVERYBODY, [measures[0].id or 0])) == 2
        unlink_field(session, EVERYBODY, link.id or 0)
        assert len(fields_of(session, EVERYBODY, [measures[0].id or 0])) == 1
        assert section.kind is MeasureKind.GROUP


def test_few_participants_are_not_shown_outside_their_school(town) -> None:
    engine, ids, reviews = town
    with writing(engine, "Методист") as session:
        roadmap = draft_from_fields(session, EVERYBODY, year_draft(ids["town"]), [reviews["small"]])
        view = view_roadmap(session, EVERYBODY, roadmap.id or 0, TODAY)
        rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
        assert all(row.expected_result == "" for row in rows), "the numbers of three pupils are not written down"
    with reading(engine) as session:
        ids_of_rows = [row.id for row in rows]
        from_above = scope_of(ids, "town", "school1", "school2")
        assert all(link.facility is None for link in fields_of(session, from_above, ids_of_rows))
        assert all(link.facility is not None for link in fields_of(session, EVERYBODY, ids_of_rows))


def test_only_confirmed_and_seen_fields_are_taken(town) -> None:
    engine, ids, reviews = town
    with writing(engine, "Методист") as session, pytest.raises(InvalidInput, match="Не выбрано"):
        draft_from_fields(session, EVERYBODY, year_draft(ids["town"]), [])
    with writing(engine, "Методист") as session, pytest.raises(NotFound):
        draft_from_fields(session, EVERYBODY, year_draft(ids["town"]), [reviews["town"], 999])


def test_the_template_has_the_thirteen_rows_of_the_district_and_every_deadline_is_understood(plan: Plan) -> None:
    with writing(plan.engine, "Методист") as session:
        draft = RoadmapDraft(
            plan.region.units["район"], "Концепция", date(2020, 10, 13), date(2022, 12, 31),
            year_kind=YearKind.CALENDAR,
        )
        roadmap = draft_from_template(session, EVERYBODY, draft, "nikolsky", move_years=False)
        rows = view_roadmap(session, EVERYBODY, roadmap.id or 0, date(2020, 11, 1)).rows
    template = load_template("nikolsky")
    assert [row.number for row in rows] == NIKOLSKY
    assert [(row.title, row.deadline_text, row.indicator, row.owner_post) for row in rows] == [
        (row.title, row.deadline, row.indicator, row.owner) for row in template.rows
    ]
    assert all(read_deadline(row.deadline_text).is_understood and not row.hint for row in rows)
    assert [row.kind for row in rows].count(MeasureKind.GROUP) == 3
    assert [one.key for one in list_templates()] == ["nikolsky"]


def test_years_of_a_template_move_into_the_plan(plan: Plan) -> None:
    with writing(plan.engine, "Методист") as session:
        draft = RoadmapDraft(plan.region.units["район"], "Карта", date(2026, 1, 1), date(2028, 12, 31))
        roadmap = draft_from_template(session, EVERYBODY, draft, "nikolsky")
        rows = {row.number: row for row in view_roadmap(session, EVERYBODY, roadmap.id or 0, TODAY).rows}
    assert rows["1."].deadline_text == "Май 2026 г."
    assert rows["5.3.2"].check_dates == (date(2026, 11, 30), date(2027, 11, 30))


def test_a_template_in_a_plan_of_a_school_year_has_no_deadline_before_its_beginning(sqlite_plan: Plan) -> None:
    with writing(sqlite_plan.engine, "Методист") as session:
        draft = RoadmapDraft(sqlite_plan.region.units["школа 1"], "Карта", date(2026, 9, 1), date(2027, 8, 31))
        roadmap = draft_from_template(session, EVERYBODY, draft, "nikolsky")
        rows = {row.number: row for row in view_roadmap(session, EVERYBODY, roadmap.id or 0, date(2026, 9, 1)).rows}
    assert rows["1."].deadline_text == "Май 2027 г."
    assert rows["2."].check_dates == (date(2026, 10, 31),)
    assert not any(row.is_overdue for row in rows.values())


def test_a_copy_for_the_next_period_begins_anew(plan: Plan) -> None:
    plan.add("Раздел", kind="раздел")
    plan.add("А", "1", deadline_text="октябрь 2026 г.", status="выполнено", owner_post="Учителя")
    plan.add("Б", "1", deadline_text="ежегодно, май")
    with writing(plan.engine, "Методист") as session:
        draft = RoadmapDraft(
            plan.region.units["школа 1"], "Карта 2027", date(2027, 9, 1), date(2028, 5, 31),
            association_id=plan.region.associations["ШМО математиков"],
        )
        whole = copy_roadmap(session, EVERYBODY, plan.roadmap_id, draft)
        rest = copy_roadmap(session, EVERYBODY, plan.roadmap_id, draft, only_open=True)
        rows = view_roadmap(session, EVERYBODY, whole.id or 0, TODAY).rows
        left = view_roadmap(session, EVERYBODY, rest.id or 0, TODAY).rows
    assert [(row.number, row.title, row.deadline_text) for row in rows] == [
        ("1.", "Раздел", ""), ("1.1", "А", "октябрь 2027 г."), ("1.2", "Б", "ежегодно, май"),
    ]
    assert {row.status for row in rows} == {MeasureStatus.PLANNED} and rows[1].owner_post == "Учителя"
    assert [row.title for row in left] == ["Раздел", "Б"]


def test_the_district_table_goes_through_a_workbook_without_loss(plan: Plan) -> None:
    template = load_template("nikolsky")
    rows = (TableRow(row.number, row.title, row.deadline, row.indicator, row.owner) for row in template.rows)
    table = RoadmapTable(template.title, tuple(rows))
    content = write_table(table, with_control=False)
    sheet = read_workbook(content, "карта.xlsx").sheets[0]
    assert [str(cell) for cell in sheet.rows[2]] == [
        "№ п/п", "Наименование мероприятия", "Срок исполнения (месяц, год)", "Индикативные показатели", "Исполнители",
    ]
    read = read_roadmap(read_workbook(content, "карта.xlsx"))
    assert read == table
    with writing(plan.engine, "Методист") as session:
        draft = RoadmapDraft(plan.region.units["район"], read.title, date(2020, 1, 1), date(2022, 12, 31))
        roadmap, notes = import_roadmap(session, EVERYBODY, draft, read)
        assert notes == ()
        out = export_roadmap(session, EVERYBODY, roadmap.id or 0, with_control=False)
    assert read_roadmap(read_workbook(out, "карта.xlsx")).rows == table.rows


def test_everything_that_a_roadmap_knows_goes_through_a_workbook(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    plan.add("- мероприятие, похожее на формулу", deadline_text="октябрь", indicator="=1+1", weight=2.5, target=75.5,
             unit="%", value=70, indicator_kind="число", co_owners="Соисполнители", expected_result="Лучше")
    plan.add("Б", status="перенесено", status_note="Карантин", progress=30)
    plan.add("В", status="выполнено", done_on=date(2026, 11, 2))
    with writing(plan.engine, "Методист") as session:
        content = export_roadmap(session, EVERYBODY, plan.roadmap_id)
        table = read_roadmap_file(content, "карта.xlsx")
        draft = RoadmapDraft(plan.region.units["школа 1"], "Копия", date(2026, 9, 1), date(2027, 5, 31))
        roadmap, _notes = import_roadmap(session, EVERYBODY, draft, table)
        again = export_roadmap(session, EVERYBODY, roadmap.id or 0)
    assert read_roadmap_file(again, "карта.xlsx").rows == table.rows
    first = table.rows[0]
    assert (first.title, first.indicator) == ("- мероприятие, похожее на формулу", "=1+1")
    assert (table.rows[1].status_note, table.rows[2].done_on) == ("Карантин", date(2026, 11, 2))


def book(*rows: list[object]) -> Workbook:
    return Workbook("план.xlsx", (Sheet("Лист1", [list(row) for row in rows]),))


def test_a_plan_of_a_school_with_other_headers_is_understood() -> None:
    table = read_roadmap(
        book(
            ["План работы школы"], [], ["№", "Содержание", "Сроки", "Форма и методы", "Ответственные"],
            [1.0, "Посещение курсов", "В течение года, по графику", "Курсы", "Администрация школы"],
            [2.0, "Взаимопосещение уроков", "В течение года", "Опыт", "Руководители ШМО"], ["", "", "", "", ""],
        )
    )
    assert table.title == "План работы школы"
    assert [(row.number, row.title, row.owner, row.expected_result) for row in table.rows] == [
        ("1", "Посещение курсов", "Администрация школы", "Курсы"),
        ("2", "Взаимопосещение уроков", "Руководители ШМО", "Опыт"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Ученик", "Балл"], ["1", "2"]], "нет таблицы дорожной карты"),
        ([["№", "Мероприятие", "Срок"]], "нет ни одной строки"),
        ([["№", "Мероприятие", "Срок", "Статус"], ["1", "А", "май", "почти"]], "«почти» нет"),
        ([["№", "Мероприятие", "Срок", "Выполнение, %"], ["1", "А", "май", "140"]], "140 не бывает"),
        ([["№", "Мероприятие", "Срок", "Вес"], ["1", "А", "май", "тяжёлый"]], "не число"),
    ],
)
def test_tables_that_cannot_be_read_say_where(rows: list[list[object]], words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_roadmap(book(*rows))
    assert words in refusal.value.message
    if words not in ("нет таблицы дорожной карты",):
        assert "лист «Лист1», строка 2" in str(refusal.value.place)


def test_numbers_of_a_table_are_kept_and_gaps_are_said() -> None:
    rows = [TableRow(number, "т") for number in ("1", "3", "3.1", "", "3.1.4", "7.2", "3")]
    places, notes = places_of(rows)
    assert [place.parent for place in places] == [None, None, 1, 1, 2, None, None]
    assert "Пункт 3 получил номер 2." in notes and any("дважды" in note for note in notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Наличие плана работы РМО", (IndicatorKind.DOCUMENT, None, "")),
        ("Доля учителей – не менее 80 %", (IndicatorKind.NUMBER, 80.0, "%")),
        ("Количество открытых уроков", (IndicatorKind.NUMBER, None, "")),
        ("Не менее 4 уроков", (IndicatorKind.NUMBER, 4.0, "уроков")),
        ("12 мероприятий", (IndicatorKind.NUMBER, 12.0, "мероприятий")),
        ("", (IndicatorKind.DOCUMENT, None, "")),
    ],
)
def test_indicators(text: str, expected: tuple[IndicatorKind, float | None, str]) -> None:
    assert read_indicator(text) == expected


@pytest.mark.parametrize(
    ("title", "first", "last", "words"),
    [
        ("", date(2026, 9, 1), date(2027, 5, 31), "название"),
        ("Карта", date(2027, 9, 1), date(2026, 5, 31), "раньше, чем начинается"),
        ("Карта", date(2020, 9, 1), date(2036, 5, 31), "длиннее"),
        ("Карта", date(202, 9, 1), date(2027, 5, 31), "опечатка"),
    ],
)
def test_heads_that_cannot_be(sqlite_plan: Plan, title: str, first: date, last: date, words: str) -> None:
    with writing(sqlite_plan.engine, "Методист") as session, pytest.raises(InvalidInput, match=words):
        create_roadmap(session, EVERYBODY, RoadmapDraft(sqlite_plan.region.units["школа 1"], title, first, last))
