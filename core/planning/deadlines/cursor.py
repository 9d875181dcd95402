"""A place in a row of tokens, from which phrases are read."""

from __future__ import annotations

from collections.abc import Collection

from core.planning.deadlines.tokens import Token

END = Token("", 0, "")
"""What stands behind the last token."""


class Cursor:
    """Reads tokens one after the other; nothing is consumed by looking."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self.place = 0

    def look(self, ahead: int = 0) -> Token:
        """Return a token without consuming it; `END` behind the last one."""
        place = self.place + ahead
        return self._tokens[place] if place < len(self._tokens) else END

    def kinds(self, count: int) -> tuple[str, ...]:
        """Return the kinds of the next tokens."""
        return tuple(self.look(number).kind for number in range(count))

    def take(self) -> Token:
        """Consume a token."""
        token = self.look()
        self.place += 1
        return token

    def take_if(self, *kinds: str) -> Token | None:
        """Consume a token of one of the kinds; None where another one stands."""
        return self.take() if self.look().kind in kinds else None

    def skip(self, kinds: Collection[str]) -> None:
        """Consume tokens as long as they are of these kinds."""
        while self.look().kind in kinds:
            self.place += 1

    @property
    def is_at_end(self) -> bool:
        """Say whether nothing is left."""
        return self.look() is END
