"""Charts as a reader meets them: what is drawn, in which order, said how."""

import io
import itertools

import pytest
from PIL import Image

from core.analysis.status import Status
from core.charts.distribution import CutScore, MarkShare, ScoreCount, mark_chart, score_chart
from core.charts.facility import ComparisonRow, FacilityRow, comparison_chart, facility_chart
from core.charts.heat_map import SELECTION, HeatCell, heat_map
from core.charts.items import GroupPoint, ItemPoint, discrimination_chart, profile_chart
from core.charts.palette import FAINT_INK, GROUND, INK, MARK_COLOURS, MARK_SHAPES, STATUS_STYLES
from core.charts.png import chart_png
from core.charts.trend import TrendPoint, trend_chart

FACILITY = facility_chart(
    [
        FacilityRow("10", 0.625, 0.4, 0.8, 24, Status.REACHED, 0.6, "План текста"),
        FacilityRow("2", 0.31, 0.2, 0.45, 24, Status.SURELY_BELOW, 0.6),
    ]
)
HEAT = heat_map(
    [
        HeatCell("Орфография", "4А", 0.41, 0.3, 0.5, 24, Status.PROBABLY_BELOW, is_weak_spot=True),
        HeatCell("Орфография", "4Б", None, n=3, status=Status.SURELY_BELOW, hidden="n < 5"),
        HeatCell("Лексика", "4А", 0.8, 0.7, 0.9, 24, Status.REACHED),
    ]
)
CHARTS = {
    "facility": FACILITY,
    "heat map": HEAT,
    "comparison": comparison_chart([ComparisonRow("4А", 0.4, 0.3, 0.5, 24, True), ComparisonRow("Регион", 0.6)]),
    "marks": mark_chart([MarkShare("4А", "2", 0.1, 2), MarkShare("Школа", "2", 0.2)]),
    "scores": score_chart([ScoreCount(0, 1, 0.5), ScoreCount(1, 3, 0.5)], [CutScore(1, "3")]),
    "profile": profile_chart([GroupPoint("1", "«2»", 0.2, 11), GroupPoint("1", "«5»", 0.9, 14)]),
    "discrimination": discrimination_chart([ItemPoint("1", 0.4, 0.35, 120), ItemPoint("2", 0.9, -0.1, 120)]),
    "trend": trend_chart([TrendPoint(2025, "Школа", 0.5), TrendPoint(2026, "Школа", 0.6, 0.5, 0.7, 80, 1)]),
}


def rows_of(chart) -> list[dict]:
    spec = chart.to_dict()
    datasets = spec.get("datasets") or {}
    inline = spec.get("data", {}).get("values") or next(
        (layer["data"]["values"] for layer in spec.get("layer", []) if "values" in layer.get("data", {})), []
    )
    return inline or list(itertools.chain.from_iterable(datasets.values()))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_speaks_russian_and_fetches_nothing(name):
    spec = CHARTS[name].to_dict()
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["locale"]["number"]["percent"] == "\xa0%"
    assert "url" not in str(spec.get("data", ""))
    assert spec["config"]["aria"] is False, "Vega speaks English to screen readers"
    titles = [tip["title"] for layer in spec.get("layer", [spec]) for tip in layer["encoding"].get("tooltip") or []]
    assert titles
    assert not [title for title in titles if title.isascii()]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_becomes_a_picture_without_a_browser(name):
    picture = Image.open(io.BytesIO(chart_png(CHARTS[name], "Заголовок", width=400)))
    assert picture.width == pytest.approx(800, abs=2)
    assert len(picture.convert("RGB").getcolors(2**20) or []) > 10


def test_cyrillic_letters_are_drawn_and_not_boxes():
    """Letters of different shapes give different pictures; boxes for missing letters would all be alike."""
    pictures = [
        chart_png(mark_chart([MarkShare("x", "2", 0.5)]), title, width=300) for title in ("ЖЖЖ", "ИИИ", "ёёё")
    ]
    assert len(set(pictures)) == 3


def test_facility_keeps_the_order_of_the_work_and_says_numbers_with_a_comma():
    spec = FACILITY.to_dict()
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["10", "2"]
    rows = rows_of(FACILITY)
    assert [row["number"] for row in rows] == ["62,5\xa0%", "31,0\xa0%"]
    assert rows[0]["said"] == "40,0–80,0\xa0%"


def test_a_chart_without_thresholds_draws_no_threshold():
    bare = facility_chart([FacilityRow("1", 0.5, 0.4, 0.6, 20)]).to_dict()
    assert "tick" not in str(bare["layer"][-1]["mark"])
    assert "порог" not in str(bare)


def test_a_cell_says_its_status_by_a_sign_and_a_hidden_cell_shows_nothing():
    texts = {(row["row"], row["column"]): row["text"] for row in rows_of(HEAT)}
    assert texts["Орфография", "4А"] == "41 ▼ ◄"
    assert texts["Орфография", "4Б"] == "n < 5"
    hidden = next(row for row in rows_of(HEAT) if row["column"] == "4Б")
    assert hidden["facility"] is None
    assert hidden["status"] == "– нет данных"


def test_a_cell_can_be_clicked():
    (chosen,) = HEAT.to_dict()["params"]
    assert chosen["name"] == SELECTION
    assert chosen["select"]["fields"] == ["row", "column"]


def test_cut_scores_stand_between_the_bars():
    spec = CHARTS["scores"].to_dict()
    assert "«3» от 1" in str(spec)
    assert "'border': 0.5" in str(spec)


def test_years_that_cannot_be_compared_are_not_joined():
    rows = rows_of(CHARTS["trend"])
    assert len({row["stretch"] for row in rows}) == 2
    points = [TrendPoint(2025, "Школа", 0.5), TrendPoint(2026, "Школа", 0.6, part=1, remark="правила счёта изменились")]
    assert "┆ правила счёта изменились" in str(trend_chart(points).to_dict())


@pytest.mark.parametrize("make", [facility_chart, comparison_chart, heat_map, mark_chart, score_chart, trend_chart])
def test_an_empty_table_makes_a_chart_without_marks(make):
    assert rows_of(make([])) == []


@pytest.mark.parametrize("status", Status)
def test_text_on_a_cell_can_be_read(status):
    assert contrast(INK, STATUS_STYLES[status].ground) >= 4.5


def test_text_on_the_page_can_be_read():
    assert contrast(INK, GROUND) >= 4.5
    assert contrast(FAINT_INK, GROUND) >= 4.5


def test_no_status_and_no_mark_is_told_by_colour_alone():
    for part in ("sign", "shape", "colour", "ground"):
        assert len({getattr(style, part) for style in STATUS_STYLES.values()}) == len(STATUS_STYLES)
    assert len(set(MARK_SHAPES.values())) == len(MARK_COLOURS)


def test_statuses_differ_in_lightness_for_those_who_see_no_colour():
    below = [luminance(STATUS_STYLES[status].colour) for status in (Status.SURELY_BELOW, Status.PROBABLY_BELOW)]
    assert abs(below[0] - below[1]) > 0.1


def test_signs_that_no_picture_can_hold_do_not_end_the_process() -> None:
    """A name with a control character that somebody pasted: without care the renderer aborts the whole server."""
    pasted = "Дро\x00би\x0b, 5 класс\ud800" + "\U0001f600" * 90
    chart = facility_chart([FacilityRow(pasted, 0.6, 0.4, 0.8, 24, Status.REACHED, 0.6, pasted)], pasted)
    assert chart_png(chart, pasted, width=300).startswith(b"\x89PNG")
