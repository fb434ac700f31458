"""Right answers, reasons and notes for trainers appear in nothing that a participant can reach."""

import io
import re
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models

from assessments.models import (
    Choice,
    MatchPair,
    NumericQuestion,
    OrderingQuestion,
    Question,
    TrueFalseQuestion,
)
from assessments.queries import load_questions
from assessments.registry import kinds
from lms.certificates.domain import render_certificate
from lms.certificates.models import Certificate
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Enrolment
from lms.followup.models import Action
from lms.learning.models import Attempt, AttemptItem
from lms.outbox.domain import run_entry
from lms.outbox.models import OutboxEntry
from lms.people.management.roles import TRAINER, set_up_roles
from lms.ui.policy import WAGTAIL_ADMIN, WAGTAIL_CONTENT, all_routes
from tests.factories import EnrolmentFactory, MeetingFactory, make_staff
from tests.helpers import sign_in_as
from tests.security.crawler import Answer, Crawler

pytestmark = pytest.mark.django_db

CANARY = "KENARI-RAHASIA"
SECRET_NUMBER = Decimal("8675309.4242")
COMMON_ERROR = "7654321"
# A number may be written with or without thousands, in either notation.
NUMBERS = [re.compile(r"8[\s.,\u00a0]?675[\s.,\u00a0]?309[.,]4242"), re.compile(r"7[\s.,]?654[\s.,]?321")]
WORDS = re.compile(rf"{CANARY}-[a-z_]+")
ALWAYS = [
    *("/", "/en/", "/masuk/", "/beranda/", "/periksa/", "/sitemap.xml", "/robots.txt", "/healthz"),
    *("/cari/?q=KENARI", "/search/?query=KENARI", "/?q=KENARI"),
]


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    """Somebody whose test has a canary in every field of every kind that is not for participants."""
    enrolment = EnrolmentFactory()
    for question in Question.objects.all():
        question.note = f"{CANARY}-note_{question.kind}"
        question.citations = [{"ref": f"{CANARY}-citation_{question.kind}", "status": "ok"}]
        question.save()
    for choice in Choice.objects.all():
        role = "right" if choice.is_correct else "wrong"
        Choice.objects.filter(pk=choice.pk).update(rationale=f"{CANARY}-{choice.question.kind}_{role}")
    TrueFalseQuestion.objects.update(rationale=f"{CANARY}-true_false_why")
    OrderingQuestion.objects.update(rationale=f"{CANARY}-ordering_why")
    MatchPair.objects.exclude(left="").update(rationale=f"{CANARY}-matching_why")
    MatchPair.objects.filter(left="").update(rationale=f"{CANARY}-matching_extra")
    NumericQuestion.objects.update(
        answer=SECRET_NUMBER,
        solution=f"{CANARY}-numeric_solution",
        common_errors=[{"value": COMMON_ERROR, "why": f"{CANARY}-numeric_error"}],
    )
    return enrolment


EXPECTED = {
    *(f"{CANARY}-{field}_{kind}" for field in ("note", "citation") for kind in kinds()),
    *(f"{CANARY}-{kind}_{role}" for kind in ("single", "multiple") for role in ("right", "wrong")),
    *(f"{CANARY}-{kind}_why" for kind in ("true_false", "ordering", "matching")),
    *(f"{CANARY}-{end}" for end in ("matching_extra", "numeric_solution", "numeric_error")),
    *(pattern.pattern for pattern in NUMBERS),
}


def canaries_in(text: str) -> set[str]:
    found = set(WORDS.findall(text))
    return found | {pattern.pattern for pattern in NUMBERS if pattern.search(text)}


def text_of(answer: Answer) -> str:
    if not answer.raw.startswith(b"%PDF"):
        return answer.text
    return answer.text + "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.raw)).pages
    )


def leaks(answers: Iterable[Answer]) -> dict[str, set[str]]:
    """Canaries by the address that showed them."""
    found = {f"{answer.method} {answer.address}": canaries_in(text_of(answer)) for answer in answers}
    return {address: canaries for address, canaries in found.items() if canaries}


@pytest.fixture
def crawler(client: Client) -> Crawler:
    return Crawler(client)


