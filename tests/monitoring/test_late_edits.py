"""After acceptance nothing that a school does changes the municipality, and the path of the number can be read."""

from datetime import date

from sqlmodel import select

from core.monitoring.acceptances import acceptances
from core.monitoring.lifecycle import accept_values, return_values, submit_values
from core.monitoring.scorecard import scorecard
from core.monitoring.value_files import preview_values, store_values
from core.monitoring.values import prepare_values, value_history
from core.people.list_reading import rows_of_text
from core.people.teacher_tables import Employment, Teacher
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import CODES, YEAR, Monitoring

CODE, COUNTED = CODES[0], "П20"
TODAY = date(2026, 11, 22)


def _cell(monitoring: Monitoring, code: str, unit: str = "район"):
    with reading(monitoring.engine) as session:
        card = scorecard(session, monitoring.scope("специалист"), monitoring.unit(unit), (YEAR,), (code,), today=TODAY)
    return card.cells[monitoring.unit(unit), code, YEAR]


def _upload(monitoring: Monitoring, text: str, who: str = "директор"):
    with reading(monitoring.engine) as session:
        preview = preview_values(
            session, monitoring.scope(who), monitoring.unit("школа 1"), YEAR, rows_of_text(text)
        )
    if preview.can_be_stored:
        with writing(monitoring.engine, who) as session:
            store_values(session, monitoring.scope(who), preview)
    return preview


def test_a_late_file_changes_nothing_above_and_the_journal_tells_everything(monitoring: Monitoring):
    _upload(monitoring, f"Код\tЧислитель\tЗнаменатель\n{CODE}\t10\t100")
    monitoring.submit("школа 1", "директор")
    monitoring.accept("школа 1")
    late = f"Код\tЧислитель\tЗнаменатель\n{CODE}\t90\t100"
    refused = _upload(monitoring, late)
    assert not refused.can_be_stored and "уже сдан (принято)" in str(refused.findings[0])
    with writing(monitoring.engine, "специалист") as session:
        return_values(session, monitoring.scope("специалист"), monitoring.unit("школа 1"), YEAR, "Сверьте числитель")
    assert _upload(monitoring, late).can_be_stored
    town = _cell(monitoring, CODE)
    assert (town.fact.numerator, town.fact.denominator) == (10, 100)
    with reading(monitoring.engine) as session:
        found = acceptances(session, monitoring.scope("специалист"), monitoring.unit("район"), CODE, YEAR, TODAY)
        lines = value_history(session, monitoring.scope("директор"), monitoring.unit("школа 1"), CODE, YEAR)
    one = found[monitoring.unit("школа 1")]
    assert one.by == "Специалист" and one.is_changed_since and found.keys() == {monitoring.unit("школа 1")}
    told = [(line.actor, line.field, line.old, line.new) for line in reversed(lines)]
    assert [(actor, new) for actor, field, _old, new in told if field == "state"] == [
        ("директор", "сдано"), ("специалист", "принято"), ("специалист", "возвращено")
    ]
    changed = [(actor, float(old), float(new)) for actor, field, old, new in told if field == "numerator" and old]
    assert changed == [("директор", 10.0, 90.0)]
    reasons = [(actor, new) for actor, field, _old, new in told if field == "reason"]
    assert ("специалист", "Сверьте числитель") in reasons
    assert ("специалист", 10.0) in [
        (actor, float(new)) for actor, field, _old, new in told if field == "accepted_numerator" and new
    ]


def test_records_entered_after_acceptance_change_only_what_is_not_accepted(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    before = _cell(monitoring, COUNTED).fact
    with writing(monitoring.engine, "специалист") as session:
        scope, school = monitoring.scope("специалист"), monitoring.unit("школа 1")
        prepare_values(session, scope, school, YEAR)
        assert submit_values(session, scope, school, YEAR, [COUNTED], TODAY) == 1
        assert accept_values(session, scope, school, YEAR) == 1
    assert _cell(monitoring, COUNTED).fact == before
    with writing(monitoring.engine, "директор") as session:
        for name, school_name in (("Новая Ирина Львовна", "школа 1"), ("Поздняя Анна Юрьевна", "школа 2")):
            teacher = Teacher(full_name=name, subjects=["Математика"])
            session.add(teacher)
            session.flush()
            session.add(Employment(
                teacher_id=teacher.id or 0, organisation_id=monitoring.unit(school_name), valid_from=date(2025, 9, 1)
            ))
        assert len(session.exec(select(Employment)).all()) == 7
    after = _cell(monitoring, COUNTED)
    assert after.fact.denominator == before.denominator + 1, "the teacher of the school that was not accepted"
    assert _cell(monitoring, COUNTED, "школа 1").fact.denominator == 3
