"""The management models shipped with the product, and the table of what stands in each document and where it lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from core.blueprints.yaml_files import load_yaml
from core.cycle.records import ModelFile, Place, Regulation, Stage
from core.errors import InvalidInput, NotFound
from core.store.settings import reference_directory

WHOLE: Final = "О модели в целом"
TABLES: Final = "Таблицы"
_DATES: Final = "«Этапы»: «Сроки и ответственные»"
_PEOPLE: Final = f"{_DATES}; «Люди и роли», «Объединения»"


@dataclass(frozen=True, slots=True)
class Model:
    """A model under the name of its file."""

    code: str
    file: ModelFile


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that a document names: what sort of thing, what it says, on which screens it lives, where on them."""

    sort: str
    text: str
    screens: tuple[str, ...]
    where: str = ""
    """By semicolons, as the screens stand; less than there are screens where the rest is a screen as a whole."""
    part: str = WHOLE
    """Which part of the document: «О модели в целом», «Этап 2», «Таблицы»."""
    added: bool = False
    """The product's own, not the document's."""

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return each screen, once, with the words that say where on it, "" for none."""
        words = [part.strip() for part in self.where.split(";")][: len(self.screens)]
        found: dict[str, str] = {}
        for screen, where in zip_longest(self.screens, words, fillvalue=""):
            found.setdefault(screen, where)
        return tuple(found.items())


def load_models(directory: Path | None = None) -> tuple[Model, ...]:
    """Return the models of a directory in their order; raise InvalidInput naming file and key for a broken one."""
    folder = directory or reference_directory() / "models"
    found = [Model(path.stem, load_yaml(path, ModelFile)) for path in sorted(folder.glob("*.yaml"))]
    if not found:
        raise InvalidInput(f"В папке «{folder.name}» нет ни одной модели.", "Верните файлы из поставки.")
    return tuple(sorted(found, key=lambda one: (one.file.order, one.code)))


@lru_cache(maxsize=1)
def models() -> tuple[Model, ...]:
    """Return the shipped models, read once."""
    return load_models()


def model_by_code(code: str) -> Model:
    """Return the model; raise NotFound for an unknown code."""
    found = next((one for one in models() if one.code == code), None)
    if found is None:
        raise NotFound("Управленческая модель")
    return found


def mentions(model: ModelFile) -> tuple[Mention, ...]:
    """Return everything that the document names, part by part, each with its place in the product."""
    whole = (
        ("Цель", model.goals), ("Задача", model.tasks), ("Направление", model.directions),
        ("Нормативный акт", model.regulations), ("Участник", model.participants), ("Объединение", model.associations),
        ("Форма работы", model.forms), ("Особенность", model.features),
    )
    name = f"{model.title}. {model.organisation}"
    found = [
        Mention("Документ", name, ("cycle",), "«Модель»"), Mention("Назначение", model.purpose, ("cycle",), "«Модель»"),
    ]
    if model.theme:
        where = "«Модель»; «План работы объединения»"
        found.append(Mention("Методическая тема", model.theme, ("cycle", "documents"), where))
    found.extend(_of_place(sort, one, WHOLE) for sort, places in whole for one in places)
    found.append(Mention("Замыкание цикла", model.closing, ("cycle",), "«Закрытие»"))
    for stage in model.stages:
        found.extend(_of_stage(stage))
    for table in model.tables:
        found.append(Mention("Таблица", table.title, table.screens, table.where, TABLES))
        head = " | ".join(table.columns)
        found.append(Mention("Столбцы таблицы", head, table.screens, table.where, TABLES))
        found.extend(
            Mention("Строка таблицы", " | ".join(filter(None, row)), table.screens, table.where, TABLES)
            for row in table.rows
        )
    return tuple(found)


def _of_stage(stage: Stage) -> Iterator[Mention]:
    part = f"Этап {stage.number}"
    names = " / ".join(dict.fromkeys(name for name in (stage.name, stage.heading) if name))
    yield Mention("Название", names, ("cycle", *stage.screens), "«Этапы»", part)
    if stage.when:
        yield Mention("Когда", stage.when, ("cycle",), _DATES, part)
    for sort, people in (("Кто отвечает", stage.responsible), ("Кто участвует", stage.also)):
        yield from (Mention(sort, one, ("cycle", "admin"), _PEOPLE, part) for one in people)
    for task in stage.tasks:
        door = next((one for one in stage.doors if task.startswith(one.task)), None)
        screens, where = (door.screens, door.where) if door is not None else (stage.screens, "")
        yield Mention("Задача", task, screens, where, part)
    yield from (_of_place("На входе", one, part) for one in stage.inputs)
    yield from (_of_place("На выходе", one, part) for one in stage.outputs)
    yield from (Mention("Форма работы", one, stage.screens, "", part) for one in stage.forms)


def _of_place(sort: str, one: Place, part: str) -> Mention:
    year = f" ({one.year})" if isinstance(one, Regulation) and one.year else ""
    return Mention(sort, f"{one.name}{year}", one.screens, one.where, part, one.added)
