"""Small groups of pupils are hidden from above, whichever unit is looked at, and in the journal too."""

from core.monitoring.scorecard import scorecard
from core.monitoring.value_tables import IndicatorValue
from core.monitoring.values import entry_rows, value_history
from core.people.journal import read_journal
from core.people.suppression import Hidden
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring

CODE = "П42.1"


def _store(monitoring: Monitoring, school: str, numerator: float, denominator: float) -> None:
    with writing(monitoring.engine, "тест") as session:
        session.add(IndicatorValue(
            organisation_id=monitoring.unit(school), code=CODE, year=YEAR, numerator=numerator,
            denominator=denominator, accepted_numerator=numerator, accepted_denominator=denominator,
            accepted_at=utc_now(),
        ))


def _cell(monitoring: Monitoring, who: str, unit: str):
    with reading(monitoring.engine) as session:
        card = scorecard(session, monitoring.scope(who), monitoring.unit(unit), (YEAR,), (CODE,))
    return card.cells[monitoring.unit(unit), CODE, YEAR]


def test_a_small_group_cannot_be_worked_out_by_looking_at_one_school_after_another(sqlite_monitoring: Monitoring):
    _store(sqlite_monitoring, "школа 1", 2, 3)
    _store(sqlite_monitoring, "школа 2", 15, 20)
    assert _cell(sqlite_monitoring, "специалист", "район").fact.denominator == 23
    small, other = (_cell(sqlite_monitoring, "специалист", school) for school in ("школа 1", "школа 2"))
    assert (small.hidden, small.fact, other.hidden, other.fact) == (Hidden.SMALL, None, Hidden.PROTECTING, None)
    assert _cell(sqlite_monitoring, "директор", "школа 1").fact.denominator == 3


def test_neither_journal_nor_entry_tell_from_above(sqlite_monitoring: Monitoring):
    _store(sqlite_monitoring, "школа 1", 2, 3)
    unit = sqlite_monitoring.unit("школа 1")
    with writing(sqlite_monitoring.engine, "специалист") as session:
        row = sqlite_monitoring.row(session, "школа 1", CODE)
        row.numerator = 1
        session.add(row)
    with writing(sqlite_monitoring.engine, "специалист") as session:
        above, own = (sqlite_monitoring.scope(who) for who in ("специалист", "директор"))
        assert all(line.field != "numerator" for line in value_history(session, above, unit, CODE, YEAR))
        assert any(line.field == "numerator" for line in value_history(session, own, unit, CODE, YEAR))
        told = next(row for row in entry_rows(session, above, unit, YEAR) if row.passport.code == CODE)
        assert (told.numerator, told.denominator) == (None, None)
    with reading(sqlite_monitoring.engine) as session:
        kept = next(row for row in entry_rows(session, own, unit, YEAR) if row.passport.code == CODE)
        assert (kept.numerator, kept.denominator) == (1, 3)


def test_the_journal_of_changes_does_not_tell_parts_outside_the_school(monitoring: Monitoring):
    """Not by its lines, and not by what is found when a number is looked for."""
    monitoring.enter("школа 1", 3.25, 4)
    monitoring.enter("школа 1", 2.25, 4)
    with reading(monitoring.engine) as session:
        for who, told in (("специалист", {"скрыто"}), ("директор", {"3.25", "2.25"})):
            lines = [
                line for line in read_journal(session, monitoring.scope(who), limit=1000) if line.field == "numerator"
            ]
            assert lines and {value for line in lines for value in (line.old, line.new) if value} <= told, who
        found = read_journal(session, monitoring.scope("специалист"), containing="3.25", limit=1000)
        assert not any(line.field == "numerator" for line in found)
        assert any(
            line.field == "numerator"
            for line in read_journal(session, monitoring.scope("директор"), containing="3.25", limit=1000)
        )
