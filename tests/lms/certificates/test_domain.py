"""Numbers are given once, what was issued stays as it was, and the file is there when the row says so."""

import datetime
import json
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lms.certificates import domain, press
from lms.certificates.domain import (
    issue_certificate,
    render_certificate,
    restore_missing_files,
    revoke_certificate,
)
from lms.certificates.enums import RENDER
from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.signals import course_completed
from lms.outbox.domain import run_entry
from lms.outbox.models import OutboxEntry
from lms.outbox.registry import handler_for
from lms.people.models import RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, make_staff

pytestmark = pytest.mark.django_db
Graduate = Callable[..., Enrolment]
JUNE = datetime.date(2026, 6, 11)


def revoked(certificate: Certificate, reason: str = "Nama salah tulis") -> Certificate:
    staff = make_staff(f"panitia{certificate.sequence}")
    return revoke_certificate(certificate=certificate, reason=reason, by=staff)


def test_numbers_follow_one_another_within_organisation_and_year(graduate: Graduate) -> None:
    numbers = [issue_certificate(enrolment=graduate(), issued_on=JUNE).number for _ in range(3)]
    assert numbers == [f"00{n}/LNN-26/DS-LNN/VI/2026" for n in (1, 2, 3)]


def test_another_year_begins_anew_and_so_does_another_organisation(graduate: Graduate) -> None:
    issue_certificate(enrolment=graduate(), issued_on=JUNE)
    next_year = issue_certificate(enrolment=graduate(), issued_on=datetime.date(2027, 1, 4))
    elsewhere = issue_certificate(enrolment=graduate(cohort=CohortFactory()), issued_on=JUNE)
    assert (next_year.sequence, elsewhere.sequence) == (1, 1)


def test_two_cohorts_of_an_organisation_share_one_sequence(graduate: Graduate, cohort: Cohort) -> None:
    issue_certificate(enrolment=graduate(), issued_on=JUNE)
    sibling = CohortFactory(organisation=cohort.organisation, code="LNN-27")
    assert issue_certificate(enrolment=graduate(cohort=sibling), issued_on=JUNE).sequence == 2


def test_asking_twice_gives_the_same_certificate(graduate: Graduate) -> None:
    enrolment = graduate()
    assert issue_certificate(enrolment=enrolment) == issue_certificate(enrolment=enrolment)
    assert OutboxEntry.objects.filter(kind=RENDER).count() == 1


def test_a_revoked_number_is_never_used_again(graduate: Graduate) -> None:
    enrolment = graduate()
    first = issue_certificate(enrolment=enrolment, issued_on=JUNE)
    revoked(first)
    second = issue_certificate(enrolment=enrolment, issued_on=JUNE)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.code != second.code


def test_the_database_itself_refuses_a_number_given_twice(graduate: Graduate) -> None:
    certificate = issue_certificate(enrolment=graduate(), issued_on=JUNE)
    certificate.pk, certificate.code, certificate.enrolment = None, "X" * 26, graduate()
    certificate.number = "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_nobody_gets_one_without_having_met_the_rule(cohort: Cohort) -> None:
    with pytest.raises(ValidationError) as refusal:
        issue_certificate(enrolment=EnrolmentFactory(cohort=cohort))
    assert refusal.value.code == "not_completed"
    assert not Certificate.objects.exists()


def test_completing_a_course_issues_the_certificate_dated_by_the_completion(
    graduate: Graduate, cohort: Cohort
) -> None:
    # 23:30 in Jakarta's west is the next morning in the village (WITA, UTC+8).
    with time_machine.travel(datetime.datetime(2018, 6, 10, 16, 30, tzinfo=datetime.UTC), tick=False):
        enrolment = graduate()
    course_completed.send(sender=Enrolment, enrolment=enrolment)
    certificate = Certificate.objects.get()
    assert (certificate.enrolment, certificate.issued_on) == (enrolment, datetime.date(2018, 6, 11))
    assert OutboxEntry.objects.get().payload == {"certificate": str(certificate.pk)}


def test_what_was_issued_stays_when_person_and_cohort_change(graduate: Graduate, cohort: Cohort) -> None:
    enrolment = graduate("Maria Bere")
    certificate = issue_certificate(enrolment=enrolment)
    enrolment.participant.full_name = "Maria Bere Taolin"
    enrolment.participant.save()
    cohort.title = "Judul baru"
    cohort.save()
    certificate.refresh_from_db()
    again = issue_certificate(enrolment=enrolment)
    assert again.snapshot == certificate.snapshot
    assert (again.snapshot["name"], again.snapshot["title"]) == ("Maria Bere", "Pelatihan perencanaan desa")


def test_the_name_for_certificates_is_preferred_and_the_title_too(graduate: Graduate, cohort: Cohort) -> None:
    cohort.certificate_title = "Judul pada sertifikat"
    cohort.save()
    certificate = issue_certificate(enrolment=graduate("Maria", name_on_certificate="Maria Bere, S.Pd."))
    assert certificate.snapshot["name"] == "Maria Bere, S.Pd."
    assert certificate.snapshot["title"] == "Judul pada sertifikat"


@pytest.mark.parametrize(("post_test", "kind"), [(True, "Kelulusan Pelatihan"), (False, "Keikutsertaan")])
def test_the_kind_says_no_more_than_the_rule_asked(
    graduate: Graduate, cohort: Cohort, post_test: bool, kind: str
) -> None:
    cohort.require_post_test = post_test
    cohort.save()
    assert issue_certificate(enrolment=graduate()).snapshot["kind_words"] == kind


