"""What to do about a step of the chain that has no links yet, and where."""

from __future__ import annotations

from collections.abc import Sequence

from core.planning.chain_contract import ChainKind, Door, Focus


def next_door(kind: ChainKind, focus: Focus, answered: Sequence[str] = ()) -> tuple[str, Door | None]:
    """Return what to do about a step that has no links, and where.

    `answered` are shares of teachers who were asked about the theme and have no difficulty in common, in words.
    """
    first = next(iter(focus.keys), None)
    match kind:
        case ChainKind.FIELD:
            return "Поле не названо. Найдите его среди проблемных полей.", Door("problem-fields", "Проблемные поля")
        case ChainKind.DEFICIT if answered:
            return (
                f"Педагогов спрашивали, общего затруднения нет. {'; '.join(answered)}.",
                Door("deficits", "Дефициты педагогов"),
            )
        case ChainKind.DEFICIT:
            return (
                "О затруднениях педагогов по этой теме ничего не известно. Сопоставьте поле с анкетами и тестами.",
                Door("deficits", "Дефициты педагогов"),
            )
        case ChainKind.RECOMMENDATION:
            query = (("recommendation_field", first),) if first is not None else ()
            return "Рекомендации ещё нет. Подготовьте её.", Door("recommendations", "Написать рекомендацию", query)
        case ChainKind.MEASURE:
            return "Мероприятия ещё нет. Внесите поле в дорожную карту.", Door("roadmaps", "Дорожные карты")
        case ChainKind.HELP:
            return (
                "Методическая помощь ещё не назначена: наставник, курсы, посещение уроков, самообразование.",
                Door("mentorship", "Наставничество"),
            )
    return (
        "Изменения ещё не видно: оно появится, когда загружены результаты следующей работы с тем же элементом.",
        Door("upload", "Загрузить результаты"),
    )
