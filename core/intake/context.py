"""What reading one file carries along: the request, the findings so far, what the file's name says."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from core.intake.contract import AssessmentKey, InspectionRequest
from core.intake.findings import Findings
from core.intake.pseudonyms import Pseudonyms


@dataclass(slots=True)
class Context:
    """Carried through the reading of one file."""

    request: InspectionRequest
    file_name: str = ""
    from_name: AssessmentKey = AssessmentKey()
    findings: Findings = field(default_factory=Findings)
    guessed_maxima: set[str] = field(default_factory=set)
    """Sheets whose maxima are only the greatest scores met."""
    _pseudonyms: Pseudonyms | None = None

    def pseudonyms(self) -> Pseudonyms:
        """Return the maker of codes from names, one for the whole file.

        Without a key of the school a random one is taken: an unkeyed hash of a name could be searched.
        """
        if self._pseudonyms is None:
            if not self.request.name_key:
                self.findings.add(
                    "warning", "no_name_key",
                    "Ключ для шифрования имён не задан: коды участников действуют только для этого файла.",
                    "Чтобы сопоставлять участников между файлами, обратитесь к администратору.",
                )
            self._pseudonyms = Pseudonyms(self.request.name_key or secrets.token_bytes(32))
        return self._pseudonyms
