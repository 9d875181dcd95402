"""What must not become a value: other people's rows, other years and units, numbers that are none, hidden letters."""

from dataclasses import replace

import pytest

from core.errors import InvalidInput
from core.monitoring.forbidden_use import forbidden_reason
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport, passport_in
from core.monitoring.side_by_side import is_judged
from core.monitoring.typed_values import checked_value
from core.monitoring.value_files import preview_values, store_values
from core.people.list_reading import rows_of_text
from core.people.tables import OrganisationKind
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring

SCHOOL = OrganisationKind.SCHOOL


@pytest.fixture
def share(sqlite_monitoring: Monitoring) -> Passport:
    with reading(sqlite_monitoring.engine) as session:
        return passport_in(session, sqlite_monitoring.scope("специалист"), "П41", YEAR)


def _findings(monitoring: Monitoring, text: str) -> list[str]:
    with reading(monitoring.engine) as session:
        preview = preview_values(
            session, monitoring.scope("директор"), monitoring.unit("школа 1"), YEAR, rows_of_text(text)
        )
    assert not preview.can_be_stored
    return [str(one) for one in preview.findings]


@pytest.mark.parametrize(
    "typed", ["1e308", "1_000", "да", True, "-1", "−1", "inf", "nan", "=1+1", "1.000,5", "1\x00", "\u202e12", "٣", "—"]
)
def test_what_is_no_number_is_refused(share: Passport, typed: object):
    with pytest.raises(InvalidInput):
        checked_value(share, SCHOOL, "numerator", typed)


def test_numbers_as_people_write_them_are_read(share: Passport):
    for typed, number in (("1 000", 1000), ("1\u202f000", 1000), ("12,5", 12.5), ("12.5", 12.5), (" ", None)):
        assert checked_value(share, SCHOOL, "denominator", typed) == number
    document = replace(share, kind=IndicatorKind.DOCUMENT)
    assert checked_value(document, SCHOOL, "fact", "да") == 1 and checked_value(document, SCHOOL, "fact", "нет") == 0
    assert checked_value(share, SCHOOL, "comment", "а\x00б\u202e\nв") == "аб\nв"


def test_a_file_of_another_year_unit_or_level_is_refused(sqlite_monitoring: Monitoring):
    with pytest.raises(InvalidInput, match="за 2023/2024, а открыт 2025/2026"):
        _findings(sqlite_monitoring, "Показатели за 2023/2024\nКод;Числитель\nП41;1")
    head = "Код;Единица;Числитель;Факт\n"
    assert "в файле «чел.»" in _findings(sqlite_monitoring, f"{head}П41;чел.;1;")[0]
    assert "вносит не эта организация" in _findings(sqlite_monitoring, f"{head}П14.1;;;1")[0]


def test_rows_made_since_the_preview_are_not_overwritten(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    with reading(monitoring.engine) as session:
        preview = preview_values(
            session, monitoring.scope("директор"), monitoring.unit("школа 1"), YEAR,
            rows_of_text("Код;Числитель;Знаменатель\nP41;5;10"),
        )
    assert preview.can_be_stored
    monitoring.enter("школа 1", 7, 10)
    with writing(monitoring.engine, "директор") as session, pytest.raises(InvalidInput, match="другой человек"):
        store_values(session, monitoring.scope("директор"), preview)


@pytest.mark.parametrize("name", [
    "Доля учителей, чьи ученики улучшили результаты В П Р", "Доля учителей с ростом результатов BПP",
    "Доля педагогов с высокими результатами В\u200bП\u200bР", "Индекс школы по результатам В.П.Р.",
    "Доля учителей, улучшивших результаты всероссийских проверочных работ", "Баллы учителя за ВПР",
])
def test_the_forbidden_row_stays_forbidden_in_other_words(name: str):
    assert forbidden_reason(name)


def test_help_and_learning_about_works_stay_allowed(share: Passport):
    for name in ("Доля педагогов, обученных анализу результатов ВПР", "Доля педагогов, использующих результаты ВПР",
                 "Доля учителей, участвовавших в повышении объективности ВПР"):
        assert not forbidden_reason(name)
    assert is_judged(share) and not is_judged(replace(share, automatic="", source="данные впр"))
