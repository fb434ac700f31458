"""Preparing, changing and deleting a training in Wagtail's generic views."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.enums import CourseKind
from courses.models import CoursePage
from lms.cohorts import registry
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Cohort, Finding, Meeting
from lms.cohorts.signals import cohort_changed
from lms.people.models import StaffMembership
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FindingFactory,
    MeetingFactory,
    OrganisationFactory,
    VillageFactory,
    make_assessment,
    make_course,
)

pytestmark = pytest.mark.django_db


def children(prefix: str, rows: list[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    sent: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for index, row in enumerate(rows):
        sent |= {f"{prefix}-{index}-{name}": value for name, value in {"DELETE": "", **row}.items()}
    return sent


def fields_of(cohort: Cohort, **changes: Any) -> dict[str, Any]:
    """What the form of an existing training sends, meetings and findings included."""
    own = {
        "code": cohort.code,
        "title": cohort.title,
        "course": cohort.course_id,
        "village": cohort.village_id,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "assessment": cohort.assessment_id,
        "forms_plan": cohort.forms_plan,
        "pretest_first": "on",
        "post_test_tries": 2,
        "min_attendance_percent": 80,
        "require_post_test": "on",
        "require_plan": "on",
        "lesson_hours": 8,
    }
    meetings = [
        {"id": m.pk, "title": m.title, "held_on": m.held_on, "lesson_hours": m.lesson_hours}
        for m in Meeting.objects.filter(cohort=cohort)
    ]
    findings = [{"id": f.pk, "code": f.code, "text": f.text} for f in Finding.objects.filter(cohort=cohort)]
    return {
        **own,
        **children("meetings", meetings, initial=len(meetings)),
        **children("findings", findings, initial=len(findings)),
        **children("assignments", []),
        **children("facilitators", []),
        **children("parties", []),
        **children("credits", []),
        **children("quotas", []),
        **changes,
    }


def edit(client: Client, cohort: Cohort, **changes: Any) -> Any:
    return client.post(reverse("cohort:edit", args=[cohort.pk]), fields_of(cohort, **changes))


def errors(response: Any) -> str:
    assert response.status_code == 200
    return str(response.context["form"].errors)


@pytest.fixture
def new_fields() -> dict[str, Any]:
    draft = Cohort(
        code="LNN-1",
        title="Pelatihan baru",
        course=make_course(),
        village=VillageFactory(),
        starts_on="2026-07-01",
        ends_on="2026-07-02",
        assessment=make_assessment(),
    )
    return {
        **fields_of(draft),
        **children("meetings", [{"title": "Pagi", "held_on": "2026-07-01", "lesson_hours": 4}]),
        **children("findings", [{"code": "TM1", "text": "Belum ada data."}]),
    }


def test_the_code_stays_as_it_was_typed(organiser: Client, new_fields: dict[str, Any]) -> None:
    # Wagtail's own field for slugs makes every letter small while one types.
    assert "w-slug" not in organiser.get(reverse("cohort:add")).content.decode()
    organiser.post(reverse("cohort:add"), {**new_fields, "code": "LNN-2027"})
    assert Cohort.objects.get().code == "LNN-2027"


def test_a_code_with_a_space_is_refused_in_plain_words(organiser: Client, new_fields: dict[str, Any]) -> None:
    body = organiser.post(reverse("cohort:add"), {**new_fields, "code": "LNN 2027"}).content.decode()
    assert "Hanya huruf, angka, dan tanda hubung" in body
    assert "LNN 2027" in body


def test_a_training_is_prepared_with_meetings_and_findings(
    organiser: Client, organisation: Any, new_fields: dict[str, Any]
) -> None:
    response = organiser.post(reverse("cohort:add"), new_fields)
    cohort = Cohort.objects.get()
    assert response["Location"] == reverse("cohort:hub", args=[cohort.pk])
    assert cohort.organisation == organisation
    assert [m.title for m in cohort.meetings.all()] == ["Pagi"]
    assert [f.code for f in cohort.findings.all()] == ["TM1"]


def test_with_one_organisation_there_is_nothing_to_choose(organiser: Client) -> None:
    form = organiser.get(reverse("cohort:add")).context["form"]
    assert "organisation" not in form.fields


def test_what_can_be_chosen_in_one_way_only_is_chosen(organiser: Client) -> None:
    without = organiser.get(reverse("cohort:add")).context["form"]
    assert not {"course", "village", "assessment"} & set(without.initial)
    assert reverse("village:add") in without.fields["village"].help_text
    village = VillageFactory()
    form = organiser.get(reverse("cohort:add")).context["form"]
    assert form.initial["village"] == village.pk
    assert reverse("village:add") not in form.fields["village"].help_text
    VillageFactory()
    assert "village" not in organiser.get(reverse("cohort:add")).context["form"].initial


def test_with_two_organisations_only_ones_own_are_offered(
    organiser: Client, organisation: Any, new_fields: dict[str, Any]
) -> None:
    second, foreign = OrganisationFactory(), OrganisationFactory()
    StaffMembership.objects.create(user=organiser.user, organisation=second)  # type: ignore[attr-defined]
    form = organiser.get(reverse("cohort:add")).context["form"]
    assert set(form.fields["organisation"].queryset) == {organisation, second}
    refused = organiser.post(reverse("cohort:add"), {**new_fields, "organisation": foreign.pk})
    assert "organisation" in refused.context["form"].errors
    organiser.post(reverse("cohort:add"), {**new_fields, "organisation": second.pk})
    assert Cohort.objects.get().organisation == second


def test_an_organisation_sent_by_hand_is_not_taken(
    organiser: Client, organisation: Any, new_fields: dict[str, Any]
) -> None:
    organiser.post(reverse("cohort:add"), {**new_fields, "organisation": OrganisationFactory().pk})
    assert Cohort.objects.get().organisation == organisation


def test_staff_without_an_organisation_cannot_prepare_a_training(
    organiser: Client, new_fields: dict[str, Any]
) -> None:
    StaffMembership.objects.all().delete()
    response = organiser.post(reverse("cohort:add"), new_fields)
    assert "organisation" in response.context["form"].errors
    assert not Cohort.objects.exists()


def test_an_end_before_the_beginning_is_refused_in_plain_words(organiser: Client, cohort: Cohort) -> None:
    response = edit(organiser, cohort, title="Judul baru", ends_on="2026-05-01")
    assert list(response.context["form"].errors) == ["ends_on"]
    assert "Judul baru" in response.content.decode()
    cohort.refresh_from_db()
    assert cohort.title != "Judul baru"


def test_a_day_that_does_not_exist_is_refused(organiser: Client, cohort: Cohort) -> None:
    assert "ends_on" in edit(organiser, cohort, ends_on="2026-06-31").context["form"].errors


def test_meetings_and_findings_without_records_can_go(organiser: Client, cohort: Cohort) -> None:
    MeetingFactory(cohort=cohort)
    FindingFactory(cohort=cohort)
    response = edit(organiser, cohort, **{"meetings-0-DELETE": "on", "findings-0-DELETE": "on"})
    assert response.status_code == 302
    assert not Meeting.objects.exists()
    assert not Finding.objects.exists()


def test_a_meeting_with_attendance_stays_and_the_form_says_so(organiser: Client, cohort: Cohort) -> None:
    meeting = MeetingFactory(cohort=cohort)
    record_attendance(
        meeting=meeting, enrolment=EnrolmentFactory(cohort=cohort), status="hadir", recorded_by=None
    )
    response = edit(organiser, cohort, **{"meetings-0-DELETE": "on"})
    assert meeting.title in errors(response)
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_a_meeting_of_another_training_cannot_be_taken_over(organiser: Client, cohort: Cohort) -> None:
    foreign = MeetingFactory(title="Milik orang lain")
    row = {"id": foreign.pk, "title": "Diambil", "held_on": "2026-06-01", "lesson_hours": 1}
    edit(organiser, cohort, **children("meetings", [row], initial=1))
    foreign.refresh_from_db()
    assert (foreign.title, foreign.cohort_id == cohort.pk) == ("Milik orang lain", False)


def test_a_closed_field_is_refused_with_its_reason(
    organiser: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_locks", {})
    registry.register_cohort_lock(
        "tests", fields=("forms_plan",), is_closed=lambda cohort: True, reason="Tes sudah dimulai."
    )
    response = edit(organiser, cohort, forms_plan="a_then_b")
    assert response.context["form"].errors == {"forms_plan": ["Tes sudah dimulai."]}
    assert edit(organiser, cohort, theme="Tema").status_code == 302


def test_a_changed_forms_plan_reaches_those_already_enrolled(organiser: Client, cohort: Cohort) -> None:
    enrolment = EnrolmentFactory(cohort=cohort, form_order="BA")
    edit(organiser, cohort, forms_plan="a_then_b")
    enrolment.refresh_from_db()
    assert enrolment.form_order == "AB"


def test_a_training_without_records_is_deleted(organiser: Client, cohort: Cohort) -> None:
    organiser.post(reverse("cohort:delete", args=[cohort.pk]))
    assert not Cohort.objects.exists()


def test_a_training_with_people_stays_and_the_page_says_why(organiser: Client, cohort: Cohort) -> None:
    EnrolmentFactory(cohort=cohort)
    address = reverse("cohort:delete", args=[cohort.pk])
    asked = organiser.get(address)
    assert asked.context["view"].refusal in asked.content.decode().replace("&quot;", '"')
    assert 'type="submit" class="button serious"' not in asked.content.decode()
    sent = organiser.post(address, follow=True)
    assert sent.status_code == 200
    assert sent.redirect_chain == [(reverse("cohort:hub", args=[cohort.pk]), 302)]
    assert Cohort.objects.filter(pk=cohort.pk).exists()


def test_the_list_has_one_query_for_any_number_of_trainings(organiser: Client, cohort: Cohort) -> None:
    organiser.get(reverse("cohort:index"))
    with CaptureQueriesContext(connection) as one:
        organiser.get(reverse("cohort:index"))
    for _ in range(2):
        CohortFactory(organisation=cohort.organisation)
    with CaptureQueriesContext(connection) as three:
        organiser.get(reverse("cohort:index"))
    assert len(three) == len(one)


def test_saving_a_training_tells_who_judges_its_rule(organiser: Client, cohort: Cohort) -> None:
    heard = []

    def listen(sender: Any, cohort: Cohort, **kwargs: Any) -> None:
        heard.append((cohort.pk, cohort.min_attendance_percent))

    cohort_changed.connect(listen)
    organiser.post(reverse("cohort:edit", args=[cohort.pk]), fields_of(cohort, min_attendance_percent=50))
    assert heard == [(cohort.pk, 50)]


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_the_course_of_a_training_is_not_deleted_nor_what_it_stands_in(
    administrator: Client, cohort: Cohort, way: str
) -> None:
    free = make_course("tanpa-angkatan")
    for page in (cohort.course, cohort.course.get_parent(), free):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        alone = reverse("wagtailadmin_pages:delete", args=[page.pk])
        sent = administrator.post(alone if way == "alone" else f"{bulk}?id={page.pk}&next=/admin/")
        assert sent.status_code == 302
    assert CoursePage.objects.filter(pk=cohort.course_id).exists()
    assert not CoursePage.objects.filter(pk=free.pk).exists()


def test_lessons_about_changed_rules_are_no_course_of_a_training(organiser: Client, cohort: Cohort) -> None:
    other = make_course("pembaruan")
    CoursePage.objects.filter(pk=other.pk).update(kind=CourseKind.UPDATES)
    offered = organiser.get(reverse("cohort:add")).context["form"].fields["course"].queryset
    assert cohort.course in offered
    assert other not in offered
    # A training that has it keeps it.
    Cohort.objects.filter(pk=cohort.pk).update(course=other)
    form = organiser.get(reverse("cohort:edit", args=[cohort.pk])).context["form"]
    assert other.pk in form.fields["course"].queryset.values_list("pk", flat=True)
