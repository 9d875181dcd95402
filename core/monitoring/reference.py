"""The shipped passports of indicators: every file read, checked and cross-checked."""

from __future__ import annotations

from pathlib import Path

from core.blueprints.yaml_files import load_yaml
from core.errors import InvalidInput
from core.monitoring.automatic.registry import automatic_keys
from core.monitoring.records import PassportFile, overlapping
from core.store.settings import reference_directory


def load_passports(directory: Path | None = None) -> dict[str, PassportFile]:
    """Return the files of passports (of data/indicators by default) by their names, in their order.

    Raise InvalidInput naming file and key when one is broken, when two versions of an indicator hold for one year, or
    when a passport names a calculation that there is none of.
    """
    root = (directory or reference_directory()) / "indicators"
    files = {path.stem: load_yaml(path, PassportFile) for path in sorted(root.glob("*.yaml"))}
    known = automatic_keys()
    for name, file in files.items():
        for one in file.indicators:
            if one.automatic and one.automatic not in known:
                raise InvalidInput(
                    f"Файл справочника «{name}.yaml»: показатель «{one.code}»: расчёта «{one.automatic}» нет.",
                    "Исправьте ключ в поле «automatic» или удалите поле: тогда значение вносят люди.",
                )
    twice = overlapping(tuple(one for file in files.values() for one in file.indicators))
    if twice is not None:
        raise InvalidInput(
            f"Справочник показателей: две версии паспорта «{twice}» действуют в один и тот же год.",
            "Поставьте более старой последний год действия (поле «valid_to»).",
        )
    return files
