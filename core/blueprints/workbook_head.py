"""Which work a workbook with a blueprint speaks of."""

from __future__ import annotations

import re

from core.blueprints.dictionaries import procedure_named
from core.blueprints.drafts import BlueprintDraft
from core.blueprints.naming import canonical_procedure, canonical_subject, guess_from_file_name
from core.blueprints.values import text_of
from core.workbooks.grid import Sheet, Workbook

_LOOKED_AT = 40
"""Rows of each sheet in which fields are looked for."""


def work_of(workbook: Workbook, sheet: Sheet, header: int) -> BlueprintDraft:
    """Return which work it is, without items: from pairs «field | value», then titles above the table (whose header
    row has the index `header`), then the names of sheet and file.
    """
    pairs: dict[str, str] = {}
    for one in workbook.sheets:
        rows = one.rows[:header] if one is sheet else one.rows[:_LOOKED_AT]
        for row in rows:
            texts = [text for text in map(text_of, row) if text]
            if len(texts) >= 2:
                pairs.setdefault(texts[0].casefold().rstrip(" :"), texts[1])
    titles = [text for row in sheet.rows[:header] for text in map(text_of, row) if text]
    guesses = [guess_from_file_name(text) for text in [*titles, sheet.name, workbook.file_name]]
    guesses = [guess for guess in guesses if guess.procedure or guess.subject]  # «Приложение 1» is no grade
    guessed = next((guess.procedure for guess in guesses if guess.procedure), None)
    procedure = canonical_procedure(pairs.get("процедура", "")) or guessed
    subject = canonical_subject(pairs.get("предмет", ""), procedure)
    years = [int(text) for text in re.findall(r"\b20\d\d\b", f"{pairs.get('год', '')} {pairs.get('годы', '')}")]
    year = next((g.year for g in guesses if g.year), None)
    written = re.search(r"\b(?:1[01]|[1-9])\b", pairs.get("класс", ""))
    grade = int(written.group()) if written else next((g.grade for g in guesses if g.grade), None)
    known = procedure_named(procedure) if procedure else None
    return BlueprintDraft(
        procedure=procedure,
        subject=subject or next((g.subject for g in guesses if g.subject), None),
        grade=grade or (known.grade if known else None),
        year_from=years[0] if years else year,
        year_to=years[-1] if years else year,
        title=pairs.get("название", ""),
        source=pairs.get("источник", "")[:600] or f"Файл «{workbook.file_name}»"[:600],
    )
