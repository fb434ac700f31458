"""Reads a question bank from YAML files. What is already there stays as people have edited it.

A folder has ``outcomes.yaml``, ``items.yaml`` and ``assessments.yaml``, and in ``legal/`` the register of
legal bases (``register.py``); the project's own is ``bank/``. Below it ``practice/*.yaml`` holds the
questions of lessons, which go into a bank of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from assessments.bank_item import BankItem
from assessments.enums import FormLetter, Layout, Purpose
from assessments.imports.bank_files import entries, items_of, practice_items, read, wrong
from assessments.imports.register import RegisterReport, link_sources, load_register
from assessments.models import Assessment, AssessmentForm, FormItem, FormSection, Outcome
from assessments.questions.base import DEFAULT_BANK, PRACTICE_BANK, UNEVEN_POINTS, Question
from assessments.registry import kinds

BUNDLED_BANK = Path(__file__).parent.parent / "bank"
# What bank files say of attitudes in fields that are about knowledge: they have no level of thinking, and
# what people say about the training itself belongs to no outcome.
ATTITUDE, REACTION = "sikap", "reaksi"


@dataclass(slots=True)
class BankReport:
    """What a run of the loader did, by number."""

    outcomes: int = 0
    questions: int = 0
    assessments: int = 0
    kept: int = 0
    register: RegisterReport = field(default_factory=RegisterReport)
    warnings: list[str] = field(default_factory=list)

    @property
    def added(self) -> int:
        return self.outcomes + self.questions + self.assessments + self.register.changed

    def lines(self) -> list[str]:
        """The report as sentences for the terminal."""
        made = f"Added {self.outcomes} outcomes, {self.questions} questions, {self.assessments} tests."
        kept = f"Left {self.kept} records as they are."
        notes = [f"Note: {warning}" for warning in self.warnings]
        return [made, kept, *self.register.lines(), *notes]


@transaction.atomic
def load_bank(folder: Path = BUNDLED_BANK) -> BankReport:
    """Add what the files of ``folder`` have and the database lacks, by code. A second run changes nothing.

    Raises ValidationError (code ``bank``) that names every wrong item and field; then nothing is loaded.
    """
    report = BankReport()
    report.register = load_register(folder / "legal")
    outcomes = _load_outcomes(read(folder / "outcomes.yaml"), report)
    _load_questions(items_of(folder / "items.yaml"), outcomes, report)
    _load_questions(practice_items(folder), outcomes, report, bank=PRACTICE_BANK)
    _load_assessments(read(folder / "assessments.yaml"), report)
    report.register.linked = link_sources()
    return report


# Outcomes


def _load_outcomes(data: Any, report: BankReport) -> dict[str, Outcome]:
    known = {outcome.code: outcome for outcome in Outcome.objects.all()}
    for position, entry in enumerate(entries(data, "outcomes.yaml", "code"), start=1):
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


def _load_questions(
    items: list[BankItem], outcomes: dict[str, Outcome], report: BankReport, *, bank: str = DEFAULT_BANK
) -> None:
    known = set(Question.objects.values_list("code", flat=True))
    problems: list[ValidationError] = []
    for item in items:
        try:
            if item.where in known:
                report.kept += 1
            else:
                report.warnings += _add_question(item, outcomes, bank)
                report.questions += 1
        except ValidationError as problem:
            problems.append(problem)
    if problems:
        raise ValidationError(problems)


def _add_question(item: BankItem, outcomes: dict[str, Outcome], bank: str) -> list[str]:
    """Save one question with its options. Returns warnings about it."""
    model = kinds().get(item.text("type"))
    if model is None:
        raise item.wrong("type", _("must be one of %(kinds)s") % {"kinds": ", ".join(kinds())})
    if item.data.get("scoring") not in (None, *model.scoring_rules):
        rules = ", ".join(model.scoring_rules) or _("left out")
        raise item.wrong("scoring", _("must be %(rule)s") % {"rule": rules})
    codes = [code for code in item.texts("outcomes", required=False) if code != REACTION]
    wanted = [_outcome(item, code, outcomes) for code in codes]
    question = model(bank=bank, **_common_fields(item), **model.fields_from_bank(item))
    rows = model.rows_from_bank(item)
    _check(question, item)
    for row in rows:
        _check(row, item, exclude={"question"})
    warnings = _check_authoring(question, rows, item)
    question.outcomes = wanted
    question.save()
    for row in rows:
        row.question = question
    if rows:
        type(rows[0]).objects.bulk_create(rows)
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
        "bloom": _thinking_level(item),
        "difficulty": item.text("difficulty", required=False),
        "stability": item.text("stability", required=False),
        "citations": [
            {"ref": row.text("ref"), "status": row.text("status", required=False)}
            for row in item.rows("cite", required=False)
        ],
        "feedback": item.text("feedback", required=False),
        "note": item.text("note", required=False),
    }


def _thinking_level(item: BankItem) -> str:
    level = item.text("bloom", required=False)
    return "" if level == ATTITUDE else level


def _outcome(item: BankItem, code: str, outcomes: dict[str, Outcome]) -> Outcome:
    if code not in outcomes:
        raise item.wrong("outcomes", _("names %(code)s, which no outcome has") % {"code": code})
    return outcomes[code]


def _check_authoring(question: Question, rows: list[models.Model], item: BankItem) -> list[str]:
    """Uneven points are told and loaded, since the item can be asked; all else is refused."""
    problems = list(question.authoring_problems(rows))
    fatal = [problem for problem in problems if problem.code != UNEVEN_POINTS]
    if fatal:
        raise wrong(*(_sentence(item, problem) for problem in fatal))
    return [f"{item.where}: {text}" for problem in problems for text in problem.messages]


def _sentence(item: BankItem, problem: ValidationError) -> str:
    """A problem of authoring with its item, and with its field where the problem is called like one."""
    field = f"{problem.code}: " if problem.code in item.data else ""
    return f"{item.where}: {field}{' '.join(problem.messages)}"


# Tests and surveys

_NUMBERS = ("minutes", "pass_mark_percent", "attempts_allowed", "time_limit_minutes")
_SWITCHES = ("is_anonymous", "offer_dont_know", "shuffle_questions")


def _load_assessments(data: Any, report: BankReport) -> None:
    known = set(Assessment.objects.values_list("code", flat=True))
    for entry in entries(data, "assessments.yaml", "code"):
        if entry.where in known:
            report.kept += 1
            continue
        assessment = Assessment(code=entry.where, live=True, **_settings(entry))
        _check(assessment, entry)
        assessment.save()
        if "sections" in entry.data:
            _add_drawing_form(assessment, entry.rows("sections"))
        else:
            forms = BankItem(entry.data.get("forms"), f"{entry.where}, forms")
            for letter in forms.data:
                _add_form(assessment, str(letter), forms)
        report.assessments += 1


def _add_drawing_form(assessment: Assessment, sections: list[BankItem]) -> None:
    """``sections`` in place of lists: one form, whose questions are drawn from the bank by their topic."""
    form = AssessmentForm.objects.create(assessment=assessment, letter=FormLetter.A)
    for number, row in enumerate(sections, start=1):
        section = FormSection(
            form=form,
            number=number,
            title=row.text("title"),
            title_en=row.text("title_en", required=False),
            topic=row.text("topic"),
            draw=row.whole("draw"),
        )
        _check(section, row)
        section.save()


def _settings(entry: BankItem) -> dict[str, Any]:
    """Fields of a test or survey; only a test must say its pass mark."""
    purpose = entry.text("purpose", required=False) or Purpose.TEST
    needed = ["minutes"] + ["pass_mark_percent"] * (purpose == Purpose.TEST)
    numbers = [*needed, *(n for n in _NUMBERS if n not in needed and entry.data.get(n) is not None)]
    return {
        "purpose": purpose,
        "title": entry.text("title"),
        "title_en": entry.text("title_en", required=False),
        "instructions": entry.text("instructions", required=False),
        "layout": entry.text("layout", required=False) or Layout.ONE_QUESTION,
        **{name: entry.whole(name) for name in numbers},
        **{name: entry.flag(name, default=False) for name in _SWITCHES},
    }


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
        raise wrong(
            *(
                f"{item.where}: {text}" if name == NON_FIELD_ERRORS else f"{item.where}: {name}: {text}"
                for name, texts in error.message_dict.items()
                for text in texts
            )
        ) from error
