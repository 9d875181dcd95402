"""Checksums of what is kept as JSON and never changed."""

from __future__ import annotations

import hashlib
import json
from typing import Final

CHECKSUM_OF: Final = "checksum_of"
"""Mark in a column's `info`: it holds `json_checksum` of the column that the mark names."""


def json_checksum(content: object) -> str:
    """Return the SHA-256 of the content's JSON with sorted keys and no blanks."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
