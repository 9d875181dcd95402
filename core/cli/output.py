"""How the command line prints: plain text or JSON, always UTF-8."""

from __future__ import annotations

import io
import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO


def say(text: str, stream: TextIO | None = None) -> None:
    """Print one line to stdout (or the given stream) in UTF-8, whatever the terminal's encoding."""
    target = stream or sys.stdout
    if isinstance(target, io.TextIOWrapper) and (target.encoding or "").lower() != "utf-8":
        target.reconfigure(encoding="utf-8", errors="replace")
    target.write(f"{text}\n")


def say_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Print a value as one line of JSON; numbers that do not exist (NaN) become null."""
    say(json.dumps(_finite(value), ensure_ascii=False))


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return value


def say_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table with aligned columns."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[index]) for line in [list(header), *texts]) for index in range(len(header))]
    for line in [list(header), ["-" * width for width in widths], *texts]:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
