"""All tables of the room."""

from core.documents.draft_tables import DraftSection

__all__ = ["DraftSection"]
