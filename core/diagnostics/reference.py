"""The shipped competences and instruments: every file read, checked and cross-checked."""

from __future__ import annotations

from pathlib import Path

from core.blueprints.dictionaries import subjects
from core.blueprints.yaml_files import load_yaml
from core.diagnostics.records import CompetenceFile, CompetenceRecord, InstrumentRecord
from core.errors import InvalidInput
from core.store.settings import reference_directory

_COMPETENCES = "competences.yaml"


def load_competences(directory: Path | None = None) -> dict[str, CompetenceRecord]:
    """Return the shipped competences by key (data/competences.yaml by default).

    Raise InvalidInput naming file and key when the file is broken.
    """
    file = load_yaml((directory or reference_directory()) / _COMPETENCES, CompetenceFile)
    for one in file.competences:
        _require_subject(_COMPETENCES, one.subject)
    return {one.key: one for one in file.competences}


def load_instruments(directory: Path | None = None) -> dict[str, InstrumentRecord]:
    """Return every shipped instrument (of data/instruments by default) by the name of its file.

    Raise InvalidInput naming file and key when one is broken or names a competence that there is none of.
    """
    root = directory or reference_directory()
    known = load_competences(root)
    found = {path.stem: load_yaml(path, InstrumentRecord) for path in sorted((root / "instruments").glob("*.yaml"))}
    for name, instrument in found.items():
        _require_subject(f"{name}.yaml", instrument.subject)
        for item in instrument.items:
            if item.competence is not None and item.competence not in known:
                raise InvalidInput(
                    f"Файл справочника «{name}.yaml»: поле «competence»: компетенции «{item.competence}» нет в файле "
                    f"{_COMPETENCES}.", "Исправьте ключ или добавьте компетенцию.",
                )
    return found


def _require_subject(file: str, subject: str) -> None:
    if subject and subject not in {one.name for one in subjects().subjects}:
        raise InvalidInput(
            f"Файл справочника «{file}»: поле «subject»: названия «{subject}» нет в словаре subjects.yaml.",
            "Исправьте название или добавьте его в словарь.",
        )
