"""How the tests of layouts look at an inspection."""

import numpy as np

from core.intake.contract import AssessmentKey, Inspection, InspectionRequest, ParsedWork
from core.intake.inspecting import inspect
from tests.intake.file_formats import written
from tests.intake.layout_files import Truth

KEY = b"k" * 32


def inspected(sheets, name="файл.xlsx", kind="xlsx", encoding="utf-8-sig", hidden=(), content=None, **request):
    """Return the inspection of sheets written in a format."""
    if isinstance(request.get("assessment"), dict):
        request["assessment"] = AssessmentKey(**request["assessment"])
    request.setdefault("name_key", KEY)
    data = content if content is not None else written(sheets, kind, encoding, hidden)
    file_name = name.rsplit(".", 1)[0] + "." + kind
    return inspect(data, file_name, InspectionRequest(**request))


def codes_of(inspection: Inspection, severity: str | None = None) -> list[str]:
    """Return the codes of the findings in their order."""
    return [one.code for one in inspection.findings if severity in (None, one.severity)]


def finding(inspection: Inspection, code: str):
    """Return the only finding with a code."""
    found = [one for one in inspection.findings if one.code == code]
    assert len(found) == 1, [(one.code, one.message) for one in inspection.findings]
    return found[0]


def the_work(inspection: Inspection) -> ParsedWork:
    """Return the only work of a file that is not refused."""
    assert not inspection.refused, [(one.code, one.message) for one in inspection.findings]
    assert len(inspection.works) == 1
    return inspection.works[0]


def assert_agrees(work: ParsedWork, t: Truth) -> None:
    """Check items, participants, scores and totals against the truth, whatever the order of the classes."""
    assert [item.code for item in work.items] == list(t.codes)
    assert [item.max_score for item in work.items] == list(t.maxima)
    assert work.participants == len(t.scores)
    sizes = [len(part.codes) for part in work.classes]
    assert sizes == [t.classes.count(place) for place in dict.fromkeys(t.classes)]
    order = [i for place in dict.fromkeys(t.classes) for i, own in enumerate(t.classes) if own == place]
    assert np.array_equal(np.vstack([part.scores for part in work.classes]), t.matrix[order])
    assert np.concatenate([part.totals for part in work.classes]).tolist() == [t.totals[i] for i in order]
