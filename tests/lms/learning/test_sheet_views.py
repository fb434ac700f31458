"""Typing answers off paper: overview, grid, comparison, page of a sheet."""

import datetime
import io
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from lms.cohorts.models import Cohort, Enrolment
from lms.learning.domain import start_attempt
from lms.learning.helped_forms import rows_per_page
from lms.learning.models import Attempt, PaperSheet, ResponseFile
from tests.factories import EnrolmentFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.django_db
DAY = "2026-06-01"


@pytest.fixture
def keyer(client: Client, enrolment: Enrolment) -> Client:
    user = make_staff("pengetik", organisation=enrolment.cohort.organisation)
    grant(user, "cohorts.view_cohort", "learning.enter_attempt")
    client.force_login(user)
    return client


@pytest.fixture
def other(enrolment: Enrolment) -> Enrolment:
    return EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")


def url(cohort: Cohort, name: str, occasion: str = "pre") -> str:
    return reverse(f"learning_sheets_{name}", args=[cohort.pk, occasion, "A"])


def overview_url(cohort: Cohort) -> str:
    return reverse("learning_sheets", args=[cohort.pk])


def sheet_url(enrolment: Enrolment) -> str:
    return reverse("learning_sheet", args=[enrolment.cohort_id, "pre", enrolment.pk])


def cells(enrolment: Enrolment, **typed: str) -> dict[str, str]:
    return {f"c-{enrolment.pk}-{place[1:]}": text for place, text in typed.items()}


def key_in(client: Client, cohort: Cohort, fields: dict[str, str], name: str = "first", **more: str) -> Any:
    return client.post(url(cohort, name), {"taken_on": DAY, **fields, **more})


def test_two_equal_rounds_file_the_attempt(keyer: Client, enrolment: Enrolment) -> None:
    assert key_in(keyer, enrolment.cohort, cells(enrolment, q1="a", q4="1.200.000")).status_code == 302
    assert not Attempt.objects.exists()
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="A", q4="1200000"), "second")
    attempt = Attempt.objects.get()
    assert (attempt.mode, attempt.enrolment, attempt.paper_sheet.taken_on.isoformat()) == (
        "paper",
        enrolment,
        DAY,
    )


def test_the_second_round_hides_the_first(keyer: Client, enrolment: Enrolment) -> None:
    key_in(keyer, enrolment.cohort, cells(enrolment, q4="424242"))
    page = keyer.get(url(enrolment.cohort, "second"))
    assert [row["person"] for row in page.context["table"]] == [enrolment.participant]
    assert "424242" not in page.content.decode()


def test_a_cell_that_cannot_be_read_keeps_the_row_on_the_page_and_files_the_others(
    keyer: Client, enrolment: Enrolment, other: Enrolment
) -> None:
    response = key_in(keyer, enrolment.cohort, cells(enrolment, q1="Z", q4="77") | cells(other, q1="B"))
    assert response.status_code == 400
    text = response.content.decode()
    assert 'value="Z"' in text
    assert 'value="77"' in text
    (problem,) = response.context["problems"]
    assert enrolment.participant.full_name in problem
    assert "1" in problem
    assert [row["person"] for row in response.context["table"]] == [enrolment.participant]
    assert PaperSheet.objects.get().enrolment == other


def test_a_future_day_loses_nothing(keyer: Client, enrolment: Enrolment) -> None:
    tomorrow = (timezone.localdate() + datetime.timedelta(days=2)).isoformat()
    response = key_in(keyer, enrolment.cohort, cells(enrolment, q1="B"), taken_on=tomorrow)
    assert response.status_code == 400
    assert 'value="B"' in response.content.decode()
    response = key_in(keyer, enrolment.cohort, cells(enrolment, q1="B"), taken_on="kemarin")
    assert response.status_code == 400
    assert 'value="B"' in response.content.decode()
    assert not PaperSheet.objects.exists()


