"""A facilitator marks forty people present, by tap and by key; people sign in on a shared device."""

import re
from collections import Counter
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from lms.cohorts.domain.attendance_codes import open_code
from lms.cohorts.models import Attendance, Meeting
from lms.people.domain import issue_pin
from lms.people.management.roles import TRAINER, set_up_roles
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow, SignIn
from tests.browser.support_training import meeting_of_today
from tests.factories import CohortFactory, EnrolmentFactory, make_staff

pytestmark = pytest.mark.browser

PEOPLE = 40


@pytest.fixture
def meeting(site: str) -> Meeting:
    meeting = meeting_of_today(CohortFactory())
    for number in range(PEOPLE):
        EnrolmentFactory(cohort=meeting.cohort, participant__full_name=f"Warga {number:02d}")
    return meeting


@pytest.fixture
def enter(site: str, meeting: Meeting) -> Any:
    """``enter(page)``: sign this browser in as the trainer; the address of the training."""
    set_up_roles()
    user = make_staff("pelatih", organisation=meeting.cohort.organisation)
    user.groups.add(Group.objects.get(name=TRAINER))

    def sign_in(page: Page) -> str:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
        return f"/admin/angkatan/{meeting.cohort_id}"

    return sign_in


def recorded() -> Counter[str]:
    return Counter(Attendance.objects.values_list("status", flat=True))


def assert_accessible(page: Page, context: str | None = ".tc") -> None:
    """What axe finds in our part of the page; the frame around it is Wagtail's."""
    found = Axe().run(page, context=context).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_forty_people_are_marked_with_five_taps(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting, viewport: tuple[int, int]
) -> None:
    page = open_window(site, viewport=viewport)
    home = enter(page)
    page.goto(f"{home}/pertemuan/{meeting.pk}/")
    assert_accessible(page)
    taps = 0

    def tap(selector: str) -> None:
        nonlocal taps
        page.locator(selector).first.click()
        taps += 1

    tap('.tc-actions a[href*="/kehadiran/"]')
    page.wait_for_selector("form[data-att]")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    for row, status in ((3, "izin"), (17, "sakit"), (39, "terlambat")):
        tap(f'[data-att-row]:nth-child({row}) label:has(input[value="{status}"])')
    tap("[data-att-rest]")
    page.wait_for_url(f"**/pertemuan/{meeting.pk}/")
    assert recorded() == {"hadir": 37, "izin": 1, "sakit": 1, "terlambat": 1}
    assert taps == 5


def test_people_are_found_and_ticked_by_key_as_they_come(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting
) -> None:
    page = open_window(site, viewport=DESKTOP)
    page.goto(f"{enter(page)}/kehadiran/{meeting.pk}/")
    field, shown = page.locator("#att-search"), page.locator("[data-att-row]:visible")
    field.focus()
    codes = list(meeting.cohort.enrolments.values_list("participant__code", flat=True)[:3])
    for code in codes:
        page.keyboard.type(code)
        expect(shown).to_have_count(1)
        expect(page.locator("[data-att-rest]")).to_be_disabled()
        page.keyboard.press("Enter")
        page.keyboard.press("h")
        expect(field).to_be_focused()
        expect(shown).to_have_count(PEOPLE)
    page.get_by_role("button", name="Simpan kehadiran").click()
    page.wait_for_url(f"**/pertemuan/{meeting.pk}/")
    assert recorded() == {"hadir": 3}


def test_arrows_go_through_the_people_and_letters_tick(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting
) -> None:
    page = open_window(site, viewport=DESKTOP)
    page.goto(f"{enter(page)}/kehadiran/{meeting.pk}/")
    page.locator("[data-att-row] input").first.focus()
    for key in ("h", "t", "ArrowDown", "a", "ArrowUp", "s"):
        page.keyboard.press(key)
    ticked = page.eval_on_selector_all(
        "[data-att-row] input[type=radio]:checked", "inputs => inputs.map(input => input.value)"
    )
    assert ticked == ["hadir", "terlambat", "sakit"]


def test_without_scripts_the_list_is_found_and_saved_all_the_same(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting
) -> None:
    page = open_window(site, viewport=DESKTOP, scripts=False)
    page.goto(f"{enter(page)}/kehadiran/{meeting.pk}/?q=warga+07")
    page.locator('label:has(input[value="hadir"])').click()
    page.get_by_role("button", name="Simpan kehadiran").click()
    assert recorded() == {"hadir": 1}


def test_signing_in_on_a_registered_device_needs_no_further_tap(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting, sign_in: SignIn
) -> None:
    page = open_window(site)
    page.goto(f"{enter(page)}/perangkat/")
    assert_accessible(page)
    page.fill("[name=name]", "Laptop 1")
    page.locator("form.tc-form button").click()
    page.wait_for_selector(".tc-mark")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    person = meeting.cohort.enrolments.first().participant
    sign_in(page, person, issue_pin(participant=person))
    expect(page.locator(".bb-row", has_text=meeting.title)).to_contain_text("Hadir")
    assert recorded() == {"hadir": 1}


def test_the_code_on_the_screen_is_typed_on_a_phone(
    open_window: OpenWindow, site: str, enter: Any, meeting: Meeting, sign_in: SignIn
) -> None:
    screen = open_window(site, viewport=DESKTOP)
    open_code(meeting=meeting, opened_by=None)
    screen.goto(f"{enter(screen)}/pertemuan/{meeting.pk}/kode/")
    assert_accessible(screen, None)
    digits = re.sub(r"\s", "", screen.locator(".code").inner_text())
    phone = open_window(site)
    person = meeting.cohort.enrolments.first().participant
    sign_in(phone, person, issue_pin(participant=person))
    assert_accessible(phone, None)
    phone.fill("#id_code", digits)
    phone.keyboard.press("Enter")
    expect(phone.locator(".bb-row", has_text=meeting.title)).to_contain_text("Hadir")
    assert recorded() == {"hadir": 1}
