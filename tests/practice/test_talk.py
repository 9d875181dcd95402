"""Files, discussion and marks of use: what is accepted, who may, what stays."""

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound
from core.practice.attachments import (
    attach_file,
    attach_link,
    list_attachments,
    open_attachment,
    remove_attachment,
    removed_attachments,
    restore_attachment,
)
from core.practice.discussion import add_note, list_notes, remove_note, restore_note
from core.practice.states import NoteKind, UseOutcome
from core.practice.uses import UseMark, list_uses, mark_use, places_to_offer, remove_use, uses_words
from core.store.attachments import attachments_directory
from core.store.unit_of_work import reading, writing
from tests.practice.conftest import MATHS, Library

PDF = b"%PDF-1.7\n..."


@pytest.fixture
def published(library: Library) -> int:
    practice = library.add()
    library.publish(practice)
    return practice


def test_files_and_links_are_attached_by_the_author_and_read_by_all(library: Library, published: int) -> None:
    key = attach_file(library.engine, library.scope("учитель"), published, "Конспект.pdf", PDF)
    with writing(library.engine, "учитель") as session:
        attach_link(session, library.scope("учитель"), published, "https://школа.рф/урок", "Запись урока")
    with reading(library.engine) as session:
        rows = list_attachments(session, library.scope("наставник"), published)
        assert [row.title for row in rows] == ["Конспект.pdf", "Запись урока"]
        assert open_attachment(session, library.scope("наставник"), key)[1] == PDF
    with pytest.raises(NotAllowed, match="Файлы прикладывает автор"):
        attach_file(library.engine, library.scope("наставник"), published, "Чужое.pdf", PDF)
    with writing(library.engine, "учитель") as session:
        remove_attachment(session, library.scope("учитель"), key)
        assert len(list_attachments(session, library.scope("учитель"), published)) == 1
        assert [row.id for row in removed_attachments(session, library.scope("учитель"), published)] == [key]
        restore_attachment(session, library.scope("учитель"), key)
        assert len(list_attachments(session, library.scope("учитель"), published)) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("игра.exe", b"MZ\x90\0", "программа"),
        ("конспект.pdf", b"MZ\x90\0", "программа"),
        ("пусто.pdf", b"", "пуст"),
    ],
)
def test_a_program_or_an_empty_file_is_refused(library: Library, published: int, name, content, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        attach_file(library.engine, library.scope("учитель"), published, name, content)
    assert not attachments_directory().exists()


def test_two_hundred_megabytes_are_refused_in_words_and_leave_nothing(library: Library, published: int) -> None:
    with pytest.raises(InvalidInput, match="занимает 200 МБ, а помещается 20 МБ"):
        attach_file(library.engine, library.scope("учитель"), published, "видео.pdf", PDF + bytes(200 * 1024 * 1024))
    assert not attachments_directory().exists()


@pytest.mark.parametrize("url", ["школа.рф", "javascript:alert(1)", "", "ftp://x", "http://[", "https://a b"])
def test_a_link_without_http_is_refused(library: Library, published: int, url: str) -> None:
    with writing(library.engine, "учитель") as session, pytest.raises(InvalidInput, match="не похоже на адрес"):
        attach_link(session, library.scope("учитель"), published, url)


def test_a_draft_of_somebody_else_has_no_files(library: Library) -> None:
    practice = library.add(offer=False)
    key = attach_file(library.engine, library.scope("учитель"), practice, "Конспект.pdf", PDF)
    with reading(library.engine) as session, pytest.raises(NotFound):
        open_attachment(session, library.scope("директор"), key)


def write(library: Library, who: str, practice: int, text: str, **options: object) -> int:
    with writing(library.engine, who) as session:
        return add_note(session, library.scope(who), practice, text, **options).id or 0  # type: ignore[arg-type]


def test_a_question_waits_until_the_author_answers(library: Library, published: int) -> None:
    asked = write(library, "наставник", published, "Сколько уроков?", kind=NoteKind.QUESTION)
    with reading(library.engine) as session:
        (thread,) = list_notes(session, library.scope("учитель"), published)
    assert thread.waits and thread.first.author == "Петров Олег Ильич"
    write(library, "директор", published, "Спросим автора.", answers_id=asked)
    answer = write(library, "учитель", published, "Шесть.", answers_id=asked)
    write(library, "наставник", published, "Спасибо!", answers_id=answer)
    with reading(library.engine) as session:
        (thread,) = list_notes(session, library.scope("методист"), published)
    assert not thread.waits
    assert [(note.text, note.is_practice_author) for note in thread.answers] == [
        ("Спросим автора.", False), ("Шесть.", True), ("Спасибо!", False),
    ]
    assert thread.first.author.startswith("Педагог-")


@pytest.mark.parametrize(("text", "words"), [("  ", "пустая"), ("х" * 2001, "2001 знаков")])
def test_an_empty_or_endless_remark_is_refused(library: Library, published: int, text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        write(library, "наставник", published, text)


def test_who_only_looks_does_not_write_and_drafts_are_not_discussed(library: Library, published: int) -> None:
    with pytest.raises(NotAllowed):
        write(library, "наблюдатель", published, "Хорошо.")
    draft = library.add(title="Черновик", offer=False)
    with pytest.raises(InvalidInput, match="Черновик ещё не обсуждают"):
        write(library, "учитель", draft, "Сам себе.")


def test_moderation_takes_off_with_a_reason_and_brings_back(library: Library, published: int) -> None:
    note = write(library, "наставник", published, "Грубость")
    with writing(library.engine, "учитель") as session, pytest.raises(NotAllowed):
        remove_note(session, library.scope("учитель"), note, "Не нравится")
    with writing(library.engine, "методист") as session, pytest.raises(InvalidInput, match="почему запись снята"):
        remove_note(session, library.scope("методист"), note)
    with writing(library.engine, "методист") as session:
        remove_note(session, library.scope("методист"), note, "О людях, а не о практике")
    with reading(library.engine) as session:
        assert list_notes(session, library.scope("учитель"), published) == []
        (seen,) = list_notes(session, library.scope("методист"), published)
    assert seen.first.is_removed and seen.first.removed_why == "О людях, а не о практике"
    with writing(library.engine, "наставник") as session, pytest.raises(NotAllowed):
        restore_note(session, library.scope("наставник"), note)
    with writing(library.engine, "методист") as session:
        restore_note(session, library.scope("методист"), note)
    with reading(library.engine) as session:
        assert len(list_notes(session, library.scope("учитель"), published)) == 1


def mark(library: Library, **changes: object) -> UseMark:
    values: dict[str, object] = {
        "school_id": library.region.units["школа 1"], "grade": 6, "letter": " б ", "applied_on": date(2026, 10, 5),
        "outcome": UseOutcome.HELPED, "text": "Хватило четырёх уроков.",
    }
    return UseMark(**{**values, **changes})  # type: ignore[arg-type]


def test_a_colleague_marks_a_class_once_and_may_change_the_mark(library: Library, published: int) -> None:
    with writing(library.engine, "наставник") as session:
        first = mark_use(session, library.scope("наставник"), published, mark(library))
        second = mark_use(
            session, library.scope("наставник"), published, mark(library, outcome=UseOutcome.PARTLY, letter="Б")
        )
        assert first.id == second.id
    with reading(library.engine) as session:
        uses = list_uses(session, library.scope("учитель"), published)
    assert [(use.class_name, use.outcome, use.may_change) for use in uses] == [
        ("6Б, 2026/2027", UseOutcome.PARTLY, False)
    ]
    assert uses_words(uses) == "помогло отчасти – 1"
    with writing(library.engine, "учитель") as session, pytest.raises(NotAllowed):
        remove_use(session, library.scope("учитель"), first.id or 0)
    with writing(library.engine, "наставник") as session:
        remove_use(session, library.scope("наставник"), first.id or 0)
        assert list_uses(session, library.scope("наставник"), published) == []


def test_marks_of_other_schools_and_of_days_to_come_are_refused(library: Library, published: int) -> None:
    scope = library.scope("наставник")
    with writing(library.engine, "наставник") as session:
        with pytest.raises(NotFound):
            mark_use(session, scope, published, mark(library, school_id=library.region.units["школа 2"]))
        with pytest.raises(InvalidInput, match="ещё не наступила"):
            mark_use(session, scope, published, mark(library, applied_on=date.today() + timedelta(days=1)))
        with pytest.raises(InvalidInput, match="Класса «0»"):
            mark_use(session, scope, published, mark(library, grade=0))


def test_places_are_those_of_the_person(library: Library) -> None:
    with reading(library.engine) as session:
        mine = places_to_offer(session, library.scope("наставник"), MATHS, schools_only=True)
        all_of_them = places_to_offer(session, library.scope("методист"), MATHS, schools_only=True)
    assert [name for _id, name in mine] == ["школа 1"]
    assert [name for _id, name in all_of_them] == ["школа 1", "школа 2"]