def test_the_day_offered_is_the_first_of_the_training_for_the_pre_test(
    keyer: Client, enrolment: Enrolment
) -> None:
    day = keyer.get(url(enrolment.cohort, "first")).context["day"]
    assert day.initial["taken_on"] == enrolment.cohort.starts_on
    day = keyer.get(reverse("learning_sheets_first", args=[enrolment.cohort.pk, "post", "B"])).context["day"]
    assert day.initial["taken_on"] == enrolment.cohort.ends_on


def test_typing_once_files_at_once_if_asked(keyer: Client, enrolment: Enrolment) -> None:
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="B"), single="on")
    attempt = Attempt.objects.get()
    assert attempt.records.get().detail["single"] is True
    assert "sekali" in keyer.get(sheet_url(enrolment)).content.decode()


def test_an_empty_row_is_no_sheet_and_an_empty_sheet_is_ticked(
    keyer: Client, enrolment: Enrolment, other: Enrolment
) -> None:
    key_in(keyer, enrolment.cohort, {f"blank-{other.pk}": "1"}, single="on")
    attempt = Attempt.objects.get()
    assert attempt.enrolment == other
    assert attempt.score == 0


def test_differences_are_shown_side_by_side_and_settled(keyer: Client, enrolment: Enrolment) -> None:
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="A", q4="12", q3="B"))
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="B", q4="13", q3="B"), "second")
    assert not Attempt.objects.exists()
    page = keyer.get(url(enrolment.cohort, "compare"))
    (sheet,) = page.context["sheets"]
    assert [(p["question"].position, p["first"], p["second"]) for p in sheet["places"]] == [
        (1, "A", "B"),
        (4, "12", "13"),
    ]
    key = sheet["sheet"].pk
    half = keyer.post(url(enrolment.cohort, "compare"), {f"s-{key}-1": "second"})
    assert half.status_code == 400
    assert [p["question"].position for p in half.context["sheets"][0]["places"]] == [4]
    wrong = {f"s-{key}-4": "other", f"o-{key}-4": "empat belas"}
    refused = keyer.post(url(enrolment.cohort, "compare"), wrong)
    assert refused.status_code == 400
    assert 'value="empat belas"' in refused.content.decode()
    done = keyer.post(url(enrolment.cohort, "compare"), {f"s-{key}-4": "other", f"o-{key}-4": "14"})
    assert done.status_code == 302
    assert Attempt.objects.get().records.get().detail["differences"] == {
        "1": {"first": "A", "second": "B", "settled": "B"},
        "4": {"first": "12", "second": "13", "settled": "14"},
    }


def test_people_with_a_try_have_no_row(keyer: Client, enrolment: Enrolment, other: Enrolment) -> None:
    start_attempt(enrolment=other, occasion="pre")
    table = keyer.get(url(enrolment.cohort, "first")).context["table"]
    assert [row["person"] for row in table] == [enrolment.participant]


def test_a_code_from_the_paper_finds_its_row(keyer: Client, enrolment: Enrolment) -> None:
    code = enrolment.participant.code
    for typed in (code.lower(), f"BB1/{enrolment.cohort.code}/pre/A/{code}"):
        page = keyer.get(url(enrolment.cohort, "first"), {"code": typed})
        assert 'class="ha-found"' in page.content.decode()


def test_the_overview_says_how_far_the_sheets_are(
    keyer: Client, enrolment: Enrolment, other: Enrolment
) -> None:
    third = EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="A") | cells(other, q1="A"))
    key_in(keyer, enrolment.cohort, cells(other, q1="B"), "second")
    (group,) = keyer.get(overview_url(enrolment.cohort)).context["groups"]
    assert (group["free"], group["once"], group["twice"]) == (1, 1, 1)
    assert third.participant.full_name in keyer.get(url(enrolment.cohort, "first")).content.decode()


