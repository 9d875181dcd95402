"""The shipped reference data: every file of data/ read, checked, and cross-checked with the dictionaries."""

from __future__ import annotations

from pathlib import Path

from core.blueprints.dictionaries import procedures, subjects
from core.blueprints.records import BlueprintRecord, PresetRecord, ScaleFile
from core.blueprints.yaml_files import load_yaml
from core.errors import InvalidInput
from core.store.settings import reference_directory


def load_blueprints(directory: Path | None = None) -> dict[str, BlueprintRecord]:
    """Return every blueprint of the folder (data/blueprints by default) by the name of its file.

    Raise InvalidInput naming file and key when one is broken.
    """
    found = {path.stem: load_yaml(path, BlueprintRecord) for path in _files(directory, "blueprints")}
    for name, blueprint in found.items():
        _require_known(name, (blueprint.procedure,), (blueprint.subject,))
    return found


def load_scales(directory: Path | None = None) -> dict[str, ScaleFile]:
    """Return every file of mark scales of the folder (data/scales by default) by its name.

    Raise InvalidInput naming file and key when one is broken.
    """
    found = {path.stem: load_yaml(path, ScaleFile) for path in _files(directory, "scales")}
    for name, file in found.items():
        _require_known(name, (file.procedure,), tuple(scale.subject for scale in file.scales))
    return found


def load_presets(directory: Path | None = None) -> dict[str, PresetRecord]:
    """Return every threshold preset of the folder (data/thresholds by default) by the name of its file.

    Raise InvalidInput naming file and key when one is broken.
    """
    found = {path.stem: load_yaml(path, PresetRecord) for path in _files(directory, "thresholds")}
    for name, preset in found.items():
        _require_known(name, preset.procedures, ())
    return found


def _files(directory: Path | None, folder: str) -> list[Path]:
    return sorted((directory or reference_directory() / folder).glob("*.yaml"))


def _require_known(name: str, used_procedures: tuple[str, ...], used_subjects: tuple[str, ...]) -> None:
    """Refuse names that the dictionaries do not know: such a row would never be found."""
    known = {procedure.name for procedure in procedures().procedures}
    for procedure in used_procedures:
        if procedure not in known:
            _refuse(name, "procedure", procedure, "procedures.yaml")
    known = {subject.name for subject in subjects().subjects}
    for subject in used_subjects:
        if subject not in known:
            _refuse(name, "subject", subject, "subjects.yaml")


def _refuse(name: str, key: str, value: str, dictionary: str) -> None:
    raise InvalidInput(
        f"Файл справочника «{name}.yaml»: поле «{key}»: названия «{value}» нет в словаре {dictionary}.",
        "Исправьте название или добавьте его в словарь.",
    )
