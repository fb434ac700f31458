"""A person sees the own certificate, the public four facts of it, staff those of their organisation."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lms.certificates.codes import encode, grouped
from lms.certificates.domain import issue_certificate, revoke_certificate
from lms.certificates.models import Certificate
from lms.certificates.queries import rows_of_cohort
from lms.cohorts.models import Cohort, Enrolment
from lms.outbox.models import OutboxEntry
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.helpers import grant

pytestmark = pytest.mark.django_db
Printed = Callable[..., Certificate]
Graduate = Callable[..., Enrolment]
BrowserOf = Callable[[Enrolment], Client]


def text_of(client: Client, address: str, status: int = 200) -> str:
    """The English page: its words are those of the source, whatever the catalogue says."""
    response = client.get("/en" + address)
    assert response.status_code == status
    return response.content.decode()


# ------------------------------------------------------------------ own


def test_who_has_not_met_the_rule_sees_what_is_missing(cohort: Cohort, browser_of: BrowserOf) -> None:
    page = text_of(browser_of(EnrolmentFactory(cohort=cohort)), "/sertifikat/")
    assert page.count(">not met yet<") >= 1
    assert "/unduh/" not in page


def test_while_it_is_made_there_is_a_number_and_a_way_to_look_again(
    graduate: Graduate, browser_of: BrowserOf
) -> None:
    certificate = issue_certificate(enrolment=graduate())
    page = text_of(browser_of(certificate.enrolment), "/sertifikat/")
    assert certificate.number in page
    assert "Look again" in page
    assert "/unduh/" not in page


def test_a_finished_one_can_be_downloaded(printed: Printed, browser_of: BrowserOf, pdf_file: Any) -> None:
    certificate = printed("Maria Bere")
    browser = browser_of(certificate.enrolment)
    page = text_of(browser, "/sertifikat/")
    assert "/sertifikat/unduh/" in page
    assert grouped(certificate.code) in page
    response = browser.get("/sertifikat/unduh/")
    assert b"".join(response.streaming_content) == pdf_file(certificate).read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Maria" not in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nobody_downloads_the_certificate_of_another(
    printed: Printed, cohort: Cohort, browser_of: BrowserOf
) -> None:
    printed("Maria Bere")
    other = browser_of(EnrolmentFactory(cohort=cohort))
    assert other.get("/sertifikat/unduh/").status_code == 404
    assert "Maria" not in text_of(other, "/sertifikat/")


def test_who_is_not_signed_in_is_led_to_the_sign_in(client: Client) -> None:
    for address in ("/sertifikat/", "/sertifikat/unduh/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("people:sign_in"))


def test_a_file_that_vanished_is_not_promised(
    printed: Printed, browser_of: BrowserOf, pdf_file: Callable[[Certificate], Path]
) -> None:
    certificate = printed()
    pdf_file(certificate).unlink()
    browser = browser_of(certificate.enrolment)
    assert "Look again" in text_of(browser, "/sertifikat/")
    assert browser.get("/sertifikat/unduh/").status_code == 404


def test_a_revoked_one_is_said_to_be_void_and_not_sent(printed: Printed, browser_of: BrowserOf) -> None:
    certificate = printed()
    revoke_certificate(certificate=certificate, reason="salah", by=make_staff())
    browser = browser_of(certificate.enrolment)
    assert "no longer valid" in text_of(browser, "/sertifikat/")
    assert browser.get("/sertifikat/unduh/").status_code == 404


# --------------------------------------------------------------- public


def test_the_public_page_shows_name_title_date_and_status_and_nothing_else(
    graduate: Graduate, client: Client
) -> None:
    enrolment = graduate("Maria Bere", role="Ketua BPD", dusun="Piebulak", age_band="60+")
    certificate = issue_certificate(enrolment=enrolment)
    page = text_of(client, f"/v/{certificate.code}/")
    for fact in ("Maria Bere", "Pelatihan perencanaan desa", "Valid"):
        assert fact in page
    person = enrolment.participant
    absent = (
        "Ketua BPD",
        "Piebulak",
        "60+",
        person.code,
        str(person.pk),
        str(enrolment.pk),
        str(certificate.pk),
    )
    for secret in (*absent, certificate.number, "Yosef", "Loonuna", "Desa menata diri"):
        assert secret not in page


def test_the_public_page_is_neither_indexed_nor_kept(graduate: Graduate, client: Client) -> None:
    response = client.get(f"/v/{issue_certificate(enrolment=graduate()).code}/")
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_the_public_page_says_revoked_without_the_reason(graduate: Graduate, client: Client) -> None:
    certificate = issue_certificate(enrolment=graduate())
    revoke_certificate(certificate=certificate, reason="Nama palsu", by=make_staff())
    page = text_of(client, f"/v/{certificate.code}/")
    assert "was revoked" in page
    assert "palsu" not in page


def test_the_public_page_says_that_data_are_simulated(graduate: Graduate, client: Client) -> None:
    certificate = issue_certificate(enrolment=graduate(is_simulated=True))
    assert "simulated data" in text_of(client, f"/v/{certificate.code}/")


def test_a_name_that_is_markup_stays_words(graduate: Graduate, client: Client) -> None:
    certificate = issue_certificate(enrolment=graduate("<script>alert(1)</script>"))
    page = text_of(client, f"/v/{certificate.code}/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_every_unknown_code_gets_the_same_answer(client: Client) -> None:
    codes = [encode(0), encode(2**128 - 1), "abc", "x" * 300, "%00"]
    answers = {(r.status_code, r.content) for r in (client.get(f"/v/{code}/") for code in codes)}
    typed = client.get("/periksa/", {"kode": "bukan kode"})
    assert len({(status, strip_address(content)) for status, content in answers}) == 1
    assert {status for status, _content in answers} == {404}
    assert typed.status_code == 404
    assert "noindex" in typed["X-Robots-Tag"]


def strip_address(content: bytes) -> str:
    """The page without its language switch and its field, which repeat what was asked for."""
    page = re.sub(r'<input[^>]*name="kode"[^>]*>', "", content.decode())
    return "\n".join(line for line in page.splitlines() if "hreflang" not in line)


def test_a_code_that_is_unknown_stays_in_the_field_to_be_compared(client: Client) -> None:
    assert 'value="bukan kode"' in client.get("/periksa/", {"kode": "bukan kode"}).content.decode()
    assert f'value="{grouped(encode(5))}"' in client.get(f"/v/{encode(5).lower()}/").content.decode()


def test_a_code_typed_in_any_way_leads_to_its_page(graduate: Graduate, client: Client) -> None:
    code = issue_certificate(enrolment=graduate()).code
    typed = grouped(code).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = client.get("/periksa/", {"kode": typed})
    assert response["Location"] == f"/v/{code}/"
    assert client.get(f"/v/{code.lower()}/").status_code == 200


def test_the_form_asks_again_when_nothing_was_typed(client: Client) -> None:
    assert client.get("/periksa/").status_code == 200
    assert client.get("/periksa/", {"kode": ""}).status_code == 200
    assert client.get("/periksa/", {"kode": "A" * 100_000}).status_code == 200


# ---------------------------------------------------------------- staff


@pytest.fixture
def organiser(cohort: Cohort) -> Any:
    staff = make_staff(organisation=cohort.organisation)
    names = ("view_certificate", "add_certificate", "change_certificate")
    grant(staff, *(f"certificates.{name}" for name in names))
    return staff


@pytest.fixture
def desk(organiser: Any, client: Client) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture(autouse=True)
def _english_admin() -> Any:
    with translation.override("en"):
        yield


def list_page(desk: Client, cohort: Cohort) -> str:
    return desk.get(reverse("certificates_cohort", args=[cohort.pk])).content.decode()


def test_the_list_tells_who_holds_which_number_and_who_lacks_what(
    desk: Client, cohort: Cohort, printed: Printed
) -> None:
    certificate = printed("Maria Bere")
    EnrolmentFactory(cohort=cohort, participant__full_name="Yohanes Mali")
    page = list_page(desk, cohort)
    for words in ("Maria Bere", certificate.number, "Yohanes Mali"):
        assert words in page
    assert reverse("certificates_download", args=[certificate.pk]) in page


def test_an_empty_cohort_has_an_empty_list(desk: Client, cohort: Cohort) -> None:
    assert desk.get(reverse("certificates_cohort", args=[cohort.pk])).status_code == 200


def test_the_list_costs_the_same_number_of_queries_for_more_certificates(
    desk: Client, cohort: Cohort, graduate: Graduate, django_assert_max_num_queries: Any
) -> None:
    for _ in range(2):
        issue_certificate(enrolment=graduate())
    list_page(desk, cohort)
    with django_assert_max_num_queries(30) as few:
        list_page(desk, cohort)
    for _ in range(3):
        issue_certificate(enrolment=graduate())
    with django_assert_max_num_queries(len(few.captured_queries)):
        list_page(desk, cohort)


@pytest.mark.parametrize("people", [1, 3])
def test_people_on_their_way_cost_the_same_for_one_and_for_many(
    cohort: Cohort, people: int, django_assert_num_queries: Any
) -> None:
    EnrolmentFactory.create_batch(people, cohort=cohort)
    # Certificates, completions, people; then two for attendance, one for the test, one for the plan.
    with django_assert_num_queries(7):
        rows = list(rows_of_cohort(cohort))
    assert [len(row.requirements) for row in rows] == [3] * people


def test_staff_of_another_organisation_find_nothing(
    desk: Client, printed: Printed, graduate: Graduate
) -> None:
    foreign = CohortFactory()
    certificate = printed(cohort=foreign)
    enrolment = graduate(cohort=foreign)
    assert desk.get(reverse("certificates_cohort", args=[foreign.pk])).status_code == 404
    assert desk.get(reverse("certificates_download", args=[certificate.pk])).status_code == 404
    assert (
        desk.post(reverse("certificates_revoke", args=[certificate.pk]), {"reason": "x"}).status_code == 404
    )
    assert desk.post(reverse("certificates_issue", args=[enrolment.pk])).status_code == 404
    assert desk.get(reverse("certificates_download", args=[uuid.uuid4()])).status_code == 404
    certificate.refresh_from_db()
    assert certificate.status == "valid"


def test_staff_without_the_permission_are_refused(client: Client, cohort: Cohort, printed: Printed) -> None:
    certificate = printed()
    client.force_login(make_staff(organisation=cohort.organisation))
    for name, key in (
        ("certificates_cohort", cohort.pk),
        ("certificates_download", certificate.pk),
        ("certificates_revoke", certificate.pk),
    ):
        response = client.get(reverse(name, args=[key]))
        assert response.status_code in (302, 403)
        assert certificate.number not in response.content.decode()


def test_a_participant_cannot_open_the_desk(printed: Printed, browser_of: BrowserOf) -> None:
    certificate = printed()
    response = browser_of(certificate.enrolment).get(reverse("certificates_download", args=[certificate.pk]))
    assert response.status_code == 302


def test_revoking_asks_for_a_reason_and_a_new_one_can_be_issued(
    desk: Client, cohort: Cohort, printed: Printed, organiser: Any
) -> None:
    certificate = printed("Maria Bere")
    address = reverse("certificates_revoke", args=[certificate.pk])
    assert "Maria Bere" in desk.get(address).content.decode()
    assert desk.post(address, {"reason": ""}).status_code == 200
    assert desk.post(address, {"reason": "Nama salah"}).status_code == 302
    certificate.refresh_from_db()
    assert (certificate.status, certificate.revoked_by) == ("revoked", organiser)
    assert "Nama salah" in list_page(desk, cohort)
    assert desk.get(address).status_code == 302

    desk.post(reverse("certificates_issue", args=[certificate.enrolment_id]))
    renewed = Certificate.objects.get(status="valid")
    assert renewed.number.startswith("002/")
    assert OutboxEntry.objects.filter(key=f"cert:{renewed.pk}").exists()
    assert renewed.number in list_page(desk, cohort)


def test_issuing_for_somebody_who_has_not_met_the_rule_is_refused_in_words(
    desk: Client, cohort: Cohort
) -> None:
    enrolment = EnrolmentFactory(cohort=cohort)
    response = desk.post(reverse("certificates_issue", args=[enrolment.pk]), follow=True)
    assert "belum memenuhi syarat" in response.content.decode()
    assert not Certificate.objects.exists()


def test_the_cohorts_page_links_to_its_certificates(organiser: Any, cohort: Cohort) -> None:
    from lms.cohorts.registry import links_for

    links = {link.code: link.url(cohort) for group in links_for(organiser, cohort).values() for link in group}
    assert links["certificates.list"] == reverse("certificates_cohort", args=[cohort.pk])
