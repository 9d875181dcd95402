"""Everything for a meeting as one ZIP: agenda, minutes, the roadmaps, notes and recommendations on its agenda."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.analysis.tables import FieldReview
from core.documents.file_names import free_name, plain_name, shortened
from core.documents.kinds import Ending, NamedFile
from core.documents.planning_kinds import recommendation_file
from core.documents.register import KINDS, endings_of
from core.documents.text import NoteKind, NoteSubject
from core.errors import InvalidInput, NotAllowed, NotFound
from core.intake.tables import Assessment
from core.people.scope import Scope
from core.planning.bodies import COUNCIL
from core.planning.field_links import work_name
from core.planning.meetings import MeetingView, view_meeting
from core.planning.recommendation_tables import Recommendation
from core.planning.roadmap_tables import Roadmap
from core.planning.tables import MeetingState
from core.words import day
from core.workbooks.safe_text import clean_text

_CONTENTS = "00 Состав пакета.txt"
_LONGEST = 70
"""Characters of a file's name: the path of the folder into which Windows unpacks has room beside it."""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One document of a package: its kind in the register, key, format, and how the file is called."""

    kind: str
    key: str
    ending: Ending
    title: str


@dataclass(frozen=True, slots=True)
class Package:
    """A finished package: the archive, and the documents in it that were made."""

    file: NamedFile
    made: tuple[PackagePart, ...]
    organisation_id: int


def package_parts(session: Session, scope: Scope, meeting_id: int) -> list[PackagePart]:
    """Return what belongs to the meeting, in the order of the agenda; NotFound out of scope."""
    view = view_meeting(session, scope, meeting_id)
    found = dict.fromkeys((*_of_meeting(view), *_of_roadmaps(session, view), *_of_items(session, view)))
    return [part for part in found if scope.allows(KINDS[part.kind].action)]


def meeting_package(session: Session, scope: Scope, meeting_id: int) -> Package:
    """Return the archive with everything that the actor may have; what could not be made is named in its contents.

    Names are Russian in UTF-8, numbered in the order of the agenda, unique where case does not count, and such as
    Windows accepts. Raises NotFound for a meeting out of scope.
    """
    view = view_meeting(session, scope, meeting_id)
    title = f"Пакет к заседанию: {view.meeting.body or COUNCIL}, {day(view.meeting.held_on)}"
    lines, made, taken = [title, ""], list[PackagePart](), {_CONTENTS.lower()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in package_parts(session, scope, meeting_id):
            try:
                content = KINDS[part.kind].makers[part.ending](session, scope, part.key)
            except (NotFound, NotAllowed, InvalidInput) as refusal:
                lines.append(f"Не вошло: {part.title}. {refusal.message}")
                continue
            made.append(part)
            name = free_name(shortened(f"{len(made):02d} {part.title}", _LONGEST), part.ending, taken)
            taken.add(name.lower())
            archive.writestr(name, content)
            said = " ".join(clean_text(part.title).split())
            lines.append(name if said in name else f"{name} – {said}")
        archive.writestr(_CONTENTS, "\r\n".join(lines).encode("utf-8-sig"))
    return Package(NamedFile(f"{plain_name(title)}.zip", target.getvalue()), tuple(made), view.meeting.organisation_id)


def _of_meeting(view: MeetingView) -> Iterator[PackagePart]:
    key = str(view.meeting.id)
    yield PackagePart("agenda", key, "docx", "Повестка")
    title = "Протокол" if view.meeting.state is MeetingState.CLOSED else "Проект протокола"
    yield PackagePart("minutes", key, "docx", title)


def _of_roadmaps(session: Session, view: MeetingView) -> Iterator[PackagePart]:
    rows = session.exec(
        select(Roadmap).where(col(Roadmap.id).in_(view.meeting.roadmap_ids), col(Roadmap.deleted_at).is_(None))
    )
    for row in sorted(rows, key=lambda one: view.meeting.roadmap_ids.index(one.id or 0)):
        for ending in endings_of(KINDS["roadmap-control"]):
            yield PackagePart("roadmap-control", str(row.id), ending, f"Ход – {row.title}")


def _of_items(session: Session, view: MeetingView) -> Iterator[PackagePart]:
    for item in view.items:
        if item.recommendation_id is not None:
            row = session.get(Recommendation, item.recommendation_id)
            if row is not None:
                title = recommendation_file(row) or f"– {row.title}"
                yield PackagePart("recommendation", str(row.id), "docx", f"Рекомендация {title}")
        review = session.get(FieldReview, item.review_id) if item.review_id is not None else None
        work = session.get(Assessment, review.assessment_id) if review is not None else None
        if review is not None and work is not None:
            unit = review.unit if review.unit.startswith("organisation:") else f"organisation:{review.organisation_id}"
            key = NoteSubject(review.assessment_id, unit).key
            yield PackagePart(NoteKind.WORK_SHORT.value, key, "docx", f"Справка – {work_name(work)}")
