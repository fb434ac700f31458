"""A rule is revoked: who learned it is listed, gets a lesson, reads it and answers its question."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from lms.cohorts.models import Cohort
from lms.learning.models import LessonAssignment, PracticeAnswer
from lms.people.domain import issue_pin
from lms.people.management.roles import ORGANISER, set_up_roles
from tests.browser.conftest import DESKTOP, OpenWindow, SignIn
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.rules import finish, lesson_of, make_basis, make_update_lesson, publish

pytestmark = pytest.mark.browser


def as_organiser(window: Page, site: str, cohort: Cohort) -> None:
    set_up_roles()
    user = make_staff("panitia-aturan", organisation=cohort.organisation)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def test_from_the_revoked_rule_to_the_lesson_that_is_done(
    site: str, open_window: OpenWindow, sign_in: SignIn
) -> None:
    cohort = CohortFactory(pretest_first=False, state="tutup")
    enrolment = EnrolmentFactory(cohort=cohort, participant__full_name="Maria Kenari Pertama")
    pin = issue_pin(participant=enrolment.participant)
    old, new = make_basis(), make_basis("146", number=16, year=2026)
    finish(enrolment, publish(lesson_of(enrolment), old))
    publish(lesson_of(enrolment), new)
    lesson = make_update_lesson(old)
    old.valid_to = datetime.date(2026, 3, 26)
    old.save()
    new.replaces = [old]
    new.save()

    staff = open_window(site, viewport=DESKTOP)
    as_organiser(staff, site, cohort)
    staff.goto("/admin/aturan-berubah/")
    staff.click("main a.button-small")
    expect(staff.locator("main h2").first).to_contain_text("1 ")
    staff.check("label:has-text('Maria Kenari Pertama') input")
    with staff.expect_navigation():
        staff.click("button[name=ticked]")
    assert LessonAssignment.objects.get().lesson == lesson

    window = open_window(site)
    sign_in(window, enrolment.participant, pin)
    window.goto("/beranda/")
    card = window.locator("section[aria-labelledby=updates]")
    expect(card).to_contain_text("PP 43/2014 Ps 114")
    expect(card).to_contain_text("PP 16/2026 Ps 146")
    with window.expect_navigation():
        card.locator("a.bb-button").click()
    window.click(".bb-box--practice label >> nth=0")
    with window.expect_navigation():
        window.click(".bb-box--practice form button")
    expect(window.locator(".bb-verdict")).to_be_visible()
    with window.expect_navigation():
        window.click("form[action*=selesai] button")
    assert window.url.endswith("/beranda/")
    expect(window.locator("section[aria-labelledby=updates]")).to_have_count(0)
    assert PracticeAnswer.objects.get().enrolment == enrolment
    assert LessonAssignment.objects.get().done_at is not None

    staff.reload()
    expect(staff.locator("main table").last).to_contain_text("U1.2")
    expect(staff.locator("button[name=take_back]")).to_have_count(0)
