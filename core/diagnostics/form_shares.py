"""Shares of a form before it is stored: how many of those who answered need help in each question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.diagnostics.answers import NO_ANSWER
from core.diagnostics.defaults import DEFAULT_LEVELS
from core.diagnostics.measuring import shares_marked
from core.diagnostics.preview import SurveyPreview


@dataclass(frozen=True, slots=True)
class QuestionShare:
    """One question: the share 0..1 that needs help, its 95 % interval, and how many answered; NaN where nobody did."""

    code: str
    text: str
    section: str
    share: float
    low: float
    high: float
    n: int


def form_shares(preview: SurveyPreview) -> list[QuestionShare]:
    """Return the shares of the file's questions in the order of its columns; nothing for a file that was not read."""
    mapping, scores, chosen = preview.inspection.mapping, preview.inspection.scores, preview.instrument
    if mapping is None or scores is None:
        return []
    answered = scores != NO_ANSWER
    view = chosen.view if chosen is not None else None
    if mapping.answers:
        bad = [answer.score for answer in (view.answers if view is not None else mapping.answers) if answer.is_deficit]
        marks = np.isin(scores, np.array(bad, dtype=np.int8))
    else:
        below = view.deficit_below if view is not None else DEFAULT_LEVELS[1].from_share
        marks = scores < below * np.array([item.maximum or 1 for item in mapping.items]) - 1e-9
    found = shares_marked(marks, answered)
    return [
        QuestionShare(
            item.code, item.text, item.section, float(found.share[place]), float(found.low[place]),
            float(found.high[place]), int(found.n[place]),
        )
        for place, item in enumerate(mapping.items)
    ]
