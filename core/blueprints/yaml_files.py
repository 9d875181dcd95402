"""Files of reference data: strict YAML, checked by a pydantic model, every error with file and key in Russian."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from core.errors import InvalidInput

_MERGE = "tag:yaml.org,2002:merge"
_ADVICE = "Исправьте файл в любом текстовом редакторе или верните файл из поставки."


class Record(BaseModel):
    """A part of a reference file: nothing unknown is let through, texts are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Sourced(Record):
    """A reference file: where its facts come from and for which years (of the spring) they hold."""

    source: str = Field(min_length=3)


_AnyRecord = TypeVar("_AnyRecord", bound=Record)


class _StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key written twice instead of silently keeping the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Return the mapping; raise ConstructorError for a repeated key."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"ключ «{key}» записан дважды", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[object, object] = super().construct_mapping(node, deep)
        return mapping


def load_yaml(path: Path, model: type[_AnyRecord]) -> _AnyRecord:
    """Return the file's content as a checked record.

    Raise InvalidInput naming the file, the key and what is wrong with it when the file cannot be read, is not YAML or
    breaks the model.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Файл справочника «{path.name}» не читается.", _ADVICE) from error
    except yaml.MarkedYAMLError as error:
        where = f", строка {error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = error.problem or "ошибка записи"
        raise InvalidInput(f"Файл справочника «{path.name}»{where}: {_yaml_problem(problem)}.", _ADVICE) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidInput(f"Файл справочника «{path.name}» записан не по правилам YAML.", _ADVICE) from error
    if not isinstance(content, dict):
        raise InvalidInput(f"Файл справочника «{path.name}» пуст или содержит не набор полей.", _ADVICE)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(_describe(detail) for detail in error.errors()[:5])
        raise InvalidInput(f"Файл справочника «{path.name}»: {problems}.", _ADVICE) from error


def _yaml_problem(problem: str) -> str:
    """Return PyYAML's English problem in Russian; our own Russian ones pass as they are."""
    if "записан дважды" in problem:
        return problem
    return f"нарушена запись YAML (отступ, кавычка или двоеточие; разбор остановился на «{problem}»)"


def _describe(detail: ErrorDetails) -> str:
    """Return one error of pydantic as «поле …: what is wrong»."""
    parts = [f"элемент {part + 1}" if isinstance(part, int) else f"поле «{part}»" for part in detail["loc"]]
    where = ", ".join(parts) or "файл в целом"
    return f"{where}: {_problem(detail)}"


def _problem(detail: ErrorDetails) -> str:
    """Return what is wrong with one value, in Russian."""
    kind = detail["type"]
    context = detail.get("ctx", {})
    value = detail["input"]
    shown = f" (сейчас «{value}»)" if isinstance(value, str | int | float) else ""
    simple = {
        "missing": "поле обязательно, но не заполнено",
        "extra_forbidden": "такого поля нет, проверьте написание",
        "string_type": "нужен текст; номер с точкой берите в кавычки",
        "string_too_short": "текст не должен быть пустым",
        "list_type": "нужен список",
        "tuple_type": "нужен список",
        "dict_type": "нужен набор полей",
        "model_type": "нужен набор полей",
        "bool_type": "нужно true или false",
        "bool_parsing": "нужно true или false",
        "too_short": "слишком мало значений в списке",
        "too_long": "слишком много значений в списке",
    }
    if kind in simple:
        return simple[kind] + (shown if kind not in {"missing", "extra_forbidden"} else "")
    if kind == "value_error":
        return str(context["error"])
    if kind in {"enum", "literal_error"}:
        return f"допустимо только {context['expected']}".replace(" or ", " или ") + shown
    if kind.startswith(("int", "float")):
        return "нужно число" + shown
    if kind.startswith("date"):
        return "нужна дата вида 2026-05-20" + shown
    limits = {"greater_than_equal": ("ge", "не меньше"), "less_than_equal": ("le", "не больше")}
    if kind in limits:
        key, words = limits[kind]
        return f"число должно быть {words} {context[key]}{shown}"
    return "недопустимое значение" + shown
