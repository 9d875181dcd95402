"""A teacher takes out what they answered, in words; nobody else's answers."""

import core.tables  # noqa: F401  # as the program does at its start
from core.people.personal_data import export_person
from core.store.unit_of_work import writing
from tests.diagnostics import viewers
from tests.diagnostics.stored_answers import MATHS, build_district


def test_a_teacher_takes_out_the_own_answers_in_words(sqlite_engine):
    district = build_district(sqlite_engine)
    account = viewers.account_of(district, viewers.Role.TEACHER, "школа 1", f"{MATHS} 1/1")
    with writing(district.engine, "тест") as session:
        data = export_person(session, viewers.scope_of(district, account), account_id=account)
    answers = {row.field: row.value for row in data.rows if row.table == "ответы на анкету".capitalize()}
    assert any("входная волна" in value for value in answers.values())
    said = [value for field, value in answers.items() if field.startswith("вопрос ")]
    assert said == ["Необходима помощь", "Успешно решаю", "Успешно решаю"]
    assert len({row.row for row in data.rows if row.field.startswith("вопрос ")}) == 1, "one response, their own"
