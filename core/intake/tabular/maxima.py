"""Codes and maxima of items that the file does not state."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.blueprints.entries import CatalogueEntry, match_by_items
from core.intake.context import Context
from core.intake.identifying import Evidence, candidates, known_key
from core.intake.tabular.spec import TableSpec


def settle_maxima(spec: TableSpec, matrix: NDArray[np.int8], evidence: Evidence, context: Context) -> TableSpec:
    """Return the spec with every maximum known: as stated, else from the catalogue, else the greatest score met.

    The sequential columns of the exports of 2020-2021 get the codes of the catalogue's entry where there is one.
    """
    if all(item.max_score is not None for item in spec.items):
        return spec
    reached = np.maximum(matrix, 1).max(axis=0) if len(matrix) else np.ones(len(spec.items), dtype=np.int8)
    entry = _entry_for(spec, reached, evidence, context)
    if entry is not None:
        by_code = {item.code: item.max_score for item in entry.items}
        if not spec.sequential_items:
            items = tuple(replace(item, max_score=by_code[item.code]) for item in spec.items)
        else:
            items = tuple(
                replace(item, code=known.code, max_score=known.max_score)
                for item, known in zip(spec.items, entry.items, strict=True)
            )
        return replace(spec, items=items)
    items = tuple(
        item if item.max_score is not None else replace(item, max_score=int(top))
        for item, top in zip(spec.items, reached, strict=True)
    )
    context.guessed_maxima.add(spec.sheet.name)
    context.findings.add_once(
        "warning", "maxima_from_scores",
        "Максимальные баллы за задания в файле не указаны: взяты наибольшие из встретившихся.",
        "Если это не так, допишите в шапку максимум, например «5 (2б)», или строку «Макс. балл».",
        sheet=spec.sheet.name, row=spec.header_row + 1,
    )
    return replace(spec, items=items)


def _entry_for(
    spec: TableSpec, reached: NDArray[np.int8], evidence: Evidence, context: Context
) -> CatalogueEntry | None:
    """Return the only catalogue entry of the work whose items can have given these scores."""
    found = candidates(known_key(evidence, context), context)
    if spec.sequential_items:
        found = tuple(entry for entry in found if len(entry.items) == len(spec.items))
        tops = [tuple(item.max_score for item in entry.items) for entry in found]
    else:
        found = match_by_items(found, evidence.codes, evidence.maxima)
        tops = [
            tuple({item.code: item.max_score for item in entry.items}[code] for code in evidence.codes)
            for entry in found
        ]
    able = [entry for entry, top in zip(found, tops, strict=True) if bool((reached <= np.array(top)).all())]
    works = {(entry.procedure, entry.subject, entry.grade) for entry in able}
    return able[-1] if len(works) == 1 else None
