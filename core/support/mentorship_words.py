"""Questions, directions and forms of meetings that data/mentorship.yaml lists; people may change the file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.store.settings import reference_directory
from core.support.mentorship_tables import Side

LOWEST, HIGHEST = 1, 10
SATISFACTION = "satisfaction"
"""The key of the question by which people count as satisfied."""


class Question(Record):
    """One question of a questionnaire, answered 1..10."""

    key: str = Field(pattern="^[a-z_]{2,40}$")
    text: str = Field(min_length=5)


class MentorshipWords(Sourced):
    """The file data/mentorship.yaml."""

    satisfied_from: int = Field(ge=LOWEST, le=HIGHEST)
    mentee: tuple[Question, ...] = Field(min_length=1)
    mentor: tuple[Question, ...] = Field(min_length=1)
    directions: tuple[str, ...] = Field(min_length=1)
    meeting_forms: tuple[str, ...] = Field(min_length=1)

    def questions(self, side: Side) -> tuple[Question, ...]:
        """Return the questions to one side."""
        return self.mentor if side is Side.MENTOR else self.mentee


def load_mentorship_words(path: Path | None = None) -> MentorshipWords:
    """Return the file's content; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "mentorship.yaml", MentorshipWords)


@lru_cache(maxsize=1)
def mentorship_words() -> MentorshipWords:
    """Return the words that screens and rules use, read once."""
    return load_mentorship_words()
