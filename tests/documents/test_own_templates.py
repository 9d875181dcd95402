"""Templates of organisations: used at once, by those below too; a broken one is refused and nothing changes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import Engine

from core.documents.own_templates import check_template, fill, list_templates, put_template, return_to_shipped
from core.documents.register import KINDS
from core.documents.rendering import template_path
from core.documents.template_samples import names_of, sample_of, template_titles
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.store.backup import backup
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, build

EVERYBODY = Scope.local_administrator()


@pytest.fixture
def region(sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    return build(sqlite_engine)


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        return scope_for(session, session.get_one(Account, region.accounts[name]), DAY)


def changed(old: str, new: str, name: str = "minutes") -> bytes:
    """Return a shipped template in which one text was replaced, as people do in Word."""
    document = Document(str(template_path(name)))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text)
    run.text = run.text.replace(old, new)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def heading(region: Region, place: str) -> str:
    with reading(region.engine) as session:
        content = fill(session, region.units[place], "minutes", sample_of("minutes"))
    return Document(io.BytesIO(content)).paragraphs[1].text.split(" №")[0]


def test_a_changed_template_is_used_at_once_and_taken_back(region: Region, tmp_path: Path) -> None:
    content = changed("ПРОТОКОЛ", "ПРОТОКОЛ СОВЕТА")
    put_template(region.engine, EVERYBODY, region.units["школа 1"], "minutes", "наш протокол.docx", content)
    assert heading(region, "школа 1") == "ПРОТОКОЛ СОВЕТА" and heading(region, "школа 2") == "ПРОТОКОЛ"
    put_template(
        region.engine, EVERYBODY, region.units["школа 1"], "minutes", "новый.docx", changed("ПРОТОКОЛ", "ЗАПИСЬ")
    )
    assert heading(region, "школа 1") == "ЗАПИСЬ"
    assert not backup(region.engine, tmp_path / "copy.db").lost, "copies of the store hold the templates"
    with reading(region.engine) as session:
        row = next(one for one in list_templates(session, EVERYBODY, region.units["школа 1"]) if one.name == "minutes")
        assert row.is_own and row.file_name == "новый.docx"
    with writing(region.engine, "Методист") as session:
        return_to_shipped(session, EVERYBODY, region.units["школа 1"], "minutes")
    assert heading(region, "школа 1") == "ПРОТОКОЛ"


def test_schools_take_the_template_of_what_stands_above_them(region: Region) -> None:
    with reading(region.engine) as session:
        above = load_tree(session, EVERYBODY).above(region.units["школа 1"])[0].id or 0
    put_template(region.engine, EVERYBODY, above, "minutes", "район.docx", changed("ПРОТОКОЛ", "ПРОТОКОЛ РАЙОНА"))
    assert heading(region, "школа 1") == "ПРОТОКОЛ РАЙОНА"
    with reading(region.engine) as session:
        row = next(one for one in list_templates(session, EVERYBODY, region.units["школа 1"]) if one.name == "minutes")
        assert not row.is_own and row.from_above


def test_who_may_change_templates(region: Region) -> None:
    content = changed("ПРОТОКОЛ", "ПРОТОКОЛ СОВЕТА")
    with pytest.raises(NotAllowed):
        put_template(region.engine, scope_of(region, "учитель"), region.units["школа 1"], "minutes", "a.docx", content)
    with pytest.raises(NotFound):
        put_template(region.engine, scope_of(region, "директор"), region.units["школа 2"], "minutes", "a.docx", content)
    assert scope_of(region, "методист школы").allows(Action.MANAGE_TEMPLATES)
    assert not scope_of(region, "руководитель шмо").allows(Action.MANAGE_TEMPLATES)


def packed(edit: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a shipped template with its parts changed."""
    with zipfile.ZipFile(template_path("minutes")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _document(parts: dict[str, bytes], old: bytes, new: bytes) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new, 1)


