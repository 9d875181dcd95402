"""The triggers of SQLite that make the audit trail append-only, by their names."""

from __future__ import annotations

from typing import Final

SQLITE_TRIGGERS: Final = {
    f"audit_entry_no_{verb.lower()}": (
        f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
    )
    for verb in ("UPDATE", "DELETE")
}
