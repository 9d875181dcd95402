"""What makes a mentorship impossible, as sentences. Pure.

Consent, order and the notice of three working days: ст. 351.8 ТК РФ (Федеральный закон от 09.11.2024 № 381-ФЗ).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import InvalidInput
from core.support.mentorship_tables import MentorshipKind
from core.support.working_days import after_working_days
from core.words.dates import day
from core.words.nouns import plural

NOTICE_DAYS = 3
LONGEST_YEARS = 5
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The facts of a mentorship. `names` are those by which people are shown; `mentees` maps to days of consent."""

    mentor: int
    mentees: Mapping[int, date | None]
    starts_on: date
    ends_on: date
    kind: MentorshipKind = MentorshipKind.TRADITIONAL
    is_main: bool = True
    mentor_consent_on: date | None = None
    order_number: str = ""
    order_on: date | None = None
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """Another mentorship: whose, of whom, from day to day (both included)."""

    mentor: int
    mentees: frozenset[int]
    starts_on: date
    ends_on: date
    is_main: bool = True

    def overlaps(self, pairing: Pairing) -> bool:
        """Say whether the two have a day in common."""
        return self.starts_on <= pairing.ends_on and pairing.starts_on <= self.ends_on


def plan_faults(pairing: Pairing, others: Iterable[Period], capacity: int | None = None) -> list[InvalidInput]:
    """Return what forbids even to plan the mentorship; `capacity` is how many mentees at a time the mentor takes."""
    others = list(others)
    faults = [*_people_faults(pairing), *_date_faults(pairing)]
    if not faults:
        faults = [*_main_faults(pairing, others), *_load_faults(pairing, others, capacity)]
    return faults


def start_faults(pairing: Pairing, today: date) -> list[InvalidInput]:
    """Return what forbids to start the mentorship that is planned: consents and the order."""
    faults: list[InvalidInput] = []
    people = {pairing.mentor: pairing.mentor_consent_on, **pairing.mentees}
    for person, consent_on in people.items():
        role = "наставника" if person == pairing.mentor else "наставляемого"
        name = pairing.names.get(person, "")
        if consent_on is None:
            faults.append(
                InvalidInput(
                    f"Нет письменного согласия {role} ({name}).".replace(" ()", ""),
                    "Получите согласие и впишите его дату: без него закреплять пару нельзя (ст. 351.8 ТК РФ).",
                )
            )
        elif consent_on > pairing.starts_on:
            faults.append(
                InvalidInput(
                    f"Согласие {role} дано {day(consent_on)}, позже начала {day(pairing.starts_on)}.",
                    "Исправьте дату согласия или начало.",
                )
            )
    return [*faults, *_order_faults(pairing), *_too_early(pairing, today)]


def end_faults(
    pairing: Pairing, ended_on: date, notice_on: date | None, reason: str, today: date
) -> list[InvalidInput]:
    """Return what forbids to end the mentorship early on that day after a notice of that day."""
    faults: list[InvalidInput] = []
    if not reason.strip():
        faults.append(InvalidInput("Не указана причина досрочного прекращения.", "Впишите причину."))
    if not pairing.starts_on <= ended_on <= pairing.ends_on:
        faults.append(
            InvalidInput(
                f"Досрочно прекратить можно с {day(pairing.starts_on)} по {day(pairing.ends_on)}, "
                f"а указано {day(ended_on)}.",
                "Исправьте дату.",
            )
        )
    if notice_on is None:
        faults.append(
            InvalidInput("Не указано, когда предупредили другую сторону.", "Впишите дату письменного предупреждения.")
        )
    elif notice_on > today:
        faults.append(InvalidInput(f"Предупреждение {day(notice_on)} ещё не сделано.", "Исправьте дату."))
    elif ended_on < (earliest := after_working_days(notice_on, NOTICE_DAYS)):
        faults.append(
            InvalidInput(
                f"Предупреждают не позднее чем за {plural(NOTICE_DAYS, 'рабочий день', 'рабочих дня', 'рабочих дней')}:"
                f" после предупреждения {day(notice_on)} прекратить можно не раньше {day(earliest)}.",
                "Исправьте дату прекращения (ст. 351.8 ТК РФ).",
            )
        )
    return faults


