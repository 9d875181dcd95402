"""Own indicators: made, copied, changed by versions; what must not be one; who reads and changes them."""

from dataclasses import replace

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.monitoring.forbidden_use import forbidden_reason
from core.monitoring.own_passports import (
    correct_passport,
    create_passport,
    delete_passport,
    end_passport,
    free_code,
    passport_history,
    passport_views,
    revise_passport,
)
from core.monitoring.passport_drafts import PassportDraft, draft_of
from core.monitoring.passport_tables import Direction, IndicatorKind, Level
from core.monitoring.reference import load_passports
from core.monitoring.scorecard import scorecard
from core.monitoring.values import entry_rows
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring

DRAFT = PassportDraft(
    "Своя цель", "Доля открытых уроков для коллег", "%", IndicatorKind.SHARE, "открытые уроки", "все уроки",
    "числитель / знаменатель · 100 %", "журнал посещений", "", "год", "30 июня", Level.BOTH, "завуч", Direction.MORE,
    "",
)
CODE = "С01"


def _create(monitoring: Monitoring, draft: PassportDraft = DRAFT, who: str = "специалист", place: str = "район",
            code: str = CODE) -> int:
    with writing(monitoring.engine, who) as session:
        return create_passport(session, monitoring.scope(who), monitoring.unit(place), code, draft, YEAR - 1).id or 0


def test_an_own_indicator_holds_for_its_organisation_and_below_and_a_new_version_breaks_the_line(
    monitoring: Monitoring
):
    first = _create(monitoring)
    monitoring.enter("школа 1", 3, 10, CODE)
    town, specialist = monitoring.unit("район"), monitoring.scope("специалист")
    with writing(monitoring.engine, "специалист") as session:
        later = revise_passport(
            session, specialist, first, 1, replace(DRAFT, denominator="уроки первой смены"), YEAR
        )
        assert later.code == CODE and later.valid_from == YEAR
    with reading(monitoring.engine) as session:
        card = scorecard(session, specialist, town, (YEAR - 1, YEAR), (CODE,))
        assert not card.same_rules(CODE, YEAR - 1, YEAR)
        assert [card.passports[year][CODE].denominator for year in card.years] == ["все уроки", "уроки первой смены"]
        rows = {row.passport.code for row in entry_rows(
            session, monitoring.scope("директор"), monitoring.unit("школа 1"), YEAR
        )}
        assert CODE in rows
        other = scorecard(session, monitoring.scope("администратор"), monitoring.unit("соседний район"), (YEAR,))
        assert CODE not in other.codes() and "П41" in other.codes()
        lines = passport_history(session, specialist, town, first)
        assert ("специалист", "valid_to", str(YEAR - 1)) in {(one.actor, one.field, one.new) for one in lines}


def test_rules_of_values_that_were_handed_in_do_not_change(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    key = _create(monitoring)
    specialist = monitoring.scope("специалист")
    monitoring.enter("школа 1", 3, 10, CODE)
    with writing(monitoring.engine, "специалист") as session:
        correct_passport(session, specialist, key, 1, replace(DRAFT, name="Доля показанных уроков"))
        with pytest.raises(EditConflict):
            correct_passport(session, specialist, key, 1, DRAFT)
        row = monitoring.row(session, "школа 1", CODE)
        row.state = type(row.state)("сдано")
        session.add(row)
        session.flush()
        for change in (
            lambda: correct_passport(session, specialist, key, 2, DRAFT),
            lambda: revise_passport(session, specialist, key, 2, DRAFT, YEAR),
            lambda: end_passport(session, specialist, key, 2, YEAR - 1),
            lambda: delete_passport(session, specialist, key, 2),
        ):
            with pytest.raises(InvalidInput, match="за 2025/2026"):
                change()
        later = revise_passport(session, specialist, key, 2, DRAFT, YEAR + 1)
        delete_passport(session, specialist, later.id or 0, later.version)
        views = {one.passport.id: one for one in passport_views(session, specialist, monitoring.unit("район"))}
        assert views[key].passport.valid_to is None and later.id not in views


def test_the_catalogue_is_read_and_copied_only(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    director, school = monitoring.scope("директор"), monitoring.unit("школа 1")
    with writing(monitoring.engine, "директор") as session:
        shipped = {one.passport.code: one for one in passport_views(session, director, school)}["П42.1"]
        assert not shipped.may_change and shipped.owner == "каталог"
        with pytest.raises(NotAllowed, match="из каталога"):
            correct_passport(session, director, shipped.passport.id, shipped.version, DRAFT)
        copy = draft_of(shipped.passport)
        assert copy.name == shipped.passport.name and "вносит" in copy.method
        with pytest.raises(InvalidInput, match="вносит сама школа"):
            create_passport(session, director, school, free_code(session, director), copy, YEAR)
        made = create_passport(session, director, school, CODE, replace(copy, level=Level.SCHOOL), YEAR)
        assert not made.automatic and made.organisation_id == school
        for code, said in ((CODE, "занят"), ("П51", "не подходит"), ("xx", "не подходит")):
            with pytest.raises(InvalidInput, match=said):
                create_passport(session, director, school, code, replace(copy, level=Level.SCHOOL), YEAR)
        with pytest.raises(InvalidInput, match="Не заполнено поле «Источник»"):
            create_passport(session, director, school, "С02", replace(DRAFT, source=" ", level=Level.SCHOOL), YEAR)
    with reading(monitoring.engine) as session:
        above = scorecard(session, monitoring.scope("специалист"), monitoring.unit("район"), (YEAR,))
        assert CODE not in above.codes()
    with pytest.raises(NotFound):
        _create(monitoring, who="директор")
    with pytest.raises(NotAllowed):
        _create(monitoring, who="наблюдатель")


@pytest.mark.parametrize("name", [
    "Доля педагогов, снизивших число «красных» заданий в своих классах", "Рейтинг школ по результатам ВПР",
    "Доля учителей, чьи ученики подтвердили отметки на всероссийских проверочных работах",
    "Эффективность работы педагога по ВПР",
])
def test_nobody_is_rated_by_vpr(sqlite_monitoring: Monitoring, name):
    with pytest.raises(InvalidInput, match="Результаты ВПР не применяют"):
        _create(sqlite_monitoring, replace(DRAFT, name=name))


def test_the_catalogue_itself_is_allowed():
    for file in load_passports().values():
        for one in file.indicators:
            assert not forbidden_reason(one.name, one.numerator, one.denominator, one.formula, one.source, file.goal)
    assert not forbidden_reason("Доля педагогов, обученных анализу результатов ВПР")
