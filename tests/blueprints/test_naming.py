"""What names of files, sheets and subjects say."""

import pytest

from core.blueprints.naming import canonical_procedure, canonical_subject, guess_from_file_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Форма сбора результатов Русский язык 4 класс ВПР 2026.xlsx", ("ВПР", "Русский язык", 4, 2026)),
        ("Форма сбора результатов Английский язык 8 класс ВПР 2026.xlsx", ("ВПР", "Английский язык", 8, 2026)),
        ("02_2026.06.02_Математика.xlsx", (None, "Математика", None, 2026)),
        ("vpr-vygruzka-2022-fi8.xlsx", ("ВПР", "Физика", 8, 2022)),
        ("fisoko-ma4-individualnye.xlsx", ("ВПР", "Математика", 4, None)),
        ("fisoko-ma4-otmetki.xlsx", ("ВПР", "Математика", 4, None)),
        ("ege-protokol-profil.xlsx", ("ЕГЭ", "Математика профильная", 11, None)),
        ("oge-protokol.xls", ("ОГЭ", None, 9, None)),
        ("ris-oge.csv", ("ОГЭ", None, 9, None)),
        ("exam-mathematics-2000x30.xlsx", ("Школьный мониторинг", "Математика", None, None)),
        ("anketa-pedagogov.xlsx", ("Диагностика педагогов", None, None, None)),
        ("РУ 4 Статистика по отметкам", (None, "Русский язык", 4, None)),
        ("8Б математика ВПР.xlsx", ("ВПР", "Математика", 8, None)),
        ("ВПР 2025-2026 уч.год физика 7 класс (2).xlsx", ("ВПР", "Физика", 7, 2026)),
        ("Контрольная работа 2 четверть 7Б алгебра октябрь 2025.xlsx", ("Школьный мониторинг", "Алгебра", 7, 2026)),
        ("РДР Функциональная грамотность 8 класс 15.10.2025.xlsx",
         ("Региональный мониторинг", "Функциональная грамотность", 8, 2026)),
        ("МБОУ СОШ №5 биология 6 кл 20.04.2026.xlsx", (None, "Биология", 6, 2026)),
        ("vpr_russkiy_yazyk_5_klass_2025.xlsx", ("ВПР", "Русский язык", 5, 2025)),
        ("okruzhayushchij mir 4 klass.xlsx", (None, "Окружающий мир", 4, None)),
        ("grade 8 physics.csv", (None, "Физика", 8, None)),
        ("ВПР Математика (базовый уровень) 7 класс 2026", ("ВПР", "Математика", 7, 2026)),
        ("Результаты ЕГЭ Математика (базовый уровень) 2026.xlsx", ("ЕГЭ", "Математика базовая", 11, 2026)),
        ("Матем 5-6 классы 2024.xlsx", (None, "Математика", None, 2024)),
        ("Химия вариант 2.xlsx", (None, "Химия", None, None)),
        ("C:\\Отчёты\\himiya_9.xlsx", (None, "Химия", 9, None)),
        ("История 10-11 классы.xlsx", (None, "История", None, None)),
        ("ВПР РУ 5 кл 24-25.xlsx", ("ВПР", "Русский язык", 5, 2025)),
        ("биология 6а 20.04.26.xlsx", (None, "Биология", 6, 2026)),
        ("База учеников.xlsx", (None, None, None, None)),
        ("Сводная таблица.xlsx", (None, None, None, None)),
        ("", (None, None, None, None)),
    ],
)
def test_file_names(name, expected):
    assert guess_from_file_name(name) == expected


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("МА", "Математика"), ("РУ", "Русский язык"), ("Матем", "Математика"), ("Физ", "Физика"),
        ("рус. яз.", "Русский язык"),
        ("mathematics", "Математика"), ("Информатика и ИКТ", "Информатика"), ("Русский", "Русский язык"),
        ("МАТЕМАТИКА (профильный уровень)", "Математика профильная"),
        ("Иностранный язык (английский)", "Английский язык"),
        ("История России", "История"), ("ОБЖ", "Основы безопасности и защиты Родины"), ("ё", None),
        ("Начальные классы", None),
    ],
)
def test_subjects(text, subject):
    assert canonical_subject(text) == subject


def test_base_level_is_a_subject_of_its_own_only_in_ege():
    assert canonical_subject("Математика (базовый уровень)", "ЕГЭ") == "Математика базовая"
    assert canonical_subject("Математика (базовый уровень)", "ВПР") == "Математика"


@pytest.mark.parametrize(
    ("text", "procedure"),
    [("ВПР 2026 Русский язык 4 класс", "ВПР"), ("Всероссийские проверочные работы", "ВПР"), ("огэ", "ОГЭ"),
     ("EGE", "ЕГЭ"),
     ("Национальное исследование качества образования", "НИКО"), ("Входная контрольная", "Школьный мониторинг"),
     ("Математика", None)],
)
def test_procedures(text, procedure):
    assert canonical_procedure(text) == procedure
