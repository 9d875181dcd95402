"""How far a practice is on its way from one teacher's experience to what others are advised to do."""

from __future__ import annotations

from enum import StrEnum


class PracticeState(StrEnum):
    """States in the order of the way; a rejected practice may be offered again."""

    DRAFT = "черновик"
    OFFERED = "предложена"
    ON_TRIAL = "на апробации"
    TRIED = "апробирована"
    RECOMMENDED = "рекомендована к распространению"
    REJECTED = "отклонена"


PUBLISHED = frozenset({PracticeState.ON_TRIAL, PracticeState.TRIED, PracticeState.RECOMMENDED})
"""States in which everybody of the municipality may read a practice; before and after only its author and deciders."""

NEXT: dict[PracticeState, frozenset[PracticeState]] = {
    PracticeState.DRAFT: frozenset(),
    PracticeState.OFFERED: frozenset({PracticeState.ON_TRIAL, PracticeState.REJECTED}),
    PracticeState.ON_TRIAL: frozenset({PracticeState.TRIED, PracticeState.REJECTED}),
    PracticeState.TRIED: frozenset({PracticeState.RECOMMENDED, PracticeState.ON_TRIAL, PracticeState.REJECTED}),
    PracticeState.RECOMMENDED: frozenset({PracticeState.REJECTED}),
    PracticeState.REJECTED: frozenset(),
}
"""Decisions that may follow a state."""


class UseOutcome(StrEnum):
    """What somebody who applied a practice says of it."""

    HELPED = "помогло"
    PARTLY = "помогло отчасти"
    NOT = "не помогло"
    EARLY = "пока рано судить"


class NoteKind(StrEnum):
    """What is written under a practice."""

    COMMENT = "комментарий"
    QUESTION = "вопрос автору"


METHODS = (
    "открытый урок", "мастер-класс", "обобщение опыта", "заседание методического объединения", "предметный клуб",
    "семинар", "вебинар", "тематическая консультация", "взаимопосещение уроков", "внеклассная работа",
    "методическая неделя", "выездное тематическое занятие", "круглый стол", "конкурс, конференция",
    "курсовая подготовка", "самообразование", "педагогический совет", "методический совет",
)
"""Forms of methodical work as the models of the municipalities name them."""
