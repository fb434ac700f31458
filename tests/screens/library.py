"""The search, and where library and halls begin, as visitors and an organiser see them."""

from tests.screens.camera import DESK, PHONE, Camera, press
from tests.screens.staff import sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """Results for a visitor; the desk of an organiser, a new document and a new hall."""
    with camera.window(PHONE) as page:
        camera.open(page, "/cari/?q=musyawarah+dusun")
        camera.shoot(page, "cari-pengunjung", shows=".bb-found mark")
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, "/admin/pustaka/")
        camera.shoot(page, "panitia-pustaka", shows=".tc-row")
        press(page, ".tc-row form:not(:has([name=village])) button")
        camera.shoot(page, "panitia-dokumen-baru", shows="[name=title]")
        camera.open(page, "/admin/pustaka/")
        press(page, ".tc-row form:has([name=village]) button")
        camera.shoot(page, "panitia-balai-rakyat", shows="[name=address]")
