"""Works of the sizes of a school, a municipality and a region, for measuring."""

from __future__ import annotations

import numpy as np

from core.analysis.elements import ItemTraits
from core.analysis.work import Work, WorkClass

_SECTIONS = ("Числа", "Текст", "Язык", "Речь", "Общие сведения")
_TYPES = ("краткий ответ", "развёрнутый ответ", "соответствие")


def made_work(
    schools: int, classes: int, municipalities: int = 1, items: int = 15, pupils: int = 1, tiny: int = 0
) -> Work:
    """Return a work of so many classes dealt to the schools, each of 10–30 pupils times `pupils`.

    With `tiny` the schools are not the actor's own, and every so many-th class has one to four pupils.
    """
    random = np.random.default_rng(1)
    sizes = random.integers(10, 31, classes) * pupils
    if tiny:
        sizes[::tiny] = random.integers(1, 5, sizes[::tiny].size)
    school_of = np.sort(np.arange(classes) % schools)
    maxima = np.array([1 + item % 2 for item in range(items)])
    ability = random.normal(0, 1, sizes.sum()) + np.repeat(random.normal(0, 0.3, classes), sizes)
    chance = 1 / (1 + np.exp(-(ability[:, None] + np.linspace(1.8, -0.2, items))))
    scores = random.binomial(maxima, chance).astype(np.int8)
    totals = scores.sum(axis=1).astype(np.int16)
    marks = np.clip(2 + totals * 4 // (maxima.sum() + 1), 2, 5).astype(np.int8)
    places = tuple(
        WorkClass(
            int(school), f"Школа № {school + 1}", "АБВГДЕЖЗИКЛМН"[place % 13], int(size),
            1000 + int(school) % municipalities, f"Муниципалитет {int(school) % municipalities + 1}", 5000, "Регион",
            owned=not tiny,
        )
        for place, (school, size) in enumerate(zip(school_of, sizes, strict=True))
    )
    traits = tuple(
        ItemTraits(
            str(item + 1), int(most), "Б" if item < items * 2 // 3 else "П", _TYPES[item % 3], None,
            (f"{_SECTIONS[item % 5]}: элемент {item + 1}",),
        )
        for item, most in enumerate(maxima)
    )
    return Work(
        1, "ВПР", "Русский язык", 4, 2026, traits, places, scores, totals, marks, marks.copy(),
        np.full(totals.size, -1, dtype=np.int16), has_plan=True, cut_scores=(6, 12, 18),
    )
