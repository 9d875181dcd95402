"""Texts of recommendations: their numbers, what they do not tell, own texts before the shipped ones."""

import io
from datetime import date

import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import select

from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.wave_tables import WaveKind
from core.documents.recommendation_document import recommendation_document
from core.errors import InvalidInput, NotAllowed, NotFound
from core.intake.tables import ClassWork, Upload
from core.people.scope import Scope
from core.planning.chain import chain_of_recommendation
from core.planning.chain_contract import ChainKind
from core.planning.recommendations.answering import Answer
from core.planning.recommendations.bank import load_bank
from core.planning.recommendations.deficits import deficit_key
from core.planning.recommendations.drafting import propose, write_about
from core.planning.recommendations.grids import save_texts, take_shipped_texts
from core.planning.recommendations.listing import view_recommendation
from core.planning.tables import AddresseeKind
from core.store.base import utc_now
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import class_row, simulated
from tests.diagnostics import viewers
from tests.diagnostics.stored_answers import MATHS, PHYSICS, add_wave, build_district
from tests.planning.recommendations.conftest import EVERYBODY, TERM, TODAY, Town


def test_the_text_is_ready_with_its_numbers_and_the_association_comes_first(town: Town):
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, town.key, today=TODAY)
    assert proposal.addressees[0].name == "ШМО математиков"
    assert [one.kind for one in proposal.addressees[1:4]] == [
        AddresseeKind.ADMINISTRATION, AddresseeKind.PARENTS, AddresseeKind.PARENTS,
    ]
    assert proposal.title == "Разобрать затруднения обучающихся по теме «геометрия»: математика"
    assert "n\xa0=\xa024" in proposal.text and "достоверно ниже порога" in proposal.text
    assert "{" not in proposal.text and "  " not in proposal.text


def test_every_shipped_text_is_filled_without_gaps(town: Town):
    with reading(town.engine) as session:
        addressees = propose(session, EVERYBODY, town.key).addressees
        texts = [propose(session, EVERYBODY, town.key, one).text for one in addressees]
    assert len({text[:60] for text in texts}) >= 3
    for text in texts:
        assert not any(sign in text for sign in ("{", "}", " .", " ,", "..", "  "))


def test_numbers_stay_when_the_work_is_corrected_and_the_difference_is_said(town: Town):
    written = town.write()
    before = town.view(written).bases[0]
    with writing(town.engine, "Методист") as session:
        query = select(ClassWork).where(ClassWork.school_id == town.school, ClassWork.class_name == "А")
        row = session.exec(query).one()
        row.deleted_at = utc_now()
        upload = Upload(file_name="исправлено.xlsx", sha256="исправлено", layout="tidy")
        session.add_all((row, upload))
        session.flush()
        session.add(class_row(simulated(24, 5), "А", town.school, town.work, upload.id or 0))
    after = town.view(written).bases[0]
    assert after.numbers == before.numbers and before.difference == ""
    assert after.difference.startswith("С тех пор результаты исправлены: сейчас ")
    assert "n\xa0=\xa024" in after.difference


def test_own_texts_stand_before_the_shipped_ones_for_everybody_below(town: Town):
    district = town.region.units["район"]
    new = {
        "name": "Наш", "basis": "проблемное поле", "addressee": "объединение", "title": "Обсудить {поле}",
        "text": "Коллеги, {предмет}: {выполнение}.",
    }
    with writing(town.engine, "Методист") as session:
        refused = save_texts(session, EVERYBODY, district, GridChanges(added=[{**new, "text": "{тема}"}]))
        assert "«тема»" in refused.refused[0].error.message
        assert not save_texts(session, EVERYBODY, district, GridChanges(added=[new])).refused
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, town.key)
    assert proposal.title == "Обсудить по теме «геометрия»" and proposal.text.startswith("Коллеги, математика: ")
    with writing(town.engine, "Директор") as session:
        scope = town.scope("директор")
        assert take_shipped_texts(session, scope, town.school) > 5
        assert take_shipped_texts(session, scope, town.school) == 0
        with pytest.raises(NotAllowed):
            take_shipped_texts(session, scope, district)
    with reading(town.engine) as session:
        assert propose(session, EVERYBODY, town.key).title.startswith("Разобрать затруднения")


