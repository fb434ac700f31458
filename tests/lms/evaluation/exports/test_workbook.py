from statistics import mean

import pytest

from assessments.models import Outcome
from lms.evaluation.exports.codebook import codebook
from lms.evaluation.exports.tables import Sheet
from lms.evaluation.reports import evaluate_cohort
from lms.evaluation.reports.cohort import Reader, report_on
from lms.people.models import Participant
from tests.lms.evaluation.exports.books import summary, workbook
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db


def test_the_summary_has_the_numbers_of_the_page_unrounded():
    cohort = make_cohort(SIX)
    found, result = summary(workbook(cohort)), evaluate_cohort(cohort)
    for name in ("registered", "matched_n", "mean_pre", "mean_post", "mean_gain", "ci_low", "ci_high"):
        assert found[name] == pytest.approx(getattr(result, name), abs=1e-12)
    assert found["data_version"] == report_on(cohort, Reader()).data_version
    assert found["data_simulasi"] == "tidak"


def test_the_gain_can_be_recomputed_from_the_pairs():
    cohort = make_cohort([*copies(SIX, 2), SIX[0]])
    book = workbook(cohort)
    halves = [
        mean(row["gain"] for row in book["pairs"] if row["form_order"] == order) for order in ("AB", "BA")
    ]
    assert mean(halves) == pytest.approx(summary(book)["mean_gain"])


def test_transitions_add_up_to_the_people_and_to_the_shares():
    book = workbook(make_cohort(copies(SIX, 4)))
    assert book["transitions"]
    for row in book["transitions"]:
        assert row["n00"] + row["n01"] + row["n10"] + row["n11"] == row["n"] == 24
        assert row["right_pre"] == pytest.approx((row["n10"] + row["n11"]) / row["n"])
        assert row["right_post"] == pytest.approx((row["n01"] + row["n11"]) / row["n"])
    assert [row["question"] for row in book["items"]] == [row["question"] for row in book["transitions"]]


def test_every_column_is_explained_once():
    book = workbook(make_cohort(SIX), questions=True)
    columns = [column for key, rows in book.items() if key != "codebook" and rows for column in rows[0]]
    explained = [row["column"] for row in book["codebook"]]
    assert set(columns) <= set(explained)
    assert all(row["meaning"] for row in book["codebook"])
    pairs = [(row["sheet"], row["column"]) for row in book["codebook"]]
    assert len(pairs) == len(set(pairs))


def test_a_column_that_nobody_explains_is_noticed():
    with pytest.raises(KeyError):
        codebook([Sheet("items", "Items", ("mystery",), [])])


def test_no_name_no_code_and_no_trait_stands_beside_points():
    cohort = make_cohort(SIX)
    Participant.objects.update(full_name="Canary Name", dusun="Canary Dusun")
    book = workbook(cohort)
    assert "Canary" not in str(book)
    for enrolment in cohort.enrolments.select_related("participant"):
        assert enrolment.participant.code not in str(book)
        assert str(enrolment.pk) not in str(book)
    traits = {"sex", "age_band", "element", "dusun", "group", "participant_code"}
    assert not traits & set(book["pairs"][0])


def test_questions_are_in_it_only_for_who_may_see_them():
    cohort = make_cohort(SIX)
    assert "stem" not in workbook(cohort)["items"][0]


def test_the_stem_of_both_forms_is_there_for_who_may_see_questions():
    book = workbook(make_cohort(SIX), questions=True)
    assert all(" / " in row["stem"] for row in book["items"])


def test_simulated_data_say_so_in_every_sheet_of_figures():
    book = workbook(make_cohort(copies(SIX, 2), is_simulated=True))
    assert summary(book)["data_simulasi"] == "ya"
    for key in ("outcomes", "groups", "pairs", "items", "transitions"):
        assert book[key]
        assert {row["data_simulasi"] for row in book[key]} == {"ya"}


def test_groups_of_fewer_than_five_are_not_told():
    cohort = make_cohort(copies(SIX, 2))
    few = cohort.enrolments.values_list("participant", flat=True)[:3]
    Participant.objects.update(sex="P")
    Participant.objects.filter(pk__in=list(few)).update(sex="L")
    rows = [row for row in workbook(cohort)["groups"] if row["dimension"] == "sex"]
    assert {row["withheld"] for row in rows} == {"small", "complement"}
    assert {row["n"] for row in rows} == {row["mean_gain"] for row in rows} == {None}


def test_forms_that_cannot_be_compared_leave_the_pairs_and_no_mean():
    book = workbook(make_cohort(copies([("AB", 8, 13)], 6), forms_plan="a_then_b"))
    assert len(book["pairs"]) == 6
    assert "mean_gain" not in summary(book)
    assert book["transitions"] == []


def test_a_title_cannot_become_a_formula():
    cohort = make_cohort(SIX, title="=1+1")
    Outcome.objects.filter(code="H1").update(code="=2+2")
    book = workbook(cohort)
    assert summary(book)["title"] == "'=1+1"
    assert "'=2+2_pre" in book["pairs"][0]
