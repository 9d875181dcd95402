"""Changes of the database schema, one file each in `versions`, applied in order by `core.store.upgrade`.

To add one: change the tables, then run

    python -m core.tables "what changes"

which compares the tables of all rooms with the schema of the last revision and writes
`versions/NNNN_what_changes.py`. Until the first release there is no store to upgrade: change the tables and write all
revisions anew, one for each room, with `python -m core.tables --afresh`.

Read a revision that was written, and mend what a comparison cannot know (renamed columns, data to convert).
A table that is rebuilt on SQLite (`batch_alter_table`) loses its triggers: for `audit_entry` call
`core.store.migrations.triggers.protect_audit` again. A test proves that the revisions and the tables agree.
"""