def _people_faults(pairing: Pairing) -> list[InvalidInput]:
    if not pairing.mentees:
        return [InvalidInput("Не выбран наставляемый.", "Выберите педагога, которому нужна помощь.")]
    if pairing.mentor in pairing.mentees:
        return [InvalidInput("Педагог не может быть наставником самому себе.", "Выберите другого наставника.")]
    is_group = pairing.kind is MentorshipKind.GROUP
    if len(pairing.mentees) > 1 and not is_group:
        return [
            InvalidInput(
                f"Наставляемых {len(pairing.mentees)}, а вид – «{pairing.kind.value}».",
                f"Выберите вид «{MentorshipKind.GROUP.value}» или оставьте одного наставляемого.",
            )
        ]
    if len(pairing.mentees) == 1 and is_group:
        return [
            InvalidInput(
                "В группе должно быть не меньше двух наставляемых.", "Добавьте наставляемых или выберите другой вид."
            )
        ]
    return []


def _date_faults(pairing: Pairing) -> list[InvalidInput]:
    starts, ends = pairing.starts_on, pairing.ends_on
    if starts.year not in _YEARS or ends.year not in _YEARS:
        return [InvalidInput("В датах наставничества опечатка в годе.", "Исправьте даты.")]
    if ends <= starts:
        return [
            InvalidInput(
                f"Наставничество кончается ({day(ends)}) не позже, чем начинается ({day(starts)}).", "Исправьте даты."
            )
        ]
    if ends.year - starts.year > LONGEST_YEARS:
        return [InvalidInput(f"Период длиннее {plural(LONGEST_YEARS, 'года', 'лет', 'лет')}.", "Исправьте даты.")]
    return []


def _main_faults(pairing: Pairing, others: Sequence[Period]) -> list[InvalidInput]:
    if not pairing.is_main:
        return []
    busy = [other for other in others if other.is_main and other.overlaps(pairing)]
    return [
        InvalidInput(
            f"У наставляемого {pairing.names.get(mentee, '')} уже есть основной наставник "
            f"с {day(other.starts_on)} по {day(other.ends_on)}.".replace("  ", " "),
            "Измените даты, снимите отметку «основной» или сначала закройте ту пару.",
        )
        for other in busy
        for mentee in pairing.mentees
        if mentee in other.mentees
    ]


def _load_faults(pairing: Pairing, others: Sequence[Period], capacity: int | None) -> list[InvalidInput]:
    if capacity is None:
        return []
    taken = {mentee for other in others if other.mentor == pairing.mentor and other.overlaps(pairing)
             for mentee in other.mentees}
    total = len(taken | set(pairing.mentees))
    if total <= capacity:
        return []
    return [
        InvalidInput(
            f"У наставника стало бы {plural(total, 'наставляемый', 'наставляемых', 'наставляемых')} одновременно, "
            f"а в базе наставников указано не больше {capacity}.",
            "Выберите другого наставника или измените его ресурс времени в базе наставников.",
        )
    ]


def _order_faults(pairing: Pairing) -> list[InvalidInput]:
    if not pairing.order_number.strip() or pairing.order_on is None:
        return [
            InvalidInput(
                "Нет приказа о закреплении.", "Впишите номер и дату приказа: без него наставничество не начинают."
            )
        ]
    if pairing.order_on > pairing.starts_on:
        return [
            InvalidInput(
                f"Приказ от {day(pairing.order_on)} позже начала {day(pairing.starts_on)}.",
                "Исправьте дату приказа или начало.",
            )
        ]
    return []


def _too_early(pairing: Pairing, today: date) -> list[InvalidInput]:
    if pairing.starts_on <= today:
        return []
    return [
        InvalidInput(
            f"Наставничество начинается {day(pairing.starts_on)}: этот день ещё не наступил.",
            "Начните его в этот день или измените дату.",
        )
    ]
