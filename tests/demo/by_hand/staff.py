"""Indicators of teachers recomputed by hand: diagnostics, courses, mentoring, associations."""

import json
from collections import defaultdict

import numpy as np

from tests.demo.by_hand.export import Export, grouped, numbers, of_staff


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
    return of_staff(export, {
        row["teacher_id"] for row in export["individual_route"]
        if row["state"] in ("APPROVED", "FINISHED") and row["starts_on"] <= export.until
        and row["ends_on"] >= export.since
    })


def _courses(export: Export, since: str, until: str, *, open_left: bool) -> dict[int, tuple[float, float]]:
    return of_staff(export, {
        row["teacher_id"] for row in export["course_enrolment"]
        if row["state"] == "FINISHED" and row["ends_on"]
        and (since < row["ends_on"] if open_left else since <= row["ends_on"]) and row["ends_on"] <= until
    })


def _addressed(export: Export) -> dict[int, tuple[float, float]]:
    register = {row["id"] for row in export["course"] if row["in_federal_register"]}
    sent = [row for row in export["course_enrolment"]
            if row["state"] in ("APPROVED", "STUDYING", "FINISHED", "DROPPED") and export.within(row["starts_on"])]
    return grouped(sent, lambda row: row["competence_id"] is not None or row["course_id"] in register)


def _feedback(export: Export) -> dict[int, tuple[float, float]]:
    rows = [row for row in export["event_feedback"] if export.within(row["filled_on"])]
    rows += [row for row in export["course_feedback"]
             if row["is_exit"] and row["satisfaction"] is not None and export.within(row["filled_on"])]
    return grouped(rows, lambda row: row["satisfaction"] >= 4)


def _answers(export: Export, side: str) -> dict[int, tuple[float, float]]:
    rows = [row for row in export["mentorship_answer"]
            if row["side"] == side and row["moment"] == "AFTER" and export.within(row["filled_on"])]
    return grouped(rows, lambda row: json.loads(row["answers"])["satisfaction"] >= 7)


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
    return grouped(due, lambda row: row["state"] == "FINISHED")


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
    return of_staff(export, {
        row["teacher_id"] for row in export["association_member"]
        if row["valid_from"] <= export.day and (row["valid_to"] or "9999") > export.day
    })


OF_STAFF = {
    "diagnosed": lambda one: of_staff(one, set(_diagnosed(one))),
    "with_deficit": lambda one: _with_deficit(one, lambda row: row["hard"]),
    "with_deficit_subject": lambda one: _with_deficit(one, lambda row: "SUBJECT" in row["blocks"]),
    "with_deficit_methodical": lambda one: _with_deficit(one, lambda row: "METHODICAL" in row["blocks"]),
    "with_deficit_psychological": lambda one: _with_deficit(one, lambda row: "PSYCHOLOGICAL" in row["blocks"]),
    "with_deficit_communicative": lambda one: _with_deficit(one, lambda row: "COMMUNICATIVE" in row["blocks"]),
    "level_risen": _risen,
    "with_route": _routes,
    "routes_finished": lambda one: grouped(
        [row for row in one["individual_route"] if row["state"] != "DRAFT" and one.within(row["ends_on"])],
        lambda row: row["state"] == "FINISHED",
    ),
    "courses_in_three_years": lambda one: _courses(
        one, f"{int(one.day[:4]) - 3}{one.day[4:]}", one.day, open_left=True
    ),
    "courses_this_year": lambda one: _courses(one, one.since, one.until, open_left=False),
    "addressed_courses": _addressed,
    "events_held": lambda one: numbers(
        [row for row in one["methodical_event"] if row["state"] == "HELD" and one.within(row["held_on"])]
    ),
    "satisfied_with_help": _feedback,
    "young_with_mentor": _with_mentor,
    "mentors": lambda one: of_staff(one, {row["mentor_teacher_id"] for row in _pairs(one)}),
    "programmes_finished": _programmes,
    "young_stayed": _stayed,
    "young_take_part": _taking_part,
    "satisfied_mentees": lambda one: _answers(one, "MENTEE"),
    "satisfied_mentors": lambda one: _answers(one, "MENTOR"),
    "in_associations": _members,
}
