"""Measure and print: python -m tests.bench [name …], names as in REPORTS; without a name all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench import analysis, glance, indicators, roadmap, sessions, simulation, upload


def _uploads() -> str:
    return "\n".join(f"{row.name:<60}{row.ratio:>10.2f}  цель {row.goal:.2f}" for row in upload.measure())


REPORTS: dict[str, tuple[str, Callable[[], str]]] = {
    "simulation": ("Ложные тревоги и мощность правил (смоделированные классы)", simulation.table),
    "analysis": ("Вычисления для экранов, мс (лучшее время из серии)", analysis.table),
    "upload": ("Загрузка: отношения внутри одного запуска", _uploads),
    "roadmap": ("Двадцать человек правят одну дорожную карту из ста мероприятий, мс", roadmap.table),
    "glance": ("Обзор, цикл и муниципалитет: время сервера, мс", glance.table),
    "sessions": ("Пятьдесят человек работают одновременно, 100 школ, мс", sessions.table),
    "indicators": ("Показатели муниципалитета из ста школ за пять лет, мс", indicators.table),
}


def main(names: list[str]) -> int:
    """Print the reports of these names; return 2 for an unknown one."""
    unknown = [name for name in names if name not in REPORTS]
    if unknown:
        print(f"Неизвестно: {', '.join(unknown)}. Есть: {', '.join(REPORTS)}.", file=sys.stderr)
        return 2
    for name in names or REPORTS:
        title, report = REPORTS[name]
        print(f"\n{title}\n{report()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
