"""Answers of a scale in cells: recognising them, and a first order for scales that nobody has described yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from core.diagnostics.contract import AnswerView
from core.intake.cells import cell_text, folded
from core.workbooks.grid import Cell

MOST_ANSWERS = 10
"""A scale has no more answers than that."""
_LEADING_SCORE = re.compile(r"^(\d{1,2})\s*(?:[.)–—-]|баллы?|балла|баллов)\s*(?=\S)")
_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        0,
        re.compile(
            r"необходима помощь|нужна помощь|не (?:владею|умею|знаю|могу|готов|соглас|знаком)|^нет$|^никогда|отсутств"
        ),
    ),
    (1, re.compile(r"скорее нет|слабо|испытываю|затрудня|редко|низк|минимальн|плохо|с трудом")),
    (2, re.compile(r"частично|иногда|средн|могу решить|не всегда|удовлетвор|базов")),
    (3, re.compile(r"скорее да|часто|успешно|хорош|владею|умею|достаточн|не испытываю")),
    (4, re.compile(r"^да$|полностью|всегда|отлично|свободно|высок|поделиться|могу научить|эксперт|могу обучать")),
)
_MIDDLE = 2


def scores_of(answers: Iterable[AnswerView]) -> dict[str, int]:
    """Return the score of each answer by its folded text."""
    return {folded(answer.text): answer.score for answer in answers}


def score_of(cell: Cell, scores: Mapping[str, int]) -> int | None:
    """Return the score of an answer; None for one that is not on the scale.

    A bare score («4»), and an answer behind its score («4 – Могу поделиться опытом») are understood as well.
    """
    text = folded(cell_text(cell))
    if text in scores:
        return scores[text]
    if text.isascii() and text.isdigit():
        return int(text) if int(text) in scores.values() else None
    return scores.get(_LEADING_SCORE.sub("", text))


def is_answered_on(texts: Sequence[str], scores: Mapping[str, int], share: float = 0.6) -> bool:
    """Say whether at least this share of the filled cells of a column are verbal answers of the scale."""
    filled = [text for text in texts if text]
    known = sum(not text.isdigit() and score_of(text, scores) is not None for text in filled)
    return bool(known) and known >= share * len(filled)


def likely_scale(columns: Sequence[Sequence[str]]) -> tuple[AnswerView, ...]:
    """Return the answers that columns of an unknown scale share, ordered by the meaning of their words.

    It is a first guess for the user: the score is the place in that order from 1, the worst answer is the deficit.
    """
    counted = Counter(text for column in columns for text in set(filter(None, column)))
    common = [text for text, times in counted.most_common(MOST_ANSWERS) if times > 1 or len(columns) == 1]
    ordered = sorted(common, key=lambda text: (_rank(text), text))
    last = len(ordered)
    return tuple(
        AnswerView(text[:300], place, is_deficit=place == 1, is_resource=place == last)
        for place, text in enumerate(ordered, start=1)
    )


def _rank(text: str) -> int:
    key = folded(text)
    return next((rank for rank, pattern in _WORDS if pattern.search(key)), _MIDDLE)
