"""Import in two steps: a plan that says row by row what would happen, and the deed, all or nothing."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import prefetch_related_objects
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.log_actions import log

from assessments.datasets.content import content_of, fingerprint, rows_of
from assessments.datasets.drafts import Draft, ParsedFile, Refusal
from assessments.imports.building import Built, Known, build
from assessments.imports.detect import parse_file
from assessments.imports.reading import refuse
from assessments.legal import Resolved, linked_sources, resolve
from assessments.queries import load_questions
from assessments.questions.base import DEFAULT_BANK, Question
from assessments.registry import kinds


class ImportStatus(models.TextChoices):
    """What becomes of one question of a file."""

    TAKEN = "taken", pgettext_lazy("question of a file", "Taken")
    CHANGED = "changed", gettext_lazy("Taken with changes")
    THERE = "there", gettext_lazy("Already there")
    REFUSED = "refused", gettext_lazy("Not taken")


_CODE = re.compile(r"[^\s].{0,39}", re.DOTALL)


@dataclass(slots=True)
class PlanRow:
    """What becomes of one question of the file."""

    where: str
    stem: str
    status: ImportStatus
    remarks: list[str] = field(default_factory=list)
    code: str = ""
    built: Built | None = None

    @property
    def kind(self) -> str:
        return self.built.question.kind if self.built else ""

    @property
    def kind_label(self) -> str:
        return str(self.built.question.kind_label) if self.built else ""


@dataclass(slots=True)
class ImportPlan:
    """The report of a dry run, and what running it would save."""

    file: str
    format: str
    bank: str
    rows: list[PlanRow]
    unknown: dict[str, int]
    notes: list[str]

    def with_status(self, *wanted: ImportStatus) -> list[PlanRow]:
        return [row for row in self.rows if row.status in wanted]

    @property
    def to_take(self) -> list[PlanRow]:
        return self.with_status(ImportStatus.TAKEN, ImportStatus.CHANGED)

    @property
    def refused(self) -> list[PlanRow]:
        return self.with_status(ImportStatus.REFUSED)

    @property
    def changed(self) -> list[PlanRow]:
        return self.with_status(ImportStatus.CHANGED)

    @property
    def there(self) -> list[PlanRow]:
        return self.with_status(ImportStatus.THERE)

    @property
    def found(self) -> int:
        """All that the file calls a question: each is taken, there already, refused or of an unknown type."""
        return len(self.rows) + sum(self.unknown.values())


def plan_import(
    *, file: Any, name: str, bank: str = DEFAULT_BANK, allowed: Collection[str] | None = None
) -> ImportPlan:
    """Read ``file`` (bytes or an open file) and say what an import would do. Writes nothing.

    ``allowed`` are the kinds that whoever imports may add (None: all). Raises ValidationError with a
    sentence if the file as a whole cannot be read.
    """
    bank = clean_bank(bank)
    return _planned(parse_file(file, name), name, bank, allowed)


def clean_bank(name: str) -> str:
    """The name of a bank as it is stored. Raises ValidationError (code ``bank``)."""
    cleaned = " ".join(name.split())
    most = Question._meta.get_field("bank").max_length or 0
    if not cleaned or len(cleaned) > most:
        raise ValidationError(
            _("Give the question bank a name of at most %(most)d letters.") % {"most": most}, code="bank"
        )
    return cleaned


def _planned(parsed: ParsedFile, name: str, bank: str, allowed: Collection[str] | None) -> ImportPlan:
    known = Known.read()
    there = _Bank(bank, {draft.stem for draft in parsed.drafts})
    unknown = parsed.unknown.copy()
    rows: list[PlanRow] = []
    for entry in parsed.entries:
        if isinstance(entry, Refusal):
            rows.append(PlanRow(entry.where, entry.stem, ImportStatus.REFUSED, [entry.reason]))
        elif entry.kind not in kinds():
            unknown[entry.kind] += 1
        else:
            rows.append(_row(entry, known, there, allowed))
    return ImportPlan(name, parsed.format, bank, rows, dict(unknown), parsed.notes)


def _row(draft: Draft, known: Known, there: "_Bank", allowed: Collection[str] | None) -> PlanRow:
    row = PlanRow(draft.where, draft.stem, ImportStatus.REFUSED)
    if allowed is not None and draft.kind not in allowed:
        row.remarks = [_("You may not add questions of this kind.")]
        return row
    try:
        built = build(draft, known)
    except ValidationError as error:
        row.remarks = error.messages
        return row
    former = there.already(draft.code, built)
    if former is not None:
        row.status, row.code, row.remarks = ImportStatus.THERE, former, built.changes
        return row
    row.built, row.code = built, there.take(draft.code, built)
    row.remarks = built.changes
    row.status = ImportStatus.CHANGED if built.changes else ImportStatus.TAKEN
    return row


class _Bank:
    """Codes and contents that are there, those of the plan included."""

    def __init__(self, name: str, stems: Iterable[str]) -> None:
        self.name = name
        versions = Question.objects.non_polymorphic()
        self.codes = set(versions.values_list("code", flat=True))
        self.own = set(versions.filter(bank=name).values_list("code", flat=True))
        self.contents = dict(self._contents(name, stems))
        self._next = 1

    def _contents(self, bank: str, stems: Iterable[str]) -> Iterator[tuple[str, str]]:
        wanted = list({stem for stem in stems if stem})
        for start in range(0, len(wanted), 500):
            same = Question.objects.non_polymorphic().filter(
                bank=bank, is_current=True, stem__in=wanted[start : start + 500]
            )
            there = list(load_questions(same.values_list("pk", flat=True)).values())
            prefetch_related_objects(there, "legal_bases")
            for question in there:
                yield fingerprint(content_of(question, rows_of(question))), question.code

    def already(self, code: str, built: Built) -> str | None:
        """The code of the question that this one is, if the bank has it: by code, or by what it asks."""
        if code and code in self.own:
            return code
        return self.contents.get(built.fingerprint)

    def take(self, wanted: str, built: Built) -> str:
        """A code for a new question: the file's own if it is free, else one made of it or of the bank."""
        code = self._free(wanted)
        self.codes.add(code)
        self.contents[built.fingerprint] = code
        return code

    def _free(self, wanted: str) -> str:
        if wanted and _CODE.fullmatch(wanted):
            if wanted not in self.codes:
                return wanted
            return next(
                code for number in range(2, 10**6) if (code := f"{wanted[:34]}-{number}") not in self.codes
            )
        start = slugify(self.name).upper()[:30] or "SOAL"
        while f"{start}-{self._next:03d}" in self.codes:
            self._next += 1
        return f"{start}-{self._next:03d}"


