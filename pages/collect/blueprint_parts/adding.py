"""A new plan: from a workbook (with its problems by cell and a preview) or typed in by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.tables import Origin
from core.blueprints.template import blank_template
from core.blueprints.workbook import ReadBlueprint, read_blueprint
from core.errors import QualityError
from core.intake.contract import Finding
from core.people.academic_year import year_on
from core.store.base import utc_now
from core.workbooks.read_in_child import read_in_child
from pages.collect.blueprint_parts.draft_form import show_draft
from pages.widgets.downloads import download
from pages.widgets.findings import show_findings
from pages.widgets.refusals import show_refusal

_TYPES = ["xlsx", "xls", "ods", "csv"]
_FILE, _HAND = "Из файла", "Вручную"


@dataclass(frozen=True, slots=True)
class _Opened:
    """The dropped file as it was read, so that it is read once only."""

    file_id: str
    answer: ReadBlueprint | QualityError


def show_adding() -> None:
    """Show the ways to add a plan."""
    with st.expander("Добавить план", icon=":material/add:"):
        way = st.segmented_control("Откуда взять план", [_FILE, _HAND], default=_FILE, key="blueprints_way")
        if way == _HAND:
            _by_hand()
        else:
            _from_file()


def _from_file() -> None:
    st.caption(
        "Годятся обобщённый план ФИПИ, описание работы ФИОКО, отчёт ФИС ОКО «Достижение планируемых результатов» и "
        "заполненный шаблон. До нажатия «Сохранить план» ничего не записывается."
    )
    download("blueprints_template", "Скачать пустой шаблон", "Шаблон плана работы", "xlsx", blank_template)
    dropped = st.file_uploader("Файл с планом работы (.xlsx, .xls, .ods, .csv)", type=_TYPES, key="blueprints_drop")
    if dropped is None:
        return
    answer = _read(dropped)
    if isinstance(answer, QualityError):
        show_refusal(answer)
        return
    show_findings("blueprints_problems", [_finding(problem) for problem in answer.problems])
    show_draft(f"blueprints_file_{dropped.file_id}", answer.draft, Origin.UPLOADED, is_refused=bool(answer.problems))


def _read(dropped: UploadedFile) -> ReadBlueprint | QualityError:
    """Return what the file says, read in the limited child process."""
    known: _Opened | None = st.session_state.get("blueprints_opened")
    if known is not None and known.file_id == dropped.file_id:
        return known.answer
    answer: ReadBlueprint | QualityError
    with st.spinner("Читаем файл"):
        try:
            answer = read_blueprint(read_in_child(dropped.getvalue(), dropped.name))
        except QualityError as refusal:
            answer = refusal
    st.session_state["blueprints_opened"] = _Opened(dropped.file_id, answer)
    return answer


def _finding(problem: QualityError) -> Finding:
    place = problem.place
    return Finding(
        "error", "blueprint", problem.message, problem.advice,
        sheet=place.sheet if place else None, row=place.row if place else None,
        column=place.column if place else None, field=place.field if place else None,
    )


def _by_hand() -> None:
    st.caption("Назовите работу и число заданий. Номера, баллы, уровни и элементы содержания вы впишете в таблицу.")
    count = st.number_input("Сколько заданий", 1, 100, 10, key="blueprints_count", width=200)
    year = year_on(utc_now().date())
    items = tuple(DraftItem(str(number), 1) for number in range(1, int(count) + 1))
    draft = BlueprintDraft(year_from=year, year_to=year, items=items)
    show_draft("blueprints_hand", replace(draft, source="Введено вручную"), Origin.ENTERED, with_items=False)
