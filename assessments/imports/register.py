"""The register of legal bases from files, one a regulation. How they are written: ``bank/legal/README.md``.

A record belongs to its file until a person saves, checks or deletes it; from then on it is the person's.
How that is known: ``source_hash`` is the fingerprint of what was written, a newest revision with a user is a
save in the admin, and a log entry for each load tells that a record which is gone was deleted by somebody.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from assessments.imports.register_files import BasisSource, RegulationSource, read_register
from assessments.legal import linked_sources, resolve
from assessments.models import LegalBasis, Question, Regulation

LOADED = "assessments.register_load"


@dataclass(slots=True)
class RegisterReport:
    """What a run did, by citation. ``kept``: left as a person made it, with the reason."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    # Questions whose sources turned out to stand in the register.
    linked: int = 0

    @property
    def changed(self) -> int:
        return len(self.created) + len(self.updated) + self.linked

    def lines(self) -> list[str]:
        """The report as sentences for the terminal."""
        told = [
            f"Legal bases: {len(self.created)} new, {len(self.updated)} updated, "
            f"{len(self.unchanged)} unchanged, {len(self.kept)} kept."
        ]
        if self.linked:
            told.append(f"Linked the sources of {self.linked} questions to the register.")
        return [*told, *(f"Left as it is: {name}, {reason}" for name, reason in self.kept)]


@transaction.atomic
def load_register(folder: Path) -> RegisterReport:
    """Bring the register up to the files of ``folder``; nothing if there is no such folder.

    Raises ValidationError (code ``bank``) that names every wrong file and entry; then nothing is loaded.
    """
    if not folder.is_dir():
        return RegisterReport()
    sources = read_register(folder)
    loader = _Loader()
    for source in sources:
        loader.place_regulation(source)
    # In the order of files a rule may be revoked by, or amended by, one that comes later.
    for source in sources:
        loader.name_successor(source)
    for source in sources:
        for basis in source.bases:
            loader.place_basis(basis)
    for source in sources:
        for basis in source.bases:
            loader.name_replaced(basis)
    loader.write_history()
    return loader.report


def link_sources() -> int:
    """Point questions at the register where they cite in words what stands in it. How many were changed.

    Older banks and files from other systems bring citations as texts. What is no law stays a text.
    """
    citing = list(Question.objects.non_polymorphic().exclude(citations=[]))
    known = resolve(
        str(row.get("ref", "")) for question in citing for row in question.citations if isinstance(row, dict)
    )
    through = Question.legal_bases.through
    linked = 0
    for question in citing:
        bases, rest = linked_sources([row for row in question.citations if isinstance(row, dict)], known)
        if not bases:
            continue
        links = [through(question_id=question.pk, legalbasis_id=basis.pk) for basis in bases]
        through.objects.bulk_create(links, ignore_conflicts=True)
        Question.objects.non_polymorphic().filter(pk=question.pk).update(citations=rest)
        linked += 1
    return linked


