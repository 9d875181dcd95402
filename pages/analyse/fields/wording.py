"""Words of the screen: what was found, how far it reaches, what the whole list says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.analysis.elements import Kind
from core.analysis.fields import Reach, WeakSpot
from core.analysis.problem_fields import FoundField, WorkHeader
from core.analysis.status import Status
from core.analysis.work import UnitLevel
from core.charts.palette import WEAK_SPOT_SIGN, status_words
from core.people.short_names import short_name
from core.words import number, percent, plural
from pages.analyse.fields.choice import Choice, Where, listed

_COUNTED = {
    Kind.ELEMENT: ("элемента содержания", "элементов содержания"),
    Kind.TASK_TYPE: ("типа заданий", "типов заданий"),
    Kind.LEVEL: ("уровня сложности", "уровней сложности"),
    Kind.ITEM: ("задания", "заданий"),
}
_AT = {
    UnitLevel.REGION: "по региону в целом",
    UnitLevel.MUNICIPALITY: "по муниципалитету в целом",
    UnitLevel.SCHOOL: "в отдельных школах",
    UnitLevel.CLASS: "в отдельных классах",
}


def finding_words(one: FoundField) -> str:
    """Return sign and words of what was found: «▼▼ достоверно ниже ◄ слабое место»."""
    field = one.field
    parts = [status_words(field.status)] if field.status.is_below else []
    if field.weak_spot is not WeakSpot.NONE:
        parts.append(f"{WEAK_SPOT_SIGN} {field.weak_spot.value}")
    return " ".join(parts)


def finding_sign(one: FoundField) -> str:
    """Return the same, short: «▼▼ достоверно ниже ◄»."""
    field = one.field
    if not field.status.is_below:
        return f"{WEAK_SPOT_SIGN} {field.weak_spot.value}"
    return status_words(field.status) + (f" {WEAK_SPOT_SIGN}" if field.weak_spot is not WeakSpot.NONE else "")


def field_address(one: FoundField) -> str:
    """Return the field as the address holds it: «22|organisation:3|element|площадь и периметр»."""
    return "|".join((str(one.work.assessment_id), one.field.unit.key, one.field.kind.value, one.field.key))


def short_share(one: FoundField) -> str:
    """Return the field's facility with interval and participants, short: «47 % (43–52), n 261»."""
    field = one.field
    limits = f"{number(100 * field.low)}–{number(100 * field.high)}"
    return f"{percent(field.facility, 0)} ({limits}), n {number(field.participants)}"


def reach_short(one: FoundField) -> str:
    """Return how widely the field is spread, short: «системное 5/6»."""
    field = one.field
    return f"{field.reach.words} {field.failing_classes}/{field.classes}" if field.classes > 1 else field.reach.words


def reach_words(one: FoundField) -> str:
    """Return how widely the field is spread: «системное: 5 из 6 классов»."""
    field = one.field
    if field.classes < 2:
        return field.reach.words
    classes = plural(field.classes, "класса", "классов", "классов")
    return f"{field.reach.words}: {number(field.failing_classes)} из {classes}"


def unit_words(one: FoundField) -> str:
    """Return the unit's name, a class with its school: «4А, Средняя школа № 2»."""
    unit = one.field.unit
    return f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name)


def work_words(work: WorkHeader, works: Iterable[WorkHeader]) -> str:
    """Return what tells the work from the others of the list: «Математика 4», with what else differs."""
    others = tuple(works)
    parts = [work.subject] if work.grade is None else [f"{work.subject} {work.grade}"]
    if len({one.procedure for one in others}) > 1:
        parts.append(work.procedure)
    if len({one.year for one in others}) > 1:
        parts.append(str(work.year))
    return ", ".join(parts)


def summary_words(choice: Choice) -> str:
    """Return the sentence above the list: how many keys were examined, how many are surely below, where, how widely."""
    examined = sum(work.keys for work in choice.works)
    subject = f"Из {number(examined)} {_examined_words(choice, examined)}"
    sure = [one for one in choice.found if one.field.status is Status.SURELY_BELOW]
    if not sure:
        likely = len({_key(one) for one in choice.found if one.field.status.is_below})
        tail = f", вероятно ниже — {number(likely)}" if likely else ""
        return f"{subject} достоверно ниже порога нет ни одного{tail}."
    once = listed(sure, Where.ONCE, choice.show)
    counts = {level: len({_key(one) for one in once if one.field.unit.level is level}) for level in reversed(UnitLevel)}
    words = dict(_AT)
    if len({one.field.unit.organisation_id for one in choice.found}) == 1:
        words[UnitLevel.SCHOOL] = "по школе в целом"
    places = [f"{words[level]} — {number(count)}" for level, count in counts.items() if count]
    return f"{subject} достоверно ниже порога {number(len({_key(one) for one in sure}))}: {', '.join(places)}."


def _examined_words(choice: Choice, examined: int) -> str:
    """Return «элементов содержания в 10 работах»; works without a plan are examined by item."""
    place = 0 if _ends_in_one(examined) else 1
    planned = [work for work in choice.works if work.has_plan]
    counted = _COUNTED[choice.kind if planned or choice.kind is not Kind.ELEMENT else Kind.ITEM][place]
    if planned and len(planned) < len(choice.works) and choice.kind is Kind.ELEMENT:
        counted += " (в работах без плана — заданий)"
    return f"{counted} в {plural(len(choice.works), 'работе', 'работах', 'работах')}"


def key_words(one: FoundField) -> str:
    """Return what the field is called; an item of a work without a plan is «задание 7»."""
    return f"задание {one.field.key}" if one.field.kind is Kind.ITEM else one.field.key


def spread_words(fields: Sequence[FoundField]) -> str:
    """Return how many of the listed fields are systemic, repeat, and await a decision; "" when nothing is listed."""
    if not fields:
        return ""
    systemic = sum(one.field.reach is Reach.SYSTEMIC for one in fields)
    repeated = sum(bool(one.field.repeats) for one in fields)
    waiting = sum(one.review is None for one in fields)
    return (
        f"В списке {plural(len(fields), 'поле', 'поля', 'полей')}: системных — {number(systemic)}, "
        f"повторяются с прошлых лет — {number(repeated)}, ждут решения — {number(waiting)}."
    )


def _key(one: FoundField) -> tuple[int, Kind, str]:
    return one.work.assessment_id, one.field.kind, one.field.key


def _ends_in_one(count: int) -> bool:
    return count % 10 == 1 and count % 100 != 11
