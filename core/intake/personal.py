"""Recognising people's names, documents, phones and mail addresses by header and by content, and masking them.

Used by every room that reads spreadsheets: such columns are dropped before anything is kept (domain.md §8,
security.md §7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

PersonalKind = Literal["name", "document", "snils", "phone", "mail", "birth", "address"]

MASK = "•••"

KIND_WORDS: dict[PersonalKind, str] = {
    "name": "фамилии и имена",
    "document": "номера документов",
    "snils": "СНИЛС",
    "phone": "телефоны",
    "mail": "адреса электронной почты",
    "birth": "даты рождения",
    "address": "адреса",
}

_CONTENT_SHARE = 0.6
"""A column is personal when at least this share of its filled cells looks so (security.md §7.1)."""

_HEADERS: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
    ("mail", re.compile(r"e-?mail|эл\w*\.? ?(?:почт|адрес)|\bпочт", re.I)),
    ("snils", re.compile(r"снилс|snils|\bинн\b|\bполис", re.I)),
    ("phone", re.compile(r"телефон|\bтел\b|phone|\bмоб\w*\b", re.I)),
    ("birth", re.compile(r"рожд|\bд\.? ?р\b|birth", re.I)),
    ("document", re.compile(r"документ|паспорт|\bсерия\b|свидетельств|document(?:series|number)|passport", re.I)),
    ("address", re.compile(r"\bадрес|прожива|\baddress", re.I)),
    (
        "name",
        re.compile(
            r"фамили|отчеств|\bимя\b|\bф\.? ?и\.?(?: ?о)?\b|surname|secondname|\bnamecell\b|(?:first|last|full) ?name"
            r"|\bродител|\bзаконн\w+ представит|\bучител[ья]|преподавател|классн\w+ руководител|\bэксперт",
            re.I,
        ),
    ),
)
_NOT_PUPIL = re.compile(r"родител|представит|учител|преподав|руководит|эксперт|директор", re.I)
_NOT_PERSONAL = re.compile(r"\bкод\b|\bшифр|\bчисло\b|кол-?во|количество|\bдоля\b|%|согласие|решаете|\?", re.I)

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?"
_NAME = re.compile(
    rf"{_WORD}\d*(?: {_WORD}){{1,2}}(?: (?:оглы|кызы))?"
    rf"|{_WORD}\d* ?[А-ЯЁ]\.(?: ?[А-ЯЁ]\.?)?"
    rf"|[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?{_WORD}"
    r"|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})? [А-ЯЁ]{2,} [А-ЯЁ]{4,}(?:ИЧ|НА|ОГЛЫ|КЫЗЫ)"
)
_NAME_INSIDE = re.compile(
    rf"{_WORD} [А-ЯЁ]\. ?[А-ЯЁ]\.|[А-ЯЁ]\. ?[А-ЯЁ]\. ?{_WORD}"
    r"|[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:ович|евич|ьич|мич|лич|овна|евна|ична|инична|оглы|кызы)\b"
)
_FULL_NAME_INSIDE = re.compile(
    rf"{_WORD}[ _][А-ЯЁ]\.[ _]?[А-ЯЁ]\.|[А-ЯЁ]\. ?[А-ЯЁ]\. ?{_WORD}"
    rf"|(?:{_WORD}[ _])?{_WORD}[ _][А-ЯЁ][а-яё]+(?:ович|евич|ьич|мич|лич|овна|евна|ична|инична|оглы|кызы)(?![а-яё])"
)
_NAMED_AFTER = re.compile(r"\b(?:им\.|имени|школа|сош|гимназия|лицей|район|область|край|республика)", re.I)
_MAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.\w{2,}")
_PHONE = re.compile(
    r"(?<!\d)(?:\+7|8|7)[\s(-]*9?\d{2}[\s)-]+\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)|(?<!\d)(?:\+7|8|7)9\d{9}(?!\d)"
)
_SNILS = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)")
_DOCUMENT = re.compile(r"(?<!\d)\d{2} ?\d{2}[ №]+\d{6}(?!\d)")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE_WORD = re.compile(r"[А-ЯЁа-яё]{3,}")
_CODE_WORDS = frozenset(
    {
        "код", "ученик", "ученица", "участник", "учащийся", "обучающийся", "школа", "сош", "класс", "вариант", "номер",
        "шифр", "уч-ся", "итого", "всего", "лицей", "гимназия", "работа", "строка", "отсутствовал",
    }
)
_SURNAME_ENDING = re.compile(
    r"(?:[оеё]в|[иы]н|ский|цкий|[оеё]ва|[иы]на|ская|цкая|ко|ук|юк|ич|ян|дзе|швили|[иы]х|ой|ый|ая|ер|ман|ейн)$"
)
_HARMLESS = frozenset(
    (
        "нет", "отметка", "отметки", "дата", "балл", "балла", "баллов", "вариант", "класс", "школа", "итого", "всего",
        "макс", "зачёт", "незачёт", "зачет", "незачет", "истина", "ложь", "true", "false", "null", "none", "формула",
        "вычислена", "пройдено", "пройд", "писал", "писала", "приступал", "приступала", "отсутствовал",
        "отсутствовала", "болел", "болела", "болеет", "освобождён", "освобождена", "освобожден", "справка", "неявка",
        "удалён", "удален", "удалена", "value", "name", "ref", "div", "num", "янв", "фев", "мар", "апр", "май", "мая",
        "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "nan", "inf", "infinity", "верно", "неверно", "плюс", "минус",
    )
)


def personal_header(header: str) -> PersonalKind | None:
    """Return what kind of personal data a column with this header holds, or None.

    «Код участника», «Количество учителей» and the like hold none.

    >>> personal_header("Фамилия"), personal_header("Код участника"), personal_header("Номер телефона")
    ('name', None, 'phone')
    """
    if _NOT_PERSONAL.search(header):
        return None
    for kind, pattern in _HEADERS:
        if pattern.search(header):
            return kind
    return None


def names_pupil(header: str) -> bool:
    """Say whether a column of names holds those of the pupils, and not of teachers or parents."""
    return personal_header(header) == "name" and _NOT_PUPIL.search(header) is None


def personal_text(text: str) -> PersonalKind | None:
    """Return the kind of personal data that a whole cell holds («Иванов Пётр», «И.И. Иванов», a phone), or None."""
    if len(text) < 5:
        return None
    if "@" in text and _MAIL.search(text):
        return "mail"
    if _SNILS.search(text):
        return "snils"
    if _PHONE.search(text):
        return "phone"
    if _DOCUMENT.search(text):
        return "document"
    if _NAME.fullmatch(text):
        return "name"
    if _NAME_INSIDE.search(text) and not _NAMED_AFTER.search(text):
        return "name"
    return None


def surely_personal(text: str) -> bool:
    """Say whether a text holds personal data beyond doubt: initials, a patronymic, a phone, a mail address.

    Two words with capitals («Русский Язык») are not enough here.
    """
    return personal_text(text) not in (None, "name") or (
        _NAME_INSIDE.search(text) is not None and _NAMED_AFTER.search(text) is None
    )


def named_in_code(text: str) -> bool:
    """Say whether a participant's «code» is a name in truth: «Ветрова», «Ветрова А», «Лесной1», «Лесной Пётр».

    Codes are made of digits and short groups of letters; a longer word in them is a person's unless it is a usual one.
    """
    if text.isascii() and text.isalnum():
        return False
    return personal_text(text) is not None or any(
        word.casefold() not in _CODE_WORDS for word in _CODE_WORD.findall(text)
    )


def personal_content(values: Iterable[str]) -> PersonalKind | None:
    """Return the kind when at least 60 % of the filled cells look personal in the same way, else None."""
    filled = 0
    kinds: dict[PersonalKind, int] = {}
    for text in values:
        if not text:
            continue
        filled += 1
        kind = personal_text(text)
        if kind is not None:
            kinds[kind] = kinds.get(kind, 0) + 1
    if not kinds:
        return None
    kind, count = max(kinds.items(), key=lambda pair: pair[1])
    return kind if count >= _CONTENT_SHARE * filled else None


def masked(text: str) -> str:
    """Return a text that may be shown: «•••» in place of one that holds personal data."""
    return MASK if personal_text(text) else text


def without_persons(text: str) -> str:
    """Return a longer text (a file's name) with «•••» in place of full names, phones and mail addresses in it.

    >>> without_persons("Ветрова Анна Олеговна, физика")
    '•••, физика'
    """
    for pattern in (_FULL_NAME_INSIDE, _MAIL, _SNILS, _PHONE):
        text = pattern.sub(MASK, text)
    return text


def masked_score(text: str) -> str:
    """Return what may be shown of a text that stands where a score should be.

    Stricter than `masked`: a single unknown word there may be a surname, so it is hidden too, unless it is written
    in small letters and ends as no surname does («пять», «много»).
    """
    if personal_text(text):
        return MASK
    unknown = [word for word in _LONG_WORD.findall(text) if word.casefold() not in _HARMLESS and _may_name(word)]
    return MASK if unknown or len(text) > 40 else text


def _may_name(word: str) -> bool:
    return not word.islower() or _SURNAME_ENDING.search(word) is not None
