"""Filling a Word template: names in Russian, nothing in it can reach the program, faults told with their place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from docx import Document
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from lxml.etree import LxmlError

from core.documents.blocks import Grid, GridInText, Picture, PictureInText
from core.documents.sandbox import TemplateEnvironment
from core.errors import InvalidInput
from core.store.settings import reference_directory
from core.workbooks.safe_text import clean_text

Value: TypeAlias = "str | bool | int | Picture | Grid | Sequence[Value] | Mapping[str, Value]"
"""What a template can show: texts, yes and no, numbers, pictures, tables, lists and named parts."""

_ADVICE = (
    "Исправьте шаблон в Word или верните файл из поставки; список имён стоит на экране «Документы» → «Шаблоны» и в "
    "data/templates/README.md."
)
_QUOTED = re.compile(r"'([^']+)'")
_TAG = re.compile(r"\{[{%#]|[}%#]\}")
_LONGEST_PLACE = 90
_PARTED = re.compile(r"(?<=\d) (?=%)|(?<=\bn) (?== \d)|(?<=\bn =) (?=\d)")
"""Blanks that must not be the end of a line."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template as it was read: the name that people know it by, and the bytes of the .docx."""

    shown: str
    content: bytes


def template_path(name: str) -> Path:
    """Return the shipped file of a template of this name («minutes»)."""
    return reference_directory() / "templates" / f"{name}.docx"


def read_template(path: Path) -> TemplateFile:
    """Return the file of a template; raise InvalidInput when there is none or it cannot be read."""
    try:
        return TemplateFile(path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise InvalidInput(f"Нет файла шаблона «{path.name}».", _ADVICE) from error
    except OSError as error:
        raise InvalidInput(f"Файл шаблона «{path.name}» не читается.", _ADVICE) from error


def has_names(file: TemplateFile) -> bool:
    """Say whether anything would be filled in: a document without a single tag is no template."""
    return any(_TAG.search(text) for text in _paragraphs(file))


def render(name: str, values: Mapping[str, Value], path: Path | None = None) -> bytes:
    """Return the shipped template, or the file at `path`, filled with the values as .docx; see `render_file`."""
    return render_file(read_template(path or template_path(name)), values)


def render_file(file: TemplateFile, values: Mapping[str, Value]) -> bytes:
    """Return the template filled with the values as .docx.

    Raises InvalidInput naming file, place and fault when the template is no Word file, has a tag that is not closed,
    or a name that does not exist.
    """
    try:
        template = DocxTemplate(io.BytesIO(file.content))
        template.init_docx()
        template.render(_cleaned(template, values), TemplateEnvironment())
        target = io.BytesIO()
        template.save(target)
    except UndefinedError as error:
        raise _unknown_name(file, error) from error
    except TemplateSyntaxError as error:
        raise _syntax(file, error) from error
    except SecurityError as error:
        place = _around(file, _words(error))
        raise InvalidInput(f"Шаблон «{file.shown}» обращается к тому, что ему недоступно{place}.", _ADVICE) from error
    except TemplateError as error:
        raise InvalidInput(f"Шаблон «{file.shown}» не заполняется{_around(file, _words(error))}.", _ADVICE) from error
    except (LxmlError, TypeError) as error:
        raise InvalidInput(
            f"Шаблон «{file.shown}» после заполнения не складывается в документ: проверьте, что каждое {{%tr …%}} "
            "стоит в своей строке таблицы, а каждое {%p …%} – в своём абзаце.",
            _ADVICE,
        ) from error
    except (OSError, zipfile.BadZipFile, OpcError, KeyError, ValueError) as error:
        raise InvalidInput(f"Файл шаблона «{file.shown}» повреждён или это не документ Word.", _ADVICE) from error
    return target.getvalue()


def _cleaned(template: DocxTemplate, values: Mapping[str, Value]) -> dict[str, object]:
    return {key: _clean(template, value) for key, value in values.items()}


def _clean(template: DocxTemplate, value: Value) -> object:
    """Return a value without signs that no document can hold; pictures and tables as what stands in the text."""
    if isinstance(value, Picture):
        return PictureInText(template, value)
    if isinstance(value, Grid):
        return GridInText(value)
    if isinstance(value, str):
        return bound(clean_text(value.replace("\r\n", "\n").replace("\t", " ")))
    if isinstance(value, Mapping):
        return _cleaned(template, value)
    if isinstance(value, bool | int):
        return value
    return [_clean(template, one) for one in value]


def bound(text: str) -> str:
    """Return a text in which a number does not part from its sign at the end of a line.

    >>> bound("не ниже 60 %, n = 21")
    'не ниже 60\\xa0%, n\\xa0=\\xa021'
    """
    return _PARTED.sub("\u00a0", text)


def _unknown_name(file: TemplateFile, error: UndefinedError) -> InvalidInput:
    """Return the refusal of a name that the document does not have."""
    quoted = _QUOTED.findall(str(error))
    name = quoted[-1] if quoted else ""
    return InvalidInput(f"В шаблоне «{file.shown}» неизвестное имя «{name}»{_around(file, [name])}.", _ADVICE)


def _syntax(file: TemplateFile, error: TemplateSyntaxError) -> InvalidInput:
    """Return the refusal of a tag that is written wrongly, with the text around it."""
    context = list(getattr(error, "docx_context", ()))
    line = context[min(3, max(error.lineno - 1, 0))] if context else ""
    place = line if _TAG.search(line) else next((one for one in context if _TAG.search(one)), "")
    where = f" возле «{_short(place)}»" if place.strip() else _around(file, _words(error))
    return InvalidInput(f"В шаблоне «{file.shown}» ошибка в записи метки{where}: {_fault(error)}.", _ADVICE)


def _fault(error: TemplateSyntaxError) -> str:
    """Return jinja's English fault in Russian."""
    message = error.message or ""
    quoted = _QUOTED.findall(message)
    if "Unexpected end of template" in message:
        return "начатое {%for%} или {%if%} не закрыто ({%endfor%}, {%endif%})"
    if "unknown tag" in message:
        return f"лишняя или неизвестная команда «{quoted[0]}»" if quoted else "лишняя или неизвестная команда"
    if "unexpected" in message and quoted:
        return f"лишний знак «{quoted[0]}» или не закрыта скобка"
    return "проверьте фигурные скобки и написание"


def _words(error: TemplateError) -> list[str]:
    return _QUOTED.findall(str(error))


def _around(file: TemplateFile, words: Iterable[str]) -> str:
    """Return « возле «…»» with the paragraph of the template in which one of the words stands; empty if none does."""
    wanted = [word for word in words if word]
    for text in _paragraphs(file):
        if _TAG.search(text) and any(word in text for word in wanted):
            return f" возле «{_short(text)}»"
    return ""


def _paragraphs(file: TemplateFile) -> list[str]:
    """Return the texts of all paragraphs, those in tables too."""
    document = Document(io.BytesIO(file.content))
    return ["".join(node.text or "" for node in one.iter(_TEXT)) for one in document.element.iter(_PARAGRAPH)]


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT = f"{_WORD}p", f"{_WORD}t"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_PLACE else f"{plain[: _LONGEST_PLACE - 1]}…"
