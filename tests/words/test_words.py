"""How numbers, dates and counted nouns are said."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.words import (
    Case,
    academic_year,
    count_of,
    day,
    decline,
    interval,
    listing,
    long_day,
    moment,
    noun,
    number,
    percent,
    plural,
    share,
)


def test_numbers():
    assert number(12345.678, 1) == "12\u00a0345,7"
    assert number(1234567) == "1\u00a0234\u00a0567"
    assert number(-0.5, 2) == "−0,50"
    assert number(-0.001, 1) == "0,0"
    assert number(5) == "5"
    assert number(float("nan")) == "—"
    assert number(float("-inf")) == "−∞"


def test_shares_and_intervals():
    assert percent(0.625) == "62,5\u00a0%"
    assert percent(0.5, 0) == "50\u00a0%"
    assert interval(0.412, 0.7) == "41,2–70,0\u00a0%"
    assert share(0.625, 0.41, 0.78, n=20) == "62,5\u00a0% (41–78\u00a0%, n\u00a0=\u00a020)"
    nothing = float("nan")
    assert (percent(nothing), interval(nothing, 0.5), share(nothing, nothing, nothing, 0)) == ("—", "—", "—")


def test_dates_and_times():
    assert day(date(2026, 11, 2)) == "02.11.2026"
    assert long_day(date(2026, 11, 22)) == "22 ноября 2026\u00a0г."
    instant = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)
    assert moment(instant, "Europe/Moscow") == "23.11.2026 00:05"
    assert moment(instant, ZoneInfo("Asia/Vladivostok")) == "23.11.2026 07:05"
    with pytest.raises(ValueError):
        moment(datetime(2026, 11, 22, 21, 5), "Europe/Moscow")
    assert academic_year(2026) == "2025/2026"


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("работа", ("работа", "работы", "работ", "работ", "работа")),
        ("участник", ("участник", "участника", "участников", "участников", "участник")),
        ("класс", ("класс", "класса", "классов", "классов", "класс")),
        ("год", ("год", "года", "лет", "лет", "год")),
        ("человек", ("человек", "человека", "человек", "человек", "человек")),
        ("проблемное поле", ("проблемное поле", "проблемных поля", "проблемных полей", "проблемных полей",
                             "проблемное поле")),
        ("дорожная карта", ("дорожная карта", "дорожные карты", "дорожных карт", "дорожных карт", "дорожная карта")),
        ("строка файла", ("строка файла", "строки файла", "строк файла", "строк файла", "строка файла")),
    ],
)
def test_a_phrase_agrees_with_its_number(phrase, forms):
    said = [count_of(count, phrase) for count in (1, 3, 5, 12, 101)]
    assert said == [f"{count}\u00a0{form}" for count, form in zip((1, 3, 5, 12, 101), forms, strict=True)]


def test_given_forms_agree_without_a_dictionary():
    assert plural(1104, "школу", "школы", "школ") == "1\u00a0104\u00a0школы"
    assert [noun(count, "а", "б", "в") for count in (0, 1, 2, 5, 11, 14, 21, 111)] == [
        "в", "а", "б", "в", "в", "в", "а", "в"
    ]


@pytest.mark.parametrize(
    ("phrase", "case", "said"),
    [
        ("Методический совет школы", Case.DATIVE, "Методическому совету школы"),
        ("русский язык", Case.PREPOSITIONAL, "русском языке"),
        ("начальная школа", Case.ACCUSATIVE, "начальную школу"),
        ("молодой учитель", Case.ACCUSATIVE, "молодого учителя"),
        ("предметный клуб", Case.ACCUSATIVE, "предметный клуб"),
        ("предметные клубы", Case.INSTRUMENTAL, "предметными клубами"),
        ("математика", Case.GENITIVE, "математики"),
        ("ШМО", Case.GENITIVE, "ШМО"),
        ("МБОУ СОШ № 1", Case.DATIVE, "МБОУ СОШ № 1"),
        ("", Case.DATIVE, ""),
    ],
)
def test_phrases_in_other_cases(phrase, case, said):
    assert decline(phrase, case) == said


def test_lists():
    assert listing(["А", "Б", "В"]) == "А, Б и В"
    assert listing(["А", "Б"], last="или") == "А или Б"
    assert listing(["А"]) == "А"
    assert listing([]) == ""
