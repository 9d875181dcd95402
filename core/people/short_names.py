"""Names of organisations as short as people say them, for columns and axes."""

from __future__ import annotations

import re

_LEGAL_FORM = re.compile(r"^(?:[А-ЯЁ]{1,4}ОУ|[А-ЯЁ]{0,2}НОО|ОГБОУ|КГБОУ|ГАПОУ)\s+(?=\S)")
_LONG_FORM = re.compile(
    r"^(?:муниципальн\w+|государственн\w+|частн\w+|бюджетн\w+|казённ\w+|казенн\w+|автономн\w+|областн\w+"
    r"|(?:обще)?образовательн\w+|учрежден\w+|организаци\w+)\s+",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[«\"“](.+)[»\"”]$")
_SCHOOL = re.compile(r"средняя общеобразовательная школа", re.IGNORECASE)
_BASIC_SCHOOL = re.compile(r"основная общеобразовательная школа", re.IGNORECASE)


def short_name(name: str) -> str:
    """Return the name without its legal form and outer quotes.

    >>> short_name("МБОУ «Средняя школа № 2»"), short_name("МАОУ Лицей № 4"), short_name("Заречный район")
    ('Средняя школа № 2', 'Лицей № 4', 'Заречный район')
    """
    text = _LEGAL_FORM.sub("", name.strip())
    while (shorter := _LONG_FORM.sub("", text)) != text:
        text = shorter
    quoted = _QUOTED.match(text.strip())
    if quoted is not None:
        text = quoted.group(1)
    return _BASIC_SCHOOL.sub("ООШ", _SCHOOL.sub("СОШ", text)).strip() or name


def in_lines(text: str, width: int) -> str:
    """Return the text broken between words into lines of at most `width` signs, where the words allow it.

    >>> in_lines("Средняя школа № 2", 10)
    'Средняя\\nшкола № 2'
    """
    lines = [""]
    for word in text.replace("№ ", "№\u00a0").split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines).replace("№\u00a0", "№ ")
