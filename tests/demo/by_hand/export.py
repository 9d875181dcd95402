"""All tables of the demo as rows, and how rows are counted by organisation."""

from collections import defaultdict
from datetime import date

from sqlalchemy import text
from sqlmodel import Session

from core.people.scope import Scope

ALL = Scope.local_administrator()
TODAY = date(2026, 11, 22)


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


def of_staff(export: Export, people: set[int]) -> dict[int, tuple[float, float]]:
    return {school: (len(people & staff), len(staff)) for school, staff in export.staff().items()}


def grouped(rows, part, organisation="organisation_id") -> dict[int, tuple[float, float]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        found[row[organisation]][0] += bool(part(row))
        found[row[organisation]][1] += 1
    return {key: tuple(counts) for key, counts in found.items()}


def numbers(rows, organisation="organisation_id") -> dict[int, tuple[float, float]]:
    return {key: (all_of, 0) for key, (_part, all_of) in grouped(rows, bool, organisation).items()}
