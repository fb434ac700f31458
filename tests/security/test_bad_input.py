"""Whatever is sent, the answer is a plain sentence with the right status, and nothing is lost or leaked."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.enums import Layout, Purpose
from assessments.models import Assessment
from courses.models import LessonPage
from lms.cohorts.models import Assignment, Enrolment
from lms.followup.models import Action, ActionReport, Plan
from lms.learning.domain import submit_attempt
from lms.learning.models import AnswerEvent, Attempt, LessonProgress
from lms.learning.queries import current_answers
from lms.people.domain import issue_pin
from lms.ui.policy import all_routes
from tests.factories import AssessmentFactory, EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.answers import answer, hand_in, right
from tests.lms.learning.lessons import NOTE_BLOCK, PRACTICE_BLOCK, put_into_lesson
from tests.security.canaries import plant, plant_form
from tests.security.crawler import body_of
from tests.security.hostile import BODIES, Body
from tests.security.world import World, client_of, make_world

pytestmark = pytest.mark.django_db

# Words of the machine room, which no sentence for a participant may hold.
TECHNICAL = re.compile(
    r"Traceback|Exception|Error\b|DoesNotExist|django\.|lms\.|SELECT |SQL|NoneType|0x[0-9a-f]{6}"
)


@pytest.fixture
def world() -> World:
    """The usual one; its training has a practice and an anonymous survey besides, of every kind there is."""
    made = make_world()
    for purpose, letter in ((Purpose.PRACTICE, "P"), (Purpose.SURVEY, "S")):
        assessment = AssessmentFactory(
            code=purpose, purpose=purpose, is_anonymous=purpose == Purpose.SURVEY, layout=Layout.ONE_PAGE
        )
        plant_form(assessment, letter)
        Assignment.objects.create(cohort=made.cohort, occasion=purpose, assessment=assessment)
    # Lessons are open, so that what is sent from within one gets as far as it can.
    made.cohort.pretest_first = False
    made.cohort.save()
    last = LessonPage.objects.descendant_of(made.cohort.course).order_by("path").last()
    put_into_lesson(last, plant("numeric", "L", bank="latihan"))
    return made


def answers_to(attempt: Attempt) -> int:
    return AnswerEvent.objects.filter(item__attempt=attempt).count()


@pytest.fixture
def window(world: World) -> Client:
    """Of the participant in the middle of the pre-test."""
    return client_of("own participant", world)


def sentences(response: Any) -> str:
    """What the page says, without its frame and tags; for a script, its message."""
    text = body_of(response).decode()
    if response["Content-Type"].startswith("application/json"):
        return str(response.json()["message"])
    main = re.search(r"<main.*?</main>", text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0] if main else text)).strip()


def says_plainly(response: Any, status: int) -> str:
    said = sentences(response)
    assert response.status_code == status, said
    assert re.search(r"\w+ \w+ \w+.*\.", said), "a sentence"
    assert not TECHNICAL.search(said), said
    return said


def envelope(**fields: Any) -> dict[str, Any]:
    return {"client_id": str(uuid.uuid4()), "sitting": "1", "seq": "1", **fields}


def save_url(attempt: Attempt, position: int = 1) -> str:
    return reverse("learning:save", args=[attempt.pk, position])


# The list of the issue


def test_an_unknown_code_and_a_wrong_pin_get_the_same_answer(world: World) -> None:
    person = world.enrolment.participant
    issue_pin(participant=person)
    said = []
    for code in (person.code, "ZZZZZ"):
        reply = Client().post(reverse("people:sign_in"), {"code": code, "pin": "000000"})
        said.append(says_plainly(reply, 400).replace(code, ""))
    assert said[0] == said[1]
    assert person.full_name not in said[0]


def test_a_form_sent_twice_counts_once(window: Client, world: World) -> None:
    item = world.attempt.items.get(position=1)
    fields = envelope(**right(item))
    action = {"id": str(uuid.uuid4()), "title": "Rapat", "phase": "lain", "deadline": "2026-07-01",
              "person_in_charge": "BPD", "indicator": "1", "evidence_expected": "Foto"}  # fmt: skip
    report = {"id": str(uuid.uuid4()), "status": "berjalan", "text": "Sudah mulai."}
    twice = [
        (save_url(world.attempt), fields, 200),
        (reverse("learning:question", args=[world.attempt.pk, 1]), fields, 303),
        (reverse("followup:action_add"), action, 302),
        (reverse("followup:action_report", args=[world.action.pk]), report, 302),
        (reverse("followup:submit"), {}, 302),
        (reverse("learning:submit", args=[world.attempt.pk]), {}, 303),
        (reverse("learning:start", args=["pre"]), {"number": "1"}, 303),
    ]
    for address, data, status in twice:
        assert [window.post(address, data).status_code for _time in range(2)] == [status, status], address
    assert answers_to(world.attempt) == 1
    assert Action.objects.filter(pk=action["id"]).count() == 1
    assert ActionReport.objects.count() == 1
    assert Plan.objects.count() == 1
    assert Attempt.objects.filter(enrolment=world.enrolment).count() == 1


def test_of_two_tabs_the_later_answer_counts_and_none_is_lost(window: Client, world: World) -> None:
    item = world.attempt.items.get(position=1)
    page = reverse("learning:question", args=[world.attempt.pk, 1])
    tabs = [window.get(page).content.decode() for _tab in range(2)]
    forms = [dict(re.findall(r'name="(client_id|sitting|seq)" value="([^"]+)"', tab)) for tab in tabs]
    for form, option in zip(forms, item.option_order, strict=False):
        assert window.post(page, {**form, "response": option}).status_code == 303
    assert answers_to(world.attempt) == 2
    counted = current_answers(world.attempt)[item.pk]
    assert f'value="{counted}" id="id_response-{counted}" checked' in window.get(page).content.decode()


def test_after_handing_in_nothing_changes_and_the_way_to_the_result_is_shown(
    window: Client, world: World
) -> None:
    item = world.attempt.items.get(position=1)
    answer(item)
    submit_attempt(attempt=world.attempt)
    world.attempt.refresh_from_db()
    before = (world.attempt.score, current_answers(world.attempt))
    other = {"response": item.option_order[0]}
    says_plainly(window.post(save_url(world.attempt), envelope(**other)), 409)
    page = window.post(reverse("learning:question", args=[world.attempt.pk, 1]), envelope(**other))
    says_plainly(page, 409)
    assert reverse("learning:result", args=[world.attempt.pk]) in page.content.decode()
    window.post(reverse("learning:submit", args=[world.attempt.pk]))
    world.attempt.refresh_from_db()
    assert (world.attempt.score, current_answers(world.attempt)) == before


def test_the_attempt_of_somebody_else_looks_like_one_that_never_was(world: World) -> None:
    stranger = client_of("other participant", world)
    for name, rest in (("question", [1]), ("save", [1]), ("review", []), ("submit", []), ("result", [])):
        said = [
            says_plainly(stranger.post(reverse(f"learning:{name}", args=[key, *rest]), envelope()), 404)
            for key in (world.attempt.pk, uuid.uuid4())
        ]
        assert said[0] == said[1]
        assert world.enrolment.participant.full_name not in said[0]
    world.attempt.refresh_from_db()
    assert world.attempt.submitted_at is None


def test_an_option_of_another_question_changes_nothing(window: Client, world: World) -> None:
    first, second = world.attempt.items.filter(kind__in=("single", "multiple"))
    answer(first)
    kept = current_answers(world.attempt)
    foreign = {"response": second.option_order[0]}
    says_plainly(window.post(save_url(world.attempt, first.position), envelope(seq="5", **foreign)), 400)
    page = reverse("learning:question", args=[world.attempt.pk, first.position])
    says_plainly(window.post(page, envelope(seq="6", **foreign)), 400)
    assert current_answers(world.attempt) == kept


def test_a_lesson_that_was_unpublished_meanwhile_says_so_and_keeps_the_progress(client: Client) -> None:
    enrolment: Enrolment = EnrolmentFactory(cohort__pretest_first=False)
    sign_in_as(client, enrolment.participant)
    first, second = enrolment.cohort.course.get_descendants().filter(depth=5).specific()
    done = reverse("learning:lesson_done", args=[first.pk])
    assert client.get(first.url).status_code == 200
    address = first.url
    first.unpublish()
    page = client.get(address)
    says_plainly(page, 404)
    assert second.url in page.content.decode()
    says_plainly(client.post(done), 404)
    assert LessonProgress.objects.filter(enrolment=enrolment, lesson=first).count() == 1


def test_the_test_of_a_signed_out_person_is_kept_for_the_next_sign_in(world: World) -> None:
    reply = Client().post(save_url(world.attempt), envelope(), headers={"accept": "application/json"})
    says_plainly(reply, 401)


def test_a_form_without_its_token_is_refused_with_a_sentence(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in_as(strict, world.enrolment.participant)
    refused = {route: strict.post(address(route, world)) for route in POSTED}
    answers = {route: reply for route, reply in refused.items() if reply.status_code != 403}
    assert {route: reply.status_code for route, reply in answers.items()} == {}
    for reply in refused.values():
        says_plainly(reply, 403)
    assert answers_to(world.attempt) == 0


# What nobody's browser sends

# Views that look only: they refuse a form or read nothing of it.
LOOK_ONLY = {
    "media/images/<path:name>",
    "healthz",
    "beranda/",
    "periksa/",
    "v/<str:code>/",
    "temuan/",
    "pengalaman/",
    "foto-berita/<uuid:key>/<slug:size>.jpg",
    "rencana/",
    "janji/",
    "rencana/cetak/",
    "sertifikat/",
    "sertifikat/unduh/",
    "cari/",
    "pelajaran-saya/",
    "catatan-saya/",
    "tes/<uuid:attempt_id>/periksa/",
    "tes/<uuid:attempt_id>/hasil/",
    "tes/<uuid:attempt_id>/jawaban/",
    "berkas/<uuid:file_id>/",
    "soal/media/<uuid:media_id>/",
}
OURS = [
    route for route in all_routes() if route.policy and not route.route.startswith(("admin/", "documents/"))
]
POSTED = [
    route.route
    for route in OURS
    if route.policy.name not in ("wagtail admin", "wagtail content") and route.route not in LOOK_ONLY
]


def address(route: str, world: World) -> str:
    known = {
        "attempt_id": world.attempt.pk,
        "position": world.attempt.items.get(kind="numeric").position,
        "occasion": "practice" if "assessment_id" in route else "pre",
        "assessment_id": Assessment.objects.get(code="survey" if "survei" in route else "practice").pk,
        "block_id": NOTE_BLOCK if "catatan" in route else PRACTICE_BLOCK,
        "page_id": world.cohort.course.get_descendants().last().pk,
        "action_id": world.action.pk,
        "finding_id": world.finding.pk,
        "note_id": world.note.pk,
    }
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(known[found[1]]), route)


def send(client: Client, place: str, body: Body) -> Any:
    return client.generic("POST", place, body.content, content_type=body.content_type)


# The hostile bodies hold a few answers like any other; None is an answer taken back.
ANSWERS_SENT = {None, "12", "-1"}
# Done, led on, or refused with a reason.
ALLOWED = {200, 204, 302, 303, 400, 403, 404, 409, 413, 429}


@pytest.mark.parametrize("route", POSTED)
def test_no_body_makes_the_server_fail(window: Client, world: World, route: str) -> None:
    window.raise_request_exception = False
    place = address(route, world)
    found = {}
    for body in BODIES:
        if "participant" not in window.session:  # this route signs people out
            sign_in_as(window, world.enrolment.participant)
        reply = send(window, place, body)
        if reply.status_code not in ALLOWED:
            found[body.name] = reply.status_code
        elif reply.status_code >= 400:
            said = sentences(reply)
            if TECHNICAL.search(said) or not re.search(r"\w+ \w+", said):
                found[body.name] = said[:200]
    assert found == {}
    world.attempt.refresh_from_db()
    assert world.attempt.score in (None, 0)
    assert set(current_answers(world.attempt).values()) <= ANSWERS_SENT


HOSTILE_PATHS = [
    "/tes/tidak-ada/mulai/",
    "/tes/00000000-0000-0000-0000-000000000000/soal/1/",
    "/tes/%00/soal/1/",
    "/tes/pre%00/mulai/",
    f"/tes/{uuid.uuid4()}/soal/{10**30}/",
    f"/pelajaran/{2**63}/selesai/",
    f"/pelajaran/{10**40}/selesai/",
    "/v/%00/",
    "/v/" + "A" * 5000 + "/",
    "/v/%F0%9F%98%80/",
    "/v/..%2F..%2Fetc/",
    "/periksa/?kode=%00",
    "/periksa/?kode=" + "9" * 5000,
    "/periksa/?kode=%ED%A0%80",
    "/masuk/?next=%00",
    "/masuk/?next=//jahat.example/",
    "/masuk/?next=javascript:alert(1)",
    "/beranda/?%00=%00",
    "/rencana/kegiatan/00000000-0000-0000-0000-000000000000/",
    "/kursus/%00/",
    "/%ED%A0%80/",
    "/" + "a/" * 300,
    "/en/en/en/masuk/",
    "/media/images/%00.png",
    "/media/images/%2e%2e/%2e%2e/secret_key",
    "/media/images//etc/passwd",
    "/media/images/",
]


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_address_makes_the_server_fail(world: World, signed_in: bool) -> None:
    client = client_of("own participant" if signed_in else "anonymous", world)
    statuses = {path[:60]: client.get(path).status_code for path in HOSTILE_PATHS}
    assert {path: status for path, status in statuses.items() if status >= 500} == {}


def test_nobody_is_sent_to_another_site_after_signing_in(world: World) -> None:
    pin = issue_pin(participant=world.enrolment.participant)
    for place in ("//jahat.example/", "https://jahat.example/", "javascript:alert(1)", "/\\jahat.example"):
        client = Client()
        sign_in = f"{reverse('people:sign_in')}?next={place}"
        there = client.post(sign_in, {"code": world.enrolment.participant.code, "pin": pin})
        onward = client.post(there["Location"])
        assert onward["Location"] == reverse("portal:dashboard")


def test_a_result_is_the_same_however_often_the_handing_in_is_sent(world: World, window: Client) -> None:
    handed_in = hand_in(world.attempt)
    submit = reverse("learning:submit", args=[handed_in.pk])
    places = {window.post(submit)["Location"] for _time in range(3)}
    handed_in.refresh_from_db()
    assert (places, handed_in.score) == ({reverse("learning:result", args=[handed_in.pk])}, 13)
