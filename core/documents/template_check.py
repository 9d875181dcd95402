"""Whether a file may become a template: a plain Word document of sane size that reaches nothing outside of itself."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from lxml import etree

from core.errors import InvalidInput
from core.store.file_kinds import file_kind

_MOST_BYTES: Final = 3 * 1024 * 1024
_MOST_UNPACKED: Final = 40 * 1024 * 1024
_MOST_PARTS: Final = 500
_ACTIVE: Final = re.compile(r"^word/(embeddings|activex|ctrlprops)/|\.bin$|\.js$|\.html?$", re.IGNORECASE)
_HYPERLINK: Final = "/hyperlink"
_AS_WORD: Final = "Сохраните шаблон в Word как «Документ Word» (.docx)."


def check_word_file(file_name: str, content: bytes) -> None:
    """Raise InvalidInput unless the file can serve as a template.

    Refused are files of other kinds, with macros, with embedded programs or objects, too large once unpacked, with
    damaged or hostile XML, and those that fetch pictures or another template from an address.
    """
    shown = file_name[-80:]
    if len(content) > _MOST_BYTES:
        raise InvalidInput(f"Шаблон «{shown}» больше {_MOST_BYTES // 1024 // 1024} МБ.", "Уменьшите рисунки в нём.")
    if _ending(file_name, content) != "docx":
        raise InvalidInput(f"«{shown}» – не документ Word (.docx).", _AS_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(shown, archive)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise InvalidInput(f"Файл «{shown}» повреждён.", "Откройте его в Word и сохраните заново.") from error


def _ending(file_name: str, content: bytes) -> str:
    """Return the ending of the file's kind; what is refused as an attachment is refused with advice for a template."""
    try:
        return file_kind(file_name, content).ending
    except InvalidInput as refusal:
        raise InvalidInput(refusal.message, _AS_WORD) from refusal


def _check_parts(shown: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise InvalidInput(
            f"Файл «{shown}» слишком велик в развёрнутом виде.", "Уберите из него лишнее и сохраните заново."
        )
    for part in parts:
        if _ACTIVE.search(part.filename):
            raise InvalidInput(
                f"В файле «{shown}» есть вложенный объект («{part.filename}»).", "Уберите его из шаблона."
            )
        if part.filename.endswith((".xml", ".rels")):
            _check_xml(shown, part.filename, archive.read(part))


def _check_xml(shown: str, name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise InvalidInput(f"В файле «{shown}» есть недопустимая часть «{name}».", "Сохраните шаблон в Word заново.")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InvalidInput(f"Файл «{shown}» повреждён в части «{name}».", "Сохраните шаблон в Word заново.") from error
    if not name.endswith(".rels"):
        return
    for link in root:
        if link.get("TargetMode") == "External" and not str(link.get("Type", "")).endswith(_HYPERLINK):
            raise InvalidInput(
                f"Шаблон «{shown}» загружает что-то по адресу «{str(link.get('Target', ''))[:80]}».",
                "Вставьте рисунок в сам документ и отвяжите его от другого шаблона.",
            )
