"""The state of mentorship of the demo equals a recomputation by hand from its tables, for three days of three years."""

import json
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import text

from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.unit_of_work import reading
from core.support.mentorship_tables import Side
from core.support.state import state_of_mentorship
from tests.demo.conftest import Demo

DAYS = (date(2025, 11, 22), date(2026, 5, 31), date(2026, 11, 22))


def tables(demo: Demo) -> dict[str, pd.DataFrame]:
    names = ("teacher", "employment", "mentorship", "mentorship_mentee", "mentoring_meeting", "mentorship_answer",
             "contest", "contest_entry", "association", "association_member", "organisation", "organisation_membership")
    with demo.engine.connect() as connection:
        return {name: pd.read_sql(text(f"select * from {name}"), connection) for name in names}


def day_of(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values)


@pytest.mark.parametrize("on", DAYS)
def test_figures_recomputed_from_the_tables(demo: Demo, on: date):
    data = tables(demo)
    with reading(demo.engine) as session:
        town = session.exec(Organisation.__table__.select().where(Organisation.name == "Заречный район")).one().id
        state = state_of_mentorship(session, Scope.local_administrator(), town, on)
    since = pd.Timestamp(on.year - (on.month < 9), 9, 1)
    today = pd.Timestamp(on)

    teachers = data["teacher"].set_index("id")
    passed = on.year - 2024 - ((on.month, on.day) < (9, 1))  # all experience of the demo is as of 01.09.2024
    experience = (teachers["experience_years"] + passed).clip(lower=0)
    jobs = data["employment"]
    working = set(jobs[jobs["left_on"].isna() & (day_of(jobs["hired_on"]) <= today)]["teacher_id"])
    young = {key for key in working if experience[key] <= 3}

    pairs = data["mentorship"]
    last = day_of(pairs["ended_on"]).fillna(day_of(pairs["ends_on"]))
    running = pairs[
        (pairs["state"] != "PREPARED") & (pairs["order_number"] != "") & (day_of(pairs["starts_on"]) <= today)
        & (last >= today)
    ]
    mentees = data["mentorship_mentee"]
    helped = set(mentees[mentees["mentorship_id"].isin(running["id"])]["teacher_id"])
    due = pairs[
        (pairs["state"] != "PREPARED") & (day_of(pairs["ends_on"]) >= since) & (day_of(pairs["ends_on"]) <= today)
    ]
    first = date(on.year - (on.month < 9) - 3, 9, 1)
    hired = day_of(jobs["hired_on"])
    came = {
        teacher
        for teacher, day in zip(jobs["teacher_id"], hired.dt.date, strict=True)
        if first <= day <= date(first.year + 1, 8, 31)
        and max(0, teachers["experience_years"][teacher] + day.year - 2024 - ((day.month, day.day) < (9, 1))) <= 3
    }
    contests = data["contest"]
    held = contests[(day_of(contests["held_on"]) >= since) & (day_of(contests["held_on"]) <= today)]
    entries = data["contest_entry"]
    groups = data["association"]
    communities = groups[groups["kind"].isin(["SUBJECT_CLUB", "YOUNG_COUNCIL", "NETWORK"])]
    members = data["association_member"]
    inside = members[
        members["association_id"].isin(communities["id"]) & (day_of(members["valid_from"]) <= today)
        & (members["valid_to"].isna() | (day_of(members["valid_to"]) > today))
    ]
    active = set(entries[entries["contest_id"].isin(held["id"])]["teacher_id"]) | set(inside["teacher_id"])

    expected = (
        (young & helped, young),
        (set(running["mentor_teacher_id"]) & working, working),
        (set(due[due["state"] == "FINISHED"]["id"]), set(due["id"])),
        (came & working, came),
        (young & active, young),
    )
    for found, (part, whole) in zip(state.figures, expected, strict=True):
        assert (set(found.part), set(found.whole)) == (part, whole), found.title
        if whole:
            assert found.share == pytest.approx(len(part) / len(whole), abs=1e-12)
    assert len(young) >= 5 and (len(helped) >= 3 or on.month == 5), "the demo has something to count"

    meetings = data["mentoring_meeting"]
    lately = meetings[(day_of(meetings["held_on"]) >= since) & (day_of(meetings["held_on"]) <= today)]
    both = lately["mentor_confirmed_at"].notna() & lately["mentee_confirmed_at"].notna()
    assert (state.meetings, state.meetings_confirmed) == (len(lately), int(both.sum()))

    answers = data["mentorship_answer"]
    answers = answers[day_of(answers["filled_on"]) <= today]
    recent = set(answers[day_of(answers["filled_on"]) >= since]["mentorship_id"])
    after = answers[answers["mentorship_id"].isin(recent) & (answers["moment"] == "AFTER")]
    for side in (Side.MENTOR, Side.MENTEE):
        given = after[after["side"] == side.name]["answers"].map(json.loads)
        marks = [value["satisfaction"] for value in given]
        assert (state.satisfaction[side].asked, state.satisfaction[side].satisfied) == (
            len(marks), sum(mark >= 7 for mark in marks),
        )
