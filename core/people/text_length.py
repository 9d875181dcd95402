"""How long a text that people type may be."""

from __future__ import annotations

from core.errors import InvalidInput


def require_length(text: str, longest: int, what: str = "") -> str:
    """Return the text; raise InvalidInput with what was typed and what fits when it has more signs than `longest`.

    `what` names the text in Russian where the place alone does not tell («Отзыв»).
    """
    if len(text) > longest:
        said = f"{what}: {len(text)} знаков, а помещается {longest}." if what else (
            f"Здесь помещается {longest} знаков, а введено {len(text)}."
        )
        raise InvalidInput(said, "Сократите текст.")
    return text