_RELATION = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
)

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "unknown name": (lambda: changed("{{ номер }}", "{{ номерр }}"), "неизвестное имя «номерр» возле «ПРОТОКОЛ"),
    "not closed": (lambda: changed("{{ номер }}", "{{ номер }"), "ошибка в записи метки"),
    "python": (lambda: changed("{{ номер }}", "{{ номер.__class__ }}"), "недоступно"),
    "a call": (lambda: changed("{{ номер }}", "{{ номер.zfill(9) }}"), "недоступно"),
    "a bomb of text": (lambda: changed("{{ номер }}", "{{ 'я' * 1000000000 }}"), "недоступно"),
    "a bomb of width": (lambda: changed("{{ номер }}", "{{ номер | center(1000000000) }}"), "ошибка в записи метки"),
    "a long loop": (
        lambda: changed("{{ номер }}", "{% for i in range(99999999) %}{% endfor %}"), "недоступно"
    ),
    "no Word file": (lambda: b"%PDF-1.4 ...", "не отвечает содержимому"),
    "damaged": (lambda: packed(lambda parts: _document(parts, b"</w:body>", b"")), "повреждён в части"),
    "a macro": (lambda: packed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})), "есть макросы"),
    "an object": (lambda: packed(lambda parts: parts.update({"word/embeddings/o.bin": b"x"})), "вложенный объект"),
    "a bomb": (
        lambda: packed(lambda parts: parts.update({"word/media/i.bmp": b"\0" * (41 * 1024 * 1024)})), "слишком велик"
    ),
    "entities": (
        lambda: packed(lambda parts: _document(parts, b"<w:document", b"<!DOCTYPE a><w:document")), "недопустимая часть"
    ),
    "a remote template": (
        lambda: packed(lambda parts: parts.update({"word/_rels/document.xml.rels": parts[
            "word/_rels/document.xml.rels"].replace(b"</Relationships>", _RELATION)})), "загружает что-то по адресу",
    ),
    "no names": (lambda: _blank(), "нет ни одной метки"),
}


def _blank() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


def test_a_broken_template_is_refused_and_nothing_changes(region: Region) -> None:
    school = region.units["школа 1"]
    put_template(region.engine, EVERYBODY, school, "minutes", "наш.docx", changed("ПРОТОКОЛ", "ПРОТОКОЛ СОВЕТА"))
    for what, (make, words) in HOSTILE.items():
        with pytest.raises(InvalidInput) as refusal:
            put_template(region.engine, EVERYBODY, school, "minutes", "плохой.docx", make())
        assert words in refusal.value.message and "плохой.docx" in refusal.value.message, (what, refusal.value.message)
        assert refusal.value.advice, what
    assert heading(region, "школа 1") == "ПРОТОКОЛ СОВЕТА"


def test_every_template_has_a_sample_that_fills_it() -> None:
    used = {name for kind in KINDS.values() for name in kind.templates}
    assert used == set(template_titles())
    readme = (template_path("minutes").parent / "README.md").read_text(encoding="utf-8")
    for name in used:
        check_template(name, f"{name}.docx", template_path(name).read_bytes())
        assert f"{name}.docx" in readme, name
        for word, example in names_of(name):
            assert example, (name, word)
            assert f"`{word.split(' → ')[-1]}`" in readme, (name, word)


@pytest.mark.parametrize("tag", [
    "{{ номер|replace('', 'a' )|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')"
    + "|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')" * 5 + " }}",
    "{% set a = номер %}" + "{% set a = a ~ a ~ a ~ a ~ a ~ a ~ a ~ a %}" * 12 + "{{ a }}",
    "{% set a = номер %}" + "{% set a = a + a + a + a + a + a + a + a %}" * 12 + "{{ a }}",
    "{% set a %}{{ номер }}{{ номер }}{% endset %}{{ a }}",
    "".join(f"{{% for n{place} in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10) %}}" for place in range(9)) + "рост"
    + "{% endfor %}" * 9,
])
def test_a_template_that_grows_without_end_is_refused(tag: str) -> None:
    with pytest.raises(InvalidInput, match="недоступно"):
        check_template("minutes", "рост.docx", changed("ПРОТОКОЛ", tag))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n", b"MZ\x90\x00", b""])
def test_what_is_no_document_is_told_to_be_saved_as_one(content: bytes):
    with pytest.raises(InvalidInput) as refused:
        check_template("minutes", "шаблон.docx", content)
    assert "Документ Word" in refused.value.advice and "PDF" not in refused.value.advice
