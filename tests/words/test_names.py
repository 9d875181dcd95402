"""The журнал and what is kept about a person say everything in Russian: tables and columns of every room."""

import core.tables
from core.words.column_names import column_in_words
from core.words.table_names import table_in_words
from tests.store.rows import tables

NEVER_SAID = frozenset({"id", "version", "deleted_at", "deleted_by"})


def test_every_table_of_the_trail_has_a_russian_name():
    assert core.tables, "all rooms are known"
    unnamed = {table.__tablename__ for table in tables(audited=True) if table_in_words(table.__tablename__).isascii()}
    assert not unnamed, "add them to core/words/table_names.py"


def test_every_column_of_the_trail_has_a_russian_name():
    unnamed = {
        f"{table.__tablename__}.{column.name}"
        for table in tables(audited=True)
        for column in table.__table__.columns
        if column.name not in NEVER_SAID and column_in_words(column.name, table.__tablename__).isascii()
    }
    assert not unnamed, "add them to core/words/column_names.py or help_column_names.py"
