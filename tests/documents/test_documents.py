"""Documents by templates: what they say, and what is said of a template that somebody broke."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import select

from core.documents.minutes_document import minutes_document, minutes_values
from core.documents.register import list_documents, make_document
from core.documents.rendering import render, template_path
from core.documents.roadmap_document import roadmap_document, roadmap_values
from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.planning.agenda import build_agenda
from core.planning.approval import Agreement, Order, agree_by_council, approve
from core.planning.approval_sheet import ApprovalBlock
from core.planning.meetings import MeetingDraft, create_meeting, save_attendance, view_meeting
from core.planning.minutes import Minutes, MinutesDecision, MinutesItem
from core.planning.outcomes import DecisionDraft, add_decision
from core.planning.roadmaps import RoadmapDraft, get_roadmap
from core.planning.snapshots import content_of
from core.planning.tables import Measure
from core.planning.templates import draft_from_template, load_template
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing

EVERYBODY = Scope.local_administrator()


@pytest.fixture
def district(engine: Engine) -> tuple[Engine, int, int]:
    """Give the engine and the ids of a roadmap from the district's template and of a meeting on it."""
    with writing(engine, "Методист") as session:
        unit = Organisation(code="1", name="Никольский район", kind=OrganisationKind.MUNICIPALITY)
        session.add(unit)
        session.flush()
        draft = RoadmapDraft(unit.id or 0, "Методическая работа", date(2020, 10, 13), date(2022, 12, 31))
        roadmap = draft_from_template(session, EVERYBODY, draft, "nikolsky", move_years=False)
        held_on, body = date(2020, 12, 1), "Районный методический совет"
        planned = MeetingDraft(unit.id or 0, held_on, [roadmap.id or 0], body=body, number="4")
        meeting = create_meeting(session, EVERYBODY, planned)
        guests = [{"name": "Иванова И. И.", "post": "методист", "presence": "присутствует"}]
        save_attendance(session, EVERYBODY, meeting.id or 0, GridChanges(added=guests))
        build_agenda(session, EVERYBODY, meeting.id or 0)
        item = view_meeting(session, EVERYBODY, meeting.id or 0).items[0]
        wanted = DecisionDraft("Утвердить положения.", "Иванова И. И.", "до 1 марта 2021 г.", item_id=item.id)
        add_decision(session, EVERYBODY, meeting.id or 0, wanted)
        return engine, roadmap.id or 0, meeting.id or 0


def texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    return [paragraph.text for paragraph in document.paragraphs]


def table_rows(content: bytes, number: int = 1) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[number].rows]


def test_the_roadmap_is_the_official_table_with_blocks(district) -> None:
    engine, roadmap_id, _meeting = district
    with reading(engine) as session:
        content = roadmap_document(session, EVERYBODY, roadmap_id)
    rows = table_rows(content)
    assert rows[0] == [
        "№ п/п", "Наименование мероприятия", "Срок исполнения (месяц, год)", "Индикативные показатели", "Исполнители",
    ]
    expected = load_template("nikolsky").rows
    assert len(rows) == 1 + len(expected)
    assert [row[1:] for row in rows[1:]] == [[one.title, one.deadline, one.indicator, one.owner] for one in expected]
    assert [row[0] for row in rows[1:7]] == ["1.", "2.", "3.", "4.", "5.", "5.1"]
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert "w:tblHeader" in document.tables[1].rows[0]._tr.xml, "the header is repeated on every page"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    blocks = "\n".join(cell.text for cell in document.tables[0].rows[0].cells)
    assert "СОГЛАСОВАНО" in blocks and "УТВЕРЖДЕНО" in blocks and "Приказ № ____" in blocks
    assert "{" not in blocks and not any("{" in line for line in texts(content))


