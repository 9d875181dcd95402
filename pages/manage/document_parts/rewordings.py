"""A difference of two wordings as Markdown: what went is struck through, what came is bold."""

from __future__ import annotations

from collections.abc import Sequence

from core.words.rewording import Change, Piece
from pages.widgets.texts import plain

_MARKS = {Change.KEPT: "", Change.REMOVED: "~~", Change.ADDED: "**"}


def as_markdown(pieces: Sequence[Piece]) -> str:
    r"""Return the difference for a place that reads Markdown; nothing in the texts is taken for it.

    >>> as_markdown([Piece(Change.KEPT, "было "), Piece(Change.REMOVED, "5"), Piece(Change.ADDED, "6*")])
    'было ~~5~~ **6\\***'
    """
    said: list[str] = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else piece
        if piece.change is Change.ADDED and before.change is Change.REMOVED and not before.text[-1:].isspace():
            said.append(" ")
        said.append(_marked(piece))
    return "".join(said)


def _marked(piece: Piece) -> str:
    """Return a piece with its mark around the words of each line, gaps outside of it."""
    mark = _MARKS[piece.change]
    lines = []
    for line in piece.text.split("\n"):
        words = line.strip()
        before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :] if words else ""
        lines.append(f"{before}{mark}{plain(words)}{mark}{after}" if words else line)
    return "\n\n".join(lines)