@pytest.fixture
def participant(crawler: Crawler, enrolment: Enrolment) -> Crawler:
    sign_in_as(crawler.client, enrolment.participant)
    return crawler


def arguments(route: str, enrolment: Enrolment) -> dict[str, Any]:
    """What the placeholders of a route stand for."""
    attempt = Attempt.objects.filter(enrolment=enrolment).first()
    action = Action.objects.first()
    certificate = Certificate.objects.first()
    known = {
        "attempt_id": attempt.pk if attempt else uuid.uuid4(),
        "action_id": action.pk if action else uuid.uuid4(),
        "code": certificate.code if certificate else "A" * 26,
        "occasion": "post",
        "name": "tidak-ada.png",
        "position": 1,
        "page_id": enrolment.cohort.course.get_descendants().last().pk,
    }
    return {name: known[name] for name in re.findall(r"<\w+:(\w+)>", route)}


def named_addresses(enrolment: Enrolment) -> Iterator[str]:
    """Every route of ours outside the admin, in both languages."""
    for route in all_routes():
        if route.policy in (WAGTAIL_ADMIN, WAGTAIL_CONTENT):
            continue
        yield "/" + re.sub(r"<\w+:(\w+)>", "{\\1}", route.route).format(**arguments(route.route, enrolment))


def admin_addresses() -> Iterator[str]:
    """Where the keys and the previews of pages are, for who may see them."""
    for question in load_questions(Question.objects.values_list("pk", flat=True)).values():
        for action in ("inspect", "edit", "preview", "delete"):
            yield reverse(f"questions_{question.kind}:{action}", args=[question.pk])
    yield reverse("questions_all:index")
    for page in Page.objects.filter(depth__gt=1):
        for name in ("edit", "preview_on_edit", "view_draft"):
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield f"{reverse('wagtailadmin_pages:search')}?q={CANARY}"


def starts(enrolment: Enrolment) -> list[str]:
    return [*ALWAYS, *named_addresses(enrolment)]


def wrong_fields(item: AttemptItem, question: Question) -> dict[str, Any]:
    """A valid answer that is not the key's number, so that nobody's own answer looks like a leak."""
    if item.kind == "numeric":
        return {"response": "12"}
    response = question.correct_response()
    if isinstance(response, dict):
        return {f"response-{name}": str(value) for name, value in response.items()}
    return {"response": response}


def take(crawler: Crawler, attempt: Attempt) -> None:
    """Answer all questions in every way there is: by script, by form, rightly, badly, not at all."""
    items = list(attempt.items.order_by("position"))
    questions = load_questions(item.question_id for item in items)
    for number, item in enumerate(items, start=1):
        page = reverse("learning:question", args=[attempt.pk, item.position])
        save = reverse("learning:save", args=[attempt.pk, item.position])
        right = wrong_fields(item, questions[item.question_id])
        for step, fields in enumerate(({"response": "tidak ada"}, {"response-x": "1"}, {}, right)):
            for way, address in enumerate((save, page)):
                envelope = {
                    "client_id": str(uuid.uuid4()),
                    "sitting": "1",
                    "seq": str(number * 10 + step * 2 + way),
                }
                crawler.send("post", address, {**envelope, **fields})
        crawler.send("get", page)
    statuses = {answer.status for answer in crawler.answers if answer.address.endswith("/simpan/")}
    assert {200, 400} <= statuses, "answers were saved and refused"


