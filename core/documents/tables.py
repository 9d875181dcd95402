"""All tables of the room."""

from core.documents.draft_tables import DraftSection
from core.documents.record_tables import DocumentMade, OwnTemplate

__all__ = ["DocumentMade", "DraftSection", "OwnTemplate"]
