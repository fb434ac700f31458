"""Staff on a phone and with a keyboard: axe finds nothing, all fits the screen, marking needs no mouse."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page

from assessments.models import Question
from lms.cohorts.models import Cohort
from lms.learning.desk.marking import lot_of, pile_of
from lms.learning.models import Attempt, RubricMark
from lms.people.management.roles import ORGANISER, set_up_roles
from tests.factories import CohortFactory, EnrolmentFactory, make_staff
from tests.lms.learning.corrected import correct
from tests.lms.learning.marked import make_marked_assessment, open_item, written

pytestmark = pytest.mark.browser


@pytest.fixture
def cohort(site: str) -> Cohort:
    cohort = CohortFactory(assessment=make_marked_assessment())
    for text in ("Musyawarah kami ramai.", "Jalan ke kebun rusak."):
        written(EnrolmentFactory(cohort=cohort), text)
    return cohort


@pytest.fixture
def phone(page: Page, site: str, cohort: Cohort) -> Page:
    """The browser of an organiser, 360 points wide."""
    set_up_roles()
    user: Any = make_staff("penyelenggara", organisation=cohort.organisation)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_every_page_is_accessible_and_fits_a_phone(phone: Page, cohort: Cohort) -> None:
    attempt = Attempt.objects.first()
    assert attempt is not None
    item = open_item(attempt)
    shown = Question.objects.get(pk=attempt.items.get(kind="single").question_id)
    corrected = correct(shown, key=1)
    tests = f"/admin/angkatan/{cohort.pk}/tes/"
    for address in (
        tests,
        f"{tests}{attempt.pk}/",
        f"{tests}{attempt.pk}/reopen/",
        "/admin/pemeriksaan/",
        f"/admin/pemeriksaan/{item.question_id}/",
        f"/admin/pemeriksaan/{item.question_id}/{lot_of(item)}/",
        "/admin/penilaian-ulang/",
        f"/admin/penilaian-ulang/{shown.pk}/{corrected.pk}/?all",
    ):
        phone.goto(address)
        found = Axe().run(phone, context=".tc").response["violations"]
        assert [(address, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert phone.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), address


def test_answers_are_marked_with_arrows_and_enter(phone: Page) -> None:
    first = Attempt.objects.first()
    assert first is not None
    pile = pile_of(open_item(first).question_id, Cohort.objects.all())
    phone.goto(f"/admin/pemeriksaan/{pile[0].question_id}/{lot_of(pile[0])}/")
    for _answer in pile:
        phone.keyboard.press("ArrowDown")
        phone.keyboard.press("ArrowDown")
        with phone.expect_navigation():
            phone.keyboard.press("Enter")
    assert list(RubricMark.objects.values_list("level", flat=True)) == [2, 2]
    assert set(Attempt.objects.values_list("score", flat=True)) == {3}
