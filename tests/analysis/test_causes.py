from pathlib import Path

import pytest

from core.analysis.causes import causes, check_of, load_causes
from core.errors import InvalidInput


def test_typical_causes_come_with_what_would_confirm_them():
    names = [cause.name for cause in causes()]
    assert "тема не пройдена или пройдена поверхностно" in names
    assert len(set(names)) == len(names)
    assert "журнал" in check_of("тема не пройдена или пройдена поверхностно")
    assert check_of("учитель болел") == ""


def test_a_broken_list_names_the_file_and_the_key(tmp_path: Path):
    file = tmp_path / "causes.yaml"
    file.write_text("source: мы сами\ncauses:\n  - {name: карантин}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"causes\.yaml.*check"):
        load_causes(file)
