"""The five models: every file loads, and nothing that a document names was left out."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from core.cycle.model_content import PLACES
from core.cycle.model_search import find_said
from core.cycle.models import load_models, mentions, model_by_code, models
from core.cycle.records import Derived, ModelFile, OutputKind, RoomName
from core.documents.register import KINDS
from core.errors import InvalidInput, NotFound
from core.people.role_names import Role
from core.people.roles import ACCESS
from core.store.settings import reference_directory
from pages.widgets.screens import PAGES, is_built, screen_at

CODES = ("napolnovskaya", "sasovo-106", "isadskaya", "zelenchuk", "nikolsky")
FACTS = Path(__file__).with_name("model_facts.txt")
"""What each document says, line by line: model ¦ part ¦ what it is ¦ how it begins."""
LIVES = {
    "napolnovskaya": {
        "а) педсовет": "meeting", "в) работа методических объединений": "documents", "д) открытые уроки": "development",
        "ж) аттестация": "admin", "Устав школы": "cycle", "5. | Обобщение": "development",
        "Утверждённые общешкольные карты": "roadmaps", "Запросы и потребности учителей": "development",
        "1. Корректировка планов": "documents", "ШМО учителей гуманитарно": "meeting",
        "Формы аналитических материалов": "documents", "Результаты реализации «дорожных карт»": "documents",
    },
    "sasovo-106": {
        "Докурсовое, входное, промежуточное и итоговое": "deficits", "72 часа": "development",
        "до 48 часов": "development", "выездных тематических занятий": "practices", "Круглый стол": "practices",
        "Персонифицированная модель": "documents", "режиме вебинара": "practices",
        "Затруднения, выявленные экспертными": "deficits", "Региональный центр обработки": "upload",
        "Проблемы и затруднения, указанные учителями": "development", "корпоративные профессиональные": "deficits",
    },
    "isadskaya": {
        "Наименования каждого из этапов": "documents", "Родители": "recommendations", "Планы работы": "documents",
        "Помощь обучающимся и их родителям": "recommendations", "Модели наставничества": "mentorship",
        "НИКО": "upload", "новый управленческий цикл": "cycle", "планового характера": "documents",
    },
    "zelenchuk": {
        "Проблемные поля по содержанию работ": "municipality", "или профпереподготовке": "recommendations",
        "Педагоги направлены": "development", "осуществляют контроль": "municipality",
        "Методический кабинет": "admin", "Заседания РМО и ШМО": "meeting",
    },
    "nikolsky": {
        "13.10.2020 № 70": "cycle", "Планы работы РМО": "documents", "Протоколы заседаний РМО": "meeting",
        "Аналитические материалы по итогам мониторинга": "documents", "состоянии системы наставничества": "mentorship",
        "Приказы о результатах Конкурса": "mentorship", "Сетевое сообщество": "admin", "Видеоролики": "roadmaps",
        "Таблица 1. Ожидаемые": "indicators", "5.3.3 | Участие": "roadmaps", "5.1.1 | Проведение": "roadmaps",
        "Не реже 2 раз в год": "roadmaps", "представлены в таблице 1": "documents",
    },
}
"""Words of the documents, and a screen where the thing is done."""
WHO = {
    r"администраци|директор|руководители|образовательные организации|средняя школа": Role.DIRECTOR,
    r"ШМО|методическое объединение|совет молодых педагогов": Role.ASSOCIATION_HEAD,
    r"ШМС|методическ\w+ служб": Role.SCHOOL_METHODIST,
    r"методическ\w+ кабинет|методисты ММК|аттестационн\w+ комисси|институт": Role.MUNICIPAL_METHODIST,
    r"управлени\w+ образовани|муниципальные органы|министерство": Role.MUNICIPAL_SPECIALIST,
    r"учителя": Role.TEACHER,
}
"""Whom the documents name as responsible, by the roles of the program."""
OTHERS = frozenset({"municipality"})
"""Screens of those above the school, whom a school's document names as participants."""


