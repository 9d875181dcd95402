"""How groups, shares and lines are said on this screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.diagnostics.corporate import DeficitList
from core.diagnostics.groups import GroupKind
from core.diagnostics.lines import Line
from core.diagnostics.standing import Standing
from core.people.organisations import Tree, natural_key
from core.words import interval, noun, number, percent, plural

_LONGEST = 90


def share_words(share: float, low: float, high: float, lacking: int, asked: int) -> str:
    """Return «61,5 % (36–82 %), 8 из 13»; words where nobody was asked."""
    if math.isnan(share):
        return "опроса не было"
    return f"{percent(share)} ({interval(low, high, 0)}), {number(lacking)} из {number(asked)}"


def line_words(line: Line) -> str:
    """Return a question without the name of its part, which stands beside it."""
    before, found, after = line.name.partition(f"{line.section}:")
    rest = after.strip()
    return f"{before}{rest[:1].upper()}{rest[1:]}" if line.section and found else line.name


def short(text: str, longest: int = _LONGEST) -> str:
    """Return a question so that it fits a row of a chart."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def row_names(texts: Sequence[str], longest: int = _LONGEST) -> tuple[str, ...]:
    """Return names for the rows of a chart, each another one: rows of one name would be drawn upon each other.

    Long texts that begin alike keep their ends too; what is alike even then, or altogether, is numbered.

    >>> row_names(["решаю задачи на движение", "решаю задачи на работу", "урок", "урок"], 16)
    ('решаю з…движение', 'решаю з…а работу', 'урок', 'урок (2)')
    """
    cut = [short(text, longest) for text in texts]
    half = (longest - 1) // 2
    found: list[str] = []
    for text, name in zip(texts, cut, strict=True):
        if cut.count(name) > 1 and len(text) > longest:
            name = f"{text[:half].rstrip()}…{text[half - longest + 1 :].lstrip()}"
        another, number_of = name, 1
        while another in found:
            number_of += 1
            another = f"{name} ({number_of})"
        found.append(another)
    return tuple(found)


def summary_words(listed: DeficitList) -> str:
    """Return the first sentence of the tab: how many difficulties are corporate somewhere, or may be."""
    corporate = {one.line.key for one in listed.of(Standing.CORPORATE)}
    possible = {one.line.key for one in listed.of(Standing.POSSIBLE)} - corporate
    groups = [one for one in listed.groups if one.kind is not GroupKind.WHOLE]
    first = plural(len(corporate), "корпоративный дефицит", "корпоративных дефицита", "корпоративных дефицитов")
    second = f"{number(len(possible))} {noun(len(possible), 'возможный', 'возможных', 'возможных')}"
    return f"{first} и {second}; {plural(len(groups), 'группа', 'группы', 'групп')} педагогов."


def units_in_order(tree: Tree) -> list[tuple[int, str]]:
    """Return organisations as (id, name), as people read them."""
    names = [(unit.id or 0, unit.name) for unit in tree.organisations.values()]
    return sorted(names, key=lambda one: natural_key(one[1]))
