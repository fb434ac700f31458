"""Right answers, reasons and notes for trainers appear in nothing that a participant can reach."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models

from assessments.enums import Layout
from assessments.models import Assessment, Question
from assessments.queries import load_questions
from assessments.registry import kinds
from lms.certificates.domain import render_certificate
from lms.certificates.models import Certificate
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Enrolment
from lms.learning.domain.marking import mark_item
from lms.learning.models import Attempt, AttemptItem
from lms.outbox.domain import run_entry
from lms.outbox.models import OutboxEntry
from lms.people.management.roles import TRAINER, set_up_roles
from tests.factories import AssessmentFactory, EnrolmentFactory, MeetingFactory, make_staff
from tests.helpers import sign_in_as
from tests.security.canaries import (
    SHOWN,
    NoFixtureError,
    found_in,
    plant,
    plant_draft,
    plant_form,
    planted,
    word,
)
from tests.security.crawler import Crawler
from tests.security.looking import Found, admin_addresses, leaks, seen, starts
from tests.security.taking import hand_in, take

pytestmark = pytest.mark.django_db

OPEN_A = {("A", field) for field in SHOWN}
OPEN_B = {("B", field) for field in SHOWN}
# Told on the question's form and in its preview.
NOT_INSPECTED = {"when", "instructions"}


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody whose test has a canary in every field of every kind, in both forms, until tomorrow."""
    assessment = AssessmentFactory(offer_dont_know=True)
    for letter in "AB":
        plant_form(assessment, letter)
    tomorrow = timezone.localdate() + timedelta(days=1)
    return EnrolmentFactory(
        cohort__assessment=assessment, cohort__starts_on=tomorrow, cohort__ends_on=tomorrow
    )


@pytest.fixture
def crawler(client: Client) -> Crawler:
    return Crawler(client)


@pytest.fixture
def participant(crawler: Crawler, enrolment: Enrolment) -> Crawler:
    sign_in_as(crawler.client, enrolment.participant)
    return crawler


def begin(crawler: Crawler, enrolment: Enrolment, occasion: str) -> Attempt:
    assert crawler.send("post", reverse("learning:start", args=[occasion])).status == 303
    return Attempt.objects.get(enrolment=enrolment, occasion=occasion)


def graduate(enrolment: Enrolment) -> None:
    """Mark what a person has to mark, attend, and get the certificate."""
    marker = make_staff("pemeriksa")
    for item in AttemptItem.objects.filter(attempt__enrolment=enrolment, earned=None):
        mark_item(item=item, level=0, actor=marker)
    record_attendance(
        meeting=MeetingFactory(cohort=enrolment.cohort), enrolment=enrolment, status="hadir", recorded_by=None
    )
    for entry in OutboxEntry.objects.all():
        run_entry(entry.pk)
    certificate = Certificate.objects.get(enrolment=enrolment)
    render_certificate(certificate_id=certificate.pk)


def test_a_kind_without_canaries_fails() -> None:
    with pytest.raises(NoFixtureError):
        plant("a_new_kind", "A")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_kind_has_words_for_trainers_and_words_for_participants(kind: str) -> None:
    fields = planted(plant(kind, "X"))
    assert fields & SHOWN
    assert fields - SHOWN


def test_a_trainer_meets_every_canary_so_the_search_would_find_one(
    crawler: Crawler, enrolment: Enrolment
) -> None:
    set_up_roles()
    trainer = make_staff()
    trainer.groups.add(Group.objects.get(name=TRAINER))
    crawler.client.force_login(trainer)
    missed = {}
    for question in load_questions(Question.objects.values_list("pk", flat=True)).values():
        answer = crawler.send("get", reverse(f"questions_{question.kind}:inspect", args=[question.pk]))
        assert answer.status == 200
        shown = {field for _letter, field in seen([answer])}
        missed[question.kind] = planted(question) - shown - NOT_INSPECTED
    assert {kind: fields for kind, fields in missed.items() if fields} == {}


def test_what_a_trainer_previews_is_what_participants_see(crawler: Crawler, enrolment: Enrolment) -> None:
    crawler.client.force_login(make_staff(is_superuser=True))
    previews = [
        crawler.send("get", reverse(f"questions_{question.kind}:preview", args=[question.pk]))
        for question in load_questions(Question.objects.values_list("pk", flat=True)).values()
    ]
    assert {answer.status for answer in previews} == {200}
    assert leaks(previews, OPEN_A | OPEN_B) == {}


