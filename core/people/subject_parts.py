"""Subjects that are examined under several names: who teaches mathematics sees its basic and profile ЕГЭ as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import yaml

from core.store.settings import reference_directory


def with_parts(subjects: Iterable[str]) -> frozenset[str]:
    """Return the subjects together with those that are only another name of them in some procedure.

    >>> sorted(with_parts(["Математика"]))
    ['Математика', 'Математика базовая', 'Математика профильная']
    """
    wanted = frozenset(subjects)
    return wanted | {part for part, subject in _parts().items() if subject in wanted}


@cache
def _parts() -> Mapping[str, str]:
    """Return the subject for each of its other names, as data/subjects.yaml says in `elsewhere`."""
    text = (reference_directory() / "subjects.yaml").read_text(encoding="utf-8")
    return {
        str(entry["name"]): str(entry["elsewhere"])
        for entry in yaml.safe_load(text)["subjects"]
        if entry.get("elsewhere")
    }
