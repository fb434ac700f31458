"""Marking by question: blind, one answer after the other, only what the marker may see."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.marking import lot_of, pile_of
from lms.learning.models import Attempt, ResponseFile, RubricMark
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, make_staff
from tests.lms.learning.marked import make_marked_assessment, open_item, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    cohort = CohortFactory(assessment=make_marked_assessment(), code="RAHASIA-9")
    return EnrolmentFactory(cohort=cohort, participant__full_name="Maria Bere")


@pytest.fixture
def attempt(enrolment: Enrolment) -> Attempt:
    return written(enrolment)


def browser(role: str, organisation: Any) -> Client:
    set_up_roles()
    user = make_staff(f"staf-{role}", organisation=organisation)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainer(enrolment: Enrolment) -> Client:
    return browser(TRAINER, enrolment.cohort.organisation)


def page_of(attempt: Attempt) -> str:
    item = open_item(attempt)
    return reverse("learning_marking:item", args=[item.question_id, lot_of(item)])


def pile_page(attempt: Attempt) -> str:
    return reverse("learning_marking:question", args=[open_item(attempt).question_id])


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_answer_its_rubric_and_its_points_are_shown_and_nothing_of_the_person(
    attempt: Attempt, trainer: Client
) -> None:
    for address in (page_of(attempt), pile_page(attempt), reverse("learning_marking:index")):
        page = text_of(trainer, address)
        person = attempt.enrolment.participant
        for secret in (
            person.full_name,
            person.code,
            "RAHASIA-9",
            str(attempt.pk),
            str(attempt.enrolment_id),
            # The key of an item begins with the moment at which the person began.
            str(open_item(attempt).pk)[:8],
        ):
            assert secret not in page
            assert secret not in address
    page = text_of(trainer, page_of(attempt))
    assert "Musyawarah kami ramai." in page
    assert page.count('type="radio" name="level"') == 4
    assert "3 points" in page
    assert "1 answer is left." in page


def test_saving_leads_to_the_next_answer_and_at_the_end_back(enrolment: Enrolment, trainer: Client) -> None:
    for number in range(3):
        written(EnrolmentFactory(cohort=enrolment.cohort), f"Jawaban {number}")
    attempt = Attempt.objects.first()
    pile = pile_of(open_item(attempt).question_id, Cohort.objects.all())
    address = reverse("learning_marking:item", args=[pile[0].question_id, lot_of(pile[0])])
    for item in pile[1:]:
        address = trainer.post(address, {"level": "2"})["Location"]
        assert address.endswith(f"/{lot_of(item)}/")
    assert trainer.post(address, {"level": "2"})["Location"] == pile_page(attempt)
    assert set(Attempt.objects.values_list("score", flat=True)) == {3}


def test_without_a_level_nothing_is_filed_and_the_comment_is_still_there(
    attempt: Attempt, trainer: Client
) -> None:
    response = trainer.post(page_of(attempt), {"comment": "Bagus sekali"})
    assert response.status_code == 200
    assert "Bagus sekali" in response.content.decode()
    assert "Choose one of the levels." in response.content.decode()
    assert not RubricMark.objects.exists()


def test_two_markers_are_told_of_each_other(attempt: Attempt, trainer: Client) -> None:
    text_of(trainer, page_of(attempt))
    browser(ORGANISER, attempt.enrolment.cohort.organisation).post(page_of(attempt), {"level": "0"})
    response = trainer.post(page_of(attempt), {"level": "3"})
    page = response.content.decode()
    assert "Somebody else has marked this answer meanwhile" in page
    assert RubricMark.objects.count() == 1
    # Pressing again, now having seen it, is meant.
    seen = str(RubricMark.objects.get().pk)
    assert seen in page
    trainer.post(page_of(attempt), {"level": "3", "seen": seen})
    attempt.refresh_from_db()
    assert attempt.score == 4


def test_a_marked_answer_can_be_looked_at_again(attempt: Attempt, trainer: Client) -> None:
    trainer.post(page_of(attempt), {"level": "1", "comment": "Kurang lokasi"})
    assert "All answers to this question are marked." in text_of(trainer, pile_page(attempt))
    page = text_of(trainer, page_of(attempt))
    assert 'value="1" required checked' in page
    assert "Kurang lokasi" in page


def test_other_organisations_see_no_answer(attempt: Attempt) -> None:
    client = browser(TRAINER, OrganisationFactory())
    assert "No answer waits for marking." in text_of(client, reverse("learning_marking:index"))
    for address in (page_of(attempt), pile_page(attempt)):
        assert client.get(address).status_code == 404
    assert client.post(page_of(attempt), {"level": "1"}).status_code == 404
    assert not RubricMark.objects.exists()


def test_the_piles_take_as_many_queries_for_three_answers_as_for_one(
    attempt: Attempt, trainer: Client
) -> None:
    for address in (reverse("learning_marking:index"), pile_page(attempt), page_of(attempt)):
        text_of(trainer, address)
        counts = []
        for more in (0, 2):
            for number in range(more):
                written(EnrolmentFactory(cohort=attempt.enrolment.cohort), f"Jawaban {number}")
            with CaptureQueriesContext(connection) as captured:
                text_of(trainer, address)
            counts.append(len(captured))
        assert counts[0] == counts[1]


# ------------------------------------------------------------------ files


@pytest.fixture
def handed_in(attempt: Attempt, settings: Any, tmp_path: Any) -> ResponseFile:
    settings.LMS_PRIVATE_ROOT = tmp_path
    record = ResponseFile(
        attempt=attempt, item=open_item(attempt), original_name="Maria.jpg", content_type="image/jpeg", size=4
    )
    record.file.save("foto.jpg", ContentFile(b"foto"), save=False)
    record.save()
    return record


def test_a_file_is_sent_to_who_marks_and_its_name_tells_nothing(
    handed_in: ResponseFile, trainer: Client
) -> None:
    response = trainer.get(reverse("learning_marking:file", args=[handed_in.pk]))
    assert b"".join(response.streaming_content) == b"foto"
    assert response["Content-Type"] == "image/jpeg"
    assert "Maria" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_a_file_that_browsers_might_run_is_only_downloaded(handed_in: ResponseFile, trainer: Client) -> None:
    ResponseFile.objects.update(content_type="text/html")
    response = trainer.get(reverse("learning_marking:file", args=[handed_in.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_a_file_of_another_organisation_is_not_found(handed_in: ResponseFile) -> None:
    client = browser(TRAINER, OrganisationFactory())
    assert client.get(reverse("learning_marking:file", args=[handed_in.pk])).status_code == 404
