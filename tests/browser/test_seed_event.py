"""The event of the founding document (Loonuna, 11 June 2018) is entered through the interface alone.

Only the organiser's account, the course and the test are there beforehand. docs/seed-map.md tells what each
sentence of the document became.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.test import Client
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Page, expect
from wagtail.models import Site

from courses.imports.pages import PageLoader
from home.receivers import make_front_pages
from lms.cohorts.models import Cohort, Enrolment, SignedSheet
from lms.deliberations.models import Minutes
from lms.followup.models import Pledge
from lms.people.domain import issue_pin
from lms.people.management.roles import ORGANISER, set_up_roles
from lms.people.models import Organisation, Participant
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow, SignIn
from tests.factories import OrganisationFactory, make_assessment, make_course, make_staff

pytestmark = pytest.mark.browser

SECRETARY = ("Yosef Mali Bele", "L", "Sekretaris Desa", "Liu")
PEOPLE = (
    SECRETARY,
    *((f"Perangkat Desa {n}", "LP"[n % 2], "Perangkat Desa", "Pauk") for n in range(1, 7)),
    ("Ketua BPD", "L", "Ketua BPD", "Dusun Liu"),
    ("Anggota BPD", "P", "Anggota BPD", "Liu"),
    ("Bendahara", "P", "Bendahara", "Liu"),
    *((f"Warga {n}", "PL"[n % 2], "Warga", "Piebulak") for n in range(1, 4)),
)
TITLE = "Penguatan Kapasitas Pengurus Balai Rakyat"
FINDING = "Belum adanya Berita Acara Musyawarah Dusun"
RESULTS = "Terbangunnya komitmen peserta di 2017 untuk dokumen perencanaan dan penganggaran 2018"


@pytest.fixture
def office(site: str, settings: Any, tmp_path: Path, open_window: OpenWindow) -> Page:
    """The desk of an organiser who begins with nothing but an account."""
    settings.LMS_PRIVATE_ROOT = str(tmp_path / "private")
    make_front_pages(sender=None, loader=PageLoader())
    Site.clear_site_root_paths_cache()
    set_up_roles()
    make_course()
    make_assessment()
    village_office: Organisation = OrganisationFactory(name="Pemerintah Desa Loonuna", short_code="LNN")
    user = make_staff("sekdes", organisation=village_office)
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user)
    page = open_window(site, viewport=DESKTOP)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return page


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']").first
        kind = field.evaluate("field => field.type")
        if kind == "select-one":
            field.select_option(value)
        elif kind == "radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            field.check()
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(value)


def send(page: Page, button: str = "#main form button:not([type=button])") -> None:
    """Press and wait for the next page."""
    with page.expect_navigation():
        page.locator(button).first.click()


def make_village(page: Page) -> None:
    page.goto("/admin/desa/new/")
    fill(page, name="Loonuna", district="Lamaknen Selatan", regency="Belu", time_zone="Asia/Makassar")
    send(page)


def make_cohort(page: Page) -> str:
    """The training with its day; its address."""
    page.goto("/admin/angkatan/new/")
    fill(page, code="LNN-2018", title=TITLE, theme=TITLE, venue="Aula Kantor Desa Loonuna")
    fill(page, expected_results=RESULTS, document_year="2018")
    fill(page, starts_on="2018-06-11", ends_on="2018-06-11")
    page.locator("[name=title]").focus()  # the calendar closes
    page.locator("#id_meetings-ADD").click()
    fill(page, **{"meetings-0-title": "Pelatihan", "meetings-0-held_on": "2018-06-11"})
    fill(page, **{"meetings-0-lesson_hours": "8"})
    page.locator("[name=title]").focus()
    page.locator("a[href='#tab-certificate']").click()
    fill(page, certificate_title="Penguatan Kapasitas Pemerintah Desa", signatory_name="Yosef Mali Bele")
    fill(page, signatory_title="a.n. Pj. Kepala Desa Loonuna, Sekretaris Desa")
    send(page)
    expect(page).to_have_url(re.compile(r"/admin/angkatan/[0-9a-f-]{36}/$"))
    return page.url


def import_people(page: Page, hub: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Nama", "L/P", "Jabatan", "Dusun"])
    for row in PEOPLE:
        book.active.append(row)
    file = tmp_path / "peserta.xlsx"
    book.save(file)
    page.goto(f"{hub}peserta/impor/")
    fill(page, file=str(file))
    send(page)
    fill(page, consent_given="on", consent_channel="kertas", consent_on="2018-06-11")
    send(page, "form:has([name=consent_given]) button:not([type=button])")
    page.wait_for_url(hub)


def open_for_participants(page: Page, hub: str) -> None:
    page.goto(f"{hub}keadaan/")
    send(page)


def record_attendance(page: Page, hub: str, photo: Path) -> None:
    page.goto(hub)
    page.locator("a[href*='/kehadiran/']").first.click()
    page.wait_for_selector("form[data-att]")
    meeting = page.url.rstrip("/").rsplit("/", 1)[-1]
    send(page, "[data-att-rest]")
    page.goto(f"{hub}pertemuan/{meeting}/lembar/")
    fill(page, pages=str(photo))
    send(page)


def type_card(page: Page, hub: str, photo: Path) -> None:
    page.goto(f"{hub}temuan/kartu/")
    fill(page, text=FINDING, topic="perencanaan", dusun="Piebulak", photo=str(photo))
    send(page, "form:has([name=topic]) button:not([type=button]):not([name])")


def sign_pledges(page: Page, hub: str, photo: Path) -> None:
    page.goto(f"{hub}komitmen/?tick=all")
    fill(page, witness_name="Alfons Karaen", witness_role="Dokumentasi", photo=str(photo))
    send(page, "form:has([name=witness_name]) button:not([type=button])")


def write_minutes(page: Page, hub: str) -> None:
    cohort = hub.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"/admin/berita-acara/new/?cohort={cohort}")
    expect(page.locator("[name=matters]")).to_have_value(re.compile(FINDING))
    expect(page.locator("[name=elders]")).to_have_value("")  # no age is known: nought would be untrue
    fill(
        page,
        kind="musdus",
        held_on="20 Juni 2018",
        dusun="Piebulak",
        place="Kapela Piebulak",
        note_taker="Alfons Karaen",
    )
    fill(page, chair="Kepala Dusun Piebulak", results="Usulan dibawa ke Musdes", men="18", women="12")
    send(page)
    send(page, "a[href$='/nomor/']")
    if page.locator("[name=has_read]").count():
        fill(page, has_read="on")
    send(page)


def publish_news(page: Page, hub: str) -> None:
    page.goto(f"{hub}berita/")
    send(page)
    page.wait_for_url("**/admin/pages/*/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    send(page, "[name=action-publish]")


def test_the_event_is_entered_and_others_see_it(
    office: Page, open_window: OpenWindow, site: str, sign_in: SignIn, tmp_path: Path
) -> None:
    photo = tmp_path / "foto.jpg"
    Image.new("RGB", (800, 600), "white").save(photo)

    make_village(office)
    hub = make_cohort(office)
    office.goto(f"{hub}keadaan/")
    # "2017 for the 2018 documents" at an event of 2018 is noticed.
    expect(office.locator("#main")).to_contain_text("1 tulisan memuat tahun pelatihan lain")
    import_people(office, hub, tmp_path)
    open_for_participants(office, hub)
    record_attendance(office, hub, photo)
    type_card(office, hub, photo)
    sign_pledges(office, hub, photo)
    write_minutes(office, hub)

    cohort = Cohort.objects.get()
    assert Enrolment.objects.count() == len(PEOPLE)
    assert (cohort.state, SignedSheet.objects.count()) == ("berlangsung", 1)
    assert set(Pledge.objects.values_list("witness_name", flat=True)) == {"Alfons Karaen"}
    assert Minutes.objects.get().number == "001/BA-MUSDUS/LNN/VI/2018"

    public = open_window(site, viewport=PHONE)
    assert public.goto("/berita/") is not None
    expect(public.locator("main")).not_to_contain_text(TITLE)
    publish_news(office, hub)
    public.reload()
    public.locator("main a", has_text=TITLE).click()
    expect(public.locator("main")).to_contain_text("Aula Kantor Desa Loonuna")
    expect(public.locator("main")).to_contain_text(f"{len(PEOPLE)} orang")

    secretary = Participant.objects.get(full_name=SECRETARY[0])
    phone = open_window(site, viewport=PHONE)
    sign_in(phone, secretary, issue_pin(participant=secretary))
    phone.goto("/temuan/")
    expect(phone.locator("main")).to_contain_text(FINDING)
    expect(phone.locator("main")).to_contain_text("Piebulak")
