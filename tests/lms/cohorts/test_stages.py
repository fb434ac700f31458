"""The states of a training: the table, the steps, and what each state refuses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.cohorts.domain import change_state, enrol, issue_cards, record_attendance, record_meeting, withdraw
from lms.cohorts.domain.attendance import record_arrival
from lms.cohorts.domain.findings import add_card, post_finding
from lms.cohorts.enums import CohortState, Means
from lms.cohorts.models import Attendance, Cohort
from lms.cohorts.queries import missing_before_next, pin_state
from lms.cohorts.stages import ALLOWED, BACK, FORWARD, Deed, allows, require_stage
from lms.ids import new_id
from lms.people.models import RecordLogEntry
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    MeetingFactory,
    ParticipantFactory,
    make_staff,
)
from tests.lms.cohorts.pages import page

pytestmark = pytest.mark.django_db


def in_state(state: str, **fields: Any) -> Cohort:
    return CohortFactory(state=state, **fields)


def code_of(refused: Any) -> str:
    return str(refused.value.code)


def test_every_state_has_its_row_and_every_deed_its_time() -> None:
    assert list(ALLOWED) == list(CohortState)
    assert frozenset().union(*ALLOWED.values()) == frozenset(Deed)
    assert all(allows(CohortState.RUNNING, deed) for deed in Deed)


def test_every_step_on_can_be_taken_back() -> None:
    assert {later: earlier for earlier, later in FORWARD.items()} == BACK
    assert list(FORWARD.values()) == list(CohortState)[1:]


@pytest.mark.parametrize("state", CohortState)
@pytest.mark.parametrize("deed", Deed)
def test_a_refusal_says_what_to_do(state: str, deed: Deed) -> None:
    cohort = Cohort(state=state)
    if allows(state, deed):
        require_stage(cohort, deed)
        return
    with pytest.raises(ValidationError) as refused:
        require_stage(cohort, deed)
    assert code_of(refused) == "stage"
    assert len(refused.value.messages[0]) > 30


def test_a_new_training_is_planned() -> None:
    assert Cohort().state == CohortState.PLANNED


def test_a_step_on_is_logged_and_a_second_press_changes_nothing() -> None:
    cohort, user = in_state("rencana"), make_staff()
    change_state(cohort=cohort, to="buka", user=user)
    change_state(cohort=cohort, to="buka", user=user)
    cohort.refresh_from_db()
    entry = RecordLogEntry.objects.get(action="cohorts.state")
    assert (cohort.state, entry.user, entry.data) == ("buka", user, {"from": "rencana", "to": "buka"})


def test_no_state_is_left_out() -> None:
    cohort = in_state("rencana")
    with pytest.raises(ValidationError) as refused:
        change_state(cohort=cohort, to="tutup", user=None)
    assert code_of(refused) == "step"


def test_a_step_back_needs_a_reason_which_is_kept() -> None:
    cohort = in_state("tutup")
    for reason in ("  ", "x" * 301):
        with pytest.raises(ValidationError) as refused:
            change_state(cohort=cohort, to="berlangsung", user=None, reason=reason)
        assert code_of(refused) == "reason"
    change_state(cohort=cohort, to="berlangsung", user=None, reason="Satu sesi tertunda")
    entry = RecordLogEntry.objects.get(action="cohorts.state")
    assert entry.data["reason"] == "Satu sesi tertunda"


def test_the_first_attendance_of_an_open_training_starts_it() -> None:
    cohort, user = in_state("buka"), make_staff()
    enrolment, meeting = EnrolmentFactory(cohort=cohort), MeetingFactory(cohort=cohort)
    record_meeting(meeting=meeting, statuses={enrolment: "hadir"}, recorded_by=user)
    cohort.refresh_from_db()
    entry = RecordLogEntry.objects.get(action="cohorts.state")
    assert cohort.state == "berlangsung"
    assert entry.data == {"from": "buka", "to": "berlangsung", "by_itself": True}


def test_a_list_that_was_not_ticked_starts_nothing() -> None:
    cohort = in_state("buka")
    assert record_meeting(meeting=MeetingFactory(cohort=cohort), statuses={}, recorded_by=None) == 0
    cohort.refresh_from_db()
    assert cohort.state == "buka"


def test_a_planned_training_has_no_attendance() -> None:
    cohort = in_state("rencana")
    with pytest.raises(ValidationError) as refused:
        record_attendance(
            meeting=MeetingFactory(cohort=cohort),
            enrolment=EnrolmentFactory(cohort=cohort),
            status="hadir",
            recorded_by=None,
        )
    assert code_of(refused) == "stage"
    assert not Attendance.objects.exists()


def test_after_closing_attendance_is_put_right_with_a_reason() -> None:
    cohort = in_state("tutup")
    enrolment, meeting = EnrolmentFactory(cohort=cohort), MeetingFactory(cohort=cohort)
    told = {"meeting": meeting, "statuses": {enrolment: "izin"}, "recorded_by": None}
    with pytest.raises(ValidationError) as refused:
        record_meeting(**told)
    assert code_of(refused) == "reason"
    record_meeting(**told, reason="Surat izin menyusul")
    assert Attendance.objects.get().status == "izin"
    assert RecordLogEntry.objects.get(action="cohorts.attendance").data["reason"] == "Surat izin menyusul"


@pytest.mark.parametrize("state", ["tutup", "arsip"])
def test_nobody_comes_in_or_out_after_the_end(state: str) -> None:
    cohort = in_state(state)
    person, enrolment = ParticipantFactory(organisation=cohort.organisation), EnrolmentFactory(cohort=cohort)
    for deed in (
        lambda: enrol(cohort=cohort, participant=person),
        lambda: withdraw(enrolment=enrolment),
    ):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert code_of(refused) == "stage"
    assert list(cohort.enrolments.all()) == [enrolment]


def test_cards_are_for_all_but_the_archive() -> None:
    cohort = in_state("rencana")
    person = EnrolmentFactory(cohort=cohort).participant
    issue = {"cohort": cohort, "participants": [person], "issued_by": None}
    assert len(issue_cards(**issue, state=pin_state(cohort))) == 1
    Cohort.objects.update(state="arsip")
    with pytest.raises(ValidationError) as refused:
        issue_cards(**issue, state=pin_state(cohort))
    assert code_of(refused) == "stage"


def test_the_board_is_kept_by_staff_after_closing_and_by_nobody_in_the_archive() -> None:
    cohort, fields = in_state("tutup"), {"text": "Kalender belum ada", "topic": "perencanaan"}
    enrolment = EnrolmentFactory(cohort=cohort)
    add_card(cohort=cohort, finding_id=new_id(), fields=fields, photo=None, user=None)
    with pytest.raises(ValidationError) as refused:
        post_finding(enrolment=enrolment, finding_id=new_id(), fields=fields, without_name=False)
    assert code_of(refused) == "stage"
    Cohort.objects.update(state="arsip")
    with pytest.raises(ValidationError) as refused:
        add_card(cohort=cohort, finding_id=new_id(), fields=fields, photo=None, user=None)
    assert code_of(refused) == "stage"


# The pages


@pytest.fixture
def planned(organisation: Any) -> Cohort:
    return in_state("rencana", organisation=organisation)


def test_one_press_on_the_training_s_page_takes_it_on(organiser: Client, planned: Cohort) -> None:
    body = organiser.get(page("hub", planned)).content.decode()
    assert 'name="to" value="buka"' in body
    response = organiser.post(page("stage", planned), {"to": "buka"})
    planned.refresh_from_db()
    assert (response["Location"], planned.state) == (page("hub", planned), "buka")


def test_what_is_missing_is_told_and_does_not_block(organiser: Client, planned: Cohort) -> None:
    texts = [each.text for each in missing_before_next(planned)]
    body = organiser.get(page("stage", planned)).content.decode()
    assert len(texts) == 4  # no meeting, nobody enrolled, no signatory, no place
    assert all(text in body for text in texts)


def test_a_step_back_without_a_reason_keeps_the_page_open(organiser: Client, cohort: Cohort) -> None:
    response = organiser.post(page("stage", cohort), {"to": "buka", "reason": ""})
    cohort.refresh_from_db()
    assert (response.status_code, cohort.state) == (200, "berlangsung")


def test_a_state_that_does_not_exist_is_refused(organiser: Client, cohort: Cohort) -> None:
    assert organiser.post(page("stage", cohort), {"to": "selesai"}).status_code == 200
    cohort.refresh_from_db()
    assert cohort.state == "berlangsung"


def test_trainers_see_the_state_and_do_not_change_it(trainer: Client, cohort: Cohort) -> None:
    body = trainer.get(page("hub", cohort)).content.decode()
    assert "tc-stage--berlangsung" in body
    assert page("stage", cohort) not in body
    assert trainer.post(page("stage", cohort), {"to": "tutup"}).status_code in (302, 403)


def test_of_an_archived_training_nothing_is_changed(organiser: Client, organisation: Any) -> None:
    cohort = in_state("arsip", organisation=organisation)
    meeting = MeetingFactory(cohort=cohort)
    for address in (
        page("add_person", cohort),
        page("board_add", cohort),
        page("attendance", cohort, meeting.pk),
        reverse("cohort:edit", args=[cohort.pk]),
    ):
        response = organiser.post(address, {"full_name": "Orang Baru", "title": "Lain"}, follow=True)
        assert response.redirect_chain[-1][0] == page("hub", cohort), address
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
    organiser.post(page("stage", cohort), {"to": "tutup", "reason": "Nama salah tulis"})
    cohort.refresh_from_db()
    assert cohort.state == "tutup"


def test_after_closing_only_organisers_put_attendance_right(
    organiser: Client, trainer: Client, organisation: Any
) -> None:
    cohort = in_state("tutup", organisation=organisation)
    meeting, enrolment = MeetingFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    address, ticked = page("attendance", cohort, meeting.pk), {f"e-{enrolment.pk.hex}": "hadir"}
    assert 'name="reason"' in organiser.get(address).content.decode()
    assert 'name="rest_present"' not in trainer.get(address).content.decode()
    trainer.post(address, {**ticked, "reason": "Lupa"})
    assert not Attendance.objects.exists()
    assert organiser.post(address, ticked).status_code == 400
    assert not Attendance.objects.exists()
    assert organiser.post(address, {**ticked, "reason": "Lupa mencentang"}).status_code == 302
    assert Attendance.objects.get().status == "hadir"


def test_the_checklist_costs_the_same_for_many_people() -> None:
    def cost(people: int) -> int:
        cohort = Cohort.objects.select_related("course", "assessment").get(pk=in_state("rencana").pk)
        for _number in range(people):
            EnrolmentFactory(cohort=cohort)
            MeetingFactory(cohort=cohort)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            missing_before_next(cohort)
        return len(queries)

    assert cost(1) == cost(3)


@pytest.mark.parametrize(("state", "is_written"), [("buka", True), ("berlangsung", True), ("tutup", False)])
def test_what_a_machine_saw_counts_only_while_people_meet(state: str, is_written: bool) -> None:
    meeting = MeetingFactory(cohort=in_state(state))
    person = EnrolmentFactory(cohort=meeting.cohort)
    arrived = record_arrival(
        meeting=meeting, enrolment=person, status="hadir", means=Means.CODE, at=timezone.now()
    )
    assert (arrived, Attendance.objects.filter(enrolment=person).exists()) == (is_written, is_written)
