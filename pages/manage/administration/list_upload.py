"""A list that is uploaded or pasted: template, findings, what would change; then stored whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

import streamlit as st

from core.errors import QualityError
from core.people.list_files import rows_of_file
from core.people.list_reading import ListFinding, rows_of_text
from pages.widgets.acting import act
from pages.widgets.downloads import download
from pages.widgets.refusals import show_refusal
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain


class Preview(Protocol):
    """What every list says of itself before it is stored."""

    @property
    def findings(self) -> tuple[ListFinding, ...]:
        """Return what is wrong or odd."""

    @property
    def can_be_stored(self) -> bool:
        """Say whether nothing speaks against storing."""


_SAID = 4
"""So many findings are said in sentences; all stand in the table when there are more."""
_Preview = TypeVar("_Preview", bound=Preview)
_Stored = TypeVar("_Stored")
_COLUMNS = (
    Column("kind", "Важность", width=130),
    Column("place", "Где", width=200),
    Column("message", "Что не так", width=320),
    Column("advice", "Что делать", width=320),
)


@dataclass(frozen=True, slots=True)
class ListKind(Generic[_Preview, _Stored]):
    """How one kind of list is looked over and stored; `key` tells it from others on the screen.

    The drawer in which the list is shown has the key `<key>_list`.
    """

    key: str
    template_title: str
    template: Callable[[], bytes]
    preview: Callable[[Sequence[Sequence[object]]], _Preview]
    say: Callable[[_Preview], str]
    store: Callable[[_Preview], _Stored]
    done: Callable[[_Stored], str]


def show_list_upload(kind: ListKind[_Preview, _Stored]) -> None:
    """Show the template, the two ways to give a list, and what storing it would do."""
    download(f"{kind.key}_template", "Скачать шаблон", kind.template_title, "xlsx", kind.template)
    uploaded = st.file_uploader(
        "Заполненная книга (.xlsx, .xls, .ods, .csv)", type=["xlsx", "xls", "ods", "csv"], key=f"{kind.key}_file"
    )
    pasted = st.text_area("Или вставьте строки из таблицы вместе с заголовками", key=f"{kind.key}_text", height=120)
    try:
        if uploaded is not None:
            rows: Sequence[Sequence[object]] = rows_of_file(uploaded.getvalue(), uploaded.name)
        elif pasted.strip():
            rows = rows_of_text(pasted)
        else:
            return
        preview = kind.preview(rows)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.write(plain(kind.say(preview)))
    _say_first(preview.findings)
    if len(preview.findings) > _SAID:
        show_table(f"{kind.key}_findings", Table("Замечания к списку", _COLUMNS, _lines(preview.findings)), lines=2)
    st.button(
        "Сохранить список",
        key=f"{kind.key}_store",
        type="primary",
        disabled=not preview.can_be_stored,
        on_click=act,
        args=(partial(kind.store, preview), kind.done, (f"{kind.key}_text", f"{kind.key}_list")),
    )


def _say_first(findings: Sequence[ListFinding]) -> None:
    """Say the first findings in sentences: a drawer is too narrow for a table."""
    for finding in sorted(findings, key=lambda one: not one.is_error)[:_SAID]:
        place = str(finding.place)
        sentence = plain(f"{place[:1].upper()}{place[1:]}: {finding.message} {finding.advice}")
        if finding.is_error:
            st.error(sentence, icon=":material/block:")
        else:
            st.warning(sentence, icon=":material/warning:")


def _lines(findings: Sequence[ListFinding]) -> list[dict[str, object]]:
    return [
        {
            "kind": "✖ ошибка" if finding.is_error else "! предупреждение",
            "place": str(finding.place),
            "message": finding.message,
            "advice": finding.advice,
        }
        for finding in sorted(findings, key=lambda finding: not finding.is_error)
    ]
