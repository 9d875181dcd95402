"""Bytes of a CSV file -> text: UTF-8, UTF-16 with a mark, or Windows-1251 where the letters look Russian."""

from __future__ import annotations

import codecs
import re
from typing import Final

from core.errors import Place
from core.workbooks.refusals import RESAVE, FileRefused

_SAMPLE: Final = 200_000
_RUSSIAN: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_USUAL_SIGNS: Final = frozenset("«»„“”‘’–—…№§°±·•‰©®\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")
_COMMON: Final = frozenset("оеаинтсрвлОЕАИНТСРВЛ")
_CASE_FLIP: Final = re.compile(r"[а-яё][А-ЯЁ]")
_WORD: Final = re.compile(r"[А-Яа-яЁё]{2,}")
_MOST_FOREIGN: Final = 0.03
_MOST_FLIPS: Final = 0.15
_LEAST_COMMON: Final = 0.40
"""Ten letters make up about 63 % of Russian text; KOI8-R read as Windows-1251 keeps about 30 %."""
_ENOUGH_LETTERS: Final = 40
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decode(content: bytes) -> str:
    """Return the text of a CSV file without byte order mark; raise FileRefused if it is no text that can be trusted."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _unknown_encoding() from error
    else:
        if b"\x00" in content:
            raise _not_text(content.count(b"\n", 0, content.index(b"\x00")) + 1)
        text = _decode_bytes(content)
    if control := _CONTROL.search(text):
        raise _not_text(text.count("\n", 0, control.start()) + 1)
    if not text.strip():
        raise FileRefused("file_empty", "В файле нет ни одного значения.", "Проверьте, что выбран нужный файл.")
    if _is_mojibake(text):
        raise FileRefused(
            "csv_mojibake",
            "Текст в файле испорчен: вместо русских букв стоят сочетания вида «РљРѕРґ».",
            "Файл сохранили в неверной кодировке. Выгрузите его из исходной программы ещё раз.",
        )
    return text


def _decode_bytes(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error
    if not _looks_russian(text[:_SAMPLE]):
        raise _unknown_encoding()
    return text


def _looks_russian(text: str) -> bool:
    """Say whether the letters beyond ASCII are distributed as in Russian, which KOI8-R and CP866 bytes are not."""
    beyond = [sign for sign in text if sign > "\x7f" and sign not in _USUAL_SIGNS]
    if not beyond:
        return True
    russian = sum(sign in _RUSSIAN for sign in beyond)
    if russian < (1 - _MOST_FOREIGN) * len(beyond):
        return False
    words = _WORD.findall(text)
    flips = sum(1 for word in words if _CASE_FLIP.search(word))
    if words and flips > _MOST_FLIPS * len(words):
        return False
    common = sum(sign in _COMMON for word in words for sign in word)
    letters = sum(map(len, words))
    return letters < _ENOUGH_LETTERS or common >= _LEAST_COMMON * letters


def _is_mojibake(text: str) -> bool:
    """Say whether UTF-8 had been read as Windows-1251 before the file was saved."""
    letters = [sign for sign in text[:_SAMPLE] if sign > "\x7f"]
    return len(letters) >= 8 and sum(sign in "РС" for sign in letters) >= 0.4 * len(letters)


def _unknown_encoding() -> FileRefused:
    return FileRefused(
        "csv_encoding",
        "Не удалось определить кодировку файла: русские буквы читаются неверно.",
        "Сохраните файл в кодировке UTF-8 («CSV UTF-8» в Excel) или как «Книга Excel (.xlsx)».",
    )


def _not_text(line: int) -> FileRefused:
    return FileRefused(
        "csv_not_text",
        f"Строка {line}: в файле есть знаки, которых не бывает в таблице CSV.",
        "Проверьте, что это текстовая таблица. " + RESAVE,
        Place(row=line),
    )
