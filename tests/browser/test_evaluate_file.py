"""An organiser evaluates a training that was held on paper, on a phone; a donor opens the report offline."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page

from lms.evaluation.exports.sheets import sheet_html
from lms.evaluation.imports import read_scores
from lms.evaluation.reports.sheets import evaluate_sheet, published
from lms.people.management.roles import ORGANISER, set_up_roles
from tests.browser.conftest import PHONE, OpenWindow
from tests.factories import OrganisationFactory, make_staff

pytestmark = pytest.mark.browser
DUSUN = ("Piebulak", "Loonuna Tengah", "Weluli")


def scores(people: int = 36, questions: int = 10) -> str:
    """Answers on paper: some learned, some knew, one question is confusing, one person left."""
    waves = [f"{wave}_{number}" for wave in ("pre", "post") for number in range(1, questions + 1)]
    lines = [";".join(["kode", "dusun", *waves, "catatan"])]
    for n in range(people):
        before = [int((n * 7 + q * 5) % 10 < 2 + q % 5) for q in range(questions)]
        after = [int((n * 3 + q * 7) % 10 < (3 if q == 4 else 8)) for q in range(questions)]
        later: list[Any] = after if n != 3 else [""] * questions
        lines.append(";".join(map(str, [f"P{n:02}", DUSUN[n % 7 % 3], *before, *later, "-"])))
    return "\n".join([*lines, lines[1]])


@pytest.fixture
def organiser(open_window: OpenWindow, site: str) -> Page:
    set_up_roles()
    user: Any = make_staff("panitia", organisation=OrganisationFactory())
    user.groups.add(Group.objects.get(name=ORGANISER))
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = open_window(site)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    page.emulate_media(reduced_motion="reduce")
    return page


def faults(page: Page, where: str) -> list[Any]:
    found: list[Any] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        axe = Axe().run(page, context=where).response["violations"]
        found += [(scheme, fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in axe]
    width = page.evaluate("document.scrollingElement.scrollWidth")
    return [*found, width] if width > PHONE[0] else found


def send(page: Page, folder: Path) -> None:
    path = folder / "nilai 2025.csv"
    path.write_text(scores())
    page.goto("/admin/evaluate-file/")
    page.set_input_files("input[name=file]", str(path))
    page.fill("input[name=group]", "dusun")
    page.click("#main form[enctype] button")
    page.wait_for_selector(".ev-sentence")


def test_a_file_is_evaluated_on_a_phone_and_taken_along(organiser: Page, tmp_path: Path) -> None:
    organiser.goto("/admin/evaluate-file/")
    assert faults(organiser, "#main") == []
    send(organiser, tmp_path)
    assert faults(organiser, "#main") == []
    assert "36" in organiser.inner_text(".ev-sentence")
    with organiser.expect_download() as started:
        organiser.click("button[value=pdf]")
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF")


def test_the_page_of_its_own_is_whole_without_network_and_scripts(open_window: OpenWindow, site: str) -> None:
    report = published(evaluate_sheet(read_scores(scores().encode(), group="dusun")))
    page = open_window(site, scripts=False)
    page.context.set_offline(True)
    page.set_content(sheet_html(report, title="Pelatihan perencanaan desa 2025"))
    assert page.inner_text(".ev-sentence").strip()
    assert page.locator(".ev-transitions li").count() == 10
    page.click("summary")
    assert page.locator(".ev-method li").first.is_visible()
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE[0]
