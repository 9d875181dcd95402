"""Names of people in the cases of Russian (pymorphy3, loaded when first needed)."""

from __future__ import annotations

from functools import lru_cache

from core.words.nouns import Case, analyzer

_KINDS = ("Surn", "Name", "Patr")


@lru_cache(maxsize=256)
def name_cases(full_name: str) -> tuple[tuple[str, ...], ...]:
    """Return for surname, first name and patronymic the forms in all cases, the one that was given first.

    Further words of the name stay as they are. The patronymic tells the gender; without one all readings count.

    >>> name_cases("Смирнова Ольга Игоревна")[0]
    ('Смирнова', 'Смирновой', 'Смирнову', 'Смирновою')
    """
    words = full_name.split()
    patronymic = words[2].casefold() if len(words) > 2 else ""
    gender = "femn" if patronymic.endswith("на") else "masc" if patronymic.endswith("ич") else None
    return tuple(
        _forms(word, _KINDS[place], gender) if place < len(_KINDS) else (word,) for place, word in enumerate(words)
    )


def _forms(word: str, kind: str, gender: str | None) -> tuple[str, ...]:
    found = {word: None}
    for reading in analyzer().parse(word):
        tag = reading.tag
        if kind not in tag or tag.case != Case.NOMINATIVE or "sing" not in tag:
            continue
        if gender is not None and gender not in tag:
            continue
        for form in reading.lexeme:
            if "sing" in form.tag and (gender is None or gender in form.tag):
                found[form.word[0].upper() + form.word[1:]] = None
    return tuple(found)
