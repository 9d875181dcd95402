"""Which instrument the questions of a file belong to; what a new one takes over from those that are known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from core.diagnostics.contract import InstrumentView, ItemView
from core.diagnostics.instrument_tables import InstrumentKind
from core.diagnostics.preview import ChosenInstrument, NewItem
from core.diagnostics.reading.mapping import AskedItem, SurveyMapping
from core.diagnostics.reading.scales import scores_of
from core.diagnostics.reading.texts import question_key


def choose_instrument(
    mapping: SurveyMapping, known: Sequence[InstrumentView], name: str, chosen_id: int | None = None
) -> ChosenInstrument | None:
    """Return the instrument of the questions; None when the one that the user chose asks something else.

    `known` are the instruments that the user may read, the nearest owner first. Without a choice an instrument fits
    when it has all the questions by their texts and the same scale; a test, when numbers and maxima are the same.
    """
    if chosen_id is not None:
        view = next((one for one in known if one.id == chosen_id), None)
        ids = _fitting_items(mapping, view, by_place=True) if view is not None else None
        return ChosenInstrument(view, view.name, ids) if view is not None and ids is not None else None
    for view in known:
        ids = _fitting_items(mapping, view)
        if ids is not None:
            return ChosenInstrument(view, view.name, ids)
    return _new_instrument(mapping, known, name)


def _fitting_items(mapping: SurveyMapping, view: InstrumentView, *, by_place: bool = False) -> tuple[int, ...] | None:
    """Return the id of the item for each column, None when the instrument does not fit.

    `by_place`: the user chose the instrument, so as many questions in another wording are taken in their order.
    """
    if scores_of(mapping.answers) != scores_of(view.answers):
        return None
    found = _by_number(mapping, view) if view.kind is not InstrumentKind.QUESTIONNAIRE else _by_text(mapping, view)
    if found is None and by_place and len(mapping.items) == len(view.items):
        found = tuple(item.id for item in view.items)
    return found


def _by_text(mapping: SurveyMapping, view: InstrumentView) -> tuple[int, ...] | None:
    by_key: dict[str, list[int]] = {}
    for item in view.items:
        by_key.setdefault(question_key(item.text), []).append(item.id)
    ids: list[int] = []
    for asked in mapping.items:
        found = by_key.get(question_key(asked.text)) or by_key.get(question_key(_without_section(asked)))
        if found is None or len(found) != 1:
            return None
        ids.append(found[0])
    return tuple(ids) if len(set(ids)) == len(ids) else None


def _by_number(mapping: SurveyMapping, view: InstrumentView) -> tuple[int, ...] | None:
    """Return the items of a test with the same numbers and maxima; an unknown maximum fits any."""
    by_code = {item.code: item for item in view.items}
    if {asked.code for asked in mapping.items} != by_code.keys():
        return None
    if any(asked.maximum not in (None, by_code[asked.code].maximum) for asked in mapping.items):
        return None
    return tuple(by_code[asked.code].id for asked in mapping.items)


def _without_section(asked: AskedItem) -> str:
    """Return the question without the section's name before it: «Раздел: вопрос», «Раздел [вопрос]»."""
    place = asked.text.find(asked.section) if asked.section else -1
    return asked.text if place < 0 else asked.text[place + len(asked.section) :].lstrip(" .:")


def _new_instrument(mapping: SurveyMapping, known: Sequence[InstrumentView], name: str) -> ChosenInstrument:
    like = _likest(mapping, known)
    competences = _competences(like.items) if like is not None else {}
    highest = max((answer.score for answer in mapping.answers), default=0)
    places: Counter[str] = Counter()
    items: list[NewItem] = []
    for place, asked in enumerate(mapping.items, start=1):
        section = question_key(asked.section)
        places[section] += 1
        competence = competences.get((section, places[section]), competences.get((section, 0)))
        items.append(
            NewItem(
                code=str(place) if mapping.answers else asked.code, text=asked.text, section=asked.section,
                maximum=highest if mapping.answers else asked.maximum or 1, competence_id=competence,
            )
        )
    return ChosenInstrument(None, name, items=tuple(items), like=like)


def _likest(mapping: SurveyMapping, known: Sequence[InstrumentView]) -> InstrumentView | None:
    """Return the instrument with the same scale and most of the same sections; None when none has the scale."""
    if not mapping.answers:
        return None
    sections = {question_key(asked.section) for asked in mapping.items if asked.section}
    scores = scores_of(mapping.answers)

    def shared(view: InstrumentView) -> int:
        return len(sections & {question_key(item.section) for item in view.items})

    return max((view for view in known if scores_of(view.answers) == scores), key=shared, default=None)


def _competences(items: Sequence[ItemView]) -> Mapping[tuple[str, int], int]:
    """Return the competence by section and place in it; place 0 holds the commonest of the section."""
    found: dict[tuple[str, int], int] = {}
    counted: dict[str, Counter[int]] = {}
    places: Counter[str] = Counter()
    for item in items:
        section = question_key(item.section)
        places[section] += 1
        if item.competence is not None:
            found[section, places[section]] = item.competence.id
            counted.setdefault(section, Counter())[item.competence.id] += 1
    return found | {(section, 0): count.most_common(1)[0][0] for section, count in counted.items()}
