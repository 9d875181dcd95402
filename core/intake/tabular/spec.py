"""What a layout tells the table reader: where the table stands and what each column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

from core.intake.contract import AssessmentKey, SchoolRef
from core.intake.personal import masked
from core.intake.tabular.headers import role_of
from core.workbooks.grid import Cell, Sheet


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """A column of scores. `column` counts from 0; `max_score` is None where the file does not say."""

    column: int
    code: str
    max_score: int | None
    header: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns that are not items, counted from 0; None where the table has none."""

    code: int | None = None
    number: int | None = None
    """«№ п/п»: stands in for a code where there is none."""
    name: tuple[int, ...] = ()
    document: tuple[int, ...] = ()
    school_code: int | None = None
    school_name: int | None = None
    municipality: int | None = None
    region: int | None = None
    grade: int | None = None
    """«Параллель», or «Класс» beside a column with the letter."""
    class_name: int | None = None
    variant: int | None = None
    total: int | None = None
    test_score: int | None = None
    mark: int | None = None
    journal_mark: int | None = None
    short_answers: int | None = None
    long_answers: int | None = None
    status: int | None = None
    held_on: int | None = None

    def single(self) -> dict[str, int]:
        """Return the roles that one column plays, by name."""
        return {name: column for name in _SINGLE_ROLES if isinstance(column := getattr(self, name), int)}


_SINGLE_ROLES = tuple(one.name for one in fields(Roles) if one.name not in ("name", "document"))


def roles_from(
    single: Mapping[str, int], name: tuple[int, ...] = (), document: tuple[int, ...] = ()
) -> Roles:
    """Return roles from a mapping of their names to columns; names that are no role are passed over."""
    return Roles(
        name=name,
        document=document,
        code=single.get("code"),
        number=single.get("number"),
        school_code=single.get("school_code"),
        school_name=single.get("school_name"),
        municipality=single.get("municipality"),
        region=single.get("region"),
        grade=single.get("grade"),
        class_name=single.get("class_name"),
        variant=single.get("variant"),
        total=single.get("total"),
        test_score=single.get("test_score"),
        mark=single.get("mark"),
        journal_mark=single.get("journal_mark"),
        short_answers=single.get("short_answers"),
        long_answers=single.get("long_answers"),
        status=single.get("status"),
        held_on=single.get("held_on"),
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that stand in score cells, folded (`core.intake.cells.folded`)."""

    absent: frozenset[str] = frozenset(
        {"н", "н/б", "нб", "отсутствовал", "отсутствовала", "отсутствует", "отс", "осв", "не явился", "неявка", "б/н"}
    )
    skipped: frozenset[str] = frozenset({"x", "х"})
    """«X — не приступал» in both alphabets."""
    skipped_unusual: frozenset[str] = frozenset({"-", "—", "–", "−", "n"})
    """Counted as «X», with a warning (domain.md §1.4)."""
    not_administered: frozenset[str] = frozenset(
        {"не пройд", "не пройдено", "не пройдена", "не пройден", "не изучалось", "не изучено", "н/п"}
    )


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of participants in a sheet. Rows count from 0."""

    layout: str
    sheet: Sheet
    header_row: int
    first_row: int
    items: tuple[ItemColumn, ...]
    roles: Roles
    headers: tuple[str, ...]
    """Text of each column's header, for findings."""
    twice: tuple[tuple[int, int], ...] = ()
    """Pairs of columns that name the same item."""
    dropped: tuple[int, ...] = ()
    """Columns with personal data other than names and documents: never read."""
    last_row: int | None = None
    """First row after the table; None: to the end of the sheet."""
    found: AssessmentKey = AssessmentKey()
    """What titles of the file say."""
    procedure: str | None = None
    """Procedure that the layout implies; weaker than titles."""
    default_procedure: str | None = None
    """Taken, with a warning, when nothing says the procedure."""
    sequential_items: bool = False
    """Items are numbered by column and not by the work (exports of 2020-2021)."""
    ordinal_classes: bool = False
    total_mismatch_refuses: bool = True
    keeps_latest: bool = False
    """A repeated participant is another attempt, of which the last counts, and not an error (ГИА)."""
    school: SchoolRef | None = None
    """School of the whole table, where its title names one."""
    class_name: str | None = None
    """Class of the whole table, where the sheet's name says it («8А»)."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    is_section: Callable[[list[Cell]], bool] | None = None
    """Says whether a row is a heading inside the table (a school's line), to be passed over."""

    def row(self, line: int) -> int:
        """Return Excel's number of a line of the table's body (lines count from 0)."""
        return self.first_row + line + 1

    def header(self, column: int | None) -> str:
        """Return a column's header text, "" where there is none; a person's name there is masked."""
        text = self.headers[column] if column is not None and column < len(self.headers) else ""
        return text if role_of(text) is not None else masked(text)
