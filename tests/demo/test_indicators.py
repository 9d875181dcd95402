"""The automatic indicators of the demo equal a recomputation by hand from the exported tables, school by school.

Nothing of the calculations is used here: rows come by SELECT *, packed columns are unpacked anew, every rule of the
passports is written down a second time. Two things are taken as the screens show them: the last day of a deadline in
human words, and which problem fields a work has.
"""

import json
import zlib
from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from sqlalchemy import text
from sqlmodel import Session

from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import measured_work
from core.monitoring.automatic.computing import compute
from core.monitoring.automatic.registry import automatic_keys
from core.monitoring.reference import load_passports
from core.monitoring.scorecard import scorecard
from core.people.scope import Scope
from core.planning.measures import view_roadmap
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
TODAY = date(2026, 11, 22)
YEARS = (2024, 2025, 2026)
RUNNING = 2027


class Export:
    """All tables as lists of rows, live ones only, and the days of a reporting year."""

    def __init__(self, session: Session, year: int) -> None:
        self.session, self.year = session, year
        self.since, self.until = f"{year - 1}-09-01", min(f"{year}-08-31", str(TODAY))
        self.day = min(f"{year}-05-01", str(TODAY))

    def __getitem__(self, table: str) -> list[dict]:
        rows = [dict(row) for row in self.session.execute(text(f"SELECT * FROM {table}")).mappings()]
        return [row for row in rows if row.get("deleted_at") is None]

    def within(self, day) -> bool:
        return day is not None and self.since <= str(day)[:10] <= self.until

    @property
    def schools(self) -> list[int]:
        return [row["id"] for row in self["organisation"] if row["kind"] == "SCHOOL"]

    def staff(self) -> dict[int, set[int]]:
        found = {school: set() for school in self.schools}
        for row in self["employment"]:
            if (row["hired_on"] or "") <= self.day and (row["left_on"] or "9999") > self.day:
                found[row["organisation_id"]].add(row["teacher_id"])
        return found

    def years_of(self, teacher: dict, day: str) -> int:
        since = teacher["experience_on"]
        return teacher["experience_years"] + int(day[:4]) - int(since[:4]) - (day[5:] < since[5:])

    def young(self) -> dict[int, set[int]]:
        young = {row["id"] for row in self["teacher"] if self.years_of(row, self.day) <= 3}
        return {school: people & young for school, people in self.staff().items()}

    def works(self, *procedures: str) -> list[tuple[dict, dict]]:
        by_id = {row["id"]: row for row in self["assessment"] if row["year"] == self.year}
        return [
            (by_id[row["assessment_id"]], row)
            for row in self["class_work"]
            if row["assessment_id"] in by_id and row["replaced_by"] is None and row["participants"]
            and (not procedures or by_id[row["assessment_id"]]["procedure"] in procedures)
        ]


def _of_staff(export: Export, people: set[int]) -> dict[int, tuple[float, float]]:
    return {school: (len(people & staff), len(staff)) for school, staff in export.staff().items()}


