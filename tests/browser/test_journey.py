"""Two people after each other at one computer, each from signing in to certificate and plan."""

import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from kombu.exceptions import OperationalError
from playwright.sync_api import Page

from assessments.queries import load_questions
from lms.certificates.models import Certificate
from lms.cohorts.domain import record_attendance
from lms.cohorts.models import Enrolment
from lms.followup.models import Action, Plan
from lms.learning.models import AnswerEvent, Attempt
from lms.outbox import tasks
from lms.outbox.models import OutboxEntry
from lms.people.domain import issue_pin
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow, SignIn
from tests.browser.support import NEXT, WRONG, WRONG_NUMBER, Walk
from tests.factories import CohortFactory, EnrolmentFactory, MeetingFactory

pytestmark = pytest.mark.browser
OUT = "form[data-sign-out] button"


@dataclass(frozen=True)
class Person:
    """Somebody with a card, and what this person does not know before and after the lessons."""

    enrolment: Enrolment
    pin: str
    unknown_before: frozenset[str]
    unknown_after: frozenset[str]
    points: tuple[int, int]
    village_work: str

    @property
    def name(self) -> str:
        return self.enrolment.participant.full_name


@pytest.fixture
def people(site: str) -> tuple[Person, Person]:
    """Two people of one training who were there on all days. A form has 13 points in all."""
    cohort = CohortFactory(title="Pelatihan perencanaan desa")
    meeting = MeetingFactory(cohort=cohort)
    first = EnrolmentFactory(cohort=cohort, participant__full_name="Maria Kenari Pertama", form_order="AB")
    second = EnrolmentFactory(cohort=cohort, participant__full_name="Yosef Nuri Kedua", form_order="BA")
    for enrolment in (first, second):
        record_attendance(meeting=meeting, enrolment=enrolment, status="hadir", recorded_by=None)
    return (
        Person(
            first,
            issue_pin(participant=first.participant),
            unknown_before=frozenset({"single", "numeric", "matching"}),
            unknown_after=frozenset(),
            points=(8, 13),
            village_work="Musyawarah dusun Kenari",
        ),
        Person(
            second,
            issue_pin(participant=second.participant),
            unknown_before=frozenset({"multiple", "true_false", "ordering"}),
            unknown_after=frozenset({"single"}),
            points=(5, 12),
            village_work="Pendataan dusun Nuri",
        ),
    )


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates stay in the outbox until a worker looks there."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.run_entry, "apply_async", refuse)