def test_more_rows_than_a_form_may_send_come_on_the_next_page(
    keyer: Client, enrolment: Enrolment, other: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rows_per_page([None] * 99) * 100 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS  # type: ignore[list-item]
    monkeypatch.setattr("lms.learning.views.grid.rows_per_page", lambda questions: 1)
    (row,) = keyer.get(url(enrolment.cohort, "first")).context["table"]
    first = next(e for e in (enrolment, other) if e.participant == row["person"])
    key_in(keyer, enrolment.cohort, cells(first, q1="A"))
    (row,) = keyer.get(url(enrolment.cohort, "first")).context["table"]
    assert row["person"] != first.participant


def photo(content: bytes | None = None) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return SimpleUploadedFile("lembar.png", content or buffer.getvalue(), content_type="image/png")


@pytest.fixture
def private(tmp_path: Any, settings: Any) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path)


@pytest.mark.usefixtures("private")
def test_a_photo_may_come_before_the_answers_and_follows_them(keyer: Client, enrolment: Enrolment) -> None:
    assert keyer.post(sheet_url(enrolment), {"photo": photo()}).status_code == 302
    record = ResponseFile.objects.get()
    assert record.attempt is None
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="A"), single="on")
    record.refresh_from_db()
    assert record.attempt == Attempt.objects.get()
    response = keyer.get(reverse("learning_marking:file", args=[record.pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    keyer.post(sheet_url(enrolment), {"photo": photo()})
    assert ResponseFile.objects.filter(attempt=record.attempt).count() == 2


@pytest.mark.usefixtures("private")
def test_what_is_no_photo_is_refused_in_a_sentence(keyer: Client, enrolment: Enrolment) -> None:
    response = keyer.post(sheet_url(enrolment), {"photo": photo(b"<script>alert(1)</script>")})
    assert response.status_code == 400
    assert response.context["form"].errors["photo"]
    assert not ResponseFile.objects.exists()


@pytest.mark.usefixtures("private")
def test_a_photo_is_for_staff_of_the_training_only(keyer: Client, enrolment: Enrolment) -> None:
    keyer.post(sheet_url(enrolment), {"photo": photo()})
    stranger = make_staff("jauh", organisation=EnrolmentFactory().cohort.organisation)
    grant(stranger, "learning.enter_attempt", "cohorts.view_cohort")
    keyer.force_login(stranger)
    record = ResponseFile.objects.get()
    assert keyer.get(reverse("learning_marking:file", args=[record.pk])).status_code == 404
    assert keyer.get(sheet_url(enrolment)).status_code == 404


def test_what_was_typed_in_the_wrong_row_can_be_typed_again(keyer: Client, enrolment: Enrolment) -> None:
    key_in(keyer, enrolment.cohort, cells(enrolment, q1="A"))
    assert keyer.post(sheet_url(enrolment), {"restart": "1"}).status_code == 302
    table = keyer.get(url(enrolment.cohort, "first")).context["table"]
    assert [row["person"] for row in table] == [enrolment.participant]


def test_the_number_of_queries_does_not_grow_with_people(keyer: Client, enrolment: Enrolment) -> None:
    pages = [url(enrolment.cohort, "first"), overview_url(enrolment.cohort)]
    counts: list[list[int]] = []
    for _round in range(2):
        counts.append([])
        for page in pages:
            keyer.get(page)
            with CaptureQueriesContext(connection) as queries:
                keyer.get(page)
            counts[-1].append(len(queries))
        for _person in range(3):
            EnrolmentFactory(cohort=enrolment.cohort, form_order="AB")
    assert counts[0] == counts[1]


def test_it_needs_the_permission_to_enter_answers(client: Client, enrolment: Enrolment) -> None:
    user = make_staff("tamu", organisation=enrolment.cohort.organisation)
    grant(user, "cohorts.view_cohort")
    client.force_login(user)
    for address in (overview_url(enrolment.cohort), url(enrolment.cohort, "first"), sheet_url(enrolment)):
        assert client.get(address).status_code == 302
    assert key_in(client, enrolment.cohort, cells(enrolment, q1="A")).status_code == 302
    assert not PaperSheet.objects.exists()
