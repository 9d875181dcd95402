"""What teachers write as their subject -> the subject's name."""

from __future__ import annotations

import re

from core.blueprints.naming import canonical_subject

PRIMARY = "Начальные классы"
"""Teachers of primary classes teach several subjects and are one group in diagnostics."""
_PRIMARY = re.compile(r"начальн\w* (?:класс|школ)|нач\.? ?кл", re.IGNORECASE)
_PARTS = re.compile(r"[,;/+]|\s+и\s+")


def teacher_subject(text: str) -> str:
    """Return the subject that a respondent named first, by its name; what no dictionary knows stays as it is written.

    >>> teacher_subject("Русский язык и литература"), teacher_subject("учитель начальных классов"), teacher_subject("")
    ('Русский язык', 'Начальные классы', '')
    """
    if _PRIMARY.search(text):
        return PRIMARY
    for part in _PARTS.split(text):
        found = canonical_subject(part)
        if found is not None:
            return found
    written = text.strip()
    return (written[:1].upper() + written[1:])[:120]
