"""The chart of a plan: words beside colours, days that do not slip, a valid Vega-Lite text."""

from datetime import date

from core.charts.kept import spec_of
from core.charts.measure_styles import MEASURE_STYLES, measure_words
from core.charts.timeline import TimelineRow, timeline_chart
from core.planning.statuses import MeasureStatus

LATE = TimelineRow(
    "2.1", "Семинар " * 20, date(2026, 10, 1), date(2026, 10, 31), (date(2026, 10, 31),), MeasureStatus.IN_PROGRESS,
    date(2026, 10, 31), "Методист", 60,
)
DONE = TimelineRow(
    "1.1", "Анализ", date(2026, 9, 1), date(2026, 9, 30), (date(2026, 9, 30),), MeasureStatus.DONE, None,
)


def test_every_status_has_a_sign_of_its_own():
    assert len({style.sign for style in MEASURE_STYLES.values()}) == len(MeasureStatus)
    assert measure_words(MeasureStatus.IN_PROGRESS) == "◐ в работе"


def test_bars_say_their_state_in_words():
    chart = timeline_chart((DONE, LATE), date(2026, 11, 22), date(2026, 9, 1), date(2027, 5, 31))
    chart.to_dict()
    text = str(spec_of(chart))
    assert "⚠ просрочено с 31.10.2026" in text
    assert "✓ выполнено" in text
    assert "сегодня, 22.11.2026" in text
    assert "2026-10-31T00:00:00" in text, "a day without a time would be taken for UTC"
    assert "…" in text, "long titles are cut"
    assert timeline_chart((DONE, LATE), date(2026, 11, 22), date(2026, 9, 1), date(2027, 5, 31)) is chart
