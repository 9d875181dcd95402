"""All tables of the room."""

from core.documents.draft_tables import DraftSection, DraftWording
from core.documents.record_tables import DocumentMade, OwnTemplate

__all__ = ["DocumentMade", "DraftSection", "DraftWording", "OwnTemplate"]
