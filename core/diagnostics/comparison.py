"""Two rounds of one instrument side by side: входная and итоговая, or two years; as far as the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from core.diagnostics.comparing import Change, change_of
from core.diagnostics.corporate import DeficitFilter, chosen_groups
from core.diagnostics.group_cells import shown_cells_of
from core.diagnostics.groups import Group, may_be_shown
from core.diagnostics.lines import Line, lacks, lines_of
from core.diagnostics.rounds import Round, RoundAnswers, find_round, load_round
from core.errors import InvalidInput
from core.people.scope import Action, Scope
from core.words import plural


@dataclass(frozen=True, slots=True)
class LineChange:
    """The change of the share of teachers with a difficulty, in one group and one question, competence or section."""

    group: Group
    line: Line
    change: Change
    remark: str
    """Whom the change is about and how far it can be trusted, in Russian."""


@dataclass(frozen=True, slots=True)
class RoundComparison:
    """Two rounds and what changed; groups that may not be shown are left out. The greatest relief comes first."""

    before: Round
    after: Round
    found: tuple[LineChange, ...]
    hidden: tuple[Group, ...]


def compare_rounds(
    session: Session, scope: Scope, before_key: str, after_key: str, wanted: DeficitFilter | None = None
) -> RoundComparison:
    """Return what changed between two rounds of one instrument, for those who may see shares.

    Raises NotAllowed without the right, NotFound for a round outside the scope, InvalidInput for rounds of different
    instruments.
    """
    scope.require(Action.VIEW_DEFICITS)
    first, second = find_round(session, scope, before_key), find_round(session, scope, after_key)
    if first is None or second is None or first.instrument_id != second.instrument_id:
        raise InvalidInput("Сравнивать можно только волны одной анкеты.", "Выберите две волны одной и той же анкеты.")
    asked = wanted or DeficitFilter()
    before, after = load_round(session, scope, first), load_round(session, scope, second)
    groups = {group.key: group for group in chosen_groups(before, asked)}
    both = [(groups[one.key], one) for one in chosen_groups(after, asked) if one.key in groups]
    lines = _common_lines(lines_of(before.answers, asked.kind), lines_of(after.answers, asked.kind))
    found = _changes(before, after, both, lines)
    visible = {one.group.key for one in found}
    return RoundComparison(
        first, second, tuple(sorted(found, key=lambda one: (one.change.change, one.group.key, one.line.columns[0]))),
        tuple(group for _old, group in both if group.key not in visible),
    )


def _common_lines(first: Sequence[Line], second: Sequence[Line]) -> list[tuple[Line, Line]]:
    old = {line.key: line for line in first}
    return [(old[line.key], line) for line in second if line.key in old]


def _changes(
    before: RoundAnswers, after: RoundAnswers, groups: Sequence[tuple[Group, Group]], lines: Sequence[tuple[Line, Line]]
) -> list[LineChange]:
    was = lacks(before.answers, [old for old, _new in lines])
    now = lacks(after.answers, [new for _old, new in lines])
    shown = shown_cells_of(before, [old for old, _new in groups], was)
    shown = shown & shown_cells_of(after, [new for _old, new in groups], now)
    keys = {one.key: row for row, one in enumerate(before.answers.respondents)}
    same = {keys[one.key]: row for row, one in enumerate(after.answers.respondents) if one.key in keys}
    found: list[LineChange] = []
    for place, (_old, line) in enumerate(lines):
        allowed = _pairs_shown(before, after, groups, same, was[:, place], now[:, place])
        for number, (old_group, group) in enumerate(groups):
            if not shown[number, place]:
                continue
            spot = {row: index for index, row in enumerate(group.rows)}
            pairs = [
                (index, spot[same[row]]) for index, row in enumerate(old_group.rows) if same.get(row) in spot
            ]
            change = change_of(
                was[list(old_group.rows), place], now[list(group.rows), place], pairs, paired=allowed[number]
            )
            if change is not None:
                found.append(LineChange(group, line, change, _remark(change)))
    return found


def _pairs_shown(
    before: RoundAnswers,
    after: RoundAnswers,
    groups: Sequence[tuple[Group, Group]],
    same: dict[int, int],
    was: np.ndarray,
    now: np.ndarray,
) -> list[bool]:
    """Return for each group whether those who answered both times may be shown apart.

    Together with the whole group they tell of those who answered once, so these must not be too few either.
    """
    once_more = {row: other for row, other in same.items() if not (np.isnan(was[row]) or np.isnan(now[other]))}
    allowed = [True] * len(groups)
    for loaded, own, values, twice in (
        (before, [old for old, _ in groups], was, frozenset(once_more)),
        (after, [new for _, new in groups], now, frozenset(once_more.values())),
    ):
        answered = frozenset(np.flatnonzero(~np.isnan(values)).tolist())
        for part in (twice, answered - twice):
            shown = may_be_shown(loaded.answers.respondents, loaded.area, own, part)
            allowed = [
                one and (there or not set(group.rows) & part)
                for one, there, group in zip(allowed, shown, own, strict=True)
            ]
    return allowed


def _remark(change: Change) -> str:
    if change.is_paired:
        people = plural(change.pairs, "педагог, ответивший", "педагога, ответивших", "педагогов, ответивших")
        text = f"одни и те же люди: {people} оба раза"
    else:
        text = f"состав разный: {change.n_before} в первый раз и {change.n_after} во второй"
    if change.is_small:
        text += "; малая выборка, вывод ориентировочный"
    if not change.is_certain:
        text += "; изменение в пределах случайного"
    return text