def hand_in(crawler: Crawler, attempt: Attempt) -> None:
    crawler.send("get", reverse("learning:review", args=[attempt.pk]))
    crawler.send("post", reverse("learning:submit", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None
    take_again = reverse("learning:save", args=[attempt.pk, 1])
    late = {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "999"}
    assert crawler.send("post", take_again, late).status == 409


def begin(crawler: Crawler, enrolment: Enrolment, occasion: str) -> Attempt:
    assert crawler.send("post", reverse("learning:start", args=[occasion])).status == 303
    return Attempt.objects.get(enrolment=enrolment, occasion=occasion)


def graduate(enrolment: Enrolment) -> None:
    record_attendance(
        meeting=MeetingFactory(cohort=enrolment.cohort), enrolment=enrolment, status="hadir", recorded_by=None
    )
    for entry in OutboxEntry.objects.all():
        run_entry(entry.pk)
    certificate = Certificate.objects.get(enrolment=enrolment)
    render_certificate(certificate_id=certificate.pk)


def test_a_trainer_meets_every_canary_so_the_search_would_find_one(
    crawler: Crawler, enrolment: Enrolment
) -> None:
    set_up_roles()
    trainer = make_staff()
    trainer.groups.add(Group.objects.get(name=TRAINER))
    crawler.client.force_login(trainer)
    inspected = [
        crawler.send("get", reverse(f"questions_{question.kind}:inspect", args=[question.pk]))
        for question in Question.objects.all()
    ]
    assert {answer.status for answer in inspected} == {200}
    assert set().union(*leaks(inspected).values()) == EXPECTED


def test_what_a_trainer_previews_is_what_participants_see(crawler: Crawler, enrolment: Enrolment) -> None:
    crawler.client.force_login(make_staff(is_superuser=True))
    previews = [
        crawler.send("get", reverse(f"questions_{question.kind}:preview", args=[question.pk]))
        for question in Question.objects.all()
    ]
    assert {answer.status for answer in previews} == {200}
    assert leaks(previews) == {}


def test_a_stranger_meets_no_key(crawler: Crawler, enrolment: Enrolment) -> None:
    found = crawler.crawl([*starts(enrolment), *admin_addresses()])
    crawler.send_forms(found)
    assert len(found) > 60
    assert leaks(crawler.answers) == {}


def test_a_participant_meets_no_key_before_in_between_and_after_the_tests(
    participant: Crawler, enrolment: Enrolment
) -> None:
    enrolment.cohort.require_plan = False
    enrolment.cohort.save()

    def look_everywhere() -> int:
        return len(participant.crawl(starts(enrolment)))

    looked = [look_everywhere()]
    for occasion in ("pre", "post"):
        attempt = begin(participant, enrolment, occasion)
        looked.append(look_everywhere())
        take(participant, attempt)
        looked.append(look_everywhere())
        hand_in(participant, attempt)
        looked.append(look_everywhere())
    graduate(enrolment)
    found = participant.crawl(starts(enrolment))
    participant.send_forms(found)
    looked.append(len(found))

    assert [answer for answer in participant.answers if answer.raw.startswith(b"%PDF")]
    assert sum(answer.address.endswith("/hasil/") for answer in found) >= 4, "results in both languages"
    assert min(looked) > 40
    assert leaks(participant.answers) == {}
    assert not [answer.address for answer in participant.answers if answer.status >= 500]


def test_no_admin_page_opens_to_a_participant(participant: Crawler, enrolment: Enrolment) -> None:
    answers = [participant.send("get", address) for address in admin_addresses()]
    assert {answer.status for answer in answers} == {302}
    assert all("Location: /admin/login/" in answer.text for answer in answers)
    assert leaks(answers) == {}


def test_search_knows_no_key(enrolment: Enrolment) -> None:
    models = get_indexed_models()
    assert Page in models
    backend = get_search_backend()
    words = sorted(EXPECTED - {pattern.pattern for pattern in NUMBERS})
    found = {model: [w for w in [CANARY, *words] if backend.search(w, model)] for model in models}
    assert not any(found.values())
    assert not any(issubclass(model, Question) for model in models)


OPTION = re.compile(r'<div class="bb-choice">(.*?)</div>', re.DOTALL)


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_a_right_option_is_drawn_like_a_wrong_one(
    participant: Crawler, enrolment: Enrolment, kind: str
) -> None:
    attempt = begin(participant, enrolment, "pre")
    item = attempt.items.get(kind=kind)
    html = participant.send("get", reverse("learning:question", args=[attempt.pk, item.position])).text
    drawn = OPTION.findall(html)
    assert len(drawn) == len(item.option_order)
    for identity in item.option_order:
        drawn = [row.replace(identity, "ID") for row in drawn]
    bare = {re.sub(r">[^<]+<", "><", row) for row in drawn}
    assert len(bare) == 1
