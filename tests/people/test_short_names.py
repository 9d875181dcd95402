import pytest

from core.people.short_names import in_lines, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("МБОУ «Средняя школа № 2»", "Средняя школа № 2"),
        ("МБОУ «Гимназия № 3» г. Заречный", "«Гимназия № 3» г. Заречный"),
        ("МАОУ СОШ № 12", "СОШ № 12"),
        ("Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 7»", "СОШ № 7"),
        ("МБОУ", "МБОУ"),
        ("Заречный район", "Заречный район"),
    ],
)
def test_the_legal_form_is_left_out(name, short):
    assert short_name(name) == short


def test_lines_break_between_words_and_never_after_the_number_sign():
    assert in_lines("Берёзовская средняя школа № 11", 14) == "Берёзовская\nсредняя школа\n№ 11"
    assert in_lines("Сверхдлинноеслово", 5) == "Сверхдлинноеслово"
