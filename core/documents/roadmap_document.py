"""A roadmap as a Word document: approval blocks, the official table, page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.rendering import Value
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.approval_sheet import ApprovalBlock, SheetLine, approval_blocks, approval_sheet
from core.planning.roadmaps import get_roadmap
from core.planning.snapshots import SnapshotContent, SnapshotRow, content_of, read_edition
from core.planning.tables import MeasureKind
from core.words import day

_HEADING = "дорожная карта"
"""What stands over the title in the template."""


def roadmap_document(
    session: Session, scope: Scope, roadmap_id: int, edition: int | None = None, *, with_control: bool = False
) -> bytes:
    """Return a roadmap as .docx: an approved edition as it was approved, or with None what stands now.

    `with_control` adds the columns of its execution and the approval sheet. Raises NotFound out of scope and
    InvalidInput when the template is broken.
    """
    roadmap = get_roadmap(session, scope, roadmap_id)
    content = content_of(session, roadmap) if edition is None else read_edition(session, scope, roadmap_id, edition)
    organisation = session.get_one(Organisation, roadmap.organisation_id).name
    blocks = approval_blocks(session, scope, roadmap_id, edition)
    sheet = approval_sheet(session, scope, roadmap_id) if with_control else []
    name = "roadmap-control" if with_control else "roadmap"
    return fill(session, roadmap.organisation_id, name, roadmap_values(organisation, content, blocks, sheet))


def roadmap_values(
    organisation: str, content: SnapshotContent, blocks: Sequence[ApprovalBlock], sheet: Sequence[SheetLine] = ()
) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    *agreed, approved = blocks
    return {
        "организация": organisation,
        "название": _below_heading(content.title),
        "цель": content.goal,
        "предмет": content.subject,
        "период": f"{day(content.starts_on)} – {day(content.ends_on)}",
        "редакция": content.edition,
        "согласования": [_block(block) for block in agreed],
        "утверждение": _block(approved),
        "строки": [_row(row) for row in content.rows],
        "лист_согласования": [
            {"этап": line.stage, "орган": line.body, "основание": line.basis, "подписал": line.signed_by,
             "отмечено": line.taken_on}
            for line in sheet
        ],
    }


def _below_heading(title: str) -> str:
    """Return the title without «Дорожная карта», which stands above it as the heading: «по физике»."""
    rest = title[len(_HEADING):].strip() if title.lower().startswith(f"{_HEADING} ") else ""
    return rest or title


def _block(block: ApprovalBlock) -> dict[str, Value]:
    return {
        "заголовок": block.title, "орган": block.body, "основание": block.basis, "должность": block.post,
        "подписал": block.person,
    }


def _row(row: SnapshotRow) -> dict[str, Value]:
    owner = row.owner if not row.co_owners else f"{row.owner}\n{row.co_owners}".strip()
    done = f"{row.status}, {row.progress} %" if row.progress else row.status
    return {
        "номер": row.number,
        "мероприятие": row.title,
        "срок": row.deadline,
        "показатель": row.indicator,
        "исполнители": owner,
        "результат": row.expected_result,
        "раздел": row.kind == MeasureKind.GROUP.value,
        "статус": "" if row.kind == MeasureKind.GROUP.value else done,
        "примечание": row.status_note,
        "выполнено": day(row.done_on) if row.done_on is not None else "",
    }