def facts_of(code: str) -> list[tuple[str, ...]]:
    lines = (line.split(" ¦ ") for line in FACTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [tuple(line[1:]) for line in lines if line[0] == code]


def differences(code: str, model: ModelFile) -> list[object]:
    """Return what the model has lost of its document, and what it has gained."""
    said = [one for one in mentions(model) if not one.added]
    facts = facts_of(code)
    lost = [
        fact for fact in facts
        if not any((one.part, one.sort) == fact[:2] and one.text.startswith(fact[2]) for one in said)
    ]
    return [*lost, *(["other number of things"] if len(facts) != len(said) else [])]


def test_the_five_models_stand_in_their_order():
    assert [one.code for one in models()] == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_model_says_what_its_document_says(code):
    assert differences(code, model_by_code(code).file) == []


@pytest.mark.parametrize("code", CODES)
def test_whatever_is_taken_out_of_a_model_is_missed(code):
    model = model_by_code(code).file
    shorter = [
        model.model_copy(update={name: without})
        for name in (*PLACES, "stages", "tables") for without in _each_without(getattr(model, name))
    ]
    for place, stage in enumerate(model.stages):
        for name in ("tasks", "inputs", "outputs", "forms", "responsible", "also"):
            shorter += [
                model.model_copy(update={"stages": _put(model.stages, place, stage.model_copy(update={name: without}))})
                for without in _each_without(getattr(stage, name))
            ]
    for place, table in enumerate(model.tables):
        shorter += [
            model.model_copy(update={"tables": _put(model.tables, place, table.model_copy(update={"rows": without}))})
            for without in _each_without(table.rows)
        ]
    assert len(shorter) > 40
    assert all(differences(code, one) for one in shorter)


def _each_without(rows):
    """Return the list without each of its rows that the document says."""
    return [(*rows[:place], *rows[place + 1:]) for place, row in enumerate(rows) if not getattr(row, "added", False)]


def _put(rows, place, row):
    return (*rows[:place], row, *rows[place + 1:])


@pytest.mark.parametrize("code", CODES)
def test_things_live_where_they_are_done(code):
    said = mentions(model_by_code(code).file)
    assert [
        (words, screen) for words, screen in LIVES[code].items()
        if not any(words in one.text and screen in one.screens for one in said)
    ] == []


@pytest.mark.parametrize("code", CODES)
def test_every_thing_lives_on_a_screen_that_exists_in_a_place_of_that_name(code):
    documents = {kind.title for kind in KINDS.values()}
    for one in mentions(model_by_code(code).file):
        assert all(is_built(path) for path in one.screens)
        assert len(one.where.split(";")) <= len(one.screens), one
        for path, where in one.places:
            names = re.findall("«([^»]+)»", where)
            known = documents if path == "documents" else _texts_of(screen_at(path).file.split("/")[0])
            assert [name for name in names if name not in known] == [], one


@cache
def _texts_of(folder: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((PAGES / folder).rglob("*.py")))


@pytest.mark.parametrize("code", CODES)
def test_who_is_responsible_can_open_what_the_stage_needs(code):
    model = model_by_code(code).file
    everybody: set[Role] = set()
    for stage in model.stages:
        roles = {role for words, role in WHO.items() for one in stage.responsible if re.search(words, one, re.I)}
        assert all(any(re.search(words, one, re.I) for words in WHO) for one in stage.responsible), stage.responsible
        everybody |= roles
        doors = {*stage.screens, *(path for one in (*stage.inputs, *stage.outputs) for path in one.screens)}
        assert {path for path in doors if not any(_opens(role, path) for role in roles)} == set(), stage.number
    screens = {path for one in mentions(model) for path in one.screens}
    assert {path for path in screens if not any(_opens(role, path) for role in everybody)} <= OTHERS


def _opens(role: Role, path: str) -> bool:
    screen = screen_at(path)
    return any(action in ACCESS[role] for action in (screen.action, *screen.also))


@pytest.mark.parametrize(
    ("code", "asked", "first"),
    [
        ("isadskaya", "помощь родителям", "Помощь обучающимся и их родителям"),
        ("nikolsky", "не реже 2 раз в год", "5.1.1 | Проведение заседаний РМО"),
        (
            "sasovo-106",
            "На их заседаниях обсуждается передовой педагогический опыт, а ведущие педагоги имеют возможность "
            "поделиться опытом профилактики или ликвидации выявленных трудностей.",
            "На их заседаниях обсуждается передовой педагогический опыт",
        ),
        ("zelenchuk", "Участниками данной модели являются: Управление образования", "Управление образования"),
    ],
)
def test_a_sentence_is_found_by_its_words(code, asked, first):
    said = mentions(model_by_code(code).file)
    found = find_said(said, asked)
    assert any(one.mention.text.startswith(first) for one in found[:3])
    assert len(found) < 20
    assert len(find_said(said, "")) == len(said) and find_said(said, "квантовая механика") == ()


def test_the_fifth_part_keeps_the_number_of_the_document():
    assert [stage.number for stage in model_by_code("zelenchuk").file.stages] == ["I", "II", "III", "IV", "VI"]


def _copied(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "models"
    shutil.copytree(reference_directory() / "models", folder)
    file = folder / "isadskaya.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("room: analysis", "room: analytics", "поле «room»"),
        ("closing:", "ending:", "поле «closing»: поле обязательно"),
        ('number: "2"', 'number: "1"', "номер этапа записан дважды"),
        ("derived: mentorship_active", "derived: guess", "поле «derived»"),
        ("order: 3", "order: три", "поле «order»: нужно число"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_key(tmp_path, old, new, said):
    with pytest.raises(InvalidInput) as refusal:
        load_models(_copied(tmp_path, old, new))
    assert "isadskaya.yaml" in refusal.value.message
    assert said in refusal.value.message


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    folder = _copied(tmp_path, "closing:", 'tables: [{title: "Таблица", columns: ["а", "б"], screens: [cycle], '
                     'rows: [["1"]]}]\nclosing:')
    with pytest.raises(InvalidInput, match="в строке 1 ячеек 1, а столбцов 2"):
        load_models(folder)


def test_a_school_copies_a_model_and_changes_it(tmp_path):
    folder = _copied(tmp_path, "short:", "short:")
    text = (folder / "isadskaya.yaml").read_text(encoding="utf-8")
    own = text.replace('short: "Исадская СОШ"', 'short: "Наша школа"').replace("order: 3", "order: 9")
    (folder / "our-school.yaml").write_text(own, encoding="utf-8")
    found = load_models(folder)
    assert [one.code for one in found] == [*CODES, "our-school"]
    assert found[-1].file.short == "Наша школа"


def test_every_kind_of_record_is_explained_beside_the_files():
    text = (reference_directory() / "models" / "README.md").read_text(encoding="utf-8")
    assert [one.value for one in (*Derived, *RoomName, *OutputKind) if one.value not in text] == []


def test_an_empty_directory_and_an_unknown_code_are_refused(tmp_path):
    with pytest.raises(InvalidInput, match="нет ни одной модели"):
        load_models(tmp_path)
    with pytest.raises(NotFound):
        model_by_code("нет-такой")
