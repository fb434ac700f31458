"""Reads a question bank from YAML files. What is already there stays as people have edited it.

A folder has ``outcomes.yaml``, ``items.yaml`` and ``assessments.yaml``; the project's own is ``bank/``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from assessments.bank_item import BankItem
from assessments.enums import FormLetter
from assessments.models import Assessment, AssessmentForm, FormItem, Outcome
from assessments.questions.base import UNEVEN_POINTS, Question
from assessments.registry import kinds

BUNDLED_BANK = Path(__file__).parent / "bank"

# Types that a bank may hold and this version cannot ask yet, with the reason for the report.
NOT_YET = {
    "short_answer": "needs a person to look at spellings",
    "likert": "asks for an attitude and gives no points",
    "open_text": "needs a person to read it",
}


@dataclass(slots=True)
class BankReport:
    """What a run of the loader did, by number."""

    outcomes: int = 0
    questions: int = 0
    assessments: int = 0
    kept: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    @property
    def added(self) -> int:
        return self.outcomes + self.questions + self.assessments

    def lines(self) -> list[str]:
        """The report as sentences for the terminal."""
        made = f"Added {self.outcomes} outcomes, {self.questions} questions and {self.assessments} tests."
        kept = f"Left {self.kept} records as they are."
        skipped = [
            f"Skipped {number} {kind} items: {NOT_YET[kind]}." for kind, number in self.skipped.items()
        ]
        return [made, kept, *skipped, *(f"Note: {warning}" for warning in self.warnings)]


@transaction.atomic
def load_bank(folder: Path = BUNDLED_BANK) -> BankReport:
    """Add what the files of ``folder`` have and the database lacks, by code. A second run changes nothing.

    Raises ValidationError (code ``bank``) that names every wrong item and field; then nothing is loaded.
    """
    report = BankReport()
    outcomes = _load_outcomes(_read(folder / "outcomes.yaml"), report)
    items = _read(folder / "items.yaml")
    _load_questions(items.get("items") if isinstance(items, dict) else items, outcomes, report)
    _load_assessments(_read(folder / "assessments.yaml"), report)
    return report


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _wrong(_("%(file)s is missing.") % {"file": path.name}) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(f"{path.name}: {error}") from error


def _entries(data: Any, file: str, name: str) -> list[BankItem]:
    """The records of a file, each named by its code. Refuses a code that stands twice."""
    if not isinstance(data, list):
        raise _wrong(_("%(file)s must hold a list.") % {"file": file})
    entries = [BankItem(entry, f"{file} {n}") for n, entry in enumerate(data, start=1)]
    codes = Counter(entry.text(name) for entry in entries)
    twice = [code for code, number in codes.items() if number > 1]
    if twice:
        raise _wrong(_("%(file)s has %(codes)s twice.") % {"file": file, "codes": ", ".join(twice)})
    return [BankItem(entry.data, entry.text(name)) for entry in entries]


# Outcomes


def _load_outcomes(data: Any, report: BankReport) -> dict[str, Outcome]:
    known = {outcome.code: outcome for outcome in Outcome.objects.all()}
    for position, entry in enumerate(_entries(data, "outcomes.yaml", "code"), start=1):
        code = entry.text("code")
        if code in known:
            report.kept += 1
            continue
        outcome = Outcome(
            code=code,
            kind=entry.text("kind"),
            title=entry.text("title"),
            title_en=entry.text("title_en", required=False),
            description=entry.text("description", required=False),
            position=position,
        )
        _check(outcome, entry)
        outcome.save()
        known[code] = outcome
        report.outcomes += 1
    return known


# Questions


def _load_questions(data: Any, outcomes: dict[str, Outcome], report: BankReport) -> None:
    known = set(Question.objects.values_list("code", flat=True))
    problems: list[ValidationError] = []
    for item in _entries(data, "items.yaml", "id"):
        try:
            kind = item.text("type")
            if kind in NOT_YET:
                report.skipped[kind] += 1
            elif item.where in known:
                report.kept += 1
            else:
                report.warnings += _add_question(item, kind, outcomes)
                report.questions += 1
        except ValidationError as problem:
            problems.append(problem)
    if problems:
        raise ValidationError(problems)


def _add_question(item: BankItem, kind: str, outcomes: dict[str, Outcome]) -> list[str]:
    """Save one question with its options. Returns warnings about it."""
    model = kinds().get(kind)
    if model is None:
        raise item.wrong("type", _("must be one of %(kinds)s") % {"kinds": ", ".join([*kinds(), *NOT_YET])})
    if item.data.get("scoring") not in (None, model.scoring_rule):
        raise item.wrong("scoring", _("must be %(rule)s") % {"rule": model.scoring_rule or _("left out")})
    wanted = [_outcome(item, code, outcomes) for code in item.texts("outcomes", required=False)]
    question = model(**_common_fields(item), **model.fields_from_bank(item))
    rows = model.rows_from_bank(item)
    _check(question, item)
    for row in rows:
        _check(row, item, exclude={"question"})
    warnings = _check_authoring(question, rows, item)
    question.save()
    for row in rows:
        row.question = question
    if rows:
        type(rows[0]).objects.bulk_create(rows)
    question.outcomes.set(wanted)
    return warnings


def _common_fields(item: BankItem) -> dict[str, Any]:
    letter = item.text("form", required=False)
    return {
        "code": item.where,
        "stem": item.text("stem"),
        "points": item.whole("points"),
        "topic": item.text("topic", required=False),
        "lesson_code": item.text("lesson", required=False),
        "pair": item.text("pair", required=False),
        # "all" belongs to no form of its own.
        "form_letter": letter if letter in FormLetter.values else "",
        "bloom": item.text("bloom", required=False),
        "difficulty": item.text("difficulty", required=False),
        "stability": item.text("stability", required=False),
        "citations": [
            {"ref": row.text("ref"), "status": row.text("status", required=False)}
            for row in item.rows("cite", required=False)
        ],
        "note": item.text("note", required=False),
    }


def _outcome(item: BankItem, code: str, outcomes: dict[str, Outcome]) -> Outcome:
    if code not in outcomes:
        raise item.wrong("outcomes", _("names %(code)s, which no outcome has") % {"code": code})
    return outcomes[code]


def _check_authoring(question: Question, rows: list[models.Model], item: BankItem) -> list[str]:
    """Uneven points are told and loaded, since the item can be asked; all else is refused."""
    problems = list(question.authoring_problems(rows))
    fatal = [problem for problem in problems if problem.code != UNEVEN_POINTS]
    if fatal:
        raise _wrong(*(f"{item.where}: {text}" for problem in fatal for text in problem.messages))
    return [f"{item.where}: {text}" for problem in problems for text in problem.messages]


# Tests


def _load_assessments(data: Any, report: BankReport) -> None:
    known = set(Assessment.objects.values_list("code", flat=True))
    for entry in _entries(data, "assessments.yaml", "code"):
        if entry.where in known:
            report.kept += 1
            continue
        assessment = Assessment(
            code=entry.where,
            title=entry.text("title"),
            title_en=entry.text("title_en", required=False),
            minutes=entry.whole("minutes"),
            pass_mark_percent=entry.whole("pass_mark_percent"),
        )
        _check(assessment, entry)
        assessment.save()
        forms = BankItem(entry.data.get("forms"), f"{entry.where}, forms")
        for letter in forms.data:
            _add_form(assessment, str(letter), forms)
        report.assessments += 1


def _add_form(assessment: Assessment, letter: str, forms: BankItem) -> None:
    codes = forms.texts(letter)
    current = Question.objects.filter(code__in=codes, is_current=True)
    ids = dict(current.values_list("code", "pk"))
    missing = [code for code in codes if code not in ids]
    if missing:
        raise forms.wrong(letter, _("names questions that are not there: %s") % ", ".join(missing))
    if len(set(codes)) != len(codes):
        raise forms.wrong(letter, _("names a question twice"))
    form = AssessmentForm(assessment=assessment, letter=letter)
    _check(form, forms)
    form.save()
    FormItem.objects.bulk_create(
        FormItem(form=form, question_id=ids[code], position=position)
        for position, code in enumerate(codes, start=1)
    )


def _check(record: models.Model, item: BankItem, exclude: Iterable[str] = ()) -> None:
    """The model's own validators, without the queries of its unique checks."""
    try:
        record.clean_fields(exclude=set(exclude) | {"polymorphic_ctype", "question_ptr"})
    except ValidationError as error:
        raise _wrong(
            *(
                f"{item.where}: {text}" if name == NON_FIELD_ERRORS else f"{item.where}: {name}: {text}"
                for name, texts in error.message_dict.items()
                for text in texts
            )
        ) from error


def _wrong(*messages: str) -> ValidationError:
    return ValidationError([ValidationError(message, code="bank") for message in messages])
