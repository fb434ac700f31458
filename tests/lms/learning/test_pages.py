"""All questions on one page: one form, each answer filed by itself, only what was changed here."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lms.learning.domain import open_sitting, save_answer, start_attempt
from lms.learning.models import AnswerEvent, Attempt, AttemptItem
from lms.learning.queries import current_answers
from tests.lms.learning.answers import answer, posted, right

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="(client_id|sitting|seq|was\d+)" value="([^"]*)"')


@pytest.fixture
def one_page(attempt: Attempt) -> Attempt:
    attempt.assessment.layout = "page"
    attempt.assessment.save()
    return attempt


def url_of(attempt: Attempt) -> str:
    with translation.override("en"):
        return reverse("learning:page", args=[attempt.pk])


def hidden(client: Client, attempt: Attempt) -> dict[str, str]:
    """The hidden fields of the page, as a browser without scripts would send them."""
    return dict(HIDDEN.findall(client.get(url_of(attempt)).content.decode()))


def placed(item: AttemptItem, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer under the names of its place."""
    return {re.sub(r"^response", f"q{item.position}", name): value for name, value in fields.items()}


def all_right(attempt: Attempt) -> dict[str, Any]:
    everything: dict[str, Any] = {}
    for item in attempt.items.all():
        everything |= placed(item, right(item))
    return everything


def test_every_question_is_there_once_under_names_of_its_own(participant: Client, one_page: Attempt) -> None:
    content = participant.get(url_of(one_page)).content.decode()
    assert len(re.findall("<form[^>]*data-answer-form", content)) == 1
    assert re.findall(r'id="soal-(\d+)"', content) == ["1", "2", "3", "4", "5", "6"]
    identities = re.findall(r' id="([^"]+)"', content)
    assert len(identities) == len(set(identities))
    assert 'name="response' not in content
    assert content.count("<h1") == 1


def test_one_button_sends_everything(participant: Client, one_page: Attempt) -> None:
    fields = {**hidden(participant, one_page), **all_right(one_page), "go": "review"}
    reply = participant.post(url_of(one_page), fields)
    assert (reply.status_code, AnswerEvent.objects.count()) == (303, 6)
    assert reply["Location"].endswith("/periksa/")
    assert {item.pk: bool(response) for item, response in _answers(one_page)} == {
        item.pk: True for item in one_page.items.all()
    }


def _answers(attempt: Attempt) -> list[tuple[AttemptItem, Any]]:
    known = current_answers(attempt)
    return [(item, known.get(item.pk)) for item in attempt.items.all()]


def test_sent_again_it_files_nothing_again(participant: Client, one_page: Attempt) -> None:
    fields = {**hidden(participant, one_page), **all_right(one_page)}
    assert [participant.post(url_of(one_page), fields).status_code for _time in range(2)] == [303, 303]
    assert AnswerEvent.objects.count() == 6


def test_what_was_not_changed_here_does_not_overwrite_what_changed_elsewhere(
    participant: Client, one_page: Attempt
) -> None:
    first, second = one_page.items.filter(position__in=(1, 4)).order_by("position")
    answer(first, sequence=1)
    old_tab = hidden(participant, one_page)
    other = next(option for option in first.option_order if option != right(first)["response"])
    answer(first, {"response": other}, sequence=2)
    participant.post(
        url_of(one_page), {**old_tab, **placed(first, right(first)), **placed(second, right(second))}
    )
    assert current_answers(one_page)[first.pk] == other
    assert current_answers(one_page)[second.pk] is not None


def test_a_change_in_an_old_tab_wins_when_it_is_made_last(participant: Client, one_page: Attempt) -> None:
    item = one_page.items.get(position=1)
    old_tab = hidden(participant, one_page)
    for option in item.option_order[1:]:
        participant.post(
            url_of(one_page), {**hidden(participant, one_page), **placed(item, {"response": option})}
        )
    participant.post(url_of(one_page), {**old_tab, **placed(item, {"response": item.option_order[0]})})
    assert current_answers(one_page)[item.pk] == item.option_order[0]


def test_one_refused_answer_keeps_none_of_the_others_and_nothing_typed_is_lost(
    participant: Client, one_page: Attempt
) -> None:
    numeric = one_page.items.get(kind="numeric")
    fields = {**hidden(participant, one_page), **all_right(one_page), f"q{numeric.position}": "dua juta"}
    reply = participant.post(url_of(one_page), fields)
    content = reply.content.decode()
    assert (reply.status_code, AnswerEvent.objects.count()) == (400, 5)
    assert 'value="dua juta"' in content
    assert f'href="#soal-{numeric.position}"' in content
    assert content.count("is-saved") == 5


def test_taking_an_answer_back_is_filed(participant: Client, one_page: Attempt) -> None:
    item = one_page.items.get(position=4)
    answer(item)
    participant.post(url_of(one_page), {**hidden(participant, one_page), f"q{item.position}": ""})
    assert current_answers(one_page)[item.pk] is None


