import csv
import io
from statistics import mean

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Outcome
from lms.cells import safe_cell
from lms.evaluation.datasets import matched_scores
from lms.evaluation.exports import export_pairs, pairs_csv
from lms.evaluation.reports import evaluate_cohort
from lms.people.models import RecordLogEntry
from tests.factories import make_staff
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_gain_can_be_recomputed_from_the_file_alone():
    cohort = make_cohort([*copies(SIX, 2), SIX[0]])
    rows = rows_of(pairs_csv(matched_scores(cohort)))
    by_order = {
        order: mean(
            int(row["points_post"]) - int(row["points_pre"]) for row in rows if row["form_order"] == order
        )
        for order in ("AB", "BA")
    }
    assert mean(by_order.values()) == evaluate_cohort(cohort).mean_gain
    assert all(int(row["gain"]) == int(row["points_post"]) - int(row["points_pre"]) for row in rows)


def test_an_outcome_can_be_recomputed_too():
    cohort = make_cohort(SIX)
    rows = rows_of(pairs_csv(matched_scores(cohort)))
    halves = [
        mean(int(row["H1_post"]) - int(row["H1_pre"]) for row in rows if row["form_order"] == order)
        for order in ("AB", "BA")
    ]
    row = next(row for row in evaluate_cohort(cohort).outcomes if row.code == "H1")
    assert mean(halves) == pytest.approx(row.mean_gain)


def test_each_row_says_whether_it_is_simulated():
    real = rows_of(pairs_csv(matched_scores(make_cohort(SIX))))
    made_up = rows_of(pairs_csv(matched_scores(make_cohort(SIX, is_simulated=True))))
    assert {row["data_simulasi"] for row in real} == {"tidak"}
    assert {row["data_simulasi"] for row in made_up} == {"ya"}


def test_the_file_holds_no_name_no_code_and_no_key_of_a_person():
    cohort = make_cohort(SIX)
    text = pairs_csv(matched_scores(cohort))
    for enrolment in cohort.enrolments.select_related("participant"):
        person = enrolment.participant
        for secret in (person.full_name, person.code, str(person.pk), str(enrolment.pk)):
            assert secret not in text


def test_spreadsheets_find_a_bom_semicolons_and_no_formula():
    cohort = make_cohort(SIX)
    Outcome.objects.filter(code="H1").update(code="=1+1")
    text = pairs_csv(matched_scores(cohort))
    assert text.startswith("\ufeffdata_simulasi;participant;form_order;")
    assert ";'=1+1_pre;" in text
    assert not any(cell.startswith("=") for cell in text.replace("\r\n", ";").split(";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_text_that_would_run_as_a_formula_is_guarded(start):
    assert safe_cell(f"{start}cmd|'/c calc'!A1") == f"'{start}cmd|'/c calc'!A1"


def test_a_loss_stays_a_number():
    assert safe_cell(-3) == -3
    assert ";-5;" in pairs_csv(matched_scores(make_cohort([*SIX, ("AB", 10, 5)])))


def test_fewer_than_five_people_are_refused_to_everybody_and_not_logged():
    boss = make_staff("boss", is_superuser=True)
    with pytest.raises(ValidationError) as refusal:
        export_pairs(cohort=make_cohort(SIX[:4]), user=boss)
    assert refusal.value.code == "too_few"
    assert not RecordLogEntry.objects.exists()


def test_taking_the_file_out_is_logged_with_who_and_how_much():
    cohort = make_cohort(SIX)
    user = make_staff("rina", organisation=cohort.organisation)
    export_pairs(cohort=cohort, user=user)
    entry = RecordLogEntry.objects.for_instance(cohort).get()
    assert (entry.action, entry.user, entry.data) == ("evaluation.export_pairs", user, {"rows": 6})
