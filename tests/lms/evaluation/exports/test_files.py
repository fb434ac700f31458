import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from lms.evaluation.exports import export_json, export_pairs, export_workbook
from lms.evaluation.reports.cohort import Reader, report_on
from lms.learning.models import AttemptItem
from lms.people.models import RecordLogEntry
from tests.factories import make_staff
from tests.lms.evaluation.exports.books import boss, summary, workbook
from tests.lms.evaluation.makers import SIX, copies, make_cohort

pytestmark = pytest.mark.django_db
FOUR = [*SIX[:2], *SIX[3:5]]


def csv_version(text):
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    (version,) = {row["data_version"] for row in rows}
    return version


def test_every_file_carries_the_version_of_the_page():
    cohort = make_cohort(SIX)
    version = report_on(cohort, Reader()).data_version
    assert version
    assert summary(workbook(cohort))["data_version"] == version
    user = make_staff("rina", organisation=cohort.organisation)
    assert json.loads(export_json(cohort=cohort, user=user))["data_version"] == version
    assert csv_version(export_pairs(cohort=cohort, user=user)) == version


def test_a_changed_mark_changes_the_version():
    cohort = make_cohort(SIX)
    before = report_on(cohort, Reader()).data_version
    item = AttemptItem.objects.filter(attempt__enrolment__cohort=cohort, earned__gt=0).first()
    item.earned -= 1
    item.save(update_fields=["earned"])
    assert report_on(cohort, Reader()).data_version != before


def test_of_four_people_there_is_no_version_to_guess_at():
    assert report_on(make_cohort(FOUR), Reader()).data_version == ""


def test_the_json_is_what_the_command_prints(capsys):
    cohort = make_cohort(copies(SIX, 2))
    call_command("evaluate_cohort", cohort.code, "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    assert json.loads(export_json(cohort=cohort, user=boss())) == printed


def test_four_people_are_refused_to_everybody_and_not_logged():
    cohort, user = make_cohort(FOUR), boss()
    with pytest.raises(ValidationError) as refusal:
        export_workbook(cohort=cohort, user=user, reader=Reader())
    assert refusal.value.code == "too_few"
    with pytest.raises(ValidationError):
        export_json(cohort=cohort, user=user)
    assert not RecordLogEntry.objects.exists()


def test_the_log_keeps_who_took_which_data_as_what():
    cohort = make_cohort(SIX)
    user = make_staff("rina", organisation=cohort.organisation)
    export_workbook(cohort=cohort, user=user, reader=Reader())
    export_json(cohort=cohort, user=user)
    entries = RecordLogEntry.objects.for_instance(cohort).order_by("timestamp")
    version = report_on(cohort, Reader()).data_version
    assert [entry.data for entry in entries] == [
        {"format": "xlsx", "version": version},
        {"format": "json", "version": version},
    ]
    assert {entry.action for entry in entries} == {"evaluation.export_file"}
    assert {entry.user for entry in entries} == {user}


def test_the_workbook_takes_as_many_queries_for_six_people_as_for_thirty(django_assert_max_num_queries):
    few, many, user = make_cohort(SIX), make_cohort(copies(SIX, 5)), boss()
    export_workbook(cohort=few, user=user, reader=Reader())
    with django_assert_max_num_queries(40) as small:
        export_workbook(cohort=few, user=user, reader=Reader())
    with django_assert_max_num_queries(len(small)):
        export_workbook(cohort=many, user=user, reader=Reader())
