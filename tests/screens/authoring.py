"""Writing and approving lessons and copying a course, on a village computer."""

from playwright.sync_api import Page

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import sign_in

_LESSON = "RPJM Desa"
_COURSE = "Penguatan Kapasitas Desa"
# Run on the site that is photographed: a lesson that waits for who reads it before participants.
SEND_TO_REVIEW = "from tests.screens import authoring; authoring.send_to_review()"


def send_to_review() -> None:
    """Let the trainer of the demonstration send a lesson to review, as it is."""
    from django.contrib.auth import get_user_model

    from courses.models import LessonPage

    author = get_user_model().objects.get(username="pelatih")
    lesson = LessonPage.objects.get(title__startswith=_LESSON, locale__language_code="id")
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)


def photograph(camera: Camera, author: dict[str, str]) -> None:
    """The meter, advice and preview of a lesson; what is asked before a course is copied to another year."""
    with camera.window(DESK) as page:
        sign_in(camera, page, author)
        _open(camera, page, _LESSON)
        camera.shoot(page, "menulis-pelajaran", shows=".cs-meter", top="[data-contentpath=body]")
        press_toggle(page, "checks")
        camera.shoot(page, "menulis-saran", shows="[data-side-panel=checks] .cs-panel")
        press_toggle(page, "preview")
        page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
        camera.shoot(page, "menulis-pratinjau", shows="#w-preview-iframe")
        _open(camera, page, _COURSE)
        camera.open(page, page.url.removesuffix("edit/"))
        page.locator("header [data-w-dropdown-target=toggle]").first.click()
        press(page, 'a[href$="/salin/"]')
        page.fill("[name=year]", "2027")
        camera.shoot(page, "menulis-salin", shows="[name=year]")


def photograph_review(camera: Camera, reviewer: dict[str, str]) -> None:
    """A lesson that waits, and what can be done with it. After ``SEND_TO_REVIEW``."""
    with camera.window(DESK) as page:
        sign_in(camera, page, reviewer)
        press(page, f'main a:has-text("{_LESSON}")')
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        camera.shoot(page, "memeriksa-pelajaran", shows="footer [data-workflow-action-name=reject]")


def press_toggle(page: Page, panel: str) -> None:
    page.locator(f"[data-side-panel-toggle={panel}]").click()


def _open(camera: Camera, page: Page, title: str) -> None:
    camera.open(page, f"/admin/pages/search/?q={title.replace(' ', '+')}")
    press(page, f'main a:has-text("{title}")')
