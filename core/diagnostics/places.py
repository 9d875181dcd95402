"""Where the answers of a form belong: the school of each respondent, the organisation of the wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.diagnostics.preview import SurveyOptions
from core.diagnostics.reading.mapping import LAYOUT
from core.intake.contract import AssessmentKey, Finding, ParsedWork, SchoolRef
from core.intake.preview import SchoolTarget, UploadOptions
from core.intake.resolving import SchoolResolver
from core.people.organisations import load_tree, school_index
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A stored organisation; `is_above` for one that is no school itself."""

    target: SchoolTarget
    is_above: bool


class Places:
    """Finds the school that a form names, and remembers those that would have to be created."""

    def __init__(self, session: Session, scope: Scope, options: SurveyOptions, file_name: str, sheet: str) -> None:
        self._session = session
        self._scope = scope
        self._index = school_index(session, scope)
        self._chosen = _chosen(session, scope, options.organisation_code)
        code = None if self._chosen is not None else options.organisation_code
        wanted = UploadOptions(
            school_code=code, school_name=None if code or self._chosen is not None else options.school_name,
            create_organisations=options.create_organisations,
        )
        self._resolver = SchoolResolver(session, scope, wanted, file_name)
        # Findings of the resolver name the sheet of the work in which the school stands.
        self._work = ParsedWork(LAYOUT, AssessmentKey(), (), (), 0, sheet)

    @property
    def findings(self) -> list[Finding]:
        """Return what could not be resolved."""
        return self._resolver.findings

    @property
    def new(self) -> tuple[SchoolTarget, ...]:
        """Return the schools that would be created."""
        return tuple(self._resolver.new.values())

    def of(self, written: str) -> SchoolTarget:
        """Return the school that a cell names, by code or name; of an empty cell the organisation that was chosen."""
        chosen = self._chosen
        if chosen is not None and (not written or chosen.kind is OrganisationKind.SCHOOL):
            return SchoolTarget(chosen.id, chosen.code, chosen.name)
        by_code = self._index.find(written, None) if written else None
        ref = SchoolRef(code=written) if by_code is not None else SchoolRef(name=written or None)
        return self._resolver.resolve(ref, self._work)

    def owner(self, targets: Sequence[SchoolTarget]) -> SchoolTarget | None:
        """Return the organisation of the wave: the chosen one, the only school, or what stands above all of them."""
        if self._chosen is not None:
            return SchoolTarget(self._chosen.id, self._chosen.code, self._chosen.name)
        found = {target.code: target for target in targets}
        if len(found) == 1:
            return next(iter(found.values()))
        tree = load_tree(self._session, self._scope)
        paths = [[unit.id for unit in tree.above(target.id)] for target in found.values() if target.id is not None]
        common = [unit for unit in paths[0] if all(unit in path for path in paths)] if paths else []
        if not common or common[0] is None:
            self.findings.append(
                Finding(
                    "error", "organisation_unknown", "В файле несколько школ, и неизвестно, чья это диагностика.",
                    "Выберите муниципалитет, который её проводит (в командной строке: --school КОД).",
                )
            )
            return None
        unit = tree.organisations[common[0]]
        return SchoolTarget(unit.id, unit.code, unit.name)

    @staticmethod
    def known_schools(session: Session, scope: Scope, targets: Sequence[SchoolTarget]) -> dict[int, KnownPlace]:
        """Return the stored organisations among the targets, and the schools below those that are no schools."""
        tree = load_tree(session, scope)
        wanted = {target.id for target in targets if target.id is not None}
        below = {unit for one in wanted if one in tree.organisations for unit in tree.below(one)}
        return {
            unit: KnownPlace(
                SchoolTarget(row.id, row.code, row.name), is_above=row.kind is not OrganisationKind.SCHOOL
            )
            for unit in below
            if (row := tree.organisations.get(unit)) is not None
        }


def _chosen(session: Session, scope: Scope, code: str | None) -> Organisation | None:
    """Return the organisation with this code, of any kind, if it lies inside the scope."""
    if not code:
        return None
    query = select(Organisation).where(
        col(Organisation.deleted_at).is_(None), col(Organisation.code) == code.strip()
    )
    return session.exec(scope.within_known(query, col(Organisation.id))).first()
