"""What a teacher answered, in words: the packed answers of a response for the person's right to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlmodel import Session, SQLModel

from core.diagnostics.answers import NO_ANSWER
from core.diagnostics.loading import wave_answers
from core.diagnostics.wave_tables import DiagnosticWave, Response
from core.people.person_tables import TOLD
from core.words import day


def answers_in_words(session: Session, row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give (field, value) for a row of responses: the wave, then each question with its answer or points."""
    response = session.get(Response, row["id"])
    wave = session.get(DiagnosticWave, response.wave_id) if response is not None else None
    if response is None or wave is None:
        return
    told = wave_answers(session, wave, [response])
    name = ", ".join(part for part in (told.instrument.name, wave.title, f"{wave.kind.value} волна") if part)
    yield "анкета или тест", f"{name}, {day(wave.held_on)}"
    words = {answer.score: answer.text for answer in told.instrument.answers}
    for place, (item, score) in enumerate(zip(told.items, told.scores[0].tolist(), strict=True), start=1):
        given = "нет ответа" if score == NO_ANSWER else words.get(score, f"{score} из {item.maximum}")
        yield f"вопрос {place}: {item.text}", given


SQLModel.metadata.tables["response"].columns["answers"].info[TOLD] = answers_in_words
