"""Rules of pledges: revisable until signed, kept afterwards, renewed with a reason."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.models import Cohort, Enrolment
from lms.followup import domain, queries
from lms.followup.domain import Signature
from lms.followup.domain.pledges import _written
from lms.followup.enums import PledgeState
from lms.followup.models import Pledge, PledgeSheet
from lms.followup.suggestions import STANDARD
from lms.learning.models import Completion
from lms.people.domain import clean_line
from lms.people.models import RecordLogEntry
from lms.uploads import CleanFile
from tests.factories import CohortFactory, EnrolmentFactory, make_staff

DAY = datetime.date(2018, 6, 11)
PROMISES = ["Saya ikut musyawarah dusun.", "Saya mengundang lima warga."]
PHOTO = CleanFile(b"foto", "image/jpeg", ".jpg")
WITNESS = Signature(DAY, "Ketua BPD", "BPD")


@pytest.fixture
def cohort(db: None) -> Cohort:
    return CohortFactory(starts_on=DAY, ends_on=DAY)


@pytest.fixture
def person(cohort: Cohort) -> Enrolment:
    return EnrolmentFactory(cohort=cohort)


def sign(*people: Enrolment, means: str = "tanda", photo: CleanFile | None = None, **of: Any) -> Any:
    return domain.record_signatures(
        cohort=people[0].cohort,
        means=dict.fromkeys(people, means),
        signature=Signature(**{"signed_on": DAY, "witness_name": "Ketua BPD", "witness_role": "BPD", **of}),
        photo=photo,
        user=make_staff(f"pencatat-{Pledge.objects.count()}-{len(people)}-{PledgeSheet.objects.count()}"),
    )


def code_of(caught: Any) -> str:
    return str(caught.value.code)


def test_a_pledge_may_be_rewritten_until_it_is_signed(person: Enrolment) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    pledge = domain.write_pledge(enrolment=person, promises=[PROMISES[1]], scribe_name="Perangkat 2")
    assert (pledge.promises, pledge.mode, pledge.version) == ([PROMISES[1]], "scribe", 1)
    sign(person)
    with pytest.raises(ValidationError) as caught:
        domain.write_pledge(enrolment=person, promises=PROMISES)
    assert code_of(caught) == "signed"
    assert Pledge.objects.get().promises == [PROMISES[1]]


def test_a_signed_pledge_is_renewed_with_a_reason_and_holds_until_the_new_one_is_signed(
    person: Enrolment,
) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    sign(person)
    with pytest.raises(ValidationError) as caught:
        domain.renew_pledge(enrolment=person, promises=[PROMISES[0]], reason="  ")
    assert code_of(caught) == "reason"
    renewed = domain.renew_pledge(enrolment=person, promises=[PROMISES[0]], reason="Pindah dusun")
    (row,) = queries.pledge_rows(person.cohort)
    assert (renewed.version, row.state) == (2, PledgeState.RENEWED)
    assert row.signed is not None
    assert row.signed.promises == PROMISES
    assert queries.who_signed([person]) == {person.pk}
    sign(person)
    (row,) = queries.pledge_rows(person.cohort)
    assert row.state is PledgeState.SIGNED
    assert row.signed is not None
    assert row.signed.version == 2


def test_what_is_not_signed_is_not_renewed_but_rewritten(person: Enrolment) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    with pytest.raises(ValidationError) as caught:
        domain.renew_pledge(enrolment=person, promises=PROMISES, reason="Salah tulis")
    assert code_of(caught) == "not_signed"


@pytest.mark.parametrize("promises", [[], ["  ", "\u200b"], ["a", "b", "c", "d"], ["x" * 201]])
def test_one_to_three_short_promises(promises: list[str], person: Enrolment) -> None:
    with pytest.raises(ValidationError) as caught:
        domain.write_pledge(enrolment=person, promises=promises)
    assert code_of(caught) == "promises"
    assert not Pledge.objects.exists()


@given(st.lists(st.text(max_size=40), max_size=6))
def test_promises_are_one_to_three_lines_without_doubles_or_refused(promises: list[str]) -> None:
    try:
        lines = _written(promises, "", None)["promises"]
    except ValidationError:
        lines = None
    wanted = {clean_line(text) for text in promises} - {""}
    assert (lines is None) is (not 1 <= len(wanted) <= 3)
    assert lines is None or (len(lines), set(lines)) == (len(wanted), wanted)


def test_who_has_no_account_signs_on_paper_and_the_words_are_typed_later_once(person: Enrolment) -> None:
    assert person.participant.last_signed_in_at is None
    sign(person, means="jempol")
    pledge = Pledge.objects.get()
    assert (pledge.promises, pledge.means, pledge.mode) == ([], "jempol", "paper")
    assert queries.pledge_counts(person.cohort) == {"registered": 1, "written": 1, "signed": 1}
    with pytest.raises(ValidationError):
        domain.write_pledge(enrolment=person, promises=PROMISES)
    staff = make_staff("pengetik")
    domain.write_pledge(enrolment=person, promises=PROMISES, entered_by=staff)
    pledge.refresh_from_db()
    assert (pledge.promises, pledge.entered_by, pledge.signed_on) == (PROMISES, staff, DAY)
    with pytest.raises(ValidationError) as caught:
        domain.write_pledge(enrolment=person, promises=PROMISES[:1], entered_by=staff)
    assert code_of(caught) == "signed"


def test_one_witness_and_one_photo_serve_many_and_who_was_recorded_stays(cohort: Cohort) -> None:
    people = [EnrolmentFactory(cohort=cohort) for _person in range(4)]
    done = sign(*people[:2])
    assert (done.signed, done.with_photo, done.already) == (2, 0, 0)
    done = sign(*people, means="jempol", photo=PHOTO, witness_name="Camat")
    assert (done.signed, done.with_photo, done.already) == (2, 2, 0)
    sheet = PledgeSheet.objects.get()
    assert sheet.pledges.count() == 4
    witnesses = Pledge.objects.order_by("witness_name").values_list("witness_name", "means")
    assert list(witnesses) == [("Camat", "jempol")] * 2 + [("Ketua BPD", "tanda")] * 2
    done = sign(*people, photo=PHOTO)
    assert (done.signed, done.with_photo, done.already) == (0, 0, 4)
    assert PledgeSheet.objects.count() == 1  # a photo that belongs to nobody is not kept


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ({"witness_name": "  "}, "witness"),
        ({"signed_on": DAY - datetime.timedelta(days=1)}, "day"),
        ({"signed_on": datetime.date(2999, 1, 1)}, "day"),
        ({"means": "lisan"}, "means"),
    ],
)
def test_a_signature_needs_a_witness_a_means_and_a_day(
    of: dict[str, Any], code: str, person: Enrolment
) -> None:
    with pytest.raises(ValidationError) as caught:
        sign(person, **of)
    assert code_of(caught) == code
    assert not Pledge.objects.exists()


def test_the_day_of_a_signature_is_a_day_in_the_village(
    person: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 11 June 23:30 in Jakarta is 12 June in Loonuna (WITA).
    now = datetime.datetime(2018, 6, 11, 16, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert sign(person, signed_on=datetime.date(2018, 6, 12)).signed == 1


def test_somebody_of_another_training_signs_there(person: Enrolment) -> None:
    stranger = EnrolmentFactory(cohort__starts_on=DAY, cohort__ends_on=DAY)
    with pytest.raises(ValidationError) as caught:
        domain.record_signatures(
            cohort=person.cohort, means={stranger: "tanda"}, signature=WITNESS, photo=None, user=None
        )
    assert code_of(caught) == "other_cohort"


def test_two_trainings_of_one_person_have_separate_pledges(person: Enrolment) -> None:
    other = EnrolmentFactory(
        participant=person.participant,
        cohort=CohortFactory(organisation=person.cohort.organisation, starts_on=DAY, ends_on=DAY),
    )
    domain.write_pledge(enrolment=person, promises=PROMISES)
    sign(person)
    domain.write_pledge(enrolment=other, promises=PROMISES[:1])
    assert queries.who_signed([person, other]) == {person.pk}
    assert queries.pledge_counts(other.cohort)["signed"] == 0


def test_a_signature_recorded_by_mistake_is_taken_back_with_a_reason_and_logged(person: Enrolment) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    sign(person, photo=PHOTO)
    pledge = Pledge.objects.get()
    with pytest.raises(ValidationError) as caught:
        domain.take_back_signature(pledge=pledge, reason="", user=None)
    assert code_of(caught) == "reason"
    domain.take_back_signature(pledge=pledge, reason="Salah baris", user=make_staff("pembetul"))
    pledge.refresh_from_db()
    assert (pledge.is_signed, pledge.sheet, pledge.promises) == (False, None, PROMISES)
    entry = RecordLogEntry.objects.get(action="followup.signature_taken_back")
    assert (entry.data["reason"], entry.data["witness"]) == ("Salah baris", "Ketua BPD")
    with pytest.raises(ValidationError) as caught:
        domain.take_back_signature(pledge=pledge, reason="Lagi", user=None)
    assert code_of(caught) == "not_signed"


def test_the_signature_of_a_renewed_pledge_stays(person: Enrolment) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    sign(person)
    signed = Pledge.objects.get()
    domain.renew_pledge(enrolment=person, promises=PROMISES[:1], reason="Pindah dusun")
    with pytest.raises(ValidationError) as caught:
        domain.take_back_signature(pledge=signed, reason="Salah", user=None)
    assert code_of(caught) == "later"


@pytest.mark.django_db
@pytest.mark.parametrize("asks", [True, False])
def test_a_training_asks_for_the_signature_only_if_it_says_so(asks: bool) -> None:
    person = EnrolmentFactory(
        cohort__starts_on=DAY,
        cohort__ends_on=DAY,
        cohort__min_attendance_percent=None,
        cohort__require_post_test=False,
        cohort__require_plan=False,
        cohort__require_pledge=asks,
    )
    domain.write_pledge(enrolment=person, promises=PROMISES)
    assert not Completion.objects.exists()
    sign(person)
    assert Completion.objects.filter(enrolment=person).exists() is asks


def test_the_database_keeps_one_draft_and_no_signature_without_witness(person: Enrolment) -> None:
    domain.write_pledge(enrolment=person, promises=PROMISES)
    for wrong in (
        {"version": 2, "reason": "Dua"},  # a second draft
        {"version": 2, "reason": "Dua", "signed_on": DAY, "means": "tanda"},  # no witness
        {"version": 2, "signed_on": DAY, "means": "tanda", "witness_name": "Camat"},  # no reason
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.create(enrolment=person, **wrong)


def test_suggestions_are_the_trainings_own_or_the_standard_ones(cohort: Cohort) -> None:
    assert queries.suggestions_for(cohort) == list(STANDARD)
    domain.set_suggestions(cohort=cohort, text=" Saya hadir. \n\nSaya menulis.\n", user=None)
    assert queries.suggestions_for(cohort) == ["Saya hadir.", "Saya menulis."]
    domain.set_suggestions(cohort=cohort, text="", user=None)
    assert queries.suggestions_for(cohort) == list(STANDARD)
    with pytest.raises(ValidationError):
        domain.set_suggestions(cohort=cohort, text="x" * 201, user=None)


def test_the_sheets_to_print_say_who_promises_what_before_whom(cohort: Cohort) -> None:
    first = EnrolmentFactory(
        cohort=cohort, participant__full_name="Ani", participant__role="Kader", participant__dusun="Liu"
    )
    EnrolmentFactory(cohort=cohort, participant__full_name="Beni")
    domain.write_pledge(enrolment=first, promises=PROMISES)
    sign(first)
    ani, beni = queries.pledge_sheets(cohort)
    assert (ani.name, ani.role, ani.dusun, ani.promises) == ("Ani", "Kader", "Liu", tuple(PROMISES))
    assert (ani.witness_name, ani.witness_role, ani.signed_on) == ("Ketua BPD", "BPD", DAY)
    assert (beni.promises, beni.witness_name, beni.signed_on) == ((), "", None)


def test_who_may_not_sign_in_any_more_stays_in_the_counts(person: Enrolment) -> None:
    sign(person)
    person.participant.is_active = False
    person.participant.save()
    assert queries.pledge_counts(person.cohort)["signed"] == 1


def queries_with(people: int) -> int:
    cohort = CohortFactory(starts_on=DAY, ends_on=DAY)
    everybody = [EnrolmentFactory(cohort=cohort) for _person in range(people)]
    sign(*everybody)
    with CaptureQueriesContext(connection) as seen:
        queries.pledge_rows(cohort)
        queries.pledge_sheets(cohort)
        queries.pledge_counts(cohort)
    return len(seen)


@pytest.mark.django_db
def test_queries_do_not_grow_with_people() -> None:
    assert queries_with(1) == queries_with(3)
