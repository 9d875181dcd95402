"""All tables of the room."""

from core.practice.club_tables import ClubDecision, ClubEvent, ClubFeedback, EventKind, EventState
from core.practice.practice_tables import Practice, PracticeAttachment, PracticeStep
from core.practice.states import NoteKind, PracticeState, UseOutcome
from core.practice.talk_tables import PracticeNote, PracticeUse

__all__ = [
    "ClubDecision",
    "ClubEvent",
    "ClubFeedback",
    "EventKind",
    "EventState",
    "NoteKind",
    "Practice",
    "PracticeAttachment",
    "PracticeNote",
    "PracticeState",
    "PracticeStep",
    "PracticeUse",
    "UseOutcome",
]