def test_an_approved_edition_is_printed_as_it_was_approved(district) -> None:
    engine, roadmap_id, _meeting = district
    with writing(engine, "Начальник") as session:
        row = get_roadmap(session, EVERYBODY, roadmap_id)
        agreement = Agreement("Методический совет", "3", date(2020, 10, 10), "Председатель", "И. И. Иванова")
        row = agree_by_council(session, EVERYBODY, roadmap_id, agreement, row.version)
        order = Order("70", date(2020, 10, 13), "Управление образования", "Начальник", "П. П. Петров")
        approve(session, EVERYBODY, roadmap_id, order, row.version)
    with reading(engine) as session:
        plain = roadmap_document(session, EVERYBODY, roadmap_id, 1)
        control = roadmap_document(session, EVERYBODY, roadmap_id, with_control=True)
        with pytest.raises(NotFound):
            roadmap_document(session, EVERYBODY, roadmap_id, 2)
    blocks = "\n".join(cell.text for cell in Document(io.BytesIO(plain)).tables[0].rows[0].cells)
    assert "Приказ № 70 от 13.10.2020" in blocks and "______________ П. П. Петров" in blocks
    assert table_rows(control, 1)[1][5] == "запланировано"
    sheet = table_rows(control, 2)
    assert [line[0] for line in sheet[1:]] == ["Редакция 1: согласовано советом", "Редакция 1: утверждено приказом"]
    _is_in_the_register_as_approved(engine, roadmap_id)


def _is_in_the_register_as_approved(engine: Engine, roadmap_id: int) -> None:
    """What is changed afterwards does not come into the edition, neither in Word nor in Excel."""
    with writing(engine, "Методист") as session:
        measure = next(row for row in session.exec(select(Measure)) if row.roadmap_id == roadmap_id and row.parent_id)
        as_approved, measure.title = measure.title, "Изменено после утверждения"
        session.add(measure)
    with reading(engine) as session:
        (row,) = list_documents(session, EVERYBODY, "roadmap-edition")
        assert row.subject.key == f"{roadmap_id}|1" and row.title.endswith("– Редакция 1: Методическая работа")
        word, book = (
            make_document(session, EVERYBODY, "roadmap-edition", row.subject.key, ending).content
            for ending in ("docx", "xlsx")
        )
        now = make_document(session, EVERYBODY, "roadmap", str(roadmap_id), "docx").content
        for key in (f"{roadmap_id}|2", f"{roadmap_id}", "999|1"):
            with pytest.raises(NotFound):
                make_document(session, EVERYBODY, "roadmap-edition", key, "docx")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    titles = {str(cell.value) for cell in sheet["B"]}
    told = {line[1] for line in table_rows(word)}
    assert as_approved in told & titles and "Изменено после утверждения" not in told | titles
    assert "Изменено после утверждения" in {line[1] for line in table_rows(now)}
    assert {line[1] for line in table_rows(word)[1:]} <= titles


def test_the_minutes_are_those_of_a_methodical_council(district) -> None:
    engine, _roadmap, meeting_id = district
    with reading(engine) as session:
        lines = texts(minutes_document(session, EVERYBODY, meeting_id))
    assert lines[:3] == ["Никольский район", "ПРОТОКОЛ № 4", "заседания районного методического совета"]
    assert "Присутствовали: 1\xa0человек" in lines and "1. Иванова И. И., методист" in lines
    assert any(line.startswith("1. Пункт 1 дорожной карты: Разработка Положений") for line in lines)
    assert any(line.startswith("По первому вопросу слушали: ") for line in lines)
    assert "1.1. Утвердить положения (ответственный: Иванова И. И.; срок: до 1 марта 2021 г.)." in lines
    assert not any("Приглашённые" in line or "{" in line for line in lines)


def test_text_of_people_is_text_and_nothing_else() -> None:
    """Signs of XML, of templates and such as no document can hold come out as typed, or not at all."""
    hostile = "<w:t>&{{ 7*7 }}{% for %}\x07\x0b «\nвторая строка"
    decision = MinutesDecision(number="1.1", text=hostile, responsible=hostile, deadline=hostile)
    item = MinutesItem(
        number=1, heading="По первому вопросу", title=hostile, speaker=hostile, discussion=hostile, note=hostile,
        result=hostile, decisions=(decision,), votes=hostile,
    )
    minutes = Minutes(
        organisation=hostile, number="1", body=hostile, held_on=date(2026, 11, 22), place=hostile, topic=hostile,
        present=(hostile,), invited=(hostile,), absent=(), items=(item,), other_decisions=(decision,),
        changes=(hostile,), chair=hostile, secretary=hostile,
    )
    lines = texts(render("minutes", minutes_values(minutes)))
    assert lines[0] == "<w:t>&{{ 7*7 }}{% for %} «\nвторая строка"