def _grouped(rows, part, organisation="organisation_id") -> dict[int, tuple[float, float]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        found[row[organisation]][0] += bool(part(row))
        found[row[organisation]][1] += 1
    return {key: tuple(counts) for key, counts in found.items()}


def _numbers(rows, organisation="organisation_id") -> dict[int, tuple[float, float]]:
    return {key: (all_of, 0) for key, (_part, all_of) in _grouped(rows, bool, organisation).items()}


def _diagnosed(export: Export) -> dict[int, list[dict]]:
    """Return for every teacher what each wave of the year said of them."""
    blocks = {row["id"]: row["block"] for row in export["competence"]}
    items = {row["id"]: row for row in export["instrument_item"]}
    found = defaultdict(list)
    for wave in export["diagnostic_wave"]:
        if not export.within(wave["held_on"]):
            continue
        asked = [items[key] for key in json.loads(wave["item_ids"])]
        scale = [row for row in export["instrument_answer"] if row["instrument_id"] == wave["instrument_id"]]
        levels = [row for row in export["instrument_level"] if row["instrument_id"] == wave["instrument_id"]]
        bad = {row["score"] for row in scale if row["is_deficit"]}
        lowest = min((row["score"] for row in scale), default=0)
        border = min((row["from_share"] for row in levels if not row["is_deficit"]), default=0)
        border = border if any(row["is_deficit"] for row in levels) else 0
        for row in export["response"]:
            if row["wave_id"] != wave["id"] or row["teacher_id"] is None:
                continue
            given = [(item, score) for item, score in zip(asked, np.frombuffer(row["answers"], np.int8), strict=True)
                     if score != -1]
            share = sum(score - lowest for _item, score in given) / sum(item["maximum"] - lowest for item, _s in given)
            hard = [
                item for item, score in given
                if (score in bad if scale else (score - lowest) / (item["maximum"] - lowest) < border - 1e-9)
            ]
            level = max((one["from_share"] for one in levels if share >= one["from_share"] - 1e-9), default=share)
            found[row["teacher_id"]].append({
                "instrument": wave["instrument_id"], "held_on": wave["held_on"], "hard": bool(hard), "level": level,
                "blocks": {blocks.get(item["competence_id"]) for item in hard},
            })
    return found


def _with_deficit(export: Export, counts) -> dict[int, tuple[float, float]]:
    found = _diagnosed(export)
    people = {teacher for teacher, answers in found.items() if any(counts(one) for one in answers)}
    return {school: (len(people & staff), len(found.keys() & staff)) for school, staff in export.staff().items()}


def _risen(export: Export) -> dict[int, tuple[float, float]]:
    twice, risen = set(), set()
    for teacher, answers in _diagnosed(export).items():
        for instrument in {one["instrument"] for one in answers}:
            waves = sorted((one for one in answers if one["instrument"] == instrument), key=lambda one: one["held_on"])
            if waves[0]["held_on"] < waves[-1]["held_on"]:
                twice.add(teacher)
                if waves[-1]["level"] > waves[0]["level"]:
                    risen.add(teacher)
    return {school: (len(risen & staff), len(twice & staff)) for school, staff in export.staff().items()}


def _routes(export: Export) -> dict[int, tuple[float, float]]:
    return _of_staff(export, {
        row["teacher_id"] for row in export["individual_route"]
        if row["state"] in ("APPROVED", "FINISHED") and row["starts_on"] <= export.until
        and row["ends_on"] >= export.since
    })


def _courses(export: Export, since: str, until: str, *, open_left: bool) -> dict[int, tuple[float, float]]:
    return _of_staff(export, {
        row["teacher_id"] for row in export["course_enrolment"]
        if row["state"] == "FINISHED" and row["ends_on"]
        and (since < row["ends_on"] if open_left else since <= row["ends_on"]) and row["ends_on"] <= until
    })


def _addressed(export: Export) -> dict[int, tuple[float, float]]:
    register = {row["id"] for row in export["course"] if row["in_federal_register"]}
    sent = [row for row in export["course_enrolment"]
            if row["state"] in ("APPROVED", "STUDYING", "FINISHED", "DROPPED") and export.within(row["starts_on"])]
    return _grouped(sent, lambda row: row["competence_id"] is not None or row["course_id"] in register)


def _feedback(export: Export) -> dict[int, tuple[float, float]]:
    rows = [row for row in export["event_feedback"] if export.within(row["filled_on"])]
    rows += [row for row in export["course_feedback"]
             if row["is_exit"] and row["satisfaction"] is not None and export.within(row["filled_on"])]
    return _grouped(rows, lambda row: row["satisfaction"] >= 4)


def _answers(export: Export, side: str) -> dict[int, tuple[float, float]]:
    rows = [row for row in export["mentorship_answer"]
            if row["side"] == side and row["moment"] == "AFTER" and export.within(row["filled_on"])]
    return _grouped(rows, lambda row: json.loads(row["answers"])["satisfaction"] >= 7)


def _pairs(export: Export) -> list[dict]:
    return [
        row for row in export["mentorship"]
        if row["state"] != "PREPARED" and row["order_number"] and row["order_on"] and row["starts_on"] <= export.day
        and (row["ended_on"] or row["ends_on"]) >= export.day
    ]


def _of_young(export: Export, people: set[int]) -> dict[int, tuple[float, float]]:
    return {school: (len(people & young), len(young)) for school, young in export.young().items()}


def _with_mentor(export: Export) -> dict[int, tuple[float, float]]:
    running = {row["id"] for row in _pairs(export)}
    return _of_young(export, {
        row["teacher_id"] for row in export["mentorship_mentee"] if row["mentorship_id"] in running
    })


def _programmes(export: Export) -> dict[int, tuple[float, float]]:
    due = [row for row in export["mentorship"] if row["state"] != "PREPARED" and export.within(row["ends_on"])]
    return _grouped(due, lambda row: row["state"] == "FINISHED")


def _stayed(export: Export) -> dict[int, tuple[float, float]]:
    first = int(export.day[:4]) - (int(export.day[5:7]) < 9) - 3
    teachers = {row["id"]: row for row in export["teacher"]}
    found = {}
    for school, staff in export.staff().items():
        came = {
            row["teacher_id"] for row in export["employment"]
            if row["organisation_id"] == school and row["hired_on"]
            and f"{first}-09-01" <= row["hired_on"] <= f"{first + 1}-08-31"
            and max(0, export.years_of(teachers[row["teacher_id"]], row["hired_on"])) <= 3
        }
        found[school] = (len(came & staff), len(came))
    return found


def _taking_part(export: Export) -> dict[int, tuple[float, float]]:
    contests = {row["id"] for row in export["contest"] if export.since <= row["held_on"] <= export.day}
    people = {row["teacher_id"] for row in export["contest_entry"] if row["contest_id"] in contests}
    communities = {row["id"] for row in export["association"] if row["kind"] in ("YOUNG_COUNCIL", "NETWORK",
                                                                                "SUBJECT_CLUB")}
    people |= {
        row["teacher_id"] for row in export["association_member"]
        if row["association_id"] in communities and row["valid_from"] <= export.day
        and (row["valid_to"] or "9999") > export.day
    }
    return _of_young(export, people)


def _members(export: Export) -> dict[int, tuple[float, float]]:
    return _of_staff(export, {
        row["teacher_id"] for row in export["association_member"]
        if row["valid_from"] <= export.day and (row["valid_to"] or "9999") > export.day
    })


def _roadmaps(export: Export) -> list[dict]:
    return [row for row in export["roadmap"] if row["starts_on"] <= export.until and row["ends_on"] >= export.since]


def _plans(export: Export) -> dict[int, tuple[float, float]]:
    linked = {row["measure_id"] for row in export["measure_field"]}
    answering = {row["roadmap_id"] for row in export["measure"] if row["id"] in linked and row["kind"] == "MEASURE"}
    return _grouped([row for row in _roadmaps(export) if row["association_id"]], lambda row: row["id"] in answering)


def _in_time(export: Export) -> dict[int, tuple[float, float]]:
    rows = []
    for roadmap in _roadmaps(export):
        for measure in view_roadmap(export.session, ALL, roadmap["id"], TODAY).rows:
            if measure.kind.name != "MEASURE" or measure.status.name == "CANCELLED":
                continue
            if export.within(measure.last_day):
                done = measure.status.name == "DONE" and (not measure.done_on or measure.done_on <= measure.last_day)
                rows.append({"organisation_id": roadmap["organisation_id"], "done": done})
    return _grouped(rows, lambda row: row["done"])


def _fields(export: Export, year: int) -> list[dict]:
    years = {row["id"]: row["year"] for row in export["assessment"]}
    return [row for row in export["field_review"]
            if row["state"] == "CONFIRMED" and years[row["assessment_id"]] == year]


def _with_measure(export: Export) -> dict[int, tuple[float, float]]:
    def key(row):
        return row["assessment_id"], row["unit"], row["kind"], row["key"]

    alive = {row["id"] for row in export["roadmap"]}
    measures = {row["id"] for row in export["measure"] if row["roadmap_id"] in alive}
    linked = {key(row) for row in export["measure_field"] if row["measure_id"] in measures}
    return _grouped(_fields(export, export.year), lambda row: key(row) in linked)


def _helped(export: Export) -> dict[int, tuple[float, float]]:
    helped = {row["organisation_id"] for row in export["lesson_visit"] if export.within(row["held_on"])}
    helped |= {row["organisation_id"] for row in export["methodical_event"]
               if row["state"] == "HELD" and export.within(row["held_on"])}
    helped |= {row["organisation_id"] for row in export["help_request"] if export.within(row["answered_at"])}
    troubled = {row["organisation_id"] for row in _fields(export, export.year)} & set(export.schools)
    return {school: (float(school in helped), 1.0) for school in troubled}


def _cleared(export: Export) -> dict[int, tuple[float, float]]:
    works = {row["id"]: row for row in export["assessment"]}
    rows = []
    for field in _fields(export, export.year - 1):
        before = works[field["assessment_id"]]
        grade = before["grade"] + field["unit"].startswith("class")
        after = next((row for row in works.values() if row["year"] == export.year and row["grade"] == grade
                      and (row["procedure"], row["subject"]) == (before["procedure"], before["subject"])), None)
        if after is None:
            continue
        measures = measured_work(export.session, ALL, after["id"]).measures
        units = {unit.key for unit in measures.units}
        if field["unit"] not in units or field["key"] not in {key.name for key in measures.sums.grouping.keys}:
            continue
        found = problem_fields(export.session, ALL, FieldFilter(assessment_id=after["id"])).fields
        rows.append({**field, "gone": not any(
            (one.field.unit.key, one.field.kind.value, one.field.key) == (field["unit"], field["kind"], field["key"])
            for one in found
        )})
    return _grouped(rows, lambda row: row["gone"])


def _marked(export: Export, weigh, *procedures: str) -> dict[int, tuple[float, float]]:
    found: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for work, row in export.works(*procedures):
        for above, below in weigh(export, work, row):
            found[row["school_id"]][0] += above
            found[row["school_id"]][1] += below
    return {key: (above, below) for key, (above, below) in found.items() if below}


def _marks(row: dict, column: str = "marks") -> list[int]:
    return [int(mark) for mark in np.frombuffer(row[column], np.int8)]


def _from(least: int):
    return lambda _export, _work, row: [(float(mark >= least), 1.0) for mark in _marks(row) if mark]


def _weights(_export, _work, row):
    return [({2: 16, 3: 36, 4: 64, 5: 100}[mark], 1.0) for mark in _marks(row) if mark]


def _same(_export, _work, row):
    pairs = zip(_marks(row), _marks(row, "journal_marks"), strict=True)
    return [(float(mark == journal), 1.0) for mark, journal in pairs if mark and journal]


def _below(export, work, row):
    if work["procedure"] == "ОГЭ":
        return [(float(mark == 2), 1.0) for mark in _marks(row) if mark]
    minimum = next(
        (one["minimum_test_score"] for one in export["mark_scale"]
         if (one["procedure"], one["subject"], one["grade"]) == ("ЕГЭ", work["subject"], work["grade"])
         and one["year_from"] <= work["year"] <= (one["year_to"] or 9999)), None,
    )
    scores = np.frombuffer(row["test_scores"], "<i2")
    return [] if minimum is None else [(float(score < minimum), 1.0) for score in scores if score >= 0]


def _best(_export, work, row):
    if work["procedure"] == "ОГЭ":
        return [(float(mark == 5), 1.0) for mark in _marks(row) if mark]
    return [(float(score >= 81), 1.0) for score in np.frombuffer(row["test_scores"], "<i2") if score >= 0]


def _weak_items(export: Export) -> dict[int, tuple[float, float]]:
    levels = defaultdict(dict)
    for row in export["blueprint_item"]:
        levels[row["blueprint_id"]][row["code"]] = row["level"]
    classes = defaultdict(list)
    works = {}
    for work, row in export.works():
        works[work["id"]] = work
        raw = np.frombuffer(zlib.decompress(row["scores"]), np.int8).reshape(row["participants"], row["items"])
        classes[row["school_id"], work["id"]].append(raw)
    found: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (school, key), parts in classes.items():
        scores, work = np.concatenate(parts).astype(int), works[key]
        if len(scores) < 5:
            continue
        codes, maxima = json.loads(work["item_codes"]), json.loads(work["item_maxima"])
        for column, (code, most) in enumerate(zip(codes, maxima, strict=True)):
            offered = scores[:, column][scores[:, column] != -2]
            if levels[work["blueprint_id"]].get(code) == "BASIC" and len(offered):
                found[school][1] += 1
                found[school][0] += offered.clip(min=0).sum() < 0.5 * most * len(offered)
    return {key: tuple(counts) for key, counts in found.items()}


BY_HAND = {
    "diagnosed": lambda one: _of_staff(one, set(_diagnosed(one))),
    "with_deficit": lambda one: _with_deficit(one, lambda row: row["hard"]),
    "with_deficit_subject": lambda one: _with_deficit(one, lambda row: "SUBJECT" in row["blocks"]),
    "with_deficit_methodical": lambda one: _with_deficit(one, lambda row: "METHODICAL" in row["blocks"]),
    "with_deficit_psychological": lambda one: _with_deficit(one, lambda row: "PSYCHOLOGICAL" in row["blocks"]),
    "with_deficit_communicative": lambda one: _with_deficit(one, lambda row: "COMMUNICATIVE" in row["blocks"]),
    "level_risen": _risen,
    "with_route": _routes,
    "routes_finished": lambda one: _grouped(
        [row for row in one["individual_route"] if row["state"] != "DRAFT" and one.within(row["ends_on"])],
        lambda row: row["state"] == "FINISHED",
    ),
    "courses_in_three_years": lambda one: _courses(
        one, f"{int(one.day[:4]) - 3}{one.day[4:]}", one.day, open_left=True
    ),
    "courses_this_year": lambda one: _courses(one, one.since, one.until, open_left=False),
    "addressed_courses": _addressed,
    "events_held": lambda one: _numbers(
        [row for row in one["methodical_event"] if row["state"] == "HELD" and one.within(row["held_on"])]
    ),
    "satisfied_with_help": _feedback,
    "young_with_mentor": _with_mentor,
    "mentors": lambda one: _of_staff(one, {row["mentor_teacher_id"] for row in _pairs(one)}),
    "programmes_finished": _programmes,
    "young_stayed": _stayed,
    "young_take_part": _taking_part,
    "satisfied_mentees": lambda one: _answers(one, "MENTEE"),
    "satisfied_mentors": lambda one: _answers(one, "MENTOR"),
    "in_associations": _members,
    "plans_by_results": _plans,
    "meetings_held": lambda one: _numbers(
        [row for row in one["meeting"] if row["state"] == "CLOSED" and one.within(row["held_on"])]
    ),
    "measures_in_time": _in_time,
    "fields_with_measure": _with_measure,
    "schools_helped": _helped,
    "fields_cleared": _cleared,
    "passed_vpr": lambda one: _marked(one, _from(3), "ВПР"),
    "quality_vpr": lambda one: _marked(one, _from(4), "ВПР"),
    "learning_vpr": lambda one: _marked(one, _weights, "ВПР"),
    "passed_oge": lambda one: _marked(one, _from(3), "ОГЭ"),
    "quality_oge": lambda one: _marked(one, _from(4), "ОГЭ"),
    "below_minimum": lambda one: _marked(one, _below, "ОГЭ", "ЕГЭ"),
    "high_results": lambda one: _marked(one, _best, "ОГЭ", "ЕГЭ"),
    "confirmed_marks": lambda one: _marked(one, _same, "ВПР"),
    "weak_basic_items": _weak_items,
}


def test_every_automatic_indicator_of_the_catalogue_is_recomputed():
    named = {one.automatic for file in load_passports().values() for one in file.indicators if one.automatic}
    assert BY_HAND.keys() == automatic_keys() == named
    assert len(named) >= 37


@pytest.mark.parametrize("year", [*YEARS, RUNNING])
def test_automatic_indicators_equal_the_recomputation(demo: Demo, year: int):
    with reading(demo.engine) as session:
        export = Export(session, year)
        region = next(row["id"] for row in export["organisation"] if row["kind"] == "REGION")
        found = compute(session, [region], year, sorted(automatic_keys()), TODAY)
        for key, by_hand in BY_HAND.items():
            parts = {place: (one.numerator, one.denominator) for place, one in found.parts[key].items()}
            expected = {place: parts_ for place, parts_ in by_hand(export).items() if parts_ != (0, 0)}
            assert {place: one for place, one in parts.items() if one != (0, 0)} == expected, (key, year)


def test_the_municipality_is_the_sum_of_its_schools(demo: Demo):
    with reading(demo.engine) as session:
        export = Export(session, 2026)
        town = next(row["id"] for row in export["organisation"] if row["kind"] == "MUNICIPALITY")
        card = scorecard(session, ALL, town, YEARS, with_children=True, today=TODAY)
        passed = [card.cells[key, "П42.1", 2026].fact for key, _name in card.units]
        by_hand = BY_HAND["passed_vpr"](export)
        assert passed[0].numerator == sum(above for above, _below in by_hand.values())
        assert passed[0].denominator == sum(below for _above, below in by_hand.values())
        assert passed[0].value == pytest.approx(100 * passed[0].numerator / passed[0].denominator)
        assert passed[0].numerator == sum(one.numerator for one in passed[1:])