def test_the_script_s_address_knows_the_names_of_the_place(participant: Client, one_page: Attempt) -> None:
    item = one_page.items.get(kind="ordering")
    fields = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1", **placed(item, right(item))}
    reply = participant.post(reverse("learning:save", args=[one_page.pk, item.position]), fields)
    assert reply.status_code == 200
    assert current_answers(one_page)[item.pk]


def test_names_of_another_place_are_no_answer(participant: Client, one_page: Attempt) -> None:
    item = one_page.items.get(position=1)
    fields = {
        "client_id": str(uuid.uuid4()),
        "sitting": "1",
        "seq": "1",
        "score": "9",
        **placed(item, right(item)),
    }
    reply = participant.post(reverse("learning:save", args=[one_page.pk, 1]), fields)
    assert reply.status_code == 400
    reply = participant.post(url_of(one_page), {**hidden(participant, one_page), "score": "9"})
    assert (reply.status_code, AnswerEvent.objects.count()) == (400, 0)


def test_a_question_of_its_own_leads_to_its_place_on_the_page(participant: Client, one_page: Attempt) -> None:
    reply = participant.get(reverse("learning:question", args=[one_page.pk, 3]))
    assert reply["Location"] == f"/tes/{one_page.pk}/soal/#soal-3"
    start = participant.post("/tes/pre/mulai/", {"number": "1"})
    assert start["Location"] == f"/tes/{one_page.pk}/soal/#soal-1"


def test_the_queries_of_the_page_do_not_grow_with_its_questions(
    participant: Client, one_page: Attempt, django_assert_max_num_queries: Any
) -> None:
    """Three for each kind that has options, and a fixed number for the page."""
    participant.get(url_of(one_page))
    with django_assert_max_num_queries(22):
        participant.get(url_of(one_page))


# Marks


@pytest.mark.parametrize("layout", ["page", "question"])
def test_a_mark_is_set_and_taken_away_without_a_script_and_the_answer_is_kept(
    participant: Client, attempt: Attempt, layout: str
) -> None:
    attempt.assessment.layout = layout
    attempt.assessment.save()
    item = attempt.items.get(position=4)
    seen = []
    for _time in range(2):
        if layout == "page":
            fields = {**hidden(participant, attempt), **placed(item, right(item)), "go": "flag-4"}
            reply = participant.post(url_of(attempt), fields)
            assert reply["Location"].endswith("/soal/#soal-4")
        else:
            url = reverse("learning:question", args=[attempt.pk, 4])
            envelope = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1"}
            reply = participant.post(url, {**envelope, **right(item), "go": "flag"})
            assert reply["Location"] == url
        item.refresh_from_db()
        seen.append(item.flagged)
    assert seen == [True, False]
    assert current_answers(attempt)[item.pk] is not None


def test_the_script_marks_and_the_review_shows_it(participant: Client, attempt: Attempt) -> None:
    url = reverse("learning:flag", args=[attempt.pk, 2])
    assert participant.post(url, {"flagged": "1"}).json() == {"flagged": True}
    with translation.override("en"):
        review = participant.get(reverse("learning:review", args=[attempt.pk])).content.decode()
    assert "You have marked 1 question to look at again." in review
    assert review.count("bb-square is-flagged") == 2  # the question, and the legend


# Saving


def test_i_do_not_know_is_an_answer_and_a_real_answer_wins_over_the_tick(attempt: Attempt) -> None:
    attempt.items.update(offers_dont_know=True)
    single, multiple = attempt.items.get(kind="single"), attempt.items.get(kind="multiple")
    for item, fields in (
        (single, {"response": "dont-know"}),
        (multiple, {"dont_know": "1", **right(multiple)}),
    ):
        save_answer(item=item, event_id=uuid.uuid4(), sitting=1, sequence=1, data=posted(fields))
    assert current_answers(attempt)[single.pk] == {"dont_know": True}
    assert sorted(current_answers(attempt)[multiple.pk]) == sorted(right(multiple)["response"])


def test_a_second_attempt_of_the_same_person_keeps_its_own_sittings(attempt: Attempt) -> None:
    again = start_attempt(enrolment=attempt.enrolment, occasion="pre")
    assert [open_sitting(attempt=again) for _time in range(2)] == [2, 3]


def test_without_scripts_each_question_has_a_button_that_saves_up_to_there(
    participant: Client, one_page: Attempt
) -> None:
    content = participant.get(url_of(one_page)).content.decode()
    assert "after 10 minutes without it you are signed out" in content
    places = re.findall(r'<noscript><p><button name="go" value="save-(\d+)"', content)
    assert [int(place) for place in places] == [1, 2, 3, 4, 5, 6]
    item = one_page.items.get(position=3)
    fields = hidden(participant, one_page) | placed(item, right(item)) | {"go": "save-3"}
    reply = participant.post(url_of(one_page), fields)
    assert reply["Location"] == f"{url_of(one_page)}#soal-3"
    assert item.pk in current_answers(one_page)
