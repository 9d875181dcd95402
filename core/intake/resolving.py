"""What a file leaves open, resolved against the store: which work, which blueprint, which school."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session, col, select

from core.blueprints.catalogue import preference
from core.blueprints.tables import Blueprint, BlueprintItem
from core.intake.contract import AssessmentKey, Finding, ItemSpec, ParsedWork, SchoolRef
from core.intake.personal import without_persons
from core.intake.preview import SchoolTarget, UploadOptions
from core.intake.tables import Assessment
from core.people.organisations import free_code, normal_name, school_index
from core.people.ownership import SHARED, Owners
from core.people.scope import Scope
from core.people.tables import OrganisationKind


def items_key(items: tuple[ItemSpec, ...]) -> str:
    """Return a fingerprint of codes and maxima in their order."""
    text = ";".join(f"{item.code}/{item.max_score}" for item in items)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def school_year_end(day: date) -> int:
    """Return the calendar year in which the school year of this day ends (it begins on 1 September)."""
    return day.year + 1 if day.month >= 9 else day.year


def find_assessment(session: Session, key: AssessmentKey, items: tuple[ItemSpec, ...]) -> Assessment | None:
    """Return the stored work with the same procedure, subject, grade, year and items; None when there is none."""
    query = select(Assessment).where(
        Assessment.procedure == key.procedure,
        Assessment.subject == key.subject,
        Assessment.year == key.year,
        Assessment.items_key == items_key(items),
        Assessment.title == key.title,
        col(Assessment.deleted_at).is_(None),
    )
    same_grade = Assessment.grade == key.grade if key.grade is not None else col(Assessment.grade).is_(None)
    return session.exec(query.where(same_grade)).first()


def fitting_blueprint(
    session: Session, key: AssessmentKey, items: tuple[ItemSpec, ...], owners: Owners = SHARED
) -> Blueprint | None:
    """Return the blueprint of the work if it has just these items with just these maxima; None otherwise.

    Of several the one of the most specific owner, as `core.blueprints.catalogue.find_blueprint` prefers them.
    """
    if key.grade is None:
        return None
    candidates = session.exec(
        select(Blueprint).where(
            Blueprint.procedure == key.procedure,
            Blueprint.subject == key.subject,
            Blueprint.grade == key.grade,
            col(Blueprint.year_from) <= key.year,
            col(Blueprint.year_to) >= key.year,
            col(Blueprint.deleted_at).is_(None),
            owners.among(col(Blueprint.organisation_id)),
        )
    ).all()
    wanted = {item.code: item.max_score for item in items}
    for blueprint in sorted(candidates, key=lambda one: preference(one, owners)):
        rows = session.exec(select(BlueprintItem).where(BlueprintItem.blueprint_id == blueprint.id))
        if {row.code: row.max_score for row in rows} == wanted:
            return blueprint
    return None


@dataclass
class SchoolResolver:
    """Finds the school for each class of one file, and remembers which ones would have to be created."""

    session: Session
    scope: Scope
    options: UploadOptions
    file_name: str
    findings: list[Finding] = field(default_factory=list)
    new: dict[str, SchoolTarget] = field(default_factory=dict)
    _known: dict[SchoolRef, SchoolTarget] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._schools = school_index(self.session, self.scope)

    def resolve(self, ref: SchoolRef, work: ParsedWork) -> SchoolTarget:
        """Return the target for a school as the file names it; what cannot be resolved becomes an error finding."""
        if ref not in self._known:
            self._known[ref] = self._find(ref, work)
        return self._known[ref]

    def _find(self, ref: SchoolRef, work: ParsedWork) -> SchoolTarget:
        if ref.code or ref.name:
            found = self._schools.find(ref.code, ref.name)
            if found is not None:
                return SchoolTarget(found.id, found.code, found.name)
            return self._propose(ref, work)
        if self.options.school_code or self.options.school_name:
            chosen = SchoolRef(code=self.options.school_code, name=self.options.school_name)
            found = self._schools.find(chosen.code, chosen.name)
            if found is not None:
                return SchoolTarget(found.id, found.code, found.name)
            return self._propose(chosen, work)
        only = self._schools.only()
        if only is not None:
            return SchoolTarget(only.id, only.code, only.name)
        return self._nameless(work, len(self._schools))

    def _propose(self, ref: SchoolRef, work: ParsedWork) -> SchoolTarget:
        code = ref.code or self._code_for(ref.name or "")
        target = SchoolTarget(None, code, ref.name or f"ОО {code}", ref.municipality, ref.region)
        known = self.new.setdefault(normal_name(code), target)
        if known is target:
            named = f"«{target.name}» (код {code})" if ref.name and ref.code else f"«{ref.name or code}»"
            if self.options.create_organisations:
                self._say("warning", "school_created", f"Школа {named} будет создана.", "", work, code)
            else:
                self._say(
                    "error",
                    "school_unknown",
                    f"Школы {named} ещё нет в системе.",
                    "Разрешите создать её при загрузке (в командной строке: --create-organisations) "
                    "или добавьте школу в списке организаций.",
                    work,
                    code,
                )
        return known

    def _nameless(self, work: ParsedWork, schools: int) -> SchoolTarget:
        if not self.options.create_organisations:
            hint = "в системе ещё нет ни одной школы" if schools == 0 else f"в системе их несколько ({schools})"
            choice = "Выберите школу, к которой относятся результаты (в командной строке: --school КОД)."
            creation = "Назовите свою школу, и она будет создана (в командной строке: --create-organisations)."
            self._say(
                "error",
                "school_missing",
                f"В файле не указана школа, а {hint}.",
                creation if schools == 0 else choice,
                work,
                None,
            )
            return SchoolTarget(None, "", "")
        stem = without_persons(self.file_name.rsplit(".", 1)[0])[:100]
        name = f"Школа из файла „{stem}“"
        found = self._schools.find(None, name)
        if found is not None:
            return SchoolTarget(found.id, found.code, found.name)
        target = SchoolTarget(None, self._code_for(name), name)
        known = self.new.setdefault(normal_name(name), target)
        if known is target:
            self._say(
                "warning",
                "school_placeholder",
                f"В файле не указана школа: для результатов будет создана организация «{name}».",
                "Если школа известна, отмените загрузку и укажите её.",
                work,
                None,
            )
        return known

    def _code_for(self, name: str) -> str:
        for target in self.new.values():
            if normal_name(target.name) == normal_name(name):
                return target.code
        first = int(free_code(self.session, OrganisationKind.SCHOOL).rsplit("-", 1)[1])
        own = sum(target.code.startswith("ОО-") for target in self.new.values())
        return f"ОО-{first + own:03d}"

    def _say(self, severity: str, code: str, message: str, advice: str, work: ParsedWork, value: str | None) -> None:
        self.findings.append(
            Finding(
                severity="error" if severity == "error" else "warning",
                code=code,
                message=message,
                advice=advice,
                sheet=work.sheet,
                value=value,
            )
        )


def complete_key(work: ParsedWork, findings: list[Finding]) -> AssessmentKey:
    """Return the work's key with a year; what has to be known and is not becomes an error finding."""
    key = work.assessment
    if not key.subject:
        findings.append(
            Finding(
                "error",
                "subject_unknown",
                "Не удалось определить предмет: его нет ни в файле, ни в имени файла.",
                "Укажите предмет (в командной строке: --subject «Русский язык»).",
                sheet=work.sheet,
            )
        )
    if not key.procedure:
        key = replace(key, procedure="Школьный мониторинг")
    if key.year is None:
        key = replace(key, year=school_year_end(key.held_on or date.today()))
    return key
