"""Whether a draft of a model may be put in force: the files' schema, each problem naming stage and field. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from core.blueprints.yaml_files import problem_words
from core.cycle.model_content import Content, plain_content, rows_of
from core.cycle.model_words import FIELD_WORDS, SCREEN_WORDS
from core.cycle.records import ModelFile
from core.errors import InvalidInput

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """The model that follows from a draft, or what keeps it from one: sentences."""

    file: ModelFile | None
    problems: tuple[str, ...] = ()


def check_content(content: Content) -> CheckedModel:
    """Return the model of the draft, or every problem as a sentence that names stage and field."""
    plain = plain_content(content)
    try:
        file = ModelFile.model_validate(plain)
    except ValidationError as error:
        said = (_sentence(content, detail) for detail in error.errors())
        return CheckedModel(None, tuple(dict.fromkeys(said)))
    unknown = unknown_screens(file)
    return CheckedModel(None, unknown) if unknown else CheckedModel(file)


def require_model(content: Content) -> ModelFile:
    """Return the model of the draft; raise InvalidInput with the first problems."""
    checked = check_content(content)
    if checked.file is None:
        raise InvalidInput(" ".join(checked.problems[:5]), "Исправьте это и введите модель в действие ещё раз.")
    return checked.file


def unknown_screens(file: ModelFile) -> tuple[str, ...]:
    """Return a sentence for each address of a screen that the program does not have."""
    places = [
        *((FIELD_WORDS[name], one.name, one.screens) for name in (
            "goals", "tasks", "directions", "participants", "associations", "forms", "regulations", "features",
        ) for one in getattr(file, name)),
        *((f"Этап {stage.number}", stage.name, stage.screens) for stage in file.stages),
        *(
            (f"Этап {stage.number}", one.name, one.screens)
            for stage in file.stages for one in (*stage.inputs, *stage.outputs)
        ),
        *((f"Этап {stage.number}", one.task, one.screens) for stage in file.stages for one in stage.doors),
        *((FIELD_WORDS["tables"], table.title, table.screens) for table in file.tables),
    ]
    return tuple(
        f"{part}, «{_short(name)}»: экрана «{screen[:_SHOWN]}» в программе нет."
        for part, name, screens in places for screen in screens if screen not in SCREEN_WORDS
    )


def _sentence(content: Content, detail: ErrorDetails) -> str:
    """Return one error: «Этап 2 «Анализ», «Что даёт этап», строка 3, «Вид»: …»."""
    where = _place(content, detail["loc"])
    if detail["type"] == "too_short":
        said = f"нужно не меньше {detail['ctx']['min_length']}, а записано {detail['ctx']['actual_length']}"
    elif detail["type"] == "too_long" and "actual_length" in detail["ctx"]:
        said = f"можно не больше {detail['ctx']['max_length']}, а записано {detail['ctx']['actual_length']}"
    elif detail["type"] == "string_too_short":
        said = f"нужно не меньше {detail['ctx']['min_length']} знаков"
    elif detail["type"] == "string_too_long":
        said = f"помещается не больше {detail['ctx']['max_length']} знаков"
    else:
        said = problem_words(detail)
    return f"{where}: {said}."


def _place(content: Content, path: Sequence[int | str]) -> str:
    parts: list[str] = []
    steps = list(path)
    if len(steps) >= 2 and steps[0] in ("stages", "tables") and isinstance(steps[1], int):
        rows = rows_of(content, str(steps[0]))
        row = rows[steps[1]] if steps[1] < len(rows) else {}
        if steps[0] == "stages":
            number = _text(row.get("number")) or steps[1] + 1
            parts.append(f"Этап {number} «{_text(row.get('name')) or 'без названия'}»")
        else:
            parts.append(f"Таблица {steps[1] + 1} «{_text(row.get('title')) or 'без названия'}»")
        steps = steps[2:]
    parts += [f"строка {step + 1}" if isinstance(step, int) else f"«{FIELD_WORDS.get(step, step)}»" for step in steps]
    return ", ".join(parts) or "Модель в целом"


def _text(value: JsonValue) -> str:
    return _short(value) if isinstance(value, str) else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
