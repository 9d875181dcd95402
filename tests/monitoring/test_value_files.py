"""Values from workbooks and pasted cells."""

import pytest

from core.errors import InvalidInput
from core.monitoring.value_files import preview_values, store_values, values_template
from core.people.list_files import rows_of_file
from core.people.list_reading import rows_of_text
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring


def _preview(monitoring: Monitoring, rows, who: str = "директор", unit: str = "школа 1"):
    with reading(monitoring.engine) as session:
        return preview_values(session, monitoring.scope(who), monitoring.unit(unit), YEAR, rows)


def test_pasted_values_are_stored_after_a_preview(monitoring: Monitoring):
    text = "Код\tПлан\tЧислитель\tЗнаменатель\tКомментарий\nП41\t50\t12\t240\tпо отчёту\nП12\t60\t7\t10\t"
    preview = _preview(monitoring, rows_of_text(text))
    assert not preview.findings and len(preview.changes) == 7
    with writing(monitoring.engine, "директор") as session:
        assert store_values(session, monitoring.scope("директор"), preview) == 7
    with reading(monitoring.engine) as session:
        row = monitoring.row(session, "школа 1")
        assert (row.plan, row.numerator, row.denominator, row.comment) == (50, 12, 240, "по отчёту")
    assert not _preview(monitoring, rows_of_text(text)).changes


def test_findings_name_the_cell_and_nothing_is_stored(sqlite_monitoring: Monitoring):
    text = "Код\tЧислитель\tЗнаменатель\tФакт\nП41\t30\t20\t\nП12\tсемь\t10\t\nП99\t1\t2\t\nП01\t1\t2\t\nП41\t1\t2\t"
    preview = _preview(sqlite_monitoring, rows_of_text(text))
    texts = [str(one) for one in preview.findings]
    assert not preview.can_be_stored and len(texts) == 6
    assert any("Числитель больше знаменателя" in one and "2" in one for one in texts)
    assert any("«семь» – не число" in one for one in texts)
    assert any("Показателя «П99»" in one for one in texts) and any("встречается дважды" in one for one in texts)
    with writing(sqlite_monitoring.engine, "директор") as session, pytest.raises(InvalidInput):
        store_values(session, sqlite_monitoring.scope("директор"), preview)


def test_the_template_of_a_municipality_goes_round(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    monitoring.enter("школа 1", 1, 10)
    with reading(monitoring.engine) as session:
        content = values_template(session, monitoring.scope("специалист"), monitoring.unit("район"), YEAR)
    rows = rows_of_file(content, "показатели.xlsx")
    assert not _preview(monitoring, rows, "специалист", "район").changes
    place = next(number for number, row in enumerate(rows) if row[0] == "ш2" or str(row[2]) == "П41")
    rows[place][6:8] = [5, 50]
    preview = _preview(monitoring, rows, "специалист", "район")
    assert [(one.code, one.title, one.new) for one in preview.changes][:1] == [("П41", "Числитель", 5.0)]


def test_somebody_elses_edit_in_between_is_not_overwritten(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    monitoring.enter("школа 1", 1, 10)
    preview = _preview(monitoring, rows_of_text("Код\tЧислитель\nП41\t5"))
    monitoring.enter("школа 1", 7, 10)
    with writing(monitoring.engine, "директор") as session, pytest.raises(InvalidInput, match="другой человек"):
        store_values(session, monitoring.scope("директор"), preview)


def test_a_school_does_not_enter_for_another(sqlite_monitoring: Monitoring):
    preview = _preview(sqlite_monitoring, rows_of_text("Код организации\tКод\tЧислитель\nнет такой\tП41\t5"))
    assert preview.findings[0].is_error and not preview.changes
