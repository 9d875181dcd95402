"""What one session keeps of one editable grid between runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from core.errors import QualityError
from core.store.edit_outcome import CellConflict, EditOutcome
from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import GridView, Snapshot


@dataclass(slots=True)
class GridState:
    """What one session keeps of one grid."""

    snapshot: Snapshot
    version: int
    """Version of the data when the snapshot was taken."""
    view: GridView
    generation: int = 0
    """Part of the editor's key: a new one makes Streamlit forget what it holds."""
    conflicts: list[CellConflict] = field(default_factory=list)
    outcome: EditOutcome | None = None
    refusal: QualityError | None = None
    kept: GridChanges = field(default_factory=GridChanges)
    """What the stored draft holds."""
    restored: bool = False
    saving: threading.Lock = field(default_factory=threading.Lock)
