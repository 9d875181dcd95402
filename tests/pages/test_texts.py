import pytest

from pages.widgets.texts import plain


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Школа № 5, 4А", "Школа № 5, 4А"),
        ("[сюда](javascript:alert(1))", r"\[сюда\](javascript\:alert(1))"),
        (":material/home: и :red[x]", r"\:material/home: и \:red\[x\]"),
        ("# Заголовок", r"\# Заголовок"),
        ("- пункт\n2) второй", "\\- пункт\n2\\) второй"),
        ("$x^2$ и <b>", r"\$x^2\$ и \<b>"),
        ("http://чужой.example", r"http\://чужой.example"),
    ],
)
def test_typed_text_stays_text(typed, shown):
    assert plain(typed) == shown
