"""Which column of a blueprint's table holds what: headers of ФИПИ, ФИОКО and of our own template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum


class Role(StrEnum):
    """What a column holds; the value is the header in our template."""

    CODE = "№ задания"
    MAX = "Макс. балл"
    LEVEL = "Уровень"
    ELEMENT = "Элементы содержания"
    ELEMENT_CODES = "Коды КЭС"
    REQUIREMENT_CODES = "Коды КТ"
    TASK_TYPE = "Тип задания"
    FORMAT = "Вид ответа"
    SKILL = "Умение"
    CROSS_CUTTING = "Сквозное"
    CRITERIA = "Критерии"


_RULES: tuple[tuple[Role, tuple[tuple[str, ...], ...]], ...] = (
    (Role.CRITERIA, (("критери", "балл"), ("=критерии",))),
    (Role.ELEMENT_CODES, (("код", "элемент"), ("код", "кэс"), ("код", "содержани"), ("=кэс",))),
    (Role.REQUIREMENT_CODES, (("код", "требован"), ("код", "кт"), ("код", "умени"), ("=кт",))),
    (Role.MAX, (("макс",), ("max",), ("балл", "задан"), ("=балл",), ("=баллы",))),
    (Role.LEVEL, (("уровень",), ("уровни",), ("сложност",), ("complexity",))),
    (Role.FORMAT, (("вид", "ответ"), ("тип", "ответ"), ("форма", "ответ"), ("формат",))),
    (Role.TASK_TYPE, (("тип", "задан"), ("типолог",), ("вид", "задан"), ("task_type",))),
    (Role.CROSS_CUTTING, (("сквозн",),)),
    (Role.SKILL, (("умени",), ("требован",), ("пооп",), ("планируем",), ("вид", "деятельност"), ("skill",))),
    (Role.ELEMENT, (("элемент",), ("содержани",), ("тема",), ("раздел",), ("topic",))),
    (Role.CODE, (("ким",), ("номер", "задан"), ("№", "задан"), ("код", "задан"), ("=задание",), ("=№",), ("=номер",),
                 ("task_code",), ("=№ п п",))),
)
_NOT_A_WORD = re.compile(r"[^\w№]+")
_BETTER_CODES = ("ким", "задан")


def role_of(header: str) -> Role | None:
    """Return what a column with this header holds; None for headers that a blueprint does not need (time, notes)."""
    text = " ".join(_NOT_A_WORD.sub(" ", header.casefold().replace("ё", "е")).split())
    padded = f" {text}"  # a word of a rule is the beginning of a word: «ответ» is not in «соответствии»
    if not text or " время" in padded:
        return None
    for role, alternatives in _RULES:
        for words in alternatives:
            if all(text == word[1:] if word[0] == "=" else f" {word}" in padded for word in words):
                return role
    return None


def roles_of(headers: Sequence[str]) -> dict[Role, int]:
    """Return the column of each role, counted from 0; the first that fits, but «№ по КИМу» goes before a plain «№»."""
    found: dict[Role, int] = {}
    for column, header in enumerate(headers):
        role = role_of(header)
        if role is None:
            continue
        known = found.setdefault(role, column)
        if role is Role.CODE and _names_the_task(header) and not _names_the_task(headers[known]):
            found[role] = column
    return found


def _names_the_task(header: str) -> bool:
    return any(word in header.casefold() for word in _BETTER_CODES)
