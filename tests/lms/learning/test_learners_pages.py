"""The page of a changed rule: who sees whom, who may give the lesson, and what is told of others."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import LegalBasis
from assessments.registry import learners_url
from courses.domain import REVIEWER
from courses.models import LessonPage
from lms.cohorts.models import Cohort, Enrolment
from lms.learning.desk.learners import asked_of_basis, learners_of
from lms.learning.models import LessonAssignment
from lms.people.audit import RecordLogEntry
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory, make_course, make_staff
from tests.lms.learning.rules import finish, lesson_of, make_basis, make_update_lesson, publish, revoke

pytestmark = pytest.mark.django_db


@pytest.fixture
def basis() -> LegalBasis:
    old = make_basis()
    revoke(old, by=make_basis("146", number=16, year=2026))
    return old


@pytest.fixture
def lesson(basis: LegalBasis) -> LessonPage:
    return make_update_lesson(basis)


@pytest.fixture
def own(basis: LegalBasis) -> Cohort:
    return training("A-1", basis, people=2, organisation=OrganisationFactory(name="Dinas Satu"))


def training(code: str, basis: LegalBasis, *, people: int, **fields: Any) -> Cohort:
    """A training in which so many people learned the rule."""
    cohort = CohortFactory(code=code, pretest_first=False, course=make_course(f"k-{code.lower()}"), **fields)
    for number in range(people):
        person = EnrolmentFactory(cohort=cohort, participant__full_name=f"Orang {code} {number}")
        if not number:
            publish(lesson_of(person), basis)
        finish(person, lesson_of(person))
    return cohort


def as_role(client: Client, role: str, cohort: Cohort, *, assigned: bool = False) -> Any:
    set_up_roles()
    user = make_staff(
        f"petugas-{role}",
        organisation=cohort.organisation,
        sees_all=False,
        assigned=cohort if assigned else None,
    )
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return user


def address(basis: LegalBasis, query: str = "") -> str:
    return reverse("learning_rules:rule", args=["ketentuan", basis.pk]) + query


def page(client: Client, basis: LegalBasis, query: str = "") -> str:
    reply = client.get(address(basis, query), headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def test_an_organiser_sees_names_of_the_own_organisation_and_counts_of_others(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    training("B-1", basis, people=6, title="Pelatihan jauh")
    as_role(client, ORGANISER, own)
    text = page(client, basis)
    assert "Orang A-1 0" in text
    assert "Orang B-1" not in text
    assert "Pelatihan jauh" not in text
    found = learners_of(asked_of_basis(loaded(basis)), user=staff_of(client))
    assert found.sentence in {
        "8 people learned this old rule: 2 in your trainings, 6 in other trainings.",
        "8 orang mempelajari aturan lama ini: 2 dalam pelatihan Anda, 6 dalam pelatihan lain.",
    }
    assert [each.people for each in found.elsewhere] == ["6"]
    assert [each.cohort for each in found.elsewhere] == [None]


def loaded(basis: LegalBasis) -> LegalBasis:
    return LegalBasis.objects.with_rules().with_neighbours().get(pk=basis.pk)


def staff_of(client: Client) -> Any:
    return get_user_model().objects.get(pk=client.session["_auth_user_id"])


def test_a_small_number_elsewhere_is_not_told_nor_to_be_worked_out(
    client: Client, basis: LegalBasis, own: Cohort
) -> None:
    training("B-1", basis, people=3)
    user = as_role(client, ORGANISER, own)
    found = learners_of(asked_of_basis(loaded(basis)), user=user)
    assert "5" not in found.sentence.replace("fewer than 5", "").replace("kurang dari 5", "")
    assert "3" not in found.sentence
    assert [each.people for each in found.elsewhere] == ["<5"]


def test_a_trainer_of_another_training_sees_counts_only_and_can_give_nothing(
    client: Client, basis: LegalBasis, lesson: LessonPage
) -> None:
    cohort = training("A-1", basis, people=6)
    other = CohortFactory(code="A-9", organisation=cohort.organisation)
    as_role(client, TRAINER, other, assigned=True)
    text = page(client, basis)
    assert "Orang A-1" not in text
    assert "A-1" not in text
    person = cohort.enrolments.first()
    for button in ({"all": "1"}, {"ticked": "1"}, {"unseen": "1"}):
        data = {"lesson": lesson.pk, "people": [str(person.pk)], "trainings": [str(cohort.pk)], **button}
        assert client.post(address(basis), data).status_code == 302
    assert not LessonAssignment.objects.exists()


def test_the_trainer_of_the_training_gives_it_to_who_is_ticked(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    as_role(client, TRAINER, own, assigned=True)
    person = own.enrolments.order_by("participant__full_name").first()
    client.post(address(basis), {"lesson": lesson.pk, "people": [str(person.pk)], "ticked": "1"})
    given = LessonAssignment.objects.get()
    assert (given.enrolment, given.lesson, given.basis) == (person, lesson, basis)
    assert given.assigned_by.username == f"petugas-{TRAINER}"


def test_all_listed_are_those_of_the_filter(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    as_role(client, ORGANISER, own)
    client.post(address(basis, "?nama=a-1+1"), {"lesson": lesson.pk, "all": "1"})
    assert LessonAssignment.objects.get().enrolment.participant.full_name == "Orang A-1 1"
    reply = client.post(address(basis), {"lesson": lesson.pk, "all": "1"}, follow=True)
    assert LessonAssignment.objects.count() == 2
    assert "Orang A-1 1" in " ".join(str(message) for message in reply.context["messages"])


def test_nobody_ticked_or_no_lesson_is_told(client: Client, basis: LegalBasis, own: Cohort) -> None:
    as_role(client, ORGANISER, own)
    for data in (
        {"lesson": "", "all": "1"},
        {"lesson": "99999999", "all": "1"},
        {"lesson": "²", "all": "1"},
        {"lesson": lesson_of(own.enrolments.first()).pk, "ticked": "1"},
        {},
    ):
        reply = client.post(address(basis), data, follow=True)
        assert reply.status_code == 200
        assert list(reply.context["messages"])
    assert not LessonAssignment.objects.exists()


def test_the_page_says_how_many_have_done_it(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    user = as_role(client, ORGANISER, own)
    client.post(address(basis), {"lesson": lesson.pk, "all": "1"})
    first = LessonAssignment.objects.first()
    LessonAssignment.objects.filter(pk=first.pk).update(opened_at=timezone.now(), done_at=timezone.now())
    found = learners_of(asked_of_basis(loaded(basis)), user=user)
    assert (found.own, found.done, found.waiting) == (2, 1, 1)
    assert [(row.people, row.done) for row in found.trainings] == [(2, 1)]
    done = found.narrowed(training="", state="selesai", words="")
    assert [person.enrolment for person in done] == [first.enrolment_id]


def test_only_what_was_not_begun_is_taken_back_and_only_by_who_sees_it(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    as_role(client, ORGANISER, own)
    client.post(address(basis), {"lesson": lesson.pk, "all": "1"})
    first, second = LessonAssignment.objects.all()
    stranger = Client()
    as_role(stranger, TRAINER, CohortFactory(code="C-1"), assigned=True)
    stranger.post(address(basis), {"take_back": str(first.pk)})
    assert LessonAssignment.objects.count() == 2
    client.post(address(basis), {"take_back": str(first.pk)})
    LessonAssignment.objects.update(opened_at=timezone.now())
    client.post(address(basis), {"take_back": str(second.pk)})
    assert list(LessonAssignment.objects.all()) == [second]
    assert client.post(address(basis), {"take_back": "bukan-kunci"}).status_code == 404


def test_a_reviewer_gives_it_to_a_training_of_the_own_organisation_without_names(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    elsewhere = training("B-1", basis, people=6)
    as_role(client, REVIEWER, own)
    text = page(client, basis)
    assert "Orang" not in text.split('id="elsewhere"')[1]
    assert "A-1 · " in text
    assert "B-1 · " not in text
    data = {"lesson": lesson.pk, "unseen": "1", "trainings": [str(own.pk), str(elsewhere.pk)]}
    client.post(address(basis), data)
    given = LessonAssignment.objects.values_list("enrolment__cohort", flat=True)
    assert set(given) == {own.pk}
    assert len(given) == 2


def test_the_file_holds_who_is_listed_and_is_logged(client: Client, basis: LegalBasis, own: Cohort) -> None:
    training("B-1", basis, people=6)
    as_role(client, ORGANISER, own)
    url = reverse("learning_rules:file", args=["ketentuan", basis.pk])
    reply = client.post(f"{url}?nama=a-1+1")
    with ZipFile(io.BytesIO(reply.content)) as packed:
        words = packed.read("xl/sharedStrings.xml").decode()
    assert "Orang A-1 1" in words
    assert "Orang A-1 0" not in words
    assert "Orang B-1" not in words
    entry = RecordLogEntry.objects.get(action="learning.learners_exported")
    assert entry.data == {"people": 1, "basis": "PP 43/2014 Ps 114"}
    assert client.get(url).status_code == 405


def test_the_index_lists_revoked_rules_that_somebody_learned(
    client: Client, basis: LegalBasis, own: Cohort
) -> None:
    finish(own.enrolments.first(), publish(lesson_of(own.enrolments.first(), 1), make_basis("5")))
    revoke(make_basis("6"))
    as_role(client, ORGANISER, own)
    text = client.get(reverse("learning_rules:index")).content.decode()
    assert "PP 43/2014 Ps 114" in text
    assert "PP 43/2014 Ps 5" not in text
    assert "PP 43/2014 Ps 6" not in text


def test_a_regulation_has_a_page_of_all_its_provisions(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    as_role(client, ORGANISER, own)
    url = reverse("learning_rules:rule", args=["peraturan", basis.regulation_id])
    assert "Orang A-1 0" in client.get(url).content.decode()
    client.post(url, {"lesson": lesson.pk, "all": "1"})
    assert set(LessonAssignment.objects.values_list("basis", flat=True)) == {basis.pk}
    assert client.get(reverse("learning_rules:rule", args=["lain", basis.pk])).status_code == 404
    assert client.get(reverse("learning_rules:rule", args=["ketentuan", 99999])).status_code == 404


def test_the_register_leads_there(client: Client, basis: LegalBasis, own: Cohort) -> None:
    user = as_role(client, REVIEWER, own)
    assert learners_url(basis, user) == address(basis)
    assert address(basis) in client.get(reverse("legal_bases:list")).content.decode()
    assert address(basis) in client.get(reverse("legal_bases:edit", args=[basis.pk])).content.decode()
    url = reverse("learning_rules:rule", args=["peraturan", basis.regulation_id])
    assert url in client.get(reverse("regulations:edit", args=[basis.regulation_id])).content.decode()
    assert learners_url(basis, make_staff("tanpa-hak")) is None
    assert learners_url(own, user) is None


def test_many_people_cost_as_many_queries_as_few(
    client: Client, basis: LegalBasis, own: Cohort, lesson: LessonPage
) -> None:
    as_role(client, ORGANISER, own)
    training("B-1", basis, people=1)
    client.post(address(basis), {"lesson": lesson.pk, "all": "1"})
    page(client, basis)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, basis)
        return len(seen)

    before = queries()
    training("A-2", basis, people=3, organisation=own.organisation)
    training("B-2", basis, people=3)
    client.post(address(basis), {"lesson": lesson.pk, "all": "1"})
    queries()
    assert queries() == before
    assert Enrolment.objects.count() == 9
