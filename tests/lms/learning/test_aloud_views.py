"""The screen of who reads a test aloud."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import start_attempt
from lms.learning.domain.staff import hand_in_attempt
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries import current_answers
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(client: Client, enrolment: Enrolment) -> Client:
    user = make_staff("fasilitator", organisation=enrolment.cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")
    client.force_login(user)
    return client


def choice_url(cohort: Cohort) -> str:
    return reverse("learning_aloud", args=[cohort.pk])


def question_url(cohort: Cohort, position: int = 1, name: str = "question") -> str:
    return reverse(f"learning_aloud_{name}", args=[cohort.pk, "pre", "A", position])


def begin(client: Client, *enrolments: Enrolment) -> list[Attempt]:
    cohort = enrolments[0].cohort
    fields = {"occasion": "pre", "form": "A", "people": [str(e.pk) for e in enrolments]}
    response = client.post(choice_url(cohort), fields)
    assert response.status_code == 302
    return list(Attempt.objects.filter(mode="aloud").order_by("enrolment__participant__full_name"))


def item_of(attempt: Attempt, position: int = 1) -> Any:
    return attempt.items.get(position=position)


def answer_of(attempt: Attempt, position: int = 1) -> Any:
    return current_answers(attempt).get(item_of(attempt, position).pk)


def tap(client: Client, attempt: Attempt, answer: str, **changes: Any) -> Any:
    attempt.refresh_from_db()
    fields = {
        "item": str(item_of(attempt).pk),
        "answer": answer,
        "client_id": str(uuid.uuid4()),
        "sitting": attempt.sittings,
        "seq": 1,
        **changes,
    }
    return client.post(question_url(attempt.enrolment.cohort, name="save"), fields)


def test_people_are_grouped_by_the_form_they_take(facilitator: Client, enrolment: Enrolment) -> None:
    EnrolmentFactory(cohort=enrolment.cohort, form_order="BA")
    groups = facilitator.get(choice_url(enrolment.cohort)).context["groups"]
    assert [(group.form.letter, len(group.people)) for group in groups] == [("A", 1), ("B", 1)]
    after = facilitator.get(choice_url(enrolment.cohort) + "?occasion=post").context["groups"]
    assert after[0].people[0].enrolment != enrolment


def test_ticked_people_begin_and_who_began_alone_is_left_alone(
    facilitator: Client, enrolment: Enrolment
) -> None:
    alone = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    own = start_attempt(enrolment=alone, occasion="pre")
    begun = begin(facilitator, enrolment, alone)
    assert [attempt.enrolment for attempt in begun] == [enrolment]
    assert begun[0].entered_by.username == "fasilitator"
    own.refresh_from_db()
    assert own.mode == "self"
    page = facilitator.get(choice_url(enrolment.cohort))
    people = {each.enrolment: each for each in page.context["groups"][0].people}
    assert not people[alone].is_free


def test_nobody_ticked_begins_nothing(facilitator: Client, enrolment: Enrolment) -> None:
    response = facilitator.post(choice_url(enrolment.cohort), {"occasion": "pre", "form": "A"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Attempt.objects.exists()


def test_the_page_shows_the_question_with_letters_and_never_the_key(
    facilitator: Client, enrolment: Enrolment
) -> None:
    begin(facilitator, enrolment)
    response = facilitator.get(question_url(enrolment.cohort))
    text = response.content.decode()
    assert response.context["letters"] == ["A", "B", "C", "D"]
    assert "single-A pilihan 0" in text
    assert "alasan" not in text
    assert [place["missing"] for place in response.context["places"]] == [1] * 6


def test_a_tap_is_saved_under_the_letter_of_everybody(facilitator: Client, enrolment: Enrolment) -> None:
    (attempt,) = begin(facilitator, enrolment)
    facilitator.get(question_url(enrolment.cohort))
    response = tap(facilitator, attempt, "B")
    assert response.json() == {"saved": True, "answer": "B"}
    assert answer_of(attempt) == item_of(attempt).option_order[1]
    assert facilitator.get(question_url(enrolment.cohort)).context["rows"][0]["saved"] == "B"


def test_a_tap_sent_twice_counts_once(facilitator: Client, enrolment: Enrolment) -> None:
    (attempt,) = begin(facilitator, enrolment)
    facilitator.get(question_url(enrolment.cohort))
    key = str(uuid.uuid4())
    for _time in range(2):
        assert tap(facilitator, attempt, "B", client_id=key).status_code == 200
    assert tap(facilitator, attempt, "C", client_id=key).status_code == 409
    assert AnswerEvent.objects.count() == 1


@pytest.mark.parametrize("changes", [{"answer": "Z"}, {"seq": 0}, {"client_id": "x"}, {"sitting": 99}])
def test_a_tap_that_makes_no_sense_is_refused_in_a_sentence(
    facilitator: Client, enrolment: Enrolment, changes: dict[str, Any]
) -> None:
    (attempt,) = begin(facilitator, enrolment)
    facilitator.get(question_url(enrolment.cohort))
    response = tap(facilitator, attempt, **{"answer": "B", **changes})
    assert response.status_code == 400
    assert response.json()["message"]
    assert not AnswerEvent.objects.exists()


def test_a_tap_for_somebody_elses_item_is_refused(facilitator: Client, enrolment: Enrolment) -> None:
    (attempt,) = begin(facilitator, enrolment)
    stranger = start_attempt(enrolment=EnrolmentFactory(form_order="AB"), occasion="pre", mode="aloud")
    facilitator.get(question_url(enrolment.cohort))
    assert tap(facilitator, attempt, "B", item=str(item_of(stranger).pk)).status_code == 409
    assert tap(facilitator, attempt, "B", item=str(item_of(attempt, 2).pk)).status_code == 409
    assert tap(facilitator, attempt, "B", item="x").status_code == 409
    assert not AnswerEvent.objects.exists()


def test_without_a_script_the_whole_question_is_one_form(facilitator: Client, enrolment: Enrolment) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    attempts = begin(facilitator, enrolment, other)
    fields = {"go": "next"}
    for attempt, letter in zip(attempts, "AC", strict=True):
        fields |= {f"answer-{item_of(attempt).pk}": letter, f"was-{item_of(attempt).pk}": ""}
    response = facilitator.post(question_url(enrolment.cohort), fields)
    assert response.url == question_url(enrolment.cohort, 2)
    assert [answer_of(a) for a in attempts] == [
        item_of(a).option_order[place] for a, place in zip(attempts, (0, 2), strict=True)
    ]


def test_a_row_that_was_not_touched_on_this_page_is_not_sent_again(
    facilitator: Client, enrolment: Enrolment
) -> None:
    (attempt,) = begin(facilitator, enrolment)
    facilitator.get(question_url(enrolment.cohort))
    tap(facilitator, attempt, "B")
    key = item_of(attempt).pk
    facilitator.post(question_url(enrolment.cohort), {f"answer-{key}": "", f"was-{key}": "", "go": "next"})
    assert answer_of(attempt) == item_of(attempt).option_order[1]


def test_what_cannot_be_read_stays_in_its_field_with_a_sentence(
    facilitator: Client, enrolment: Enrolment
) -> None:
    (attempt,) = begin(facilitator, enrolment)
    key = item_of(attempt, 4).pk
    fields = {f"answer-{key}": "dua belas", f"was-{key}": "", "go": "next"}
    response = facilitator.post(question_url(enrolment.cohort, 4), fields)
    assert response.status_code == 400
    assert 'value="dua belas"' in response.content.decode()
    assert response.context["rows"][0]["error"]


def test_numbers_orders_and_pairs_are_typed(facilitator: Client, enrolment: Enrolment) -> None:
    (attempt,) = begin(facilitator, enrolment)
    for position, text in ((2, "ABC"), (4, "1.200.000"), (5, "ABC"), (6, "EDCBA")):
        page = facilitator.get(question_url(enrolment.cohort, position))
        assert page.context["letters"] == []
        key = item_of(attempt, position).pk
        fields = {f"answer-{key}": text, f"was-{key}": "", "go": "next"}
        assert facilitator.post(question_url(enrolment.cohort, position), fields).status_code == 302
        row = facilitator.get(question_url(enrolment.cohort, position)).context["rows"][0]
        assert row["saved"].replace(".", "") == text.replace(".", "")


def test_handing_in_names_what_is_empty_and_closes_all(facilitator: Client, enrolment: Enrolment) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    attempts = begin(facilitator, enrolment, other)
    url = reverse("learning_aloud_hand_in", args=[enrolment.cohort.pk, "pre", "A"])
    facilitator.get(question_url(enrolment.cohort))
    tap(facilitator, attempts[0], "A")
    rows = facilitator.get(url).context["rows"]
    assert [[place["number"] for place in row["empty"]] for row in rows] == [
        [2, 3, 4, 5, 6],
        [1, 2, 3, 4, 5, 6],
    ]
    assert facilitator.post(url).status_code == 302
    assert set(Attempt.objects.values_list("closed_by", "mode")) == {("staff", "aloud")}
    assert not Attempt.objects.filter(submitted_at=None).exists()
    assert tap(facilitator, attempts[0], "C").status_code == 409
    assert facilitator.get(question_url(enrolment.cohort)).status_code == 302


def test_a_reading_that_went_on_elsewhere_keeps_what_was_saved(
    facilitator: Client, enrolment: Enrolment
) -> None:
    (attempt,) = begin(facilitator, enrolment)
    facilitator.get(question_url(enrolment.cohort))
    tap(facilitator, attempt, "B")
    colleague = Client()
    user = make_staff("rekan", organisation=enrolment.cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")
    colleague.force_login(user)
    row = colleague.get(question_url(enrolment.cohort)).context["rows"][0]
    assert (row["saved"], row["sitting"], row["sequence"]) == ("B", 2, 0)
    tap(colleague, attempt, "C")
    assert answer_of(attempt) == item_of(attempt).option_order[2]


def test_the_number_of_queries_does_not_grow_with_people(facilitator: Client, enrolment: Enrolment) -> None:
    begin(facilitator, enrolment)
    url = question_url(enrolment.cohort)
    facilitator.get(url)
    with CaptureQueriesContext(connection) as one:
        facilitator.get(url)
    begin(facilitator, *[EnrolmentFactory(cohort=enrolment.cohort, form_order="AB") for _ in range(3)])
    facilitator.get(url)
    with CaptureQueriesContext(connection) as four:
        facilitator.get(url)
    assert len(four) == len(one)


@pytest.mark.parametrize("permission", ["", "cohorts.view_cohort", "learning.enter_attempt"])
def test_it_needs_the_permission_to_enter_answers(
    client: Client, enrolment: Enrolment, permission: str
) -> None:
    user = make_staff("tamu", organisation=enrolment.cohort.organisation)
    if permission:
        grant(user, permission)
    client.force_login(user)
    assert client.get(choice_url(enrolment.cohort)).status_code == 302
    assert client.post(choice_url(enrolment.cohort), {"occasion": "pre", "form": "A"}).status_code == 302
    assert not Attempt.objects.exists()


def test_another_organisation_finds_nothing(client: Client, enrolment: Enrolment) -> None:
    user = make_staff("jauh", organisation=EnrolmentFactory().cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")
    client.force_login(user)
    for url in (choice_url(enrolment.cohort), question_url(enrolment.cohort)):
        assert client.get(url).status_code == 404


def test_what_is_handed_in_by_a_trainer_leaves_the_reading(facilitator: Client, enrolment: Enrolment) -> None:
    other = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    first, second = begin(facilitator, enrolment, other)
    hand_in_attempt(attempt=first, actor=first.entered_by, reason="pulang")
    rows = facilitator.get(question_url(enrolment.cohort)).context["rows"]
    assert [row["attempt"] for row in rows] == [second]
