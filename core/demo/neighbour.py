"""The neighbouring municipality of the demo: its roadmap from the shipped template, its table of expected results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, select

from core.demo.municipal_cycles import NEIGHBOUR_METHODIST
from core.demo.municipality import NEIGHBOUR
from core.demo.roadmap_steps import NOON, approval_step, by_number
from core.monitoring.evidence import Proven, attach_link
from core.monitoring.expected import start_expected
from core.monitoring.value_tables import ExpectedResult
from core.people.scope import Scope
from core.planning.roadmaps import RoadmapDraft
from core.planning.snapshots import keep_snapshot
from core.planning.statuses import MeasureStatus
from core.planning.tables import ApprovalKind, RoadmapState, SnapshotReason
from core.planning.templates import draft_from_template

_BEGIN, _END = date(2026, 9, 1), date(2027, 8, 31)
_APPROVED_ON = date(2026, 9, 15)
_FIRST_YEAR = 2027
_TEMPLATE = "nikolsky"
_NAMES = (
    ("в Никольском районе Пензенской области", "в Приозёрном районе"),
    ("Никольского района Пензенской области", "Приозёрного района"),
    ("в Никольском районе", "в Приозёрном районе"),
    ("Никольского района", "Приозёрного района"),
    ("в Пензенской области", "в Приозёрном районе"),
)
"""What people replace in a template by the name of their own district, the longest first."""
_DONE = {"1": date(2026, 9, 28), "5.1.2": date(2026, 9, 11)}
_RUNNING = {"2": (60, "Проект на согласовании."), "3": (30, "Собираем показатели школ."), "5.2": (50, "")}
_PROVEN = ("Нормативные акты", "Утверждённые документы")
"""Rows of the expected results whose documents of the first year are there."""


def add_neighbour(session: Session, scope: Scope, units: Mapping[str, int]) -> int:
    """Add the approved roadmap and the expected results; return how many roadmaps. `units` are ids by code."""
    unit = units[NEIGHBOUR.code]
    _add_roadmap(session, scope, unit)
    _add_expected(session, replace(scope, actor_name=NEIGHBOUR_METHODIST), unit)
    return 1


def _add_roadmap(session: Session, scope: Scope, unit: int) -> None:
    roadmap = draft_from_template(
        session, scope,
        RoadmapDraft(
            unit, "Дорожная карта «Совершенствование системы методической работы» на 2026/2027 учебный год", _BEGIN,
            _END, goal="Методическая служба района, результативность которой видна по показателям",
        ),
        _TEMPLATE,
    )
    rows = by_number(session, roadmap)
    for number, row in rows.items():
        row.title, row.indicator, row.owner_post = _here(row.title), _here(row.indicator), _here(row.owner_post)
        row.deadline_written_on = _BEGIN
        if number in _DONE:
            row.status, row.progress, row.done_on = MeasureStatus.DONE, 100, _DONE[number]
        elif number in _RUNNING:
            row.status = MeasureStatus.IN_PROGRESS
            row.progress, row.status_note = _RUNNING[number]
    snapshot = keep_snapshot(session, scope, roadmap, SnapshotReason.APPROVAL)
    snapshot.taken_at = datetime.combine(_APPROVED_ON, NOON)
    step = approval_step(
        session, roadmap, ApprovalKind.APPROVED, _APPROVED_ON, "Управление образования Приозёрного района",
        "Начальник", "Т. В. Соболева", order="70",
    )
    step.snapshot_id = snapshot.id
    roadmap.state, roadmap.approved_edition = RoadmapState.APPROVED, roadmap.edition
    session.add_all((roadmap, snapshot, step, *rows.values()))
    session.flush()


def _add_expected(session: Session, scope: Scope, unit: int) -> None:
    """Add the table of expected results; the acts of its first year are there, the rest is still to come."""
    start_expected(session, scope, unit, _FIRST_YEAR)
    rows = session.exec(
        select(ExpectedResult).where(ExpectedResult.organisation_id == unit, ExpectedResult.year == _FIRST_YEAR)
    ).all()
    for row in rows:
        if row.row_title in _PROVEN:
            proof = attach_link(
                session, scope, Proven(expected_id=row.id), "https://example.org/dokumenty/polozheniya",
                "Приказы № 71–74 от 25.09.2026 (вымышлены)",
            )
            proof.added_at = datetime.combine(date(2026, 9, 28), NOON)
            session.add(proof)


def _here(text: str) -> str:
    for there, here in _NAMES:
        text = text.replace(there, here)
    return text
