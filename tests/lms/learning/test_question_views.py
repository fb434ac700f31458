"""The question page, its form without a script, and the address the script saves to."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from assessments.models import Question
from lms.cohorts.models import Enrolment
from lms.learning.domain import start_attempt, submit_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.learning.queries import current_answers
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer, right

pytestmark = pytest.mark.django_db


def page_url(attempt: Attempt, position: int = 1) -> str:
    return reverse("learning:question", args=[attempt.pk, position])


def save_url(attempt: Attempt, position: int = 1) -> str:
    return reverse("learning:save", args=[attempt.pk, position])


def envelope(**fields: Any) -> dict[str, Any]:
    return {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1", **fields}


def form_of(content: str) -> dict[str, str]:
    """The hidden fields of the page, as a browser without the script would send them."""
    return dict(re.findall(r'<input type="hidden" name="(client_id|sitting|seq)" value="([^"]+)"', content))


def hidden_of(content: str) -> dict[str, str]:
    """The same with the mark of what the page showed."""
    (mark,) = re.findall(r'<input type="hidden" name="was" value="([^"]*)"', content)
    return {**form_of(content), "was": mark}


def first(attempt: Attempt) -> AttemptItem:
    return attempt.items.get(position=1)


# The page


@pytest.mark.parametrize("position", range(1, 7))
def test_every_kind_of_question_is_shown_with_its_fields(
    participant: Client, attempt: Attempt, position: int
) -> None:
    item = attempt.items.get(position=position)
    content = participant.get(page_url(attempt, position)).content.decode()
    assert Question.objects.get(pk=item.question_id).stem in content
    assert f'data-save-url="{save_url(attempt, position)}"' in content
    assert all(re.search(rf'name="{re.escape(name)}"', content) for name in right(item))


def test_the_answer_given_before_is_shown_again(participant: Client, attempt: Attempt) -> None:
    answer(first(attempt))
    content = participant.get(page_url(attempt)).content.decode()
    chosen = re.findall(r'value="([^"]+)" id="id_response-[^"]+" checked', content)
    assert chosen == [right(first(attempt))["response"]]
    assert 'class="bb-save is-saved"' in content


def test_the_first_look_makes_a_sitting_and_tabs_of_one_browser_share_it(
    participant: Client, attempt: Attempt
) -> None:
    pages = [participant.get(page_url(attempt, position)).content.decode() for position in (1, 2, 1)]
    assert [form_of(page)["sitting"] for page in pages] == ["2", "2", "2"]


def test_another_browser_is_a_later_sitting(participant: Client, attempt: Attempt) -> None:
    participant.get(page_url(attempt))
    other = Client()
    sign_in_as(other, attempt.enrolment.participant)
    assert form_of(other.get(page_url(attempt)).content.decode())["sitting"] == "3"


def test_a_reload_goes_on_counting_where_the_sitting_was(participant: Client, attempt: Attempt) -> None:
    fields = form_of(participant.get(page_url(attempt)).content.decode())
    participant.post(
        save_url(attempt), envelope(sitting=fields["sitting"], seq="41", **right(first(attempt)))
    )
    assert form_of(participant.get(page_url(attempt)).content.decode())["seq"] == "42"


def test_the_form_saves_and_goes_where_the_button_points(participant: Client, attempt: Attempt) -> None:
    targets = {}
    for position, button in ((1, "next"), (2, "previous"), (2, "review"), (6, "next"), (1, "previous")):
        fields = form_of(participant.get(page_url(attempt, position)).content.decode())
        reply = participant.post(page_url(attempt, position), {**fields, "go": button})
        assert reply.status_code == 303
        targets[position, button] = reply["Location"]
    review = reverse("learning:review", args=[attempt.pk])
    assert targets == {
        (1, "next"): page_url(attempt, 2),
        (2, "previous"): page_url(attempt, 1),
        (2, "review"): review,
        (6, "next"): review,
        (1, "previous"): review,
    }


def test_without_the_script_every_answer_is_saved_by_its_form(participant: Client, attempt: Attempt) -> None:
    for item in attempt.items.order_by("position"):
        fields = form_of(participant.get(page_url(attempt, item.position)).content.decode())
        participant.post(page_url(attempt, item.position), {**fields, **right(item), "go": "next"})
    assert submit_attempt(attempt=attempt).score == 13


def test_a_form_sent_twice_counts_once(participant: Client, attempt: Attempt) -> None:
    fields = {**form_of(participant.get(page_url(attempt)).content.decode()), **right(first(attempt))}
    statuses = [participant.post(page_url(attempt), fields).status_code for _time in range(2)]
    assert (statuses, AnswerEvent.objects.count()) == ([303, 303], 1)


def test_an_old_tab_that_changed_nothing_puts_nothing_back(participant: Client, attempt: Attempt) -> None:
    item = first(attempt)
    old_tab = hidden_of(participant.get(page_url(attempt)).content.decode())
    new_tab = hidden_of(participant.get(page_url(attempt)).content.decode())
    participant.post(page_url(attempt), {**new_tab, "response": item.option_order[1]})
    reply = participant.post(page_url(attempt), {**old_tab, "go": "next"})
    assert (reply.status_code, reply["Location"]) == (303, page_url(attempt, 2))
    assert current_answers(attempt)[item.pk] == item.option_order[1]


def test_a_change_in_an_old_tab_wins_when_it_is_made_last(participant: Client, attempt: Attempt) -> None:
    item = first(attempt)
    old_tab = hidden_of(participant.get(page_url(attempt)).content.decode())
    for option in item.option_order[1:]:
        fields = hidden_of(participant.get(page_url(attempt)).content.decode())
        participant.post(page_url(attempt), {**fields, "response": option})
    participant.post(page_url(attempt), {**old_tab, "response": item.option_order[0]})
    assert current_answers(attempt)[item.pk] == item.option_order[0]


def test_who_comes_back_from_another_computer_is_heard_there(participant: Client, attempt: Attempt) -> None:
    item = first(attempt)
    participant.get(page_url(attempt))
    other = Client()
    sign_in_as(other, attempt.enrolment.participant)
    fields = hidden_of(other.get(page_url(attempt)).content.decode())
    other.post(page_url(attempt), {**fields, "response": item.option_order[1]})
    fields = hidden_of(participant.get(page_url(attempt)).content.decode())
    assert fields["sitting"] == "4"
    saved = participant.post(save_url(attempt), envelope(sitting="4", response=item.option_order[0]))
    assert saved.status_code == 200
    assert current_answers(attempt)[item.pk] == item.option_order[0]


def test_a_page_that_was_sent_once_and_gone_back_to_can_take_the_answer_back(
    participant: Client, attempt: Attempt
) -> None:
    item = attempt.items.get(kind="multiple")
    fields = hidden_of(participant.get(page_url(attempt, item.position)).content.decode())
    participant.post(page_url(attempt, item.position), {**fields, "response": item.option_order[:2]})
    participant.post(page_url(attempt, item.position), fields)
    assert current_answers(attempt)[item.pk] is None


def test_a_refused_answer_keeps_the_mark_of_what_the_page_first_showed(
    participant: Client, attempt: Attempt
) -> None:
    item = attempt.items.get(kind="numeric")
    fields = hidden_of(participant.get(page_url(attempt, item.position)).content.decode())
    answer(item)
    refused = participant.post(page_url(attempt, item.position), {**fields, "response": "dua juta"})
    assert hidden_of(refused.content.decode())["was"] == fields["was"]


def test_going_back_and_choosing_anew_without_the_script_loses_nothing(
    participant: Client, attempt: Attempt
) -> None:
    item = first(attempt)
    fields = form_of(participant.get(page_url(attempt)).content.decode())
    participant.post(page_url(attempt), {**fields, "response": item.option_order[0]})
    reply = participant.post(page_url(attempt), {**fields, "response": item.option_order[1]})
    assert reply.status_code == 303
    assert current_answers(attempt)[item.pk] == item.option_order[1]


def test_an_option_of_another_question_shows_the_question_again(
    participant: Client, attempt: Attempt
) -> None:
    answer(first(attempt))
    reply = participant.post(page_url(attempt), envelope(sitting="2", response=str(uuid.uuid4())))
    content = reply.content.decode()
    assert reply.status_code == 400
    assert 'id="response-error"' in content
    assert Question.objects.get(pk=first(attempt).question_id).stem in content
    assert current_answers(attempt)[first(attempt).pk] == right(first(attempt))["response"]


def test_a_number_that_cannot_be_read_is_still_in_the_field(participant: Client, attempt: Attempt) -> None:
    item = attempt.items.get(kind="numeric")
    reply = participant.post(page_url(attempt, item.position), envelope(response="dua juta"))
    assert reply.status_code == 400
    assert 'value="dua juta"' in reply.content.decode()


def test_a_tab_that_was_open_after_handing_in_is_told_so(participant: Client, attempt: Attempt) -> None:
    fields = form_of(participant.get(page_url(attempt)).content.decode())
    submit_attempt(attempt=attempt)
    reply = participant.post(page_url(attempt), {**fields, **right(first(attempt))})
    assert reply.status_code == 409
    assert reverse("learning:result", args=[attempt.pk]) in reply.content.decode()
    assert not AnswerEvent.objects.exists()


def test_after_handing_in_even_a_form_that_cannot_be_read_shows_no_question(
    participant: Client, attempt: Attempt
) -> None:
    submit_attempt(attempt=attempt)
    assert participant.post(page_url(attempt), {"response": "x"}).status_code == 409


def test_a_question_of_a_test_that_was_handed_in_leads_to_the_result(
    participant: Client, attempt: Attempt
) -> None:
    submit_attempt(attempt=attempt)
    reply = participant.get(page_url(attempt))
    assert (reply.status_code, reply["Location"]) == (303, reverse("learning:result", args=[attempt.pk]))


def test_who_was_signed_out_meanwhile_comes_back_to_the_same_question(
    client: Client, attempt: Attempt
) -> None:
    for reply in (client.get(page_url(attempt, 3)), client.post(page_url(attempt, 3), envelope())):
        assert reply.status_code == 302
        assert reply["Location"] == f"/masuk/?{urlencode({'next': page_url(attempt, 3)})}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["question", "save", "review", "submit", "result"])
def test_the_attempt_of_somebody_else_is_not_there(
    client: Client, attempt: Attempt, name: str, method: str
) -> None:
    sign_in_as(client, EnrolmentFactory().participant)
    arguments = [attempt.pk, 1] if name in ("question", "save") else [attempt.pk]
    reply = getattr(client, method)(reverse(f"learning:{name}", args=arguments), envelope())
    allowed = (405,) if (name, method) == ("save", "get") else (404,)
    assert reply.status_code in allowed
    attempt.refresh_from_db()
    assert (attempt.submitted_at, AnswerEvent.objects.count(), attempt.sittings) == (None, 0, 1)


@pytest.mark.parametrize("position", [0, 7, 32768, 2**31, 10**30])
def test_a_question_that_the_test_does_not_have_is_not_there(
    participant: Client, attempt: Attempt, position: int
) -> None:
    assert participant.get(page_url(attempt, position)).status_code == 404
    assert participant.post(save_url(attempt, position), envelope()).status_code == 404


# The script's address


def test_saving_answers_200_with_json(participant: Client, attempt: Attempt) -> None:
    reply = participant.post(save_url(attempt), envelope(seq="5", **right(first(attempt))))
    assert (reply.status_code, reply.json()) == (200, {"saved": True, "sitting": 1, "seq": 5})


def test_a_retry_with_the_same_id_is_200_again(participant: Client, attempt: Attempt) -> None:
    fields = envelope(**right(first(attempt)))
    assert [participant.post(save_url(attempt), fields).status_code for _time in range(2)] == [200, 200]
    assert AnswerEvent.objects.count() == 1


def test_the_same_id_with_another_answer_is_409(participant: Client, attempt: Attempt) -> None:
    options = first(attempt).option_order
    fields = envelope(response=options[0])
    participant.post(save_url(attempt), fields)
    reply = participant.post(save_url(attempt), {**fields, "response": options[1]})
    assert (reply.status_code, bool(reply.json()["message"])) == (409, True)


def test_saving_after_handing_in_is_409(participant: Client, attempt: Attempt) -> None:
    submit_attempt(attempt=attempt)
    reply = participant.post(save_url(attempt), envelope(**right(first(attempt))))
    assert (reply.status_code, bool(reply.json()["message"])) == (409, True)
    assert not AnswerEvent.objects.exists()


MALFORMED = [
    {"client_id": ""},
    {"client_id": "not-a-uuid"},
    {"client_id": "\x00"},
    {"client_id": "1" * 100_000},
    {"sitting": ""},
    {"sitting": "0"},
    {"sitting": "-1"},
    {"sitting": "1.5"},
    {"sitting": "٣"},
    {"sitting": "9" * 5000},
    {"seq": str(2**31)},
    {"seq": "NaN"},
    {"seq": "1\x00"},
    {"score": "100"},
    {"is_correct": "true"},
    {"submitted_at": "2026-01-01"},
    {"response[]": "x"},
    {"response": "\x00"},
    {"response": "\ud800".encode("utf-8", "surrogatepass")},
    {"response-" + "a" * 300: "1"},
]


@pytest.mark.parametrize("fields", MALFORMED, ids=lambda fields: repr(next(iter(fields.items())))[:40])
def test_what_cannot_be_read_is_400_with_a_sentence(
    participant: Client, attempt: Attempt, fields: dict[str, Any]
) -> None:
    reply = participant.post(save_url(attempt), {**envelope(**right(first(attempt))), **fields})
    assert (reply.status_code, bool(reply.json()["message"])) == (400, True)
    assert not AnswerEvent.objects.exists()
    attempt.refresh_from_db()
    assert (attempt.score, attempt.submitted_at) == (None, None)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe=\x00&&&", b"[1,2,3]", b'{"response": {"a": 1}}', b"client_id=" + b"%00" * 50]
)
@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "application/json", "text/plain"]
)
def test_a_body_of_any_shape_is_never_a_server_error(
    participant: Client, attempt: Attempt, body: bytes, content_type: str
) -> None:
    assert participant.post(save_url(attempt), body, content_type=content_type).status_code == 400


def test_repeated_fields_are_no_error(participant: Client, attempt: Attempt) -> None:
    reply = participant.post(save_url(attempt), envelope(sitting=["1", "1"], response=["x", "y"]))
    assert reply.status_code == 400


def test_a_script_of_somebody_signed_out_is_told_to_keep_the_answer(client: Client, attempt: Attempt) -> None:
    reply = client.post(save_url(attempt), envelope(), headers={"accept": "application/json"})
    assert (reply.status_code, bool(reply.json()["message"])) == (401, True)


def test_the_refusal_is_in_the_language_of_the_page(participant: Client, attempt: Attempt) -> None:
    with translation.override("en"):
        url = save_url(attempt)
    submit_attempt(attempt=attempt)
    reply = participant.post(url, envelope(**right(first(attempt))))
    assert url.startswith("/en/")
    assert reply.json()["message"] == "This test has been handed in. Your answers up to then are safe."


@pytest.mark.parametrize("position", [1, 6])
def test_saving_takes_at_most_six_queries_in_one_transaction(
    participant: Client, attempt: Attempt, position: int, django_assert_max_num_queries: Any
) -> None:
    item = attempt.items.get(position=position)
    fields = envelope(**right(item))
    with django_assert_max_num_queries(6) as captured:
        assert participant.post(save_url(attempt, position), fields).status_code == 200
    statements = [query["sql"].split()[0] for query in captured.captured_queries]
    assert statements.count("SAVEPOINT") <= 1
    assert statements.count("INSERT") == 1
    assert "UPDATE" not in statements


def test_the_answers_of_one_person_never_reach_another(client: Client, enrolment: Enrolment) -> None:
    """An outbox of somebody who sat here before is refused under the name of who sits here now."""
    mine = start_attempt(enrolment=enrolment, occasion="pre")
    sign_in_as(client, EnrolmentFactory(cohort=enrolment.cohort).participant)
    assert client.post(save_url(mine), envelope(**right(first(mine)))).status_code == 404
    assert not AnswerEvent.objects.exists()
