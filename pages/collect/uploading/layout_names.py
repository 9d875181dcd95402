"""Names of layouts as people know these files."""

from __future__ import annotations

_TITLES = {
    "vpr-collection-form": "форма сбора результатов ВПР",
    "vpr-export-2020": "выгрузка результатов ВПР 2020 года",
    "vpr-export-2021": "выгрузка результатов ВПР 2021 года",
    "vpr-export-2022": "выгрузка результатов ВПР 2022 года",
    "fisoko-individual": "ФИС ОКО, «Индивидуальные результаты»",
    "fisoko-marks": "ФИС ОКО, «Статистика по отметкам»",
    "fisoko-journal": "ФИС ОКО, «Сравнение отметок с отметками по журналу»",
    "fisoko-scores": "ФИС ОКО, «Распределение первичных баллов»",
    "fisoko-items": "ФИС ОКО, «Выполнение заданий»",
    "fisoko-groups": "ФИС ОКО, «Выполнение заданий группами участников»",
    "fisoko-outcomes": "ФИС ОКО, «Достижение планируемых результатов»",
    "gia-protocol": "протокол ГИА",
    "tidy-marks": "сводная таблица отметок за несколько лет",
    "tidy-scores": "сводная таблица первичных баллов за несколько лет",
    "tidy-bias": "сводная таблица признаков необъективности",
    "wide-table": "таблица «участники × задания»",
    "teacher-survey": "анкета педагогов",
    "demo": "учебные данные",
}


def layout_title(layout: str) -> str:
    """Return the name under which people know files of this layout."""
    return _TITLES.get(layout, layout)
