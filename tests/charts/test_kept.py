from core.analysis.status import Status
from core.charts.facility import FacilityRow, facility_chart
from core.charts.kept import spec_of
from core.charts.png import chart_png


def rows(facility: float) -> list[FacilityRow]:
    return [FacilityRow("1", facility, 0.3, 0.8, 24, Status.REACHED, 0.6)]


def test_the_same_rows_are_drawn_once_and_other_rows_anew():
    assert facility_chart(rows(0.5)) is facility_chart(rows(0.5))
    assert facility_chart(rows(0.5)) is not facility_chart(rows(0.6))
    assert facility_chart(rows(0.5), "Задание") is not facility_chart(rows(0.5))


def test_the_text_of_a_chart_is_made_once_and_is_the_schemas():
    chart = facility_chart(rows(0.7))
    assert spec_of(chart) is spec_of(chart)
    assert spec_of(chart) == chart.to_dict()


def test_a_picture_leaves_the_kept_text_as_it_was():
    chart = facility_chart(rows(0.8))
    before = dict(spec_of(chart))
    assert chart_png(chart, "Название").startswith(b"\x89PNG")
    assert spec_of(chart) == before
    assert "title" not in spec_of(chart)
