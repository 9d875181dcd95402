"""What kind of file the bytes are, judged by content and compared with the name's ending."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.workbooks import refusals
from core.workbooks.limits import MAX_PACKED_BYTES
from core.workbooks.packed import PackedFile
from core.workbooks.refusals import RESAVE, FileRefused


class Format(StrEnum):
    """The formats that are read."""

    XLSX = ".xlsx"
    XLS = ".xls"
    ODS = ".ods"
    CSV = ".csv"


CONTENT_TYPES: Final = "[Content_Types].xml"
_ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER: Final = 512
_ZIP: Final = b"PK\x03\x04"
_REFUSED_ENDINGS: Final = {
    ".xlsm": "Формат .xlsm не принимается: в такой книге могут быть макросы.",
    ".xlsb": "Формат .xlsb (двоичная книга Excel) не принимается.",
    ".xltx": "Формат .xltx — это шаблон Excel, а не книга.",
    ".xltm": "Формат .xltm — это шаблон Excel с макросами, а не книга.",
    ".numbers": "Формат .numbers (Apple Numbers) не принимается.",
}
_ARCHIVES: Final = frozenset({".zip", ".rar", ".7z"})
_TEXT_STARTS_LIKE_IT: Final = (b"BM", b"MZ")
"""Signatures of two letters, with which the header of a CSV file may begin too."""
_FOREIGN_SIGNATURES: Final = (
    (b"%PDF", "документ PDF"),
    (b"\x89PNG", "рисунок PNG"),
    (b"\xff\xd8\xff", "рисунок JPEG"),
    (b"GIF8", "рисунок GIF"),
    (b"BM", "рисунок BMP"),
    (b"{\\rtf", "текстовый документ RTF"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7-Zip"),
    (b"MZ", "программа Windows"),
    (b"\x7fELF", "программа Linux"),
)
_WORKBOOK_TYPE: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE: Final = b"sheet.macroEnabled.main+xml"
_BINARY_TYPE: Final = b"sheet.binary.macroEnabled.main"
_TEMPLATE_TYPE: Final = b"spreadsheetml.template.main+xml"

_UNPACK: Final = "Распакуйте архив и загрузите таблицу из него."
_THE_TABLE: Final = "Загрузите саму таблицу с результатами."
_RIGHT_FILE: Final = "Проверьте, что выбран нужный файл; если это таблица CSV, дайте ему расширение .csv."


def recognise_format(content: bytes, file_name: str) -> Format:
    """Return the format of a file whose ending and content agree; raise FileRefused with the reason otherwise.

    Nothing is unpacked here apart from the small parts that name the kind of a packed document.
    """
    if not content:
        raise refusals.empty_file()
    if len(content) > MAX_PACKED_BYTES:
        raise refusals.too_large()
    ending = _ending(file_name)
    if ending in _REFUSED_ENDINGS:
        raise FileRefused("file_wrong_format", _REFUSED_ENDINGS[ending], RESAVE)
    if ending in _ARCHIVES:
        raise FileRefused("file_wrong_format", f"Архив {ending} не принимается.", _UNPACK)
    if ending not in set(Format):
        shown = f"Формат {ending} не принимается" if ending else "У файла нет расширения"
        raise FileRefused("file_wrong_format", f"{shown}: нужна таблица .xlsx, .xls, .ods или .csv.", RESAVE)
    expected = Format(ending)
    if expected is Format.CSV:
        _check_text(content)
        return expected
    if content.startswith(_OLE):
        _check_ole(content, expected)
        return Format.XLS
    if content.startswith(_ZIP):
        _check_zip(content, expected)
        return expected
    raise _not_a_workbook(content, expected)


def _ending(file_name: str) -> str:
    """Return the lower-case ending with its dot, "" if there is none or the name is nothing but an ending."""
    stem, dot, ending = file_name.strip().lower().rpartition(".")
    return dot + ending if stem and ending.isalnum() and len(ending) <= 10 else ""


def _check_text(content: bytes) -> None:
    for signature, what in _FOREIGN_SIGNATURES:
        if signature not in _TEXT_STARTS_LIKE_IT and content.startswith(signature):
            raise FileRefused("file_wrong_format", f"Это не таблица CSV, а {what}.", _THE_TABLE)
    if content.startswith((_ZIP, _OLE)):
        raise FileRefused("file_wrong_format", "Это не таблица CSV: внутри книга Excel или архив.", RESAVE)


def _check_ole(content: bytes, expected: Format) -> None:
    """Raise FileRefused unless the OLE container holds an .xls workbook and was named so."""
    if _utf16("EncryptedPackage") in content:
        raise refusals.encrypted()
    if _utf16("Workbook") not in content and _utf16("Book") not in content:
        if _lacks_directory(content):
            raise refusals.damaged()
        raise FileRefused("file_wrong_format", "Это не книга Excel: внутри другой документ Microsoft Office.", RESAVE)
    if expected is not Format.XLS:
        raise FileRefused(
            "file_wrong_format", f"Файл в старом формате .xls сохранён с расширением {expected.value}.", RESAVE
        )


def _lacks_directory(content: bytes) -> bool:
    """Say whether an OLE container ends before its list of streams, which its header places ([MS-CFB] 2.2)."""
    if len(content) < _OLE_HEADER:
        return True
    sector_size = 1 << int.from_bytes(content[30:32], "little")
    first = int.from_bytes(content[48:52], "little")
    return (first + 1) * sector_size >= len(content)


def _check_zip(content: bytes, expected: Format) -> None:
    """Raise FileRefused unless the archive is the packed workbook that its name says."""
    packed = PackedFile(content)
    found = _packed_format(packed)
    if found is expected:
        return
    raise FileRefused(
        "file_wrong_format",
        f"Файл в формате {found.value} сохранён с расширением {expected.value}.",
        f"Переименуйте файл, чтобы он оканчивался на {found.value}, или пересохраните его в Excel.",
    )


def _packed_format(packed: PackedFile) -> Format:
    if "mimetype" in packed:
        kind = packed.read("mimetype").strip()
        if kind != _ODS_TYPE:
            raise FileRefused("file_wrong_format", "Это не таблица: внутри другой документ OpenDocument.", RESAVE)
        manifest = "META-INF/manifest.xml"
        if manifest in packed and b"encryption-data" in packed.read(manifest):
            raise refusals.encrypted()
        return Format.ODS
    if CONTENT_TYPES not in packed:
        if any(name.startswith(("xl/", "_rels/")) for name in packed.names):
            raise refusals.damaged()
        raise FileRefused(
            "file_wrong_format",
            "Это не книга Excel, а архив с файлами.",
            _UNPACK,
        )
    types = packed.read(CONTENT_TYPES)
    if _BINARY_TYPE in types:
        raise FileRefused("file_wrong_format", _REFUSED_ENDINGS[".xlsb"], RESAVE)
    if _MACRO_TYPE in types:
        raise FileRefused(
            "file_wrong_format", "В книге есть макросы (формат .xlsm): такие книги не принимаются.", RESAVE
        )
    if _TEMPLATE_TYPE in types:
        raise FileRefused("file_wrong_format", _REFUSED_ENDINGS[".xltx"], RESAVE)
    if _WORKBOOK_TYPE not in types:
        raise FileRefused("file_wrong_format", "Это не книга Excel: внутри другой документ.", RESAVE)
    return Format.XLSX


def _not_a_workbook(content: bytes, expected: Format) -> FileRefused:
    """Return the refusal that says what the bytes are instead of a workbook."""
    for signature, what in _FOREIGN_SIGNATURES:
        if content.startswith(signature):
            return FileRefused(
                "file_wrong_format",
                f"Это не книга Excel, а {what}: содержимое не соответствует расширению {expected.value}.",
                _THE_TABLE,
            )
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<table" in head:
        return FileRefused(
            "file_wrong_format",
            f"Файл {expected.value} на самом деле веб-страница.",
            "Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)», затем загрузите снова.",
        )
    if head.startswith(b"<?xml") and b"excel.sheet" in head:
        return FileRefused("file_wrong_format", f"Файл {expected.value} на самом деле «Таблица XML 2003».", RESAVE)
    return FileRefused(
        "file_wrong_format",
        f"Это не книга Excel: содержимое не соответствует расширению {expected.value}.",
        _RIGHT_FILE,
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