def run_import(
    *, plan: ImportPlan, user: Any = None, publishable: Collection[str] | None = None
) -> list[Question]:
    """Save all that the plan takes, in one transaction, as first and current versions in no assessment.

    Kinds that are not ``publishable`` (None: all are) become drafts that wait for somebody who may publish.
    Raises ValidationError (code ``busy``) if somebody else took one of the codes meanwhile; then nothing is
    saved.
    """
    try:
        with transaction.atomic():
            known = resolve(
                str(source.get("ref", ""))
                for row in plan.to_take
                if row.built is not None
                for source in row.built.question.citations
            )
            saved = [
                _save(row, plan.bank, publishable is None or row.kind in publishable, known)
                for row in plan.to_take
            ]
            for question in saved:
                _record(question, user)
            return saved
    except IntegrityError as error:
        raise refuse(
            _("Somebody imported or wrote questions at the same moment. Nothing was saved; try again."),
            "busy",
        ) from error


def _save(row: PlanRow, bank: str, live: bool, known: dict[str, Resolved]) -> Question:
    assert row.built is not None
    question, rows = row.built.question, row.built.rows
    question.code, question.bank, question.live = row.code, bank, live
    question.has_unpublished_changes = not live
    for record, picture in row.built.pictures:
        record.image = picture.save()
    question.outcomes = row.built.outcomes
    question.legal_bases, question.citations = linked_sources(question.citations, known)
    question.save()
    for option in rows:
        option.question = question  # type: ignore[attr-defined]
    for row_model in {type(option) for option in rows}:
        of_model: list[models.Model] = [option for option in rows if type(option) is row_model]
        row_model._default_manager.bulk_create(of_model)
    return question


def _record(question: Question, user: Any) -> None:
    """Say in the log who brought it. A draft lives in a revision, so that it can be sent for approval."""
    if not question.live:
        type(question).objects.get(pk=question.pk).save_revision(user=user, clean=False)
    log(instance=question, action="wagtail.create", user=user, content_changed=True)
