"""The management models shipped with the product, and the table of what stands in each document and where it lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.blueprints.yaml_files import load_yaml
from core.cycle.records import ModelFile
from core.errors import InvalidInput, NotFound
from core.store.settings import reference_directory


@dataclass(frozen=True, slots=True)
class Model:
    """A model under the name of its file."""

    code: str
    file: ModelFile


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that a document names: what sort of thing, what it says, on which screens it lives."""

    sort: str
    text: str
    screens: tuple[str, ...]


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
    """Return everything that the document names, in its order of sorts, each with its place in the product."""
    whole = (
        ("Цель", model.goals), ("Задача", model.tasks), ("Направление", model.directions),
        ("Нормативный акт", model.regulations), ("Участник", model.participants), ("Объединение", model.associations),
        ("Форма работы", model.forms), ("Особенность", model.features),
    )
    found = [Mention(sort, one.name, one.screens) for sort, places in whole for one in places]
    found.insert(0, Mention("Назначение", model.purpose, ("cycle",)))
    if model.theme:
        found.insert(1, Mention("Методическая тема", model.theme, ("cycle",)))
    for stage in model.stages:
        title = f"Этап {stage.number}"
        names = " / ".join(dict.fromkeys(name for name in (stage.name, stage.heading) if name))
        found.append(Mention(title, names, stage.screens))
        found.extend(Mention(f"{title}: кто отвечает", one, ("admin", *stage.screens)) for one in stage.responsible)
        found.extend(Mention(f"{title}: кто участвует", one, ("admin", *stage.screens)) for one in stage.also)
        found.extend(Mention(f"{title}: задача", one, stage.screens) for one in stage.tasks)
        found.extend(Mention(f"{title}: на входе", one.name, one.screens) for one in stage.inputs)
        found.extend(Mention(f"{title}: на выходе", one.name, one.screens) for one in stage.outputs)
        found.extend(Mention(f"{title}: форма работы", one, stage.screens) for one in stage.forms)
    for table in model.tables:
        found.append(Mention("Таблица", table.title, table.screens))
        found.extend(Mention("Строка таблицы", " | ".join(filter(None, row)), table.screens) for row in table.rows)
    found.append(Mention("Замыкание цикла", model.closing, ("cycle",)))
    return tuple(found)
