"""Charts of shares and maps of tones: numbers, signs and words stand beside the colours."""

from __future__ import annotations

import json

from core.analysis.status import Status
from core.charts.shares import ShareRow, share_chart
from core.charts.tone_map import ToneCell, standing_words, tone_map, tone_of
from core.diagnostics.standing import Standing


def test_a_cell_says_number_and_sign():
    corporate = Standing.CORPORATE
    cell = ToneCell("Q1", "Физика", "62 % ▼▼", tone_of(corporate), standing_words(corporate), "8 из 13")
    spec = json.dumps(tone_map([cell], "Вопрос").to_dict(), ensure_ascii=False)
    assert "62 % ▼▼" in spec
    assert "▼▼ корпоративный" in spec
    assert "8 из 13" in spec


def test_every_standing_has_its_own_sign_words_and_tone():
    assert len({standing_words(one) for one in Standing}) == len(Standing)
    assert tone_of(Standing.CORPORATE) is Status.SURELY_BELOW
    assert tone_of(Standing.NO_DATA) is Status.UNKNOWN


def test_shares_of_two_waves_differ_in_shape_and_carry_intervals():
    chart = share_chart(
        [ShareRow("Q1", "входная", 0.6, 0.4, 0.8, 13), ShareRow("Q1", "итоговая", 0.2, 0.1, 0.4, 12)], "Доля",
        [(0.5, "корпоративный от 50 %")],
    )
    spec = json.dumps(chart.to_dict(), ensure_ascii=False)
    assert '"shape"' in spec
    assert "40,0–80,0" in spec
    assert "корпоративный от 50 %" in spec


def test_points_of_one_series_stand_on_the_line_of_their_label():
    one = share_chart([ShareRow("урок", "уровень", 0.5)], "Доля").to_dict()
    two = share_chart([ShareRow("урок", "было", 0.5), ShareRow("урок", "стало", 0.4)], "Доля").to_dict()
    assert not [layer for layer in one["layer"] if "yOffset" in layer["encoding"]]
    assert [layer for layer in two["layer"] if "yOffset" in layer["encoding"]]
