"""Scopes of every make, by chance: several roles with limits of organisations, schools, subjects, classes, persons."""

import random
from collections.abc import Sequence

from core.people.grants import Grant, TaughtClass
from core.people.scope import Action, Scope

SUBJECTS = ("Математика", "Русский язык", "Физика")


def random_scopes(
    count: int, organisations: Sequence[int], years: Sequence[int], grades: Sequence[int], seed: int = 20261122
) -> list[Scope]:
    """Return scopes that may view; equal ones are among them, for different people."""
    chance = random.Random(seed)
    return [_scope(chance, number, organisations, years, grades) for number in range(1, count + 1)]


def _scope(
    chance: random.Random, number: int, organisations: Sequence[int], years: Sequence[int], grades: Sequence[int]
) -> Scope:
    def grant() -> Grant:
        classes = frozenset(
            TaughtClass(chance.choice(organisations), chance.choice(grades), chance.choice("АБВ"),
                        chance.choice(SUBJECTS), chance.choice(years))
            for _class in range(chance.randint(0, 4))
        )
        return Grant(
            frozenset({Action.VIEW} | set(chance.sample(list(Action), chance.randint(0, 2)))),
            _part(chance, organisations), _part(chance, organisations), _part(chance, SUBJECTS),
            classes if chance.random() < 0.25 else None,
            frozenset({chance.randint(1, 3)}) if chance.random() < 0.15 else None,
        )

    if chance.random() < 0.1:
        sets = grant()
        plain = None if chance.random() < 0.7 else frozenset[tuple[int, int, str]]()
        return Scope(
            number, f"Человек {number}", sets.organisations, sets.own_schools, sets.subjects, plain, sets.actions
        )
    return Scope.of(number, f"Человек {number}", tuple(grant() for _role in range(chance.randint(1, 3))))


def _part(chance: random.Random, every: Sequence) -> frozenset | None:
    """Return no limit, none of them, or some."""
    return None if chance.random() < 0.35 else frozenset(chance.sample(list(every), chance.randint(0, len(every))))
