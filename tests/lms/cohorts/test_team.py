"""Who is in the team of a training, and what a trainer sees of the organisation."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log

from lms.certificates.models import Certificate
from lms.cohorts.models import Cohort, Enrolment, Facilitator
from lms.people.management.roles import ORGANISER, TRAINER
from lms.people.models import Organisation, Participant, RecordLogEntry, StaffMembership
from lms.people.scoping import SEE_ALL, ScopedQuerySet
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipantFactory,
    make_staff,
)
from tests.helpers import grant
from tests.lms.cohorts.pages import page
from tests.lms.cohorts.test_viewsets import children, edit, errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(organisation: Organisation) -> Enrolment:
    cohort = CohortFactory(code="MILIK-1", title="Pelatihan sendiri", organisation=organisation)
    return EnrolmentFactory(cohort=cohort, participant__full_name="Maria Sendiri")


@pytest.fixture
def other(organisation: Organisation) -> Enrolment:
    cohort = CohortFactory(code="LAIN-1", title="Pelatihan tetangga", organisation=organisation)
    return EnrolmentFactory(cohort=cohort, participant__full_name="Yosef Tetangga")


@pytest.fixture
def trainer_of_own(roles: None, own: Enrolment) -> Client:
    user = make_staff("pelatih-1", organisation=own.cohort.organisation, sees_all=False, assigned=own.cohort)
    user.groups.add(Group.objects.get(name=TRAINER))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user  # type: ignore[attr-defined]
    return client


def visible(user: Any, *models: Any) -> list[list[Any]]:
    return [list(model.objects.visible_to(user)) for model in models]


def test_every_model_with_a_scope_says_how_it_belongs_to_a_training() -> None:
    from lms.people import scoping
    from lms.people.models import MergeRecord

    managers = {model: model._default_manager for model in apps.get_models()}
    scoped = {model: m for model, m in managers.items() if hasattr(m, "visible_to")}
    lacking = [
        model
        for model, manager in scoped.items()
        if manager.get_queryset().cohort_path is None and model not in scoping._narrowings
    ]
    assert {Cohort, Enrolment, Participant, Certificate} <= set(scoped)
    # Whoever does not see all trainings merges nobody.
    assert lacking == [MergeRecord]


def test_a_trainer_sees_the_own_trainings_and_their_people(
    trainer_of_own: Any, own: Enrolment, other: Enrolment
) -> None:
    ParticipantFactory(organisation=own.cohort.organisation)
    assert visible(trainer_of_own.user, Cohort, Enrolment, Participant) == [
        [own.cohort],
        [own],
        [own.participant],
    ]


def test_an_assignment_in_another_organisation_shows_nothing_without_the_membership(own: Enrolment) -> None:
    user = make_staff("orang-luar", organisation=OrganisationFactory(), sees_all=False, assigned=own.cohort)
    assert visible(user, Cohort, Enrolment, Participant) == [[], [], []]


def test_who_sees_all_needs_no_assignment(organiser: Any, own: Enrolment, other: Enrolment) -> None:
    assert {own.cohort, other.cohort} == set(Cohort.objects.visible_to(organiser.user))


def test_the_scope_is_one_query_however_much_there_is(own: Enrolment) -> None:
    def cost(user: Any) -> int:
        user = type(user).objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as queries:
            list(Participant.objects.visible_to(user))
        return len(queries)

    user = make_staff("pelatih-2", organisation=own.cohort.organisation, sees_all=False, assigned=own.cohort)
    before = cost(user)
    for _number in range(2):
        cohort = CohortFactory(organisation=own.cohort.organisation)
        EnrolmentFactory(cohort=cohort, participant=own.participant)
        FacilitatorFactory(cohort=cohort, user=user)
    assert cost(user) == before
    # Two assignments to trainings of one person show that person once.
    assert list(Participant.objects.visible_to(user)) == [own.participant]


def test_a_model_without_a_way_to_a_training_is_closed_to_trainers(own: Enrolment) -> None:
    user = make_staff("pelatih-3", organisation=own.cohort.organisation, sees_all=False, assigned=own.cohort)

    class Unknown(ScopedQuerySet):
        organisation_path = "cohort__organisation"

    assert list(Unknown(Enrolment).visible_to(user)) == []


@pytest.mark.parametrize(
    "address",
    [
        reverse("wagtailadmin_home"),
        reverse("cohort:index"),
        reverse("cohort:index") + "?q=Pelatihan",
        reverse("cohort:index_results") + "?q=Pelatihan",
        reverse("evaluation:index"),
    ],
)
def test_lists_and_searches_show_only_the_own_training(
    address: str, trainer_of_own: Client, own: Enrolment, other: Enrolment
) -> None:
    body = trainer_of_own.get(address).content.decode()
    assert "Pelatihan sendiri" in body
    assert "Pelatihan tetangga" not in body


def test_the_log_tells_a_trainer_nothing_of_other_trainings(
    trainer_of_own: Any, own: Enrolment, other: Enrolment
) -> None:
    for cohort in (own.cohort, other.cohort):
        log(cohort, "cohorts.attendance")
    entries = RecordLogEntry.objects.viewable_by_user(trainer_of_own.user)
    assert [entry.object_id for entry in entries] == [str(own.cohort.pk)]


def test_choosing_somebody_known_offers_only_people_of_own_trainings(
    trainer_of_own: Any, own: Enrolment, other: Enrolment
) -> None:
    grant(trainer_of_own.user, "cohorts.add_enrolment", "people.view_participant")
    second = CohortFactory(organisation=own.cohort.organisation)
    FacilitatorFactory(cohort=second, user=trainer_of_own.user)
    body = trainer_of_own.get(page("enrol_existing", second)).content.decode()
    assert "Maria Sendiri" in body
    assert "Yosef Tetangga" not in body
    sent = {"participant": str(other.participant_id)}
    assert trainer_of_own.post(page("enrol_existing", second), sent).status_code == 404


def test_a_namesake_elsewhere_is_not_named_to_a_trainer(
    trainer_of_own: Any, own: Enrolment, other: Enrolment
) -> None:
    grant(trainer_of_own.user, "cohorts.add_enrolment", "people.add_participant")
    sent = {
        "full_name": "Yosef Tetangga",
        "sex": other.participant.sex,
        "element": "warga",
        "village": other.participant.village_id,
        "dusun": other.participant.dusun,
        "consent_given": "on",
        "consent_channel": "kertas",
    }
    response = trainer_of_own.post(page("add_person", own.cohort), sent)
    assert other.participant.code not in response.content.decode()
    assert response.context["form"].non_field_errors()
    assert Participant.objects.filter(full_name="Yosef Tetangga").count() == 1


def test_lists_of_people_are_imported_by_who_sees_all(trainer_of_own: Any, own: Enrolment) -> None:
    grant(trainer_of_own.user, "cohorts.add_enrolment", "people.add_participant", "people.view_participant")
    assert trainer_of_own.get(page("import_people", own.cohort)).status_code in (302, 403)
    assert (
        page("import_people", own.cohort) not in trainer_of_own.get(page("hub", own.cohort)).content.decode()
    )


# The form


def test_a_training_is_given_its_team(organiser: Client, cohort: Cohort) -> None:
    user, meeting = make_staff("pelatih-4", organisation=cohort.organisation), MeetingFactory(cohort=cohort)
    rows = [
        {"user": user.pk, "role": "fasilitator", "name": "", "meetings": [meeting.pk]},
        {"user": "", "role": "narasumber", "name": "Camat  Lamaknen"},
    ]
    response = edit(organiser, cohort, **children("facilitators", rows))
    assert response.status_code == 302, errors(response)
    team = list(Facilitator.objects.filter(cohort=cohort))
    assert [(f.user, f.shown_name, f.role) for f in team] == [
        (user, "pelatih-4", "fasilitator"),
        (None, "Camat Lamaknen", "narasumber"),
    ]
    assert [list(f.meetings.all()) for f in team] == [[meeting], []]


@pytest.mark.parametrize("rows", [[{"user": "", "name": " ", "role": "panitia"}], "stranger", "twice"])
def test_a_team_that_cannot_be_is_refused_in_words(rows: Any, organiser: Client, cohort: Cohort) -> None:
    if rows == "stranger":
        rows = [{"user": make_staff("asing", organisation=OrganisationFactory()).pk}]
    elif rows == "twice":
        rows = [{"user": make_staff("dua", organisation=cohort.organisation).pk}] * 2
    sent = children("facilitators", [{"role": "pelatih", "name": "", **row} for row in rows])
    assert edit(organiser, cohort, **sent).status_code == 200
    assert not Facilitator.objects.exists()


def test_the_form_offers_accounts_of_the_own_organisation_only(organiser: Client, cohort: Cohort) -> None:
    make_staff("rekan-kita", organisation=cohort.organisation)
    make_staff("orang-jauh", organisation=OrganisationFactory())
    body = organiser.get(reverse("cohort:edit", args=[cohort.pk])).content.decode()
    assert "rekan-kita" in body
    assert "orang-jauh" not in body


def test_the_form_costs_the_same_with_many_rows(organiser: Client, cohort: Cohort) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            organiser.get(reverse("cohort:edit", args=[cohort.pk]))
        return len(queries)

    FacilitatorFactory(cohort=cohort)
    cost()
    one = cost()
    for number in range(2):
        FacilitatorFactory(cohort=cohort, user=make_staff(f"p{number}", organisation=cohort.organisation))
    # Modelcluster reads which meetings are ticked row by row; nothing else may grow.
    assert cost() <= one + 2


# The upgrade


def upgrade() -> None:
    migration = importlib.import_module("lms.cohorts.migrations.0008_keep_sight")
    migration.keep_sight(apps, SimpleNamespace(connection=connection))


def test_the_upgrade_lets_nobody_lose_sight(roles: None, organisation: Organisation) -> None:
    seeing = Permission.objects.get(codename=SEE_ALL.split(".")[1])
    group = Group.objects.get(name=ORGANISER)
    group.permissions.remove(seeing)
    organiser = make_staff("lama-1", organisation=organisation, sees_all=False)
    organiser.groups.add(group)
    adder = make_staff("lama-2", organisation=organisation, sees_all=False)
    grant(adder, "cohorts.add_cohort")
    trainer = make_staff("lama-3", organisation=organisation, sees_all=False)
    stranger = make_staff("lama-4", organisation=OrganisationFactory(), sees_all=False)
    there = {CohortFactory(organisation=organisation), CohortFactory(organisation=organisation)}
    upgrade()
    for user in (organiser, adder, trainer):
        again = type(user).objects.get(pk=user.pk)
        assert set(Cohort.objects.visible_to(again)) == there, user
    assert not Cohort.objects.visible_to(stranger).exists()
    assert {row.user for row in Facilitator.objects.all()} == {trainer}
    assert list(group.permissions.filter(pk=seeing.pk)) == [seeing]
    later = CohortFactory(organisation=organisation)
    assert later not in Cohort.objects.visible_to(trainer)


def test_the_upgrade_of_an_empty_site_makes_nothing() -> None:
    upgrade()
    assert not Facilitator.objects.exists()
    assert not StaffMembership.objects.exists()
