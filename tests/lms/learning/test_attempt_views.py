"""Start, review, submit and result as pages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from assessments.enums import ReviewLevel
from assessments.models import (
    Assessment,
    Choice,
    MatchPair,
    NumericQuestion,
    OrderingQuestion,
    Outcome,
    Question,
    ReviewRule,
    TrueFalseQuestion,
)
from lms.cohorts.models import Enrolment
from lms.learning.domain import start_attempt, submit_attempt
from lms.learning.models import Attempt
from tests.factories import CohortFactory, EnrolmentFactory, ParticipantFactory
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer, hand_in
from tests.lms.learning.marked import make_marked_assessment

pytestmark = pytest.mark.django_db


def english(name: str, *arguments: Any) -> str:
    with translation.override("en"):
        return reverse(f"learning:{name}", args=arguments)


def words(client: Client, url: str, status: int = 200) -> str:
    """The text of a page without needless white space."""
    reply = client.get(url)
    assert reply.status_code == status
    return " ".join(reply.content.decode().split())


@pytest.fixture
def post(enrolment: Enrolment, attempt: Attempt) -> Attempt:
    """A post-test that was begun after a pre-test of 6 points."""
    hand_in(attempt, right_items=4)
    return start_attempt(enrolment=enrolment, occasion="post")


# Start


def test_the_start_page_says_what_will_come(participant: Client, enrolment: Enrolment) -> None:
    text = words(participant, english("start", "pre"))
    for sentence in (
        "There are 6 questions.",
        "Most people need about 30 minutes. There is no time limit.",
        "You can stop and go on later, also on another computer.",
        "nothing can be changed any more",
        "Start the pre-test",
    ):
        assert sentence in text
    assert not Attempt.objects.exists()


def test_starting_leads_to_the_first_question_and_starting_again_to_the_first_empty_one(
    participant: Client, enrolment: Enrolment
) -> None:
    url = reverse("learning:start", args=["pre"])
    reply = participant.post(url, {"number": "1"})
    attempt = Attempt.objects.get()
    assert (reply.status_code, reply["Location"]) == (303, reverse("learning:question", args=[attempt.pk, 1]))
    answer(attempt.items.get(position=1))
    again = participant.post(url, {"number": "1"})
    assert again["Location"] == reverse("learning:question", args=[attempt.pk, 2])
    assert "You have answered 1 of 6 questions." in words(participant, english("start", "pre"))


def test_a_test_that_was_handed_in_shows_its_result_in_place_of_a_start(
    participant: Client, attempt: Attempt
) -> None:
    submit_attempt(attempt=attempt)
    for reply in (participant.get("/tes/pre/mulai/"), participant.post("/tes/pre/mulai/")):
        assert (reply.status_code, reply["Location"]) == (303, f"/tes/{attempt.pk}/hasil/")


def test_the_post_test_before_the_pre_test_says_what_comes_first(
    participant: Client, enrolment: Enrolment
) -> None:
    assert "Take the pre-test first." in words(participant, english("start", "post"), status=403)
    assert participant.post("/tes/post/mulai/", {"number": "x" * 9}).status_code == 403


def test_an_unknown_occasion_is_not_there(participant: Client, enrolment: Enrolment) -> None:
    assert participant.get("/tes/tengah/mulai/").status_code == 404


def test_who_is_enrolled_nowhere_has_no_test(client: Client) -> None:
    sign_in_as(client, ParticipantFactory())
    assert client.get("/tes/pre/mulai/").status_code == 404


# Review and submit


def test_the_review_leads_to_what_is_empty_and_says_what_handing_in_means(
    participant: Client, attempt: Attempt
) -> None:
    for item in attempt.items.exclude(position=4):
        answer(item)
    text = words(participant, english("review", attempt.pk))
    assert "1 question has no answer yet." in text
    assert "Answer question 4" in text
    assert "Answer question 3" not in text
    assert "the answers can no longer be changed" in text


def test_the_review_promises_no_result_that_is_not_shown(client: Client) -> None:
    enrolment = EnrolmentFactory(cohort__assessment=make_marked_assessment())
    sign_in_as(client, enrolment.participant)
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    text = words(client, english("review", attempt.pk))
    assert "A trainer reads what you wrote" in text
    assert "Your points are counted" not in text
    attempt.items.filter(kind="open_text").delete()
    assert "Your points are counted" in words(client, english("review", attempt.pk))
    ReviewRule.objects.create(
        assessment=attempt.assessment, occasion="pre", moment="handed_in", level=ReviewLevel.NOTHING
    )
    assert "Your points are counted" not in words(client, english("review", attempt.pk))


def test_who_may_say_that_they_do_not_know_is_not_told_to_guess(
    participant: Client, attempt: Attempt
) -> None:
    assert "A guess costs nothing" in words(participant, english("review", attempt.pk))
    Assessment.objects.update(offer_dont_know=True)
    text = words(participant, english("review", attempt.pk))
    assert "A guess costs nothing" not in text
    assert "“I do not know”" in text


def test_the_one_big_button_answers_first_and_hands_in_only_when_nothing_is_empty(
    participant: Client, attempt: Attempt
) -> None:
    def big_button() -> str:
        page = participant.get(english("review", attempt.pk)).content.decode().partition("</main>")[0]
        (words,) = re.findall(r'class="bb-button bb-button--big"[^>]*>([^<]+)<', page)
        return str(words)

    assert big_button() == "Answer question 1"
    for item in attempt.items.all():
        answer(item)
    assert big_button() == "Hand in my answers"


def test_handing_in_leads_to_the_result_however_often_it_is_sent(
    participant: Client, attempt: Attempt
) -> None:
    url = reverse("learning:submit", args=[attempt.pk])
    replies = [participant.post(url) for _time in range(3)]
    expected = reverse("learning:result", args=[attempt.pk])
    assert [(reply.status_code, reply["Location"]) for reply in replies] == [(303, expected)] * 3
    assert Attempt.objects.filter(submitted_at__isnull=False).count() == 1


def test_the_address_of_handing_in_opened_by_hand_submits_nothing(
    participant: Client, attempt: Attempt
) -> None:
    reply = participant.get(reverse("learning:submit", args=[attempt.pk]))
    assert (reply.status_code, reply["Location"]) == (303, reverse("learning:review", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_review_and_result_lead_to_where_the_attempt_is(participant: Client, attempt: Attempt) -> None:
    review, result = (reverse(f"learning:{name}", args=[attempt.pk]) for name in ("review", "result"))
    assert participant.get(result)["Location"] == review
    submit_attempt(attempt=attempt)
    assert participant.get(review)["Location"] == result


# Result


def test_the_pre_test_result_says_points_and_that_lessons_are_open(
    participant: Client, attempt: Attempt
) -> None:
    hand_in(attempt, right_items=4)
    text = words(participant, english("result", attempt.pk))
    assert "You have 6 of 13 points. The lessons are open now." in text
    assert "strongest" not in text


def test_the_post_test_result_shows_the_change(participant: Client, post: Attempt) -> None:
    hand_in(post)
    text = words(participant, english("result", post.pk))
    assert "Pre-test 6 → post-test 13 of 13 points" in text
    assert "You have passed the post-test." in text


def test_without_a_pre_test_the_result_stands_alone(client: Client) -> None:
    enrolment = EnrolmentFactory(cohort__pretest_first=False)
    sign_in_as(client, enrolment.participant)
    post = hand_in(start_attempt(enrolment=enrolment, occasion="post"))
    assert "Post-test: 13 of 13 points" in words(client, english("result", post.pk))


def test_strongest_and_weakest_topic_are_named_in_the_language_of_the_page(
    participant: Client, post: Attempt
) -> None:
    weak = Outcome.objects.create(
        code="H2", kind="result", title="Aturan desa", title_en="Village law", position=2
    )
    for item in post.items.filter(position__gte=5):
        item.question.outcomes = [weak]
        item.question.save()
    hand_in(post, right_items=4)
    url = reverse("learning:result", args=[post.pk])
    assert "Aturan desa" in words(participant, url)
    text = words(participant, english("result", post.pk))
    assert text.index("Participatory planning") < text.index("Village law")


def test_a_topic_with_one_question_is_not_named_because_it_would_tell_that_answer(
    participant: Client, post: Attempt
) -> None:
    weak = Outcome.objects.create(code="H2", kind="result", title="Aturan desa", position=2)
    last = post.items.get(position=6).question
    last.outcomes = [weak]
    last.save()
    hand_in(post, right_items=5)
    assert "Aturan desa" not in words(participant, reverse("learning:result", args=[post.pk]))


def test_lessons_of_questions_that_lost_points_are_linked_the_worst_first(
    participant: Client, post: Attempt
) -> None:
    for position, code in ((1, "M1.1"), (5, "M1.1"), (6, "M1.2")):
        Question.objects.filter(pk=post.items.get(position=position).question_id).update(lesson_code=code)
    hand_in(post, right_items=4)
    text = words(participant, reverse("learning:result", args=[post.pk]))
    # Position 6 (ordering) lost 4 points, position 5 (matching) 3; position 1 was right.
    assert text.index("Pelajaran 1.2") < text.index("Pelajaran 1.1")


def test_a_full_score_asks_for_no_lesson_again(participant: Client, post: Attempt) -> None:
    Question.objects.update(lesson_code="M1.1")
    hand_in(post)
    assert "Pelajaran 1.1" not in words(participant, reverse("learning:result", args=[post.pk]))


def test_a_second_try_is_offered_while_the_cohort_allows_one(
    participant: Client, post: Attempt, enrolment: Enrolment
) -> None:
    hand_in(post, right_items=0)
    assert "Take the test again" in words(participant, english("result", post.pk))
    second = hand_in(start_attempt(enrolment=enrolment, occasion="post"), right_items=0)
    text = words(participant, english("result", second.pk))
    assert "Take the test again" not in text
    assert "talk with your trainer" in text


# Keys


def test_no_page_of_a_participant_holds_a_key_or_a_reason(client: Client) -> None:
    enrolment = EnrolmentFactory(cohort=CohortFactory())
    sign_in_as(client, enrolment.participant)
    plant_canaries()
    pages: list[str] = []
    for occasion in ("pre", "post"):
        pages.append(visit(client, f"/tes/{occasion}/mulai/"))
        client.post(f"/tes/{occasion}/mulai/", {"number": "1"})
        attempt = Attempt.objects.get(occasion=occasion)
        for position in range(1, 7):
            base = f"/tes/{attempt.pk}/soal/{position}/"
            pages.append(visit(client, base))
            pages.append(client.post(base, {"response": "x"}).content.decode())
            pages.append(client.post(f"{base}simpan/", {"response": "x"}).content.decode())
        pages.append(visit(client, f"/tes/{attempt.pk}/periksa/"))
        client.post(f"/tes/{attempt.pk}/kumpulkan/")
        pages.append(visit(client, f"/tes/{attempt.pk}/hasil/"))
        pages.append(visit(client, f"/en/tes/{attempt.pk}/hasil/"))
        pages.append(client.post(f"/tes/{attempt.pk}/soal/1/").content.decode())
    everything = "".join(pages)
    assert everything.count("Soal ") >= 12
    assert [word for word in ("KUNCI", "is_correct", "rationale", "987654") if word in everything] == []


def plant_canaries() -> None:
    """A word in every place that only trainers may read, for every kind of question."""
    Question.objects.update(note="KUNCI catatan", citations=["KUNCI dasar"])
    Choice.objects.update(rationale="KUNCI alasan")
    MatchPair.objects.update(rationale="KUNCI pasangan")
    OrderingQuestion.objects.update(rationale="KUNCI urutan")
    TrueFalseQuestion.objects.update(rationale="KUNCI benar")
    NumericQuestion.objects.update(answer=987654, solution="KUNCI hitungan", common_errors=["KUNCI salah"])


def visit(client: Client, url: str) -> str:
    reply = client.get(url)
    assert reply.status_code == 200, url
    return reply.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_simulated_people_are_marked_on_every_page(client: Client, prefix: str) -> None:
    enrolment = EnrolmentFactory(cohort__is_simulated=True)
    sign_in_as(client, enrolment.participant)
    attempt = start_attempt(enrolment=enrolment, occasion="pre")
    urls = [
        f"{prefix}/tes/pre/mulai/",
        f"{prefix}/tes/{attempt.pk}/soal/1/",
        f"{prefix}/tes/{attempt.pk}/periksa/",
    ]
    assert all("bb-simulated" in visit(client, url) for url in urls)
    submit_attempt(attempt=attempt)
    assert "bb-simulated" in visit(client, f"{prefix}/tes/{attempt.pk}/hasil/")