class _Loader:
    """Creates and updates records; keeps the report."""

    def __init__(self) -> None:
        self.report = RegisterReport()
        entries = ModelLogEntry.objects.filter(action=LOADED).values_list("data", flat=True)
        self._loaded_before = {data["source"] for data in entries}
        with_revisions = Regulation.objects.select_related("latest_revision")
        self._regulations = {each.name: each for each in with_revisions.select_related("revoked_by")}
        bases = LegalBasis.objects.with_rules().select_related("latest_revision")
        self._bases = {each.citation: each for each in bases.prefetch_related("replaces")}
        self._to_write: set[str] = set()
        self._new: list[Regulation | LegalBasis] = []

    def write_history(self) -> None:
        """A line for each new record, so that one which is gone is known to be somebody's doing."""
        now = timezone.now()
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=ContentType.objects.get_for_model(record),
                object_id=str(record.pk),
                label=_name_of(record),
                action=LOADED,
                data={"source": _name_of(record)},
                timestamp=now,
            )
            for record in self._new
        )

    def place_regulation(self, source: RegulationSource) -> None:
        name = str(source.rule)
        record = self._regulations.get(name)
        if record is None and name in self._loaded_before:
            self._keep(name, _("deleted in the admin"))
            return
        if record is None:
            record = Regulation(kind=source.rule.kind, number=source.rule.number, year=source.rule.year)
            self._regulations[name] = record
        elif not self._wants_writing(name, record, source.stored, _said_of_regulation(record)):
            return
        self._write(name, record, source.fields, source.stored)

    def name_successor(self, source: RegulationSource) -> None:
        name = str(source.rule)
        if name not in self._to_write or source.revoked_by is None:
            return
        record, by = self._regulations[name], self._regulations.get(str(source.revoked_by))
        if by is None:
            raise _missing(name, str(source.revoked_by))
        Regulation.objects.filter(pk=record.pk).update(revoked_by=by, valid_to=source.fields["valid_to"])
        record.revoked_by = by

    def place_basis(self, source: BasisSource) -> None:
        name = str(source.citation)
        record = self._bases.get(name)
        regulation = self._regulations.get(str(source.citation.rule))
        if (record is None and name in self._loaded_before) or regulation is None:
            self._keep(name, _("deleted in the admin"))
            return
        amended_by = self._amended_by(source)
        if record is None:
            record = LegalBasis(
                regulation=regulation,
                explanation=source.citation.explanation,
                article=source.citation.article,
                part=source.citation.part,
                amended_by=amended_by,
            )
            self._bases[name] = record
        elif not self._wants_writing(name, record, source.stored, _said_of_basis(record)):
            return
        self._write(name, record, source.fields, source.stored)

    def _amended_by(self, source: BasisSource) -> Regulation | None:
        amending = source.citation.amended_by
        if amending is None:
            return None
        found = self._regulations.get(str(amending))
        if found is None:
            raise _missing(str(source.citation), str(amending))
        return found

    def name_replaced(self, source: BasisSource) -> None:
        name = str(source.citation)
        if name not in self._to_write:
            return
        record = self._bases[name]
        replaced = [self._bases.get(citation) for citation in source.replaces]
        for citation, each in zip(source.replaces, replaced, strict=True):
            if each is None and citation not in self._loaded_before:
                raise _missing(name, citation)
        through = LegalBasis.replaces.through
        if record.replaces.all():
            through.objects.filter(from_legalbasis=record).delete()
        through.objects.bulk_create(
            through(from_legalbasis=record, to_legalbasis=each) for each in replaced if each is not None
        )

    def _wants_writing(self, name: str, record: Any, wanted: dict[str, Any], stored: dict[str, Any]) -> bool:
        """Whether a record that is there belongs to its file and differs from it."""
        by_a_person = record.latest_revision is not None and record.latest_revision.user_id is not None
        changed = bool(record.source_hash) and fingerprint(stored) != record.source_hash
        if by_a_person or changed:
            self._keep(name, _("edited in the admin"))
            return False
        if record.source_hash == fingerprint(wanted):
            self.report.unchanged.append(name)
            return False
        return True

    def _write(self, name: str, record: Any, fields: dict[str, Any], stored: dict[str, Any]) -> None:
        (self.report.updated if record.pk else self.report.created).append(name)
        is_new = record.pk is None
        for attribute, value in fields.items():
            setattr(record, attribute, value)
        record.source_hash = fingerprint(stored)
        record.save()
        self._to_write.add(name)
        if is_new:
            self._new.append(record)

    def _keep(self, name: str, reason: str) -> None:
        self.report.kept.append((name, reason))


def _name_of(record: Regulation | LegalBasis) -> str:
    return record.name if isinstance(record, Regulation) else record.citation


def fingerprint(said: dict[str, Any]) -> str:
    """SHA-256 over what is said. Empty values do not count: a later field makes no record look edited."""
    kept = {name: value for name, value in said.items() if value not in ("", [], None, False)}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=_iso).encode()).hexdigest()


def _iso(value: datetime.date) -> str:
    return value.isoformat()


def _said_of_regulation(record: Regulation) -> dict[str, Any]:
    names = RegulationSource.FIELDS
    by = record.revoked_by
    return {**dict(_values(record, names)), "revoked_by": by.name if by else ""}


def _said_of_basis(record: LegalBasis) -> dict[str, Any]:
    replaced = sorted(each.citation for each in record.replaces.all())
    return {**dict(_values(record, BasisSource.FIELDS)), "replaces": replaced}


def _values(record: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in names:
        yield name, getattr(record, name)


def _missing(name: str, wanted: str) -> ValidationError:
    text = _("%(name)s names %(wanted)s, which is not in the register.") % {"name": name, "wanted": wanted}
    return ValidationError(text, code="bank")
