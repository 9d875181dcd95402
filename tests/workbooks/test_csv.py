"""CSV in the encodings and with the separators that people have (security.md §5.2 C)."""

import pytest

from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused

TEXT = "Код;Класс;Фамилия учителя;Балл\n001;8А;Съёмщикова;4,5\n002;8Б;Ёлкин;3\n"
ROWS = [["Код", "Класс", "Фамилия учителя", "Балл"], ["001", "8А", "Съёмщикова", "4,5"], ["002", "8Б", "Ёлкин", "3"]]


def rows(content):
    return read_workbook(content, "Протокол.csv").sheets[0].rows


def refusal(content):
    with pytest.raises(FileRefused) as caught:
        read_workbook(content, "Протокол.csv")
    assert caught.value.message.endswith(".")
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    assert rows((mark + TEXT).encode(encoding)) == ROWS


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "mac-cyrillic"])
def test_foreign_encodings_are_refused_rather_than_misread(encoding):
    error = refusal(TEXT.encode(encoding))
    assert error.code == "csv_encoding"
    assert "кодировку" in error.message


def test_windows_text_in_capitals_and_single_letters_is_read():
    assert rows("КОД;КЛАСС;ВАРИАНТ\n1;А;Х\n2;Б;Н\n".encode("cp1251"))[1] == ["1", "А", "Х"]


def test_plain_ascii_is_read():
    assert rows(b"code,score\n1,2\n") == [["code", "score"], ["1", "2"]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators(separator):
    assert rows(TEXT.replace("4,5", "4").replace(";", separator).encode())[2] == ROWS[2]


@pytest.mark.parametrize("separator", [";", ",", "|"])
def test_a_sep_line_names_the_separator_and_is_no_row(separator):
    text = TEXT.replace("4,5", "4").replace(";", separator)
    assert rows(f"sep={separator}\r\n{text}".encode())[0] == ROWS[0]


def test_a_title_above_the_table_and_short_rows_are_no_fault():
    assert rows("Протокол ВПР;;;\n\n".encode() + TEXT.encode() + "Итого\n".encode())[2:] == [*ROWS, ["Итого"]]


def test_quotes_separators_and_line_breaks_inside_quotes():
    text = 'Код;"Школа ""№ 5""; город";"Балл\nвсего"\n1;"а;б";3\n'
    assert rows(text.encode()) == [["Код", 'Школа "№ 5"; город', "Балл\nвсего"], ["1", "а;б", "3"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TEXT + '003;"8А;Иванов;3\n' + "004;8А;Петров;3\n" * 40, 4),
        (TEXT + '003;"8А" кл;Иванов;3\n', 4),
        (TEXT + '003;8А;Иванов;"3', 4),
    ],
)
def test_unbalanced_quotes_name_the_line(text, line):
    error = refusal(text.encode())
    assert error.code == "csv_unbalanced_quotes"
    assert f"Строка {line}:" in error.message
    assert error.place.row == line


def test_too_many_values_in_a_row_name_the_line_and_the_numbers():
    error = refusal((TEXT + "003;8А;Иванов;3;5;6\n").encode())
    assert error.code == "csv_ragged"
    assert "Строка 4: значений 6 вместо 4" in error.message


def test_decimal_commas_between_commas_are_refused():
    error = refusal("Код,Балл,Отметка\n1,4.5,4\n2,4,5,4\n".encode())
    assert error.code == "csv_ragged"
    assert "Строка 3" in error.message
    assert "запятая" in error.advice


def test_a_header_narrower_than_every_row_is_refused():
    error = refusal("Код,Класс,Балл\n1,8А,4,5\n2,8А,3,5\n".encode())
    assert "Строка 2: значений 4 вместо 3" in error.message


def test_titles_and_headers_of_another_width_are_no_fault():
    assert len(rows("Школа;№ 5\nКод;1;2;3;;;\n1;0;1;1\n2;0;1;1\n3;0;1;1;;;5\n".encode())) == 5


def test_empty_values_at_the_end_of_a_row_are_no_fault():
    assert rows((TEXT + "003;8А;Иванов;3;;\n").encode())[3][:4] == ["003", "8А", "Иванов", "3"]


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x01"])
def test_control_characters_name_the_line(sign):
    error = refusal((TEXT + f"003;8А;Ив{sign}анов;3\n").encode())
    assert error.code == "csv_not_text"
    assert "Строка 4" in error.message


def test_utf16_without_a_mark_is_refused():
    assert refusal(TEXT.encode("utf-16-le")).code == "csv_not_text"


def test_a_value_of_200_000_characters_is_refused():
    error = refusal((TEXT + "003;" + "я" * 200_000 + ";Иванов;3\n").encode())
    assert error.code == "csv_long_field"
    assert "Строка 4" in error.message


def test_mojibake_is_refused():
    assert refusal(TEXT.encode().decode("cp1251", "replace").encode()).code == "csv_mojibake"


@pytest.mark.parametrize("content", [b"\n \n", b"\xef\xbb\xbf", "\ufeff".encode("utf-16-le")])
def test_nothing_but_white_space_is_refused(content):
    assert refusal(content).code == "file_empty"


def test_codes_with_leading_zeros_stay_text():
    assert rows(b"code;score\n007;1\n")[1] == ["007", "1"]


def test_too_many_columns_and_rows_are_refused():
    assert refusal(b";".join([b"a"] * 501) + b"\n1\n").code == "sheet_too_wide"
    assert refusal(b"a;b\n" + b"1;2\n" * 250_000).code == "sheet_too_long"


def test_100_000_rows_are_read():
    assert len(rows(b"a;b\n" + b"1;2\n" * 100_000)) == 100_001