def test_a_stranger_meets_no_key_and_no_question(crawler: Crawler, enrolment: Enrolment) -> None:
    found = crawler.crawl([*starts(enrolment), *admin_addresses()])
    crawler.send_forms(found)
    assert len(found) > 60
    assert leaks(crawler.answers) == {}


@pytest.mark.parametrize("layout", Layout.values)
def test_a_participant_meets_no_key_before_in_between_and_after_the_tests(
    participant: Crawler, enrolment: Enrolment, layout: str
) -> None:
    Assessment.objects.update(layout=layout)
    enrolment.cohort.require_plan = enrolment.cohort.require_post_test = False
    enrolment.cohort.save()
    looked: list[int] = []

    def look_everywhere(allowed: Found) -> None:
        looked.append(len(participant.crawl(starts(enrolment))))
        assert leaks(participant.answers, allowed) == {}

    look_everywhere(set())
    for occasion, allowed in (("pre", OPEN_A), ("post", OPEN_A | OPEN_B)):
        attempt = begin(participant, enrolment, occasion)
        look_everywhere(allowed)
        take(participant, attempt)
        look_everywhere(allowed)
        hand_in(participant, attempt)
        look_everywhere(allowed)
    graduate(enrolment)
    found = participant.crawl(starts(enrolment))
    participant.send_forms(found)
    looked.append(len(found))

    assert [answer for answer in participant.answers if answer.raw.startswith(b"%PDF")]
    assert sum(answer.address.endswith("/hasil/") for answer in found) >= 4, "results in both languages"
    assert min(looked) > 40
    assert leaks(participant.answers, OPEN_A | OPEN_B) == {}
    assert seen(participant.answers) >= {("A", "stem"), ("B", "stem"), ("A", "text"), ("B", "left")}
    assert not [answer.address for answer in participant.answers if answer.status >= 500]


def test_a_draft_reaches_no_participant(participant: Crawler, enrolment: Enrolment) -> None:
    """What a trainer has written and nobody has approved yet is in no page, before or after the test."""
    for question in load_questions(Question.objects.values_list("pk", flat=True)).values():
        plant_draft(question, "D")
    drafts = "".join(map(str, Revision.objects.values_list("content", flat=True)))
    assert {field for letter, field in found_in(drafts) if letter == "D"} >= {"stem", "text", "rationale"}
    attempt = begin(participant, enrolment, "pre")
    take(participant, attempt)
    hand_in(participant, attempt)
    participant.crawl([*starts(enrolment), *admin_addresses()])
    assert leaks(participant.answers, OPEN_A) == {}
    assert seen(participant.answers) >= {("A", "stem"), ("A", "text")}


def test_no_admin_page_opens_to_a_participant(participant: Crawler, enrolment: Enrolment) -> None:
    answers = [participant.send("get", address) for address in admin_addresses()]
    assert {answer.status for answer in answers} == {302}
    assert all("Location: /admin/login/" in answer.text for answer in answers)
    assert leaks(answers) == {}


def test_search_knows_no_question(enrolment: Enrolment) -> None:
    models = get_indexed_models()
    assert Page in models
    assert not any(issubclass(model, Question) for model in models)
    backend = get_search_backend()
    words = {word(kind, letter, field) for kind in kinds() for letter in "AB" for field in ("stem", "note")}
    found = {model: [w for w in ["KENARI", *words] if backend.search(w, model)] for model in models}
    assert not any(found.values())


OPTION = re.compile(r'<div class="bb-choice">(.*?)</div>', re.DOTALL)


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_a_right_option_is_drawn_like_a_wrong_one(kind: str, client: Client) -> None:
    """Beside the words of the options nothing differs."""
    enrolment = EnrolmentFactory()
    sign_in_as(client, enrolment.participant)
    crawler = Crawler(client)
    attempt = begin(crawler, enrolment, "pre")
    item = attempt.items.get(kind=kind)
    html = crawler.send("get", reverse("learning:question", args=[attempt.pk, item.position])).text
    drawn = OPTION.findall(html)
    assert len(drawn) == len(item.option_order)
    for identity in item.option_order:
        drawn = [row.replace(identity, "ID") for row in drawn]
    bare = {re.sub(r">[^<]+<", "><", row) for row in drawn}
    assert len(bare) == 1
