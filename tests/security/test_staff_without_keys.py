"""Staff who run a training without a permission on questions meet no key, no reason and no note either."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from assessments.models import AssessmentForm
from lms.cohorts.models import Enrolment
from lms.learning.models import Attempt
from lms.people.management.roles import ORGANISER, set_up_roles
from tests.factories import AssessmentFactory, EnrolmentFactory, make_staff
from tests.helpers import sign_in_as
from tests.security.canaries import SHOWN, plant_form
from tests.security.crawler import Crawler
from tests.security.looking import admin_addresses, leaks, seen
from tests.security.taking import hand_in, take

pytestmark = pytest.mark.django_db

# Of a training they see what is asked (to read it aloud, to print it), in both forms.
OPEN = {(letter, field) for letter in "AB" for field in SHOWN}
# Pages of the training, and what they lead to.
INSIDE = (
    *("/admin/angkatan/", "/admin/pemeriksaan/", "/admin/penilaian-ulang/", "/admin/cohorts/"),
    *("/admin/learning-results/", "/admin/bentuk-tes/", "/admin/certificates/", "/admin/enrolments/"),
)
# Never followed: what deletes or signs out.
AVOID = ("/keluar/", "/static/", "/admin/logout/", "/admin/login/", "hapus", "delete")


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody who has handed in a test with a canary in every field."""
    assessment = AssessmentFactory()
    for letter in "AB":
        plant_form(assessment, letter)
    enrolment: Enrolment = EnrolmentFactory(cohort__assessment=assessment)
    browser = Client()
    sign_in_as(browser, enrolment.participant)
    crawler = Crawler(browser)
    assert crawler.send("post", reverse("learning:start", args=["pre"])).status == 303
    attempt = Attempt.objects.get()
    take(crawler, attempt)
    hand_in(crawler, attempt)
    return enrolment


@pytest.fixture
def organiser(client: Client, enrolment: Enrolment) -> Crawler:
    """An organiser whose office has taken everything about questions away."""
    set_up_roles()
    user = make_staff("panitia", organisation=enrolment.cohort.organisation)
    rights = Group.objects.get(name=ORGANISER).permissions
    user.user_permissions.add(*rights.exclude(content_type__app_label="assessments"))
    client.force_login(user)
    return Crawler(client, avoid=AVOID)


def follow(crawler: Crawler, starts: list[str]) -> int:
    """Everything of the training that pages lead to, whatever is linked outside of it left alone."""
    seen_addresses: set[str] = set()
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen_addresses or any(part in address for part in AVOID):
            continue
        seen_addresses.add(address)
        answer = crawler.send("get", address)
        links = (crawler._inside(answer.address, link) for link in answer.links)
        waiting += [link for link in links if link and link.startswith(INSIDE)]
    return len(seen_addresses)


def test_an_organiser_meets_no_key_on_any_page_of_the_training(
    organiser: Crawler, enrolment: Enrolment
) -> None:
    cohort = enrolment.cohort
    hub = ["/admin/", f"/admin/angkatan/{cohort.pk}/", reverse("learning_attempts:cohort", args=[cohort.pk])]
    assert follow(organiser, hub) > 10
    assert {answer.status for answer in organiser.answers} >= {200}
    assert "/admin/learning-results/" in "".join(answer.address for answer in organiser.answers)
    found = leaks(organiser.answers, OPEN)
    marking = {
        address: words for address, words in found.items() if address.startswith("get /admin/pemeriksaan/")
    }
    assert found == marking
    assert all(words == {("A", "rubric_text")} for words in marking.values()), "who marks needs the rubric"
    assert not [answer.address for answer in organiser.answers if answer.status >= 500]


def test_an_organiser_opens_no_screen_of_questions(organiser: Crawler, enrolment: Enrolment) -> None:
    for address in admin_addresses():
        organiser.send("get", address)
    for form in AssessmentForm.objects.all():
        organiser.send("get", f"/admin/bentuk-tes/{form.pk}/kunci/")
    assert leaks(organiser.answers) == {}
    assert seen(organiser.answers) == set()
