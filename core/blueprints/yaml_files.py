"""Files of reference data: strict YAML, checked by a pydantic model, every error with file and key in Russian."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from core.errors import InvalidInput
from core.words.visible import INVISIBLE

_MERGE = "tag:yaml.org,2002:merge"
_ADVICE = "Исправьте файл в любом текстовом редакторе или верните файл из поставки."
_UPLOAD_ADVICE = "Исправьте файл в любом текстовом редакторе и загрузите его снова."
_MOST_BYTES = 200 * 1024
"""The largest file of the delivery has 30 KB."""
_LONGEST_VALUE = 5000
_DEEPEST = 20


class Record(BaseModel):
    """A part of a reference file: nothing unknown is let through, texts are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Sourced(Record):
    """A reference file: where its facts come from and for which years (of the spring) they hold."""

    source: str = Field(min_length=3)


_AnyRecord = TypeVar("_AnyRecord", bound=Record)


_FastestLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, where PyYAML was built with it: every start of the program reads all reference files."""


class _StrictLoader(_FastestLoader):  # type: ignore[valid-type, misc]
    """SafeLoader that refuses a key written twice instead of silently keeping the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Return the mapping; raise ConstructorError for a repeated key."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(None, None, "составной ключ", key_node.start_mark)
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
    name = f"Файл справочника «{path.name}»"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{name} не читается.", _ADVICE) from error
    return parse_yaml(text, name, model, _ADVICE)


def uploaded_yaml(content: bytes, file_name: str, model: type[_AnyRecord]) -> _AnyRecord:
    """Return a checked record of a file that somebody uploaded: it may be broken or hostile, and is read with limits.

    Refused with a sentence: too large, not UTF-8, references (`&`, `*`, by which a few lines become gigabytes), too
    deep, too long values; and all that `load_yaml` refuses.
    """
    name = f"Файл «{file_name[-80:]}»"
    if len(content) > _MOST_BYTES:
        raise InvalidInput(f"{name} больше {_MOST_BYTES // 1024} КБ: это не файл справочника.", _UPLOAD_ADVICE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} записан не в кодировке UTF-8.", "Сохраните его как текст в UTF-8.") from error
    with _said(name, _UPLOAD_ADVICE):
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = (event.start_mark.line if event.start_mark else 0) + 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                raise InvalidInput(f"{name}, строка {line}: ссылки (& и *) не принимаются.", _UPLOAD_ADVICE)
            if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST_VALUE:
                raise InvalidInput(f"{name}, строка {line}: слишком длинное значение.", _UPLOAD_ADVICE)
            if isinstance(event, yaml.ScalarEvent) and INVISIBLE.search(event.value):
                raise InvalidInput(f"{name}, строка {line}: невидимые знаки не принимаются.", _UPLOAD_ADVICE)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise InvalidInput(f"{name}, строка {line}: слишком глубокая вложенность.", _UPLOAD_ADVICE)
    return parse_yaml(text, name, model, _UPLOAD_ADVICE)


def parse_yaml(text: str, name: str, model: type[_AnyRecord], advice: str) -> _AnyRecord:
    """Return the text's content as a checked record; `name` begins the sentence of a refusal: «Файл «a.yaml»»."""
    with _said(name, advice):
        content = yaml.load(text, Loader=_StrictLoader)
    if not isinstance(content, dict):
        raise InvalidInput(f"{name} пуст или содержит не набор полей.", advice)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(_describe(detail) for detail in error.errors()[:5])
        raise InvalidInput(f"{name}: {problems}.", advice) from error


@contextmanager
def _said(name: str, advice: str) -> Iterator[None]:
    """Turn what PyYAML says of a text into a refusal."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        where = f", строка {error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = error.problem or "ошибка записи"
        raise InvalidInput(f"{name}{where}: {_yaml_problem(problem)}.", advice) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{name} записан не по правилам YAML.", advice) from error


def _yaml_problem(problem: str) -> str:
    """Return PyYAML's English problem in Russian; our own Russian ones pass as they are."""
    if "записан дважды" in problem:
        return problem
    return f"нарушена запись YAML (отступ, кавычка или двоеточие; разбор остановился на «{problem}»)"


def _describe(detail: ErrorDetails) -> str:
    """Return one error of pydantic as «поле …: what is wrong»."""
    parts = [f"элемент {part + 1}" if isinstance(part, int) else f"поле «{part}»" for part in detail["loc"]]
    where = ", ".join(parts) or "файл в целом"
    return f"{where}: {problem_words(detail)}"


def problem_words(detail: ErrorDetails) -> str:
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
