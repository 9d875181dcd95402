"""Changes of the database schema, one file each in `versions`, applied in order by `core.store.upgrade`.

To add one: change the tables, then run

    python -m core.tables "what changes"

which compares the tables of all rooms with the schema of the last revision and writes
`versions/NNNN_what_changes.py`. What was released is never changed; the revisions since then may be written anew, one
for each room, with `python -m core.tables --afresh`. A new column of a released table needs a `server_default`, or it
may be null, since rows exist already.

Read a revision that was written, and mend what a comparison cannot know (renamed columns, data to convert).
A table that is rebuilt on SQLite (`batch_alter_table`) loses its triggers: for `audit_entry` call
`core.store.migrations.triggers.protect_audit` again. A test proves that the revisions and the tables agree.
"""
