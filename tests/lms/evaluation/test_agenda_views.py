"""The page of the agenda: who may open it, what it says to whom, and what it costs."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Question
from lms.cohorts.models import Cohort
from lms.cohorts.registry import links_for
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import EnrolmentFactory, OrganisationFactory, OutcomeFactory, make_course, make_staff
from tests.helpers import grant
from tests.lms.evaluation.makers import add_attempt, add_person, make_cohort, make_two_forms
from tests.lms.evaluation.rooms import EVERYTHING, NOTHING, choose, give_lesson, sit

pytestmark = pytest.mark.django_db

SEES_PEOPLE, SEES_KEYS = "learning.view_attempt", "assessments.view_question"


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cohort() -> Cohort:
    """Six people: Ana knows it all, the others nothing; five hold the same to be true."""
    made = make_cohort([])
    sit(made, "A", EVERYTHING, name="Ana")
    for number in range(5):
        choose(sit(made, "A", NOTHING, name=f"Beni {number}"), 1, 2)
    return made


def as_staff(cohort: Cohort, *permissions: str) -> Client:
    user = make_staff(f"staf-{len(permissions)}", organisation=cohort.organisation)
    grant(user, "cohorts.view_cohort", *permissions)
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, cohort: Cohort, name: str = "agenda", query: str = "") -> str:
    response = client.get(reverse(f"evaluation:{name}", args=[cohort.code]) + query)
    assert response.status_code == 200
    html = response.content.decode()
    article = html[html.index('<article class="ev ag">') : html.index("</article>")]
    return " ".join(re.sub(r"<[^>]+>", " ", article).split())


def test_it_begins_with_who_is_counted_and_who_is_still_in_it(cohort: Cohort) -> None:
    add_attempt(EnrolmentFactory(cohort=cohort), "pre", "B", NOTHING, is_submitted=False)
    EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort)
    text = page(as_staff(cohort, SEES_PEOPLE), cohort)
    assert (
        "Counted from 6 of 9 participants: those who have handed in the pre-test. "
        "1 is still answering. 2 have not begun." in text
    )
    assert "Only 6 people: a hint, not a certainty." in text


def test_before_anybody_has_handed_in_it_says_when_to_come_back(cohort: Cohort) -> None:
    text = page(as_staff(cohort, SEES_PEOPLE), cohort, "repeat")
    assert "Counted from 0 of 6 participants" in text
    assert "As soon as people hand in" in text


def test_a_trainer_is_told_what_to_teach_longer_why_with_what_and_who_could_help(cohort: Cohort) -> None:
    lesson = give_lesson(cohort, 0, "H1")
    set_up_roles()
    trainer = make_staff("pelatih", organisation=cohort.organisation)
    trainer.groups.add(Group.objects.get(name=TRAINER))
    client = Client()
    client.force_login(trainer)
    text = page(client, cohort)
    assert text.index("Teach longer") < text.index("What many hold to be true")
    assert text.index("What many hold to be true") < text.index("Outcomes, the greatest need first")
    code = f"{cohort.assessment.code}-1A"
    assert f"“{code} pilihan 2”" in text
    assert f"{code} alasan 2" in text
    assert "5 of 6 people · more than the right answer" in text
    assert f"{lesson.code} {lesson.title}" in text
    assert "Ana – Beni" in text
    assert "5 of 6 people earned less than half of the points." in text
    assert "1 of 6 right · 5 wrong" in text


def test_it_shows_counts_and_no_percentages_or_decimals(cohort: Cohort) -> None:
    text = page(as_staff(cohort, SEES_PEOPLE, SEES_KEYS), cohort)
    assert re.findall(r"\d+ ?%|\d\.\d", text.split("How this was computed")[0]) == []


def test_without_a_permission_on_questions_no_key_is_in_it(cohort: Cohort) -> None:
    Question.objects.update(note="Catatan rahasia")
    text = page(as_staff(cohort, SEES_PEOPLE), cohort)
    assert "pilihan" not in text
    assert "alasan" not in text
    assert "Catatan rahasia" not in text
    assert "Ana – Beni" in text


def test_without_a_permission_on_peoples_tests_no_name_is_in_it(cohort: Cohort) -> None:
    text = page(as_staff(cohort, SEES_KEYS), cohort)
    assert "Ana" not in text
    assert "Beni" not in text
    assert "5 of 6 people · more than the right answer" in text


def test_of_four_people_nothing_is_told_to_who_may_not_open_their_tests() -> None:
    few = make_cohort([])
    for _ in range(4):
        sit(few, "A", NOTHING)
    text = page(as_staff(few, SEES_KEYS), few)
    assert "Fewer than 5 people" in text
    assert "less than half" not in text
    assert "Only 4 people" in page(as_staff(few, SEES_KEYS, SEES_PEOPLE), few)


def test_the_version_for_the_wall_has_no_names_no_questions_and_no_keys(cohort: Cohort) -> None:
    client = as_staff(cohort, SEES_PEOPLE, SEES_KEYS)
    assert "Do not leave this sheet on a table" in page(client, cohort)
    text = page(client, cohort, query="?for=wall")
    for word in ("Ana", "Beni", "pilihan", "alasan", "Soal ", cohort.assessment.code):
        assert word not in text
    assert "Teach longer" in text


def test_after_the_post_test_it_says_what_to_repeat_and_how_each_pair_changed() -> None:
    cohort = make_cohort([])
    for order in ("AB", "BA", "AB"):
        add_person(cohort, (order, NOTHING, (5, 0, 4, 1, 5)))
    text = page(as_staff(cohort, SEES_PEOPLE, SEES_KEYS), cohort, "repeat")
    assert "those who have handed in the post-test" in text
    assert "before 0, after 3 of 3 fully right; 3 learned it, 0 lost it, 0 still miss it." in text
    assert "Time:" not in text


def test_questions_without_outcomes_are_shown_and_the_reason_told() -> None:
    cohort = make_cohort([], assessment=make_two_forms(((5, ()),)))
    sit(cohort, "A", (0,))
    text = page(as_staff(cohort, SEES_PEOPLE), cohort)
    assert "name no learning outcome" in text
    assert "0 of 1 right" in text


def test_simulated_data_say_so(cohort: Cohort) -> None:
    Cohort.objects.update(is_simulated=True)
    assert page(as_staff(cohort, SEES_PEOPLE), cohort).startswith("Simulated data")


def test_what_people_and_authors_wrote_is_escaped(cohort: Cohort) -> None:
    Question.objects.update(stem="<script>alert(1)</script>")
    client = as_staff(cohort, SEES_PEOPLE, SEES_KEYS)
    html = client.get(reverse("evaluation:agenda", args=[cohort.code])).content.decode()
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize("name", ["agenda", "repeat"])
def test_it_is_for_staff_of_the_organisation_who_may_see_the_training(cohort: Cohort, name: str) -> None:
    address = reverse(f"evaluation:{name}", args=[cohort.code])
    stranger = Client()
    assert stranger.get(address)["Location"].startswith(reverse("wagtailadmin_login"))
    stranger.force_login(make_staff("tanpa-izin", organisation=cohort.organisation))
    assert stranger.get(address)["Location"] == reverse("wagtailadmin_home")
    foreigner = make_staff("orang-lain", organisation=OrganisationFactory())
    grant(foreigner, "cohorts.view_cohort", SEES_PEOPLE, SEES_KEYS)
    stranger.force_login(foreigner)
    assert stranger.get(address).status_code == 404


def test_the_trainings_own_page_leads_here(cohort: Cohort) -> None:
    groups = links_for(make_staff("boss", is_superuser=True), cohort).values()
    links = {link.code: link for group in groups for link in group}
    address = reverse("evaluation:agenda", args=[cohort.code])
    assert links["evaluation.agenda"].url(cohort) == address
    hub = as_staff(cohort).get(reverse("cohort:hub", args=[cohort.pk]))
    assert address in hub.content.decode()


def _grown(times: int) -> Cohort:
    """A training with so many people of each order, outcomes, questions of an outcome and lessons."""
    questions = [(5, (f"U{number}",)) for number in range(times) for _ in range(times)]
    for number in range(times):
        OutcomeFactory(code=f"U{number}", title=f"Hasil {number}")
    course = make_course(f"kursus-tumbuh-{times}", modules=times, lessons=times)
    cohort = make_cohort([], assessment=make_two_forms(questions), course=course)
    for place in range(times):
        give_lesson(cohort, place, f"U{place}")
    for order in ("AB", "BA") * times:
        enrolment = add_person(cohort, (order, [0] * len(questions), [5] * len(questions)))
        choose(enrolment.attempts.get(occasion="pre"), 1, 2)
    return cohort


@pytest.mark.parametrize("name", ["agenda", "repeat"])
def test_it_takes_as_many_queries_for_three_of_everything_as_for_one(name: str) -> None:
    one, three = _grown(1), _grown(3)
    client = Client()
    client.force_login(make_staff("boss", is_superuser=True))
    page(client, one, name)
    with CaptureQueriesContext(connection) as small:
        page(client, one, name)
    with CaptureQueriesContext(connection) as large:
        page(client, three, name)
    assert len(large) == len(small)