def take_test(walk: Walk, person: Person, occasion: str, unknown: frozenset[str]) -> None:
    """Begin, answer all questions, look them over, hand in."""
    walk.do_the_next_thing()
    walk.press("main form button")
    attempt = Attempt.objects.get(enrolment=person.enrolment, occasion=occasion)
    items = list(attempt.items.order_by("position"))
    questions = load_questions(item.question_id for item in items)
    assert {item.kind for item in items} == set(WRONG), "each kind of question is met"
    for item in items:
        question = questions[item.question_id]
        is_unknown = item.kind in unknown
        response = WRONG[item.kind](question, item) if is_unknown else question.correct_response()
        walk.answer(item.kind, response)
        walk.press(NEXT)
    assert walk.page.locator("a.bb-square:not(.is-answered)").count() == 0, "nothing is left empty"
    walk.press(f'form[action$="/{attempt.pk}/kumpulkan/"] button')
    assert walk.page.url.endswith(reverse("learning:result", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.score == person.points[occasion == "post"]


def result_numbers(page: Page) -> list[int]:
    words = page.inner_text(".bb-lead").replace(".", " ").split()
    return [int(word) for word in words if word.isdigit()]


def read_lessons(walk: Walk, person: Person) -> None:
    """Follow the next thing, and mark each lesson as done until one's own page comes back."""
    walk.do_the_next_thing()
    lessons = person.enrolment.cohort.course.get_descendants().count() - 1
    for _ in range(lessons):
        walk.press('main form[action$="/selesai/"] button')
    assert walk.page.url.endswith(reverse("portal:dashboard"))
    assert person.enrolment.lesson_progress.exclude(completed_at=None).count() == lessons


def write_plan(walk: Walk, person: Person) -> None:
    """One activity before the Musdes, one at it; then hand in."""
    walk.do_the_next_thing()
    for phase in ("pra_musdes", "musdes"):
        walk.press(f'a[href="{reverse("followup:action_add")}"]')
        fields = {
            "title": f"{person.village_work} ({phase})",
            "deadline": (person.enrolment.cohort.starts_on + datetime.timedelta(days=20)).isoformat(),
            "person_in_charge": f"Kepala Dusun dari {person.village_work}",
            "indicator": "1 Berita Acara",
            "evidence_expected": "Berita Acara, foto",
        }
        for name, value in fields.items():
            walk.page.fill(f'[name="{name}"]', value)
        walk.page.click(f'.bb-choice:has([name=phase][value="{phase}"]) label')
        walk.press('main form:has([name="title"]) button')
        assert walk.page.url.endswith(reverse("followup:plan"))
    walk.press(f'form[action="{reverse("followup:submit")}"] button')
    plan = Plan.objects.get(enrolment=person.enrolment)
    assert plan.submitted_at is not None
    assert set(plan.actions.values_list("phase", flat=True)) == {"pra_musdes", "musdes"}


def fetch_certificate(walk: Walk, person: Person) -> list[str]:
    """The text of each page of the PDF, which the outbox makes while the person waits."""
    download = f'a[href="{reverse("certificates:download")}"]'
    walk.do_the_next_thing()
    assert walk.page.locator(download).count() == 0, "the certificate is still being made"
    call_command("work_outbox")
    walk.press(f'main a[href="{reverse("certificates:own")}"]')
    with walk.page.expect_download() as saved:
        walk.page.click(download)
    content = Path(saved.value.path()).read_bytes()
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def go_the_whole_way(walk: Walk, person: Person, sign_in: SignIn) -> list[str]:
    """From the sign-in page to the certificate; returns the text of the certificate."""
    sign_in(walk.page, person.enrolment.participant, person.pin)
    walk.look()
    take_test(walk, person, "pre", person.unknown_before)
    assert result_numbers(walk.page) == [person.points[0], 13]
    read_lessons(walk, person)
    take_test(walk, person, "post", person.unknown_after)
    assert result_numbers(walk.page) == [*person.points, 13]
    write_plan(walk, person)
    printed = fetch_certificate(walk, person)
    certificate = Certificate.objects.get(enrolment=person.enrolment)
    assert person.name in printed[0]
    assert certificate.number in printed[0]
    return printed


def traces_of(person: Person) -> list[str]:
    """Texts that only this person's pages may hold."""
    attempts = Attempt.objects.filter(enrolment=person.enrolment)
    chosen = AnswerEvent.objects.filter(item__attempt__in=attempts)
    certificate = Certificate.objects.get(enrolment=person.enrolment)
    return [
        person.name,
        person.enrolment.participant.code,
        person.village_work,
        certificate.number,
        certificate.code,
        *map(str, attempts.values_list("pk", flat=True)),
        *map(str, chosen.values_list("pk", flat=True)),
        *map(str, Action.objects.filter(plan__enrolment=person.enrolment).values_list("pk", flat=True)),
    ]


def met(traces: list[str], documents: list[str]) -> set[str]:
    return {trace for trace in traces if any(trace in document for document in documents)}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_people_at_one_computer_each_get_their_own_result_plan_and_certificate(
    open_window: OpenWindow,
    site: str,
    sign_in: SignIn,
    people: tuple[Person, Person],
    viewport: tuple[int, int],
) -> None:
    first, second = people
    page = open_window(site, viewport=viewport)
    before, after = Walk(page), Walk(page)

    own_certificate = go_the_whole_way(before, first, sign_in)
    before.press(OUT)
    after.look()
    other_certificate = go_the_whole_way(after, second, sign_in)

    shown = met(traces_of(first), before.documents)
    assert {first.name, first.village_work} <= shown, "the traces can be met at all"
    assert any(WRONG_NUMBER in document for document in before.documents)
    assert met(traces_of(first), after.documents) == set()
    assert not any(WRONG_NUMBER in document for document in after.documents)
    assert second.name not in " ".join(own_certificate)
    assert first.name not in " ".join(other_certificate)
    theirs = Attempt.objects.filter(enrolment=first.enrolment).values_list("pk", flat=True)
    assert {after.open(reverse("learning:result", args=[pk])) for pk in theirs} == {404}
    assert OutboxEntry.objects.filter(state="done").count() == 2


def test_the_whole_way_can_be_gone_without_scripts_on_a_phone(
    open_window: OpenWindow, site: str, sign_in: SignIn, people: tuple[Person, Person]
) -> None:
    person = people[1]
    walk = Walk(open_window(site, viewport=PHONE, scripts=False), scripts=False)
    go_the_whole_way(walk, person, sign_in)
    walk.press(OUT)
    assert walk.page.url.endswith(reverse("people:sign_in"))
    assert AnswerEvent.objects.count() == 12