def test_minutes_say_what_was_not_come_to_and_what_the_meeting_changed() -> None:
    item = MinutesItem(
        number=1, heading="По первому вопросу", title="О пробном ОГЭ", speaker="Рогов И. Д.", discussion="", note="",
        result="", decisions=(), votes="", is_heard=False,
    )
    minutes = Minutes(
        organisation="Школа", number="1", body="ШМО", held_on=date(2026, 11, 22), place="", topic="", present=("А",),
        invited=(), absent=(), items=(item, item.model_copy(update={"number": 2, "is_heard": True})),
        other_decisions=(), changes=("1.1 Семинар: добавлено",), changes_here=("1.2 Опрос: удалено",), chair="",
        secretary="",
    )
    lines = texts(render("minutes", minutes_values(minutes)))
    assert "По первому вопросу: О пробном ОГЭ – не рассматривался." in lines
    assert "По первому вопросу слушали: Рогов И. Д. – О пробном ОГЭ" in lines
    before, here = lines.index("Что изменилось с прошлого заседания:"), lines.index("Изменено на этом заседании:")
    assert lines[before + 1] == "– 1.1 Семинар: добавлено" and lines[here + 1] == "– 1.2 Опрос: удалено"
    kept = Minutes.model_validate({
        name: value for name, value in minutes.model_dump(mode="json").items() if name != "changes_here"
    })
    assert "Изменено на этом заседании:" not in texts(render("minutes", minutes_values(kept))), "earlier ones"


def test_a_large_roadmap_is_printed(district) -> None:
    engine, roadmap_id, _meeting = district
    with reading(engine) as session:
        content = content_of(session, get_roadmap(session, EVERYBODY, roadmap_id))
    many = content.model_copy(update={"rows": content.rows * 30})
    values = roadmap_values("Район", many, [ApprovalBlock("УТВЕРЖДЕНО", "", "", "", "")])
    assert len(table_rows(render("roadmap", values))) == 1 + 390


def broken(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a template in which one text was replaced, as somebody may do it in Word."""
    document = Document(str(template_path(name)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if old in run.text]
    assert runs
    runs[0].text = runs[0].text.replace(old, new, 1)
    path = tmp_path / f"{name}.docx"
    document.save(str(path))
    return path


VALUES = minutes_values(
    Minutes(
        organisation="Школа", number="1", body="ШМО", held_on=date(2026, 11, 22), place="", topic="", present=("А",),
        invited=(), absent=(), items=(), other_decisions=(), changes=(), chair="", secretary="",
    )
)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{{ номер }}", "{{ номерр }}", ("неизвестное имя «номерр»", "возле «ПРОТОКОЛ № {{ номерр }}»")),
        ("{{ номер }}", "{{ номер }", ("ошибка в записи метки", "ПРОТОКОЛ № {{ номер }")),
        ("{%p for участник in присутствовали %}", "", ("лишняя или неизвестная команда «endfor»",)),
        ("{%p endfor %}", "", ("ошибка в записи метки",)),
        ("{{ дата }}", "{{ дата.__class__.__mro__ }}", ("недоступно",)),
        ("{{ дата }}", "{{ дата | транслит }}", ("ошибка в записи метки", "от {{ дата | транслит }}")),
    ],
)
def test_a_broken_template_gives_a_sentence_with_the_place(
    tmp_path: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    path = broken(tmp_path, "minutes", old, new)
    with pytest.raises(InvalidInput) as refusal:
        render("minutes", VALUES, path)
    for word in ("minutes.docx", *words):
        assert word in refusal.value.message
    assert "README.md" in refusal.value.advice


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04broken"])
def test_a_file_that_is_no_document_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="повреждён или это не документ Word"):
        render("minutes", VALUES, path)


def test_a_missing_template_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Нет файла шаблона"):
        render("minutes", VALUES, tmp_path / "minutes.docx")


def test_other_words_and_order_of_a_methodist_are_kept(tmp_path: Path) -> None:
    path = broken(tmp_path, "minutes", "ПРОТОКОЛ № {{ номер }}", "Протокол от {{ дата }} № {{ номер }}")
    assert texts(render("minutes", VALUES, path))[1] == "Протокол от 22 ноября 2026\xa0г. № 1"


def test_the_heading_does_not_say_twice_what_it_is(district) -> None:
    engine, roadmap_id, _meeting = district
    with writing(engine, "Методист") as session:
        roadmap = get_roadmap(session, EVERYBODY, roadmap_id)
        roadmap.title = "Дорожная карта по физике"
        session.add(roadmap)
    with reading(engine) as session:
        lines = texts(roadmap_document(session, EVERYBODY, roadmap_id))
    assert lines[lines.index("ДОРОЖНАЯ КАРТА") + 1] == "по физике"
