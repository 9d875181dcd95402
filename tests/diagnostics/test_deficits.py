"""Corporate and personal deficits of a stored district: what is found, and who sees what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from core.diagnostics.confirmations import confirm_deficit, list_confirmations, withdraw_confirmation
from core.diagnostics.corporate import DeficitFilter, DeficitList, deficit_counts, shared_deficits
from core.diagnostics.groups import Group, GroupKind
from core.diagnostics.helpers import resource_teachers
from core.diagnostics.lines import LineKind
from core.diagnostics.personal import personal_deficits
from core.diagnostics.remark_tables import AttestationRemark
from core.diagnostics.rounds import list_rounds, load_round
from core.diagnostics.standing import Standing
from core.diagnostics.triangulating import triangulation
from core.diagnostics.wave_tables import WaveKind
from core.errors import InvalidInput, NotAllowed, NotFound
from core.intake.tables import Assessment, Upload
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_plan, class_row, simulated
from tests.diagnostics import viewers
from tests.diagnostics.stored_answers import MATHS, PHYSICS, District, add_wave, build_district

EVERYTHING = Scope.local_administrator()


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    return build_district(sqlite_engine)


def listed(district: District, scope: Scope, **wanted: object) -> DeficitList:
    with reading(district.engine) as session:
        return shared_deficits(session, scope, DeficitFilter(**wanted))  # type: ignore[arg-type]


def names(found: Iterable[object]) -> set[tuple[str, str]]:
    return {(one.group.name, one.line.name) for one in found}  # type: ignore[attr-defined]


def test_the_corporate_deficits_are_found_and_no_others(district: District):
    found = listed(district, EVERYTHING).of(Standing.CORPORATE)
    assert names(one for one in found if one.group.kind is GroupKind.SUBJECT) == {(MATHS, "Q1"), (PHYSICS, "Q2")}
    mathematics = next(one for one in found if one.group.name == MATHS)
    assert (mathematics.lacking, mathematics.asked) == (6, 11)
    assert mathematics.share == pytest.approx(6 / 11)
    assert mathematics.low < mathematics.share < mathematics.high
    physics = next(one for one in found if one.group.name == PHYSICS)
    assert (physics.lacking, physics.asked) == (6, 10)
    assert not [one for one in found if one.group.kind is GroupKind.WHOLE]


def test_a_school_is_judged_by_its_own_teachers(district: District):
    found = listed(district, EVERYTHING, school_id=district.units["школа 1"])
    standing = {(one.group.name, one.line.name): one.standing for one in found.found}
    assert standing[MATHS, "Q1"] is Standing.CORPORATE
    assert standing[PHYSICS, "Q2"] is Standing.FEW
    assert standing["ШМО математиков", "Q1"] is Standing.CORPORATE
    assert f"РМО {MATHS}" not in {group.name for group in found.groups}


def test_filters_choose_groups(district: District):
    found = listed(district, EVERYTHING, subjects=(MATHS,), associations=(district.associations[f"РМО {PHYSICS}"],))
    assert {group.name for group in found.groups} == {MATHS, f"РМО {PHYSICS}"}


def test_a_later_wave_of_the_round_counts_once_with_the_latest_answers(district: District):
    with writing(district.engine, "тест") as session:
        add_wave(session, district, WaveKind.ENTRY, date(2026, 10, 1), lambda subject, number: [3, 3, 3])
        add_wave(session, district, WaveKind.FINAL, date(2026, 11, 1), lambda subject, number: [1, 1, 1])
    with reading(district.engine) as session:
        rounds = list_rounds(session, EVERYTHING)
    assert [one.kind for one in rounds] == [WaveKind.FINAL, WaveKind.ENTRY]
    entry = listed(district, EVERYTHING, round_key=rounds[1].key)
    assert entry.of(Standing.FEW) == ()
    assert next(one for one in entry.found if one.group.name == MATHS).asked == 11
    assert len(listed(district, EVERYTHING).of(Standing.CORPORATE)) > 6


def test_a_round_that_does_not_exist_is_not_found(district: District):
    with pytest.raises(NotFound):
        listed(district, EVERYTHING, round_key="1-1999-входная")


def test_the_specialist_sees_shares_of_five_and_more_only(district: District):
    scope = viewers.specialist(district)
    for school in (None, *(district.units[f"школа {n}"] for n in (1, 2))):
        found = listed(district, scope, school_id=school)
        assert all(one.asked >= 5 for one in found.found)
    with pytest.raises(NotAllowed), reading(district.engine) as session:
        personal_deficits(session, scope)


def attack(district: District, scope: Scope) -> set[frozenset[str]]:
    """Return the sets of one to four teachers whose answers follow from everything that the person can be shown."""
    people = sorted(district.teachers)
    groups = set()
    for school in (None, *(district.units[f"школа {n}"] for n in (1, 2, 3))):
        try:
            shown = listed(district, scope, school_id=school)
        except NotFound:
            continue
        for one in shown.found:
            if one.line.name != "Q1":
                continue
            groups.add(tuple(members(district, people, one.group)))
    if not groups:
        return set()
    matrix = np.array(sorted(groups), dtype=float)
    left = np.eye(len(people)) - np.linalg.pinv(matrix) @ matrix
    found = set()
    for first in range(len(people)):
        for second in range(first, len(people)):
            wanted = np.zeros(len(people))
            wanted[[first, second]] = 1
            if np.allclose(left @ wanted, 0, atol=1e-8):
                found.add(frozenset({people[first], people[second]}))
    return found


def members(district: District, people: list[str], group) -> list[int]:
    """Return 1 for every teacher of the group, by what the test knows of the district."""
    flags = []
    for name in people:
        subject, place = name.split()
        in_school = group.school_id in (None, district.units[f"школа {place[0]}"])
        if group.association_id is None:
            flags.append(int(in_school and group.subject in ("", subject)))
        else:
            mine = [f"РМО {subject}", *(["ШМО математиков"] if (subject, place[0]) == (MATHS, "1") else [])]
            flags.append(int(group.association_id in {district.associations[one] for one in mine}))
    return flags


@pytest.mark.parametrize("viewer", [viewers.specialist, viewers.observer, viewers.school_methodist, viewers.teacher])
def test_nobody_is_found_by_subtraction(district: District, viewer):
    scope = viewer(district)
    assert not attack(district, scope)
    shown = listed(district, scope)
    assert shown.groups, "protection must not hide everything"


def test_the_attack_would_succeed_without_protection(district: District):
    assert attack(district, EVERYTHING)


def test_a_teacher_sees_own_deficits_and_nobody_elses(district: District):
    scope = viewers.teacher(district)
    with reading(district.engine) as session:
        found = personal_deficits(session, scope).teachers
    assert [one.name for one in found] == [f"Учитель {MATHS} 1/1"]
    assert found[0].is_own
    assert [one.line.name for one in found[0].hard] == ["Q1"]
    assert found[0].items[0].level == "Необходима помощь"
    shown = listed(district, scope)
    assert {group.kind for group in shown.groups} == {GroupKind.ASSOCIATION}
    assert all(one.asked >= 5 for one in shown.found)


def test_a_mentor_sees_only_their_own(district: District):
    scope = viewers.mentor(district)
    with reading(district.engine) as session:
        assert [one.name for one in personal_deficits(session, scope).teachers] == [f"Учитель {MATHS} 1/5"]
    with pytest.raises(NotAllowed):
        listed(district, scope)


def test_a_head_sees_the_association_and_a_director_the_school(district: District):
    with reading(district.engine) as session:
        led = personal_deficits(session, viewers.head(district)).teachers
    assert {one.name for one in led} == {f"Учитель {MATHS} 1/{n}" for n in range(6)}
    with reading(district.engine) as session:
        own = personal_deficits(session, viewers.director(district)).teachers
    assert len(own) == 8
    assert {one.organisation for one in own} == {"школа 1"}
    small = listed(district, viewers.director(district, "школа 3"))
    assert {(one.group.name, one.asked) for one in small.found if one.line.name == "Q2"} >= {(PHYSICS, 1)}


def test_an_observer_and_a_methodist_of_the_school_see_no_single_person(district: District):
    for scope in (viewers.observer(district), viewers.school_methodist(district)):
        with pytest.raises(NotAllowed), reading(district.engine) as session:
            personal_deficits(session, scope)


def test_levels_of_a_part_come_from_the_instruments_borders(district: District):
    with reading(district.engine) as session:
        one = personal_deficits(session, viewers.teacher(district)).teachers[0]
    # (1 − 1 + 3 − 1 + 3 − 1) / 9 points = 44 %: above 40 %.
    assert one.share == pytest.approx(4 / 9)
    assert (one.level, one.sections[0].level) == ("средний", "средний")


def test_resource_teachers_are_named_with_consent_only(district: District):
    with reading(district.engine) as session:
        found = resource_teachers(session, viewers.specialist(district)).found
    mathematics = next(one for one in found if one.deficit.group.name == MATHS)
    assert [one.name for one in mathematics.teachers] == [f"Учитель {MATHS} 1/4", f"Учитель {MATHS} 2/4"]
    # 3/0 … of the eleven five could help, two of them agreed.
    assert mathematics.unnamed == 3


def confirm(district: District, scope: Scope, **values: object) -> int:
    given = {
        "subject": MATHS, "confirmed_on": date(2026, 10, 12), "protocol": "3", "item_id": district.items[2], **values,
    }
    with writing(district.engine, "тест") as session:
        return confirm_deficit(session, scope, district.associations[f"РМО {MATHS}"], **given)  # type: ignore[arg-type]


def test_teachers_of_a_subject_who_are_an_association_are_told_of_once(district: District):
    found = listed(district, EVERYTHING)
    groups = {one.group.name for one in found.of(Standing.NONE)}
    once = {one.group.name for one in found.told_once(Standing.NONE)}
    assert MATHS in groups and len(once) > 1
    assert once == {name for name in groups if name not in (MATHS, PHYSICS)}


def test_a_discussion_makes_a_deficit_corporate_and_can_be_taken_back(district: District):
    number = confirm(district, EVERYTHING)
    found = listed(district, EVERYTHING)
    third = next(one for one in found.found if (one.group.name, one.line.name) == (MATHS, "Q3"))
    assert third.is_corporate
    assert third.confirmed is not None
    assert "12.10.2026, протокол № 3" in third.confirmed.words
    school = listed(district, EVERYTHING, school_id=district.units["школа 2"])
    assert next(one for one in school.found if (one.group.name, one.line.name) == (MATHS, "Q3")).is_corporate
    with writing(district.engine, "тест") as session:
        withdraw_confirmation(session, EVERYTHING, number)
    with reading(district.engine) as session:
        assert list_confirmations(session, EVERYTHING) == ()


def test_a_confirmation_of_one_school_does_not_speak_for_the_district(district: District):
    with writing(district.engine, "тест") as session:
        confirm_deficit(
            session, EVERYTHING, district.associations["ШМО математиков"], subject=MATHS,
            confirmed_on=date(2026, 10, 12), protocol="1", item_id=district.items[2],
        )
    standing = {(one.group.name, one.line.name): one.standing for one in listed(district, EVERYTHING).found}
    assert standing[MATHS, "Q3"] is Standing.NONE
    assert standing["ШМО математиков", "Q3"] is Standing.CORPORATE


def test_deficits_of_a_school_with_its_own_association_are_counted_beside_confirmations(district: District):
    confirm(district, EVERYTHING)
    school = district.units["школа 1"]
    with reading(district.engine) as session:
        loaded = [load_round(session, EVERYTHING, one) for one in list_rounds(session, EVERYTHING)]
        counted = deficit_counts(session, EVERYTHING, loaded, [school])
    found = listed(district, EVERYTHING, school_id=school)
    assert counted[school].shared == len([one for one in found.found if one.standing >= Standing.POSSIBLE])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"protocol": " "}, "номер протокола"),
        ({"confirmed_on": date(2126, 1, 1)}, "ещё не состоялось"),
        ({"item_id": None}, "что подтверждается"),
        ({"remark": "а" * 2001}, "2000"),
    ],
)
def test_a_confirmation_needs_minutes_of_a_meeting_that_was(district: District, values, words):
    with pytest.raises(InvalidInput) as refusal:
        confirm(district, EVERYTHING, **values)
    assert words in refusal.value.message


def test_the_same_thing_is_confirmed_once(district: District):
    confirm(district, EVERYTHING)
    with pytest.raises(InvalidInput):
        confirm(district, EVERYTHING)


def test_who_does_not_lead_the_association_cannot_confirm(district: District):
    with pytest.raises(NotAllowed):
        confirm(district, viewers.teacher(district))
    with pytest.raises(NotFound):
        confirm(district, viewers.head(district))


def add_pupils(district: District) -> None:
    """Store a work in mathematics in which «дроби» fail in school 1."""
    with writing(district.engine, "тест") as session:
        plan = add_plan(session)
        work = Assessment(
            procedure="ВПР", subject=MATHS, grade=6, year=2026, item_codes=[str(n + 1) for n in range(6)],
            item_maxima=[1, 2, 1, 1, 1, 2], item_levels=["Б"] * 5 + ["П"], items_key="k", blueprint_id=plan,
        )
        upload = Upload(file_name="впр.xlsx", sha256="1", layout="tidy")
        session.add_all((work, upload))
        session.flush()
        scores = simulated(40, 1, untaught=(0, 1))
        session.add(class_row(scores, "А", district.units["школа 1"], work.id or 0, upload.id or 0))


def test_the_matrix_brings_pupils_teachers_and_experts_together(district: District):
    add_pupils(district)
    with writing(district.engine, "тест") as session:
        session.add(
            AttestationRemark(
                organisation_id=district.units["школа 1"], teacher_id=district.teachers[f"{MATHS} 1/0"],
                subject=MATHS, element="дроби", text="Нет работы над ошибками.", remarked_on=date(2026, 10, 1),
            )
        )
    with reading(district.engine) as session:
        rows = triangulation(session, viewers.specialist(district))
    first = rows[0]
    assert (first.subject, first.element) == (MATHS, "дроби")
    assert first.pupils[0].status.is_below
    assert first.pupils[0].n == 40
    assert first.pupils[0].low < first.pupils[0].facility < first.pupils[0].high
    assert (first.teachers[0].lacking, first.teachers[0].asked) == (6, 11)
    assert len(first.remarks) == 1
    assert "Нет работы" not in first.remarks[0].text
    assert len(first.signals) == 3
    force = next(row for row in rows if row.element == "сила")
    assert not force.pupils
    assert force.teachers
    assert "загрузите работу" in force.advice
    with reading(district.engine) as session:
        own = triangulation(session, viewers.director(district))
    assert own[0].remarks[0].text == "Нет работы над ошибками."


def test_small_groups_are_hidden_in_the_matrix_too(district: District):
    scope = viewers.specialist(district)
    with reading(district.engine) as session:
        rows = triangulation(session, scope, school_id=district.units["школа 3"])
    force = next(row for row in rows if row.element == "сила")
    assert not force.teachers
    assert force.is_hidden


def test_what_was_only_discussed_stands_in_the_matrix_without_a_share(district: District):
    confirm(district, EVERYTHING, item_id=None, element="проценты")
    with reading(district.engine) as session:
        rows = triangulation(session, EVERYTHING, (MATHS,))
    row = next(row for row in rows if row.element == "проценты")
    assert row.teachers[0].standing is Standing.CORPORATE
    assert np.isnan(row.teachers[0].share)
    assert "протокол № 3" in row.teachers[0].confirmed


def test_an_empty_store_has_nothing_and_does_not_fail(sqlite_engine: Engine):
    with reading(sqlite_engine) as session:
        assert shared_deficits(session, EVERYTHING).round is None
        assert personal_deficits(session, EVERYTHING).teachers == ()
        assert resource_teachers(session, EVERYTHING).found == ()
        assert triangulation(session, EVERYTHING) == ()


def test_parts_and_competences_are_listed_too(district: District):
    for kind, count in ((LineKind.SECTION, 1), (LineKind.COMPETENCE, 3)):
        found = listed(district, EVERYTHING, kind=kind)
        assert len({one.line.key for one in found.found}) == count


@pytest.mark.parametrize(("count", "said"), [(1, "1 группа скрыта: в ней"), (4, "4 группы скрыты: в них"), (0, "")])
def test_hidden_groups_are_counted_in_good_russian(count: int, said: str):
    hidden = tuple(Group(GroupKind.SUBJECT, f"Предмет {place}", ()) for place in range(count))
    words = DeficitList(None, (), (), (Group(GroupKind.WHOLE, "Все предметы", ()), *hidden)).hidden_words
    assert words.replace("\u00a0", " ").startswith(said) and bool(words) == bool(said)
