"""Tables and pictures that a rule-written document brings with it, as Word holds them.

A template says only where they stand (`{{p раздел.таблица }}`, `{{ раздел.рисунок }}`): how many columns there are is
known when the document is made. Their look comes from the template's own styles.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docxtpl import DocxTemplate

from core.workbooks.safe_text import clean_text

TEXT_WIDTH = 172
"""Millimetres between the margins of the templates of notes."""
_SMALL, _SMALLEST = Pt(10), Pt(9)
_MANY_COLUMNS = 7
"""Tables of so many columns and more are set in the smallest type."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in PNG, as wide as the text; `alternative` is read to those who do not see it."""

    png: bytes
    alternative: str
    width: int = TEXT_WIDTH


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: titles, parts of the width, which columns hold numbers, and rows of texts."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    width: int = TEXT_WIDTH


class PictureInText:
    """The picture in the place of its name, with its alternative text (docxtpl's own picture has none)."""

    def __init__(self, template: DocxTemplate, picture: Picture) -> None:
        self._template, self._picture = template, picture

    def __str__(self) -> str:
        """Return the picture as XML of Word, inside a run that is closed before it and begun anew after it."""
        part = self._template.current_rendering_part
        drawing = part.new_pic_inline(io.BytesIO(self._picture.png), Mm(self._picture.width))
        drawing.docPr.set("descr", clean_text(self._picture.alternative))
        return f'</w:t></w:r><w:r><w:drawing>{drawing.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

    def __html__(self) -> str:
        """Return the same, marked as what needs no escaping."""
        return str(self)


class GridInText:
    """The table in the place of its paragraph."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def __str__(self) -> str:
        """Return the table as XML of Word."""
        return str(_table(self._grid)._tbl.xml)

    def __html__(self) -> str:
        """Return the same, marked as what needs no escaping: texts were set as texts."""
        return str(self)


def _table(grid: Grid) -> Table:
    """Return the table in the style «Table Grid», which every template of ours has."""
    table: Table = Document().add_table(rows=1 + len(grid.rows), cols=len(grid.titles))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    size = _SMALLEST if len(grid.titles) >= _MANY_COLUMNS else _SMALL
    widths = _widths(grid)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head, *rows = table.rows
    _fill(head, grid.titles, widths, size, [False] * len(widths), is_head=True)
    for row, texts in zip(rows, grid.rows, strict=True):
        _fill(row, texts, widths, size, grid.numbers)
    return table


def _widths(grid: Grid) -> list[Length]:
    whole = sum(grid.widths)
    return [Mm(grid.width * part / whole) for part in grid.widths]


def _fill(
    row: _Row, texts: Sequence[str], widths: Sequence[Length], size: Pt, numbers: Sequence[bool], *,
    is_head: bool = False,
) -> None:
    """Fill a row; it is never torn between pages, and the first one stands on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, width, is_number in zip(row.cells, texts, widths, numbers, strict=True):
        cell.width = width
        _write(cell, text, size, is_number=is_number, is_head=is_head)


def _write(cell: _Cell, text: str, size: Pt, *, is_number: bool, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.first_line_indent = Mm(0)
    paragraph.alignment = (
        WD_ALIGN_PARAGRAPH.CENTER if is_head else WD_ALIGN_PARAGRAPH.RIGHT if is_number else WD_ALIGN_PARAGRAPH.LEFT
    )
    run = paragraph.add_run(clean_text(text))
    run.font.size = size
    run.bold = is_head or None
