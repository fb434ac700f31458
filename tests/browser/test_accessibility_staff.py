"""Staff in Wagtail's admin on a phone: axe finds nothing in our part of a page, nothing runs off the screen.

The frame around it (sidebar, header) is Wagtail's.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from lms.cohorts.models import Cohort, Enrolment, Letterhead, Meeting, Programme
from lms.followup.domain import write_pledge
from lms.learning.domain import start_attempt
from lms.people.management.roles import ORGANISER, TRAINER, set_up_roles
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.support_training import meeting_of_today
from tests.courses.trees import make_tree
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExperienceNoteFactory,
    FacilitatorFactory,
    FindingFactory,
    ParticipantFactory,
    make_staff,
)
from tests.home.making import make_news, make_picture
from tests.lms.deliberations.factories import CensusFactory, MinutesFactory, propose
from tests.lms.learning.moments import close, make_scale, say

pytestmark = pytest.mark.browser
WHERE = "#main"
LONG = "Musyawarah dusun bersama perempuan kepala keluarga https://contoh.desa.id/" + "berita" * 12


@pytest.fixture
def cohort(site: str, settings: Any, tmp_path: Any) -> Cohort:
    """A training in the middle, with something of everything that staff look at."""
    settings.LMS_PRIVATE_ROOT = str(tmp_path)
    cohort = CohortFactory(
        course=make_tree().course,
        title=LONG[:120],
        programme=None,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    cohort.programme = Programme.objects.create(organisation=cohort.organisation, title=LONG[:100])
    cohort.save()
    people = EnrolmentFactory.create_batch(6, cohort=cohort)
    FindingFactory(cohort=cohort, author=people[0], text=LONG)
    ExperienceNoteFactory(cohort=cohort, author=people[0])
    survey = make_scale(cohort, occasions=("before",))
    for person in people:
        say(person, survey, "before", 4, 5)
    close(cohort)
    write_pledge(enrolment=people[0], promises=[LONG], scribe_name="", entered_by=None)
    start_attempt(enrolment=people[1], occasion="pre")
    return cohort


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return meeting_of_today(cohort)


def window_of(open_window: OpenWindow, site: str, cohort: Cohort, role: str) -> Page:
    """The phone of somebody with this role, who is in the training's team."""
    set_up_roles()
    user: Any = make_staff(f"staf-{role}".lower(), organisation=cohort.organisation, sees_all=False)
    user.groups.add(Group.objects.get(name=role))
    FacilitatorFactory(cohort=cohort, user=user)
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = open_window(site)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    page.emulate_media(reduced_motion="reduce")
    return page


def look(page: Page, addresses: list[str]) -> list[Any]:
    found = []
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults = Axe().run(page, context=WHERE).response["violations"]
            found += [(address, scheme, f["id"], [n["html"][:160] for n in f["nodes"]][:3]) for f in faults]
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE[0]:
            found.append((address, width))
    return found


def test_a_trainers_pages(open_window: OpenWindow, site: str, cohort: Cohort, meeting: Meeting) -> None:
    page = window_of(open_window, site, cohort, TRAINER)
    one: Enrolment = cohort.enrolments.first()
    home = f"/admin/angkatan/{cohort.pk}"
    there = f"{home}/pertemuan/{meeting.pk}"
    minutes = MinutesFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
    propose(minutes, activity=LONG[:150])
    pages = [
        "/admin/",
        "/admin/angkatan/",
        f"{home}/",
        f"{there}/",
        f"{home}/kehadiran/{meeting.pk}/",
        f"{home}/kehadiran/{meeting.pk}/{one.pk}/",
        f"{there}/jumlah/",
        f"{there}/riwayat/",
        f"{there}/lembar/",
        f"{there}/kode/",
        f"{home}/perangkat/",
        f"{home}/pantau/",
        f"{home}/pantau/{one.pk}/pin/",
        f"{home}/berkas/",
        f"{home}/komitmen/",
        f"{home}/komitmen/{one.pk}/",
        f"{home}/komitmen/usulan/",
        f"{home}/survei/",
        f"{home}/temuan/",
        f"{home}/pengalaman/",
        f"{home}/pengalaman/ketik/",
        f"{home}/pengalaman/kutipan/",
        "/admin/berita-acara/",
        "/admin/berita-acara/new/",
        f"/admin/berita-acara/{minutes.pk}/",
        f"/admin/berita-acara/edit/{minutes.pk}/",
        "/admin/berita-acara/kosong/",
    ]
    found = look(page, pages)
    assert not found, "\n".join(map(str, found))


def test_an_organisers_pages(open_window: OpenWindow, site: str, cohort: Cohort, meeting: Meeting) -> None:
    make_news(cohort)
    make_picture(cohort, alt="Dua")
    page = window_of(open_window, site, cohort, ORGANISER)
    home = f"/admin/angkatan/{cohort.pk}"
    first = ParticipantFactory(organisation=cohort.organisation)
    kept, merged = first, ParticipantFactory(organisation=cohort.organisation, village=first.village)
    letter = Letterhead.objects.create(organisation=cohort.organisation, lines="DESA LOONUNA")
    census = CensusFactory(organisation=cohort.organisation, village=cohort.village, cohort=cohort)
    pages = [
        f"/admin/angkatan/edit/{cohort.pk}/",
        f"{home}/salin/",
        f"{home}/keadaan/?to=closed",
        "/admin/program/",
        f"/admin/program/edit/{cohort.programme_id}/",
        "/admin/peserta/",
        "/admin/peserta/kembar/",
        f"/admin/peserta/gabung/{kept.pk}/",
        f"/admin/peserta/gabung/{kept.pk}/{merged.pk}/",
        "/admin/kop-surat/",
        f"/admin/kop-surat/edit/{letter.pk}/",
        "/admin/foto-berita/",
        f"{home}/berita/",
        "/admin/warga-belum-berkelompok/",
        f"/admin/warga-belum-berkelompok/{census.pk}/",
        f"/admin/warga-belum-berkelompok/edit/{census.pk}/",
        f"/admin/warga-belum-berkelompok/{census.pk}/nama/",
        f"{home}/kartu/",
        f"{home}/peserta/impor/",
        f"{home}/peserta/baru/",
        f"{home}/survei/",
    ]
    found = look(page, pages)
    assert not found, "\n".join(map(str, found))
