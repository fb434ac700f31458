import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from lms.evaluation.exports import export_pairs, export_research
from lms.learning.models import AttemptItem
from lms.people.models import ConsentRecord, RecordLogEntry
from tests.lms.evaluation.exports.books import boss
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db
TABS = ("summary", "answers", "questions", "codebook")


def agree(cohort, count, version="2026-01"):
    people = cohort.enrolments.order_by("pk").select_related("participant")
    for enrolment in people[:count]:
        ConsentRecord.objects.create(
            participant=enrolment.participant, text_version=version, language="id", channel="kertas"
        )


def book(cohort):
    content = export_research(cohort=cohort, user=boss())
    sheets = {}
    for key, sheet in zip(TABS, openpyxl.load_workbook(io.BytesIO(content)).worksheets, strict=True):
        heads, *rows = sheet.iter_rows(values_only=True)
        sheets[key] = [dict(zip(heads, row, strict=True)) for row in rows]
    return sheets


def summary(found):
    return {row["measure"]: row["value"] for row in found["summary"]}


def test_only_people_who_agreed_are_in_it():
    cohort = make_cohort(copies(SIX, 2))
    agree(cohort, 7)
    found = book(cohort)
    assert len({row["person"] for row in found["answers"]}) == 7
    assert summary(found)["n_with_test"] == 12
    assert summary(found)["n_agreed"] == summary(found)["consent_2026-01"] == 7


def test_each_answer_of_both_tests_is_a_row_with_its_points():
    cohort = make_cohort(SIX)
    agree(cohort, 6)
    found = book(cohort)
    items = AttemptItem.objects.filter(attempt__enrolment__cohort=cohort)
    assert len(found["answers"]) == items.count() == 6 * 2 * 5
    assert sum(row["earned"] for row in found["answers"]) == sum(items.values_list("earned", flat=True))
    assert {row["wave"] for row in found["answers"]} == {"pre", "post"}
    assert {row["item"] for row in found["answers"]} == {row["item"] for row in found["questions"]}


def test_four_who_agreed_are_too_few_and_not_logged():
    cohort = make_cohort(copies(SIX, 2))
    agree(cohort, 4)
    with pytest.raises(ValidationError) as refusal:
        export_research(cohort=cohort, user=boss())
    assert refusal.value.code == "too_few"
    assert not RecordLogEntry.objects.exists()


def test_few_who_agreed_to_another_text_are_not_counted_apart():
    cohort = make_cohort(SIX)
    agree(cohort, 6)
    agree(cohort, 2, "2026-02")
    found = summary(book(cohort))
    assert found["consent_texts"] == "2026-01, 2026-02"
    assert "consent_2026-02" not in found


def test_it_holds_no_name_no_trait_no_question_and_no_pseudonym_of_another_file():
    cohort = make_cohort(SIX)
    agree(cohort, 6)
    found = str(book(cohort))
    for enrolment in cohort.enrolments.select_related("participant"):
        for secret in (enrolment.participant.code, str(enrolment.pk), str(enrolment.participant_id)):
            assert secret not in found
        assert f"'{enrolment.participant.full_name}'" not in found
    assert "P-" not in found
    assert "P-" in export_pairs(cohort=cohort, user=boss_again())
    for form in cohort.assessment.forms.all():
        for item in form.items.select_related("question"):
            assert item.question.stem not in found


def boss_again():
    return RecordLogEntry.objects.get().user


def test_every_column_is_explained_and_the_log_keeps_it():
    cohort = make_cohort(SIX, is_simulated=True)
    agree(cohort, 6)
    found = book(cohort)
    columns = {column for key in TABS[:3] for column in found[key][0]}
    assert columns == {row["column"] for row in found["codebook"]}
    assert {row["data_simulasi"] for row in found["answers"]} == {"ya"}
    entry = RecordLogEntry.objects.get()
    assert entry.data == {"format": "research", "version": summary(found)["data_version"]}
