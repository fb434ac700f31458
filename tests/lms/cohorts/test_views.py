"""The page of a training, and what is done from it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.cohorts import registry
from lms.cohorts.enums import LinkGroup
from lms.cohorts.models import Attendance, Cohort, Enrolment
from lms.people.domain import sign_in
from lms.people.enums import Likeness
from lms.people.models import ConsentRecord, Participant, RecordLogEntry
from tests.factories import EnrolmentFactory, MeetingFactory, ParticipantFactory
from tests.lms.cohorts.pages import page, pins_on

pytestmark = pytest.mark.django_db


def person_fields(cohort: Cohort, **changes: str) -> dict[str, str]:
    return {
        "full_name": "Maria  Bete",
        "sex": "P",
        "element": "warga",
        "dusun": "Liu",
        "village": str(cohort.village_id),
        "consent_given": "on",
        "consent_channel": "lisan",
        **changes,
    }


@pytest.fixture
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_panels", "_links", "_locks"):
        monkeypatch.setattr(registry, name, {})


@pytest.mark.usefixtures("_own_registry")
@pytest.mark.parametrize("name", ["hub", "cards", "attendance", "enrol_existing"])
def test_the_number_of_queries_does_not_grow_with_the_roster(
    organiser: Client, cohort: Cohort, name: str
) -> None:
    def add() -> None:
        EnrolmentFactory(cohort=cohort)
        ParticipantFactory(organisation=cohort.organisation)

    meeting = MeetingFactory(cohort=cohort)
    address = page(name, cohort, meeting.pk) if name == "attendance" else page(name, cohort)
    add()
    organiser.get(address)  # warms the caches of content types and sites
    with CaptureQueriesContext(
        connection,
    ) as one:
        organiser.get(address)
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        organiser.get(address)
    assert len(three) == len(one)


@pytest.mark.usefixtures("_own_registry")
def test_apps_above_add_links_and_panels_to_the_page(
    organiser: Client, bystander: Client, cohort: Cohort
) -> None:
    registry.register_cohort_link(
        "laporan",
        label="Laporan",
        url=lambda c: f"/laporan/{c.code}/",
        permission="cohorts.view_cohort",
        group=LinkGroup.DAY,
    )
    registry.register_cohort_link(
        "rahasia",
        label="Rahasia",
        url=lambda c: "/rahasia/",
        permission="people.change_organisation",
        group=LinkGroup.DAY,
    )
    body = organiser.get(page("hub", cohort)).content.decode()
    assert f"/laporan/{cohort.code}/" in body
    assert "Rahasia" not in body


def test_codes_and_orders_of_forms_are_for_organisers(
    organiser: Client, trainer: Client, cohort: Cohort
) -> None:
    enrolment = EnrolmentFactory(cohort=cohort, form_order="BA")
    code, name = enrolment.participant.code, enrolment.participant.full_name
    order = enrolment.get_form_order_display()
    for client, shown in [(organiser, True), (trainer, False)]:
        response = client.get(page("hub", cohort))
        assert response.context["sees_codes"] is shown
        assert name in response.content.decode()
        assert (f"<code>{code}</code>" in response.content.decode()) is shown
        assert (f">{order}<" in response.content.decode()) is shown


def test_a_person_is_added_with_consent_and_the_card_is_shown_once(organiser: Client, cohort: Cohort) -> None:
    response = organiser.post(page("add_person", cohort), person_fields(cohort))

    person = Participant.objects.get(full_name="Maria Bete")
    assert Enrolment.objects.filter(cohort=cohort, participant=person).exists()
    consent = ConsentRecord.objects.get(participant=person)
    assert (consent.channel, consent.recorded_by) == ("lisan", organiser.user)  # type: ignore[attr-defined]
    [pin] = pins_on(response)
    assert "no-store" in response["Cache-Control"]
    assert sign_in(code=person.code, pin=pin, device="laptop") == person
    assert pin not in organiser.get(page("hub", cohort)).content.decode()
    actions = set(RecordLogEntry.objects.values_list("action", flat=True))
    assert {"people.registered", "cohorts.enrolled"} <= actions


def test_a_walk_in_gets_the_spelling_of_the_hamlet_that_the_others_have(
    organiser: Client, cohort: Cohort
) -> None:
    ParticipantFactory(organisation=cohort.organisation, village=cohort.village, dusun="Piebulak")
    ParticipantFactory(village=cohort.village, dusun="PAUK")
    for name, written in (("Maria", "dsn. Pie Bulak"), ("Bete", "Pauk"), ("Liu", "")):
        organiser.post(page("add_person", cohort), person_fields(cohort, full_name=name, dusun=written))
    added = dict(
        Participant.objects.filter(full_name__in=("Maria", "Bete", "Liu")).values_list("full_name", "dusun")
    )
    assert added == {"Maria": "Piebulak", "Bete": "Pauk", "Liu": ""}


def test_nobody_is_added_without_consent_and_what_was_typed_stays(organiser: Client, cohort: Cohort) -> None:
    fields = person_fields(cohort, full_name="Yosef Mali", role="Ketua RT", sex="")
    del fields["consent_given"]
    response = organiser.post(page("add_person", cohort), fields)
    assert not Participant.objects.exists()
    assert set(response.context["form"].errors) == {"sex", "consent_given"}
    body = response.content.decode()
    assert "Yosef Mali" in body
    assert "Ketua RT" in body
    # Django's own words are in Indonesian because the site's language is.
    assert "Wajib diisi" in str(response.context["form"].errors["sex"])


@pytest.mark.parametrize("name", ["\u200b\u202e", "   "])
def test_a_name_of_invisible_characters_is_no_name(organiser: Client, cohort: Cohort, name: str) -> None:
    response = organiser.post(page("add_person", cohort), person_fields(cohort, full_name=name))
    assert "full_name" in response.context["form"].errors
    assert not Participant.objects.exists()


def test_a_namesake_in_the_same_hamlet_is_asked_about_and_can_be_added(
    organiser: Client, cohort: Cohort
) -> None:
    organiser.post(page("add_person", cohort), person_fields(cohort))
    again = person_fields(cohort, full_name="maria bete", dusun="LIU")

    question = organiser.post(page("add_person", cohort), again)

    known = Participant.objects.get()
    assert question.context["form"].namesakes == [(known, Likeness.SAME_NAME)]
    assert f'value="{known.code}"' in question.content.decode()
    confirmed = organiser.post(page("add_person", cohort), {**again, "seen_namesakes": known.code})
    assert len(pins_on(confirmed)) == 1
    assert Participant.objects.count() == Enrolment.objects.count() == 2


def test_a_confirmed_form_that_is_sent_twice_asks_again(organiser: Client, cohort: Cohort) -> None:
    organiser.post(page("add_person", cohort), person_fields(cohort))
    fields = person_fields(cohort, seen_namesakes=Participant.objects.get().code)
    organiser.post(page("add_person", cohort), fields)
    repeated = organiser.post(page("add_person", cohort), fields)
    assert pins_on(repeated) == []
    assert len(repeated.context["form"].namesakes) == 2
    assert Participant.objects.count() == 2


def test_a_namesake_in_another_hamlet_or_organisation_is_no_question(
    organiser: Client, cohort: Cohort
) -> None:
    ParticipantFactory(full_name="Maria Bete", dusun="Liu", village=cohort.village)
    ParticipantFactory(
        full_name="Maria Bete", dusun="Pauk", village=cohort.village, organisation=cohort.organisation
    )
    assert len(pins_on(organiser.post(page("add_person", cohort), person_fields(cohort)))) == 1


def test_fields_that_are_not_offered_are_not_taken(organiser: Client, cohort: Cohort) -> None:
    foreign = ParticipantFactory().organisation
    organiser.post(
        page("add_person", cohort),
        person_fields(cohort, organisation=str(foreign.pk), is_simulated="on", code="AAAAA"),
    )
    person = Participant.objects.get(full_name="Maria Bete")
    assert (person.organisation_id, person.is_simulated) == (cohort.organisation_id, False)
    assert person.code != "AAAAA"


def test_somebody_known_is_found_by_name_or_code_and_enrolled(organiser: Client, cohort: Cohort) -> None:
    known = ParticipantFactory(organisation=cohort.organisation, full_name="Petrus Bau", code="K7K7K")
    foreign = ParticipantFactory(full_name="Petrus Tetangga")
    address = page("enrol_existing", cohort)
    for search in ("bau pet", "k7k7k"):
        assert organiser.get(address, {"q": search}).context["found"] == [known]
    assert foreign not in organiser.get(address, {"q": "petrus"}).context["found"]

    organiser.post(address, {"participant": str(known.pk)})

    assert Enrolment.objects.get().participant == known
    assert organiser.get(address, {"q": "bau"}).context["found"] == []
    known.refresh_from_db()
    assert known.pin_serial == 0


@pytest.mark.parametrize(("key", "status"), [("foreign", 404), ("not-a-key", 302), ("", 302)])
def test_nobody_else_can_be_enrolled_by_hand(
    organiser: Client, cohort: Cohort, key: str, status: int
) -> None:
    sent = str(ParticipantFactory().pk) if key == "foreign" else key
    assert organiser.post(page("enrol_existing", cohort), {"participant": sent}).status_code == status
    assert not Enrolment.objects.exists()


def test_somebody_is_taken_out_only_without_records(organiser: Client, cohort: Cohort) -> None:
    mistaken, present = EnrolmentFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    Attendance.objects.create(
        meeting=MeetingFactory(cohort=cohort), enrolment=present, status="hadir", recorded_by=None
    )
    for enrolment in (mistaken, present):
        response = organiser.post(page("withdraw", cohort, enrolment.pk), follow=True)
        assert response.status_code == 200
    assert list(Enrolment.objects.all()) == [present]
    assert str(present.participant) in str(next(iter(response.context["messages"])))
