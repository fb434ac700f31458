"""Signing in and out as a browser sees it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lms.people.domain import issue_pin
from lms.people.models import SignInBudget
from tests.factories import make_staff
from tests.lms.people.conftest import BEAT, CONFIRM, OWN_PAGE, SIGN_IN, SIGN_OUT, Card, make_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]
Enter = Callable[[Card], None]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_code_and_pin_lead_to_the_question_about_the_name(client: Client, card: Card) -> None:
    response = client.post(SIGN_IN, card.fields)
    assert (response.status_code, response["Location"]) == (303, CONFIRM)
    page = text_of(client.get(CONFIRM))
    assert "Kenari Dua Belas" in page
    assert "Liu" in page


def test_before_the_name_is_confirmed_no_own_page_opens(client: Client, card: Card) -> None:
    client.post(SIGN_IN, card.fields)
    assert client.get(OWN_PAGE).status_code == 302
    assert client.get(SIGN_IN).wsgi_request.participant is None


def test_yes_leads_to_the_own_page(client: Client, card: Card) -> None:
    client.post(SIGN_IN, card.fields)
    response = client.post(CONFIRM)
    assert (response.status_code, response["Location"]) == (303, OWN_PAGE)
    assert "Kenari Dua Belas" in text_of(client.get(OWN_PAGE))


def test_not_me_signs_out(client: Client, card: Card) -> None:
    client.post(SIGN_IN, card.fields)
    page = text_of(client.get(CONFIRM))
    assert f'action="{SIGN_OUT}"' in page
    client.post(SIGN_OUT)
    response = client.get(CONFIRM)
    assert (response.status_code, response["Location"]) == (303, SIGN_IN)


def test_who_walks_away_from_the_question_is_forgotten_at_the_next_sign_in_page(
    client: Client, card: Card
) -> None:
    client.post(SIGN_IN, card.fields)
    client.get(SIGN_IN)
    assert client.post(CONFIRM)["Location"] == SIGN_IN
    assert client.get(OWN_PAGE).status_code == 302


@pytest.mark.parametrize("is_known", [True, False], ids=["wrong PIN", "unknown code"])
def test_what_does_not_match_is_400_and_keeps_the_code_only(
    client: Client, card: Card, is_known: bool
) -> None:
    code = card.participant.code if is_known else "XXXXX"
    response = client.post(SIGN_IN, {"code": code, "pin": card.wrong_pin})
    page = text_of(response)
    assert response.status_code == 400
    assert f'value="{code}"' in page
    assert card.wrong_pin not in page
    assert re.search('name="pin"[^>]*autofocus', page)
    assert "Kenari" not in page


def test_unknown_code_and_wrong_pin_get_the_same_page(client: Client, card: Card) -> None:
    client.get(SIGN_IN)
    pages = set()
    for code in (card.participant.code, "XXXXX"):
        page = text_of(client.post(SIGN_IN, {"code": code, "pin": card.wrong_pin}))
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages.add(page.replace(code, "CODE"))
    assert len(pages) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"code": "T1", "pin": "12345"},
        {"code": "\x00", "pin": "\x00"},
        {"code": "x" * 9999, "pin": "9" * 9999},
    ],
)
def test_what_cannot_be_a_code_or_pin_is_400_and_costs_no_try(client: Client, fields: dict[str, str]) -> None:
    assert client.post(SIGN_IN, fields).status_code == 400
    assert not SignInBudget.objects.exists()


def test_too_many_wrong_tries_are_429_with_the_time_to_wait(client: Client, card: Card) -> None:
    client.get(SIGN_IN)
    for _ in range(5):
        client.post(SIGN_IN, {**card.fields, "pin": card.wrong_pin})
    response = client.post(SIGN_IN, card.fields)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "15" in text_of(response)
    assert card.pin not in text_of(response)


def test_the_browser_is_named_once_by_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    cookie = client.get(SIGN_IN).cookies["bb_device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)
    assert len(cookie.value) >= 20
    assert "bb_device" not in client.get(SIGN_IN).cookies


def test_browsers_have_budgets_of_their_own_and_those_without_a_name_share_one(card: Card) -> None:
    for _ in range(2):
        Client().post(SIGN_IN, {**card.fields, "pin": card.wrong_pin})
    named = Client()
    named.get(SIGN_IN)
    named.post(SIGN_IN, {**card.fields, "pin": card.wrong_pin})
    assert sorted(SignInBudget.objects.filter(scope="device").values_list("failures", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/tes/7/?a=1", "/tes/7/?a=1"),
        ("", OWN_PAGE),
        ("https://evil.example/", OWN_PAGE),
        ("//evil.example/", OWN_PAGE),
        ("/\\evil.example", OWN_PAGE),
        ("javascript:alert(1)", OWN_PAGE),
    ],
)
def test_only_an_address_of_this_site_is_followed(
    client: Client, card: Card, wanted: str, reached: str
) -> None:
    asked = client.post(f"{SIGN_IN}?{urlencode({'next': wanted})}", card.fields)["Location"]
    assert client.post(asked)["Location"] == reached


def test_the_address_that_was_refused_is_reached_after_signing_in(client: Client, card: Card) -> None:
    bounced = client.get("/tes/7/?a=1")
    assert bounced.status_code == 302
    asked = client.post(bounced["Location"], card.fields)["Location"]
    assert client.post(asked)["Location"] == "/tes/7/?a=1"


def test_the_next_person_is_not_sent_to_the_page_of_the_last(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    client.post(SIGN_OUT)
    bounced = client.get("/tes/7/")["Location"]
    assert client.post(bounced, make_card().fields)["Location"] == CONFIRM


def test_who_left_and_comes_back_reaches_the_same_page(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    client.post(SIGN_OUT)
    bounced = client.get("/tes/7/")["Location"]
    assert client.post(client.post(bounced, card.fields)["Location"])["Location"] == "/tes/7/"


def test_who_is_signed_in_goes_from_the_sign_in_page_to_the_own_page(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    for address in (SIGN_IN, CONFIRM):
        assert client.get(address)["Location"] == OWN_PAGE


def test_a_sign_in_counts_for_who_sends_it_even_if_somebody_else_is_signed_in(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    client.post(SIGN_IN, make_card(full_name="Melati Satu").fields)
    page = text_of(client.get(CONFIRM))
    assert "Melati Satu" in page
    assert "Kenari" not in page


def test_signing_in_and_out_gives_the_browser_a_new_cookie_in_the_same_answer(
    client: Client, card: Card, enter: Enter
) -> None:
    signed_in = client.post(SIGN_IN, card.fields).cookies["bb_session"].value
    client.post(CONFIRM)
    response = client.post(SIGN_OUT)
    anonymous = response.cookies["bb_session"]
    assert (response.status_code, response["Location"]) == (303, SIGN_IN)
    assert anonymous.value not in ("", signed_in)
    assert anonymous["max-age"] == ""
    assert "Kenari" not in text_of(client.get(SIGN_IN))
    assert client.get(OWN_PAGE).status_code == 302


def test_the_old_cookie_opens_nothing_after_signing_out(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    thief = Client()
    thief.cookies["bb_session"] = client.cookies["bb_session"].value
    client.post(SIGN_OUT)
    assert thief.get(OWN_PAGE).status_code == 302


def test_signing_out_by_get_is_refused_and_signs_nobody_out(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    assert client.get(SIGN_OUT).status_code == 405
    assert client.get(OWN_PAGE).status_code == 200


def test_signing_out_twice_is_no_error(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    assert [client.post(SIGN_OUT).status_code for _ in range(2)] == [303, 303]


def test_forms_opened_before_a_sign_in_cannot_be_sent_after_it(card: Card) -> None:
    browser = Client(enforce_csrf_checks=True)
    form = text_of(browser.get(SIGN_IN))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)  # type: ignore[union-attr]
    assert browser.post(SIGN_IN, {**card.fields, "csrfmiddlewaretoken": token}).status_code == 303
    assert browser.post(CONFIRM, {"csrfmiddlewaretoken": token}).status_code == 403


def test_every_answer_to_a_participant_stays_out_of_caches(client: Client, card: Card, enter: Enter) -> None:
    answers = [
        client.get(SIGN_IN),
        client.post(SIGN_IN, card.fields),
        client.get(CONFIRM),
        client.post(CONFIRM),
    ]
    answers += [client.get(address) for address in (OWN_PAGE, SIGN_IN, BEAT, "/", "/tidak-ada/", SIGN_OUT)]
    answers += [client.post(BEAT), client.post(SIGN_OUT), client.get(BEAT), client.get(SIGN_IN)]
    assert [
        answer.request["PATH_INFO"] for answer in answers if "no-store" not in answer["Cache-Control"]
    ] == []
    assert all("Cookie" in answer["Vary"] for answer in answers)


def test_the_heartbeat_tells_one_sign_in_from_the_next(client: Client, card: Card, enter: Enter) -> None:
    assert client.get(BEAT).status_code == 401
    marks = []
    for person in (card, make_card()):
        enter(person)
        response = client.get(BEAT)
        assert (response.status_code, response.content) == (204, b"")
        assert f'data-mark="{response["X-Session-Mark"]}"' in text_of(client.get(OWN_PAGE))
        marks.append(response["X-Session-Mark"])
    assert marks[0] != marks[1]


def test_a_script_of_somebody_signed_out_gets_401_in_place_of_a_page(client: Client) -> None:
    response = client.post(OWN_PAGE, headers={"accept": "application/json"})
    assert response.status_code == 401
    assert response.json()["message"]


def test_a_new_pin_ends_the_sessions_of_the_old_one(client: Client, card: Card, enter: Enter) -> None:
    enter(card)
    before = client.cookies["bb_session"].value
    issue_pin(participant=card.participant)
    assert client.get(OWN_PAGE).status_code == 302
    assert client.cookies["bb_session"].value != before


def test_who_is_switched_off_is_signed_out_at_the_next_request(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    card.participant.is_active = False
    card.participant.save()
    assert client.get(OWN_PAGE).status_code == 302
    assert client.get(BEAT).status_code == 401
    card.participant.is_active = True
    card.participant.save()
    assert client.get(OWN_PAGE).status_code == 302


def test_staff_are_told_that_signing_in_here_ends_their_own_sign_in(client: Client, card: Card) -> None:
    notice = "bb-message--warning"
    assert notice not in text_of(client.get(SIGN_IN))
    client.force_login(make_staff(), backend="django.contrib.auth.backends.ModelBackend")
    assert notice in text_of(client.get(SIGN_IN))
    client.post(SIGN_IN, card.fields)
    assert not client.get(CONFIRM).wsgi_request.user.is_authenticated


def test_staff_who_sign_in_over_a_participant_are_not_that_participant(
    client: Client, card: Card, enter: Enter
) -> None:
    enter(card)
    client.force_login(make_staff(), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(OWN_PAGE)
    assert response.status_code == 302
    assert response.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_both_languages_and_name_nobody_in_title_or_address(
    client: Client, card: Card, language: str
) -> None:
    prefix = "" if language == "id" else "/en"
    form = client.get(prefix + SIGN_IN)
    asked = client.post(prefix + SIGN_IN, card.fields)
    name = client.get(asked["Location"])
    reached = client.post(asked["Location"])
    own = client.get(reached["Location"])
    assert asked["Location"] == prefix + CONFIRM
    assert reached["Location"] == prefix + OWN_PAGE
    for page in map(text_of, (form, name, own)):
        assert f'<html lang="{language}"' in page
        title = re.search("<title>(.*?)</title>", page).group(1)  # type: ignore[union-attr]
        assert "Kenari" not in title
        assert not re.search(r'(href|action|src)="[^"]*Kenari', page)


def test_a_participant_without_a_dusun_is_asked_by_village(client: Client) -> None:
    card = make_card(dusun="", village__name="Loonuna")
    client.post(SIGN_IN, card.fields)
    assert "Loonuna" in text_of(client.get(CONFIRM))