def test_hours_of_the_curriculum_that_differ_are_both_said(graduate: Graduate, cohort: Cohort) -> None:
    snapshot = issue_certificate(enrolment=graduate()).snapshot
    assert (snapshot["modules_total"], snapshot["lesson_hours"]) == (3, 8)
    assert snapshot["hours_heading"] == "JP kurikulum"
    assert "8 JP" in snapshot["hours_note"]
    cohort.lesson_hours = 3
    cohort.save()
    agreeing = issue_certificate(enrolment=graduate()).snapshot
    assert (agreeing["hours_heading"], agreeing["hours_note"]) == ("JP", "1 JP = 45 menit.")


def test_simulated_people_are_marked_in_a_real_cohort_too(graduate: Graduate) -> None:
    assert issue_certificate(enrolment=graduate(is_simulated=True)).snapshot["is_simulated"] is True
    assert issue_certificate(enrolment=graduate()).snapshot["is_simulated"] is False


@pytest.mark.parametrize("address", ["", "ftp://x", "javascript:alert(1)", "belajar.desa.id"])
def test_without_a_public_address_nothing_leads_anywhere(graduate: Graduate, settings, address: str) -> None:  # type: ignore[no-untyped-def]
    settings.LMS_PUBLIC_ADDRESS = address
    assert issue_certificate(enrolment=graduate()).snapshot["verify_url"] == ""


def test_with_a_public_address_the_check_page_is_named(graduate: Graduate, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LMS_PUBLIC_ADDRESS = "https://belajar.desa.id/"
    certificate = issue_certificate(enrolment=graduate())
    assert certificate.snapshot["verify_url"] == f"https://belajar.desa.id/v/{certificate.code}/"
    assert certificate.snapshot["verify_site"] == "https://belajar.desa.id/periksa/"


def test_revoking_needs_a_reason_and_happens_once(graduate: Graduate) -> None:
    certificate = issue_certificate(enrolment=graduate())
    with pytest.raises(ValidationError) as without_reason:
        revoked(certificate, reason="  ")
    staff = make_staff()
    revoke_certificate(certificate=certificate, reason=" Nama salah ", by=staff)
    with pytest.raises(ValidationError) as twice:
        revoke_certificate(certificate=certificate, reason="lagi", by=staff)
    certificate.refresh_from_db()
    assert (without_reason.value.code, twice.value.code) == ("reason", "revoked")
    assert (certificate.status, certificate.revoked_reason) == ("revoked", "Nama salah")
    assert certificate.revoked_by == staff
    assert [entry.user for entry in RecordLogEntry.objects.for_instance(certificate)] == [staff]
    assert certificate.revoked_at is not None


def test_the_outbox_makes_the_file_and_then_the_row_names_it(graduate: Graduate, pdf_file) -> None:  # type: ignore[no-untyped-def]
    certificate = issue_certificate(enrolment=graduate())
    assert certificate.pdf_name == ""
    assert run_entry(OutboxEntry.objects.get().pk) is True
    certificate.refresh_from_db()
    assert pdf_file(certificate).read_bytes().startswith(b"%PDF")
    assert pdf_file(certificate).stat().st_mode & 0o077 == 0


def test_making_it_twice_leaves_one_file_with_the_same_bytes(graduate: Graduate, pdf_file) -> None:  # type: ignore[no-untyped-def]
    certificate = issue_certificate(enrolment=graduate())
    payload = {"certificate": str(certificate.pk)}
    handler_for(RENDER).run(payload)
    certificate.refresh_from_db()
    path = pdf_file(certificate)
    first = path.read_bytes()
    # As after a crash between the rename and the update of the row.
    Certificate.objects.update(pdf_name="")
    handler_for(RENDER).run(payload)
    assert path.read_bytes() == first
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_failure_leaves_no_file_and_no_name(graduate: Graduate, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the certificate was not ready after 10 seconds")

    monkeypatch.setattr(domain, "print_pdf", fail)
    certificate = issue_certificate(enrolment=graduate("Maria Bere"))
    entry = OutboxEntry.objects.get()
    assert run_entry(entry.pk) is False
    entry.refresh_from_db()
    certificate.refresh_from_db()
    assert (entry.state, certificate.pdf_name) == ("pending", "")
    assert "Maria" not in entry.last_error + json.dumps(entry.payload)


def test_a_letter_that_the_font_lacks_still_gives_a_file_and_is_flagged(
    printed: Callable[..., Certificate],
) -> None:
    assert printed("ꦩꦫꦶꦪ Maria 🙂").lacks_letters is True
    assert printed("Maria Bere").lacks_letters is False


def test_files_that_a_backup_did_not_bring_are_made_again(
    printed: Callable[..., Certificate], pdf_file
) -> None:  # type: ignore[no-untyped-def]
    certificate = printed()
    OutboxEntry.objects.update(state="done")
    assert restore_missing_files() == 0
    before = pdf_file(certificate).read_bytes()
    pdf_file(certificate).unlink()
    assert restore_missing_files() == 1
    assert run_entry(OutboxEntry.objects.get().pk) is True
    assert pdf_file(certificate).read_bytes() == before


def test_a_write_that_fails_leaves_no_draft(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def full(*args: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(press.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        press.write_durably(tmp_path / "a.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_certificate_fails_in_the_outbox_and_not_silently() -> None:
    with pytest.raises(Certificate.DoesNotExist):
        render_certificate(certificate_id="00000000-0000-0000-0000-000000000000")  # type: ignore[arg-type]
