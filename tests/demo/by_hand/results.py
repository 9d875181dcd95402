"""Indicators of plans and results of works recomputed by hand."""

import json
import zlib
from collections import defaultdict

import numpy as np

from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import measured_work
from core.planning.measures import view_roadmap
from tests.demo.by_hand.export import ALL, TODAY, Export, grouped, numbers


def _roadmaps(export: Export) -> list[dict]:
    return [row for row in export["roadmap"] if row["starts_on"] <= export.until and row["ends_on"] >= export.since]


def _plans(export: Export) -> dict[int, tuple[float, float]]:
    linked = {row["measure_id"] for row in export["measure_field"]}
    answering = {row["roadmap_id"] for row in export["measure"] if row["id"] in linked and row["kind"] == "MEASURE"}
    return grouped([row for row in _roadmaps(export) if row["association_id"]], lambda row: row["id"] in answering)


def _in_time(export: Export) -> dict[int, tuple[float, float]]:
    rows = []
    for roadmap in _roadmaps(export):
        for measure in view_roadmap(export.session, ALL, roadmap["id"], TODAY).rows:
            if measure.kind.name != "MEASURE" or measure.status.name == "CANCELLED":
                continue
            if export.within(measure.last_day):
                done = measure.status.name == "DONE" and (not measure.done_on or measure.done_on <= measure.last_day)
                rows.append({"organisation_id": roadmap["organisation_id"], "done": done})
    return grouped(rows, lambda row: row["done"])


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
    return grouped(_fields(export, export.year), lambda row: key(row) in linked)


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
    return grouped(rows, lambda row: row["gone"])


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


OF_RESULTS = {
    "plans_by_results": _plans,
    "meetings_held": lambda one: numbers(
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
