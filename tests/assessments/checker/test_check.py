"""The checker says what an experienced author would, and nothing about a sound test."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.checker import Severity, check_assessment
from assessments.imports.bank import load_bank
from assessments.models import Assessment, AssessmentForm, Choice, FormItem, FormSection, Question
from tests.factories import (
    AssessmentFactory,
    OutcomeFactory,
    make_assessment,
    make_numeric,
    make_single,
    make_true_false,
)

pytestmark = pytest.mark.django_db


def make_test(*forms: list[Question], **fields: Any) -> Assessment:
    assessment = AssessmentFactory(**fields)
    for letter, questions in zip("AB", forms, strict=False):
        form = AssessmentForm.objects.create(assessment=assessment, letter=letter)
        for position, question in enumerate(questions, start=1):
            FormItem.objects.create(form=form, question=question, position=position)
    return assessment


def alone(question: Question) -> Assessment:
    return make_test([question], purpose="practice")


def codes(assessment: Assessment, severity: Severity | None = None) -> set[str]:
    found = check_assessment(assessment)
    return {finding.code for finding in found if severity in (None, finding.severity)}


def with_options(code: str, *texts: str, key: int = 0, **fields: Any) -> Question:
    question = make_single(code, **fields)
    question.choices.all().delete()
    for place, text in enumerate(texts):
        Choice.objects.create(question=question, text=text, is_correct=place == key, sort_order=place)
    return Question.objects.get(pk=question.pk)


# The whole


def test_the_bundled_test_raises_no_warning() -> None:
    load_bank()
    found = check_assessment(Assessment.objects.get(code="tes-pendek"))
    assert not [finding.code for finding in found if finding.severity != Severity.NOTE]


def test_findings_come_with_the_gravest_first() -> None:
    assessment = make_test([make_single(citations=[{"ref": "PP 43/2014"}], stem="Mana yang bukan BPD?")])
    severities = [finding.severity for finding in check_assessment(assessment)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def queries_for(number: int) -> int:
    letters: list[list[Question]] = [[], []]
    for n in range(number):
        for place, letter in enumerate("AB"):
            letters[place].append(make_single(f"Q{number}-{n}{letter}"))
    assessment = make_test(*letters)
    for form in assessment.forms.all():
        for n in range(number):
            FormSection.objects.create(form=form, number=100 + n, draw=1)
    with CaptureQueriesContext(connection) as captured:
        check_assessment(assessment)
    return len(captured)


def test_a_long_test_costs_as_many_queries_as_a_short_one() -> None:
    assert queries_for(3) == queries_for(1)


# What stops publishing


def test_a_test_needs_both_forms_and_a_practice_one() -> None:
    assert codes(AssessmentFactory(), Severity.ERROR) == {"no_form"}
    question = make_single()
    assert "no_form" in codes(make_test([question]), Severity.ERROR)
    assert not codes(make_test([question], purpose="practice"), Severity.ERROR)


def test_an_empty_form_is_an_error_unless_it_draws() -> None:
    assessment = make_test([], purpose="practice")
    assert codes(assessment, Severity.ERROR) == {"no_items"}
    make_single()
    FormSection.objects.create(form=assessment.forms.get(), number=1, draw=1)
    assert not codes(assessment, Severity.ERROR)


def test_a_draw_that_the_bank_cannot_fill_is_an_error() -> None:
    assessment = make_test([], purpose="practice")
    FormSection.objects.create(form=assessment.forms.get(), number=1, draw=2)
    make_single()
    assert codes(assessment, Severity.ERROR) == {"too_few"}


def test_a_test_of_attitudes_alone_is_an_error() -> None:
    assert "no_points" in codes(make_test([make_single(points=0)], [make_single("S2", points=0)]))


# Two forms


def test_parallel_forms_that_are_alike_raise_no_warning() -> None:
    assert not codes(make_assessment(), Severity.WARNING)


def test_forms_with_other_points_are_told() -> None:
    assessment = make_assessment()
    question = assessment.forms.get(letter="B").items.get(position=1).question
    Question.objects.filter(pk=question.pk).update(points=2)
    assert {"unbalanced", "unbalanced_outcome"} <= codes(assessment, Severity.WARNING)


def test_an_outcome_that_one_form_leaves_out_is_told() -> None:
    first, second = make_single("S1"), make_single("S2")
    first.outcomes.set([OutcomeFactory(code="D1")])
    first.save()
    assessment = make_test([first], [second])
    assert "outcome_missing" in codes(assessment, Severity.WARNING)


def test_an_outcome_with_one_question_and_one_that_nobody_asks_are_noted() -> None:
    outcome = OutcomeFactory(code="D1")
    OutcomeFactory(code="D2")
    made = [make_single(code) for code in ("S1", "S2")]
    for question in made:
        question.outcomes.set([outcome])
        question.save()
    found = check_assessment(make_test([made[0]], [made[1]]))
    assert {"one_item", "outcome_unasked"} <= {f.code for f in found if f.severity == Severity.NOTE}
    assert any("D2" in f.text for f in found if f.code == "outcome_unasked")


def test_a_question_in_both_forms_is_called_an_anchor() -> None:
    anchor = make_single("JANGKAR")
    found = check_assessment(make_test([anchor], [anchor]))
    assert any(f.code == "anchors" and "JANGKAR" in f.text for f in found)


def test_two_questions_of_one_pair_in_one_form_are_told() -> None:
    made = [make_single("S1", pair="P"), make_single("S2", pair="P")]
    found = [f for f in check_assessment(make_test(made, purpose="practice")) if f.code == "pair_twice"]
    assert [f.question and f.question.code for f in found] == ["S2"]
    assert "S1" in found[0].text


# Draws


def test_a_draw_from_questions_worth_differently_is_told() -> None:
    assessment = make_test([], purpose="practice")
    FormSection.objects.create(form=assessment.forms.get(), number=1, draw=1)
    make_single("S1", points=1)
    make_single("S2", points=2)
    assert "uneven_draw" in codes(assessment, Severity.WARNING)


def test_a_bank_too_small_for_both_forms_is_told() -> None:
    assessment = make_test([], [])
    for form in assessment.forms.all():
        FormSection.objects.create(form=form, number=1, draw=2)
    made = [make_single(f"S{n}") for n in range(3)]
    assert "small_bank" in codes(assessment, Severity.WARNING)
    made.append(make_single("S3"))
    assert "small_bank" not in codes(assessment)


# Questions


def test_a_question_that_cites_a_revoked_rule_is_told_and_named() -> None:
    question = make_single(citations=[{"ref": "PP 43/2014 Ps 80", "status": "verified"}])
    found = [f for f in check_assessment(alone(question)) if f.code == "revoked"]
    assert [f.question for f in found] == [question]
    assert "PP 16/2026" in found[0].text


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("Mana yang bukan tugas BPD?", True),
        ("Semua benar, KECUALI …", True),
        ("Warga tidak datang. Siapa mengundang?", False),
        ("Siapa ketua BPD?", False),
    ],
)
def test_a_stem_that_asks_negatively_is_noted(stem: str, told: bool) -> None:
    assert ("negative" in codes(alone(make_single(stem=stem)))) is told


def test_a_long_stem_is_told() -> None:
    assert "long_stem" in codes(alone(make_single(stem="kata " * 31)), Severity.WARNING)


def test_questions_in_the_same_words_are_told() -> None:
    texts = ("Kepala desa", "BPD", "Camat")
    made = [
        with_options("S1", *texts, stem="Siapa ketua BPD?"),
        with_options("S2", *texts, key=1, stem="Siapa  ketua BPD"),
        with_options("S3", "Ayah", "Ibu", "Anak", stem="Siapa ketua BPD?"),
    ]
    found = [f for f in check_assessment(make_test(made, purpose="practice")) if f.code == "duplicate"]
    assert [f.question and f.question.code for f in found] == ["S2"]


def test_retired_and_older_versions_are_told() -> None:
    assert "retired" in codes(alone(make_single(retired_at=timezone.now())))
    assert "outdated" in codes(alone(make_single("S2", is_current=False)))


def test_a_draft_stops_publishing() -> None:
    assert codes(alone(make_single(live=False)), Severity.ERROR) == {"draft"}


def test_a_question_without_points_in_a_test_is_noted_but_not_in_a_survey() -> None:
    attitude = make_single(points=0)
    assert "unscored" in codes(make_test([attitude, make_numeric()]), Severity.NOTE)
    assert "unscored" not in codes(make_test([attitude], purpose="survey"))


def test_a_question_marked_by_hand_in_a_test_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    question = make_numeric()
    monkeypatch.setattr(type(question), "marked_by_hand", True)
    assert "marked_by_hand" in codes(make_test([question]), Severity.WARNING)
    assert "marked_by_hand" not in codes(make_test([question], purpose="practice"))


def test_a_file_in_an_anonymous_survey_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    question = make_numeric()
    assessment = make_test([question], purpose="survey", is_anonymous=True)
    assert "anonymous_file" not in codes(assessment)
    monkeypatch.setattr(type(question), "takes_files", True)
    assert "anonymous_file" in codes(assessment, Severity.WARNING)


def test_a_time_limit_is_told() -> None:
    assert "time_limit" in codes(make_test([make_single()], time_limit_minutes=20), Severity.WARNING)


# Options


@pytest.mark.parametrize(
    "option",
    [
        "Semua benar",
        "Semua jawaban benar",
        "semuanya salah",
        "A dan C",
        "Tidak ada yang benar",
        "semua di atas",
    ],
)
def test_an_option_about_the_other_options_is_told(option: str) -> None:
    question = with_options("S1", "Kepala desa", "BPD", option)
    assert "options_overlap" in codes(alone(question), Severity.WARNING)


def test_an_option_with_such_words_in_another_sense_is_not_told() -> None:
    question = with_options("S1", "Semua warga desa", "BPD dan kepala desa", "Tidak ada aturannya")
    assert "options_overlap" not in codes(alone(question))


def test_options_in_the_same_words_are_told() -> None:
    question = with_options("S1", "Kepala desa", "BPD", "kepala  desa.")
    assert "options_alike" in codes(alone(question), Severity.WARNING)


LONG, SHORT = "Musyawarah desa yang dipimpin oleh BPD", ("Camat", "Bupati", "Gubernur")


def test_the_longest_option_as_the_key_is_noted_for_the_question() -> None:
    assert "longest_option" in codes(alone(with_options("S1", LONG, *SHORT)), Severity.NOTE)
    assert "longest_option" not in codes(alone(with_options("S2", LONG, *SHORT, key=1)))


def test_the_longest_option_as_the_key_too_often_is_told_for_the_form() -> None:
    often = [with_options(f"S{n}", LONG, *SHORT) for n in range(6)]
    seldom = [with_options(f"T{n}", LONG, *SHORT, key=0 if n < 2 else 1) for n in range(6)]
    assert "longest_too_often" in codes(make_test(often, purpose="practice"), Severity.WARNING)
    assert "longest_too_often" not in codes(make_test(seldom, purpose="practice"))


def test_keys_at_one_place_are_told_where_options_keep_their_order() -> None:
    fixed = [make_single(f"S{n}", shuffle=False) for n in range(6)]
    drawn = [make_single(f"T{n}") for n in range(6)]
    assert "key_positions" in codes(make_test(fixed, purpose="practice"), Severity.WARNING)
    assert "key_positions" not in codes(make_test(drawn, purpose="practice"))


def test_statements_that_are_all_true_are_told() -> None:
    made = [make_true_false(f"TF{n}") for n in range(8)]
    assert "same_answer" in codes(make_test(made, purpose="practice"), Severity.WARNING)
