"""Verbs of the findings board: posting, supporting, merging, closing."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils import timezone

from lms.cohorts.domain import findings
from lms.cohorts.enums import FindingState
from lms.cohorts.models import Cohort, Enrolment, Finding, FindingSupport
from lms.cohorts.queries.board import Entry, board, findings_offered
from lms.people.models import RecordLogEntry
from tests.factories import EnrolmentFactory, FindingFactory, make_staff
from tests.lms.followup.factories import make_action

pytestmark = pytest.mark.django_db
FIELDS = {"text": "Dana desa belum diumumkan 4417", "topic": "penganggaran", "dusun": "Pauk", "group": ""}


@pytest.fixture
def enrolment(cohort: Cohort) -> Enrolment:
    return EnrolmentFactory(cohort=cohort)


@pytest.fixture
def staff() -> Any:
    return make_staff("fasilitator")


def post(enrolment: Enrolment, *, without_name: bool = False, **fields: Any) -> Finding:
    return findings.post_finding(
        enrolment=enrolment,
        finding_id=fields.pop("finding_id", uuid.uuid4()),
        fields={**FIELDS, **fields},
        without_name=without_name,
    )


def support(finding: Finding, enrolment: Enrolment, *, happens: bool = True) -> None:
    findings.set_support(enrolment=enrolment, finding=finding, happens=happens)


def merge(target: Finding, *others: Finding, user: Any) -> int:
    return findings.merge_findings(target=target, others=others, user=user)


def entry_of(finding: Finding, reader: Enrolment | None = None) -> Entry:
    entries = [entry for topic in board(finding.cohort, reader=reader) for entry in topic.entries]
    return next(entry for entry in entries if entry.finding.pk == finding.pk)


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            tables[table] = sorted(cursor.fetchall(), key=repr)
    return tables


def test_codes_go_on_after_the_highest_one(cohort: Cohort, enrolment: Enrolment) -> None:
    for code in ("TM2", "TM10", "A-99"):
        FindingFactory(cohort=cohort, code=code)
    assert [post(enrolment).code, post(enrolment).code] == ["TM11", "TM12"]
    assert post(EnrolmentFactory()).code == "TM1"


def test_the_same_form_sent_twice_is_kept_once(enrolment: Enrolment) -> None:
    finding_id = uuid.uuid4()
    for _time in range(2):
        post(enrolment, finding_id=finding_id)
    assert Finding.objects.count() == 1


def test_an_id_of_somebody_else_is_refused_and_changes_nothing(enrolment: Enrolment, cohort: Cohort) -> None:
    for theirs in (post(EnrolmentFactory(cohort=cohort)), FindingFactory()):
        with pytest.raises(ValidationError) as refusal:
            post(enrolment, finding_id=theirs.pk, text="Punya saya")
        assert refusal.value.code == "foreign"
        assert Finding.objects.get(pk=theirs.pk).text == theirs.text


def test_without_a_name_nothing_that_is_stored_leads_to_the_person(enrolment: Enrolment) -> None:
    before = dump()
    finding = post(enrolment, without_name=True)
    after = dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - {"sqlite_sequence"} == {"cohorts_finding"}
    told = repr([row for row in after["cohorts_finding"] if row not in before["cohorts_finding"]])
    for trace in (enrolment.pk, enrolment.participant_id):
        assert str(trace) not in told
        assert trace.hex not in told
    local = timezone.localtime(finding.created_at, ZoneInfo("Asia/Makassar"))
    assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def test_an_author_mends_words_until_somebody_relies_on_them(
    enrolment: Enrolment, cohort: Cohort, staff: Any
) -> None:
    neighbour = EnrolmentFactory(cohort=cohort)

    def changing(finding: Finding, by: Enrolment = enrolment) -> Any:
        return findings.change_own_finding(enrolment=by, finding=finding, fields={"text": "Baru"})

    free, supported, answered, closed = (post(enrolment) for _number in range(4))
    assert changing(free).text == "Baru"
    support(supported, neighbour)
    make_action(neighbour, finding=answered)
    findings.close_finding(finding=closed, user=staff)
    for settled in (supported, answered, closed):
        with pytest.raises(ValidationError):
            changing(settled)
    for nameless in (post(enrolment, without_name=True), post(neighbour)):
        with pytest.raises(ValidationError):
            changing(nameless)


def test_support_counts_each_person_once_and_is_taken_back(enrolment: Enrolment, cohort: Cohort) -> None:
    finding = FindingFactory(cohort=cohort)
    for _time in range(2):
        support(finding, enrolment)
    assert (entry_of(finding, enrolment).supports, entry_of(finding, enrolment).is_supported) == (1, True)
    for _time in range(2):
        support(finding, enrolment, happens=False)
    assert entry_of(finding).supports == 0


def test_the_own_finding_and_a_closed_one_take_no_support(enrolment: Enrolment, staff: Any) -> None:
    own, closed = post(enrolment), post(EnrolmentFactory(cohort=enrolment.cohort))
    findings.close_finding(finding=closed, user=staff)
    for finding, code in ((own, "own"), (closed, "closed")):
        with pytest.raises(ValidationError) as refusal:
            support(finding, enrolment)
        assert refusal.value.code == code
    assert not FindingSupport.objects.exists()


def test_merged_findings_count_people_once_and_lose_nothing(cohort: Cohort, staff: Any) -> None:
    people = [EnrolmentFactory(cohort=cohort) for _number in range(3)]
    stays, same, again = (FindingFactory(cohort=cohort) for _number in range(3))
    support(stays, people[0])
    support(same, people[0])
    support(same, people[1])
    support(again, people[2])
    action = make_action(people[0], finding=again)
    assert merge(same, again, user=staff) == 1
    assert merge(stays, same, user=staff) == 1
    entry = entry_of(stays)
    assert (entry.supports, entry.actions, entry.state) == (3, 1, FindingState.PLANNED)
    assert {each.pk for each in entry.merged} == {same.pk, again.pk}
    action.refresh_from_db()
    assert action.finding_id == again.pk
    support(again, people[0], happens=False)
    assert entry_of(stays).supports == 2
    findings.split_finding(finding=again, user=staff)
    assert (entry_of(stays).supports, entry_of(again).supports, entry_of(again).actions) == (1, 1, 1)


def test_merging_twice_is_the_same_as_once(cohort: Cohort, staff: Any) -> None:
    stays, same = (FindingFactory(cohort=cohort) for _number in range(2))
    assert [merge(stays, same, user=staff) for _time in range(2)] == [1, 0]
    assert RecordLogEntry.objects.filter(action="cohorts.finding_merged").count() == 1


def test_what_cannot_be_merged_is_refused(cohort: Cohort, staff: Any) -> None:
    stays, same, closed = (FindingFactory(cohort=cohort) for _number in range(3))
    merge(stays, same, user=staff)
    findings.close_finding(finding=closed, user=staff)
    for target, other, code in (
        (stays, stays, "itself"),
        (stays, FindingFactory(), "other_cohort"),
        (same, FindingFactory(cohort=cohort), "merged"),
        (closed, FindingFactory(cohort=cohort), "closed"),
    ):
        with pytest.raises(ValidationError) as refusal:
            merge(target, other, user=staff)
        assert refusal.value.code == code
        assert Finding.objects.filter(merged_into__isnull=False).count() == 1


def test_the_database_refuses_a_finding_merged_into_itself(cohort: Cohort) -> None:
    finding = FindingFactory(cohort=cohort)
    with pytest.raises(IntegrityError):
        Finding.objects.filter(pk=finding.pk).update(merged_into=finding)


def test_closing_and_reopening_leave_who_and_when_in_the_log(cohort: Cohort, staff: Any) -> None:
    finding = FindingFactory(cohort=cohort)
    for _time in range(2):
        findings.close_finding(finding=finding, user=staff)
    assert entry_of(finding).state is FindingState.CLOSED
    assert entry_of(finding).finding.closed_by == staff
    for _time in range(2):
        findings.reopen_finding(finding=finding, user=staff)
    assert entry_of(finding).state is FindingState.OPEN
    entries = RecordLogEntry.objects.filter(action__startswith="cohorts.finding").order_by("pk")
    assert [(entry.action, entry.user_id, entry.data["finding"]) for entry in entries] == [
        ("cohorts.finding_closed", staff.pk, finding.code),
        ("cohorts.finding_reopened", staff.pk, finding.code),
    ]


def test_a_merged_finding_is_closed_through_the_one_that_stays(cohort: Cohort, staff: Any) -> None:
    stays, same = (FindingFactory(cohort=cohort) for _number in range(2))
    merge(stays, same, user=staff)
    with pytest.raises(ValidationError):
        findings.close_finding(finding=same, user=staff)


def test_an_action_that_was_set_aside_answers_nothing(enrolment: Enrolment, cohort: Cohort) -> None:
    finding = FindingFactory(cohort=cohort)
    action = make_action(enrolment, finding=finding)
    assert entry_of(finding).state is FindingState.PLANNED
    action.withdrawn_at = timezone.now()
    action.save()
    assert entry_of(finding).state is FindingState.OPEN


def test_plans_are_offered_open_findings_and_keep_the_one_they_name(cohort: Cohort, staff: Any) -> None:
    stays, same, closed = (FindingFactory(cohort=cohort) for _number in range(3))
    merge(stays, same, user=staff)
    findings.close_finding(finding=closed, user=staff)
    assert set(findings_offered(cohort)) == {stays}
    assert set(findings_offered(cohort, kept=same.pk)) == {stays, same}


def test_topics_stand_in_their_order_and_the_newest_finding_last(cohort: Cohort) -> None:
    now = timezone.now()
    for code, topic in (("TM10", "data"), ("TM9", "data"), ("TM2", "perencanaan"), ("TM3", "lainnya")):
        FindingFactory(cohort=cohort, code=code, topic=topic, created_at=now)
    shown = [[entry.finding.code for entry in topic.entries] for topic in board(cohort)]
    assert shown == [["TM2"], ["TM9", "TM10"], ["TM3"]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_the_same_number_of_queries(cohort: Cohort, number: int, query_count: Any) -> None:
    for _each in range(number):
        finding = FindingFactory(
            cohort=cohort,
            author=EnrolmentFactory(cohort=cohort),
            lesson=cohort.course.get_descendants().last().specific,
        )
        FindingFactory(cohort=cohort, merged_into=finding)
        support(finding, EnrolmentFactory(cohort=cohort))
        make_action(EnrolmentFactory(cohort=cohort), finding=finding)
    # The village is loaded with the training, as the views do.
    assert cohort.village.name
    with query_count(3):
        assert sum(len(topic.entries) for topic in board(cohort)) == number
