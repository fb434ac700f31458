"""What a machine can check of "everybody can use it": axe finds nothing, and nothing runs off a small screen.

Each page is opened once on a phone and looked at in light and in dark, then at the narrowest width.
"""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page

from courses.imports.glossary import glossary_pages
from courses.imports.pages import PageLoader
from courses.models import GlossaryTerm
from home.domain.halls import draft_hall
from home.domain.library import shelf_of
from home.models import HomePage
from home.receivers import make_front_pages
from lms.certificates.domain import issue_certificate
from lms.cohorts.domain import record_attendance
from lms.cohorts.domain.attendance_codes import digits_of, open_code
from lms.cohorts.models import Enrolment
from lms.followup.domain import submit_plan, write_pledge
from lms.learning.domain import complete_lesson, start_attempt, submit_attempt
from lms.people.domain import issue_pin
from tests.browser.conftest import PHONE, OpenWindow, SignIn
from tests.browser.support_training import meeting_of_today
from tests.courses.trees import EVERY_BLOCK, Tree, blocks, make_tree
from tests.factories import (
    ALL_MAKERS,
    CohortFactory,
    EnrolmentFactory,
    FindingFactory,
    MeetingFactory,
    make_staff,
)
from tests.home.making import make_news
from tests.home.test_library import make_document
from tests.lms.followup.factories import make_action
from tests.lms.learning.answers import hand_in
from tests.lms.learning.moments import make_scale
from tests.lms.learning.training import make_practice, make_survey

pytestmark = pytest.mark.browser
NARROWEST = 320
CANARY = "Kenari"
LONG = "Musyawarah dusun bersama perempuan kepala keluarga dan pemuda https://contoh.desa.id/" + "berita" * 12
SEND = "main form:not([data-sign-out]) button:not([name])"
Check = Callable[[str], None]


@pytest.fixture
def tree(site: str) -> Tree:
    tree = make_tree()
    for page in (tree.lesson, tree.lesson.get_translation(tree.english.locale)):
        page.specific.body = blocks(EVERY_BLOCK)
        page.save_revision().publish()
    return tree


@pytest.fixture
def enrolment(tree: Tree) -> Enrolment:
    """Somebody who was there, in a training whose certificate asks for everything."""
    cohort = CohortFactory(course=tree.course)
    FindingFactory(cohort=cohort)
    person = EnrolmentFactory(cohort=cohort, participant__full_name=f"Maria {CANARY} Bere Mali Loe")
    record_attendance(
        meeting=MeetingFactory(cohort=cohort), enrolment=person, status="hadir", recorded_by=None
    )
    return person


