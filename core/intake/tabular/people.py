"""Who is who: the participants' codes, made from names where the file has none, and repeated participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.context import Context
from core.intake.personal import masked, named_in_code
from core.intake.tabular.grid_columns import texts
from core.intake.tabular.spec import TableSpec
from core.workbooks.grid import Cell

_LOOKED_AT = 400
_NAMES_SHARE = 0.5
_LONGEST_CODE = 50
_SHORT_LIST = 99
"""Codes that are all numbers up to this one are a class's list: the next class counts from 1 again."""


@dataclass(frozen=True, slots=True)
class People:
    """How the lines of a table are identified.

    `codes` has one text a line ("" where there is none), not yet pseudonyms; `names` the name's parts where codes
    have to be made from names.
    """

    codes: list[str]
    names: list[tuple[str, ...]] | None
    documents: list[str]
    dropped: tuple[int, ...]
    from_numbers: bool = False

    def identified(self) -> NDArray[np.bool_]:
        """Say of each line whether it has a code or a name."""
        if self.names is not None:
            return np.array([any(name) for name in self.names], dtype=np.bool_)
        return np.array([bool(code) for code in self.codes], dtype=np.bool_)


def identify_people(columns: Sequence[tuple[Cell, ...]], spec: TableSpec) -> People | None:
    """Return how the lines are identified: by code, else by name, else by «№»; None when there is nothing of them.

    A code column that holds names in truth is treated as names.
    """
    roles = spec.roles
    lines = len(columns[0]) if columns else 0
    names: tuple[int, ...] = roles.name
    documents = [" ".join(parts).strip() for parts in zip(*(texts(columns[c]) for c in roles.document), strict=True)]
    if roles.code is not None:
        codes = texts(columns[roles.code])
        if not _mostly_names(codes):
            if any(codes) or not (names or roles.number is not None):
                return People(codes, None, documents, (*names, *roles.document, *spec.dropped))
        else:
            names = (roles.code, *names)
    if names:
        parts = [texts(columns[column]) for column in names]
        people = list(zip(*parts, strict=True))
        return People([""] * lines, people, documents, (*names, *roles.document, *spec.dropped))
    if roles.number is not None:
        dropped = (*roles.document, *spec.dropped)
        return People(texts(columns[roles.number]), None, documents, dropped, from_numbers=True)
    return None


def _mostly_names(codes: Sequence[str]) -> bool:
    filled = [code for code in codes[:_LOOKED_AT] if code]
    return sum(map(named_in_code, filled)) > _NAMES_SHARE * len(filled)


def make_codes(
    people: People, lines: NDArray[np.intp], schools: Sequence[str], classes: Sequence[str], context: Context
) -> list[str]:
    """Return a code for each participant's line. `schools` and `classes` are parallel to `lines`.

    A name that stands among codes becomes a code like those made from a column of names.
    """
    if people.names is None:
        codes = [people.codes[line] for line in lines]
        return [
            context.pseudonyms().code((code,), school, class_name) if named_in_code(code) else code
            for code, school, class_name in zip(codes, schools, classes, strict=True)
        ]
    pseudonyms = context.pseudonyms()
    documents = people.documents or [""] * len(people.codes)
    return [
        pseudonyms.code(people.names[line], school, class_name, documents[line])
        for line, school, class_name in zip(lines, schools, classes, strict=True)
    ]


def report_long_codes(people: People, lines: NDArray[np.intp], spec: TableSpec, context: Context) -> None:
    """Report codes so long that they are some other text."""
    if max(map(len, people.codes), default=0) <= _LONGEST_CODE:
        return
    column = spec.roles.number if people.from_numbers else spec.roles.code
    for line in map(int, lines):
        code = people.codes[line]
        if len(code) > _LONGEST_CODE:
            context.findings.add(
                "error", "code_too_long", f"Код участника длиннее {_LONGEST_CODE} знаков.",
                "Впишите код, который выдан участнику, или его номер по списку.",
                sheet=spec.sheet.name, row=spec.row(line), column=column, field=spec.header(column),
                value=f"{masked(code[:_LONGEST_CODE])}…",
            )


def repeated(
    codes: Sequence[str], schools: Sequence[str], classes: Sequence[str], people: People
) -> list[tuple[int, int]]:
    """Return pairs (earlier, later) of positions at which the same participant stands.

    Codes are unique in a school; list numbers (1, 2, 3 …) in a class.
    """
    distinct = set(codes)
    if len(distinct) == len(codes):
        return []
    in_class = people.from_numbers or all(code.isdecimal() and int(code) <= _SHORT_LIST for code in distinct)
    keys = list(zip(codes, schools, classes if in_class else [""] * len(codes), strict=True))
    seen: dict[tuple[str, str, str], int] = {}
    pairs: list[tuple[int, int]] = []
    for position, key in enumerate(keys):
        if key in seen:
            pairs.append((seen[key], position))
        seen[key] = position
    return pairs


def report_repeated(
    pairs: Sequence[tuple[int, int]],
    codes: Sequence[str],
    lines: NDArray[np.intp],
    people: People,
    spec: TableSpec,
    context: Context,
) -> None:
    """Report participants who stand in the table twice, naming both rows."""
    named = people.names is not None
    column = people.dropped[0] if named else spec.roles.number if people.from_numbers else spec.roles.code
    for earlier, later in pairs:
        rows = spec.row(int(lines[earlier])), spec.row(int(lines[later]))
        who = "Один и тот же участник" if named else f"Участник с кодом «{masked(codes[later])}»"
        place = f"{who} встречается дважды: строки {rows[0]} и {rows[1]}."
        if spec.keeps_latest:
            context.findings.add(
                "warning", "repeated_attempt", f"{place} Учтена последняя попытка.", "Проверьте, верно ли это.",
                sheet=spec.sheet.name, row=rows[1], column=column, field=spec.header(column),
            )
            continue
        context.findings.add(
            "error", "repeated_participant", place,
            "Оставьте одну строку. Если это разные ученики, дайте им разные коды.",
            sheet=spec.sheet.name, row=rows[1], column=column, field=spec.header(column),
            value=None if named else codes[later],
        )
