"""Writing lessons, on a village computer."""

from playwright.sync_api import Page

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import sign_in

_LESSON = "RPJM Desa"


def photograph(camera: Camera, author: dict[str, str]) -> None:
    """The meter, advice and preview of a lesson."""
    with camera.window(DESK) as page:
        sign_in(camera, page, author)
        _open_lesson(camera, page)
        camera.shoot(page, "menulis-pelajaran", shows=".cs-meter", top="[data-contentpath=body]")
        press_toggle(page, "checks")
        camera.shoot(page, "menulis-saran", shows="[data-side-panel=checks] .cs-panel")
        press_toggle(page, "preview")
        page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
        camera.shoot(page, "menulis-pratinjau", shows="#w-preview-iframe")


def press_toggle(page: Page, panel: str) -> None:
    page.locator(f"[data-side-panel-toggle={panel}]").click()


def _open_lesson(camera: Camera, page: Page) -> None:
    camera.open(page, f"/admin/pages/search/?q={_LESSON.replace(' ', '+')}")
    press(page, f'main a:has-text("{_LESSON}")')
