"""The federal chain of a management mechanism as a self-check: which links are there, which are empty.

Order of the links: methodical recommendations of ФИОКО on motivating monitorings of management mechanisms (цели →
показатели → методы сбора → мониторинг → анализ → адресные рекомендации → меры → управленческие решения → анализ
эффективности).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.cycle.derived import Marks
from core.cycle.marks import Mark
from core.cycle.overview import StageState, stage_state
from core.cycle.records import Derived


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: its name, what it stands on, and where it is filled."""

    name: str
    about: str
    stands_on: tuple[Derived, ...]
    screen: str


CHAIN = (
    Link("Цели", "Зачем работает система: цель записана в дорожной карте года.", (Derived.GOALS_SET,), "roadmaps"),
    Link("Показатели", "По чему видно, что цель достигнута: план на год.", (Derived.INDICATORS_SET,), "indicators"),
    Link(
        "Методы сбора информации", "Чем измеряем: планы работ, анкеты и тесты.",
        (Derived.PLANS_ATTACHED, Derived.SURVEYS_UPLOADED), "blueprints",
    ),
    Link(
        "Мониторинг", "Данные собраны: результаты работ и значения показателей.",
        (Derived.WORKS_UPLOADED, Derived.VALUES_ENTERED), "upload",
    ),
    Link(
        "Анализ", "Что из этого следует: проблемные поля и дефициты педагогов.",
        (Derived.FIELDS_CONFIRMED, Derived.DEFICITS_COLLECTED), "problem-fields",
    ),
    Link(
        "Адресные рекомендации", "Кому, что и на каком основании.", (Derived.RECOMMENDATIONS_SENT,), "recommendations"
    ),
    Link(
        "Меры, мероприятия", "Что делается: карта утверждена, педагогам помогают.",
        (Derived.ROADMAP_APPROVED, Derived.MENTORSHIP_ACTIVE, Derived.COURSES_PLANNED), "roadmaps",
    ),
    Link("Управленческие решения", "Что решено: заседания и их протоколы.", (Derived.MEETING_HELD,), "meeting"),
    Link(
        "Анализ эффективности принятых мер",
        "Что изменилось: мероприятия выполнены, ответы получены, значения приняты.",
        (Derived.MEASURES_DONE, Derived.RECOMMENDATIONS_ANSWERED, Derived.VALUES_ACCEPTED), "indicators",
    ),
)


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link with the marks that it stands on."""

    link: Link
    state: StageState
    marks: tuple[Mark, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing of the link is there."""
        return self.state is StageState.NOT_STARTED

    @property
    def words(self) -> tuple[str, ...]:
        """Return the numbers of what is there."""
        return tuple(mark.words for mark in self.marks if mark.words)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing, as sentences."""
        return tuple(dict.fromkeys(mark.missing for mark in self.marks if mark.missing))


def self_check(marks: Marks) -> tuple[CheckedLink, ...]:
    """Return the links of the chain in their order."""
    checked = []
    for link in CHAIN:
        found = tuple(marks[one] for one in link.stands_on)
        checked.append(CheckedLink(link, stage_state(found), found))
    return tuple(checked)
