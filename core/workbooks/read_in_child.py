"""A whole workbook read in the child process, for small files whose cells the program itself looks at."""

from __future__ import annotations

from typing import Final

from core.workbooks.allowed import Payload, Progress, engine_of, runs_in_child
from core.workbooks.grid import Workbook
from core.workbooks.pool import run_in_child
from core.workbooks.reading import read_workbook
from core.workbooks.wire import decode, encode

_FUNCTION: Final = "core.workbooks.read_in_child:read_packed"


def read_in_child(content: bytes, file_name: str, progress: Progress | None = None) -> Workbook:
    """Return the workbook, read in a limited process; raise FileRefused as `read_workbook` and `run_in_child` do.

    All cells travel between the processes: for results use a function that packs them there.
    """
    return decode(Workbook, run_in_child(_FUNCTION, content, {"file_name": file_name}, progress).data)


@runs_in_child
def read_packed(content: bytes, payload: Payload, progress: Progress) -> bytes:
    """Return the workbook as a wire message; `payload` holds "file_name" and "engine"."""
    return encode(read_workbook(content, str(payload["file_name"]), engine_of(payload), progress))
