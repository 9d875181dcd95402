"""What is accepted at most. Bytes are counted while unpacking, never taken from a declaration."""

from __future__ import annotations

from typing import Final

MAX_PACKED_BYTES: Final = 40 * 2**20
"""Size of an uploaded file; a protocol of 100 000 rows × 30 columns has about 10 MB."""
MAX_UNPACKED_BYTES: Final = 400 * 2**20
"""All parts of a packed workbook together, counted."""
MAX_KEPT_BYTES: Final = 64 * 2**20
"""The largest part up to this size stays in memory while a file is read; larger sheets are read by calamine alone."""
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 200
"""Unpacked to packed bytes of one part, once it is larger than `RATIO_FREE_BYTES`; result sheets reach 10-30."""
RATIO_FREE_BYTES: Final = 10 * 2**20
MAX_SHEETS: Final = 100
MAX_ROWS: Final = 250_000
MAX_COLUMNS: Final = 500
MAX_DENSE_CELLS: Final = 30_000_000
"""Calamine holds a sheet as a dense rectangle of 24-byte cells; a larger one is read row by row instead."""
MAX_CELL_ERRORS: Final = 500
"""So many cells with Excel errors or uncomputed formulas are listed for one sheet."""
MAX_FIELD_CHARACTERS: Final = 32_767
"""The longest text that an Excel cell can hold; used for CSV too."""
