"""The approval sheet of a roadmap as a document of its own, and the agenda of a meeting."""

from __future__ import annotations

from sqlmodel import Session

from core.documents.minutes_document import minutes_values
from core.documents.own_templates import fill
from core.documents.people_words import organisation_name
from core.errors import InvalidInput
from core.people.scope import Scope
from core.planning.approval_sheet import approval_blocks, approval_sheet
from core.planning.meetings import visible_meeting
from core.planning.minutes import minutes_of
from core.planning.roadmaps import get_roadmap
from core.words import day


def approval_sheet_document(session: Session, scope: Scope, roadmap_id: int) -> bytes:
    """Return who considered, agreed and approved a roadmap as .docx, with lines for signatures that are still due.

    Raises NotFound out of scope.
    """
    roadmap = get_roadmap(session, scope, roadmap_id)
    return fill(session, roadmap.organisation_id, "approval-sheet", {
        "организация": organisation_name(session, roadmap.organisation_id),
        "название": roadmap.title,
        "период": f"{day(roadmap.starts_on)} – {day(roadmap.ends_on)}",
        "редакция": roadmap.edition,
        "состояние": roadmap.state.value,
        "визы": [
            {
                "номер": place, "вид": block.title, "орган": block.body, "основание": block.basis,
                "подписал": ", ".join(part for part in (block.post, block.person) if part),
            }
            for place, block in enumerate(approval_blocks(session, scope, roadmap_id), start=1)
        ],
        "история": [
            {
                "этап": line.stage, "орган": line.body, "основание": line.basis, "подписал": line.signed_by,
                "отмечено": line.taken_on,
            }
            for line in approval_sheet(session, scope, roadmap_id)
        ],
    })


def agenda_document(session: Session, scope: Scope, meeting_id: int) -> bytes:
    """Return the agenda of a meeting as .docx. Raises NotFound out of scope, InvalidInput for an empty agenda."""
    meeting = visible_meeting(session, scope, meeting_id)
    values = minutes_values(minutes_of(session, scope, meeting_id))
    if not values["вопросы"]:
        raise InvalidInput("Повестка заседания ещё пуста.", "Соберите её на экране «Заседание».")
    return fill(session, meeting.organisation_id, "agenda", values)
