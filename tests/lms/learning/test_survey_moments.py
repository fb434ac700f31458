"""A survey of several moments: one try at each, linked for the same person, told in sums only."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Question
from lms.cohorts.models import Cohort
from lms.learning.desk.moments import MomentsResult, moments_results
from lms.learning.desk.scales import Change
from lms.learning.desk.targets import commitment_targets
from lms.learning.domain import open_sitting, start_attempt, submit_attempt
from lms.learning.domain.staff import hand_in_attempt, reopen_attempt, void_attempt
from lms.learning.exports.surveys import surveys_csv
from lms.learning.queries import tries_of
from lms.learning.queries.marks import work_to_mark
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer
from tests.lms.learning.moments import HOUR, close, make_scale, organiser_of, say
from tests.lms.learning.training import assign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory()


@pytest.fixture
def scale(cohort: Cohort) -> Assessment:
    return make_scale(cohort)


def result_of(cohort: Cohort) -> MomentsResult:
    (result,) = moments_results(cohort)
    return result


def change_of(cohort: Cohort, first: str, second: str) -> Change:
    scale = result_of(cohort).scale("komitmen")
    assert scale is not None
    change = scale.change(first, second)
    assert change is not None
    return change


def test_a_survey_may_be_asked_at_several_moments_and_once_at_each(cohort: Cohort, scale: Assessment) -> None:
    person = EnrolmentFactory(cohort=cohort)
    assert say(person, scale, "before", 3, 3).occasion == "before"
    assert say(person, scale, "after", 4, 4).occasion == "after"
    with pytest.raises(ValidationError) as refusal:
        start_attempt(enrolment=person, occasion="before", assessment=scale)
    assert refusal.value.code == "done"
    with pytest.raises(IntegrityError), transaction.atomic():
        assign(cohort, "before", assessment=scale)


def test_an_unfinished_survey_of_one_moment_does_not_hold_up_the_next(
    cohort: Cohort, scale: Assessment
) -> None:
    person = EnrolmentFactory(cohort=cohort)
    start_attempt(enrolment=person, occasion="before", assessment=scale)
    close(cohort, "before")
    assert tries_of(person, scale).may_start("after")
    assert say(person, scale, "after", 4, 4).submitted_at is not None


def test_two_trainings_of_one_person_have_their_own_answers(cohort: Cohort, scale: Assessment) -> None:
    person = EnrolmentFactory(cohort=cohort)
    other = EnrolmentFactory(
        participant=person.participant, cohort=CohortFactory(organisation=cohort.organisation)
    )
    say(person, scale, "before", 3, 3)
    assign(other.cohort, "before", assessment=scale, closes_at=timezone.now() + HOUR)
    say(other, scale, "before", 5, 5)
    assert [len(result.moments) for result in moments_results(other.cohort)] == [1]
    assert result_of(cohort).moments[0].answered == result_of(other.cohort).moments[0].answered == 1


def test_the_same_people_are_compared_and_counted(cohort: Cohort, scale: Assessment) -> None:
    people = [EnrolmentFactory(cohort=cohort) for _person in range(12)]
    for place, person in enumerate(people):
        say(person, scale, "before", 3, 3)
        if place < 11:
            say(person, scale, "after", *((4, 4) if place < 6 else (3, 3)))
    close(cohort)
    change = change_of(cohort, "before", "after")
    assert (change.n, change.rose, change.same, change.fell) == (11, "6", "5", "0")
    assert (change.lowest, change.highest, change.has_fallen) == (2, 10, False)
    # Fewer than twenty: counts as they are, and no median.
    assert change.median_first is None
    assert change_of(cohort, "after", "day90").held == "few"


def test_from_twenty_people_on_the_median_is_told(cohort: Cohort, scale: Assessment) -> None:
    for _person in range(20):
        person = EnrolmentFactory(cohort=cohort)
        say(person, scale, "after", 4, 4)
        say(person, scale, "day90", 3, 4)
    close(cohort)
    change = change_of(cohort, "after", "day90")
    assert (change.median_first, change.median_second, change.fell) == (8, 7, "20")
    lines = {line.label: line for line in commitment_targets(cohort, moments_results(cohort))}
    assert lines["Commitment, from the end to 90 days later"].met is False


def test_who_leaves_a_statement_out_is_not_compared(cohort: Cohort, scale: Assessment) -> None:
    for place in range(6):
        person = EnrolmentFactory(cohort=cohort)
        say(person, scale, "before", 3, 3)
        say(person, scale, "after", 3, None if place == 0 else 3)
    close(cohort)
    change = change_of(cohort, "before", "after")
    assert (change.n, change.incomplete, change.same) == (5, 1, "5")


def test_reversed_statements_count_the_other_way_round(cohort: Cohort, scale: Assessment) -> None:
    second = Question.objects.filter(form_items__form__assessment=scale).order_by("form_items__position")[1]
    second.reverse = True
    second.save()
    for _person in range(5):
        person = EnrolmentFactory(cohort=cohort)
        say(person, scale, "before", 3, 5)
        say(person, scale, "after", 3, 1)
    close(cohort)
    assert change_of(cohort, "before", "after").rose == "5"


def test_nothing_is_told_while_a_moment_is_open_or_too_few_answered(
    cohort: Cohort, scale: Assessment
) -> None:
    for _person in range(5):
        say(EnrolmentFactory(cohort=cohort), scale, "before", 1, 1)
    moment = result_of(cohort).moments[0]
    assert (moment.answered, moment.held) == (5, "open")
    komitmen = result_of(cohort).scale("komitmen")
    assert komitmen is not None
    assert not komitmen.has_cells
    close(cohort)
    held = {moment.occasion: moment.held for moment in result_of(cohort).moments}
    assert held == {"before": "", "after": "few", "day90": "few"}


def test_what_was_handed_in_after_its_time_is_not_counted(cohort: Cohort, scale: Assessment) -> None:
    person = EnrolmentFactory(cohort=cohort)
    attempt = start_attempt(enrolment=person, occasion="before", assessment=scale)
    close(cohort, "before")
    submit_attempt(attempt=attempt)
    moment = result_of(cohort).moments[0]
    assert (moment.answered, moment.late) == (0, 1)


def test_small_cells_of_a_statement_are_not_told(cohort: Cohort, scale: Assessment) -> None:
    for steps in [(5, 4)] * 6 + [(1, 4)]:
        say(EnrolmentFactory(cohort=cohort), scale, "before", *steps)
    close(cohort)
    komitmen = result_of(cohort).scale("komitmen")
    assert komitmen is not None
    first, second = komitmen.statements
    assert (first.cells[0].counts, first.cells[0].n) == (("≥5", "0", "<5"), 7)
    assert second.cells[0].counts == ("7", "0", "0")


def test_nobody_on_the_staff_reads_what_one_person_answered(cohort: Cohort) -> None:
    survey = make_scale(cohort, "likert", "open_text")
    person = EnrolmentFactory(cohort=cohort)
    attempt = start_attempt(enrolment=person, occasion="before", assessment=survey)
    open_sitting(attempt=attempt)
    first, second = attempt.items.order_by("position")
    answer(first, {"response": "5"}, sequence=1)
    answer(second, {"response": "RAHASIA-SATU-ORANG"}, sequence=2)
    submit_attempt(attempt=attempt)
    client = organiser_of(cohort)
    page = client.get(reverse("learning_attempts:attempt", args=[cohort.pk, attempt.pk])).content.decode()
    assert "only sums are shown" in page
    assert first.question.stem not in page
    close(cohort)
    for address in (
        reverse("learning_attempts:attempt", args=[cohort.pk, attempt.pk]),
        reverse("learning_surveys", args=[cohort.pk]),
        reverse("learning_marking:index"),
    ):
        assert "RAHASIA-SATU-ORANG" not in client.get(address).content.decode()
    assert "RAHASIA-SATU-ORANG" not in surveys_csv(cohort)
    assert not work_to_mark(Cohort.objects.all()).exists()


@pytest.mark.parametrize("verb", [void_attempt, reopen_attempt])
def test_once_sums_can_be_read_nobody_is_taken_out_of_them(
    verb: Any, cohort: Cohort, scale: Assessment
) -> None:
    attempt = say(EnrolmentFactory(cohort=cohort), scale, "before", 3, 3)
    actor = make_staff("pelatih")
    close(cohort)
    with pytest.raises(ValidationError) as refusal:
        verb(attempt=attempt, actor=actor, reason="Keliru orang")
    assert refusal.value.code == "told"


def test_once_sums_can_be_read_nobody_is_put_into_them(cohort: Cohort, scale: Assessment) -> None:
    person = EnrolmentFactory(cohort=cohort)
    attempt = start_attempt(enrolment=person, occasion="before", assessment=scale)
    close(cohort)
    with pytest.raises(ValidationError) as refusal:
        hand_in_attempt(attempt=attempt, actor=make_staff("pelatih"), reason="Sudah pulang")
    assert refusal.value.code == "told"


def test_a_survey_that_is_open_may_still_be_declared_void(cohort: Cohort, scale: Assessment) -> None:
    attempt = say(EnrolmentFactory(cohort=cohort), scale, "before", 3, 3)
    void_attempt(attempt=attempt, actor=make_staff("pelatih"), reason="Keliru orang")
    assert result_of(cohort).moments[0].answered == 0


def test_participants_are_told_what_is_linked_and_who_sees_what(cohort: Cohort, scale: Assessment) -> None:
    person = EnrolmentFactory(cohort=cohort)
    client = Client()
    sign_in_as(client, person.participant)
    dashboard = client.get(reverse("portal:dashboard")).content.decode()
    start = reverse("learning:start_assigned", args=["before", scale.pk])
    assert start in dashboard
    assert "before the training" in dashboard
    page = client.get(start).content.decode()
    assert "linked with each other" in page
    assert "only sums of the whole group" in page
    assert "Your name stands with your answers" not in page


def test_a_person_who_cannot_sign_in_any_more_stays_in_the_sums(cohort: Cohort, scale: Assessment) -> None:
    people = [EnrolmentFactory(cohort=cohort) for _person in range(5)]
    for person in people:
        say(person, scale, "before", 4, 4)
    people[0].participant.is_active = False
    people[0].participant.save()
    close(cohort)
    assert result_of(cohort).moments[0].answered == 5


def queries_with(people: int) -> int:
    cohort = CohortFactory()
    scale = make_scale(cohort)
    for _person in range(people):
        person = EnrolmentFactory(cohort=cohort)
        say(person, scale, "before", 3, 3)
        say(person, scale, "after", 3, 3)
    close(cohort)
    with CaptureQueriesContext(connection) as seen:
        moments_results(cohort)
    return len(seen)


def test_queries_do_not_grow_with_people() -> None:
    assert queries_with(1) == queries_with(3)