def test_a_broken_file_of_texts_is_named_with_its_fault(tmp_path):
    (tmp_path / "texts.yaml").write_text(
        "source: проба\ntexts:\n  - {name: Имя, basis: проблемное поле, addressee: педагог, title: Тема, "
        "text: 'о {чём} речь'}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput, match=r"texts\.yaml.*неизвестная подстановка «чём»"):
        load_bank(tmp_path)


def test_numbers_of_a_few_are_in_no_text_and_not_seen_from_above(town: Town):
    few = f"{town.work}|class:{town.region.units['школа 2']}:В|element|геометрия"
    with writing(town.engine, "Методист") as session:
        proposal = propose(session, EVERYBODY, few, today=TODAY)
        values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
        written = write_about(session, EVERYBODY, few, proposal.addressees[0], values, send=True).id or 0
    assert "меньше пяти участников" in proposal.text and "%" not in proposal.text
    assert "%" not in town.view(written, town.scope("специалист")).bases[0].numbers
    assert "%" in town.view(written, EVERYBODY).bases[0].numbers


def test_a_number_that_gives_a_small_class_away_stays_in_its_school(town: Town):
    """School 2 has a class of three: who knows the school and the class А could find it out with the class Б."""
    beside = f"{town.work}|class:{town.region.units['школа 2']}:Б|element|геометрия"
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, beside, today=TODAY)
        assert not propose(session, EVERYBODY, town.key, today=TODAY).field.basis.inside_only
    assert proposal.field.basis.inside_only and "%" not in proposal.text


def test_the_document_says_everything_with_the_frozen_numbers(town: Town):
    written = town.write()
    town.answer(written, Answer.ACCEPTED, "Рассмотрим на заседании")
    with reading(town.engine) as session:
        document = Document(io.BytesIO(recommendation_document(session, EVERYBODY, written)))
    text = "\n".join([*(one.text for one in document.paragraphs),
                      *(cell.text for row in document.tables[0].rows for cell in row.cells)])
    for words in ("ШМО математиков", "n\xa0=\xa024", TERM, "принято – Рассмотрим на заседании", "не используются"):
        assert words in text


def test_a_corporate_deficit_is_a_basis_with_its_share_of_that_day(sqlite_engine: Engine):
    district = build_district(sqlite_engine)
    with writing(district.engine, "Методист") as session:
        found = shared_deficits(session, EVERYBODY)
        assert found.round is not None
        one = next(each for each in found.found if each.is_corporate and each.group.subject == MATHS)
        key = deficit_key(found.round, one)
        proposal = propose(session, EVERYBODY, key, today=TODAY)
        assert proposal.addressees[0].name == f"РМО {MATHS}"
        assert "54,5\xa0%" in proposal.text and "n\xa0=\xa011" in proposal.text and "{" not in proposal.text
        assert "корпоративный дефицит" in proposal.text and "по вопросу «" in proposal.text
        values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
        written = write_about(session, EVERYBODY, key, proposal.addressees[0], values, send=True, today=TODAY).id or 0
        chain = chain_of_recommendation(session, EVERYBODY, written)
        fine = next(each for each in found.found if not each.is_corporate and each.group.subject == MATHS)
        with pytest.raises(InvalidInput, match="корпоративн"):
            propose(session, EVERYBODY, deficit_key(found.round, fine))
        with pytest.raises(NotFound):
            propose(session, EVERYBODY, "9-2020-входная|subject:Химия:|item:1")
    shown = {step.kind: step.links for step in chain.steps}
    assert "54,5\xa0%" in shown[ChainKind.DEFICIT][0].note
    assert not shown[ChainKind.FIELD] and shown[ChainKind.RECOMMENDATION]


def test_a_share_that_gives_a_few_teachers_away_is_told_to_nobody_who_would_learn_of_them(sqlite_engine: Engine):
    """Seven of the ten physicists work in school 2: its share and the district's would tell of the other three."""
    district = build_district(sqlite_engine)
    director = viewers.director(district, "школа 2")
    member = viewers.teacher(district, f"{PHYSICS} 2/5")
    with writing(district.engine, "Директор") as session:
        add_wave(session, district, WaveKind.FINAL, date(2026, 10, 1), lambda _subject, number: [3, 1 + number // 5, 3])
        session.flush()
        school = district.units["школа 2"]
        found = shared_deficits(session, director, DeficitFilter(school_id=school))
        keys = {
            one.group.subject: deficit_key(found.round, one)
            for one in found.found if one.is_corporate and one.line.columns == (1,)
        }
        assert set(keys) >= {MATHS, PHYSICS}
        written = {}
        for subject in (MATHS, PHYSICS):
            proposal = propose(session, director, keys[subject], today=TODAY)
            assert ("%" in proposal.text) is (subject == MATHS)
            to = next(one for one in proposal.addressees if one.kind is AddresseeKind.ADMINISTRATION)
            values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
            written[subject] = write_about(session, director, keys[subject], to, values, send=True).id or 0
    with reading(district.engine) as session:
        def numbers(scope: Scope, subject: str) -> str:
            return view_recommendation(session, scope, written[subject]).bases[0].numbers

        specialist = viewers.specialist(district)
        assert "100,0" in numbers(specialist, MATHS)
        assert "%" not in numbers(specialist, PHYSICS) and "n" not in numbers(specialist, PHYSICS)
        assert "71,4" in numbers(director, PHYSICS)
        with pytest.raises(NotFound):
            numbers(member, PHYSICS)
