"""Database: engine, unit of work, migrations, audit trail, backup and restore.

    engine, queue           SQLite or PostgreSQL; writers of one database work one after the other
    upgrade, migrations     make the store ready at the start: create, look over, bring to this program's schema
    unit_of_work            `reading` and `writing`: one session, one transaction, all or nothing
    operations              `run_once`: a save with an id is done once, whatever is clicked twice or breaks
    audit, history          who changed what, written by itself; the journal to read
    edits, drafts           grids that several people edit at once; what they typed and did not save
    data_version            a number that grows with every change, and how often each table was changed
    answers, read_tables    answers kept until a row changes in one of the tables that they were read from
    backup, copies          one SQLite file with the whole store, from either database and back into either
    secrets                 keys of the installation, outside the database
    base                    what the tables of all rooms share
"""