@pytest.fixture(params=["", "/en"], ids=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def window(open_window: OpenWindow, site: str) -> Iterator[Page]:
    """A phone whose console stays silent, but for the statuses of refusals."""
    page = open_window(site)
    page.emulate_media(reduced_motion="reduce")
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "the server responded with a status" not in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


@pytest.fixture
def check(window: Page) -> Check:
    """``check(what)``: the page in the window has no fault, and names nobody in title and address."""
    return lambda what: _check(window, what)


def _check(page: Page, what: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        faults = Axe().run(page).response["violations"]
        assert [(what, scheme, fault["id"], _places(fault)) for fault in faults] == []
    page.set_viewport_size({"width": NARROWEST, "height": PHONE[1]})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert width <= NARROWEST, f"{what} is {width} points wide"
    assert CANARY.lower() not in f"{page.title()} {page.url}".lower(), what


def _places(fault: dict[str, Any]) -> list[str]:
    return [node["html"][:200] for node in fault["nodes"]]


def _open(page: Page, check: Check, addresses: list[str], *, status: int = 200) -> None:
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == status, address
        check(address)


def _enter(page: Page, sign_in: SignIn, enrolment: Enrolment) -> None:
    sign_in(page, enrolment.participant, issue_pin(participant=enrolment.participant))


def _attempt(enrolment: Enrolment, occasion: str) -> Any:
    return start_attempt(enrolment=enrolment, occasion=occasion)


def test_a_visitors_pages(window: Page, check: Check, language: str, enrolment: Enrolment) -> None:
    pages = ["/", "/kursus/", "/kursus/m1/", "/masuk/", "/periksa/"]
    _open(window, check, [language + page for page in pages])
    _open(window, check, [f"{language}/v/TIDAKADA/", f"{language}/tidak-ada/"], status=404)
    window.goto(f"{language}/masuk/")
    window.click(SEND)
    check("sign-in, empty")
    window.fill("[name=code]", enrolment.participant.code)
    window.fill("[name=pin]", "000000")
    window.click(SEND)
    check("sign-in, wrong")
    window.fill("[name=pin]", issue_pin(participant=enrolment.participant))
    window.click(SEND)
    window.wait_for_url(f"**{reverse('people:confirm')}*")
    check("is this you?")


def test_news_and_experiences(
    window: Page,
    check: Check,
    language: str,
    enrolment: Enrolment,
    sign_in: SignIn,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.LMS_PRIVATE_ROOT = str(tmp_path)
    page = make_news(enrolment.cohort)
    address = page.get_url().removeprefix("/en")
    _open(window, check, [language + place for place in ("/berita/", address)])
    window.emulate_media(media="print")
    check("news on paper")
    window.emulate_media(media="screen")
    _enter(window, sign_in, enrolment)
    _open(window, check, [f"{language}/pengalaman/{place}" for place in ("", "baru/", "tarik/")])
    window.goto(f"{language}/pengalaman/baru/")
    window.click(SEND)
    check("an experience with nothing in it")


def test_what_anybody_can_look_up(window: Page, check: Check, language: str, site: str) -> None:
    """Search, library, halls and glossary."""
    loader = PageLoader()
    make_front_pages(sender=None, loader=loader)
    for source in glossary_pages():
        loader.place(
            source, parent=HomePage.objects.get(locale__language_code=source.language), in_order=False
        )
    GlossaryTerm.objects.create(slug="bpd", term="BPD", expansion="Badan Permusyawaratan Desa", meaning=LONG)
    cohort = CohortFactory()
    make_document(shelf_of(cohort.organisation), LONG[:80], slug="panjang")
    hall = draft_hall(village=cohort.village, organisation=cohort.organisation, user=make_staff("panitia"))
    hall.address, hall.hours, hall.services = LONG, "Senin 08.00", LONG
    hall.save_revision().publish()
    words = "/glossary/" if language else "/istilah/"
    found = ["/cari/", "/cari/?q=musyawarah", "/cari/?q=zzzz"]
    _open(window, check, [language + page for page in (*found, "/pustaka/", "/balai-rakyat/", words)])
    _open(window, check, [hall.url])


def test_the_pages_before_and_in_a_test(
    window: Page, check: Check, language: str, enrolment: Enrolment, tree: Tree, sign_in: SignIn
) -> None:
    _enter(window, sign_in, enrolment)
    pages = ["/beranda/", "/tes/pre/mulai/", "/sertifikat/", "/rencana/"]
    _open(window, check, [language + page for page in pages])
    _open(window, check, [language + tree.lesson.url], status=403)
    attempt = _attempt(enrolment, "pre")
    count = attempt.items.count()
    assert count == 6, "one of each kind"
    test = f"{language}/tes/{attempt.pk}"
    _open(window, check, [f"{test}/soal/{position}/" for position in range(1, count + 1)])
    _open(window, check, [f"{test}/periksa/"])
    number = attempt.items.get(kind="numeric").position
    window.goto(f"{test}/soal/{number}/")
    window.click("details summary")
    window.fill("[name=response]", "1,200,000")
    window.wait_for_selector("[data-save-state].is-failed")
    check("an answer that cannot be read")


def test_the_pages_while_learning(
    window: Page, check: Check, language: str, enrolment: Enrolment, tree: Tree, sign_in: SignIn
) -> None:
    attempt = hand_in(_attempt(enrolment, "pre"), right_items=2)
    complete_lesson(enrolment=enrolment, lesson=tree.lesson)
    _enter(window, sign_in, enrolment)
    course = tree.english if language else tree.course
    module, *_rest = course.get_children()
    lessons = module.get_children()
    _open(window, check, [page.url for page in (course, module, *lessons)])
    window.emulate_media(media="print")
    check("a lesson on paper")
    window.emulate_media(media="screen")
    _open(window, check, [f"{language}/tes/{attempt.pk}/hasil/", f"{language}/beranda/"])


def test_the_pages_of_plan_and_certificate(
    window: Page, check: Check, language: str, enrolment: Enrolment, sign_in: SignIn
) -> None:
    hand_in(_attempt(enrolment, "pre"), right_items=2)
    attempt = hand_in(_attempt(enrolment, "post"))
    late = make_action(enrolment, title=LONG, deadline=enrolment.cohort.starts_on)
    make_action(enrolment, deadline=datetime.date(2027, 12, 1), person_in_charge=LONG, indicator=LONG)
    _enter(window, sign_in, enrolment)
    form = f"/rencana/kegiatan/{late.pk}/"
    pages = [f"/tes/{attempt.pk}/hasil/", "/rencana/", "/rencana/kegiatan/", form]
    _open(window, check, [language + page for page in pages])
    window.goto(f"{language}/rencana/kegiatan/")
    window.click(SEND)
    check("an activity with nothing in it")
    submit_plan(enrolment=enrolment)
    certificate = issue_certificate(enrolment=enrolment)
    pages = ["/rencana/", f"{form}kabar/", "/sertifikat/", f"/v/{certificate.code}/", "/beranda/"]
    _open(window, check, [language + page for page in pages])


def test_the_pages_of_a_training_day(
    window: Page, check: Check, language: str, enrolment: Enrolment, sign_in: SignIn
) -> None:
    """The own page with everything on it at once, and where it leads: code, pledge, findings, a scale."""
    cohort = enrolment.cohort
    meeting = meeting_of_today(cohort)
    code = open_code(meeting=meeting, opened_by=None)
    scale = make_scale(cohort, occasions=("before", "after"))
    _enter(window, sign_in, enrolment)
    pages = ["/beranda/", "/hadir/", "/janji/tulis/", "/temuan/", "/temuan/baru/"]
    pages += [f"/tes/before/{scale.pk}/mulai/"]
    _open(window, check, [language + page for page in pages])
    window.goto(f"{language}/hadir/")
    window.fill("[name=code]", "0000" if digits_of(code, timezone.now()) != "0000" else "1111")
    window.click(SEND)
    check("a wrong code")
    for form in ("janji/tulis", "temuan/baru"):
        window.goto(f"{language}/{form}/")
        window.click(SEND)
        check(f"{form} with nothing in it")
    write_pledge(enrolment=enrolment, promises=[LONG, "Saya ikut musyawarah dusun."])
    _open(window, check, [f"{language}/janji/", f"{language}/beranda/"])


def test_a_page_with_many_questions_a_survey_and_the_own_answers(
    window: Page, check: Check, language: str, enrolment: Enrolment, sign_in: SignIn
) -> None:
    kinds = [kind for kind in ALL_MAKERS if kind != "picture"]
    fields = {"layout": "page", "offer_dont_know": True, "time_limit_minutes": 20}
    practice = make_practice(enrolment.cohort, *kinds, **fields)
    short = make_practice(enrolment.cohort, "single", "multiple")
    survey = make_survey(enrolment.cohort, "likert", "likert_matrix", "open_text")
    _enter(window, sign_in, enrolment)
    attempt = start_attempt(enrolment=enrolment, occasion="practice", assessment=practice)
    done = submit_attempt(attempt=start_attempt(enrolment=enrolment, occasion="practice", assessment=short))
    pages = [
        f"/tes/practice/{short.pk}/mulai/",
        f"/tes/{attempt.pk}/soal/",
        f"/tes/{attempt.pk}/periksa/",
        f"/tes/{done.pk}/hasil/",
        f"/tes/{done.pk}/jawaban/",
        f"/survei/{survey.pk}/",
        "/beranda/",
    ]
    _open(window, check, [language + page for page in pages])
